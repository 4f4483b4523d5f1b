"""Decisions made at one group of nodes and followed for some years, whatever is seen on the way.

What is seen does not change what is done until the next decisions are made, but it is known then; so a life on the way
has two sides: where it stands and what it knows, a node, and what was known when the decisions were made, an entry of
the arrays of the group.  Lanes that nobody takes, whatever was known, are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from game.solver.blocks import Split, Workspace
from game.solver.comparison import Ranks, add_light, lane_values
from game.solver.forecast import Forecast, span
from game.solver.information import Group, InformationSpace, Node
from game.solver.open_loop import Decisions
from game.solver.problem import Floats, Integers
from game.solver.rewards import Rewards


@dataclass(frozen=True)
class _Stage:
    """The nodes of one year on the way, those with the most lanes taken first.

    ``rows`` are those of the nodes among all that a life may come to, ``chosen`` those of their places among the
    decisions.  For the first lanes taken of the nodes, the second ones and so on, ``lanes`` has the rows that they lead
    to and their numbers in the problem, and ``numbers`` those among the open lanes.
    """

    year: int
    rows: slice
    decided: Decisions
    chosen: slice | list[int]
    lanes: list[list[tuple[int, int]]] = field(default_factory=list)
    numbers: list[Integers] = field(default_factory=list)
    ranks: Ranks = field(default_factory=list)


class Following:
    """The way from the nodes of a group by ``plan``, the decisions of as many years; lanes are taken to their end.

    Row 0 of all that a life may come to is its rest, the next ``due`` are the nodes at which the plan is over, whose
    worth the ``forecast`` is about; then come the stages.  ``start`` are the numbers in the group of the nodes that
    have open lanes, ``first`` their rows.
    """

    def __init__(self, space: InformationSpace, group: Group, plan: Sequence[Decisions]) -> None:
        self._group = group
        stages: list[dict[Node, tuple[int, ...]]] = [{} for _ in plan]
        stages[0] = {node: () for node, lanes in zip(group.nodes, group.lanes, strict=True) if lanes}
        due: dict[Node, None] = {}
        for stage, decided in zip(stages, plan, strict=True):
            for node in stage:
                stage[node] = decided.taken[decided.row[node.place]]
                for k in stage[node]:
                    after = space.moves(node)[k]
                    if after.year >= group.year + len(plan):
                        due[after] = None
                    elif space.moves(after):
                        stages[after.year - group.year].setdefault(after, ())
        self.forecast = Forecast(space, [(group, list(due))])
        self.due = len(due)
        self.rows = 1 + self.due
        row = {node: 1 + slot for node, slot in zip(due, self.forecast.outlooks[0].slots, strict=True)}
        self._stages: list[_Stage] = []
        for year, (stage, decided) in enumerate(zip(stages, plan, strict=True), group.year):
            nodes = sorted(stage, key=lambda node: (-len(stage[node]), *node[1:]))
            rows = slice(self.rows, self.rows + len(nodes))
            self._stages.append(_Stage(year, rows, decided, span([decided.row[node.place] for node in nodes])))
            row.update((node, self.rows + k) for k, node in enumerate(nodes))
            self.rows += len(nodes)
        self.start = span([space.where[node][1] for node in sorted(stages[0], key=row.__getitem__)])
        self.first = self._stages[0].rows
        for stage, made in zip(stages, self._stages, strict=True):
            nodes = sorted(stage, key=row.__getitem__)
            for j in range(len(stage[nodes[0]]) if nodes else 0):
                ways = [(node, stage[node][j]) for node in nodes if len(stage[node]) > j]
                made.lanes.append(
                    [
                        (row.get(space.moves(node)[k], 0), space.problem.open_lanes(node.year, node.place)[k])
                        for node, k in ways
                    ]
                )
                made.numbers.append(np.array([k for _, k in ways], dtype=np.intp))

    def price(self, rewards: Rewards, split: Split) -> None:
        """Looks up the light of all lanes on the way, for arrays worked on as ``split`` says."""
        for stage in self._stages:
            light = rewards.given(self._group, stage.year, split)
            stage.ranks[:] = [[(row, light(e)) for row, e in lanes] for lanes in stage.lanes]
        self._split = split

    def run(self, workspace: Workspace, block: int, worth: Floats) -> None:
        """Works out all stages of ``worth``, shape (rows, width), in one block, from the rows of the forecast."""
        split = self._split
        worth[0] = 0
        rows = list(worth)
        for stage in self._stages[::-1]:
            if not stage.ranks:
                continue
            made = worth[stage.rows]
            add_light(rows, stage.ranks[0], block, made)
            if len(stage.ranks) > 1:
                taken = stage.decided.lanes.reshape(-1, split.rows, split.width)[stage.chosen, block]
            others = lane_values(workspace, rows, stage.ranks[1:], block)
            for other, numbers in zip(others, stage.numbers[1:], strict=True):
                np.copyto(made[: len(other)], other, where=taken[: len(other)] == numbers[:, None])
