"""Looking further: what a look through the spyglass is worth, at all nodes of a year or in one life.

A look takes no time and costs its price; then the currents that it shows are known, and a lane is chosen.  With ``F``
any function on nodes, such as the worth of the best lane, looking is worth

    -price + E[ F(node after the look) | a ],

the expectation being that of `game.solver.information` with no year between.  Who looks has seen all there is to see
from here now, so nobody looks twice, and ``F`` after a look is never worth looking again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from game.model import Life, shown
from game.solver.blocks import Team, Workspace, split_of
from game.solver.forecast import Chances, Forecast, Reader, contract
from game.solver.information import Group, InformationSpace
from game.solver.plans import open_loop_values
from game.solver.problem import Floats, Problem

MOST_VIEWS = 2**16
"""Of more things that it might see than this, one step at a time does not think: it does not look."""

_CHUNK = 2**22
"""Entries of the plans that are made together."""


class Glances:
    """The looks of one year; ``groups`` are those with nodes from which one can look."""

    def __init__(self, space: InformationSpace, year: int) -> None:
        self._price = space.problem.look_price
        self._space = space
        self._rows: dict[Group, list[int]] = {}
        for group in space.groups[year]:
            rows = [row for row, node in enumerate(group.nodes) if node in space.glances]
            if rows:
                self._rows[group] = rows
        asked = [(group, [space.glances[group.nodes[row]] for row in rows]) for group, rows in self._rows.items()]
        self._forecast = Forecast(space, asked)
        self.groups = [group for group in space.groups[year] if group.lanes[0]]

    @property
    def entries(self) -> int:
        """The entries of all arrays at nodes from which one can look."""
        return sum(len(rows) * group.entries for group, rows in self._rows.items())

    @property
    def bytes_needed(self) -> int:
        """Bytes of the expectations of all looks, and of the largest group's as it reads them."""
        ready = sum(len(batch.rows) * batch.entries for batch in self._forecast.batches)
        return 8 * (ready + 2 * max((o.size * o.group.entries for o in self._forecast.outlooks), default=0))

    def values(
        self, team: Team, chances: Chances, stacks: dict[Group, Floats]
    ) -> Iterator[tuple[Group, list[int], Floats]]:
        """What looking is worth: (group, numbers of nodes, array of shape (nodes, entries)), group by group.

        ``stacks`` has ``F`` of every group of the year with open lanes, shape (nodes, entries).
        """
        made = {}
        for batch in self._forecast.batches:
            made[batch] = np.empty((len(batch.rows), batch.entries))
            contract(team, batch, chances, stacks[batch.after], made[batch])
        workspace = Workspace()
        for outlook in self._forecast.outlooks:
            group = outlook.group
            split = split_of(group.sizes, outlook.size)
            reader = Reader(outlook, split, chances, fuse=False)
            expected = np.empty((outlook.size, split.rows, split.width))
            for block in range(split.rows):
                reader.read(workspace, made, block, expected[:, block])
            worth = expected.reshape(outlook.size, group.entries)[outlook.slots]
            yield group, self._rows[group], worth - self._price

    def surveyable(self, group: Group) -> NDArray[np.bool_]:
        """From which of a group's nodes that can look one step at a time would think of looking, shape (nodes,)."""
        views = []
        for row in self._rows[group]:
            node = group.nodes[row]
            new = set(self._space.glances[node].seen) - set(node.seen)
            views.append(prod(self._space.problem.sizes[current] for current, _ in new))
        return np.array(views) <= MOST_VIEWS


def worth_of_looking(problem: Problem, life: Life) -> float | None:
    """What the best fixed plan will be worth after a look, less the price; from what ``life`` knows.

    None where there is nothing to look at, or where it might show more than MOST_VIEWS different things.
    """
    seen_now = shown(problem.level, life)
    if not seen_now:
        return None
    year, place = problem.position(life)
    states, seen = problem.knowledge(life)
    relevant = problem.relevant(year, place)
    new = [i for i in seen_now if relevant >> i & 1]
    if prod(problem.sizes[i] for i in new) > MOST_VIEWS:
        return None
    chances = [problem.powers[i][year - seen[i]][states[i]] for i in new]
    possible = list(product(*(np.flatnonzero(row) for row in chances)))  # a single one where nothing is new
    views = np.array(possible, dtype=np.intp).reshape(len(possible), len(new))
    weights = np.prod([row[views[:, k]] for k, row in enumerate(chances)], axis=0) * np.ones(len(views))
    step = max(1, _CHUNK // ((problem.years + 1) * len(problem.level.places)))
    total = 0.0
    for first in range(0, len(views), step):
        part = views[first : first + step]
        known, since = (np.repeat(array[:, None], len(part), axis=1) for array in (states, seen))
        for k, i in enumerate(new):
            known[i], since[i] = part[:, k], year
        plans = open_loop_values(problem, known, since, year)[year, place]
        total += float(plans @ weights[first : first + step])
    return total - problem.look_price
