"""What a learner can come to, numbered: nodes, what may be known at each, and the lanes that can be taken there.

The map is open to everybody, so a learner may use what stands on it: which lanes there are, how long they take and
which current each carries.  A *node* (`game.solver.information`) is a year, a place, and which currents that can still
matter were seen when; together with the states in which they were seen it is a *spot*, the "year, place and what is
seen" of a table.  A *pair* is a spot and one of the lanes that can be taken there.

    spot = first_spot[node] + sum over axes of stride[node, axis] * z[seen_at[node, axis]]
    pair = first_pair[node] + (spot - first_spot[node]) * lanes[node] + number of the lane

with ``z`` a landscape as one flat array, year after year, current after current.
"""

from __future__ import annotations

from math import prod

import numpy as np

from game.solver.information import Group, InformationSpace
from game.solver.problem import Problem


class Layout:
    """The numbers of nodes, spots and pairs of a problem.

    ``groups`` are those of the space, in order of years, and ``first_node`` the number of each one's first node.
    ``year``, ``lanes`` (how many can be taken), ``entries`` (spots), ``first_spot`` and ``first_pair`` have one entry a
    node; ``lane`` and ``after``, shape (nodes, most lanes), the lane's number in the problem and the node it leads to;
    ``seen_at`` and ``stride`` have shape (nodes, most axes).  Raises TooLarge, before allocating.
    """

    def __init__(self, problem: Problem, limit: int) -> None:
        self.problem = problem
        self.space = space = InformationSpace(problem, limit, lasting=0)
        self.groups: list[Group] = [group for groups in space.groups for group in groups]
        counts = [len(group.nodes) for group in self.groups]
        self.first_node = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        at = {group: int(first) for group, first in zip(self.groups, self.first_node, strict=False)}
        nodes = [(group, row) for group in self.groups for row in range(len(group.nodes))]
        self.year = np.array([group.year for group, _ in nodes], dtype=np.intp)
        self.lanes = np.array([len(group.lanes[row]) for group, row in nodes], dtype=np.intp)
        self.entries = np.array([group.entries for group, _ in nodes], dtype=np.intp)
        self.first_spot = np.concatenate([[0], np.cumsum(self.entries)])[:-1].astype(np.intp)
        self.first_pair = np.concatenate([[0], np.cumsum(self.entries * self.lanes)])[:-1].astype(np.intp)
        self.spots, self.pairs = int(self.entries.sum()), int((self.entries * self.lanes).sum())
        self.most = max(1, int(self.lanes.max(initial=0)))
        axes = max(1, max((len(group.seen) for group in self.groups), default=0))
        shape = (len(nodes), self.most)
        self.lane, self.after = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
        self.seen_at = np.zeros((len(nodes), axes), dtype=np.intp)
        self.stride = np.zeros((len(nodes), axes), dtype=np.intp)
        wide = problem.constant + 1
        for n, (group, row) in enumerate(nodes):
            self.lane[n, : len(group.lanes[row])] = group.lanes[row]
            for k, node in enumerate(group.moves[row]):
                to, there = space.where[node]
                self.after[n, k] = at[to] + there
            for axis, (current, seen) in enumerate(group.seen):
                self.seen_at[n, axis] = seen * wide + current
                self.stride[n, axis] = prod(group.sizes[axis + 1 :])
        root_group, root_row = space.where[space.root]
        self.root = at[root_group] + root_row
