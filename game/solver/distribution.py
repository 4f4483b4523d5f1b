"""Every plan there is: the expected light of all complete fixed plans, or their light in one landscape.

The values of all plans from (t, n) on are, lane by lane, the lane's light plus the values of all plans from where it
leads: whole arrays are shifted and joined, so enumeration costs about as much as its answer is long.  Where there are
too many, plans are drawn uniformly by counting backwards: lane ``e`` is taken with probability ``count(after e) /
count(here)``, the counts being exact integers (the recursive method: Flajolet, Zimmermann and Van Cutsem 1994).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.model import Landscape
from game.solver.plans import plan_counts
from game.solver.problem import Floats, Problem
from game.solver.water import stream_of


@dataclass(frozen=True)
class PlanDistribution:
    """The light of fixed plans in ascending order; if not ``complete``, of a uniform sample out of ``count`` plans."""

    values: Floats
    complete: bool
    count: int


def plan_distribution(
    problem: Problem, limit: int = 200_000, seed: int = 0, landscape: Landscape | None = None
) -> PlanDistribution:
    """The expected light of every fixed plan, or its light in ``landscape``; sampled beyond ``limit`` plans."""
    light = _expected(problem) if landscape is None else _realised(problem, landscape)
    counts = plan_counts(problem)
    count = counts[0][problem.start]
    if count <= limit:
        return PlanDistribution(np.sort(_all(problem, light)), True, count)
    return PlanDistribution(np.sort(_sample(problem, light, counts, limit, seed)), False, count)


def _expected(problem: Problem) -> Callable[[int, int], float]:
    states, _ = problem.knowledge()
    return lambda e, year: float(problem.reward[e, year, states[problem.current[e]]])


def _realised(problem: Problem, landscape: Landscape) -> Callable[[int, int], float]:
    def light(e: int, year: int) -> float:
        current = int(problem.current[e])
        total = float(problem.arrival[problem.head[e]])
        for t in range(year, year + int(problem.duration[e])):
            state = 0 if current == problem.constant else landscape.state(t, current)
            total += float(problem.year_light[e, 0, state])
        return total

    return light


def _all(problem: Problem, light: Callable[[int, int], float]) -> Floats:
    """The light of every plan, unsorted.  Arrays of years that no lane can reach any more are freed on the way."""
    longest = int(problem.duration.max(initial=1))
    values: dict[tuple[int, int], Floats] = {}
    rest = np.zeros(1)
    for year in reversed(range(problem.years + 1)):
        for place in range(len(problem.level.places)):
            values.pop((year + longest + 1, place), None)
            if problem.reachable(year, place):
                lanes = problem.open_lanes(year, place)
                parts = [light(e, year) + values[year + int(problem.duration[e]), int(problem.head[e])] for e in lanes]
                values[year, place] = np.concatenate(parts) if parts else rest
    return values[0, problem.start]


def _sample(
    problem: Problem, light: Callable[[int, int], float], counts: list[list[int]], size: int, seed: int
) -> Floats:
    """The light of ``size`` plans drawn uniformly and independently, moved on together from year to year."""
    stream = stream_of(seed, 1)
    total = np.zeros(size)
    waiting: dict[tuple[int, int], list[np.ndarray]] = {(0, problem.start): [np.arange(size)]}
    for year in range(problem.years):
        for place in range(len(problem.level.places)):
            arrived = waiting.pop((year, place), None)
            lanes = problem.open_lanes(year, place)
            if arrived is None or not lanes:
                continue
            plans = np.concatenate(arrived)
            here = counts[year][place]
            after = [(year + int(problem.duration[e]), int(problem.head[e])) for e in lanes]
            chances = np.cumsum([counts[t][n] / here for t, n in after])
            taken = np.minimum(np.searchsorted(chances, stream.random(len(plans)), side="right"), len(lanes) - 1)
            for k, e in enumerate(lanes):
                going = plans[taken == k]
                if len(going):
                    total[going] += light(e, year)
                    waiting.setdefault(after[k], []).append(going)
    return total
