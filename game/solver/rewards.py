"""The expected light of lanes over what was last seen, block by block.

The light of a lane depends on one current alone.  Over a block it repeats itself along all axes but that one, if it is
one of the tail axes, and it is one number if it is one of the lead axes; see `game.solver.blocks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from game.solver.blocks import Split
from game.solver.information import Group
from game.solver.problem import Floats, Problem

_REMEMBERED = 1024
"""Lanes whose light is kept for the next year."""


class LaneLight:
    """The light of one lane: ``by_block`` has a row for each block, or a single one for all."""

    def __init__(self, by_block: Floats) -> None:
        self._by_block: list[Floats] = list(by_block)
        self._same = len(self._by_block) == 1

    def at(self, block: int) -> Floats:
        """The light in one block, shape (width,) or (1,)."""
        return self._by_block[0 if self._same else block]


class Rewards:
    """Looks up the light of lanes for the groups of a space, and remembers the last: in full sight years repeat."""

    def __init__(self, problem: Problem, table: Floats) -> None:
        self._problem = problem
        self._table = table
        self._lights: dict[tuple[object, ...], LaneLight] = {}

    def light(self, e: int, year: int, group: Group, split: Split) -> LaneLight:
        """The light of lane ``e`` taken in ``year``, given the sightings of ``group``."""
        age = group.age(int(self._problem.current[e]), year)
        key = (e, age, group.currents, split)
        if key not in self._lights:
            if len(self._lights) >= _REMEMBERED:
                self._lights.clear()
            light, axis = self._along(e, age, group)
            if axis is None:
                by_block = np.full((1, 1), light)
            elif axis < split.lead:
                by_block = np.empty((split.rows, 1))
                _spread(light, axis, group.sizes[: split.lead], by_block[:, 0])
            else:
                by_block = np.empty((1, split.width))
                _spread(light, axis, group.sizes, by_block[0])
            self._lights[key] = LaneLight(by_block)
        return self._lights[key]

    def _along(self, e: int, age: int, group: Group) -> tuple[Floats, int | None]:
        """The light of a lane by the state last seen, and the axis of that; or one number, and no axis."""
        problem, i = self._problem, int(self._problem.current[e])
        if i in group.currents:
            return self._table[e, age, : problem.sizes[i]], group.currents.index(i)
        return self._table[e, age, 0 if i == problem.constant else problem.starts[i]], None


def _spread(light: Floats, axis: int, sizes: Sequence[int], out: Floats) -> None:
    """Writes ``light`` along one axis of arrays with axes of these ``sizes`` to ``out``, a flat stretch of them."""
    out.reshape(-1, len(light), prod(sizes[axis + 1 :]))[:] = light[:, None]
