"""Whole lives: a policy lived through a landscape, leaving a record of every year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.model import (
    Arrival,
    Event,
    Landscape,
    Level,
    Life,
    Look,
    Weights,
    YearOnLane,
    begin,
    look,
    open_lanes,
    scalarised,
    step,
)
from game.policy import Policy, wants_look


@dataclass(frozen=True)
class Glance:
    """A look through the spyglass: the life before it and after it, and what it showed."""

    before: Life
    after: Life
    look: Look


@dataclass(frozen=True)
class Leg:
    """One decision of a life: the life before it, the lane taken, the life after it, and what happened between.

    ``before`` is the life as it chose: where it looked through the spyglass first, after that ``glance``.
    """

    before: Life
    lane: str
    after: Life
    events: tuple[Event, ...]
    glance: Glance | None = None

    @property
    def years(self) -> tuple[YearOnLane, ...]:
        """The years spent on the lane, in order."""
        return tuple(event for event in self.events if isinstance(event, YearOnLane))

    @property
    def arrival(self) -> Arrival:
        """The arrival at the end of the lane."""
        return next(event for event in self.events if isinstance(event, Arrival))

    def light(self, weights: Weights) -> float:
        """The light of the leg, arrival included and the price of a look taken off, as one number under ``weights``."""
        paid = scalarised(self.glance.look.light, weights) if self.glance else 0.0
        spent = sum(scalarised(spent.light, weights) for spent in self.years)
        return spent + scalarised(self.arrival.light, weights) + paid


@dataclass(frozen=True)
class Record:
    """A life as it was lived in a landscape, leg by leg; it may still be unfinished.

    ``glance`` is a look through the spyglass after which no lane has been taken yet.
    """

    start: Life
    legs: tuple[Leg, ...] = ()
    glance: Glance | None = None

    @property
    def life(self) -> Life:
        """The life as it stands."""
        if self.glance:
            return self.glance.after
        return self.legs[-1].after if self.legs else self.start

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes taken, in order."""
        return self.life.lanes

    def extended(self, level: Level, lane: str, landscape: Landscape) -> Record:
        """The record after one more lane.  Raises LaneNotOpen."""
        after, events = step(level, self.life, lane, landscape)
        return Record(self.start, (*self.legs, Leg(self.life, lane, after, events, self.glance)))

    def looked(self, level: Level, landscape: Landscape) -> Record:
        """The record after a look through the spyglass.  Raises NothingToLookAt."""
        after, seen = look(level, self.life, landscape)
        return Record(self.start, self.legs, Glance(self.life, after, seen))

    @property
    def glances(self) -> tuple[tuple[int, Glance], ...]:
        """Every look through the spyglass, with the number (from 0) of the decision that it came before."""
        all_glances = (*(leg.glance for leg in self.legs), self.glance)
        return tuple((k, glance) for k, glance in enumerate(all_glances) if glance)

    def total(self, weights: Weights) -> float:
        """All light collected, as one number under ``weights``."""
        return scalarised(self.life.light, weights)

    def light_by_year(self, weights: Weights, years: int) -> tuple[float, ...]:
        """Light of each year 0 .. years - 1; what an arrival gives counts for the year that led to it.

        The price of a look is taken off the year in which it was paid.
        """
        by_year = [0.0] * years
        for leg in self.legs:
            for spent in leg.years:
                by_year[spent.year] += scalarised(spent.light, weights)
            by_year[leg.arrival.year - 1] += scalarised(leg.arrival.light, weights)
        for _, glance in self.glances:
            by_year[glance.look.year] += scalarised(glance.look.light, weights)
        return tuple(by_year)


@dataclass(frozen=True)
class Whereabouts:
    """Where a life is at a moment: on ``lane`` with ``fraction`` (0 to 1) of it behind, or at rest at ``place``."""

    place: str
    lane: str | None = None
    fraction: float = 0.0


def whereabouts(record: Record, time: float) -> Whereabouts:
    """Where the life of ``record`` is ``time`` years after the beginning (a fraction of a year is fine)."""
    for leg in record.legs:
        if leg.before.year <= time < leg.after.year:
            return Whereabouts(
                leg.before.place, leg.lane, (time - leg.before.year) / (leg.after.year - leg.before.year)
            )
    return Whereabouts(record.life.place)


def live(level: Level, policy: Policy, landscape: Landscape) -> Record:
    """The whole life of ``policy`` in ``landscape``."""
    record = Record(begin(level))
    for record in lived(level, policy, landscape):  # noqa: B007
        pass
    return record


def lived(level: Level, policy: Policy, landscape: Landscape, record: Record | None = None) -> Iterator[Record]:
    """The records of a life after each of its decisions, going on from ``record`` or from the beginning.

    A look through the spyglass belongs to the decision that it comes before.
    """
    record = record or Record(begin(level))
    while open_lanes(level, record.life):
        if wants_look(level, policy, record.life):
            record = record.looked(level, landscape)
        record = record.extended(level, policy.choose(record.life), landscape)
        yield record
