"""One life being played: what may be seen of it, and the choice of a lane.

The layer between rules and screens.  A screen asks a session what there is to see and tells it which lane was taken; it
never sees the landscape ahead or the solver's arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.model import Event, Lane, Level, Life, Sighting, Weights, begin, draw_landscape, open_lanes, scalarised
from game.policy import Policy
from game.simulate import Record, live


@dataclass(frozen=True)
class Bets:
    """What somebody expected before setting off: a plan (lane ids) and an amount of light, both optional."""

    plan: tuple[str, ...] | None = None
    expectation: float | None = None


@dataclass(frozen=True)
class Ghost:
    """A life in the same water that drives beside the player's: its name in the words file, and its record."""

    name: str
    record: Record


@dataclass(frozen=True)
class Water:
    """What is known of a lane's water: the state last seen, how many years ago, and how wet it is from 0 to 1.

    A lane without a current has ``state`` None and is always half wet: its light never changes.
    """

    state: int | None
    years_ago: int
    wetness: float


@dataclass
class Session:
    """A life in play on ``level``, in the water of ``seed``, steered by the value function ``weights``."""

    level: Level
    seed: int
    value_function: str
    weights: Weights
    bets: Bets = field(default_factory=Bets)
    ghosts: list[Ghost] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.landscape = draw_landscape(self.level, self.seed)
        self.record = Record(begin(self.level))

    @property
    def life(self) -> Life:
        """The life as it stands."""
        return self.record.life

    @property
    def finished(self) -> bool:
        """Whether no lane can be taken any more."""
        return not self.open_lanes

    @property
    def open_lanes(self) -> tuple[Lane, ...]:
        """The lanes that can be taken now, in file order."""
        return open_lanes(self.level, self.life)

    @property
    def light(self) -> float:
        """The light collected so far, under the session's value function."""
        return self.record.total(self.weights)

    def choose(self, lane: str) -> tuple[Event, ...]:
        """Takes a lane to its end and returns what happened on it.  Raises LaneNotOpen."""
        self.record = self.record.extended(self.level, lane, self.landscape)
        return self.record.legs[-1].events

    def rewind(self, decisions: int) -> None:
        """Goes back to the fork after the first ``decisions`` lanes, in the same water."""
        self.record = Record(self.record.start, self.record.legs[:decisions])

    def add_ghost(self, name: str, policy: Policy) -> None:
        """Lets ``policy`` live in the same water, as a ghost called ``name``."""
        self.ghosts.append(Ghost(name, live(self.level, policy, self.landscape)))

    def add_record(self, name: str, record: Record) -> None:
        """Lets a life that was lived elsewhere in the same water drive along, as a ghost called ``name``."""
        self.ghosts.append(Ghost(name, record))

    def sightings(self, year: int) -> tuple[Sighting, ...]:
        """What is known of every current in ``year``: at the last place, and on the way since then.

        Never shows more than the level's sight allows: between places that is the water under the boat, or everything
        where sight is "all".
        """
        leg = next((leg for leg in self.record.legs if leg.before.year <= year < leg.after.year), None)
        if leg is None:
            return self.life.known
        if self.level.sight is None:
            return tuple(Sighting(state, year) for state in self.landscape.states[year])
        known = list(leg.before.known)
        current = self.level.lane(leg.lane).current
        if current is not None:
            felt = self.level.current_index[current]
            known[felt] = Sighting(self.landscape.state(year, felt), year)
        return tuple(known)

    def water(self, lane: Lane, year: int | None = None) -> Water:
        """What is known in ``year`` (default: now) of the water of ``lane``."""
        return water_of(
            self.level,
            lane,
            self.sightings(self.life.year if year is None else year),
            self.life.year if year is None else year,
        )

    def brightness(self, lane: Lane) -> float:
        """The light of one year on ``lane`` under the session's value function if its water is as last seen."""
        state = self.water(lane).state or 0
        return scalarised(tuple(by_state[state] for by_state in lane.light), self.weights)

    def next_year(self, lane: Lane) -> tuple[float, ...] | None:
        """The chance of each state of the lane's current one year from now, from what is known.

        None for a lane without a current, and where the level keeps its almanac closed.
        """
        if lane.current is None or not self.level.almanac:
            return None
        index = self.level.current_index[lane.current]
        seen = self.life.known[index]
        powers = self.level.currents[index].powers(self.life.year - seen.year + 1)
        return tuple(float(chance) for chance in powers[-1][seen.state])


def water_of(level: Level, lane: Lane, sightings: Sequence[Sighting], year: int) -> Water:
    """The water of ``lane`` as ``sightings`` of all currents show it in ``year``."""
    if lane.current is None:
        return Water(None, 0, 0.5)
    index = level.current_index[lane.current]
    seen = sightings[index]
    return Water(seen.state, year - seen.year, level.currents[index].wetness(seen.state))
