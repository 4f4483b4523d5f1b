"""The expected light of lanes over what was last seen, block by block.

The light of a lane depends on one current alone.  Over a block it repeats itself along all axes but that one, if it is
one of the tail axes, and it is one number if it is one of the lead axes; see `game.solver.blocks`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np

from game.solver.blocks import Split
from game.solver.information import Group
from game.solver.problem import Floats, Problem

_REMEMBERED = 2**23
"""Entries that are kept for the next year."""


class LaneLight:
    """The light of one lane: ``by_block`` has a row for each block, or a single one for all."""

    def __init__(self, by_block: Floats) -> None:
        self._by_block: list[Floats] = list(by_block)
        self._same = len(self._by_block) == 1

    def at(self, block: int) -> Floats:
        """The light in one block, shape (width,) or (1,)."""
        return self._by_block[0 if self._same else block]


class Rewards:
    """Looks up the light of lanes for the groups of a space, and remembers the last: in full sight years repeat.

    Of the currents ``unseen`` nothing counts but their start states, whatever was seen of them.
    """

    def __init__(self, problem: Problem, table: Floats, unseen: frozenset[int] = frozenset()) -> None:
        self._table = table
        self._unseen = unseen
        self._current: list[int] = problem.current.tolist()
        self._sizes = problem.sizes
        self._starts = (*problem.starts, 0)  # the current that never changes has but one state
        self._known: dict[tuple[object, ...], dict[int, LaneLight]] = {}
        self._entries = 0

    def given(self, group: Group, year: int, split: Split) -> Callable[[int], LaneLight]:
        """The light of each lane taken in ``year``, given the sightings of ``group``, in blocks of ``split``."""
        ages = tuple(year - seen for _, seen in group.seen)
        known = self._known.setdefault((group.currents, ages, split), {})

        def light(e: int) -> LaneLight:
            if e not in known:
                i = self._current[e]
                if i not in group.currents or i in self._unseen:
                    return LaneLight(np.full((1, 1), self._table[e, year, self._starts[i]]))
                axis = group.currents.index(i)
                known[e] = LaneLight(_by_block(self._table[e, ages[axis], : self._sizes[i]], axis, group.sizes, split))
                self._entries += split.rows if axis < split.lead else split.width
                if self._entries > _REMEMBERED:
                    self._known.clear()
                    self._entries = 0
            return known[e]

        return light


def _by_block(light: Floats, axis: int, sizes: tuple[int, ...], split: Split) -> Floats:
    """``light`` along one axis of arrays of these ``sizes``, as `LaneLight` has it."""
    if axis < split.lead:
        made, sizes = np.empty((split.rows, 1)), sizes[: split.lead]
    else:
        made = np.empty((1, split.width))
    made.reshape(-1, len(light), prod(sizes[axis + 1 :]))[:] = light[:, None]
    return made
