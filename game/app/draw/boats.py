"""Boats: the player's orange one with a paper person in it, and the ghosts' paper ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import pygame

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth

_LENGTH, _BEAM = 15.5, 8.2
_TURNS = 120
_WAKE = 30.0
_DECK: Colour = (255, 243, 220)
_GHOST_ALPHA = 205


def boat(palette: Palette, style: str, heading: float, scale: float) -> pygame.Surface:
    """A boat seen from above, its middle in the middle of the surface; shared, do not draw on it.

    ``heading`` in radians is rounded to three degrees, ``scale`` is pixels a world unit.
    """
    turn = round(heading / (2 * math.pi) * _TURNS) % _TURNS
    return _boat(palette, style, turn, round(scale if style == "player" else scale * 0.86, 2))


@lru_cache(maxsize=1024)
def _boat(palette: Palette, style: str, turn: int, scale: float) -> pygame.Surface:
    if style == "player":
        return _drawn(turn, scale, (255, 255, 255), palette.accent, _DECK, palette.rim, 255)
    paper = mix(palette.paper, (236, 240, 244), 0.75)
    return _drawn(turn, scale, (250, 252, 253), paper, mix(paper, palette.rim, 0.12), palette.rim, _GHOST_ALPHA)


def wake(palette: Palette, heading: float, scale: float) -> pygame.Surface:
    """The two lines of foam that a boat draws behind it, to be laid with its middle where the boat's is; shared."""
    turn = round(heading / (2 * math.pi) * _TURNS) % _TURNS
    return _wake(turn, round(scale, 2), palette.foam)


@lru_cache(maxsize=512)
def _wake(turn: int, scale: float, foam: Colour) -> pygame.Surface:
    side = math.ceil(2 * _WAKE * scale)
    strokes = []
    for way in (-1, 1):
        out = [(-4.0 - 22.0 * u, way * (4.4 + 3.2 * u**0.7)) for u in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
        back = [(x + 1.0, y - way * 1.9 * (1 - (-4.0 - x) / 22.0)) for x, y in reversed(out)]
        strokes.append((foam, _turned([*out, *back], turn, scale, side)))
    surface = smooth((side, side), foam, strokes)
    surface.set_alpha(165)
    return surface


def _turned(points: Sequence[tuple[float, float]], turn: int, scale: float, side: int) -> list[tuple[float, float]]:
    """Points about (0, 0) in world units, turned and put into the middle of a ``smooth`` picture of ``side`` pixels."""
    heading, fine, middle = 2 * math.pi * turn / _TURNS, 6 * scale, side * 3
    cos, sin = math.cos(heading) * fine, math.sin(heading) * fine
    return [(middle + x * cos - y * sin, middle + x * sin + y * cos) for x, y in points]


def _drawn(
    turn: int, scale: float, edge: Colour, hull: Colour, deck: Colour, person: Colour, alpha: int
) -> pygame.Surface:
    side = math.ceil(2 * (_LENGTH + 3) * scale)

    def turned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return _turned(points, turn, scale, side)

    hat = turned([(-1.5, 0.0)])[0]
    surface = smooth(
        (side, side),
        edge,
        [
            (edge, turned(_hull(_LENGTH + 1.6, _BEAM + 1.7))),
            (hull, turned(_hull(_LENGTH, _BEAM))),
            (deck, turned(_hull(_LENGTH - 4.6, _BEAM - 2.9))),
            (person, circle(hat[0], hat[1], 3.1 * 6 * scale)),
        ],
    )
    surface.set_alpha(alpha)
    return surface


@lru_cache(maxsize=16)
def _hull(length: float, beam: float) -> tuple[tuple[float, float], ...]:
    """A hull along x: a pointed bow, and a narrower, straight stern."""
    side = []
    for k in range(33):
        u = k / 32
        if u < 0.42:
            half = 0.62 + 0.38 * math.sin(math.pi / 2 * u / 0.42)
        else:
            half = max(0.0, math.cos(math.pi / 2 * ((u - 0.42) / 0.58) ** 1.15)) ** 0.8
        side.append((-0.84 * length + 1.84 * length * u, beam * half))
    return (*side, *((x, -y) for x, y in reversed(side)))
