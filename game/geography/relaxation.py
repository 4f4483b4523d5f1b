"""Relaxation of a layout: places keep their distance, neighbours draw near, and lanes are not laid over places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.geography.channel import Points
from game.geography.spacing import CLEAR, ROOMY
from game.model import Level

_ROUNDS = 140
_EVERY = 4


def relaxed(level: Level, where: Points, pinned: NDArray[np.bool_], low: Points, high: Points) -> Points:
    """``where`` after forces have evened it out, inside the rectangle; rows marked in ``pinned`` stay as they are.

    Springs act along lanes, repulsion between places nearer than a comfortable distance, and places step aside from
    straight lanes that would run over them.  Columns keep their x loosely, so time still runs from left to right.
    """
    pairs = joined(level)
    free = (~pinned)[:, None]
    home = where.copy()
    where = where.copy()
    for step in range(_ROUNDS):
        cooling = 1.0 - step / _ROUNDS
        force = _repulsion(where, ROOMY * 1.15) * 0.5
        force += _springs(where, pairs) * 0.06
        force += (home - where) * (0.08, 0.015)
        if step % _EVERY == 0 and len(where) > 2:
            force += _aside(where, pairs)
        length = np.hypot(force[:, 0], force[:, 1])[:, None]
        force *= np.minimum(1.0, (6.0 + 24.0 * cooling) / np.maximum(length, 1e-9))
        where = np.where(free, np.clip(where + force, low, high), where)
    return where


def joined(level: Level) -> NDArray[np.int64]:
    """The pairs of different places that lanes join, by position in file order; shape (m, 2), sorted."""
    index = level.place_index
    pairs = {tuple(sorted((index[lane.tail], index[lane.head]))) for lane in level.lanes if lane.tail != lane.head}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def pushed_apart(where: Points, gap: float, low: Points, high: Points) -> Points:
    """``where`` with all places at least about ``gap`` apart; equal positions part in a direction set by file order."""
    where = where.copy()
    for _ in range(200):
        push = _repulsion(where, gap)
        if np.abs(push).max(initial=0.0) < 0.25:
            break
        where = np.clip(where + push * 0.6, low, high)
    return where


def _repulsion(where: Points, reach: float) -> Points:
    """The push on every place from those nearer than ``reach``, half of what is lacking from each; shape (n, 2)."""
    push = np.zeros_like(where)
    for first in range(0, len(where), 256):
        rows = slice(first, first + 256)
        apart_x, apart_y = where[rows, None, 0] - where[None, :, 0], where[rows, None, 1] - where[None, :, 1]
        i, j = np.nonzero(apart_x * apart_x + apart_y * apart_y < reach * reach)
        keep = i + first != j
        i, j = i[keep], j[keep]
        way = np.column_stack([apart_x[i, j], apart_y[i, j]])
        far = np.hypot(way[:, 0], way[:, 1])
        same = far < 1e-6
        turn = 2.399963 * (np.minimum(i + first, j) + 1.0)
        sign = np.where(i + first < j, 1.0, -1.0)
        way[same] = (np.column_stack([np.cos(turn), np.sin(turn)]) * sign[:, None])[same]
        unit = way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
        np.add.at(push, i + first, unit * ((reach - far) / 2)[:, None])
    return push


def _springs(where: Points, pairs: NDArray[np.int64]) -> Points:
    pull = np.zeros_like(where)
    if len(pairs) == 0:
        return pull
    apart = where[pairs[:, 1]] - where[pairs[:, 0]]
    distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-9)[:, None]
    tension = apart * (1 - ROOMY * 1.25 / distance)
    np.add.at(pull, pairs[:, 0], tension)
    np.add.at(pull, pairs[:, 1], -tension)
    degree = np.bincount(pairs.ravel(), minlength=len(where))[:, None]
    return pull / np.maximum(1, degree)


def _aside(where: Points, pairs: NDArray[np.int64]) -> Points:
    """The step that takes places out of the way of straight lanes between other places; shape (n, 2)."""
    push = np.zeros_like(where)
    x, y = where[None, :, 0], where[None, :, 1]
    for first in range(0, len(pairs), 256):
        part = pairs[first : first + 256]
        a, b = where[part[:, 0]], where[part[:, 1]]
        line = b - a
        square = np.maximum((line**2).sum(axis=1), 1e-9)
        ax, ay, lx, ly = a[:, :1], a[:, 1:], line[:, :1], line[:, 1:]
        t = ((x - ax) * lx + (y - ay) * ly) / square[:, None]
        on = np.clip(t, 0.0, 1.0)
        away_x, away_y = x - (ax + on * lx), y - (ay + on * ly)
        far = away_x * away_x + away_y * away_y
        e, p = np.nonzero((far < (1.5 * CLEAR) ** 2) & (t > 0.02) & (t < 0.98))
        distance, normal = np.sqrt(far[e, p]), np.column_stack([-line[e, 1], line[e, 0]]) / np.sqrt(square[e])[:, None]
        side = np.where(away_x[e, p] * normal[:, 0] + away_y[e, p] * normal[:, 1] >= 0, 1.0, -1.0)
        np.add.at(push, p, normal * (side * (1.5 * CLEAR - distance) * 0.5)[:, None])
    return push
