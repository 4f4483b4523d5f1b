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
_REACH = 205.0
_OPEN = math.radians(34)


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
    taken = [np.array(list(where.values())), *(course[::3] for course in others.values())]
    made: dict[str, Points] = {}
    for place, lanes in looping.items():
        petals = _petals(np.array(where[place]), len(lanes), size, np.concatenate(taken))
        for lane, petal in zip(lanes, petals, strict=True):
            made[lane.id] = petal
            taken.append(petal[::3])
    return made


def _petals(centre: Points, count: int, size: tuple[float, float], taken: Points) -> list[Points]:
    """``count`` loops at a place: each where most room is left; one inside the other when there are very many."""
    apart = taken - centre
    distance = np.hypot(apart[:, 0], apart[:, 1])
    near = taken[(distance > 1.0) & (distance < 2 * _REACH)]
    petals: list[Points] = []
    angles: list[float] = []
    fit = max(1, int(2 * math.pi / (2 * _OPEN + math.radians(8))))
    alone = len(near) == 0
    for k in range(count):
        ring, seat = divmod(k, fit)
        if alone:
            angle = -math.pi / 2 + 2 * math.pi * seat / min(count, fit)
        else:
            angle = _roomiest(centre, size, near, angles[ring * fit :])
        reach = _REACH + ring * 3.2 * BANK_WIDTH
        angles.append(angle)
        petals.append(_petal(centre, angle, reach, _OPEN + ring * math.radians(4)))
    return petals


def _roomiest(centre: Points, size: tuple[float, float], near: Points, angles: list[float]) -> float:
    """The direction in which a petal would be farthest from all that is there, inside the world, beside its sisters."""
    best, most = 0.0, -math.inf
    for k in range(_SECTORS):
        angle = -math.pi / 2 + 2 * math.pi * k / _SECTORS
        petal = _petal(centre, angle, _REACH, _OPEN)[8:-8:4]
        apart = petal[:, None, :] - near[None, :, :]
        room = min(90.0, float(np.hypot(apart[..., 0], apart[..., 1]).min()))
        inset = min(
            petal[:, 0].min() - 20,
            size[0] - 90 - petal[:, 0].max(),
            petal[:, 1].min() - 20,
            size[1] - 60 - petal[:, 1].max(),
        )
        room += 2.0 * min(0.0, float(inset))
        for other in angles:
            turn = abs(wrapped(angle - other))
            room -= 300.0 * max(0.0, 2 * _OPEN + math.radians(6) - turn) + 3.0 * turn
        if room > most + 1e-9:
            best, most = angle, room
    return best


def _petal(centre: Points, angle: float, reach: float, half_open: float) -> Points:
    out = centre + reach * np.array([math.cos(angle - half_open), math.sin(angle - half_open)])
    back = centre + reach * np.array([math.cos(angle + half_open), math.sin(angle + half_open)])
    return bezier(centre, out, back, centre, _COUNT)
