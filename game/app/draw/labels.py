"""Labels: place names with a soft halo, laid so that none lies over another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.palette import Colour
from game.app.draw.type import Type

_HALO = 5


@dataclass(frozen=True)
class Spot:
    """Where labels may go: the place's point, its radius and the size of its label, all in pixels."""

    point: tuple[float, float]
    radius: float
    size: tuple[int, int]


def halo_text(type_: Type, text: str, size: int, ink: Colour, halo: Colour, weight: int = 500) -> pygame.Surface:
    """``text`` with a soft halo around it, ``halo_margin()`` wider on every side than the text; shared."""
    return _haloed(type_.render(text, size, ink, weight), type_.render(text, size, halo, weight), halo)


def halo_margin() -> int:
    """How far the halo reaches beyond the text, in pixels."""
    return _HALO


@lru_cache(maxsize=1200)
def _haloed(text: pygame.Surface, mask: pygame.Surface, halo: Colour) -> pygame.Surface:
    width, height = text.get_width() + 2 * _HALO, text.get_height() + 2 * _HALO
    around = pygame.Surface((width, height), pygame.SRCALPHA)
    around.fill((*halo, 0))
    for dx, dy in ((-2, 0), (2, 0), (0, -2), (0, 2), (-1, -1), (1, -1), (-1, 1), (1, 1), (0, 0)):
        around.blit(mask, (_HALO + dx, _HALO + dy))
    soft = pygame.transform.box_blur(around, 1)
    alpha = pygame.surfarray.pixels_alpha(soft)
    np.minimum(alpha.astype(np.uint16) * 5 // 4, 250, out=alpha, casting="unsafe")
    colours = pygame.surfarray.pixels3d(soft)
    colours[:] = halo
    del alpha, colours
    soft.blit(text, (_HALO, _HALO))
    return soft


def placed(
    spots: Sequence[Spot],
    courses: np.ndarray,
    bounds: pygame.Rect,
    taken: Sequence[pygame.Rect] = (),
    dearest: float = math.inf,
    apart: int = 0,
) -> list[pygame.Rect | None]:
    """A rectangle for every label, beside its place, none over another; None where there is no room.

    ``courses`` are points of channels, shape (n, 2); a label prefers not to cover them, and goes without a place that
    would cost more than ``dearest``; they lie ``apart`` from each other.  The first spots choose first.  All in pixels.
    """
    chosen: list[pygame.Rect | None] = [None] * len(spots)
    courses = courses[np.argsort(courses[:, 0], kind="stable")]
    points = np.array([spot.point for spot in spots]).reshape(-1, 2)
    radii = np.array([spot.radius for spot in spots])
    options = []
    for k, spot in enumerate(spots):
        near = _beside(courses, spot)
        others = np.flatnonzero((np.abs(points - spot.point) < _reach(spot) + radii[:, None]).all(axis=1))
        others = others[others != k]
        costed = _options(spot, near, points[others], radii[others], bounds)
        options.append(sorted((o for o in costed if o[0] <= dearest), key=lambda option: option[0]))
    nowhere = pygame.Rect(0, 0, 0, 0)
    standing = [nowhere] * len(spots) + list(taken)
    for _ in range(3):
        for k in range(len(spots)):
            standing[k] = nowhere
            free = (rect for _, rect in options[k] if rect.inflate(apart, apart).collidelist(standing) < 0)
            chosen[k] = next(free, None)
            standing[k] = chosen[k] or nowhere
    return chosen


def _reach(spot: Spot) -> float:
    """How far from its place a label can reach, to any side."""
    return float(max(spot.size) + spot.radius + 12)


def _beside(courses: np.ndarray, spot: Spot) -> np.ndarray:
    """Those of the ``courses``, sorted by their first column, that a label of this spot could cover."""
    (x, y), reach = spot.point, _reach(spot)
    first, end = np.searchsorted(courses[:, 0], (x - reach, x + reach))
    near = courses[first:end]
    return near[np.abs(near[:, 1] - y) < reach]


def _options(
    spot: Spot, courses: np.ndarray, points: np.ndarray, radii: np.ndarray, bounds: pygame.Rect
) -> list[tuple[float, pygame.Rect]]:
    """The rectangles a label may take with what each costs, in order of preference; ``points`` are other places."""
    x, y = spot.point
    width, height = spot.size
    gap = spot.radius + 3
    sides = (
        (x - width / 2, y - gap - height), (x - width / 2, y + gap),
        (x - width * 0.25, y - gap - height), (x - width * 0.75, y - gap - height),
        (x - width * 0.25, y + gap), (x - width * 0.75, y + gap),
        (x + gap + 2, y - height / 2), (x - gap - 2 - width, y - height / 2),
        (x + gap * 0.6, y - gap * 0.6 - height), (x - gap * 0.6 - width, y - gap * 0.6 - height),
        (x + gap * 0.6, y + gap * 0.6), (x - gap * 0.6 - width, y + gap * 0.6),
    )  # fmt: skip
    rects = [pygame.Rect(round(left), round(top), width, height) for left, top in sides]
    middles = np.array([rect.center for rect in rects], dtype=np.float64)[:, None, :]
    off = np.abs(courses[None] - middles)
    over = ((off[..., 0] < width / 2) & (off[..., 1] < height / 2 + 5)).sum(axis=1)
    off = np.maximum(np.abs(points[None] - middles) - (width / 2, height / 2), 0)
    hidden = (np.hypot(off[..., 0], off[..., 1]) < radii[None]).sum(axis=1)
    outside = [0.0 if bounds.contains(rect) else 25.0 for rect in rects]
    return [
        (rank * 0.6 + 1.0 * float(over[rank]) + 40.0 * float(hidden[rank]) + outside[rank], rect)
        for rank, rect in enumerate(rects)
    ]
