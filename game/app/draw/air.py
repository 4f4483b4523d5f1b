"""What drifts and pulses over the map: shadows of clouds, rings around the boat, the glow of lamps at night."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.lens import Lens, Region
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth

_CLOUDS = ((0.05, 0.16, 1.0), (0.47, 0.55, 1.3), (0.82, 0.28, 0.85), (0.3, 0.9, 1.1))
_DRIFT = 7.0
_WIDE, _TALL = 420.0, 170.0


def draw_cloud_shadows(
    surface: pygame.Surface, part: Region, lens: Lens, sharp: float, palette: Palette, time: float
) -> None:
    """Draw the shadows that drift over ``part`` of the world; ``sharp`` is the scale at which they are kept."""
    for k, (east, south, size) in enumerate(_CLOUDS):
        wide, tall = _WIDE * size, _TALL * size
        x = part.left - wide + (east * (part.width + wide) + _DRIFT * time * (0.8 + 0.2 * size)) % (part.width + wide)
        y = part.top + south * part.height - tall / 2
        left, top = lens.to_screen((x, y))
        across, high = round(wide * sharp), round(tall * sharp)
        if left < surface.get_width() and left + across > 0 and top < surface.get_height() and top + high > 0:
            drawn, (aside, down) = _cloud(k % 2, across, high, palette.shadow, palette.night)
            surface.blit(drawn, (round(left) + aside, round(top) + down))


def prepare_clouds(sharp: float, palette: Palette) -> Iterator[None]:
    """Make the shadows of clouds that are kept at a scale, one at every step."""
    for k, (_, _, size) in enumerate(_CLOUDS):
        _cloud(k % 2, round(_WIDE * size * sharp), round(_TALL * size * sharp), palette.shadow, palette.night)
        yield


@lru_cache(maxsize=24)
def _cloud(kind: int, width: int, height: int, shadow: Colour, night: float) -> tuple[pygame.Surface, tuple[int, int]]:
    """The part of a shadow that can be seen, and where it lies in the rectangle of the whole."""
    small = (64, 28)
    x, y = np.meshgrid(np.linspace(-1, 1, small[0]), np.linspace(-1, 1, small[1]), indexing="ij")
    cover = np.zeros(small)
    lobes = (
        ((-0.4, 0.1, 0.42), (0.05, -0.18, 0.5), (0.42, 0.14, 0.4)) if kind else ((-0.3, -0.1, 0.46), (0.3, 0.08, 0.5))
    )
    for cx, cy, size in lobes:
        cover = 1 - (1 - cover) * (1 - np.exp(-(((x - cx) / size) ** 2 + ((y - cy) / (size * 0.95)) ** 2) * 2.2))
    edge = np.clip((1 - np.maximum(np.abs(x), np.abs(y))) * 4, 0, 1)
    surface = pygame.Surface(small, pygame.SRCALPHA)
    surface.fill((*mix(shadow, (24, 26, 52), 0.5), 0))
    alpha = pygame.surfarray.pixels_alpha(surface)
    alpha[:] = np.rint(cover * edge * (30 + 22 * night)).astype(np.uint8)
    del alpha
    whole = pygame.transform.smoothscale(surface, (max(1, width), max(1, height)))
    part = whole.get_bounding_rect()
    return whole.subsurface(part).copy(), part.topleft


def draw_pulse(
    surface: pygame.Surface, middle: tuple[float, float], scale: float, palette: Palette, time: float | None
) -> None:
    """Draw the rings around the player's boat, pulsing slowly, or still where ``time`` is None."""
    for k in range(2):
        phase = (time / 2.4 + k / 2) % 1.0 if time is not None else 0.25 + k / 2
        radius = (15.0 + 15.0 * phase) * scale
        strength = round((1 - phase) ** 1.3 * 12) / 12
        drawn = _ring(round(radius * 2), palette.accent, strength)
        surface.blit(drawn, (round(middle[0] - drawn.get_width() / 2), round(middle[1] - drawn.get_height() / 2)))


@lru_cache(maxsize=400)
def _ring(doubled: int, colour: Colour, strength: float) -> pygame.Surface:
    radius = doubled / 2
    side = math.ceil(2 * radius) + 4
    middle = side / 2 - 0.5
    x = np.arange(side) - middle
    away = np.hypot(x[:, None], x[None, :])
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    surface.fill((*colour, 0))
    alpha = pygame.surfarray.pixels_alpha(surface)
    alpha[:] = np.rint(np.clip(1.4 - np.abs(away - radius), 0, 1) * 215 * strength).astype(np.uint8)
    del alpha
    return surface


def draw_lamp(surface: pygame.Surface, middle: tuple[float, float], radius: int, palette: Palette) -> None:
    """Draw the glow of a place's lamp at night, added to what is there."""
    drawn = _lamp(radius, palette.light, palette.night)
    side = drawn.get_width() // 2
    surface.blit(drawn, (round(middle[0]) - side, round(middle[1]) - side), special_flags=pygame.BLEND_RGB_ADD)


@lru_cache(maxsize=32)
def _lamp(radius: int, light: Colour, night: float) -> pygame.Surface:
    side = 2 * radius
    x = (np.arange(side) - radius + 0.5) / radius
    fall = np.clip(1 - np.hypot(x[:, None], x[None, :]), 0, 1) ** 2 * 0.42 * night
    surface = pygame.Surface((side, side))
    view = pygame.surfarray.pixels3d(surface)
    view[:] = (fall[..., None] * np.array(mix(light, (255, 120, 80), 0.35))).astype(np.uint8)
    del view
    return surface


@lru_cache(maxsize=64)
def pill(size: tuple[int, int], fill: Colour, rim: Colour) -> pygame.Surface:
    """A capsule of paper with a thin rim, for keys and small notes on the map; shared, do not draw on it."""
    width, height = size
    r = height * 3.0

    def capsule(inset: float) -> list[tuple[float, float]]:
        ends = circle(0.0, 0.0, r - inset)
        left = [(x + r, y + r) for x, y in ends[24:73]]
        right = [(x + width * 6 - r, y + r) for x, y in ends[72:] + ends[:25]]
        return [*left, *right]

    return smooth(size, rim, [(rim, capsule(0.0)), (fill, capsule(8.0))])
