"""Open-loop plans made anywhere: which lane they take where, as arrays over what is known when they are made.

The best fixed plan from place ``n`` in year ``tau``, made from sightings ``a`` that may be older, has the value

    W(tau, n, a) = max over open lanes e of  r_e[tau - sigma_i][a_i] + W(tau + d(e), head(e), a),

the recursion of `game.solver.plans` for all ``a`` at once.  Entries do not mix, so it is worked out block by block for
all places of a year together, and nothing of it is kept but the lanes of the years for which a plan is followed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.solver.blocks import Team, Workspace, split_of
from game.solver.comparison import Choices, Ranks, first_as_good, greatest, lane_values
from game.solver.information import Group, InformationSpace
from game.solver.problem import Floats
from game.solver.rewards import LaneLight, Rewards

_BLOCK = 2**20
"""Entries of a block over all years and places of the plans: of these only two years have to stay in the cache."""


@dataclass(frozen=True)
class Decisions:
    """Which lane is taken in one year, by what was known at a group.

    ``row`` gives the row of each place where there is a choice; ``lanes``, shape (rows, entries), the number of the
    lane among the open ones; ``taken``, by row, the numbers that occur.
    """

    row: dict[int, int]
    lanes: Choices
    taken: tuple[tuple[int, ...], ...]


def decisions(places: list[int], lanes: Choices) -> Decisions:
    """The decisions at ``places``, one row each."""
    most = int(lanes.max(initial=0)) + 1
    occurs = np.array([(lanes == k).any(axis=1) for k in range(most)]).reshape(most, len(places))
    taken = tuple(tuple(int(k) for k in np.flatnonzero(column)) for column in occurs.T)
    return Decisions({place: row for row, place in enumerate(places)}, lanes, taken)


@dataclass(frozen=True)
class _Year:
    """Where plans made at a group may stand in one year: ``places``, those with the most open lanes first.

    ``first`` is the row of the first of them among all rows of the recursion.  Their lanes are in ``ranks`` in years
    for which plans are followed, else in ``lanes``: for each place the row that each lane leads to, and its light.
    """

    places: list[int]
    first: int
    ranks: Ranks
    lanes: list[list[tuple[int, LaneLight]]]


class OpenLoop:
    """The plans made at the nodes of one group, which will be followed for ``followed`` years.

    With a ``foresight`` plans count the light of lanes taken in so many years only.
    """

    def __init__(
        self, space: InformationSpace, group: Group, rewards: Rewards, followed: int, foresight: int | None = None
    ) -> None:
        problem = space.problem
        reached: list[set[int]] = [set() for _ in range(problem.years + 1)]
        reached[group.year] = {node.place for node in group.nodes}
        row: dict[tuple[int, int], int] = {}
        self._rows = 1  # row 0 is that of a life that rests
        self._years: list[_Year] = []
        end = problem.years if foresight is None else min(group.year + foresight, problem.years)
        for year in range(group.year, end):
            lanes = {place: problem.open_lanes(year, place) for place in reached[year]}
            places = sorted((place for place in lanes if lanes[place]), key=lambda place: (-len(lanes[place]), place))
            self._years.append(_Year(places, self._rows, [], []))
            for place in places:
                row[year, place] = self._rows
                self._rows += 1
                for e in lanes[place]:
                    reached[year + int(problem.duration[e])].add(int(problem.head[e]))
        self._split = split_of(group.sizes, self._rows, _BLOCK)
        self._followed = self._years[:followed]
        for year, planned in enumerate(self._years, group.year):
            light = rewards.given(group, year, self._split)
            lanes = {place: problem.open_lanes(year, place) for place in planned.places}
            head = {
                e: row.get((year + int(problem.duration[e]), int(problem.head[e])), 0)
                for place in planned.places
                for e in lanes[place]
            }
            if planned in self._followed:
                for k in range(len(lanes[planned.places[0]]) if lanes else 0):
                    taken = [lanes[place][k] for place in planned.places if len(lanes[place]) > k]
                    planned.ranks.append([(head[e], light(e)) for e in taken])
            else:
                for place in planned.places:
                    planned.lanes.append([(head[e], light(e)) for e in lanes[place]])

    def decide(self, team: Team, worth_of_plans: Floats | None = None) -> list[Decisions]:
        """The lanes that the plans take in each of the years for which they are followed.

        What the plans are worth to begin with is written to ``worth_of_plans``, shape (nodes, entries), where given.
        """
        split, followed = self._split, self._followed
        most = max((len(year.ranks) for year in followed), default=1)
        kind = np.min_scalar_type(max(1, most - 1))
        beginning = len(self._years[0].places) if self._years else 0
        made = None
        if worth_of_plans is not None:
            made = worth_of_plans[:beginning].reshape(beginning, split.rows, split.width)
        chosen = [np.empty((len(year.places), split.rows, split.width), kind) for year in followed]

        def work(workspace: Workspace) -> Callable[[int], None]:
            worth = workspace.floats("plans", self._rows, split.width)
            worth[0] = 0
            rows = list(worth)
            other = workspace.floats("other lane", split.width)

            def decide_block(block: int) -> None:
                for year in self._years[: len(followed) - 1 : -1]:
                    for best, lanes in zip(rows[year.first :], year.lanes, strict=False):
                        for k, (head, light) in enumerate(lanes):
                            q = other if k else best
                            np.add(rows[head], light.at(block), out=q)
                            if k:
                                np.maximum(best, q, out=best)
                for year, lanes_taken in zip(followed[::-1], chosen[::-1], strict=True):
                    if year.places:
                        values = lane_values(workspace, rows, year.ranks, block)
                        best = worth[year.first : year.first + len(year.places)]
                        greatest(values, best)
                        lanes_taken[:, block] = first_as_good(workspace, values, best, kind)
                if made is not None:
                    made[:, block] = worth[1 : 1 + len(made)]

            return decide_block

        team.share(work, split.rows)
        return [
            decisions(year.places, lanes.reshape(len(lanes), split.rows * split.width))
            for year, lanes in zip(followed, chosen, strict=True)
        ]
