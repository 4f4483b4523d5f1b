"""Many lives lived side by side: what a policy is worth where the exact answer does not fit.

A *crowd* is one life for each sampled landscape, all steered by the same kind of policy and moved on year by year;
every policy is given the same landscapes (common random numbers).  The crowds of this module know what each life knows
and decide from that, on levels of any size; where the nodes of a level can be listed, `game.solver.charted` is faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from game.model import Life, begin, open_lanes
from game.model import step as next_life
from game.solver.bellman import TreasureMap
from game.solver.charted import charted_map
from game.solver.planner import Planner
from game.solver.plans import first_best
from game.solver.problem import Floats, Integers, Problem
from game.solver.water import Water

Step = Callable[[float], None]
"""Told the fraction of the crowd's years that lie behind it."""


class Lives(NamedTuple):
    """Lives lived: the light of each, shape (landscapes,), and how many decisions they took together."""

    light: Floats
    decisions: int


Living = Callable[[Water], Lives]
"""A way to live: given landscapes, lives one life in each."""


class Chooser(Protocol):
    """Any policy that chooses lane by lane (`game.policy.Policy`)."""

    def choose(self, life: Life) -> str:
        """The id of one of the lanes that can be taken now."""
        ...


class Crowd:
    """Lives in given landscapes: one array entry a life.

    ``year`` and ``place`` have shape (lives,), ``states`` and ``seen`` (what each knows of each current, and since
    when) shape (K + 1, lives), ``light`` is what each has collected; ``path``, shape (T, lives), is the lane that each
    took in a year, -1 where it took none.  ``decisions`` counts the lanes taken by all.
    """

    def __init__(self, problem: Problem, water: Water) -> None:
        count = water.count
        self.problem = problem
        self._water = water.states
        self.year = np.zeros(count, dtype=np.intp)
        self.place = np.full(count, problem.start, dtype=np.intp)
        states, seen = problem.knowledge()
        self.states: Integers = np.repeat(states[:, None], count, axis=1)
        self.seen: Integers = np.repeat(seen[:, None], count, axis=1)
        self.light = np.zeros(count)
        self.path: NDArray[np.int16] = np.full((problem.years, count), -1, dtype=np.int16)
        self.decisions = 0
        self._views, self._view = np.unique(problem.in_sight, axis=0, return_inverse=True)

    @property
    def lives(self) -> Lives:
        """The lives as they stand."""
        return Lives(self.light, self.decisions)

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
        if len(lives) == 0:
            return
        problem, water = self.problem, self._water
        year, currents, heads = int(self.year[lives[0]]), problem.current[lanes], problem.head[lanes]
        arrival = year + problem.duration[lanes]
        self.path[year, lives] = lanes
        for t in range(year, int(arrival.max())):
            on = np.flatnonzero(arrival > t)
            state = water[t, currents[on], lives[on]]
            self.light[lives[on]] += problem.year_light[lanes[on], 0, state]
        self.light[lives] += problem.arrival[heads]
        self.year[lives] = arrival
        self.place[lives] = heads
        self.states[currents, lives] = water[arrival - 1, currents, lives]
        self.seen[currents, lives] = arrival - 1
        views = self._view.reshape(-1)[heads]
        for t in np.unique(arrival):
            for view in np.unique(views[arrival == t]):
                there = lives[(arrival == t) & (views == view)]
                seen = np.ix_(np.flatnonzero(self._views[view]), there)
                self.states[seen] = water[t][seen]
                self.seen[seen] = t
        self.decisions += len(lives)


def live_plan(problem: Problem, water: Water, lanes: tuple[str, ...]) -> Crowd:
    """A crowd that has followed a complete fixed plan."""
    crowd = Crowd(problem, water)
    everybody = np.arange(water.count)
    for lane in lanes:
        crowd.take(everybody, np.full(water.count, problem.level.lane_index[lane]))
    return crowd


def live_greedily(problem: Problem, water: Water, step: Step | None = None) -> Crowd:
    """A crowd that has followed the light."""
    crowd = Crowd(problem, water)
    for year in range(problem.years):
        for place, lives in crowd.by_place(crowd.due(year)):
            lanes = np.array(problem.open_lanes(year, place))
            currents = problem.current[lanes]
            now = problem.year_light[
                lanes[:, None], year - crowd.seen[currents][:, lives], crowd.states[currents][:, lives]
            ]
            crowd.take(lives, lanes[first_best(now)])
        if step:
            step((year + 1) / problem.years)
    return crowd


def live_replanning(planner: Planner, water: Water, m: int, step: Step | None = None) -> Crowd:
    """A crowd that has made a new plan every ``m`` years; ``m = 1`` is one step at a time."""
    problem = planner.problem
    crowd = Crowd(problem, water)
    planned = np.zeros_like(crowd.year)
    for year in range(problem.years):
        lives = crowd.due(year)
        lives = lives[planned[lives] <= year]
        behind = 0
        for place, here in crowd.by_place(lives):
            if m == 1:
                crowd.take(here, planner.first_lanes(year, place, crowd.states[:, here], crowd.seen[:, here]))
            else:
                _follow_new_plans(planner, crowd, year, place, here, m)
            behind += len(here)
            if step:
                step((year + behind / len(lives)) / problem.years)
        planned[lives] = crowd.year[lives]
    if step:
        step(1.0)
    return crowd


def follow_plan(problem: Problem, water: Water, lanes: tuple[str, ...]) -> Floats:
    """The light of a complete fixed plan in each landscape; it looks at nothing, so nobody has to live it."""
    light, year = np.zeros(water.count), 0
    for lane in lanes:
        e = problem.level.lane_index[lane]
        for t in range(year, year + int(problem.duration[e])):
            light += problem.year_light[e, 0].take(water.states[t, problem.current[e]])
        light += problem.arrival[problem.head[e]]
        year += int(problem.duration[e])
    return light


def follow_light(problem: Problem, water: Water, step: Step | None = None) -> Floats:
    """The light of following the light in each landscape."""
    return live_greedily(problem, water, step).light


def follow_map(treasure_map: TreasureMap, water: Water) -> Floats:
    """The light of following the treasure map in each landscape."""
    return charted_map(treasure_map).live(water)[0]


def replan(problem: Problem, water: Water, m: int, step: Step | None = None) -> Floats:
    """The light of replanning every ``m`` years in each landscape; ``m = 1`` is one step at a time."""
    return live_replanning(Planner(problem), water, m, step).light


def live_alone(problem: Problem, policy: Chooser, water: Water) -> Lives:
    """Any policy at all, one life after another by the game's own `game.model.step`."""
    level, light, decisions = problem.level, np.zeros(water.count), 0
    for k in range(water.count):
        landscape, life = water.landscape(k), begin(level)
        while open_lanes(level, life):
            life, _ = next_life(level, life, policy.choose(life), landscape)
        light[k] = sum(x * w for x, w in zip(life.light, problem.weights, strict=True))
        decisions += len(life.lanes)
    return Lives(light, decisions)


def _follow_new_plans(planner: Planner, crowd: Crowd, year: int, place: int, here: Integers, m: int) -> None:
    """The lives ``here`` make new plans and follow them to the first place reached at least ``m`` years later."""
    states, seen = crowd.states[:, here], crowd.seen[:, here]
    for part, plans in planner.plans(year, place, states, seen):
        lives = here[part]
        base = planner.base_of(states[:, part], seen[:, part])
        for t in range(year, min(year + m, planner.problem.years)):
            moving = np.flatnonzero((crowd.year[lives] == t) & (plans.cone.row[t, crowd.place[lives]] > 0))
            if len(moving):
                crowd.take(lives[moving], planner.lanes(plans, t, crowd.place[lives[moving]], moving, base))
