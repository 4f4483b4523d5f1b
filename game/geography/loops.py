"""Loops: the courses of lanes that return to the place they left, drawn as petals where there is room."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

import numpy as np

from game.geography.channel import Point, Points, bezier
from game.geography.spacing import BANK_WIDTH
from game.model import Lane, Level

_SECTORS = 48
_COUNT = 65
_REACHES = (210.0, 180.0, 152.0, 128.0, 110.0)
_ENOUGH, _TOUCHING = 46.0, 14.0
_OPEN = math.radians(35)
_APART = 2 * _OPEN + math.radians(4)
_ROUND = int(2 * math.pi / _APART)


def loop_courses(
    level: Level, where: Mapping[str, Point], size: tuple[float, float], others: Mapping[str, Points]
) -> dict[str, Points]:
    """The course of every lane that returns to its own place, by lane id, clear of the ``others`` and of places."""
    looping: dict[str, list[Lane]] = {}
    for lane in level.lanes:
        if lane.tail == lane.head:
            looping.setdefault(lane.tail, []).append(lane)
    if not looping:
        return {}
    taken = np.concatenate([np.array(list(where.values())), *(course[::4] for course in others.values())])
    made: dict[str, Points] = {}
    for place, lanes in looping.items():
        petals = _petals(np.array(where[place]), len(lanes), size, taken)
        for lane, petal in zip(lanes, petals, strict=True):
            made[lane.id] = petal
        taken = np.concatenate([taken, *(petal[::4] for petal in petals)])
    return made


def _petals(centre: Points, count: int, size: tuple[float, float], taken: Points) -> list[Points]:
    """``count`` loops at a place, each where most room is left; when a round is full the next one goes around it."""
    apart = taken - centre
    distance = np.hypot(apart[:, 0], apart[:, 1])
    near = taken[(distance > 1.0) & (distance < 1.6 * _REACHES[0])]
    petals: list[Points] = []
    angles: list[float] = []
    for k in range(count):
        ring, seat = divmod(k, _ROUND)
        if ring:
            angles.append(angles[k - _ROUND])
            petals.append(_petal(centre, angles[k], _REACHES[0] + ring * 3.2 * BANK_WIDTH, _OPEN + 0.07 * ring))
        elif len(near) == 0:
            angles.append(-math.pi / 2 + 2 * math.pi * seat / min(count, _ROUND))
            petals.append(_petal(centre, angles[k], 1.9 * _REACHES[0], _OPEN))
        else:
            angle, petal = _roomiest(centre, size, near, angles)
            angles.append(angle)
            petals.append(petal)
    return petals


def _roomiest(centre: Points, size: tuple[float, float], near: Points, angles: list[float]) -> tuple[float, Points]:
    """The petal that comes least near to all that is there, inside the world and beside its sisters at ``angles``.

    Where several keep far enough the largest wins, and among those the one nearest to its sisters.
    """
    reaches, turns, bodies = _candidates()
    bodies = bodies + centre
    # the largest petal reaches three quarters of its reach out, and what lies far from it crowds nothing
    apart = near - centre
    room = _room(bodies, near[np.hypot(apart[:, 0], apart[:, 1]) < 0.75 * _REACHES[0] + _ENOUGH])
    crowding = np.maximum(0.0, 1 - room / _ENOUGH) + 2.0 * (room < _TOUCHING)
    worth = 0.06 * reaches - 9.0 * reaches / _REACHES[0] * crowding.sum(axis=1)
    low, high = bodies.min(axis=1), bodies.max(axis=1)
    inset = np.minimum(low - 24, np.array(size) - (96, 24) - high).min(axis=1)
    worth += 2.0 * np.minimum(0.0, inset)
    for other in angles:
        turn = np.abs((turns - other + math.pi) % (2 * math.pi) - math.pi)
        worth -= 300.0 * np.maximum(0.0, _APART - turn) + turn
    best = int(np.argmax(np.round(worth, 6)))
    return float(turns[best]), _petal(centre, float(turns[best]), float(reaches[best]), _OPEN)


def _room(bodies: Points, near: Points) -> Points:
    """The distance from points (..., 2) to the nearest of ``near``; shape (...)."""
    across, down = np.ascontiguousarray(bodies[..., 0]), np.ascontiguousarray(bodies[..., 1])
    best = np.full(across.shape, np.inf)
    x, y = np.empty_like(across), np.empty_like(down)
    for px, py in near.tolist():
        np.subtract(across, px, out=x)
        np.subtract(down, py, out=y)
        x *= x
        y *= y
        x += y
        np.minimum(best, x, out=best)
    return np.asarray(np.sqrt(best), dtype=np.float64)


@cache
def _candidates() -> tuple[Points, Points, Points]:
    """All petals that are tried about (0, 0): their reach, their angle, and points of their bodies (count, k, 2)."""
    tried = [(reach, -math.pi / 2 + 2 * math.pi * k / _SECTORS) for reach in _REACHES for k in range(_SECTORS)]
    bodies = np.array([_petal(np.zeros(2), angle, reach, _OPEN)[10:-10:3] for reach, angle in tried])
    return np.array([reach for reach, _ in tried]), np.array([angle for _, angle in tried]), bodies


def _petal(centre: Points, angle: float, reach: float, half_open: float) -> Points:
    out = centre + reach * np.array([math.cos(angle - half_open), math.sin(angle - half_open)])
    back = centre + reach * np.array([math.cos(angle + half_open), math.sin(angle + half_open)])
    return bezier(centre, out, back, centre, _COUNT)
