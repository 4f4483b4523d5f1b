"""The shapes that tell places apart: square, triangle, circle, diamond, leaf, star."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import pygame

from game.app.draw.palette import Colour
from game.model import Level, Place

SHAPES = ("square", "triangle", "circle", "diamond", "leaf", "star")
"""The names of the shapes: learn, work, home, fork, nature, goal."""

_FINE = 6


def shape_of(level: Level, place: Place) -> str:
    """A place's shape: the level's own word for it, else a diamond where several lanes leave, else a circle."""
    if place.shape in SHAPES:
        return str(place.shape)
    return "diamond" if len(level.lanes_from[place.id]) > 1 else "circle"


def is_goal(level: Level, place: Place) -> bool:
    """Whether a place is drawn as a goal: a star from which no lane leads on to another place."""
    return place.shape == "star" and all(lane.head == place.id for lane in level.lanes_from[place.id])


def outline(shape: str) -> list[tuple[float, float]]:
    """The corners of a shape about (0, 0) that looks as large as the others; the largest reach is about 1."""
    if shape == "square":
        return _rounded([(-0.78, -0.78), (0.78, -0.78), (0.78, 0.78), (-0.78, 0.78)], 0.18)
    if shape == "triangle":
        return _rounded([(0.0, -1.0), (0.98, 0.74), (-0.98, 0.74)], 0.1)
    if shape == "diamond":
        return _rounded([(0.0, -1.12), (1.08, 0.0), (0.0, 1.12), (-1.08, 0.0)], 0.1)
    if shape == "leaf":
        return [*_arc(-0.12, -0.12, 0.72, 180, 270), (0.92, -0.84), *_arc(0.12, 0.12, 0.72, 0, 90), (-0.92, 0.84)]
    if shape == "star":
        turns = [(math.pi * k / 5 - math.pi / 2, 1.16 if k % 2 == 0 else 0.52) for k in range(10)]
        return [(r * math.cos(a), r * math.sin(a)) for a, r in turns]
    return _arc(0.0, 0.0, 0.86, 0, 360)


def _arc(x: float, y: float, radius: float, first: float, last: float) -> list[tuple[float, float]]:
    turns = [math.radians(first + (last - first) * k / 24) for k in range(25)]
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in turns]


def _rounded(corners: list[tuple[float, float]], cut: float) -> list[tuple[float, float]]:
    """A polygon with its corners cut by a small quadratic curve."""
    points = []
    for k, (x, y) in enumerate(corners):
        (px, py), (nx, ny) = corners[k - 1], corners[(k + 1) % len(corners)]
        a = (x + (px - x) * cut, y + (py - y) * cut)
        b = (x + (nx - x) * cut, y + (ny - y) * cut)
        for t in (0.0, 0.25, 0.5, 0.75, 1.0):
            u = 1 - t
            points.append((u * u * a[0] + 2 * u * t * x + t * t * b[0], u * u * a[1] + 2 * u * t * y + t * t * b[1]))
    return points


@lru_cache(maxsize=256)
def icon(shape: str, size: int, colour: Colour) -> pygame.Surface:
    """A shape in one colour, drawn into a transparent square of ``size`` pixels; shared, do not draw on it."""
    return smooth((size, size), colour, [(colour, scaled(shape, size * _FINE / 2, size * _FINE * 0.41))])


def scaled(shape: str, middle: float, reach: float) -> list[tuple[float, float]]:
    """The corners of a shape about the point (middle, middle), with ``reach`` for a unit."""
    return [(middle + x * reach, middle + y * reach) for x, y in outline(shape)]


def smooth(
    size: tuple[int, int], edge: Colour, polygons: list[tuple[Colour, list[tuple[float, float]]]]
) -> pygame.Surface:
    """Polygons, given six times as large, smoothly on a transparent surface; ``edge`` is the outermost colour."""
    fine = pygame.Surface((size[0] * _FINE, size[1] * _FINE), pygame.SRCALPHA)
    fine.fill((*edge, 0))
    for colour, points in polygons:
        pygame.draw.polygon(fine, colour, points)
    half = pygame.transform.smoothscale(fine, (size[0] * 2, size[1] * 2))
    return pygame.transform.smoothscale(half, size)


def smooth_steps(
    whole: pygame.Surface, edge: Colour, polygons: list[tuple[Colour, list[tuple[float, float]]]], rows: int
) -> Iterator[None]:
    """Draw over all of a transparent surface what ``smooth`` draws, so many rows of it at every step."""
    width, height = whole.get_size()
    for top in range(0, height, rows):
        high = min(rows, height - top)
        fine = pygame.Surface((width * _FINE, high * _FINE), pygame.SRCALPHA)
        fine.fill((*edge, 0))
        for colour, points in polygons:
            pygame.draw.polygon(fine, colour, [(int(x), int(y) - top * _FINE) for x, y in points])
        half = pygame.transform.smoothscale(fine, (width * 2, high * 2))
        pygame.transform.smoothscale(half, (width, high), whole.subsurface((0, top, width, high)))
        yield


def circle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """A circle as a polygon fine enough for ``smooth``."""
    return [(x + radius * math.cos(k * math.pi / 48), y + radius * math.sin(k * math.pi / 48)) for k in range(96)]


@lru_cache(maxsize=256)
def node(shape: str, radius: int, fill: Colour, rim: Colour, glyph: Colour, goal: bool = False) -> pygame.Surface:
    """A place on the map, a ring with its shape inside, in ``2 * (radius + 3)`` pixels square; shared."""
    side = 2 * (radius + 3)
    middle = side * _FINE / 2
    ring = max(1.5, radius * (0.15 if not goal else 0.09))
    r = radius * _FINE
    polygons = [(rim, circle(middle, middle, r)), (fill, circle(middle, middle, r - ring * _FINE))]
    if goal:
        polygons += [(rim, circle(middle, middle, r * 0.83)), (fill, circle(middle, middle, r * 0.83 - 1.2 * _FINE))]
    polygons.append((glyph, scaled(shape, middle, r * 0.44)))
    return smooth((side, side), rim, polygons)
