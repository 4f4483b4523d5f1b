"""Channels: the smooth courses of lanes, as points at equal distances along them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points in world units, shape (n, 2), columns x (right) and y (down)."""

Point = tuple[float, float]

STEP = 5.0
"""The distance between neighbouring points of a channel in world units (a little less, so that the ends fit)."""


@dataclass(frozen=True, eq=False)
class Channel:
    """The course of one lane, from the place it leaves to the place it reaches.

    ``points`` has shape (n, 2) and equal steps of arc length, ``length`` is the whole length in world units.
    """

    points: Points
    length: float = field(init=False)

    def __post_init__(self) -> None:
        self.points.setflags(write=False)
        steps = np.hypot(*np.diff(self.points, axis=0).T)
        object.__setattr__(self, "length", float(steps.sum()))

    def __reduce__(self) -> tuple[type[Channel], tuple[Points]]:
        """What travels between processes is the points alone."""
        return Channel, (self.points,)

    def at(self, fraction: float) -> Point:
        """The point a fraction (0 to 1, clamped) of the way along."""
        i, rest = self._step(fraction)
        (x, y), (beyond_x, beyond_y) = self._course[i], self._course[i + 1]
        return x + (beyond_x - x) * rest, y + (beyond_y - y) * rest

    def heading(self, fraction: float) -> float:
        """The direction of travel there in radians: 0 is right, a quarter turn is down."""
        i, rest = self._step(fraction)
        x, y = self._direction(i)
        beyond_x, beyond_y = self._direction(min(i + 1, len(self.points) - 2))
        return math.atan2(y + (beyond_y - y) * rest, x + (beyond_x - x) * rest)

    def normal(self, fraction: float) -> Point:
        """The unit vector to the right-hand side of somebody travelling along."""
        heading = self.heading(fraction)
        return -math.sin(heading), math.cos(heading)

    def bends(self) -> tuple[float, ...]:
        """How the channel bends, from its beginning to its end: radians a world unit, positive to the right.

        One value for each step between the points, evened out over a few of them.
        """
        steps = np.diff(self.points, axis=0)
        headings = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
        turns = np.gradient(headings) if len(headings) > 1 else np.zeros(1)
        even = np.convolve(np.pad(turns, 2, mode="edge"), np.ones(5) / 5, mode="valid")
        return tuple((even * (len(steps) / max(self.length, 1e-9))).tolist())

    def _step(self, fraction: float) -> tuple[int, float]:
        steps = len(self.points) - 1
        along = min(1.0, max(0.0, fraction)) * steps
        i = min(int(along), steps - 1)
        return i, along - i

    @cached_property
    def _course(self) -> list[Point]:
        """The points as pairs of numbers, of which single ones are read many times faster."""
        return [(x, y) for x, y in self.points.tolist()]

    def _direction(self, i: int) -> Point:
        (x, y), (beyond_x, beyond_y) = self._course[i], self._course[i + 1]
        length = math.hypot(beyond_x - x, beyond_y - y) or 1.0
        return (beyond_x - x) / length, (beyond_y - y) / length


def channel_through(course: Points, step: float = STEP) -> Channel:
    """The channel along the polyline ``course``, shape (m, 2), with points at equal distances of about ``step``."""
    return Channel(resampled(course, max(2, math.ceil(_length(course) / step)) + 1))


def resampled(course: Points, count: int) -> Points:
    """``count`` points at equal arc length along a polyline; shape (count, 2)."""
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(course, axis=0).T))])
    wanted = np.linspace(0.0, travelled[-1], count)
    return np.column_stack([np.interp(wanted, travelled, course[:, axis]) for axis in (0, 1)])


def bezier(p0: Points, p1: Points, p2: Points, p3: Points, count: int) -> Points:
    """``count`` points of a cubic Bézier curve from ``p0`` to ``p3``; shape (count, 2)."""
    t = np.linspace(0.0, 1.0, count)[:, None]
    u = 1 - t
    return np.asarray(u**3 * p0 + 3 * u**2 * t * p1 + 3 * u * t**2 * p2 + t**3 * p3, dtype=np.float64)


def normals(course: Points) -> Points:
    """Unit vectors to the right-hand side at every point of a polyline; shape like ``course``."""
    along = np.gradient(course, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.column_stack([-along[:, 1], along[:, 0]])


def _length(course: Points) -> float:
    return float(np.hypot(*np.diff(course, axis=0).T).sum())
