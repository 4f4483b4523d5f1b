"""Where places lie: as the level says, or laid out by program, or some of each."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from game.geography.channel import Point, Points
from game.geography.layers import layered
from game.geography.relaxation import joined, pushed_apart, relaxed
from game.geography.spacing import BANK_WIDTH, BOTTOM, CROWD, HEIGHT, LEFT, PLACE_GAP, RIGHT, TOP, WIDTH
from game.geography.untangling import untangled
from game.model import Level

_STRETCH = 1.7
_CLOSE = 96.0
_MOST = 6.0


def positions(level: Level) -> tuple[dict[str, Point], tuple[float, float]]:
    """Every place's position by id, and the size of the world they lie in."""
    given = np.array([place.at is not None for place in level.places])
    least = _scale_for_strands(level)
    if given.all():
        where, scale = _as_given(np.array([place.at for place in level.places], dtype=np.float64), least)
    else:
        where, scale = _laid_out(level, given, least)
    ids = (place.id for place in level.places)
    return {i: (float(x), float(y)) for i, (x, y) in zip(ids, where, strict=True)}, (WIDTH * scale, HEIGHT * scale)


def _scale_for_strands(level: Level) -> float:
    """How large the world must be for the most lanes between any two places to lie side by side in it; at least 1."""
    joined = Counter(frozenset((lane.tail, lane.head)) for lane in level.lanes)
    most = max(joined.values(), default=1)
    return min(_MOST, max(1.0, (most * (BANK_WIDTH + 4.0) + TOP) / HEIGHT))


def frame(scale: float) -> tuple[Points, Points]:
    """The top left and bottom right corners of the rectangle in which places may lie, in a world of that scale."""
    return np.array([LEFT, TOP]), np.array([WIDTH * scale - RIGHT, HEIGHT * scale - BOTTOM])


def _as_given(at: Points, least: float) -> tuple[Points, float]:
    """The level's own positions, scaled to the world; the world is as large as the closest places need."""
    scale = min(_MOST, max(least, math.sqrt(len(at) / CROWD) * 0.9))
    where = _fitted(at, *frame(scale))
    closest = _nearest(where)
    if len(closest) and 0 < np.quantile(closest, 0.1) < _CLOSE:
        scale = min(_MOST, scale * _CLOSE / float(np.quantile(closest, 0.1)), 1.6 * scale)
        where = _fitted(at, *frame(scale))
    return pushed_apart(where, PLACE_GAP, *frame(scale)), scale


def _laid_out(level: Level, given: NDArray[np.bool_], least: float) -> tuple[Points, float]:
    """Positions by layers of years, relaxed; places that the level does put somewhere are pinned."""
    scale = max(least, math.sqrt(len(level.places) / CROWD))
    low, high = frame(scale)
    where = layered(level, low, high)
    if given.any():
        at = np.array([place.at if place.at is not None else (0.0, 0.0) for place in level.places], dtype=np.float64)
        where[given] = _fitted(at[given], low, high) if given.sum() > 1 else where[given]
    where = untangled(where, joined(level), given)
    where = relaxed(level, where, given, low, high)
    return pushed_apart(where, PLACE_GAP, low, high), scale


def _fitted(at: Points, low: Points, high: Points) -> Points:
    """Points moved and scaled to fill the rectangle, one direction stretched at most 1.7 times as much as the other."""
    least, span = at.min(axis=0), np.ptp(at, axis=0)
    room = high - low
    with np.errstate(divide="ignore"):
        ratio = np.where(span > 1e-9, room / np.maximum(span, 1e-300), np.inf)
    ratio = np.minimum(ratio, ratio.min() * _STRETCH)
    ratio = np.where(np.isfinite(ratio), ratio, 0.0)
    return np.asarray(low + (room - span * ratio) / 2 + (at - least) * ratio, dtype=np.float64)


def _nearest(where: Points) -> Points:
    """The distance of every place to the place nearest to it; empty for a single place."""
    if len(where) < 2:
        return np.empty(0)
    apart = np.hypot(*(where[:, None, :] - where[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    return np.asarray(apart.min(axis=1), dtype=np.float64)
