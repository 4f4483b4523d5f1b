"""Policies that plan with open loop and look up now and then, for living one life at a time.

`StepByStep` is open-loop feedback control (OLFC): the best fixed plan afresh at every place, of which only the first
lane is taken; where there is a spyglass it looks before it plans, if that is worth more to the plan than it costs.
`ReplanEvery` follows a plan for ``m`` years.  `FollowTheLight` is greedy.  What they are worth on average is computed
by `game.solver.evaluation`, without living any life.
"""

from __future__ import annotations

import numpy as np

from game.model import Life
from game.solver.plans import as_good_as, best_fixed_plan, first_best
from game.solver.problem import Problem
from game.solver.spyglass import worth_of_looking


class StepByStep:
    """One step at a time: makes the best fixed plan from what it knows at every place and takes its first lane."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def choose(self, life: Life) -> str:
        """The first lane of the best fixed plan from what ``life`` knows."""
        return best_fixed_plan(self.problem, life).lanes[0]

    def looks(self, life: Life) -> bool:
        """Whether the best fixed plan is expected to gain more by a look through the spyglass than that costs."""
        worth = worth_of_looking(self.problem, life)
        return worth is not None and best_fixed_plan(self.problem, life).value < float(as_good_as(np.array(worth)))


class ReplanEvery:
    """Makes the best fixed plan, follows it to the first place reached at least ``m`` years later, makes a new one.

    A life does not carry its plan, so the policy remembers the one in force; it plans anew whenever it is asked about a
    life that does not go on from the last one it was asked about.  Use one object for each life that is lived in
    parallel.
    """

    def __init__(self, problem: Problem, m: int) -> None:
        if m < 1:
            raise ValueError(f"a plan must be kept for at least one year, not {m}")
        self.problem = problem
        self.m = m
        self._asked: Life | None = None
        self._plan: tuple[str, ...] = ()
        self._due = 0

    def choose(self, life: Life) -> str:
        """The next lane of the plan in force, which is made afresh when it is due."""
        if life != self._asked:
            before = self._asked
            goes_on = before is not None and bool(life.lanes) and life.lanes == (*before.lanes, self._plan[0])
            if goes_on and life.year < self._due:
                self._plan = self._plan[1:]
            else:
                self._plan = best_fixed_plan(self.problem, life).lanes
                self._due = life.year + self.m
            self._asked = life
        return self._plan[0]


class FollowTheLight:
    """Takes the lane whose expected light of this very year is greatest; what arrival pays is not counted."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def choose(self, life: Life) -> str:
        """The first lane in file order that is as bright as the brightest this year."""
        problem = self.problem
        year, place = problem.position(life)
        states, seen = problem.knowledge(life)
        lanes = np.array(problem.open_lanes(year, place))
        currents = problem.current[lanes]
        light = problem.year_light[lanes, year - seen[currents], states[currents]]
        best = int(lanes[int(first_best(light))])
        return problem.level.lanes[best].id
