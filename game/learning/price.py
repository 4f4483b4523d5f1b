"""What policies given as tables are worth, exactly, many at once.

With ``e`` the lane that a policy takes at a node for what is known there, its value obeys

    U(node, a) = r_e + E[ U(node after e, a') | a ],

the evaluation equation of dynamic programming (Puterman 1994, section 4.2) on the nodes of `game.solver.information`.
The chances are those of the level: nobody who learns knows them, but whoever looks on may say what was learned.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.learning.layout import Layout
from game.solver.forecast import Chances
from game.solver.information import Group
from game.solver.problem import Floats, Integers

Policy = Callable[[int], Integers]
"""The number of the lane that each of several policies takes at a node, shape (policies, entries)."""


class Prices:
    """Prices policies on a layout; made once for any number of them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._chances = Chances(layout.space)

    def worth(self, policy: Policy, count: int) -> Floats:
        """The expected light from the beginning of each of ``count`` policies, shape (count,)."""
        layout = self._layout
        values: dict[Group, Floats] = {}
        for g in range(len(layout.groups) - 1, -1, -1):
            group = layout.groups[g]
            values[group] = self._values(group, int(layout.first_node[g]), policy, count, values)
            past = group.year + layout.space.longest + 1
            for later in [later for later in values if later.year > past]:
                del values[later]
        group, row = layout.space.where[layout.space.root]
        worth: Floats = values[group][:, row, 0].copy()
        return worth

    def _values(self, group: Group, first: int, policy: Policy, count: int, values: dict[Group, Floats]) -> Floats:
        """``U`` at the nodes of a group, shape (policies, nodes, entries)."""
        made = np.zeros((count, len(group.nodes), group.entries))
        if not group.lanes[0]:
            return made
        ahead = self._expected(group, values, count)
        where = self._layout.space.where
        for row, (lanes, moves) in enumerate(zip(group.lanes, group.moves, strict=True)):
            if not lanes:
                continue
            chosen = policy(first + row).reshape(count, *group.sizes)
            worth = np.zeros((count, *group.sizes))
            for k, (lane, node) in enumerate(zip(lanes, moves, strict=True)):
                to, there = where[node]
                np.copyto(worth, self._light(group, lane) + ahead[to][there], where=chosen == k)
            made[:, row] = worth.reshape(count, group.entries)
        return made

    def _light(self, group: Group, lane: int) -> Floats:
        """The expected light of a lane taken at a group, with an axis for each of the group's currents."""
        problem = self._layout.problem
        current = int(problem.current[lane])
        if current not in group.currents:
            state = problem.starts[current] if current < problem.constant else 0
            alone: Floats = problem.reward[lane, group.year, state]
            return alone
        axis = group.currents.index(current)
        light = problem.reward[lane, group.age(current, group.year), : group.sizes[axis]]
        shape = [1] * len(group.sizes)
        shape[axis] = group.sizes[axis]
        return light.reshape(shape)

    def _expected(self, group: Group, values: dict[Group, Floats], count: int) -> dict[Group, dict[int, Floats]]:
        """For every node that a lane leads to, the expectation of its ``U``, by its group and its number there.

        Each has an axis for the policies and one for each current of ``group``, of length 1 where it does not matter.
        """
        space = self._layout.space
        asked: dict[Group, dict[int, None]] = {}
        for moves in group.moves:
            for node in moves:
                to, row = space.where[node]
                asked.setdefault(to, {})[row] = None
        found: dict[Group, dict[int, Floats]] = {}
        for to, rows in asked.items():
            drifted = space.drifted(group.seen, to.seen)
            kronecker = self._chances.given(space.drifts(to.seen, drifted))
            source = np.ascontiguousarray(values[to][:, list(rows)]).reshape(count * len(rows), to.entries, 1)
            out = np.empty((len(source), kronecker.made, 1))
            spare = (np.empty(len(source) * kronecker.spare), np.empty(len(source) * kronecker.spare))
            kronecker.apply(source, out, spare)
            still = {current for current, _ in drifted}
            shape = [size if i in still else 1 for i, size in zip(group.currents, group.sizes, strict=True)]
            made = out.reshape(count, len(rows), *shape)
            found[to] = {row: made[:, k] for k, row in enumerate(rows)}
        return found
