"""The water that learners meet, and the chance by which they explore: the same for a learner whoever learns beside it.

Learner number ``l`` of a seed has one stream of uniform numbers.  Each life takes ``T * (K + 2)`` of them, year after
year: one for every current, one for whether to explore in that year, one for which lane to try.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.solver.problem import Floats, Problem
from game.solver.water import States, cumulative, stream_of

_PURPOSE = 7
_LIVES = 128


@dataclass(frozen=True)
class Fates:
    """What some lives of some learners will meet.

    ``states``, shape (lives, learners, (T + 1) * (K + 1)), has the landscape of each, flat; ``explore`` and ``pick``,
    shape (lives, learners, T), uniform numbers from 0 to 1.
    """

    states: States
    explore: Floats
    pick: Floats


class Streams:
    """The streams of some learners, read ``_LIVES`` lives at a time."""

    def __init__(self, problem: Problem, seed: int, learners: Sequence[int]) -> None:
        self._problem = problem
        self._streams = [stream_of(seed, _PURPOSE, learner) for learner in learners]
        self._steps = [cumulative(current) for current in problem.level.currents]

    def next(self) -> Fates:
        """The next ``_LIVES`` lives of all learners."""
        problem = self._problem
        years, currents = problem.years, problem.constant
        uniform = np.stack([stream.random((_LIVES, years, currents + 2)) for stream in self._streams], axis=1)
        states: States = np.zeros((_LIVES, len(self._streams), years + 1, currents + 1), dtype=np.int8)
        for i, steps in enumerate(self._steps):
            states[:, :, 0, i] = problem.starts[i]
            for year in range(years):
                before, after = states[:, :, year, i].astype(np.intp), states[:, :, year + 1, i]
                for step in steps:
                    after += uniform[:, :, year, i] >= step.take(before)
        flat = states.reshape(_LIVES, len(self._streams), -1)
        return Fates(flat, uniform[..., currents], uniform[..., currents + 1])
