"""Strokes along channels: the outline of a focused lane, the dashes of a plan, the rings of a borrowed map, the trail,
the glow of a surge at night.

Each is worked out once from the distances along and across the channel, so that it is smooth on every curve.
"""

from __future__ import annotations

import math
from collections import OrderedDict

import numpy as np
import pygame
from numpy.typing import NDArray

from game.app.draw.lens import Lens
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.raster import Ribbon, ribbon
from game.geography import Channel, Geography

Floats = NDArray[np.float32]

_KEPT = 260
_GLOW_FINENESS = 0.3
_REACH = {"focus": 21.0, "chosen": 21.0, "plan": 4.6, "lent": 9.5, "trail": 4.2, "glow": 34.0}


class Strokes:
    """The strokes of one geography's channels, as surfaces kept for reuse."""

    def __init__(self, geo: Geography) -> None:
        self._geo = geo
        self._kept: OrderedDict[tuple[object, ...], tuple[pygame.Surface, tuple[float, float]]] = OrderedDict()

    def draw(self, surface: pygame.Surface, kind: str, lane: str, palette: Palette, lens: Lens) -> None:
        """Draw the stroke ``kind`` (focus, chosen, plan, lent, trail or glow) along a lane's channel."""
        if lane not in self._geo.channels:
            return
        drawn, corner = self.made(kind, lane, palette, lens)
        x, y = lens.to_screen(corner)
        flags = pygame.BLEND_RGB_ADD if kind == "glow" else 0
        surface.blit(drawn, (round(x), round(y)), special_flags=flags)

    def made(self, kind: str, lane: str, palette: Palette, lens: Lens) -> tuple[pygame.Surface, tuple[float, float]]:
        """The stroke of a lane that there is, and the world point of its corner; made when it is first asked for."""
        key = (kind, lane, round(lens.scale, 4), palette)
        made = self._kept.get(key)
        if made is None:
            made = self._kept[key] = _stroke(kind, self._geo.channels[lane], palette, lens.scale)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def _stroke(kind: str, channel: Channel, palette: Palette, scale: float) -> tuple[pygame.Surface, tuple[float, float]]:
    """The stroke's surface and the world point of its top left corner."""
    if kind == "glow":
        return _glow(channel, palette, scale)
    reach = _REACH[kind]
    corner = tuple(channel.points.min(axis=0) - reach - 1.0)
    extent = (channel.points.max(axis=0) + reach + 1.0 - corner) * scale
    shape = (math.ceil(extent[1]), math.ceil(extent[0]))
    near = ribbon(channel.points, scale, (float(corner[0]), float(corner[1])), shape, reach)
    soft = 0.5 / scale
    if kind == "plan":
        layers = _dashed(near, channel, palette, soft)
    elif kind == "lent":
        layers = _dotted(near, channel, palette, soft)
    elif kind == "trail":
        layers = _trailing(near, channel, palette, soft)
    else:
        layers = _outlined(near, channel, palette, soft, chosen=kind == "chosen")
    return _composed(layers, near, shape), (float(corner[0]), float(corner[1]))


def _glow(channel: Channel, palette: Palette, scale: float) -> tuple[pygame.Surface, tuple[float, float]]:
    """The glow's surface and the world point of its top left corner; it is soft, so it is worked out coarsely."""
    reach, coarse = _REACH["glow"], scale * _GLOW_FINENESS
    corner = channel.points.min(axis=0) - reach - 1.0
    extent = channel.points.max(axis=0) + reach + 1.0 - corner
    shape = (math.ceil(extent[1] * coarse), math.ceil(extent[0] * coarse))
    at = (float(corner[0]), float(corner[1]))
    near = ribbon(channel.points, coarse, at, shape, reach)
    away = np.abs(near.across)
    strength = 0.36 * np.exp(-np.maximum(away - 9.0, 0.0) / 9.0) * np.clip((away - 5.0) / 5.0, 0.25, 1.0)
    strength = strength * _ends(near, channel, 0.0, 30.0) * (1.0 - away / reach)
    surface = pygame.Surface((shape[1], shape[0]))
    view = pygame.surfarray.pixels3d(surface)
    view[near.columns, near.rows] = (strength[:, None] * np.array(mix(palette.surge, palette.flow, 0.4))).astype(
        np.uint8
    )
    del view
    size = (round(shape[1] / _GLOW_FINENESS), round(shape[0] / _GLOW_FINENESS))
    return pygame.transform.smoothscale(surface, size), at


def _band(away: Floats, middle: float, half: float, soft: float) -> Floats:
    """How far pixels ``away`` from the curve lie in a band, 0 to 1, with edges one pixel soft."""
    return np.asarray(np.clip((half - np.abs(away - middle)) / (2 * soft) + 0.5, 0.0, 1.0), dtype=np.float32)


def _ends(near: Ribbon, channel: Channel, free: float, fade: float) -> Floats:
    """1 along the channel, falling to 0 towards both ends: 0 within ``free``, whole ``fade`` beyond that."""
    from_end = np.minimum(near.along, channel.length - near.along)
    return np.asarray(np.clip((from_end - free) / max(fade, 1e-6), 0.0, 1.0), dtype=np.float32)


def _outlined(
    near: Ribbon, channel: Channel, palette: Palette, soft: float, chosen: bool
) -> list[tuple[Colour, Floats]]:
    away = np.abs(near.across)
    ends = _ends(near, channel, 17.0, 3.0)
    glow = np.clip(1 - np.abs(away - 14.0) / 6.5, 0.0, 1.0) ** 2 * 0.30
    line = _band(away, 14.4, 1.7 if chosen else 1.25, soft)
    return [(palette.accent, (glow * ends).astype(np.float32)), (palette.accent, line * ends)]


def _dashed(near: Ribbon, channel: Channel, palette: Palette, soft: float) -> list[tuple[Colour, Floats]]:
    spacing = channel.length / max(1, round(channel.length / 17.0))
    phase = near.along % spacing - spacing / 2
    ends = _ends(near, channel, 14.0, 2.0)
    capsule = np.hypot(np.maximum(np.abs(phase) - 3.6, 0.0), near.across)
    return [
        (palette.paper, _band(capsule, 0.0, 3.5, soft) * ends * 0.92),
        (palette.accent, _band(capsule, 0.0, 2.0, soft) * ends),
    ]


def _dotted(near: Ribbon, channel: Channel, palette: Palette, soft: float) -> list[tuple[Colour, Floats]]:
    """Rings on a string, so that a borrowed map is told from a plan by its shape and not by its colour alone."""
    spacing = channel.length / max(1, round(channel.length / 30.0))
    phase = near.along % spacing - spacing / 2
    ends = _ends(near, channel, 13.0, 2.0)
    away = np.hypot(phase, near.across)
    return [
        (palette.paper, _band(away, 0.0, 7.6, soft) * ends * 0.92),
        (palette.ink, _band(away, 4.6, 1.5, soft) * ends),
    ]


def _trailing(near: Ribbon, channel: Channel, palette: Palette, soft: float) -> list[tuple[Colour, Floats]]:
    away = np.abs(near.across)
    ends = _ends(near, channel, 12.0, 2.0)
    return [
        (palette.paper, _band(away, 0.0, 2.3, soft) * ends * 0.7),
        (palette.accent, _band(away, 0.0, 1.25, soft) * ends),
    ]


def _composed(layers: list[tuple[Colour, Floats]], near: Ribbon, shape: tuple[int, int]) -> pygame.Surface:
    """The layers, one over the other, on a transparent surface."""
    colour = np.zeros((len(near.rows), 3), dtype=np.float32) + np.array(layers[0][0], dtype=np.float32)
    alpha = np.zeros(len(near.rows), dtype=np.float32)
    for over, cover in layers:
        total = cover + alpha * (1 - cover)
        share = (cover / np.maximum(total, 1e-6))[:, None]
        colour += (np.array(over, dtype=np.float32) - colour) * share
        alpha = total.astype(np.float32)
    surface = pygame.Surface((shape[1], shape[0]), pygame.SRCALPHA)
    surface.fill((*layers[0][0], 0))
    view = pygame.surfarray.pixels3d(surface)
    view[near.columns, near.rows] = np.rint(colour).astype(np.uint8)
    del view
    alphas = pygame.surfarray.pixels_alpha(surface)
    alphas[near.columns, near.rows] = np.rint(alpha * 255).astype(np.uint8)
    del alphas
    return surface
