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

_TABLES = 2**19
"""Entries of all tables, which are kept for the next year and the next run."""


class LaneLight:
    """The light of one lane: ``by_block`` has a row for each block, or a single one where it is the same in all."""

    def __init__(self, by_block: Floats) -> None:
        self._by_block: list[Floats] = list(by_block)
        self._same = len(self._by_block) == 1
        self.size = by_block.size

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
        self._all_seen = problem.level.sight is None and not unseen
        self._starts = (*problem.starts, 0)  # the current that never changes has but one state
        self._known: dict[tuple[object, ...], dict[int, LaneLight]] = {}
        self._entries = 0
        self._tables: dict[tuple[object, ...], Floats] = {}
        self._room = _TABLES

    def given(self, group: Group, year: int, split: Split) -> Callable[[int], LaneLight]:
        """The light of each lane taken in ``year``, given the sightings of ``group``, in blocks of ``split``."""
        ages = tuple(year - seen for _, seen in group.seen)
        known = self._known.setdefault((group.currents, ages, split), {})

        def light(e: int) -> LaneLight:
            if e in known:
                return known[e]
            found = self._find(group, year, split, e)
            if self._depends(group, e):
                known[e] = found
                self._entries += found.size
                if self._entries > _REMEMBERED:
                    self._known.clear()
                    self._entries = 0
            return found

        return light

    def table(self, group: Group, year: int, split: Split, lanes: tuple[int, ...]) -> Floats | None:
        """The light of several lanes where there is but one block, shape (lanes, width); not to be written to.

        None where there is no more room for tables.
        """
        # What was not seen since year 0 is known the less the later it is; in full sight there is no such thing.
        since = 0 if self._all_seen and group.seen else year
        key = (group.currents, tuple(year - seen for _, seen in group.seen), since, lanes)
        if key not in self._tables and len(lanes) * split.width <= self._room:
            table = self._tables[key] = np.empty((len(lanes), split.width))
            for row, e in zip(table, lanes, strict=True):
                row[:] = self._find(group, year, split, e).at(0)
            self._room -= table.size
        return self._tables.get(key)

    def _depends(self, group: Group, e: int) -> bool:
        """Whether the light of a lane depends on what was seen."""
        i = self._current[e]
        return i in group.currents and i not in self._unseen

    def _find(self, group: Group, year: int, split: Split, e: int) -> LaneLight:
        """The light of one lane."""
        i = self._current[e]
        if not self._depends(group, e):
            return LaneLight(np.full((1, 1), self._table[e, year, self._starts[i]]))
        axis = group.currents.index(i)
        light = self._table[e, year - group.seen[axis][1], : self._sizes[i]]
        return LaneLight(_by_block(light, axis, group.sizes, split))


def _by_block(light: Floats, axis: int, sizes: tuple[int, ...], split: Split) -> Floats:
    """``light`` along one axis of arrays of these ``sizes``, as `LaneLight` has it."""
    if axis < split.lead:
        made, sizes = np.empty((split.rows, 1)), sizes[: split.lead]
    else:
        made = np.empty((1, split.width))
    made.reshape(-1, len(light), prod(sizes[axis + 1 :]))[:] = light[:, None]
    return made
