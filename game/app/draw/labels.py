"""Labels: place names with a soft halo, laid so that none lies over another."""

from __future__ import annotations

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
    spots: Sequence[Spot], courses: np.ndarray, bounds: pygame.Rect, taken: Sequence[pygame.Rect] = ()
) -> list[pygame.Rect | None]:
    """A rectangle for every label, beside its place, none over another; None where there is no room.

    ``courses`` are points of channels, shape (n, 2); a label prefers not to cover them.  All in pixels.
    """
    chosen: list[pygame.Rect | None] = [None] * len(spots)
    points = np.array([spot.point for spot in spots]).reshape(-1, 2)
    radii = np.array([spot.radius for spot in spots])
    options = [_options(spot, k, courses, points, radii, bounds) for k, spot in enumerate(spots)]
    for _ in range(3):
        for k in range(len(spots)):
            others = [rect for j, rect in enumerate(chosen) if rect is not None and j != k] + list(taken)
            free = [(cost, rect) for cost, rect in options[k] if rect.collidelist(others) < 0]
            chosen[k] = min(free, key=lambda option: option[0])[1] if free else None
    return chosen


def _options(
    spot: Spot, own: int, courses: np.ndarray, points: np.ndarray, radii: np.ndarray, bounds: pygame.Rect
) -> list[tuple[float, pygame.Rect]]:
    """The rectangles a label may take with what each costs, in order of preference."""
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
    options = []
    for rank, (left, top) in enumerate(sides):
        rect = pygame.Rect(round(left), round(top), width, height)
        cost = rank * 0.6
        if len(courses):
            inside = (np.abs(courses[:, 0] - rect.centerx) < width / 2) & (
                np.abs(courses[:, 1] - rect.centery) < height / 2 + 5
            )
            cost += 1.0 * float(inside.sum())
        away = np.hypot(
            np.maximum(np.abs(points[:, 0] - rect.centerx) - width / 2, 0),
            np.maximum(np.abs(points[:, 1] - rect.centery) - height / 2, 0),
        )
        covered = away < radii
        covered[own] = False
        cost += 40.0 * float(covered.sum())
        if not bounds.contains(rect):
            cost += 25.0
        options.append((cost, rect))
    return options
