"""A level as an explicit, acyclic Markov decision process on what a life can know.

What can be known of a current is the state last seen and the year of that (a sufficient statistic; see
`game.solver.information`).  A state of the process is a year, a place, and that knowledge of each current that can
still matter.  Taking a lane pays its expected light, given what is known; then the currents that come into sight are
seen one after another, each in a state of its own with a single choice, so that no choice has more outcomes than a
current has states.  The optimum from state 0 to the last state is the treasure map's value.

Nobody looks through a spyglass here: of a level that has one, this is the level without it.

This is worked out from the model alone, so that a peer who solves it checks the solver and not itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from game.model import Lane, Level, Weights, scalarised
from game.words import say

MOST_STATES = 2_000_000

Pending = tuple[tuple[int, int, int, int], ...]
"""Of each current that can still matter: number, state last seen, year of that, and year in which it is seen next."""


class TooManyStates(Exception):
    """The process would have more than ``limit`` states; as text it is one plain sentence."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return say("export.too_many_states", limit=f"{self.limit:,}")


@dataclass(frozen=True)
class Choice:
    """One action: the lane's id (empty for looking and for resting), its reward, (successor, probability) pairs."""

    lane: str
    reward: float
    outcomes: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Moment:
    """What a state of the process stands for; a choice of lanes is due where nothing is still to be seen."""

    year: int
    place: str
    pending: Pending

    @property
    def unseen(self) -> int | None:
        """The position in ``pending`` of the current that is looked at next, or None where all are seen."""
        return next((k for k, (_, _, seen, sees) in enumerate(self.pending) if seen != sees), None)


def light_offset(level: Level, weights: Weights) -> float:
    """The least light a year that, added to every year of a life, lets no lane have a negative reward.

    A life that rests gets it for each year that it rests, so that every life gets ``level.years`` times the offset and
    no choice is changed by it.
    """
    arrivals = {place.id: min(0.0, scalarised(place.light, weights)) for place in level.places}
    lowest = [min(_lights(lane, weights)) + arrivals[lane.head] for lane in level.lanes]
    return max(0.0, -min(lowest, default=0.0))


class Unfolding:
    """The process: ``moments[s]`` is what state ``s`` stands for, ``choices[s]`` what can be done there.

    State 0 is the beginning.  The last state, ``done``, has no moment and one choice that leads to itself and pays
    nothing.  ``offset`` is added to the reward of every year (see `light_offset`).

    Raises TooManyStates.
    """

    def __init__(self, level: Level, weights: Weights, *, offset: float = 0.0, limit: int = MOST_STATES) -> None:
        self.level, self.offset = level, offset
        self._powers = [current.powers(level.years).tolist() for current in level.currents]
        self._light = {lane.id: _lights(lane, weights) for lane in level.lanes}
        self._arrival = {place.id: scalarised(place.light, weights) for place in level.places}
        self._matters = self._find_what_matters()
        start = [(i, level.currents[i].start, 0, 0) for i in sorted(self._matters[0, level.start])]
        if self._fewest() > limit:
            raise TooManyStates(limit)
        first = Moment(0, level.start, tuple(start))
        self.moments: list[Moment] = [first]
        self.choices: list[tuple[Choice, ...]] = []
        self._numbers = {first: 0}
        over: list[int] = []
        for s, moment in enumerate(self.moments):
            if len(self.moments) > limit:
                raise TooManyStates(limit)
            choices = tuple(self._choices(moment))
            if not choices:
                over.append(s)
            self.choices.append(choices)
        self.done = len(self.moments)
        for s in over:
            rest = offset * (level.years - self.moments[s].year)
            self.choices[s] = (Choice("", rest, ((self.done, 1.0),)),)
        self.choices.append((Choice("", 0.0, ((self.done, 1.0),)),))

    @property
    def total_offset(self) -> float:
        """What the optimum of the process has more than the treasure map, on account of the offset."""
        return self.offset * self.level.years

    def _fewest(self) -> int:
        """At least so many states there are, told before any is made.

        In full sight a life that comes to a place can meet there every state that a current can be in by then, in any
        combination, since currents are independent.  With limited sight this says nothing.
        """
        level, reached, states = self.level, {(0, self.level.start)}, 0
        if level.sight is not None:
            return 1
        for year in range(level.years):
            for place in level.lanes_from:
                if (year, place) in reached:
                    ahead = (lane for lane in level.lanes_from[place] if year + lane.years <= level.years)
                    reached.update((year + lane.years, lane.head) for lane in ahead)
        for year, place in reached:
            rows = (self._powers[i][year][level.currents[i].start] for i in self._matters[year, place])
            states += prod(sum(chance > 0 for chance in row) for row in rows)
        return states

    def _choices(self, moment: Moment) -> Iterator[Choice]:
        k = moment.unseen
        if k is not None:
            i, state, seen, sees = moment.pending[k]
            before, after = moment.pending[:k], moment.pending[k + 1 :]
            looks = [
                (self._number(Moment(moment.year, moment.place, (*before, (i, new, sees, sees), *after))), chance)
                for new, chance in enumerate(self._powers[i][sees - seen][state])
                if chance > 0
            ]
            yield Choice("", 0.0, tuple(looks))
            return
        last = {i: (state, seen) for i, state, seen, _ in moment.pending}
        for lane in self.level.lanes_from[moment.place]:
            if moment.year + lane.years <= self.level.years:
                arrival = self._arrive(moment, lane)
                yield Choice(lane.id, self._reward(moment, lane, last), ((self._number(arrival), 1.0),))

    def _reward(self, moment: Moment, lane: Lane, last: dict[int, tuple[int, int]]) -> float:
        light = self._light[lane.id]
        total = self._arrival[lane.head] + lane.years * self.offset
        current = None if lane.current is None else self.level.current_index[lane.current]
        if current is None or current not in last:
            return total + lane.years * light[0]
        state, seen = last[current]
        for year in range(moment.year, moment.year + lane.years):
            row = self._powers[current][year - seen][state]
            total += sum(chance * x for chance, x in zip(row, light, strict=True))
        return float(total)

    def _arrive(self, moment: Moment, lane: Lane) -> Moment:
        """The head of a lane, where currents in sight are to be seen, and the lane's own water was felt a year ago."""
        year = moment.year + lane.years
        felt = None if lane.current is None else self.level.current_index[lane.current]
        sight, matters = self.level.seen_from[lane.head], self._matters[year, lane.head]
        pending = [
            (i, state, seen, year if i in sight else max(seen, year - 1) if i == felt else seen)
            for i, state, seen, _ in moment.pending
            if i in matters
        ]
        return Moment(year, lane.head, tuple(pending))

    def _number(self, moment: Moment) -> int:
        if moment not in self._numbers:
            self._numbers[moment] = len(self.moments)
            self.moments.append(moment)
        return self._numbers[moment]

    def _find_what_matters(self) -> dict[tuple[int, str], frozenset[int]]:
        """The currents on which light depends that can still be had from a place in a year."""
        level = self.level
        matters: dict[tuple[int, str], frozenset[int]] = {}
        for year in reversed(range(level.years + 1)):
            for place, lanes in level.lanes_from.items():
                found: set[int] = set()
                for lane in lanes:
                    if year + lane.years <= level.years:
                        found |= matters[year + lane.years, lane.head]
                        if lane.current is not None and len(set(self._light[lane.id])) > 1:
                            found.add(level.current_index[lane.current])
                matters[year, place] = frozenset(found)
        return matters


def _lights(lane: Lane, weights: Weights) -> list[float]:
    """The light of a year on a lane, one number for each state of its current."""
    return [scalarised(light, weights) for light in zip(*lane.light, strict=True)]
