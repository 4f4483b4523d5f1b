"""The treasure map: Bellman's optimum for what can be seen, the optimal closed-loop value function.

On the nodes of `game.solver.information`, with ``a`` what was last seen of each current,

    Q(t, n, a; e) = r_e(a) + E[ V(node after e, a') | a ],        V(t, n, a) = max over open lanes e of Q(t, n, a; e),

and ``V = 0`` where no lane is open (Bellman 1957; Bertsekas, *Dynamic Programming and Optimal Control*, vol. I, the
dynamic programming algorithm and, for limited sight, the chapter on imperfect state information).  ``r_e`` and the
expectation need no joint matrix: see `game.solver.problem` and `game.solver.forecast`.

Backward induction works on whole groups of nodes.  Within a block all first lanes of the nodes are compared with all
second ones, then with all third ones, so that a block takes a few array operations, however many nodes there are.
Where only the worth or the policy is asked for, values live as long as an earlier year can ask for them, and those of a
year are written over those of the years that they were made of.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.model import Life
from game.solver.blocks import Team, Workspace
from game.solver.comparison import Choices, first_as_good, greatest, lane_values, ranks_of
from game.solver.estimate import size_of
from game.solver.forecast import Batch, Chances, Outlook, Reader, contract, contract_lead
from game.solver.information import LASTING, MEMORY_LIMIT, Group, InformationSpace, Keep, Node
from game.solver.problem import Floats, Problem
from game.solver.rewards import Rewards
from game.solver.schedule import Schedule
from game.solver.size import TooLarge

Progress = Callable[[str, float], None]
"""Told the stage (a key of the words file) and the fraction done; may raise to interrupt."""


class NotKept(LookupError):
    """A treasure map was asked for something that it was told not to keep."""


class TreasureMap:
    """The optimal value function ``V``, its ``Q``, and the policy that follows it.

    ``space`` holds the nodes; ``values[node]`` is ``V`` there and ``choices[node]`` the index, among the open lanes, of
    the first that is as good as the best; both are arrays of ``space.shape(node)``.  A map that keeps only the policy
    has ``values`` at the beginning alone, one that keeps only its worth has no ``choices`` either.
    """

    def __init__(self, space: InformationSpace, values: dict[Node, Floats], choices: dict[Node, Choices]) -> None:
        self.problem = space.problem
        self.space = space
        self.values = values
        self.choices = choices

    @property
    def worth(self) -> float:
        """``V`` at the beginning: the expected light of a whole life that follows the map."""
        return float(self.values[self.space.root])

    def value(self, life: Life) -> float:
        """``V``: the light still to be expected from ``life`` on, if every choice is the best.

        Raises KeyError for a life that cannot be lived on this map, NotKept where the map keeps no values.
        """
        node, index = self.space.node_of(life)
        return float(self._values(node)[index])

    def q(self, life: Life, lane_id: str) -> float:
        """``Q``: the light to be expected from taking ``lane_id`` now and choosing best ever after.

        Raises ValueError if the lane cannot be taken, NotKept where the map keeps no values.
        """
        node, index = self.space.node_of(life)
        e = self.problem.level.lane_index[lane_id]
        if e not in self.problem.open_lanes(node.year, node.place):
            raise ValueError(f"lane {lane_id!r} cannot be taken in year {life.year} at {life.place!r}")
        return self._q(node, index, e)

    def choose(self, life: Life) -> str:
        """The first lane in file order that is as good as the best.  Raises NotKept where the map keeps no policy."""
        node, index = self.space.node_of(life)
        if node not in self.choices and node in self.space.where:
            raise NotKept("this treasure map keeps no policy")
        lanes = self.problem.open_lanes(node.year, node.place)
        return self.problem.level.lanes[lanes[int(self.choices[node][index])]].id

    def _values(self, node: Node) -> Floats:
        if node not in self.values and node in self.space.where:
            raise NotKept("this treasure map keeps no values")
        return self.values[node]

    def _q(self, node: Node, index: tuple[int, ...], e: int) -> float:
        """``Q`` of one lane in one state: the expectation of one row, axis by axis."""
        problem, after = self.problem, self.space.arrive(node, e)
        seen = {current: (year, state) for (current, year), state in zip(node.seen, index, strict=True)}
        values = self._values(after)
        for current, year in after.seen:
            before, state = seen.get(current, (0, problem.starts[current]))
            row = problem.powers[current][year - before][state]
            values = row @ values.reshape(len(row), -1)
        current = int(problem.current[e])
        start = 0 if current == problem.constant else problem.starts[current]
        before, state = seen.get(current, (0, start))
        return float(problem.reward[e, node.year - before, state]) + float(values.reshape(()))


def treasure_map(
    problem: Problem,
    limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
    *,
    keep: Keep = "all",
    folder: Path | None = None,
    threads: int | None = None,
) -> TreasureMap:
    """The treasure map by backward induction over all nodes.

    ``keep`` says what lasts: "all" for `TreasureMap.value` and `TreasureMap.q`, "policy" for `TreasureMap.choose`,
    "worth" for `TreasureMap.worth` alone.  What lasts is written to files in ``folder``, if one is given, and mapped
    into memory; it then does not count as memory.  ``threads`` is as many as pay, unless given.  Raises TooLarge,
    before allocating, if more than ``limit`` bytes are needed.
    """
    told = (lambda done: progress("treasure_map", done)) if progress else None
    space = InformationSpace(problem, limit, told, 0 if folder else LASTING[keep])
    schedule = Schedule(space, keep)
    size = size_of(schedule, on_disk=folder is not None)
    if size.bytes > limit:
        raise TooLarge(size.bytes, limit)
    return Induction(schedule, folder).run(threads or schedule.threads, told)


class Induction:
    """The backward induction of a schedule, from the last year to the first; what lasts goes to ``folder``, if any."""

    def __init__(self, schedule: Schedule, folder: Path | None = None) -> None:
        self._schedule = schedule
        self._space = schedule.space
        self._folder = folder
        self._chances = Chances(schedule.space)
        self._rewards = Rewards(schedule.space.problem, schedule.space.problem.reward)
        self._stacks: dict[Group, Floats] = {}
        self._choices: dict[Group, Choices] = {}

    def run(self, threads: int, told: Callable[[float], None] | None = None) -> TreasureMap:
        """The map; ``told`` is given the fraction done."""
        space, done = self._space, 0.0
        with Team(threads, (lambda: told(done)) if told else None) as team:
            for year in reversed(range(space.problem.years + 1)):
                forecast = self._schedule.forecasts[year]
                for group in space.groups[year]:
                    if not group.lanes[0]:
                        self._stacks[group] = np.zeros((len(group.nodes), 1))
                ahead = {batch: self._expect(team, batch) for batch in forecast.batches}
                for outlook in forecast.outlooks:
                    self._back_up(team, outlook, ahead)
                done += space.entries_by_year[year] / space.entries
                if told:
                    told(min(1.0, done))
                self._forget(year)
        return self._drawn()

    def _expect(self, team: Team, batch: Batch) -> Floats:
        """A stack of the expectations of a batch, or of what is contracted of them beforehand."""
        source, schedule = self._stacks[batch.after], self._schedule
        if not schedule.owns_stack(batch):
            made = source[batch.picked]
        else:
            made = np.empty((len(batch.rows), batch.entries))
        if not batch.fused:
            contract(team, batch, self._chances, source, made)
        elif schedule.contracts_lead(batch):
            split = schedule.splits[next(iter(batch.askers))]
            contract_lead(team, batch, self._chances, split, source, made)
        return made

    def _back_up(self, team: Team, outlook: Outlook, ahead: dict[Batch, Floats]) -> None:
        """``V`` of one group, and its policy."""
        group, schedule = outlook.group, self._schedule
        split, count = schedule.splits[group], len(group.nodes)
        values = self._stack_of(group)
        choices = None
        if schedule.keep != "worth":
            choices = self._choices[group] = self._new("policy", group, count, schedule.choice_type)
        reader = Reader(outlook, split, ahead, self._chances, fuse=True)
        ranks = ranks_of(outlook, split, self._rewards)

        def work(workspace: Workspace) -> Callable[[int], None]:
            made = values[:count].reshape(count, split.rows, split.width)
            chosen = None if choices is None else choices.reshape(count, split.rows, split.width)

            def back_up(block: int) -> None:
                expected = workspace.floats("expected", outlook.size, split.width)
                reader.read(workspace, block, expected)
                q = lane_values(workspace, list(expected), ranks, block)
                greatest(q, made[:, block])
                if chosen is not None:
                    chosen[:, block] = first_as_good(workspace, q, made[:, block], schedule.choice_type)

            return back_up

        team.share(work, split.rows)

    def _stack_of(self, group: Group) -> Floats:
        """The stack for the values of a group: its own, or one that it takes over."""
        for later, heir in self._schedule.heir.items():
            if heir is group:
                self._stacks[group] = self._stacks.pop(later)
                return self._stacks[group]
        self._stacks[group] = self._new("worth", group, self._schedule.rows[group], np.dtype(np.float64))
        return self._stacks[group]

    def _new(self, name: str, group: Group, count: int, kind: np.dtype[Any]) -> NDArray[Any]:
        """A new stack in memory, or in a file if this is to last and there is a folder."""
        shape = (count, group.entries)
        lasts = name == "policy" or self._schedule.keep == "all"
        if self._folder is None or not lasts:
            return np.empty(shape, kind)
        number = self._space.groups[group.year].index(group)
        path = self._folder / f"{name}-{group.year}-{number}.npy"
        return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)

    def _forget(self, year: int) -> None:
        """Frees the values that no earlier year asks for."""
        if self._schedule.keep != "all":
            for group in [g for g in self._stacks if self._schedule.last_use.get(g) == year]:
                del self._stacks[group]

    def _drawn(self) -> TreasureMap:
        """The map of what is left."""
        values = _by_node(self._stacks)
        if self._schedule.keep != "all":
            values = {self._space.root: values[self._space.root]}
        return TreasureMap(self._space, values, _by_node(self._choices))


def _by_node(stacks: dict[Group, NDArray[Any]]) -> dict[Node, NDArray[Any]]:
    """The arrays of each node, in their own shape."""
    return {node: stack[row].reshape(g.sizes) for g, stack in stacks.items() for row, node in enumerate(g.nodes)}
