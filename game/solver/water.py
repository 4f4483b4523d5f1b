"""Many landscapes at once, for the computations that sample.

Game landscapes come from `game.model.draw_landscape`; these are drawn in bulk from the same chains, one stream a
current, so that a current added to a level leaves the water of the others as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.model import Landscape
from game.solver.problem import Floats, Problem


@dataclass(frozen=True)
class Water:
    """``states``, shape (T + 1, K + 1, landscapes): each current's state each year, 0 for the constant one."""

    states: NDArray[np.int8]


def stream_of(seed: int, *purpose: int) -> np.random.Generator:
    """A stream of random numbers for one purpose; equal in every process for equal arguments."""
    return np.random.default_rng([seed % 2**64, *purpose])


def sample_water(problem: Problem, count: int, seed: int) -> Water:
    """``count`` independent landscapes; equal in every process for equal arguments."""
    states = np.zeros((problem.years + 1, problem.constant + 1, count), dtype=np.int8)
    for i, current in enumerate(problem.level.currents):
        stream = stream_of(seed, 2, i)
        ladder = _cumulative(current.transition)
        states[0, i] = current.start
        for year in range(problem.years):
            uniform = stream.random(count)
            states[year + 1, i] = (uniform >= ladder[:, states[year, i]]).sum(axis=0, dtype=np.int8)
    return Water(states)


def water_of(problem: Problem, landscapes: list[Landscape]) -> Water:
    """Landscapes of the game in the form of this module."""
    states = np.zeros((problem.years + 1, problem.constant + 1, len(landscapes)), dtype=np.int8)
    for k, landscape in enumerate(landscapes):
        states[:, :-1, k] = np.array(landscape.states, dtype=np.int8).reshape(problem.years + 1, problem.constant)
    return Water(states)


def _cumulative(transition: Floats) -> Floats:
    """Cumulated rows of a transition matrix without the last column, shape (m - 1, m), axes (next state, this state).

    From the last possible state of a row on the sum is infinite, so that rounding never lets an impossible state in.
    """
    sums = np.cumsum(transition, axis=1)
    size = len(transition)
    last = size - 1 - np.argmax(transition[:, ::-1] > 0, axis=1)
    sums[np.arange(size)[None, :] >= last[:, None]] = np.inf
    return sums[:, :-1].T
