"""Many landscapes at once, for the computations that sample.

Game landscapes come from `game.model.draw_landscape`; these are drawn in bulk from the same chains, one stream a
current, so that a current added to a level leaves the water of the others as it was.

Each state is found from a uniform number by inverting the cumulated row of the state before it.  *Paired* landscapes
use ``u`` in one of them where the other uses ``1 - u`` (antithetic variates; Glasserman, *Monte Carlo Methods in
Financial Engineering*, section 4.2).  Either has the chances of the level, and where more water means more light the
two err in opposite directions.  The landscapes of a pair depend on each other, so errors are told from the means of
pairs (`game.solver.tally`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.model import Current, Landscape
from game.solver.problem import Floats, Problem

States = NDArray[np.int8]


@dataclass(frozen=True)
class Water:
    """``states``, shape (T + 1, K + 1, landscapes): each current's state each year, 0 for the constant one."""

    states: States

    @property
    def count(self) -> int:
        """The number of landscapes."""
        return int(self.states.shape[2])

    def landscape(self, k: int) -> Landscape:
        """Landscape number ``k`` in the form of the game."""
        return Landscape(tuple(map(tuple, self.states[:, :-1, k].tolist())))


def stream_of(seed: int, *purpose: int) -> np.random.Generator:
    """A stream of random numbers for one purpose; equal in every process for equal arguments."""
    return np.random.default_rng([seed % 2**64, *purpose])


def sample_water(problem: Problem, count: int, seed: int) -> Water:
    """``count`` independent landscapes; equal in every process for equal arguments."""
    return _drawn(problem, count, lambda i: stream_of(seed, 2, i), lambda stream, uniform: stream.random(out=uniform))


def paired_water(problem: Problem, pairs: int, seed: int, *purpose: int) -> Water:
    """``2 * pairs`` landscapes, number ``pairs + k`` antithetic to number ``k``; pairs are independent of each other.

    Equal in every process for equal arguments; ``purpose`` tells apart what is drawn from the same seed.
    """

    def draw(stream: np.random.Generator, uniform: Floats) -> None:
        stream.random(out=uniform[:pairs])
        np.subtract(1.0, uniform[:pairs], out=uniform[pairs:])

    return _drawn(problem, 2 * pairs, lambda i: stream_of(seed, 3, i, *purpose), draw)


def water_of(problem: Problem, landscapes: list[Landscape]) -> Water:
    """Landscapes of the game in the form of this module."""
    states = np.zeros((problem.years + 1, problem.constant + 1, len(landscapes)), dtype=np.int8)
    for k, landscape in enumerate(landscapes):
        states[:, :-1, k] = np.array(landscape.states, dtype=np.int8).reshape(problem.years + 1, problem.constant)
    return Water(states)


def _drawn(
    problem: Problem,
    count: int,
    stream_of_current: Callable[[int], np.random.Generator],
    draw: Callable[[np.random.Generator, Floats], object],
) -> Water:
    """Landscapes of which ``draw(stream, uniform)`` fills in the uniform numbers of one current in one year."""
    states: States = np.zeros((problem.years + 1, problem.constant + 1, count), dtype=np.int8)
    uniform = np.empty(count)
    for i, current in enumerate(problem.level.currents):
        stream = stream_of_current(i)
        rungs = cumulative(current)
        states[0, i] = current.start
        for year in range(problem.years):
            draw(stream, uniform)
            before = states[year, i].astype(np.intp)
            after = states[year + 1, i]
            for rung in rungs:
                after += uniform >= rung.take(before)
    return Water(states)


def cumulative(current: Current) -> Floats:
    """Cumulated rows of a transition matrix without the last column, shape (m - 1, m), axes (next state, this state).

    From the last possible state of a row on the sum is infinite, so that rounding never lets an impossible state in.
    """
    transition = current.transition
    sums = np.cumsum(transition, axis=1)
    size = len(transition)
    last = size - 1 - np.argmax(transition[:, ::-1] > 0, axis=1)
    sums[np.arange(size)[None, :] >= last[:, None]] = np.inf
    return np.ascontiguousarray(sums[:, :-1].T)
