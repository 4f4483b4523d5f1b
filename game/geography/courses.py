"""The courses of channels: cubic curves that leave and reach places in a fan, parallel lanes side by side.

All lanes between two places form a *strand*.  A strand has one base curve, bent around foreign places; its lanes run
beside each other along it, swelling from the ends, so that each has its own mouth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from game.geography.channel import Channel, Point, Points, bezier, channel_through, normals, resampled
from game.geography.fan import End, fanned
from game.geography.loops import loop_courses
from game.geography.spacing import BANK_WIDTH, CLEAR
from game.model import Lane, Level

_COUNT = 49
_BENDS = 32
_SETTLED = 1.5
_MARGIN, _GIVE = 40.0, 20.0


@dataclass(frozen=True)
class Strand:
    """All lanes between places ``a`` and ``b``, from left to right as seen by somebody going from a to b."""

    a: str
    b: str
    lanes: tuple[Lane, ...]

    def half_width(self, chord: float, room: float) -> float:
        """Half the width of the strand in its middle, its ends ``chord`` apart, in a world with ``room`` for it."""
        gaps = max(1, len(self.lanes) - 1)
        roomy = min(96.0, max(BANK_WIDTH + 12.0, chord * 0.24))
        spacing = min(roomy, max(BANK_WIDTH + 4.0, chord * 0.8 / gaps), room / gaps)
        return (len(self.lanes) - 1) / 2 * spacing


def courses(level: Level, where: dict[str, Point], size: tuple[float, float]) -> dict[str, Channel]:
    """The channel of every lane, by lane id, for places at ``where`` in a world of ``size``."""
    strands = _strands(level)
    at = {place: np.array(point) for place, point in where.items()}
    room = min(size) - 3 * _MARGIN
    widths = [strand.half_width(_distance(at[strand.a], at[strand.b]), room) for strand in strands]
    headings = fanned(where, _ends(strands, widths, at))
    everywhere = np.array(list(where.values()))
    numbered = {place: i for i, place in enumerate(where)}
    made: dict[str, Points] = {}
    for s, strand in enumerate(strands):
        base = _base_curve(at[strand.a], at[strand.b], headings[s, True], headings[s, False])
        foreign = np.ones(len(everywhere), dtype=bool)
        foreign[[numbered[strand.a], numbered[strand.b]]] = False
        base = _bent(base, everywhere[foreign], widths[s], size)
        made.update(_side_by_side(strand, base, widths[s]))
    made.update(loop_courses(level, where, size, made))
    return {lane.id: channel_through(_kept_inside(made[lane.id], size)) for lane in level.lanes}


def _kept_inside(course: Points, size: tuple[float, float]) -> Points:
    """A course whose parts beyond the margin are pressed together, so that it stays in the world without a corner."""
    low, high = _bounds(size)
    under, over = np.maximum(low - course, 0.0), np.maximum(course - high, 0.0)
    pressed = course + under - over
    return np.asarray(pressed - under / (1 + under / _GIVE) + over / (1 + over / _GIVE), dtype=np.float64)


def _bounds(size: tuple[float, float]) -> tuple[Points, Points]:
    """The corners of the part of the world in which channels run; the sea lies on the right."""
    return np.array([_MARGIN, _MARGIN]), np.array([size[0] - 2 * _MARGIN, size[1] - _MARGIN])


def _strands(level: Level) -> list[Strand]:
    """The strands in the order of their first lanes; lanes against the strand's direction lie on its right."""
    together: dict[frozenset[str], list[Lane]] = {}
    for lane in level.lanes:
        if lane.tail != lane.head:
            together.setdefault(frozenset((lane.tail, lane.head)), []).append(lane)
    strands = []
    for lanes in together.values():
        a, b = lanes[0].tail, lanes[0].head
        there = [lane for lane in lanes if lane.tail == a]
        back = [lane for lane in lanes if lane.tail == b]
        strands.append(Strand(a, b, (*there, *back)))
    return strands


def _ends(strands: list[Strand], widths: list[float], at: dict[str, Points]) -> list[End]:
    ends = []
    for s, strand in enumerate(strands):
        a, b = at[strand.a], at[strand.b]
        breadth = math.atan2(math.pi * widths[s], _distance(a, b))
        ahead = sum(1 if lane.tail == strand.a else -1 for lane in strand.lanes)
        way = math.atan2(b[1] - a[1], b[0] - a[0])
        ends.append(End(strand.a, (s, True), way, breadth, leaving=ahead >= 0))
        ends.append(End(strand.b, (s, False), way + math.pi, breadth, leaving=ahead < 0))
    return ends


def _base_curve(a: Points, b: Points, out: float, back: float) -> Points:
    """A cubic curve from ``a``, left in direction ``out``, to ``b``, where direction ``back`` looks back along it."""
    reach = 0.4 * _distance(a, b)
    p1 = a + reach * np.array([math.cos(out), math.sin(out)])
    p2 = b + reach * np.array([math.cos(back), math.sin(back)])
    return resampled(bezier(a, p1, p2, b, 4 * _COUNT), _COUNT)


def _bent(base: Points, foreign: Points, half_width: float, size: tuple[float, float]) -> Points:
    """``base`` bent around the places it would otherwise run through, and away from the edges of the world.

    ``half_width`` is that of the strand in its middle; near its ends a strand cannot bend.
    """
    u = np.linspace(0.0, 1.0, _COUNT)
    swell = half_width * np.sin(np.pi * u)
    held = np.minimum(1.0, np.minimum(u, 1 - u) / 0.12)
    near = foreign[(_gap(base, foreign, swell) < 2.5 * CLEAR).any(axis=0)]
    course = base.copy()
    for _ in range(_BENDS):
        pushes = [_from_places(course, near, swell), *_from_edges(course, swell, size)]
        lacking, i, way = max(pushes, key=lambda push: push[0])
        if lacking <= _SETTLED:
            break
        bump = np.exp(-(((u - u[i]) / 0.2) ** 2)) * held
        course += lacking / max(0.35, float(bump[i])) * bump[:, None] * way
    return course


def _from_places(course: Points, near: Points, swell: Points) -> tuple[float, int, Points]:
    """By how much, at which point and in which direction a strand must move to clear the place it is nearest to."""
    if len(near) == 0:
        return 0.0, 0, np.zeros(2)
    gap = _gap(course, near, swell)
    i, p = divmod(int(np.argmin(gap)), len(near))
    lacking = CLEAR + 1.5 - float(gap[i, p])
    i = min(max(i, 3), _COUNT - 4)
    across = normals(course)[i]
    return lacking, i, across if float((course[i] - near[p]) @ across) >= 0 else -across


def _from_edges(course: Points, swell: Points, size: tuple[float, float]) -> list[tuple[float, int, Points]]:
    """The same for the four edges of the world."""
    pushes = []
    for axis in (0, 1):
        low, high = _bounds(size)
        for way, beyond in ((1.0, low[axis] - course[:, axis]), (-1.0, course[:, axis] - high[axis])):
            i = int(np.argmax(beyond + swell))
            direction = np.zeros(2)
            direction[axis] = way
            pushes.append((float(beyond[i] + swell[i]), min(max(i, 3), _COUNT - 4), direction))
    return pushes


def _gap(course: Points, places: Points, swell: Points) -> Points:
    """Distances of points to places less the half width of the strand there; shape (points, places)."""
    x, y = course[:, None, 0] - places[None, :, 0], course[:, None, 1] - places[None, :, 1]
    return np.asarray(np.sqrt(x * x + y * y) - swell[:, None], dtype=np.float64)


def _side_by_side(strand: Strand, base: Points, half_width: float) -> dict[str, Points]:
    u = np.linspace(0.0, 1.0, _COUNT)
    across = normals(base) * np.sin(np.pi * u)[:, None]
    sides = np.linspace(-half_width, half_width, len(strand.lanes)) if len(strand.lanes) > 1 else np.zeros(1)
    made = {}
    for side, lane in zip(sides, strand.lanes, strict=True):
        course = base + side * across
        made[lane.id] = course if lane.tail == strand.a else course[::-1]
    return made


def _distance(a: Points, b: Points) -> float:
    return float(np.hypot(*(b - a)))
