"""Paths of several lives on one map: side by side in their channels, told apart by colours and by dashes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pygame

from game.app.draw.map_view import MapView
from game.app.draw.palette import Colour, Palette, mix

Course = list[tuple[float, float]]

DASHES: tuple[tuple[float, ...], ...] = ((), (14.0, 7.0), (3.0, 6.0), (16.0, 5.0, 3.0, 5.0))
"""How each path is dashed, in design pixels: drawn, left out, drawn, …; the first is whole."""

_APART = 5.5
_STEP = 6.0


def path_colours(palette: Palette) -> tuple[Colour, ...]:
    """The colour of each path."""
    return (palette.accent, mix(palette.surge, palette.ink, 0.3), (122, 58, 138), mix(palette.ink, palette.paper, 0.1))


def course_of(view: MapView, lane: str, aside: float) -> Course:
    """A lane's channel in the pixels of the map, ``aside`` pixels to the right of its middle."""
    channel = view.geo.channels[lane]
    count = max(6, round(channel.length * view.whole.zoom / _STEP))
    middle = [view.to_screen(_pair(channel.at(k / count))) for k in range(count + 1)]
    course = []
    for k, (x, y) in enumerate(middle):
        before, after = middle[max(0, k - 1)], middle[min(count, k + 1)]
        length = math.dist(before, after) or 1.0
        across = (-(after[1] - before[1]) / length, (after[0] - before[0]) / length)
        # All paths meet at the places, where a life comes together before it goes on.
        part = aside * min(1.0, 4.0 * min(k, count - k) / count)
        course.append((x + across[0] * part, y + across[1] * part))
    return course


def draw_paths(
    surface: pygame.Surface,
    view: MapView,
    lives: Sequence[Sequence[str]],
    palette: Palette,
    unit: float,
    looked_at: int | None = None,
) -> None:
    """Draws the lanes of every life; the one ``looked_at`` comes last and is wider.  ``unit`` scales every length."""
    order = [k for k in range(len(lives)) if k != looked_at] + ([looked_at] if looked_at is not None else [])
    for k in order:
        aside = (k - (len(lives) - 1) / 2) * _APART * unit
        for lane in dict.fromkeys(lives[k]):
            draw_course(surface, course_of(view, lane, aside), k, palette, unit, wide=k == looked_at)


def draw_course(
    surface: pygame.Surface, course: Course, number: int, palette: Palette, unit: float, wide: bool = False
) -> None:
    """Draws one course in the manner of life ``number``, on a light edge that keeps it apart from the water."""
    thick = (5.5 if wide else 3.6) * unit
    colour = path_colours(palette)[number % len(DASHES)]
    for a, b in itertools.pairwise(course):
        pygame.draw.aaline(surface, palette.paper, a, b, max(2, round(thick + 2.4 * unit)))
    for a, b in _dashed(course, [part * unit for part in DASHES[number % len(DASHES)]]):
        pygame.draw.aaline(surface, colour, a, b, max(2, round(thick)))


def _dashed(course: Course, dashes: Sequence[float]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The stretches of a course that are drawn."""
    if not dashes:
        return list(itertools.pairwise(course))
    drawn, at, left = [], 0, dashes[0]
    for a, b in itertools.pairwise(course):
        length, done = math.dist(a, b), 0.0
        while done < length:
            part = min(left, length - done)
            if at % 2 == 0:
                drawn.append((_between(a, b, done / length), _between(a, b, (done + part) / length)))
            done, left = done + part, left - part
            if left <= 1e-9:
                at = (at + 1) % len(dashes)
                left = dashes[at]
    return drawn


def _between(a: tuple[float, float], b: tuple[float, float], t: float) -> tuple[float, float]:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def _pair(point: Sequence[float]) -> tuple[float, float]:
    return (float(point[0]), float(point[1]))
