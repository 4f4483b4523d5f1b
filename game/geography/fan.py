"""The fan of channel mouths around a place: in which direction each strand leaves it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.geography.channel import Point

_GAP = math.radians(26)
_PULL = 0.5
_MOST = math.radians(40)
_ROUNDS = 40


@dataclass(frozen=True)
class End:
    """One end of a strand at a place: the direction of its other end, half its breadth there, whether it leads away."""

    place: str
    key: tuple[int, bool]
    way: float
    breadth: float
    leaving: bool


def fanned(where: Mapping[str, Point], ends: list[End]) -> dict[tuple[int, bool], float]:
    """The heading of every end, by its key, in radians, looking away from its place.

    A place has a direction of flow, the mean of its lanes' directions; mouths lean towards it, which gives channels
    their sway, and then make room for each other in the order in which their other ends lie.
    """
    around: dict[str, list[End]] = {place: [] for place in where}
    for end in ends:
        around[end.place].append(end)
    headings: dict[tuple[int, bool], float] = {}
    for there in around.values():
        headings.update(_spread(there, _flow(there)))
    return headings


def _flow(ends: list[End]) -> float | None:
    """The mean direction of travel at a place, or None where the lanes go every way."""
    x = sum(math.cos(end.way) * (1 if end.leaving else -1) for end in ends)
    y = sum(math.sin(end.way) * (1 if end.leaving else -1) for end in ends)
    return math.atan2(y, x) if math.hypot(x, y) > 0.35 * len(ends) else None


def _spread(ends: list[End], flow: float | None) -> dict[tuple[int, bool], float]:
    if not ends:
        return {}
    ends = sorted(ends, key=lambda end: (wrapped(end.way), end.key))
    ways = np.array([wrapped(end.way) for end in ends])
    if flow is not None:
        axes = np.array([flow if end.leaving else flow + math.pi for end in ends])
        lean = (axes - ways + math.pi) % (2 * math.pi) - math.pi
        ways = ways + np.where(np.abs(lean) < math.radians(105), np.clip(_PULL * lean, -_MOST, _MOST), 0.0)
    if len(ends) == 1:
        return {ends[0].key: float(ways[0])}
    breadth = np.array([end.breadth for end in ends])
    needed = _GAP + breadth + np.roll(breadth, -1)
    needed *= min(1.0, 2 * math.pi * 0.92 / float(needed.sum()))
    for _ in range(_ROUNDS):
        gaps = np.roll(ways, -1) - ways
        gaps[-1] += 2 * math.pi
        lacking = np.maximum(0.0, needed - gaps)
        if lacking.max() < 1e-3:
            break
        ways = ways - 0.45 * lacking + 0.45 * np.roll(lacking, 1)
    return {end.key: float(way) for end, way in zip(ends, ways, strict=True)}


def wrapped(angle: float) -> float:
    """``angle`` brought into -π to π."""
    return (angle + math.pi) % (2 * math.pi) - math.pi
