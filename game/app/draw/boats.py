"""Boats: the player's orange one with a paper person in it, and the ghosts' paper ones."""

from __future__ import annotations

import math
from functools import lru_cache

import pygame

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth

_LENGTH, _BEAM = 15.5, 8.2
_TURNS = 120
_GHOST_ALPHA = 205


def boat(palette: Palette, style: str, heading: float, scale: float) -> pygame.Surface:
    """A boat seen from above, its middle in the middle of the surface; shared, do not draw on it.

    ``heading`` in radians is rounded to three degrees, ``scale`` is pixels a world unit.
    """
    turn = round(heading / (2 * math.pi) * _TURNS) % _TURNS
    if style == "player":
        hull, deck, person = palette.accent, mix(palette.paper, (255, 246, 226), 0.7), palette.rim
        return _drawn(turn, round(scale, 2), (255, 255, 255), hull, deck, person, 255)
    paper = mix(palette.paper, (236, 240, 244), 0.75)
    return _drawn(
        turn, round(scale * 0.86, 2), (250, 252, 253), paper, mix(paper, palette.rim, 0.12), palette.rim, _GHOST_ALPHA
    )


@lru_cache(maxsize=1024)
def _drawn(
    turn: int, scale: float, edge: Colour, hull: Colour, deck: Colour, person: Colour, alpha: int
) -> pygame.Surface:
    side = math.ceil(2 * (_LENGTH + 3) * scale)
    heading = 2 * math.pi * turn / _TURNS
    fine = 6 * scale
    middle = side * 6 / 2

    def turned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        cos, sin = math.cos(heading) * fine, math.sin(heading) * fine
        return [(middle + x * cos - y * sin, middle + x * sin + y * cos) for x, y in points]

    hat = turned([(-1.5, 0.0)])[0]
    surface = smooth(
        (side, side),
        edge,
        [
            (edge, turned(_hull(_LENGTH + 1.6, _BEAM + 1.7))),
            (hull, turned(_hull(_LENGTH, _BEAM))),
            (deck, turned(_hull(_LENGTH - 4.6, _BEAM - 2.9))),
            (person, circle(hat[0], hat[1], 3.1 * fine)),
        ],
    )
    surface.set_alpha(alpha)
    return surface


def _hull(length: float, beam: float) -> list[tuple[float, float]]:
    """A hull along x: a pointed bow, and a narrower, straight stern."""
    side = []
    for k in range(33):
        u = k / 32
        if u < 0.42:
            half = 0.62 + 0.38 * math.sin(math.pi / 2 * u / 0.42)
        else:
            half = max(0.0, math.cos(math.pi / 2 * ((u - 0.42) / 0.58) ** 1.15)) ** 0.8
        side.append((-0.84 * length + 1.84 * length * u, beam * half))
    return side + [(x, -y) for x, y in reversed(side)]
