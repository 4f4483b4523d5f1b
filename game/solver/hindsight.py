"""Hindsight: the best path of each landscape, chosen after the fact (the perfect-information bound).

For a landscape drawn before anybody moves, the best path is deterministic dynamic programming over (year, place); all
sampled landscapes are worked through together.  Its mean bounds every policy from above (Brown, Smith and Sun 2010,
"Information relaxations and duality in stochastic dynamic programs"; this is the case without penalty).

The estimate is paired: with ``h`` the light of the best path and ``x`` that of a policy whose expected light ``E x`` is
known exactly, lived in the same landscapes, ``E x + mean(h - x)`` has the same mean as ``mean(h)`` and mostly a far
smaller error (a control variate).  As ``h >= x`` in each landscape, hindsight never comes out below that policy.  What
was never sampled cannot show in the deviation, so its error also has a term for one unseen landscape of the greatest
possible difference.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.solver.bellman import Progress
from game.solver.plans import backward_induction
from game.solver.problem import Floats, Problem
from game.solver.water import Water

_CHUNK_BYTES = 2**25


def best_paths(problem: Problem, water: Water, progress: Progress | None = None) -> Floats:
    """The light of the best path of each landscape, shape (landscapes,)."""
    count = water.states.shape[2]
    row = 8 * (problem.years + 1) * (len(problem.level.places) + 2 * len(problem.level.lanes))
    chunk = max(1, min(count, _CHUNK_BYTES // row))
    best = np.empty(count)
    for first in range(0, count, chunk):
        part = slice(first, min(first + chunk, count))
        best[part] = _best(problem, water.states[:, :, part])
        if progress:
            progress("hindsight", part.stop / count)
    return best


def _best(problem: Problem, states: np.ndarray) -> Floats:
    """The best path's light of a few landscapes; ``states`` has axes (year, current, landscape)."""
    count = states.shape[2]
    lanes = np.arange(len(problem.current))
    # sums[t] is the light of years 0 .. t - 1 on each lane, so a lane's light is a difference of two rows.
    sums = np.zeros((problem.years + 1, len(lanes), count))
    for year in range(problem.years):
        now = problem.year_light[lanes[:, None], 0, states[year, problem.current]]
        np.add(sums[year], now, out=sums[year + 1])

    given = gifts(problem)

    def reward(year: int) -> Floats:
        out = problem.departures(year)
        light: Floats = sums[year + out.durations, out.lanes] - sums[year, out.lanes]
        light += (problem.arrival[out.heads] + given[year + out.durations, out.heads])[:, None]
        return light

    best: Floats = backward_induction(problem, reward, (count,))[0, problem.start]
    return best


def gifts(problem: Problem) -> Floats:
    """What looking through the spyglass brings by year and place, shape (T + 1, N), to who needs not look to know.

    That is nothing, unless the price is light that one is glad to lose.
    """
    given = np.zeros((problem.years + 1, len(problem.level.places)))
    if problem.look_price < 0:
        farther = (problem.in_glass & ~problem.in_sight).any(axis=1)
        for year in range(1, problem.years):
            given[year, problem.departures(year).places] = -problem.look_price
        given[:, ~farther] = 0
    return given


def spread(problem: Problem) -> float:
    """The most that the light of two lives can differ by, whatever the water does: the best path minus the worst."""

    def extreme(sign: float, pick: Callable[[Floats], float]) -> float:
        a_year = np.empty(len(problem.current))
        for e, i in enumerate(problem.current):
            size = 1 if i == problem.constant else problem.sizes[i]
            a_year[e] = pick(problem.year_light[e, 0, :size])
        light = sign * (a_year * problem.duration + problem.arrival[problem.head])
        values = backward_induction(problem, lambda year: light[problem.departures(year).lanes], ())
        return sign * float(values[0, problem.start])

    apart = extreme(1.0, lambda x: float(x.max())) - extreme(-1.0, lambda x: float(x.min()))
    return apart + problem.years * abs(problem.look_price)


def paired(best: Floats, lived: Floats, worth: float, greatest: float) -> tuple[float, float]:
    """The paired estimate of the mean of ``best`` and its standard error.

    ``lived`` is the light of a policy in the same landscapes, ``worth`` its exact expectation, ``greatest`` a bound on
    the difference.
    """
    difference = best - lived
    n = len(difference)
    deviation = float(difference.std(ddof=1)) if n > 1 else greatest
    return worth + float(difference.mean()), float(np.hypot(deviation / np.sqrt(n), greatest / n))
