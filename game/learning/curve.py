"""The learning curve: what learners' policies are worth against the number of lives they have lived.

At checkpoints, so that each decade of lives has six, every learner's table is turned into the policy that takes the
lane with the greatest ``Q``, and that policy's worth is computed exactly.  Beside it stand the best fixed plan, made by
somebody who knows every chance and never looks up, and the treasure map, which knows and looks.  Learners have no
spyglass, so the treasure map that they are measured by is the one without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.learning.layout import Layout
from game.learning.learner import Learners
from game.learning.price import Prices
from game.solver import MEMORY_LIMIT, Problem, Progress, TooLarge, best_fixed_plan, treasure_map
from game.solver.plans import TIE

LEARNERS = 32
"""Learners that are taught side by side unless somebody says otherwise."""

NEAR = 0.01
"""A policy counts as having reached the treasure map from this share below it on, since it can never pass it."""

_DECADE = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
_TABLES = 2**29
"""Bytes that the tables of the learners taught at once may take."""

_WORK, _MOST = 60_000, 10_000
"""Years lived by a learner, and lives, unless somebody says otherwise."""

_PAIR_BYTES = 12
_ENTRY_BYTES = 64


@dataclass(frozen=True)
class Reached:
    """The number of lives after which a line was reached for good: the median learner, and the quartiles.

    From that checkpoint on no policy was below it again.  None for what was not reached within the lives lived;
    ``count`` learners of ``learners`` reached it.
    """

    median: int | None
    low: int | None
    high: int | None
    count: int
    learners: int


@dataclass(frozen=True)
class LearningCurve:
    """Worths at checkpoints: ``worth[c][l]`` is that of learner ``l``'s policy after ``lives[c]`` lives."""

    lives: tuple[int, ...]
    worth: tuple[tuple[float, ...], ...]
    best_fixed_plan: float
    optimal: float
    seed: int

    @property
    def learners(self) -> int:
        """How many learners there are."""
        return len(self.worth[0])

    def quantile(self, share: float) -> tuple[float, ...]:
        """A quantile over the learners at every checkpoint: 0.5 is the median."""
        return tuple(float(value) for value in np.quantile(np.array(self.worth), share, axis=1))

    @property
    def plan_reached(self) -> Reached:
        """After how many lives the learners were worth, and stayed worth, as much as the best fixed plan."""
        return self._reached(self.best_fixed_plan)

    @property
    def map_reached(self) -> Reached:
        """After how many lives the learners came within ``NEAR`` of the treasure map."""
        return self._reached(self.optimal - NEAR * abs(self.optimal))

    def _reached(self, line: float) -> Reached:
        below = np.array(self.worth) < line - TIE * max(1.0, abs(line))
        lives = np.append(np.array(self.lives, dtype=float), np.inf)
        first = lives[np.where(below.any(axis=0), len(self.lives) - below[::-1].argmax(axis=0), 0)]

        def at(share: float) -> int | None:
            # Whole learners: the one in the middle, and not a number between two of them, one of which may be infinite.
            value = float(np.quantile(first, share, method="higher"))
            return int(value) if np.isfinite(value) else None

        return Reached(at(0.5), at(0.25), at(0.75), int(np.isfinite(first).sum()), self.learners)


def checkpoints(lives: int) -> tuple[int, ...]:
    """The numbers of lives at which worths are told: six a decade, and the last."""
    points = {round(step * 10**power) for power in range(len(str(lives))) for step in _DECADE}
    return (*sorted(point for point in points if point < lives), lives)


def lives_for(years: int) -> int:
    """How many lives are worth waiting for on a level of so many years, where nobody says how many."""
    most = min(_MOST, _WORK // years)
    return max(point for point in checkpoints(10 * _MOST) if point <= most)


def learning_curve(
    problem: Problem,
    lives: int,
    learners: int = LEARNERS,
    seed: int = 0,
    *,
    memory_limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
) -> LearningCurve:
    """The curve of ``learners`` learners over ``lives`` lives each; equal for equal arguments in every process.

    A learner's lives depend on the seed and its own number alone.  ``progress("learning", fraction)`` may raise to
    interrupt.  Raises TooLarge, before allocating, where the table of one learner does not fit.
    """
    problem = problem.unaided()
    layout = Layout(problem, memory_limit)
    table = _PAIR_BYTES * layout.pairs + _ENTRY_BYTES * max(layout.space.entries_by_year)
    if table > memory_limit:
        raise TooLarge(table, memory_limit)
    plan = best_fixed_plan(problem).value
    optimal = treasure_map(problem, memory_limit, progress).worth
    points, prices = checkpoints(lives), Prices(layout)
    worth = np.zeros((len(points), learners))
    at_once = max(1, min(learners, _TABLES // table))
    for first in range(0, learners, at_once):
        last = min(learners, first + at_once)
        group = Learners(layout, seed, range(first, last))
        for c, point in enumerate(points):
            while group.lives < point:
                group.live(min(point - group.lives, 100))
                if progress:
                    done = first + (last - first) * group.lives / lives
                    progress("learning", done / learners)
            worth[c, first:last] = prices.worth(group.greedy, last - first)
    return LearningCurve(points, tuple(map(tuple, worth.tolist())), plan, optimal, seed)
