"""The voyage: a session and the moment of it that is being shown.

The rules live a whole lane at once; here it is shown year by year.  The voyage knows where the boat is on its lane,
which year that is, and which of the lane's events have been shown; everything else (what can be seen, which lanes are
open) it asks the session *for the shown year*.  No pygame, no pixels: it is driven by ``update`` and by the few things
that a person can do, and both ways of steering lead to the same ``Session.choose``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from game.app import boat as boats
from game.app.boat import Boat, Mouth, Stretch
from game.geography import Geography
from game.model import Event, Lane, Rest, Sighting, YearOnLane
from game.session import Session, Water, water_of
from game.simulate import Leg

DWELL = 1.2
"""Seconds for which each year stands still under reduced motion."""

REPLAY_PAUSE = 1.4
"""Seconds at each fork before a replay takes its recorded lane."""


class Mode(Enum):
    """How a lane is chosen: without a clock, or by steering."""

    STEP = "step"
    DRIVE = "drive"


class Voyage:
    """A session as it is being shown, on the channels of ``geography``.

    ``script`` is a list of lane ids that are taken one after another without anybody choosing: a replay.  With
    ``reduced_motion`` nothing glides: each year of a lane is one still moment, and no fork has a clock.
    """

    def __init__(
        self,
        session: Session,
        geography: Geography,
        *,
        mode: Mode = Mode.STEP,
        script: Sequence[str] | None = None,
        reduced_motion: bool = False,
    ) -> None:
        self.session = session
        self.geography = geography
        self.mode = mode
        self.script = list(script or ())
        self.is_replay = script is not None
        self.playing = True
        """Whether a replay goes on by itself."""
        self.pace = 1.0
        """How many times as fast as it was lived a replay goes on."""
        self.reduced_motion = reduced_motion
        self.leg: Leg | None = None
        """The lane being travelled, or None at a place."""
        self.boat = Boat(fraction=1.0)
        self.moored = True
        """Whether the boat waits for somebody to take the helm, so that the basin's clock stands still."""
        self.decided = False
        """Whether somebody has set the helm on the way, and the fork is as it looked then: the boat goes on through."""
        self._foreseen: list[int | None] = []
        self._shown = 0
        self._still = 0.0
        self._stretch = Stretch(1.0, (0.5,))
        self._heading = self._heading_at_rest()
        self._mouths = self._mouths_ahead()

    # --- the moment being shown -------------------------------------------------------------------------------------

    @property
    def level_years(self) -> int:
        """The years of a whole life."""
        return self.session.level.years

    @property
    def resting(self) -> bool:
        """Whether the life has come to rest and that has been shown."""
        return self.leg is None and self.session.finished

    @property
    def choosing(self) -> bool:
        """Whether the boat lies at a fork and a lane has to be chosen."""
        return self.leg is None and not self.session.finished

    @property
    def replaying(self) -> bool:
        """Whether a record is being played, or is held at its end."""
        return self.is_replay

    @property
    def recorded_years(self) -> int:
        """The years that a replay goes through, from the first lane to the last recorded one."""
        known = self.session.level.lane_index
        return self.session.life.year + sum(
            self.session.level.lane(lane).years for lane in self.script if lane in known
        )

    @property
    def year(self) -> int:
        """The year being shown, from 0 to the level's horizon."""
        if self.leg is None:
            return self.session.life.year
        return self.leg.before.year + self._stretch.year_at(self.boat.fraction)

    @property
    def time(self) -> float:
        """The moment being shown, in years since the beginning; between whole years while on a lane."""
        if self.leg is None:
            return float(self.session.life.year)
        return self.leg.before.year + self.boat.fraction * len(self._stretch.wetness)

    @property
    def place(self) -> str | None:
        """The place the boat lies at, or None on a lane."""
        return self.session.life.place if self.leg is None else None

    @property
    def lane(self) -> Lane | None:
        """The lane the boat is on, or None at a place."""
        return None if self.leg is None else self.session.level.lane(self.leg.lane)

    @property
    def next_place(self) -> str:
        """The place where the next choice is: the one the boat lies at or comes to."""
        return self.session.life.place

    @property
    def light(self) -> tuple[float, ...]:
        """The light by value of all that has been shown so far."""
        if self.leg is None:
            return self.session.life.light
        gained = [event.light for event in self.leg.events[: self._shown] if not isinstance(event, Rest)]
        return tuple(sum(parts) for parts in zip(self.leg.before.light, *gained, strict=True))

    @property
    def travelled(self) -> tuple[str, ...]:
        """The lanes entered so far, in order."""
        return self.session.record.lanes

    def sightings(self) -> tuple[Sighting, ...]:
        """What is known of every current in the year being shown, and nothing of any later year."""
        return self.session.sightings(self.year)

    def water(self, lane: Lane) -> Water:
        """What is known of a lane's water in the year being shown."""
        return water_of(self.session.level, lane, self.sightings(), self.year)

    @property
    def heading(self) -> float:
        """The direction in which the boat comes out of its lane, in radians (y down)."""
        return self._heading

    @property
    def swiftness(self) -> float:
        """How many times as fast as on a dry bed the boat runs just now."""
        return boats.swiftness(self._stretch.wetness_at(self.boat.fraction))

    @property
    def sideways(self) -> float:
        """Where the boat is seen across its channel, from -1 (left) to 1 (right)."""
        return 0.0 if self.leg is None or self.reduced_motion else boats.sideways(self.boat, self._stretch)

    # --- the fork ---------------------------------------------------------------------------------------------------

    @property
    def mouths(self) -> tuple[Mouth, ...]:
        """The mouths of the fork the boat lies at or comes to, from left to right.

        Which lanes will be open there follows from the year of arrival alone, so nothing is given away.
        """
        return self._mouths

    @property
    def aimed(self) -> str | None:
        """The lane into which the boat would go if nobody steered any more, or None where none is open."""
        mouths = self.mouths
        return mouths[boats.mouth_at(mouths, self.boat.aim)].lane if mouths else None

    @property
    def patience(self) -> float:
        """How much of the basin's time is left, from 1 (all of it) to 0."""
        if self.leg is not None or self.moored or not self.mouths:
            return 1.0
        return max(0.0, 1.0 - self.boat.waited / boats.patience(self.mouths, self.decided))

    def decide(self) -> None:
        """On the way: the mouth that the helm is on is the one, so the boat need not wait long before it.

        It does all the same where the year of arrival has brought other water, since that is worth looking up for.
        """
        if self.leg is not None:
            self.decided, self.moored, self._foreseen = True, False, self._water_ahead()

    def _water_ahead(self) -> list[int | None]:
        return [self.water(self.session.level.lane(mouth.lane)).state for mouth in self.mouths]

    def steer(self, side: int) -> None:
        """One tap of the helm, to the left (-1) or the right (1)."""
        self.boat = boats.tapped(self.boat, self.mouths, side)
        self._at_the_helm()

    def lean(self, aim: float) -> None:
        """Lets the boat lean as far as ``aim`` (-1 left to 1 right), and so towards a mouth."""
        before, self.boat = self.aimed, replace(self.boat, aim=min(1.0, max(-1.0, aim)))
        if self.moored or self.aimed != before:
            self._at_the_helm()

    def aim_at(self, lane: str) -> None:
        """Puts the helm on the mouth of a lane; does nothing if that lane is not open at the next fork."""
        self.boat = boats.aimed(self.boat, self.mouths, lane)
        self._at_the_helm()

    def aim_towards(self, x: float, y: float) -> None:
        """Puts the helm on the mouth nearest to the direction of (x, y), in world units, seen from the fork."""
        fork_x, fork_y = self.geography.places[self.next_place]
        if math.hypot(x - fork_x, y - fork_y) > 1.0:
            angle = math.atan2(y - fork_y, x - fork_x)
            before = self.boat.aim
            self.boat = boats.pointed(self.boat, self.mouths, self._heading, angle)
            if self.boat.aim != before and not self.moored:
                self._at_the_helm()

    def _at_the_helm(self) -> None:
        self.moored = False
        if self.choosing:
            self.boat = boats.linger(self.boat, self.mouths, self.decided)

    def _mouths_ahead(self) -> tuple[Mouth, ...]:
        exits = [(lane.id, self.way_out(lane.id)) for lane in self.session.open_lanes]
        return boats.mouths_of(self._heading, exits)

    def way_out(self, lane: str) -> float:
        """The direction in which a lane leaves its place: towards a point a little way down its channel."""
        channel = self.geography.channels[lane]
        fork_x, fork_y = self.geography.places[self.session.level.lane(lane).tail]
        x, y = channel.at(min(0.4, 55.0 / max(channel.length, 1.0)))
        return math.atan2(y - fork_y, x - fork_x)

    def _heading_at_rest(self) -> float:
        """Before the first lane: the mean direction of the ways out, or where the last lane led."""
        if self.travelled:
            return float(self.geography.channels[self.travelled[-1]].heading(1.0))
        exits = [self.way_out(lane.id) for lane in self.session.open_lanes]
        x, y = sum(map(math.cos, exits)), sum(map(math.sin, exits))
        return math.atan2(y, x) if math.hypot(x, y) > 1e-6 else 0.0

    # --- what happens -----------------------------------------------------------------------------------------------

    def choose(self, lane: str) -> None:
        """Enters a lane.  Raises LaneNotOpen, and RuntimeError between two places."""
        if self.leg is not None:
            raise RuntimeError("a lane can only be chosen at a place")
        self.session.choose(lane)
        self.leg = self.session.record.legs[-1]
        channel = self.geography.channels[lane]
        known = self.session.level.lane(lane)
        current = None if known.current is None else self.session.level.current_index[known.current]
        # Only the years already reached are ever read from this: the boat feels the water it is in.
        self._stretch = Stretch(
            max(float(channel.length), 1.0),
            tuple(
                0.5
                if current is None or spent.state is None
                else self.session.level.currents[current].wetness(spent.state)
                for spent in self.leg.years
            ),
            channel.bends(),
        )
        self._heading = float(channel.heading(1.0))
        self._mouths = self._mouths_ahead()
        self.boat = boats.entered(self.boat)
        self._shown, self._still, self.moored, self.decided = 0, 0.0, False, False
        if self.reduced_motion:
            self._stand_in_year(0)

    def update(self, dt: float) -> tuple[Event, ...]:
        """Lets ``dt`` seconds pass and returns the events that are shown now for the first time, in order."""
        if self.is_replay:
            dt *= self.pace
        if self.leg is not None:
            return self._travel(dt)
        if not self.choosing:
            return ()
        if self.is_replay and self.script:
            self._still += dt if self.playing else 0.0
            if self._still >= REPLAY_PAUSE:
                self.choose(self.script.pop(0))
        elif self.mode is Mode.DRIVE and not self.moored and not self.reduced_motion:
            self.boat = boats.drift(self.boat, self.mouths, dt)
            if self.boat.waited >= boats.patience(self.mouths, self.decided):
                self.choose(self.aimed or "")
        return ()

    def skip_year(self) -> tuple[Event, ...]:
        """Goes on to the next year of the lane, or to its end, and returns what is shown by that."""
        if self.leg is None:
            return ()
        return self._stand_in_year(self._stretch.year_at(self.boat.fraction) + 1)

    def skip_lane(self) -> tuple[Event, ...]:
        """Goes on to the end of the lane and returns what is shown by that."""
        return () if self.leg is None else self._stand_in_year(len(self._stretch.wetness))

    def take_next(self) -> tuple[Event, ...]:
        """One step of a replay: to the end of the lane, or into the next recorded one."""
        if self.leg is not None:
            return self.skip_lane()
        if self.choosing and self.script:
            self.choose(self.script.pop(0))
        return ()

    def take_back(self) -> None:
        """One step of a replay backwards: to the fork where the last lane was taken."""
        taken = self.travelled
        if not taken:
            return
        self.script.insert(0, taken[-1])
        self.session.rewind(len(taken) - 1)
        self._lie_at_place()

    def seek(self, time: float) -> None:
        """Puts a replay at a moment, in years since the beginning, as far as its lanes are recorded.

        At the beginning of a recorded lane it lies at the fork.  Raises LaneNotOpen where the record takes a lane that
        is not open; the boat then lies at that fork.
        """
        lanes = [*self.travelled, *self.script]
        behind_it = sum(leg.after.year <= time for leg in self.session.record.legs)
        self.script = lanes[behind_it:]
        self.session.rewind(behind_it)
        self._lie_at_place()
        while self.script and self.session.life.year < time:
            self.choose(self.script.pop(0))
            assert self.leg is not None
            begun, years = self.leg.before.year, self.leg.after.year - self.leg.before.year
            if self.leg.after.year <= time:
                self._lie_at_place()
                continue
            behind = (math.floor(time - begun) + 0.5) if self.reduced_motion else time - begun
            self.boat = replace(self.boat, fraction=min(1.0 - 1e-6, behind / years))
            self._shown = int(self.boat.fraction * years + 1e-9)

    def _lie_at_place(self) -> None:
        """Takes the boat off its lane, to where the life stands."""
        self.leg, self._still = None, 0.0
        self.boat, self._heading = Boat(fraction=1.0), self._heading_at_rest()
        self._mouths = self._mouths_ahead()

    def _travel(self, dt: float) -> tuple[Event, ...]:
        if self.is_replay and not self.playing:
            return ()
        if not self.reduced_motion:
            self.boat = boats.run(self.boat, self._stretch, dt)
            return self._show_what_lies_behind()
        self._still += dt
        if self._still < DWELL:
            return ()
        return self.skip_year()

    def _stand_in_year(self, year: int) -> tuple[Event, ...]:
        """Puts the boat at the beginning of a year of the lane (under reduced motion: in its middle)."""
        self._still = 0.0
        years = len(self._stretch.wetness)
        fraction = (year + (0.5 if self.reduced_motion else 0.0)) / years
        self.boat = replace(self.boat, fraction=min(1.0, fraction))
        return self._show_what_lies_behind()

    def _show_what_lies_behind(self) -> tuple[Event, ...]:
        assert self.leg is not None
        if self.boat.arrived:
            news = self.leg.events[self._shown :]
            self.leg, self._still = None, 0.0
            self.decided = self.decided and self._foreseen == self._water_ahead()
            # The time left over in this tick belongs to the basin.
            return news
        behind = int(self.boat.fraction * len(self._stretch.wetness) + 1e-9)
        news = self.leg.events[self._shown : behind]
        self._shown = behind
        assert all(isinstance(event, YearOnLane) for event in news)
        return news
