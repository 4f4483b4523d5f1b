"""The sky of the chase view: bands of colour, a sun, a far mountain, two rows of hills and long clouds, all around.

They lie on a cylinder: what stands at an angle is seen ``focal`` pixels a radian from the middle, so that the whole
panorama turns as the boat does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.chase_camera import Camera3
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth

_SUN, _MOUNTAIN = 0.3, -0.26
_CLOUDS = (
    (-0.02, 0.19, 0.27, 0.42), (0.02, 0.25, 0.14, 0.34), (0.44, 0.43, 0.2, 0.5), (0.4, 0.49, 0.12, 0.4),
    (-0.47, 0.35, 0.17, 0.34), (-0.6, 0.57, 0.2, 0.34), (1.2, 0.3, 0.24, 0.4), (1.5, 0.46, 0.15, 0.34),
    (2.2, 0.22, 0.2, 0.42), (2.6, 0.5, 0.26, 0.3), (3.3, 0.33, 0.16, 0.4), (3.9, 0.45, 0.22, 0.36),
    (4.4, 0.24, 0.2, 0.38), (5.0, 0.52, 0.17, 0.3),
)  # fmt: skip
_DRIFT = 0.004
_HAZE = 0.13
_TILE = 64  # columns after which the grain of the sky repeats


def draw_sky(surface: pygame.Surface, camera: Camera3, palette: Palette, time: float) -> None:
    """Draw the sky down to a little below the horizon, as it is at ``time`` seconds."""
    for _ in _draw_sky(surface, camera, palette, time):
        pass


def prepare_sky(camera: Camera3, palette: Palette) -> Iterator[None]:
    """Make what the sky of a palette is put together from, for pictures of the camera's size, a piece at every step."""
    yield from _draw_sky(pygame.Surface((1, 1)), camera, palette, 0.0)
    haze_under(camera, palette)
    yield


def _draw_sky(surface: pygame.Surface, camera: Camera3, palette: Palette, time: float) -> Iterator[None]:
    width, height = camera.size
    line, unit = round(camera.horizon), height / 720
    surface.blit(_bands(width, line + 2, palette.sky), (0, 0))
    yield
    sun = _across(camera, _SUN)
    glow = _glow(round(line * 2.6), palette.sun, palette.sky[2] if palette.night < 0.5 else palette.accent)
    _stand(surface, glow, sun, round(line * 0.7) + glow.get_height() // 2)
    yield
    disc = _disc(round(34 * unit), palette.sun)
    _stand(surface, disc, sun, round(line * 0.71) + disc.get_height() // 2)
    yield
    for angle, up, wide, strength in _CLOUDS:
        cloud = _cloud(
            max(12, round(wide * 0.78 * height)), max(4, round(8 * unit)), mix(palette.sky[2], palette.shine, 0.4)
        )
        cloud.set_alpha(round(255 * strength))
        _stand(surface, cloud, _across(camera, angle + _DRIFT * time), round(up * line))
        yield
    mountain = _mountain(round(line * 0.62), palette)
    _stand(surface, mountain, _across(camera, _MOUNTAIN), line + 2)
    yield
    around = round(math.tau * camera.focal)
    for row in (0, 1):
        hills = _hills(around, round((46, 28)[row] * unit), row, palette)
        left = round(_across(camera, 0.0, wrapped=False)) % around
        for at in (left - 2 * around, left - around, left):
            if at < width and at + around > 0:
                surface.blit(hills, (at, line - hills.get_height() + 2))
        yield


def haze_under(camera: Camera3, palette: Palette) -> pygame.Surface:
    """The haze over the farthest ground, as a strip to be laid below a camera's horizon; shared."""
    return _haze((camera.size[0], max(2, round(camera.size[1] * _HAZE))), haze_colour(palette))


def haze_colour(palette: Palette) -> Colour:
    """The colour that far things fade to."""
    return mix(mix(palette.sky[1], palette.sky[2], 0.45), palette.land[3], 0.16)


def _across(camera: Camera3, angle: float, wrapped: bool = True) -> float:
    """The column in which something at an angle stands."""
    turned = angle - camera.pose.heading
    if wrapped:
        turned = math.remainder(turned, math.tau)
    return camera.middle + camera.focal * turned


def _stand(surface: pygame.Surface, drawn: pygame.Surface, column: float, foot: int) -> None:
    left = round(column - drawn.get_width() / 2)
    if left < surface.get_width() and left + drawn.get_width() > 0:
        surface.blit(drawn, (left, foot - drawn.get_height()))


@lru_cache(maxsize=8)
def _bands(width: int, height: int, sky: tuple[Colour, Colour, Colour]) -> pygame.Surface:
    at = np.arange(height) / max(1, height - 1)
    rows = np.column_stack([np.interp(at, (0.0, 0.6, 1.0), [colour[c] for colour in sky]) for c in range(3)])
    # a little chance, the same for all columns of a tile, breaks the steps between neighbouring colours
    grain = np.random.default_rng(5).random((_TILE, height, 1))
    tile = pygame.Surface((_TILE, height), depth=32)
    pygame.surfarray.blit_array(tile, np.clip(np.floor(rows[None] + grain), 0, 255).astype(np.uint8))
    picture = pygame.Surface((width, height), depth=32)
    picture.fblits([(tile, (left, 0)) for left in range(0, width, _TILE)])
    return picture


@lru_cache(maxsize=8)
def _glow(side: int, sun: Colour, edge: Colour) -> pygame.Surface:
    small = 96
    x = (np.arange(small) + 0.5) / small * 2 - 1
    away = np.clip(1 - np.hypot(x[:, None], x[None, :]), 0, 1)
    picture = pygame.Surface((small, small), pygame.SRCALPHA)
    colours, alpha = pygame.surfarray.pixels3d(picture), pygame.surfarray.pixels_alpha(picture)
    part = away[..., None]
    colours[:] = np.rint(np.array(edge) * (1 - part) + np.array(sun) * part).astype(np.uint8)
    alpha[:] = np.rint(205 * away**1.7).astype(np.uint8)
    del colours, alpha
    return pygame.transform.smoothscale(picture, (side, side))


@lru_cache(maxsize=8)
def _disc(radius: int, colour: Colour) -> pygame.Surface:
    side = 2 * radius + 2
    return smooth((side, side), colour, [(colour, circle(side * 3, side * 3, radius * 6.0))])


@lru_cache(maxsize=64)
def _cloud(width: int, height: int, colour: Colour) -> pygame.Surface:
    r = height * 3.0
    ends = circle(0.0, 0.0, r)
    left = [(x + r, y + r) for x, y in ends[24:73]]
    right = [(x + width * 6 - r, y + r) for x, y in ends[72:] + ends[:25]]
    return smooth((width, height), colour, [(colour, left + right)])


@lru_cache(maxsize=8)
def _mountain(tall: int, palette: Palette) -> pygame.Surface:
    body = mix(palette.land[6], palette.sky[1], 0.32)
    wide = round(tall * 1.5)
    size = (2 * wide + 2, tall + 2)

    def at(x: float, y: float) -> tuple[float, float]:
        return (size[0] / 2 + x * wide) * 6, y * tall * 6

    slope = [at(-1, 1), at(-0.72, 0.66), at(-0.4, 0.29), at(0, 0), at(0.3, 0.25), at(0.62, 0.56), at(1, 1)]
    lee = [at(0, 0), at(0.3, 0.25), at(0.62, 0.56), at(1, 1), at(0.16, 1), at(0.22, 0.5), at(0.06, 0.3)]
    snow = [
        at(-0.36, 0.26), at(0, 0), at(0.3, 0.25), at(0.34, 0.3), at(0.25, 0.43), at(0.17, 0.33), at(0.09, 0.5),
        at(0.0, 0.36), at(-0.08, 0.46), at(-0.16, 0.34), at(-0.28, 0.4),
    ]  # fmt: skip
    peak = mix(palette.land[7], palette.sky[2], 0.15)
    return smooth(size, body, [(body, slope), (mix(body, palette.shadow, 0.2), lee), (peak, snow)])


@lru_cache(maxsize=8)
def _hills(around: int, tall: int, row: int, palette: Palette) -> pygame.Surface:
    """A row of hills all around; it ends as it begins."""
    colour = mix(palette.land[6 - row], palette.sky[1], (0.55, 0.28)[row])
    edge = mix(colour, palette.shadow, 0.25)
    turn = np.linspace(0, math.tau, around // 4 + 1)
    chance = np.random.default_rng(31 + row)
    wave = np.zeros_like(turn)
    for turns, strength in ((9, 0.3), (17, 0.26), (31, 0.2), (57, 0.12), (88, 0.07)):
        wave += strength * np.abs(np.sin((turn * turns + chance.random() * math.tau) / 2 * 1.0)) * 1.1
    wave = 0.22 + 0.62 * (wave - wave.min()) / (np.ptp(wave) or 1.0)
    wave += (wave[0] - wave[-1]) * np.linspace(0, 1, len(wave))
    picture = pygame.Surface((around, tall), pygame.SRCALPHA)
    picture.fill((*colour, 0))
    ridge = [(around * i / (len(wave) - 1), tall * (1 - float(high))) for i, high in enumerate(wave)]
    pygame.draw.polygon(picture, colour, [(0, tall), *ridge, (around, tall)])
    pygame.draw.aalines(picture, edge, False, ridge)
    return picture


@lru_cache(maxsize=8)
def _haze(size: tuple[int, int], colour: Colour) -> pygame.Surface:
    strip = pygame.Surface((1, size[1]), pygame.SRCALPHA)
    for y in range(size[1]):
        left = 1 - y / size[1]
        strip.set_at((0, y), (*colour, round(225 * left**1.7)))
    return pygame.transform.scale(strip, size)
