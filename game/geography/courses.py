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
_BENDS = 24
_MARGIN, _GIVE = 40.0, 20.0


@dataclass(frozen=True)
class Strand:
    """All lanes between places ``a`` and ``b``, from left to right as seen by somebody going from a to b."""

    a: str
    b: str
    lanes: tuple[Lane, ...]

    def spacing(self, chord: float) -> float:
        """The distance between neighbouring lanes in the middle of a strand whose ends are ``chord`` apart."""
        roomy = min(96.0, max(BANK_WIDTH + 12.0, chord * 0.24))
        return min(roomy, max(BANK_WIDTH + 4.0, chord * 0.8 / max(1, len(self.lanes) - 1)))

    def half_width(self, chord: float) -> float:
        """The distance of its outermost lanes from the base curve."""
        return (len(self.lanes) - 1) / 2 * self.spacing(chord)


def courses(level: Level, where: dict[str, Point], size: tuple[float, float]) -> dict[str, Channel]:
    """The channel of every lane, by lane id, for places at ``where`` in a world of ``size``."""
    strands = _strands(level)
    at = {place: np.array(point) for place, point in where.items()}
    headings = fanned(where, _ends(strands, at))
    everywhere = np.array(list(where.values()))
    numbered = {place: i for i, place in enumerate(where)}
    made: dict[str, Points] = {}
    for s, strand in enumerate(strands):
        base = _base_curve(at[strand.a], at[strand.b], headings[s, True], headings[s, False])
        foreign = np.ones(len(everywhere), dtype=bool)
        foreign[[numbered[strand.a], numbered[strand.b]]] = False
        chord = _distance(at[strand.a], at[strand.b])
        base = _bent(base, everywhere[foreign], strand.half_width(chord))
        made.update(_side_by_side(strand, base, chord))
    made.update(loop_courses(level, where, size, made))
    return {lane.id: channel_through(_kept_inside(made[lane.id], size)) for lane in level.lanes}


def _kept_inside(course: Points, size: tuple[float, float]) -> Points:
    """A course whose parts beyond the margin are pressed together, so that it stays in the world without a corner."""
    low, high = np.array([_MARGIN, _MARGIN]), np.array([size[0] - 2 * _MARGIN, size[1] - _MARGIN])
    under, over = np.maximum(low - course, 0.0), np.maximum(course - high, 0.0)
    pressed = course + under - over
    return np.asarray(pressed - under / (1 + under / _GIVE) + over / (1 + over / _GIVE), dtype=np.float64)


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


def _ends(strands: list[Strand], at: dict[str, Points]) -> list[End]:
    ends = []
    for s, strand in enumerate(strands):
        a, b = at[strand.a], at[strand.b]
        chord = _distance(a, b)
        breadth = math.atan2(math.pi * strand.half_width(chord), chord)
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


def _bent(base: Points, foreign: Points, half_width: float) -> Points:
    """``base`` bent around the places that it would otherwise run through, where its own ends leave room for that."""
    if len(foreign) == 0:
        return base
    u = np.linspace(0.0, 1.0, _COUNT)
    swell = half_width * np.sin(np.pi * u)
    held = np.minimum(1.0, np.minimum(u, 1 - u) / 0.12)
    near = foreign[_gap(base, foreign, swell).min(axis=0) < 2.5 * CLEAR]
    if len(near) == 0:
        return base
    course = base.copy()
    for _ in range(_BENDS):
        gap = _gap(course, near, swell)
        i, p = divmod(int(np.argmin(gap)), len(near))
        lacking = CLEAR + 1.5 - gap[i, p]
        if lacking <= 1.5:
            break
        i = min(max(i, 3), _COUNT - 4)
        away = course[i] - near[p]
        across = normals(course)[i]
        side = 1.0 if float(away @ across) >= 0 else -1.0
        bump = np.exp(-(((u - u[i]) / 0.2) ** 2)) * held
        course += (side * lacking / max(0.35, float(bump[i]))) * bump[:, None] * across
    return course


def _gap(course: Points, places: Points, swell: Points) -> Points:
    """Distances of points to places less the half width of the strand there; shape (points, places)."""
    apart = course[:, None, :] - places[None, :, :]
    return np.asarray(np.hypot(apart[..., 0], apart[..., 1]) - swell[:, None], dtype=np.float64)


def _side_by_side(strand: Strand, base: Points, chord: float) -> dict[str, Points]:
    u = np.linspace(0.0, 1.0, _COUNT)
    across = normals(base) * np.sin(np.pi * u)[:, None]
    spacing = strand.spacing(chord)
    made = {}
    for k, lane in enumerate(strand.lanes):
        course = base + (k - (len(strand.lanes) - 1) / 2) * spacing * across
        made[lane.id] = course if lane.tail == strand.a else course[::-1]
    return made


def _distance(a: Points, b: Points) -> float:
    return float(np.hypot(*(b - a)))
