"""What a life can know, and how knowledge grows: the nodes on which the exact value functions live.

Currents are independent and each is a Markov chain, so all that is known of current ``i`` in year ``t`` is the state
last seen and the year ``sigma_i`` of that sighting; this pair is a sufficient statistic (Bertsekas, *Dynamic
Programming and Optimal Control*, vol. I, "Sufficient statistics").  A *node* is a year, a place, and ``sigma_i`` for
every current that can still matter.  A value function has one dense array a node, with one axis a current in current
order: the state last seen.

A current not seen since year 0 takes no axis: its state then is known to everybody, so what is known of it is the same
in every life.  Full sight is the case that ``sigma_i = t`` for all.

Taking lane ``e`` from a node gives a node again: the head's currents in sight are fresh, the lane's own current was
last seen a year before arrival, all others grow older.  The expectation over the new sightings given the old is

    E[V' | a] = sum over a' of  prod_i (P_i^(sigma'_i - sigma_i))[a_i, a'_i]  V'[a'],

a Kronecker product of small matrices, applied one axis at a time: ``Z * sum(m_i)`` work instead of ``Z^2``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from game.model import Life
from game.solver.problem import Floats, Problem
from game.solver.size import TooLarge

MEMORY_LIMIT = 3 * 2**29
"""Bytes that the exact answers may take unless somebody says otherwise: 1.5 GiB."""

_NODE_BYTES = 8192
"""What a node takes besides its entries: keys, array headers, and what the ladder remembers of it."""


class Node(NamedTuple):
    """A year, a place number, and (current, year last seen) of each current that matters and was seen since year 0."""

    year: int
    place: int
    seen: tuple[tuple[int, int], ...]


class InformationSpace:
    """The nodes that a life can reach, year by year, and the moves between them.

    ``nodes[t]`` are the nodes of year ``t`` in the order in which they were found, ``entries_by_year[t]`` the size of
    all their arrays, ``longest`` the years of the longest lane.  Raises TooLarge, before any array is allocated, if a
    treasure map on them takes more than ``limit`` bytes.  ``progress(0.0)`` is called while nodes are found; it may
    raise.
    """

    def __init__(
        self, problem: Problem, limit: int = MEMORY_LIMIT, progress: Callable[[float], None] | None = None
    ) -> None:
        self.problem = problem
        self._fresh = [frozenset(int(i) for i in np.flatnonzero(row)) for row in problem.in_sight]
        self._all_seen: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        self.longest = int(problem.duration.max(initial=1))
        self.entries = 0
        self.entries_by_year = [0] * (problem.years + 1)
        self.nodes: list[list[Node]] = [[] for _ in range(problem.years + 1)]
        self.root = Node(0, problem.start, ())
        found: list[dict[Node, None]] = [{} for _ in range(problem.years + 1)]
        found[0][self.root] = None
        nodes = 0
        for year, here in enumerate(found):
            for node in here:
                if progress:
                    progress(0.0)
                size = self.size(node)
                self.entries += size
                self.entries_by_year[year] += size
                nodes += 1
                self.bytes_needed = nodes * _NODE_BYTES + 10 * self.entries
                if problem.level.sight is not None and self.bytes_needed > limit:
                    # With limited sight the nodes themselves can be too many to list, so the size is a lower bound.
                    raise TooLarge(self.bytes_needed, limit, at_least=True)
                for e in problem.open_lanes(year, node.place):
                    after = self.arrive(node, e)
                    found[after.year][after] = None
            self.nodes[year] = list(here)
        if self.bytes_needed > limit:
            raise TooLarge(self.bytes_needed, limit)

    def size(self, node: Node) -> int:
        """The number of entries of an array at ``node``, as an exact integer."""
        total = 1
        for current, _ in node.seen:
            total *= self.problem.sizes[current]
        return total

    def shape(self, node: Node) -> tuple[int, ...]:
        """The shape of an array at ``node``: the number of states of each of its currents, in current order."""
        return tuple(self.problem.sizes[current] for current, _ in node.seen)

    def arrive(self, node: Node, e: int) -> Node:
        """The node after taking lane ``e`` from ``node``, with what was seen on the way and at its head."""
        problem = self.problem
        year, head = node.year + int(problem.duration[e]), int(problem.head[e])
        relevant = problem.relevant(year, head)
        if not relevant:
            return Node(year, head, ())
        if problem.level.sight is None:
            return Node(year, head, self._everything(year, relevant))
        last = dict(node.seen)
        if year > 1:
            last[int(problem.current[e])] = year - 1
        last.update(dict.fromkeys(self._fresh[head], year))
        return Node(year, head, tuple(sorted((i, y) for i, y in last.items() if relevant >> i & 1)))

    def _everything(self, year: int, relevant: int) -> tuple[tuple[int, int], ...]:
        """All relevant currents seen this year, as full sight has it; the same tuple each time."""
        key = (year, relevant)
        if key not in self._all_seen:
            self._all_seen[key] = tuple((i, year) for i in range(self.problem.constant) if relevant >> i & 1)
        return self._all_seen[key]

    def drift(self, node: Node, e: int) -> Node:
        """The node after taking lane ``e`` with closed eyes: the same sightings, as far as they still matter."""
        problem = self.problem
        year, head = node.year + int(problem.duration[e]), int(problem.head[e])
        relevant = problem.relevant(year, head)
        return Node(year, head, tuple(item for item in node.seen if relevant >> item[0] & 1))

    def node_of(self, life: Life) -> tuple[Node, tuple[int, ...]]:
        """The node of a life, and the index of what it has seen in an array there."""
        problem = self.problem
        place = problem.level.place_index[life.place]
        relevant = problem.relevant(life.year, place)
        sighted = [(i, s) for i, s in enumerate(life.known) if s.year > 0 and relevant >> i & 1]
        node = Node(life.year, place, tuple((i, s.year) for i, s in sighted))
        return node, tuple(s.state for _, s in sighted)

    def light(self, table: Floats, node: Node, e: int) -> Floats | float:
        """Expected light of lane ``e`` by ``table`` (``reward`` or ``year_light``), broadcastable at ``node``."""
        i = int(self.problem.current[e])
        for axis, (current, year) in enumerate(node.seen):
            if current == i:
                size = self.problem.sizes[i]
                shape = (1,) * axis + (size,) + (1,) * (len(node.seen) - axis - 1)
                light: Floats = table[e, node.year - year, :size].reshape(shape)
                return light
        start = 0 if i == self.problem.constant else self.problem.starts[i]
        return float(table[e, node.year, start])

    def placed(self, values: Floats, at: Node, onto: Node) -> Floats:
        """An array at a node that has some of the axes of ``onto``, reshaped so that it broadcasts there."""
        if len(at.seen) == len(onto.seen):
            return values
        kept = {current for current, _ in at.seen}
        return values.reshape([self.problem.sizes[i] if i in kept else 1 for i, _ in onto.seen])

    def expected(self, values: Floats, after: Node, drifted: Node) -> Floats:
        """The expectation of an array at ``after`` given the older sightings of ``drifted``; an array at ``drifted``.

        Both nodes have the same year and place, and nothing in ``drifted`` is newer than in ``after``.  Each pass takes
        the leading axis away and puts its image last, so that after one round the axes are in order again.
        """
        if after.seen == drifted.seen:
            return values
        problem, last = self.problem, dict(drifted.seen)
        for current, year in after.seen:
            leading = values.reshape(problem.sizes[current], -1)
            before = last.get(current)
            if before is None:
                values = problem.powers[current][year][problem.starts[current]] @ leading
            elif before == year:
                values = leading.T
            else:
                values = leading.T @ problem.powers[current][year - before].T
        return values.reshape(self.shape(drifted))


class Expectations:
    """Remembers, for one array a node, the expectations that several lanes or plans ask for.

    ``entries`` is the number of array entries kept.
    """

    def __init__(self, space: InformationSpace, values: Callable[[Node], Floats]) -> None:
        self._space = space
        self._values = values
        self._known: dict[tuple[Node, Node], Floats] = {}
        self.entries = 0

    def given(self, after: Node, drifted: Node) -> Floats:
        """`InformationSpace.expected` of the array at ``after``."""
        key = (after, drifted)
        if key not in self._known:
            self._known[key] = self._space.expected(self._values(after), after, drifted)
            self.entries += self._known[key].size
        return self._known[key]

    def forget(self) -> None:
        """Frees everything remembered."""
        self._known.clear()
        self.entries = 0
