"""Lanes compared: ``Q`` of every lane of a group's nodes in one block, the greatest, and the first as good as that.

All first lanes of the nodes are worked out together, then all second ones and so on: a few array operations a block,
however many nodes there are.  The nodes with the most lanes stand first, so those that have a ``k``-th lane are the
first ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.solver.blocks import Split, Workspace
from game.solver.forecast import Outlook
from game.solver.plans import TIE
from game.solver.problem import Floats, Integers
from game.solver.rewards import LaneLight, Rewards

Choices = NDArray[np.unsignedinteger]
"""The number of a lane among the open ones, where each entry of an array stands."""

Ranks = list[list[tuple[int, LaneLight]]]
"""For the first lanes of some nodes, the second ones and so on: the row that each lane leads to, and its light."""


def lane_values(workspace: Workspace, after: Sequence[Floats], ranks: Ranks, block: int) -> list[Floats]:
    """``Q`` of the first lanes, the second ones and so on, in one block: each of shape (nodes that have one, width).

    ``after`` are the rows of what comes after a lane.
    """
    q = []
    for k, rank in enumerate(ranks):
        q.append(workspace.floats(f"lane {k}", len(rank), len(after[0])))
        add_light(after, rank, block, q[-1])
    return q


def add_light(after: Sequence[Floats] | Floats, rank: Sequence[tuple[int, LaneLight]], block: int, out: Floats) -> None:
    """Writes ``Q`` of one rank of lanes in one block to ``out``, from the rows of what comes after a lane."""
    for q, (row, light) in zip(out, rank, strict=True):
        np.add(after[row], light.at(block), out=q)


class Comparison:
    """The lanes of a group's nodes, ready to be compared in any block.

    Where a group is small its lanes' light is one table, and all lanes of a rank take three array operations.
    """

    def __init__(self, outlook: Outlook, split: Split, rewards: Rewards) -> None:
        group, slots = outlook.group, iter(outlook.slots)
        after: list[list[int]] = [[] for _ in group.lanes[0]]
        ranks: list[list[int]] = [[] for _ in group.lanes[0]]
        for lanes in group.lanes:
            for k, e in enumerate(lanes):
                after[k].append(next(slots))
                ranks[k].append(e)
        self._counts = [len(rank) for rank in ranks]
        self._tables: list[tuple[Integers, Floats]] = []
        self._ranks: Ranks = []
        table = rewards.table(group, group.year, split, tuple(chain(*ranks))) if split.rows == 1 else None
        if table is not None:
            ends = list(accumulate(self._counts, initial=0))
            self._tables = [(np.array(rows), table[i:j]) for rows, (i, j) in zip(after, pairwise(ends), strict=True)]
        else:
            light = rewards.given(group, group.year, split)
            for rows, rank in zip(after, ranks, strict=True):
                self._ranks.append([(row, light(e)) for row, e in zip(rows, rank, strict=True)])

    @property
    def ready(self) -> bool:
        """Whether everything was prepared, in room that is counted."""
        return bool(self._tables)

    def greatest(self, workspace: Workspace, after: Floats, block: int, best: Floats) -> None:
        """Writes ``V`` in one block to ``best``, shape (nodes, width); 0 where no lane is open.

        ``after``, shape (rows, width), are the values that lanes lead to.
        """
        first = best[: self._counts[0]]
        best[len(first) :] = 0
        self._values(0, after, block, first)
        for k in range(1, len(self._counts)):
            q = workspace.floats("lane", self._counts[k], len(best[0]))
            self._values(k, after, block, q)
            here = best[: len(q)]
            np.maximum(here, q, out=here)

    def choose(self, workspace: Workspace, after: Floats, block: int, best: Floats, kind: np.dtype[Any]) -> Choices:
        """Writes ``V`` to ``best`` as `greatest` does; the first lane of each node that is as good."""
        q = []
        for k, count in enumerate(self._counts):
            q.append(workspace.floats(f"lane {k}", count, len(best[0])))
            self._values(k, after, block, q[-1])
        greatest(q, best)
        return first_as_good(workspace, q, best, kind)

    def _values(self, k: int, after: Floats, block: int, out: Floats) -> None:
        """``Q`` of the ``k``-th lanes in one block."""
        if self._tables:
            rows, light = self._tables[k]
            after.take(rows, axis=0, out=out, mode="clip")
            np.add(out, light, out=out)
        else:
            add_light(after, self._ranks[k], block, out)


def greatest(q: list[Floats], best: Floats) -> None:
    """Writes ``V`` in one block to ``best``, shape (nodes, width), from the values of their lanes; 0 without any."""
    first = q[0]
    best[len(first) :] = 0
    several = len(q[1]) if len(q) > 1 else 0
    best[several : len(first)] = first[several:]
    for values in q[1:]:
        here = best[: len(values)]
        np.maximum(first[: len(values)], values, out=here)
        first = here


def first_as_good(workspace: Workspace, q: list[Floats], best: Floats, kind: np.dtype[Any]) -> Choices:
    """The first lane of each node whose value counts as equal to the best, in one block."""
    enough = workspace.floats("enough", *best.shape)
    np.abs(best, out=enough)
    np.maximum(enough, 1.0, out=enough)
    enough *= TIE
    np.subtract(best, enough, out=enough)
    chosen = np.zeros(best.shape, kind)
    for values, rest in zip(q[-2::-1], q[:0:-1], strict=True):
        # A lane that is not good enough passes the choice on to those after it, as far as the node has any.
        here = chosen[: len(rest)]
        here += 1
        here *= values[: len(rest)] < enough[: len(rest)]
    return chosen
