"""One life being played: what may be seen of it, and the choice of a lane.

The layer between rules and screens.  A screen asks a session what there is to see and tells it which lane was taken; it
never sees the landscape ahead or the solver's arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from game.model import (
    Event,
    Lane,
    Level,
    Life,
    Look,
    Sighting,
    Weights,
    begin,
    draw_landscape,
    open_lanes,
    scalarised,
    shown,
)
from game.policy import Policy
from game.simulate import Record, live
from game.steering import Hand, Steering, Turn, hand_after, may_turn, require_turn


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


class Session:
    """A life in play on ``level``, in the water of ``seed``, begun by the value function ``value_function``.

    ``turns`` are the turns to other value functions, of which those behind the life as it stands are in force; a replay
    knows those to come as well.  ``looks`` are the numbers of decisions before which a replay looks through the
    spyglass, as far as they are still to come.  What ``steering`` says is what is in hand, or by what the life is
    looked at.
    """

    def __init__(
        self,
        level: Level,
        seed: int,
        value_function: str,
        weights: Weights,
        bets: Bets | None = None,
        ghosts: list[Ghost] | None = None,
        sentence: str = "",
        turns: Sequence[Turn] = (),
        looks: Sequence[int] = (),
    ) -> None:
        self.level, self.seed = level, seed
        self.begun = Steering(value_function, weights, sentence)
        self.turns = tuple(turns)
        self.looks = tuple(looks)
        self.bets = Bets() if bets is None else bets
        self.ghosts = [] if ghosts is None else ghosts
        self.landscape = draw_landscape(level, seed)
        self.record = Record(begin(level))
        self._looked_at_by: Steering | None = None

    # --- by whose light -----------------------------------------------------------------------------------------------

    @property
    def hand(self) -> Hand:
        """What is in hand after the lanes taken so far."""
        return hand_after(self.level, self.begun, self.turns, len(self.record.lanes))

    @property
    def steering(self) -> Steering:
        """The value function in hand, or the one by which the life is looked at."""
        return self._looked_at_by or self.hand.held

    @property
    def value_function(self) -> str:
        """The name of the value function in hand."""
        return self.steering.name

    @property
    def weights(self) -> Weights:
        """The weights of the value function in hand."""
        return self.steering.weights

    @property
    def may_turn(self) -> bool:
        """Whether another value function can be taken up here and now."""
        return may_turn(self.level, self.record.lanes) and not self.finished

    def turn_to(self, steering: Steering) -> None:
        """Asks for another value function, here and now.  Raises TurnRefused."""
        turn = Turn(len(self.record.lanes), steering)
        require_turn(self.level, self.record.lanes, turn)
        self.turns = (*self.turns, turn)

    def forget_turns_ahead(self) -> None:
        """Drops the turns and looks of a replay that are still to come, because from here on somebody else lives."""
        self.looks = ()
        self.turns = tuple(turn for turn in self.turns if turn.decisions <= len(self.record.lanes))

    @property
    def lights(self) -> tuple[Steering, ...]:
        """All value functions that this life can be looked at by, the one in hand first.

        Then come those that it was steered by or wanted, latest first, and the level's own.
        """
        used = [self.hand.held, *(turn.to for turn in reversed(self.turns)), self.begun]
        names = list(self.level.value_functions) or [self.level.default_value_function]
        own = [Steering(name, self.level.weights(name)) for name in names]
        distinct: dict[tuple[str, Weights], Steering] = {}
        for each in (*used, *own):
            distinct.setdefault((each.name, each.weights), each)
        return tuple(distinct.values())

    def looked_at_by(self, steering: Steering) -> Session:
        """The same life, looked at by another value function."""
        other = copy(self)
        other._looked_at_by = None if steering == self.hand.held else steering
        return other

    # --- the life -----------------------------------------------------------------------------------------------------

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
        """Takes a lane to its end and returns what happened on it.  Raises LaneNotOpen.

        A replay that looked before this decision looks first.
        """
        if len(self.record.lanes) in self.looks and self.may_look:
            self.look()
        self.record = self.record.extended(self.level, lane, self.landscape)
        return self.record.legs[-1].events

    @property
    def may_look(self) -> bool:
        """Whether a look through the spyglass would show something that has not been seen this year."""
        return bool(shown(self.level, self.life))

    @property
    def price(self) -> float:
        """What a look through the spyglass costs, under the session's value function; 0 where there is none."""
        return 0.0 if self.level.spyglass is None else scalarised(self.level.spyglass.price, self.weights)

    def look(self) -> Look:
        """Looks through the spyglass and returns what it showed.  Raises NothingToLookAt."""
        record = self.record.looked(self.level, self.landscape)
        self.record = record
        return record.glances[-1][1].look

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
