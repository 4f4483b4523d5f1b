"""What a life can know, and how knowledge grows: the nodes on which the exact value functions live.

Currents are independent and each is a Markov chain, so all that is known of current ``i`` in year ``t`` is the state
last seen and the year ``sigma_i`` of that sighting; this pair is a sufficient statistic (Bertsekas, *Dynamic
Programming and Optimal Control*, vol. I, "Sufficient statistics").  A *node* is a year, a place, and ``sigma_i`` for
every current that can still matter.  A value function has one dense array a node, with one axis a current in current
order: the state last seen.

A current not seen since year 0 takes no axis: its state then is known to everybody, so what is known of it is the same
in every life.  Full sight is the case that ``sigma_i = t`` for all.

A look through a spyglass makes the currents fresh that it shows: another node of the same year and place.

Taking lane ``e`` from a node gives a node again: the head's currents in sight are fresh, the lane's own current was
last seen a year before arrival, all others grow older.  The expectation over the new sightings given the old is

    E[V' | a] = sum over a' of  prod_i (P_i^(sigma'_i - sigma_i))[a_i, a'_i]  V'[a'],

a Kronecker product of small matrices, applied a few axes at a time (`game.solver.kronecker`): ``Z * sum(m_i)`` work
instead of ``Z^2``.  Nodes of the same year with the same sightings form a *group*: their arrays have the same axes and
the same factors, and are stacked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import or_
from typing import Literal, NamedTuple

import numpy as np

from game.model import Life
from game.solver.kronecker import Factor
from game.solver.problem import Floats, Problem
from game.solver.size import TooLarge

MEMORY_LIMIT = 3 * 2**29
"""Bytes that the exact answers may take unless somebody says otherwise: 1.5 GiB."""

NODE_BYTES = 8192
"""What a node takes besides its entries: keys, array headers, and what the ladder remembers of it."""

_SMALL = 2**17
"""The entries of all arrays of a year that are small."""

Keep = Literal["all", "policy", "worth"]
"""What a treasure map keeps: values and policy of every node, the policy and the worth, or the worth alone."""

KEEPS: tuple[Keep, ...] = ("all", "policy", "worth")
"""From most to least."""

LASTING: dict[Keep, int] = {"all": 9, "policy": 1, "worth": 0}
"""The bytes of an entry that last, at least."""

Sightings = tuple[tuple[int, int], ...]
"""(current, year last seen) of each current that matters and was seen since year 0, in current order."""


class Node(NamedTuple):
    """A year, a place number, and (current, year last seen) of each current that matters and was seen since year 0."""

    year: int
    place: int
    seen: Sightings


class Drift(NamedTuple):
    """A current that moved on for some years, from a state that was seen then or else from its start state."""

    current: int
    years: int
    seen: bool


@dataclass(frozen=True, eq=False)
class Group:
    """The nodes of one year with the same sightings, those with the most open lanes first.

    ``lanes`` are the open lanes of each node in file order, ``moves`` the nodes after them.  ``currents`` has the
    current of each axis, ``sizes`` its length; ``entries`` is the number of entries of an array at each of the nodes.
    """

    year: int
    seen: Sightings
    currents: tuple[int, ...]
    sizes: tuple[int, ...]
    entries: int
    nodes: tuple[Node, ...]
    lanes: tuple[tuple[int, ...], ...]
    moves: tuple[tuple[Node, ...], ...]

    def age(self, current: int, year: int) -> int:
        """The years since what is known of ``current`` was seen, as of ``year``."""
        return year - self.seen[self.currents.index(current)][1] if current in self.currents else year


class InformationSpace:
    """The nodes that a life can reach, year by year, and the moves between them.

    ``nodes[t]`` are the nodes of year ``t`` in the order in which they were found, ``groups[t]`` the same in groups,
    ``where`` the group of each node and its number there, ``entries_by_year[t]`` the size of all arrays of year ``t``,
    ``longest`` the years of the longest lane, ``bytes_needed`` what is kept for good, ``lasting`` bytes an entry.
    With ``looking``, ``glances`` has the node after a look through the spyglass for each node where one can show
    something that matters, and these nodes are among the others.  Raises TooLarge, before any array is allocated, if
    ``bytes_needed`` is more than ``limit``, or with limited sight the values of a year are, unless they will be
    ``mapped`` from files.  ``progress(0.0)`` is called while nodes are found; it may raise.
    """

    def __init__(
        self,
        problem: Problem,
        limit: int | None = MEMORY_LIMIT,
        progress: Callable[[float], None] | None = None,
        lasting: int = 9,
        looking: bool = False,
        mapped: bool = False,
    ) -> None:
        self.problem = problem
        self._relevant = _relevant(problem)
        self._fresh = [frozenset(int(i) for i in np.flatnonzero(row)) for row in problem.in_sight]
        self._shown = [frozenset(int(i) for i in np.flatnonzero(row)) for row in problem.in_glass]
        self.looking = looking and bool(problem.in_glass.any())
        self.glances: dict[Node, Node] = {}
        self._duration: list[int] = problem.duration.tolist()
        self._head: list[int] = problem.head.tolist()
        self._current: list[int] = problem.current.tolist()
        self._all_seen = None if problem.level.sight is not None else _in_full_sight(problem, self._relevant)
        self.longest = int(problem.duration.max(initial=1))
        self.entries = 0
        self.entries_by_year = [0] * (problem.years + 1)
        self.nodes: list[list[Node]] = [[] for _ in range(problem.years + 1)]
        self.groups: list[list[Group]] = [[] for _ in range(problem.years + 1)]
        self.where: dict[Node, tuple[Group, int]] = {}
        self.root = Node(0, problem.start, ())
        found: list[dict[Node, tuple[Node, ...]]] = [{} for _ in range(problem.years + 1)]
        found[0][self.root] = ()
        count = 0
        for year, here in enumerate(found):
            waiting = list(here)
            for node in waiting:
                if progress:
                    progress(0.0)
                size = self.size(node)
                self.entries += size
                self.entries_by_year[year] += size
                count += 1
                self.bytes_needed = count * NODE_BYTES + lasting * self.entries
                if limit is not None and problem.level.sight is not None:
                    # With limited sight the nodes themselves can be too many to list, so the size is a lower bound.
                    # Whatever is kept in the end, the values of a year are all in memory at some time.
                    needed = max(self.bytes_needed, 0 if mapped else 8 * self.entries_by_year[year])
                    if needed > limit:
                        raise TooLarge(needed, limit, at_least=True)
                here[node] = tuple(self.arrive(node, e) for e in problem.open_lanes(year, node.place))
                for after in here[node]:
                    found[after.year].setdefault(after, ())
                glance = self._look(node) if self.looking and here[node] else node
                if glance != node:
                    self.glances[node] = glance
                    if glance not in here:
                        here[glance] = ()
                        waiting.append(glance)
            self.nodes[year] = list(here)
            self.groups[year] = self._grouped(year, here)
        if limit is not None and self.bytes_needed > limit:
            raise TooLarge(self.bytes_needed, limit)

    @property
    def node_count(self) -> int:
        """The number of nodes."""
        return len(self.where)

    def keeping(self, keep: Keep) -> int:
        """The bytes that are kept for good if ``keep`` is, which from now on are the ``bytes_needed``."""
        self.bytes_needed = self.node_count * NODE_BYTES + LASTING[keep] * self.entries
        return self.bytes_needed

    def size(self, node: Node) -> int:
        """The number of entries of an array at ``node``, as an exact integer."""
        return prod(self.shape(node))

    def shape(self, node: Node) -> tuple[int, ...]:
        """The shape of an array at ``node``: the number of states of each of its currents, in current order."""
        return tuple(self.problem.sizes[current] for current, _ in node.seen)

    def arrive(self, node: Node, e: int) -> Node:
        """The node after taking lane ``e`` from ``node``, with what was seen on the way and at its head."""
        year, head = node.year + self._duration[e], self._head[e]
        if self._all_seen is not None:
            return self._all_seen[year][head]
        relevant = self._relevant[year][head]
        if not relevant:
            return Node(year, head, ())
        last = dict(node.seen)
        if year > 1:
            last[self._current[e]] = year - 1
        last.update(dict.fromkeys(self._fresh[head], year))
        return Node(year, head, tuple(sorted((i, y) for i, y in last.items() if relevant >> i & 1)))

    def _look(self, node: Node) -> Node:
        """The node after a look through the spyglass; ``node`` itself where that shows nothing that matters."""
        year, place, seen = node
        shown = (i for i in self._shown[place] if year and self._relevant[year][place] >> i & 1)
        return Node(year, place, tuple(sorted((dict(seen) | dict.fromkeys(shown, year)).items())))

    def _grouped(self, year: int, here: Mapping[Node, tuple[Node, ...]]) -> list[Group]:
        """The nodes of a year in groups; notes where each stands."""
        together: dict[Sightings, list[Node]] = {}
        for node in here:
            together.setdefault(node.seen, []).append(node)
        groups = []
        for seen, nodes in together.items():
            nodes.sort(key=lambda node: (-len(here[node]), node.place))
            lanes = tuple(self.problem.open_lanes(year, node.place) for node in nodes)
            sizes, moves = self.shape(nodes[0]), tuple(here[node] for node in nodes)
            group = Group(year, seen, tuple(i for i, _ in seen), sizes, prod(sizes), tuple(nodes), lanes, moves)
            self.where.update((node, (group, row)) for row, node in enumerate(nodes))
            groups.append(group)
        return groups

    def moves(self, node: Node) -> tuple[Node, ...]:
        """The nodes after each open lane of ``node``, in file order."""
        group, row = self.where[node]
        return group.moves[row]

    def drifted(self, seen: Sightings, after: Sightings) -> Sightings:
        """What is left of ``seen`` at a node with the sightings ``after`` if nothing was seen on the way there.

        What matters there is among ``after``, since whatever was known before the way is known behind it.
        """
        still = {current for current, _ in after}
        return tuple(item for item in seen if item[0] in still)

    def drifts(self, after: Sightings, drifted: Sightings) -> tuple[Drift, ...]:
        """How each current moved between the older sightings ``drifted`` and the newer ``after``, axis by axis."""
        last = dict(drifted)
        return tuple(Drift(i, year - last.get(i, 0), i in last) for i, year in after)

    def factor(self, drift: Drift) -> Factor:
        """The matrix of one axis in the expectation of the module: a power of ``P``, or its row of the start state."""
        power: Floats = self.problem.powers[drift.current][drift.years]
        if drift.seen:
            return power if drift.years else len(power)
        start = self.problem.starts[drift.current]
        return power[start : start + 1]

    def node_of(self, life: Life) -> tuple[Node, tuple[int, ...]]:
        """The node of a life, and the index of what it has seen in an array there."""
        problem = self.problem
        place = problem.level.place_index[life.place]
        relevant = self._relevant[life.year][place]
        sighted = [(i, s) for i, s in enumerate(life.known) if s.year > 0 and relevant >> i & 1]
        node = Node(life.year, place, tuple((i, s.year) for i, s in sighted))
        return node, tuple(s.state for _, s in sighted)


def _in_full_sight(problem: Problem, relevant: list[list[int]]) -> list[list[Node]]:
    """The only node of each year and place in full sight, ``[year][place]``: every current is seen each year."""
    nodes: list[list[Node]] = []
    for year, masks in enumerate(relevant):
        seen = {mask: tuple((i, year) for i in range(problem.constant) if mask >> i & 1) for mask in set(masks)}
        nodes.append([Node(year, place, seen[mask]) for place, mask in enumerate(masks)])
    return nodes


def _relevant(problem: Problem) -> list[list[int]]:
    """The currents that get an axis if they are seen, as bit masks, ``[year][place]``: those that can still matter.

    Where the arrays of a whole year are small in full sight, all its places get the axes of all of them, so that they
    form one group: a few operations on somewhat larger arrays take less time than many on the smallest.
    """
    masks = [
        [problem.relevant(year, place) for place in range(len(problem.level.places))] for year in range(problem.years)
    ]
    masks.append([0] * len(problem.level.places))
    if problem.level.sight is None:
        for year, row in enumerate(masks):
            union = reduce(or_, row)
            entries = prod(size for i, size in enumerate(problem.sizes) if union >> i & 1)
            if entries * len(row) <= _SMALL:
                masks[year] = [union if mask else 0 for mask in row]
    return masks
