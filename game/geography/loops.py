"""Loops: the courses of lanes that return to the place they left, drawn as petals where there is room."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from game.geography.channel import Point, Points, bezier
from game.geography.fan import wrapped
from game.geography.spacing import BANK_WIDTH
from game.model import Lane, Level

_SECTORS = 48
_COUNT = 65
_REACHES = (210.0, 180.0, 152.0, 128.0, 110.0)
_ENOUGH = 46.0
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
    taken = np.concatenate([np.array(list(where.values())), *(course[::3] for course in others.values())])
    made: dict[str, Points] = {}
    for place, lanes in looping.items():
        petals = _petals(np.array(where[place]), len(lanes), size, taken)
        for lane, petal in zip(lanes, petals, strict=True):
            made[lane.id] = petal
        taken = np.concatenate([taken, *(petal[::3] for petal in petals)])
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
    best = (-math.inf, 0.0, near)
    for reach in _REACHES:
        for k in range(_SECTORS):
            angle = -math.pi / 2 + 2 * math.pi * k / _SECTORS
            petal = _petal(centre, angle, reach, _OPEN)
            body = petal[10:-10:3]
            apart = body[:, None, :] - near[None, :, :]
            room = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
            worth = 0.06 * reach - 9.0 * float(np.maximum(0.0, 1 - room / _ENOUGH).sum())
            inset = min(
                body[:, 0].min() - 24, size[0] - 96 - body[:, 0].max(),
                body[:, 1].min() - 24, size[1] - 24 - body[:, 1].max(),
            )  # fmt: skip
            worth += 2.0 * min(0.0, float(inset))
            for other in angles:
                turn = abs(wrapped(angle - other))
                worth -= 300.0 * max(0.0, _APART - turn) + turn
            if worth > best[0] + 1e-9:
                best = (worth, angle, petal)
    return best[1], best[2]


def _petal(centre: Points, angle: float, reach: float, half_open: float) -> Points:
    out = centre + reach * np.array([math.cos(angle - half_open), math.sin(angle - half_open)])
    back = centre + reach * np.array([math.cos(angle + half_open), math.sin(angle + half_open)])
    return bezier(centre, out, back, centre, _COUNT)
