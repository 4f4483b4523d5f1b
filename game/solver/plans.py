"""Fixed plans: the open-loop optimum, the naive plan, and how many plans there are.

A fixed plan's expected light needs only each current's own marginal, never the joint landscape.  So the best plan is
backward induction over (year, place), for any number of currents: with ``r_e[s][a]`` of `game.solver.problem`,

    W_T(n) = 0,    W_t(n) = max over open lanes e of  r_e[t - sigma_i][a_i] + W_{t + d(e)}(head(e)),

where current ``i`` of lane ``e`` was last seen in state ``a_i`` in year ``sigma_i``, and ``W_t(n) = 0`` where no lane
is open.  The *naive* plan is certainty equivalence: the same recursion as if nothing ever changed, then priced truly.

Bertsekas, *Dynamic Programming and Optimal Control*, vol. I, on open-loop minimisation and on certainty equivalent
control.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from game.model import Life
from game.solver.problem import Floats, Integers, Problem

TIE = 1e-9
"""Values that differ by at most ``TIE * max(1, |best|)`` are equal; the first in file order then wins."""


@dataclass(frozen=True)
class Plan:
    """A complete fixed plan: lane ids, and the expected light of following it from the moment of planning."""

    lanes: tuple[str, ...]
    value: float


def as_good_as(best: Floats) -> Floats:
    """The least value that counts as equal to ``best``, elementwise."""
    return best - TIE * np.maximum(1.0, np.abs(best))


def first_best(values: Floats) -> Integers:
    """Along axis 0, the first index whose value is as good as the greatest; shape ``values.shape[1:]``."""
    first: Integers = np.argmax(values >= as_good_as(values.max(axis=0)), axis=0)
    return first


def backward_induction(
    problem: Problem, reward: Callable[[int], Floats], shape: tuple[int, ...], since: int = 0
) -> Floats:
    """The greatest total reward from each year and place on, shape (T + 1, N, *shape); years before ``since`` are 0.

    ``reward(year)`` gives the reward of each of ``problem.departures(year)``, shape (lanes, *shape).
    """
    values = np.zeros((problem.years + 1, len(problem.level.places), *shape))
    for year in reversed(range(since, problem.years)):
        out = problem.departures(year)
        if len(out.lanes):
            q = reward(year) + values[year + out.durations, out.heads]
            values[year, out.places] = np.maximum.reduceat(q, out.starts, axis=0)
    return values


def open_loop_reward(problem: Problem, states: Integers, seen: Integers, year: int) -> Floats:
    """Expected light of each departure of ``year`` from what is known, shape (lanes,) or (lanes, lives).

    ``states`` and ``seen`` (state last seen and year of that) have shape (K + 1,) or (K + 1, lives).
    """
    out = problem.departures(year)
    lanes = out.lanes.reshape(-1, *(1,) * (states.ndim - 1))
    return problem.reward[lanes, year - seen[out.currents], states[out.currents]]


def open_loop_values(problem: Problem, states: Integers, seen: Integers, since: int = 0) -> Floats:
    """``W`` of the module's recursion from what is known, shape (T + 1, N) or (T + 1, N, lives)."""
    return backward_induction(
        problem, lambda year: open_loop_reward(problem, states, seen, year), states.shape[1:], since
    )


def best_fixed_plan(problem: Problem, life: Life | None = None) -> Plan:
    """The plan with the greatest expected light, from what ``life`` knows (None: from the beginning)."""
    states, seen = problem.knowledge(life)
    year, place = problem.position(life)
    values = open_loop_values(problem, states, seen, year)

    def reward(e: int, t: int) -> float:
        current = problem.current[e]
        return float(problem.reward[e, t - seen[current], states[current]])

    lanes = _best_path(problem, reward, values, year, place)
    return Plan(problem.lane_ids(lanes), float(values[year, place]))


def naive_plan(problem: Problem) -> Plan:
    """The best path if nothing ever changed; its ``value`` is the light that it is truly expected to bring."""
    states, _ = problem.knowledge()
    frozen = problem.year_light[np.arange(len(problem.current)), 0, states[problem.current]] * problem.duration
    frozen += problem.arrival[problem.head]
    values = backward_induction(problem, lambda year: frozen[problem.departures(year).lanes], ())
    lanes = _best_path(problem, lambda e, _: float(frozen[e]), values, 0, problem.start)
    return Plan(problem.lane_ids(lanes), _value(problem, lanes))


def plan_value(problem: Problem, lanes: Sequence[str]) -> float:
    """The expected light of a complete fixed plan from the beginning.

    Raises ValueError, naming the lane, if the plan cannot be followed or stops while a lane can still be taken.
    """
    year, place, numbers = 0, problem.start, []
    for lane in lanes:
        e = problem.level.lane_index.get(lane)
        if e is None or e not in problem.open_lanes(year, place):
            where = problem.level.places[place].id
            raise ValueError(f"lane {lane!r} cannot be taken in year {year} at {where!r}")
        numbers.append(e)
        year, place = year + int(problem.duration[e]), int(problem.head[e])
    if problem.open_lanes(year, place):
        rest = problem.lane_ids(problem.open_lanes(year, place))
        raise ValueError(f"the plan stops in year {year} while lane {rest[0]!r} can still be taken")
    return _value(problem, tuple(numbers))


def plan_counts(problem: Problem) -> list[list[int]]:
    """The number of complete fixed plans from each year and place on, ``[year][place]``, as exact integers."""
    places = range(len(problem.level.places))
    counts = [[1] * len(places) for _ in range(problem.years + 1)]
    for year in reversed(range(problem.years)):
        for place in places:
            lanes = problem.open_lanes(year, place)
            if lanes:
                counts[year][place] = sum(counts[year + int(problem.duration[e])][problem.head[e]] for e in lanes)
    return counts


def count_plans(problem: Problem) -> int:
    """The exact number of complete fixed plans."""
    return plan_counts(problem)[0][problem.start]


def _value(problem: Problem, lanes: tuple[int, ...]) -> float:
    states, _ = problem.knowledge()
    year, total = 0, 0.0
    for e in lanes:
        total += float(problem.reward[e, year, states[problem.current[e]]])
        year += int(problem.duration[e])
    return total


def _best_path(
    problem: Problem, reward: Callable[[int, int], float], values: Floats, year: int, place: int
) -> tuple[int, ...]:
    """The path whose every lane is the first that is as good as the best, given the values of what follows."""
    path: list[int] = []
    while lanes := problem.open_lanes(year, place):
        q = np.array([reward(e, year) + values[year + problem.duration[e], problem.head[e]] for e in lanes])
        e = lanes[int(first_best(q))]
        path.append(e)
        year, place = year + int(problem.duration[e]), int(problem.head[e])
    return tuple(path)
