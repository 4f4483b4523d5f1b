"""Plans made afresh by many lives at once: open-loop values from one place on, for whatever each life knows.

From place ``n`` in year ``t`` only part of the level can still be reached, its *cone*.  The recursion of
`game.solver.plans` runs over the cone alone, with one column for each different state of knowledge: lives at the same
place that know the same of every current that still matters make the same plan, which is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.solver.plans import first_best
from game.solver.problem import Floats, Integers, Problem

_BLOCK_BYTES = 2**22
"""What the values of the columns that are worked out together take: about a processor's own cache."""

_REMEMBERED = 2**17
"""The most states of knowledge at a place and year for which first lanes are remembered."""

_ROOM = 2**25
"""The most first lanes that are remembered altogether, at two bytes each."""


@dataclass(frozen=True)
class _Year:
    """The lanes of one year of a cone, place by place, in file order.

    ``offsets`` say where each lane's light of this year begins in the rewards, ``currents`` which current it depends
    on, ``ahead`` the row of the place that it leads to, ``starts`` where each place's lanes begin; the values of the
    places go to the rows from ``first`` on.
    """

    offsets: Integers
    currents: Integers
    ahead: Integers
    starts: Integers
    first: int


@dataclass(frozen=True)
class Cone:
    """All that can be reached from ``place`` in ``year``.

    ``row``, shape (T + 1, N), is the row of each year and place, 0 where a life rests; ``rows`` is their number,
    ``matters`` the currents that can still matter.
    """

    year: int
    place: int
    row: Integers
    rows: int
    years: tuple[_Year, ...]
    matters: Integers


@dataclass(frozen=True)
class Plans:
    """Plans made at one place: ``values``, shape (rows of the cone, columns), and the column of each life."""

    cone: Cone
    values: Floats
    columns: Integers


class Planner:
    """Makes plans for lives that stand at the same place in the same year."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._rewards = problem.reward.reshape(-1)
        self._widest = problem.reward.shape[2]
        self._cones: dict[tuple[int, int], Cone] = {}
        self._first_lanes: dict[tuple[int, int], NDArray[np.int16]] = {}
        self._room = _ROOM

    def first_lanes(self, year: int, place: int, states: Integers, seen: Integers) -> Integers:
        """The first lane of the best plan of each life; ``states`` and ``seen`` are what each knows, (K + 1, lives)."""
        cone = self.cone(year, place)
        keys, kinds = _keys(self.problem, cone, states, seen)
        known = None if keys is None or kinds is None else self._remembered(year, place, kinds)
        if known is not None and keys is not None:
            # Threads may fill in the same entry at once; they fill in the same lane.
            unknown = np.flatnonzero(known[keys] < 0)
            new, sample = np.unique(keys[unknown], return_index=True)
            if len(new):
                lives = unknown[sample]
                known[new] = self._first(cone, states[:, lives], seen[:, lives])
            first: Integers = known[keys].astype(np.intp)
            return first
        sample, columns = _shared(keys, states.shape[1])
        lanes: Integers = self._first(cone, states[:, sample], seen[:, sample])[columns]
        return lanes

    def _remembered(self, year: int, place: int, kinds: int) -> NDArray[np.int16] | None:
        """The first lanes by state of knowledge, -1 where not known yet; None where there is no room for them.

        Only with everything in sight: otherwise the same number may stand for other ages of what was seen.
        """
        known = self._first_lanes.get((year, place))
        if known is None and self.problem.level.sight is None and kinds <= min(_REMEMBERED, self._room):
            self._room -= kinds
            known = self._first_lanes.setdefault((year, place), np.full(kinds, -1, dtype=np.int16))
        return known

    def plans(self, year: int, place: int, states: Integers, seen: Integers) -> Iterator[tuple[slice, Plans]]:
        """Plans of the lives, some lives at a time."""
        cone = self.cone(year, place)
        step = max(1, 4 * _BLOCK_BYTES // (8 * cone.rows))
        for first in range(0, states.shape[1], step):
            part = slice(first, min(first + step, states.shape[1]))
            sample, columns = _shared(_keys(self.problem, cone, states[:, part], seen[:, part])[0], part.stop - first)
            values = self._values(cone, states[:, part][:, sample], seen[:, part][:, sample])
            yield part, Plans(cone, values, columns)

    def lanes(self, plans: Plans, year: int, places: Integers, lives: Integers, base: Integers) -> Integers:
        """The lanes that plans take at ``places`` in ``year``, one for each of ``lives`` (numbers among the planners).

        ``base`` is what the lives knew when they planned, as `base_of` has it.
        """
        problem, chosen = self.problem, np.zeros(len(places), dtype=np.intp)
        for place in np.unique(places):
            here = np.flatnonzero(places == place)
            lanes = np.array(problem.open_lanes(year, int(place)))
            ahead = plans.cone.row[year + problem.duration[lanes], problem.head[lanes]]
            q = self._light(lanes, year, base[problem.current[lanes]][:, lives[here]])
            q += plans.values[ahead[:, None], plans.columns[lives[here]]]
            chosen[here] = lanes[first_best(q)]
        return chosen

    def base_of(self, states: Integers, seen: Integers) -> Integers:
        """What is known as a place among the rewards of a lane: to be added to where those of a year begin."""
        base: Integers = states - self._widest * seen
        return base

    def cone(self, year: int, place: int) -> Cone:
        """The cone of a year and place, made once."""
        found = self._cones.get((year, place))
        if found is None:
            found = self._cones[year, place] = self._new_cone(year, place)
        return found

    def _first(self, cone: Cone, states: Integers, seen: Integers) -> Integers:
        """First lanes of plans, a block of lives at a time."""
        lanes = np.empty(states.shape[1], dtype=np.intp)
        step = max(1, _BLOCK_BYTES // (8 * cone.rows))
        for first in range(0, len(lanes), step):
            part = slice(first, min(first + step, len(lanes)))
            some = states[:, part], seen[:, part]
            everybody = np.arange(part.stop - first)
            plans = Plans(cone, self._values(cone, *some), everybody)
            places = np.full(len(everybody), cone.place)
            lanes[part] = self.lanes(plans, cone.year, places, everybody, self.base_of(*some))
        return lanes

    def _values(self, cone: Cone, states: Integers, seen: Integers) -> Floats:
        """The open-loop values of a cone, shape (rows, columns); those of the beginning itself are left out."""
        base = self.base_of(states, seen)
        values = np.zeros((cone.rows, states.shape[1]))
        for planned in reversed(cone.years[1:]):
            if len(planned.offsets):
                q = self._rewards.take(planned.offsets[:, None] + base[planned.currents])
                q += values[planned.ahead]
                rows = values[planned.first : planned.first + len(planned.starts)]
                np.maximum.reduceat(q, planned.starts, axis=0, out=rows)
        return values

    def _light(self, lanes: Integers, year: int, base: Integers) -> Floats:
        """The expected light of lanes taken in ``year``, shape (lanes, lives), from the base of their own currents."""
        light: Floats = self._rewards.take(self._offsets(lanes, year)[:, None] + base)
        return light

    def _offsets(self, lanes: Integers, year: int) -> Integers:
        offsets: Integers = (lanes * (self.problem.years + 1) + year) * self._widest
        return offsets

    def _new_cone(self, year: int, place: int) -> Cone:
        problem = self.problem
        reached = np.zeros((problem.years + 1, len(problem.level.places)), dtype=np.bool_)
        reached[year, place] = True
        row = np.zeros(reached.shape, dtype=np.intp)
        rows, taken, firsts = 1, [], []
        for t in range(year, problem.years):
            out = problem.departures(t)
            lanes = out.lanes[reached[t, problem.tail[out.lanes]]]
            reached[t + problem.duration[lanes], problem.head[lanes]] = True
            places = np.unique(problem.tail[lanes])
            row[t, places] = rows + np.arange(len(places))
            taken.append(lanes)
            firsts.append(rows)
            rows += len(places)
        years = []
        for t, (lanes, first) in enumerate(zip(taken, firsts, strict=True), year):
            starts = np.unique(problem.tail[lanes], return_index=True)[1]
            ahead = row[t + problem.duration[lanes], problem.head[lanes]]
            years.append(_Year(self._offsets(lanes, t), problem.current[lanes], ahead, starts, first))
        relevant = problem.relevant(year, place)
        matters = np.array([i for i in range(problem.constant) if relevant >> i & 1], dtype=np.intp)
        return Cone(year, place, row, rows, tuple(years), matters)


def _keys(problem: Problem, cone: Cone, states: Integers, seen: Integers) -> tuple[Integers | None, int | None]:
    """What each life knows of the currents that matter as one number, and how many numbers there are.

    Nothing where the numbers would not fit.  The age of a sighting is left out where it is the same for all.
    """
    kinds = 1
    keys: Integers = np.zeros(states.shape[1], dtype=np.intp)
    for i in cone.matters:
        ages = seen[i]
        if len(ages) and ages.min() != ages.max():
            kinds *= cone.year + 1
            if kinds < 2**62:
                keys *= cone.year + 1
                keys += ages
        kinds *= problem.sizes[i]
        if kinds >= 2**62:
            return None, None
        keys *= problem.sizes[i]
        keys += states[i]
    return keys, kinds


def _shared(keys: Integers | None, lives: int) -> tuple[Integers, Integers]:
    """One life of each kind, and the number of each life's kind."""
    if keys is None:
        everybody = np.arange(lives)
        return everybody, everybody
    _, sample, columns = np.unique(keys, return_index=True, return_inverse=True)
    return sample, columns.reshape(-1)
