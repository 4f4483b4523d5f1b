"""Backward induction as it was scheduled, prepared once and run as often as wanted.

Works on whole groups of nodes.  Within a block all first lanes of the nodes are compared with all second ones, then
with all third ones, so that a block takes a few array operations, however many nodes there are.  What does not depend
on values (the products of matrices, the light of lanes, which rows are read) is prepared before the first run and found
again by the next, as far as there is room to remember it: a small landscape takes less time than its preparation.

Where only the worth or the policy is asked for, values live as long as an earlier year can ask for them, and those of a
year are written over those of the years that they were made of.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.solver.blocks import Team, Workspace
from game.solver.comparison import Choices, Comparison
from game.solver.forecast import Batch, Chances, Outlook, Reader, contract, contract_lead
from game.solver.information import Group, Node
from game.solver.plans import as_good_as
from game.solver.problem import Floats
from game.solver.rewards import Rewards
from game.solver.schedule import Schedule

_REMEMBERED = 256
"""The most groups, all of them small, that are kept ready for the next run."""


Looks = NDArray[np.bool_]
"""Whether one looks through the spyglass, where each entry of an array stands."""


class Drawn(NamedTuple):
    """What an induction leaves, by node: ``values``, ``choices`` and ``looks`` of `game.solver.bellman.TreasureMap`."""

    values: dict[Node, Floats]
    choices: dict[Node, Choices]
    looks: dict[Node, Looks]


class _Backup(NamedTuple):
    """A group made ready: how its expectations are read, and how its lanes are compared."""

    reader: Reader
    comparison: Comparison


class Induction:
    """The backward induction of a schedule, from the last year to the first; what lasts goes to ``folder``, if any.

    ``threads`` are as many as pay, ``root`` is the node of the beginning.
    """

    def __init__(self, schedule: Schedule, folder: Path | None = None) -> None:
        self.threads = schedule.threads
        self.root = schedule.space.root
        self._schedule = schedule
        self._space = schedule.space
        self._folder = folder
        self._chances = Chances(schedule.space)
        self._rewards = Rewards(schedule.space.problem, schedule.space.problem.reward)
        self._backups: dict[Group, _Backup] = {}
        self._workspaces: list[Workspace] = []
        self._bequest = {heir: later for later, heir in schedule.heir.items()}
        self._past: dict[int, list[Group]] = {}
        if schedule.keep != "all":
            for group, year in schedule.last_use.items():
                self._past.setdefault(year, []).append(group)
        self._stacks: dict[Group, Floats] = {}
        self._choices: dict[Group, Choices] = {}
        self._looks: dict[Node, Looks] = {}

    def run(self, threads: int | None = None, told: Callable[[float], None] | None = None) -> Drawn:
        """Values and policy; ``told`` is given the fraction done and may raise to interrupt."""
        space, done = self._space, 0.0
        self._stacks, self._choices, self._looks = {}, {}, {}
        with Team(threads or self.threads, (lambda: told(done)) if told else None, self._workspaces) as team:
            for year in reversed(range(space.problem.years + 1)):
                forecast = self._schedule.forecasts[year]
                for group in space.groups[year]:
                    if not group.lanes[0]:
                        self._stacks[group] = np.zeros((self._schedule.rows[group], 1))
                ahead = {batch: self._expect(team, batch) for batch in forecast.batches}
                for outlook in forecast.outlooks:
                    self._back_up(team, outlook, ahead)
                if self._schedule.glances:
                    self._look(team, year)
                done += space.entries_by_year[year] / space.entries
                if told:
                    told(min(1.0, done))
                for group in self._past.get(year, ()):
                    self._stacks.pop(group, None)
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
        reader, comparison = self._backups.get(group) or self._ready(outlook)
        made = self._stack_of(group)[:count].reshape(count, split.rows, split.width)
        chosen = None
        if schedule.keep != "worth":
            choices = self._choices[group] = self._new("policy", group, count, schedule.choice_type)
            chosen = choices.reshape(made.shape)

        def work(workspace: Workspace) -> Callable[[int], None]:
            def back_up(block: int) -> None:
                expected = workspace.floats("expected", outlook.size, split.width)
                reader.read(workspace, ahead, block, expected)
                if chosen is None:
                    comparison.greatest(workspace, expected, block, made[:, block])
                else:
                    chosen[:, block] = comparison.choose(
                        workspace, expected, block, made[:, block], schedule.choice_type
                    )

            return back_up

        team.share(work, split.rows)

    def _look(self, team: Team, year: int) -> None:
        """``V`` at the nodes of a year from which one can look: that of looking, where that is more."""
        stacks = {group: self._stacks[group] for group in self._space.groups[year]}
        for group, rows, worth in self._schedule.glances[year].values(team, self._chances, stacks):
            for row, looking in zip(rows, worth, strict=True):
                without = self._stacks[group][row]
                self._looks[group.nodes[row]] = (without < as_good_as(looking)).reshape(group.sizes)
                np.maximum(without, looking, out=without)

    def _ready(self, outlook: Outlook) -> _Backup:
        """A group made ready, and remembered if it is one of a few small ones."""
        split = self._schedule.splits[outlook.group]
        reader = Reader(outlook, split, self._chances, fuse=True)
        backup = _Backup(reader, Comparison(outlook, split, self._rewards))
        if backup.comparison.ready and len(self._backups) < _REMEMBERED:
            self._backups[outlook.group] = backup
        return backup

    def _stack_of(self, group: Group) -> Floats:
        """The stack for the values of a group: its own, or one that it takes over."""
        if group in self._bequest:
            stack = self._stacks.pop(self._bequest[group])
        else:
            stack = self._new("worth", group, self._schedule.rows[group], np.dtype(np.float64))
        self._stacks[group] = stack
        return stack

    def _new(self, name: str, group: Group, count: int, kind: np.dtype[Any]) -> NDArray[Any]:
        """A new stack in memory, or in a file if this is to last and there is a folder."""
        shape = (count, group.entries)
        lasts = name == "policy" or self._schedule.keep == "all"
        if self._folder is None or not lasts:
            return np.empty(shape, kind)
        number = self._space.groups[group.year].index(group)
        path = self._folder / f"{name}-{group.year}-{number}.npy"
        return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)

    def _drawn(self) -> Drawn:
        """What is left."""
        values = _by_node(self._stacks)
        if self._schedule.keep != "all":
            values = {self.root: values[self.root]}
        return Drawn(values, _by_node(self._choices), self._looks)


def _by_node(stacks: dict[Group, NDArray[Any]]) -> dict[Node, NDArray[Any]]:
    """The arrays of each node, in their own shape."""
    return {node: stack[row].reshape(g.sizes) for g, stack in stacks.items() for row, node in enumerate(g.nodes)}
