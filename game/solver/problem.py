"""A level and a value function in numbers: the arrays that every computation of the solver reads.

Lane ``e`` pays ``light_e[z]`` a year while its current is in state ``z``, and the light of its head once, on arrival.
What is known of current ``i`` is the state ``a`` last seen and the age ``s`` of that sighting, and the belief is row
``a`` of ``P_i^s``.  So the expected light of the year that begins ``s`` years after a sighting is

    y_e[s] = P_i^s light_e                                   (a vector over the state last seen)

and the expected light of the whole lane, taken ``s`` years after the sighting, is a sum of marginals, whatever the
other currents do:

    r_e[s] = sum over j < d(e) of y_e[s + j]  +  light(head(e)).

A current *matters* at (t, n) if a lane whose light depends on it can still be reached from place ``n`` in year ``t``;
only such currents need an axis in a value function (state abstraction by irrelevance).
"""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.model import Level, Life, Weights, scalarised

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True)
class Departures:
    """The lanes that can be taken in one year, sorted by the place they leave and then in file order.

    ``lanes``, ``heads``, ``durations`` and ``currents`` have one entry a lane; ``starts`` is where each place's lanes
    begin and ``places`` which place that is.
    """

    lanes: Integers
    heads: Integers
    durations: Integers
    currents: Integers
    starts: Integers
    places: Integers


class Problem:
    """The numeric form of a level under scalarisation weights.

    Places, lanes and currents are numbered in file order.  Lanes whose light is the same every year belong to an extra,
    constant current numbered ``len(level.currents)``.

    Attributes:
        years: the horizon ``T``.
        start: number of the start place.
        tail, head, duration, current: one entry a lane, shape (E,).
        arrival: light on arrival, shape (N,).
        year_light: ``y_e[s][a]``, shape (E, T + 1, M), axes (lane, age of the sighting, state last seen).
        reward: ``r_e[s][a]``, same shape; only ages with ``s + d(e) <= T`` have a meaning.
        powers: for each current ``P^0 .. P^T``, shape (T + 1, m, m).
        sizes, starts: number of states and start state of each current.
        in_sight: which currents are seen from which place, shape (N, K + 1), boolean.
        in_glass: which currents the spyglass shows there, same shape; none where the level has no spyglass.
        look_price: what a look through it costs.

    Raises ValueError if there is not exactly one weight for each value of the level.
    """

    def __init__(self, level: Level, weights: Weights) -> None:
        if len(weights) != len(level.values):
            raise ValueError(f"the level has {len(level.values)} values and was given {len(weights)} weights")
        self.level = level
        self.weights = tuple(float(w) for w in weights)
        self.years = level.years
        self.start = level.place_index[level.start]
        self.sizes = tuple(current.size for current in level.currents)
        self.starts = tuple(current.start for current in level.currents)
        self.powers = tuple(current.powers(self.years) for current in level.currents)
        self.arrival: Floats = np.array([scalarised(place.light, self.weights) for place in level.places])
        self._number_lanes()
        self._price_lanes()
        self._mark_sight()
        self._departures = tuple(self._departures_of(year) for year in range(self.years + 1))
        self._open = {}
        for year in range(self.years + 1):
            for place, leaving in enumerate(self._leaving):
                self._open[year, place] = tuple(e for e in leaving if year + self.duration[e] <= self.years)
        self._find_reachable()
        self._find_relevant()

    @property
    def constant(self) -> int:
        """The number of the extra current that never changes."""
        return len(self.sizes)

    def open_lanes(self, year: int, place: int) -> tuple[int, ...]:
        """Numbers of the lanes that can be taken from ``place`` in ``year``, in file order."""
        return self._open[year, place]

    def departures(self, year: int) -> Departures:
        """All lanes that can be taken in ``year``, from anywhere."""
        return self._departures[year]

    def reachable(self, year: int, place: int) -> bool:
        """Whether a life that begins at the start can be at ``place`` in ``year``."""
        return bool(self._reachable[year, place])

    def relevant(self, year: int, place: int) -> int:
        """The currents that can still matter from ``place`` in ``year``: a bit mask, bit ``i`` for current ``i``."""
        return self._relevant[year][place]

    def with_axes(self, other: Problem) -> Problem:
        """The same problem, in which all currents get an axis that matter in it or in ``other``, of the same places."""
        both = copy.copy(self)
        both._relevant = [
            [mask | more for mask, more in zip(mine, theirs, strict=True)]
            for mine, theirs in zip(self._relevant, other._relevant, strict=True)
        ]
        return both

    def with_every_axis(self) -> Problem:
        """The same problem, in which every current gets an axis wherever a life can still go on."""
        every = copy.copy(self)
        mask = (1 << self.constant) - 1
        every._relevant = [
            [mask if self._open[year, place] else 0 for place in range(len(masks))]
            for year, masks in enumerate(self._relevant)
        ]
        return every

    def unaided(self) -> Problem:
        """The same problem without a spyglass."""
        return Problem(dataclasses.replace(self.level, spyglass=None), self.weights)

    def lane_ids(self, lanes: tuple[int, ...]) -> tuple[str, ...]:
        """The ids of lanes given by number."""
        return tuple(self.level.lanes[e].id for e in lanes)

    def knowledge(self, life: Life | None = None) -> tuple[Integers, Integers]:
        """What ``life`` knows (None: the beginning): states last seen and the years of that, each of shape (K + 1,)."""
        states = np.zeros(self.constant + 1, dtype=np.intp)
        seen = np.zeros(self.constant + 1, dtype=np.intp)
        if life is None:
            states[:-1] = self.starts
        else:
            states[:-1] = [sighting.state for sighting in life.known]
            seen[:-1] = [sighting.year for sighting in life.known]
        return states, seen

    def position(self, life: Life | None = None) -> tuple[int, int]:
        """Year and number of the place where ``life`` is (None: the beginning)."""
        return (0, self.start) if life is None else (life.year, self.level.place_index[life.place])

    def _number_lanes(self) -> None:
        level = self.level
        self.tail: Integers = np.array([level.place_index[lane.tail] for lane in level.lanes], dtype=np.intp)
        self.head: Integers = np.array([level.place_index[lane.head] for lane in level.lanes], dtype=np.intp)
        self.duration: Integers = np.array([lane.years for lane in level.lanes], dtype=np.intp)
        self.current: Integers = np.array(
            [self.constant if lane.current is None else level.current_index[lane.current] for lane in level.lanes],
            dtype=np.intp,
        )
        self._leaving: list[list[int]] = [[] for _ in level.places]
        for e, tail in enumerate(self.tail):
            self._leaving[tail].append(e)

    def _price_lanes(self) -> None:
        widest = max(self.sizes, default=1)
        self.year_light: Floats = np.zeros((len(self.level.lanes), self.years + 1, widest))
        for e, lane in enumerate(self.level.lanes):
            states = max(len(by_state) for by_state in lane.light)
            light = np.array([scalarised(tuple(v[min(z, len(v) - 1)] for v in lane.light), self.weights)
                              for z in range(states)])  # fmt: skip
            if lane.current is None:
                self.year_light[e] = light[0]
            else:
                i = self.current[e]
                self.year_light[e, :, : self.sizes[i]] = self.powers[i] @ np.broadcast_to(light, (self.sizes[i],))
        self.reward: Floats = np.zeros_like(self.year_light)
        for e, years in enumerate(self.duration):
            ages = self.years + 1 - years
            if ages > 0:
                for j in range(years):
                    self.reward[e, :ages] += self.year_light[e, j : j + ages]
                self.reward[e] += self.arrival[self.head[e]]

    def _mark_sight(self) -> None:
        self.in_sight = np.zeros((len(self.level.places), self.constant + 1), dtype=np.bool_)
        self.in_glass = np.zeros_like(self.in_sight)
        for place, currents in self.level.seen_from.items():
            self.in_sight[self.level.place_index[place], sorted(currents)] = True
        for place, currents in self.level.shown_from.items():
            self.in_glass[self.level.place_index[place], sorted(currents)] = True
        spyglass = self.level.spyglass
        self.look_price = 0.0 if spyglass is None else scalarised(spyglass.price, self.weights)

    def _departures_of(self, year: int) -> Departures:
        order = np.argsort(self.tail, kind="stable")
        lanes = order[year + self.duration[order] <= self.years]
        places, starts = np.unique(self.tail[lanes], return_index=True)
        return Departures(lanes, self.head[lanes], self.duration[lanes], self.current[lanes], starts, places)

    def _find_reachable(self) -> None:
        self._reachable = np.zeros((self.years + 1, len(self.level.places)), dtype=np.bool_)
        self._reachable[0, self.start] = True
        for year in range(self.years):
            out = self._departures[year]
            here = self._reachable[year, self.tail[out.lanes]]
            self._reachable[year + out.durations[here], out.heads[here]] = True

    def _find_relevant(self) -> None:
        """A current matters through a lane if it can leave its start state and the lane's light then can change."""
        through = [0] * len(self.level.lanes)
        for e, i in enumerate(self.current):
            if i != self.constant:
                possible = self.powers[i].sum(axis=0)[self.starts[i]] > 0
                light = self.year_light[e, 0, : self.sizes[i]][possible]
                if np.any(light != light[0]):
                    through[e] = 1 << int(i)
        self._relevant = [[0] * len(self.level.places) for _ in range(self.years + 1)]
        for year in reversed(range(self.years)):
            for place in range(len(self.level.places)):
                mask = 0
                for e in self._open[year, place]:
                    mask |= through[e] | self._relevant[year + int(self.duration[e])][self.head[e]]
                self._relevant[year][place] = mask
