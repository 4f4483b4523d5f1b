"""Many lives lived side by side: what a policy is worth where the exact answer does not fit.

A *crowd* is one life for each sampled landscape, all steered by the same kind of policy and moved on year by year;
every policy is given the same landscapes (common random numbers).  The light of a crowd estimates the policy's expected
light; the best fixed plan, whose expectation is known exactly, is lived in the same landscapes and serves as a control
variate:

    mean(x) - beta (mean(b) - E b),    beta = cov(x, b) / var(b)

(Glasserman, *Monte Carlo Methods in Financial Engineering*, section 4.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from game.solver.bellman import TreasureMap
from game.solver.information import Node
from game.solver.plans import first_best, open_loop_values
from game.solver.problem import Floats, Integers, Problem
from game.solver.water import Water

_CHUNK_BYTES = 2**25

Step = Callable[[float], None]
"""Told the fraction of the crowd's years that lie behind it."""


class Crowd:
    """Lives in given landscapes: one array entry a life.

    ``year`` and ``place`` have shape (lives,), ``states`` and ``seen`` (what each knows of each current, and since
    when) shape (K + 1, lives), ``light`` is what each has collected.
    """

    def __init__(self, problem: Problem, water: Water) -> None:
        count = water.states.shape[2]
        self.problem = problem
        self._water = water.states
        self.year = np.zeros(count, dtype=np.intp)
        self.place = np.full(count, problem.start, dtype=np.intp)
        states, seen = problem.knowledge()
        self.states: Integers = np.repeat(states[:, None], count, axis=1)
        self.seen: Integers = np.repeat(seen[:, None], count, axis=1)
        self.light = np.zeros(count)

    def due(self, year: int) -> Integers:
        """The lives that have to choose a lane in ``year``."""
        out = self.problem.departures(year)
        return np.flatnonzero((self.year == year) & np.isin(self.place, out.places))

    def by_place(self, lives: Integers) -> Iterator[tuple[int, Integers]]:
        """Place numbers with those of ``lives`` that are there."""
        places = self.place[lives]  # before any of them moves on
        for place in np.unique(places):
            yield int(place), lives[places == place]

    def take(self, lives: Integers, lanes: Integers) -> None:
        """Each of ``lives``, all in the same year, takes its entry of ``lanes`` to its end."""
        for e in np.unique(lanes):
            self._take(lives[lanes == e], int(e))

    def _take(self, lives: Integers, e: int) -> None:
        problem, water = self.problem, self._water
        year, current, head = int(self.year[lives[0]]), int(problem.current[e]), int(problem.head[e])
        arrival = year + int(problem.duration[e])
        for t in range(year, arrival):
            self.light[lives] += problem.year_light[e, 0, water[t, current, lives]]
        self.light[lives] += problem.arrival[head]
        self.year[lives] = arrival
        self.place[lives] = head
        self.states[current, lives] = water[arrival - 1, current, lives]
        self.seen[current, lives] = arrival - 1
        for i in np.flatnonzero(problem.in_sight[head]):
            self.states[i, lives] = water[arrival, i, lives]
            self.seen[i, lives] = arrival


def follow_plan(problem: Problem, water: Water, lanes: tuple[str, ...]) -> Floats:
    """The light of a complete fixed plan in each landscape."""
    crowd = Crowd(problem, water)
    everybody = np.arange(len(crowd.light))
    for lane in lanes:
        crowd.take(everybody, np.full(len(everybody), problem.level.lane_index[lane]))
    return crowd.light


def follow_light(problem: Problem, water: Water, step: Step) -> Floats:
    """The light of following the light in each landscape."""
    crowd = Crowd(problem, water)
    for year in range(problem.years):
        for place, lives in crowd.by_place(crowd.due(year)):
            lanes = np.array(problem.open_lanes(year, place))
            currents = problem.current[lanes]
            now = problem.year_light[
                lanes[:, None], year - crowd.seen[currents][:, lives], crowd.states[currents][:, lives]
            ]
            crowd.take(lives, lanes[first_best(now)])
        step((year + 1) / problem.years)
    return crowd.light


def follow_map(treasure_map: TreasureMap, water: Water) -> Floats:
    """The light of following the treasure map in each landscape."""
    problem, space = treasure_map.problem, treasure_map.space
    crowd = Crowd(problem, water)
    waiting: dict[Node, list[Integers]] = {space.root: [np.arange(len(crowd.light))]}
    for year in range(problem.years):
        for node in space.nodes[year]:
            if node not in waiting:
                continue
            lives = np.concatenate(waiting.pop(node))
            lanes = problem.open_lanes(year, node.place)
            if not lanes:
                continue
            index = tuple(crowd.states[current, lives] for current, _ in node.seen)
            choice = np.broadcast_to(treasure_map.choices[node][index], lives.shape)
            for k, e in enumerate(lanes):
                going = lives[choice == k]
                if len(going):
                    crowd.take(going, np.full(len(going), e))
                    waiting.setdefault(space.arrive(node, e), []).append(going)
    return crowd.light


def replan(problem: Problem, water: Water, m: int, step: Step) -> Floats:
    """The light of replanning every ``m`` years in each landscape; ``m = 1`` is one step at a time."""
    crowd = Crowd(problem, water)
    planned = np.zeros_like(crowd.year)
    row = 8 * (problem.years + 1) * len(problem.level.places) + 64 * len(problem.current)
    chunk = max(1, _CHUNK_BYTES // row)
    for year in range(problem.years):
        lives = crowd.due(year)
        lives = lives[planned[lives] <= year]
        for first in range(0, len(lives), chunk):
            _follow_new_plan(crowd, lives[first : first + chunk], year, m)
            step((year + min(1.0, (first + chunk) / len(lives))) / problem.years)
        planned[lives] = crowd.year[lives]
    step(1.0)
    return crowd.light


def _follow_new_plan(crowd: Crowd, lives: Integers, year: int, m: int) -> None:
    """Each of ``lives`` makes the best fixed plan from what it knows and follows it for at least ``m`` years."""
    problem = crowd.problem
    states, seen = crowd.states[:, lives], crowd.seen[:, lives]
    values = open_loop_values(problem, states, seen, year)
    column = np.zeros(len(crowd.light), dtype=np.intp)
    column[lives] = np.arange(len(lives))
    following: NDArray[np.bool_] = np.zeros(len(crowd.light), dtype=np.bool_)
    following[lives] = True
    for t in range(year, min(year + m, problem.years)):
        moving = crowd.due(t)
        for place, here in crowd.by_place(moving[following[moving]]):
            lanes = np.array(problem.open_lanes(t, place))
            currents, cols = problem.current[lanes], column[here]
            after = values[(t + problem.duration[lanes])[:, None], problem.head[lanes][:, None], cols]
            q = problem.reward[lanes[:, None], t - seen[currents][:, cols], states[currents][:, cols]] + after
            crowd.take(here, lanes[first_best(q)])


def controlled_mean(light: Floats, control: Floats, worth: float) -> tuple[float, float]:
    """The mean of ``light``, with ``control`` of known expectation ``worth`` as control variate; its standard error."""
    n = len(light)
    offset = control - control.mean()
    variance = float(offset @ offset)
    slope = float(offset @ light) / variance if variance > 0 else 0.0
    residual = light - light.mean() - slope * offset
    error = float(np.sqrt(residual @ residual / max(1, n - 2) / n))
    return float(light.mean()) - slope * (float(control.mean()) - worth), error
