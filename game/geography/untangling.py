"""Untangling: places of neighbouring columns change seats while that makes the map easier to read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.geography.channel import Points
from game.geography.spacing import CLEAR, ROOMY

_PASSES = 4
_MOST_PLACES = 40
_CROSSING = 3.0
_OVER = 4.0
_NEARBY = 1.9 * ROOMY


def untangled(where: Points, pairs: NDArray[np.int64], pinned: NDArray[np.bool_]) -> Points:
    """``where`` with free places exchanged where that saves crossings, lanes over places, or length.

    ``pairs`` (shape (m, 2)) are the joined places.  Only places of about the same x change seats, so time still runs
    from left to right.  Above 40 places nothing is tried, because it would take too long.
    """
    if len(where) > _MOST_PLACES or len(pairs) == 0:
        return where
    where = where.copy()
    free = np.flatnonzero(~pinned)
    cost = _cost(where, pairs)
    for _ in range(_PASSES):
        before = cost
        for n, i in enumerate(free):
            for j in free[n + 1 :]:
                if abs(where[i, 0] - where[j, 0]) > _NEARBY:
                    continue
                where[[i, j]] = where[[j, i]]
                tried = _cost(where, pairs)
                if tried < cost - 1e-9:
                    cost = tried
                else:
                    where[[i, j]] = where[[j, i]]
        if cost >= before - 1e-9:
            break
    return where


def _cost(where: Points, pairs: NDArray[np.int64]) -> float:
    """How hard a layout of straight lanes is to read."""
    a, b = where[pairs[:, 0]], where[pairs[:, 1]]
    line = b - a
    length = np.hypot(line[:, 0], line[:, 1])
    cost = float((length / ROOMY).sum()) * 0.5
    cost += _CROSSING * _crossings(a, b, pairs)
    square = np.maximum((line**2).sum(axis=1), 1e-9)
    t = ((where[None] - a[:, None]) * line[:, None]).sum(axis=2) / square[:, None]
    away = where[None] - a[:, None] - np.clip(t, 0, 1)[..., None] * line[:, None]
    near = np.hypot(away[..., 0], away[..., 1])
    near[np.arange(len(pairs)), pairs[:, 0]] = np.inf
    near[np.arange(len(pairs)), pairs[:, 1]] = np.inf
    return cost + _OVER * float(np.maximum(0.0, 1 - near / (1.2 * CLEAR)).sum())


def _crossings(a: Points, b: Points, pairs: NDArray[np.int64]) -> int:
    """How many pairs of straight lanes cross, those that share a place left out."""

    def side(p: Points, q: Points, r: Points) -> Points:
        return np.asarray(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    a1, b1, a2, b2 = a[:, None], b[:, None], a[None], b[None]
    apart = (side(a1, b1, a2) * side(a1, b1, b2) < 0) & (side(a2, b2, a1) * side(a2, b2, b1) < 0)
    shared = (pairs[:, None, :, None] == pairs[None, :, None, :]).any(axis=(2, 3))
    return int((apart & ~shared).sum()) // 2
