"""Policies charted on the nodes of a level, and lived by many lives at once: a few array operations a year.

Where all nodes of `game.solver.information` can be listed, a policy is a table of small integers: for every group of
nodes, which lane is taken where, by what is known there.  What is known is the state in which each current was last
seen, and a node says when that was; so a life needs no memory of its own but its node, and its place in the tables is
read from the landscape:

    index = sum over currents i of  stride_i * z[sigma_i, i].

A policy that keeps a plan for ``m`` years has a table for each of these years, all indexed by what was known when the
plan was made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.solver.bellman import TreasureMap
from game.solver.blocks import Team
from game.solver.information import MEMORY_LIMIT, Group, InformationSpace
from game.solver.open_loop import Decisions, OpenLoop
from game.solver.problem import Floats, Integers
from game.solver.rewards import Rewards
from game.solver.size import TooLarge
from game.solver.water import States, Water


@dataclass(frozen=True)
class _Table:
    """Decisions of one year: the row of each place, and the number of the lane among the open ones by row and entry."""

    row: Integers
    lanes: NDArray[Any]


class _Moves:
    """What becomes of a life at any node of a space that takes any of its lanes.

    Nodes are numbered group by group.  ``place``, ``year`` and ``group`` are those of each node; ``lane`` and ``after``
    (the lane's number in the level, the node that it leads to) have shape (nodes * most lanes,).
    """

    def __init__(self, space: InformationSpace) -> None:
        problem = space.problem
        self.groups = [group for groups in space.groups for group in groups]
        self.number = {group: g for g, group in enumerate(self.groups)}
        counts = [len(group.nodes) for group in self.groups]
        self.first = np.concatenate([[0], np.cumsum(counts)])
        self.most = max((len(lanes) for group in self.groups for lanes in group.lanes), default=0)
        nodes = int(self.first[-1])
        self.place = np.array([node.place for group in self.groups for node in group.nodes], dtype=np.intp)
        self.year = np.array([node.year for group in self.groups for node in group.nodes], dtype=np.intp)
        self.group = np.repeat(np.arange(len(counts)), counts)
        self.rests = np.array([not lanes for group in self.groups for lanes in group.lanes], dtype=np.bool_)
        lane = np.zeros((nodes, max(1, self.most)), dtype=np.intp)
        after = np.zeros_like(lane)
        for g, group in enumerate(self.groups):
            for row, (lanes, moves) in enumerate(zip(group.lanes, group.moves, strict=True), int(self.first[g])):
                lane[row, : len(lanes)] = lanes
                for k, node in enumerate(moves):
                    there, at = space.where[node]
                    after[row, k] = self.first[self.number[there]] + at
        self.lane, self.after = lane.reshape(-1), after.reshape(-1)
        self.steady = bool((problem.duration == 1).all())
        self.root = int(self.first[self.number[space.where[space.root][0]]]) + space.where[space.root][1]


class Charted:
    """A policy as tables on the nodes of ``space``; ``tables(group)`` gives those of the years that a plan is kept."""

    def __init__(self, space: InformationSpace, tables: Callable[[Group], Sequence[_Table]]) -> None:
        self.space = space
        self._moves = _Moves(space)
        self._tables = [tables(group) if group.lanes[0] else () for group in self._moves.groups]
        problem = space.problem
        self._light = np.ascontiguousarray(problem.year_light[:, 0]).reshape(-1)
        self._widest = problem.year_light.shape[2]

    def live(self, water: Water) -> tuple[Floats, int]:
        """The light of a life in each landscape, and the number of decisions of all of them."""
        moves, light, decisions = self._moves, np.zeros(water.count), 0
        waiting: dict[int, list[tuple[Integers, Integers]]] = {}
        root = np.full(water.count, moves.root, dtype=np.intp)
        waiting[int(moves.group[moves.root])] = [(np.arange(water.count), root)]
        while waiting:
            g = min(waiting)  # groups are numbered year by year, and nobody goes back
            lives, nodes = (np.concatenate(parts) for parts in zip(*waiting.pop(g), strict=True))
            if self._tables[g]:
                decisions += self._follow(water.states, g, lives, nodes, light, waiting)
        return light, decisions

    def _follow(
        self,
        states: States,
        g: int,
        lives: Integers,
        nodes: Integers,
        light: Floats,
        waiting: dict[int, list[tuple[Integers, Integers]]],
    ) -> int:
        """Lives at the nodes of group ``g`` follow its tables as far as they go; returns how many lanes they took."""
        moves, group, decisions = self._moves, self._moves.groups[g], 0
        index = _index(states, group, lives)
        going = {group.year: [(lives, nodes, index)]}
        kept = len(self._tables[g])
        for year, table in enumerate(self._tables[g], group.year):
            if year not in going:
                continue
            lives, nodes, index = (np.concatenate(parts) for parts in zip(*going.pop(year), strict=True))
            awake = ~moves.rests[nodes]
            if not awake.all():
                lives, nodes, index = lives[awake], nodes[awake], index[awake]
            if len(lives) == 0:
                continue
            entry = table.row.take(moves.place.take(nodes))
            entry *= table.lanes.shape[1]
            entry += index
            move = nodes * moves.most
            move += table.lanes.reshape(-1).take(entry)
            self._collect(states, year, lives, moves.lane.take(move), light)
            after = moves.after.take(move)
            decisions += len(lives)
            for arrival, some in _parted(moves.year.take(after)) if not moves.steady else ((year + 1, None),):
                them = (lives, after, index) if some is None else (lives[some], after[some], index[some])
                if arrival < group.year + kept:
                    going.setdefault(arrival, []).append(them)
                else:
                    for there, part in _parted(moves.group.take(them[1])):
                        whole = part is None
                        waiting.setdefault(there, []).append(
                            (them[0], them[1]) if whole else (them[0][part], them[1][part])
                        )
        return decisions

    def _collect(self, states: States, year: int, lives: Integers, lanes: Integers, light: Floats) -> None:
        """Adds the light of the lanes that the lives take."""
        problem = self.space.problem
        count = states.shape[2]
        flat = states.reshape(-1)
        at = problem.current.take(lanes)
        at += year * states.shape[1]
        at *= count
        at += lives
        offset = lanes * self._widest
        collected = self._light.take(offset + flat.take(at))
        if not self._moves.steady:
            for j in range(1, int(problem.duration.max())):
                on = np.flatnonzero(problem.duration.take(lanes) > j)
                at_then = at[on] + j * states.shape[1] * count
                collected[on] += self._light.take(offset[on] + flat.take(at_then))
        collected += problem.arrival.take(problem.head.take(lanes))
        light[lives] += collected


def charted_map(treasure_map: TreasureMap) -> Charted:
    """Following the treasure map.  Raises NotKept (a LookupError) where the map keeps no policy.

    Lives that follow it here never look through a spyglass; of a level with one they are not worth the map's worth.
    """
    space = treasure_map.space

    def tables(group: Group) -> list[_Table]:
        choosing = [node for node, lanes in zip(group.nodes, group.lanes, strict=True) if lanes]
        row = np.full(len(space.problem.level.places), -1, dtype=np.intp)
        row[[node.place for node in choosing]] = np.arange(len(choosing))
        return [_Table(row, _stacked([treasure_map.choices[node] for node in choosing], group.entries))]

    return Charted(space, tables)


def charted_replanning(space: InformationSpace, m: int, limit: int = MEMORY_LIMIT) -> Charted:
    """Replanning every ``m`` years; ``m = 1`` is one step at a time.

    Raises TooLarge if the tables would take more than ``limit`` bytes.
    """
    places = len(space.problem.level.places)
    needed = sum(group.entries * min(places, len(group.nodes) if m == 1 else places) * m
                 for groups in space.groups for group in groups)  # fmt: skip
    if needed > limit:
        raise TooLarge(needed, limit)
    return _planned(space, Rewards(space.problem, space.problem.reward), m, None)


def charted_greedy(space: InformationSpace) -> Charted:
    """Following the light."""
    return _planned(space, Rewards(space.problem, space.problem.year_light), 1, 1)


def _planned(space: InformationSpace, rewards: Rewards, m: int, foresight: int | None) -> Charted:
    """The policy that makes open-loop plans and keeps them for ``m`` years."""

    def tables(group: Group) -> list[_Table]:
        with Team() as team:
            made = OpenLoop(space, group, rewards, m, foresight).decide(team)
        return [_table(space, decisions) for decisions in made]

    return Charted(space, tables)


def _table(space: InformationSpace, decisions: Decisions) -> _Table:
    row = np.full(len(space.problem.level.places), -1, dtype=np.intp)
    row[list(decisions.row)] = list(decisions.row.values())
    return _Table(row, decisions.lanes)


def _stacked(choices: list[NDArray[Any]], entries: int) -> NDArray[Any]:
    """The choices of several nodes as rows of one array: the one that they are parts of, where there is one."""
    whole = choices[0].base
    if isinstance(whole, np.ndarray) and whole.ndim == 2 and whole.shape[1] == entries and len(choices) <= len(whole):
        begins = [whole[row].ctypes.data for row in range(len(choices))]
        if begins == [one.ctypes.data for one in choices]:
            return whole
    return np.stack([one.reshape(-1) for one in choices])


def _index(states: States, group: Group, lives: Integers) -> Integers:
    """Where each life's knowledge stands in an array at a node of the group."""
    index: Integers = np.zeros(len(lives), dtype=np.intp)
    everybody = len(lives) == states.shape[2] and bool((lives[:-1] < lives[1:]).all())
    for (current, year), size in zip(group.seen, group.sizes, strict=True):
        index *= size
        seen = states[year, current]
        index += seen if everybody else seen.take(lives)
    return index


def _parted(kinds: Integers) -> Sequence[tuple[int, Integers | None]]:
    """The kinds that occur, ascending, each with where it occurs (None: everywhere)."""
    least, greatest = int(kinds.min()), int(kinds.max())
    if least == greatest:
        return [(least, None)]
    if greatest - least < 8:
        found = ((kind, np.flatnonzero(kinds == kind)) for kind in range(least, greatest + 1))
        return [(kind, where) for kind, where in found if len(where)]
    small = (kinds - least).astype(np.int16) if greatest - least < 2**15 else kinds
    order = np.argsort(small, kind="stable")
    bounds = np.flatnonzero(np.diff(small[order])) + 1
    parts = np.split(order, bounds)
    return [(int(kinds[part[0]]), part) for part in parts]
