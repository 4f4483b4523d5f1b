"""Lives: the state of one life, and the one pure function that moves it.

``step(level, life, lane_id, landscape) -> (life, events)``.  Everything else, the game, ghosts, replays and the
simulator for single lives, is built on it.  Within a year the order is: see, choose a lane, collect this year's light,
then the landscape moves.  Where a level has a spyglass, ``look`` through it comes before the choice, if at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.model.landscape import Landscape
from game.model.level import Lane, Level


@dataclass(frozen=True)
class Sighting:
    """What is known of one current: the state last seen, and the year in which it was seen."""

    state: int
    year: int


@dataclass(frozen=True)
class Life:
    """A life at a place: the year, the place, what is known, the light by value so far and the lanes taken so far."""

    year: int
    place: str
    known: tuple[Sighting, ...]
    light: tuple[float, ...]
    lanes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """A look through the spyglass: the currents that it showed and that had not been seen this year, and its light.

    ``states`` are theirs now; ``light`` is the price, as light by value that is lost.
    """

    year: int
    place: str
    currents: tuple[int, ...]
    states: tuple[int, ...]
    light: tuple[float, ...]


@dataclass(frozen=True)
class YearOnLane:
    """A year spent on a lane: the ``k``-th of the lane's years (from 0), its current's state, the light by value."""

    year: int
    lane: str
    k: int
    state: int | None
    light: tuple[float, ...]


@dataclass(frozen=True)
class Arrival:
    """A place was reached at the beginning of ``year`` and gave its light."""

    year: int
    place: str
    light: tuple[float, ...]


@dataclass(frozen=True)
class Rest:
    """No lane fits into the years left: the life rests here."""

    year: int
    place: str


Event = Look | YearOnLane | Arrival | Rest


class LaneNotOpen(ValueError):
    """The lane does not leave this place, or does not fit into the years left."""


class NothingToLookAt(ValueError):
    """There is no spyglass here, or it would show nothing that has not been seen this year."""


def begin(level: Level) -> Life:
    """The life at year 0: at the level's start, with every current's start state known."""
    known = tuple(Sighting(current.start, 0) for current in level.currents)
    return Life(0, level.start, known, (0.0,) * len(level.values))


def open_lanes(level: Level, life: Life) -> tuple[Lane, ...]:
    """The lanes that can be taken now, in file order; none means that the life rests where it is."""
    return tuple(lane for lane in level.lanes_from[life.place] if life.year + lane.years <= level.years)


def shown(level: Level, life: Life) -> tuple[int, ...]:
    """The currents that a look would show and that have not been seen this year, where a lane is still to be chosen.

    Where there are none one cannot look: after a look, at the beginning, at rest, and without a spyglass.
    """
    if not level.shown_from[life.place] or not open_lanes(level, life):
        return ()
    return tuple(i for i in sorted(level.shown_from[life.place]) if life.known[i].year < life.year)


def look(level: Level, life: Life, landscape: Landscape) -> tuple[Life, Look]:
    """The life after a look through the spyglass, which takes no time, and what it showed.  Raises NothingToLookAt."""
    currents = shown(level, life)
    if level.spyglass is None or not currents:
        raise NothingToLookAt(f"there is nothing to look at from {life.place!r} in year {life.year}")
    states = tuple(landscape.state(life.year, i) for i in currents)
    known = list(life.known)
    for i, state in zip(currents, states, strict=True):
        known[i] = Sighting(state, life.year)
    paid = tuple(0.0 - price for price in level.spyglass.price)
    light = tuple(x + y for x, y in zip(life.light, paid, strict=True))
    return replace(life, known=tuple(known), light=light), Look(life.year, life.place, currents, states, paid)


def step(level: Level, life: Life, lane_id: str, landscape: Landscape) -> tuple[Life, tuple[Event, ...]]:
    """The life after taking a lane to its end, and what happened on the way, in order.

    Raises LaneNotOpen when the lane cannot be taken from here now.
    """
    lane = next((lane for lane in open_lanes(level, life) if lane.id == lane_id), None)
    if lane is None:
        raise LaneNotOpen(f"lane {lane_id!r} cannot be taken from {life.place!r} in year {life.year}")
    events: list[Event] = []
    collected = [life.light]
    current = None if lane.current is None else level.current_index[lane.current]
    for k in range(lane.years):
        year = life.year + k
        state = None if current is None else landscape.state(year, current)
        light = tuple(by_state[state or 0] for by_state in lane.light)
        events.append(YearOnLane(year, lane.id, k, state, light))
        collected.append(light)
    arrival = Arrival(life.year + lane.years, lane.head, level.place(lane.head).light)
    events.append(arrival)
    collected.append(arrival.light)
    moved = Life(
        year=arrival.year,
        place=arrival.place,
        known=_seen(level, life, current, arrival, landscape),
        light=tuple(sum(parts) for parts in zip(*collected, strict=True)),
        lanes=(*life.lanes, lane.id),
    )
    if not open_lanes(level, moved):
        events.append(Rest(moved.year, moved.place))
    return moved, tuple(events)


def _seen(level: Level, life: Life, felt: int | None, arrival: Arrival, landscape: Landscape) -> tuple[Sighting, ...]:
    """What is known on arrival: the lane's own current was felt a year ago, and the place shows what is in sight."""
    known = list(life.known)
    if felt is not None:
        known[felt] = Sighting(landscape.state(arrival.year - 1, felt), arrival.year - 1)
    for current in level.seen_from[arrival.place]:
        known[current] = Sighting(landscape.state(arrival.year, current), arrival.year)
    return tuple(known)
