"""The scene: what a moment of the voyage looks like, and everything about it that moves.

It turns the voyage into a frame of the map and into what the sheets of paper say.  Time passes in ``update`` only; a
frame and a showing are made from the state alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from game.app.draw.map_frame import BoatMark, LaneMark, MapFrame, Seen
from game.app.draw.map_view import MapView
from game.app.screens.drive_camera import View
from game.app.screens.drive_floats import FLOATING, Float
from game.app.screens.drive_forks import Fork
from game.app.screens.drive_ghosts import Company, light_until, places_of, short_name
from game.app.screens.drive_glow import lit_lanes, told
from game.app.screens.drive_lent import LentMaps
from game.app.screens.drive_sayings import showing_of
from game.app.screens.drive_showing import DOCKS, Dock, Showing
from game.app.screens.drive_voyage import Mode, Voyage
from game.model import Event, Rest, Sighting, scalarised
from game.session import Ghost
from game.simulate import whereabouts
from game.words import say

TURNING = 0.9
"""Seconds in which one year's water gives way to the next one's."""

NOTICE = 3.2
"""Seconds for which a notice stays."""

_BERTHS = (-0.85, 0.85, -0.3, 0.45)


class Scene:
    """What is seen of a voyage: the water and its turning, the light counted so far, the camera, what to notice."""

    def __init__(self, voyage: Voyage, view: View, company: Company, lent: LentMaps) -> None:
        self.voyage = voyage
        self.lent = lent
        self.view = view
        self.company = company
        self.dock: Dock = DOCKS[0]
        self.notice = ""
        self.followed: Ghost | None = None
        """The ghost that the view follows in a replay, or None for the boat of the life itself."""
        self.behind = False
        """Whether the world is seen from behind the boat and not from above."""
        self.news: tuple[Event, ...] = ()
        """What has happened since the last lane was entered."""
        self.floats: tuple[Float, ...] = ()
        self.turning = 1.0
        """How far the water has turned to this year's, from 0 to 1."""
        self.light = self.gathered()
        """The light that the card of the year shows; it follows what has been gathered."""
        self._noticed = 0.0
        self._known: tuple[tuple[Sighting, ...], int] | None = None
        self.water: dict[str, Seen] = {}
        self.water_before: Mapping[str, Seen] | None = None
        self._see()

    # --- time -------------------------------------------------------------------------------------------------------

    @property
    def still(self) -> bool:
        """Whether nothing may move."""
        return self.voyage.reduced_motion

    def update(self, dt: float, events: tuple[Event, ...]) -> None:
        """Lets ``dt`` seconds pass in which ``events`` were shown."""
        self.take_in(events)
        self.lent.update()
        self._see()
        if self.still:
            self.turning, self.light, self.floats = 1.0, self.gathered(), ()
            self.view = self.view.following(self.boat_at(), math.inf)
            return
        self.turning = min(1.0, self.turning + dt / TURNING)
        if self.turning >= 1.0:
            self.water_before = None
        rest = self.gathered() - self.light
        self.light = self.gathered() if abs(rest) < 0.03 else self.light + rest * (1.0 - math.exp(-5.0 * dt))
        self.floats = tuple(replace(each, age=each.age + dt) for each in self.floats if each.age + dt < FLOATING)
        self.view = self.view.following(self.boat_at(), dt)
        if self.notice:
            self._noticed += dt
            if self._noticed >= NOTICE:
                self.notice = ""

    def take_in(self, events: tuple[Event, ...]) -> None:
        """Remembers what was shown, and lets its light float up."""
        self.news += events
        weights = self.voyage.session.weights
        gathered = [scalarised(event.light, weights) for event in events if not isinstance(event, Rest)]
        # What the life gathers does not rise from the boat of a ghost that is followed, nor nothing from a place.
        arrived = self.voyage.leg is None
        if gathered and self.followed is None and (any(gathered) or not arrived):
            text = told(self.voyage.session.level, weights, sum(gathered))
            self.floats += (Float(text, self.boat_at(), at_place=arrived),)

    def set_out(self) -> None:
        """Forgets the last lane's news, because another one has been entered; where one looked aside, looks back."""
        self.news, self.view = (), self.view.rejoined()

    def jumped(self) -> None:
        """The replay shows another moment at once: nothing of the one before floats or counts up any more."""
        self.floats, self.light = (), self.gathered()

    def ghosts_shown(self) -> tuple[Ghost, ...]:
        """The ghosts that are shown, in the order of the session."""
        return tuple(ghost for ghost in self.voyage.session.ghosts if ghost.name in self.company.shown)

    def say(self, notice: str) -> None:
        """Shows a notice for a while."""
        self.notice, self._noticed = notice, 0.0

    def gathered(self) -> float:
        """The light that the boat that is followed has gathered until now, as one number."""
        return scalarised(self.light_by_value(), self.voyage.session.weights)

    def light_by_value(self) -> tuple[float, ...]:
        """What the boat that is followed has gathered until now."""
        if self.followed is None:
            return self.voyage.light
        return light_until(self.followed.record, self.voyage.time)

    def _see(self) -> None:
        """Takes in this year's water, as far as it can be seen."""
        known = (self.voyage.sightings(), self.voyage.year)
        if known == self._known:
            return
        before = self.water
        self.water = {}
        for lane in self.voyage.session.level.lanes:
            water = self.voyage.water(lane)
            self.water[lane.id] = Seen(water.wetness, water.years_ago, water.state is None)
        if self._known is not None and before != self.water:
            self.water_before, self.turning = before, 0.0
        self._known = known

    # --- the map ----------------------------------------------------------------------------------------------------

    def boat_at(self) -> tuple[float, float]:
        """Where the boat that is followed is, in world units."""
        voyage = self.voyage
        if self.followed is not None:
            spot = whereabouts(self.followed.record, voyage.time)
            if spot.lane is None:
                return voyage.geography.places[spot.place]
            return voyage.geography.channels[spot.lane].at(spot.fraction)
        if voyage.leg is None:
            return voyage.geography.places[voyage.next_place]
        return voyage.geography.channels[voyage.leg.lane].at(voyage.boat.fraction)

    def frame(self, time: float, fork: Fork, focus: str | None, hovered: str | None) -> MapFrame:
        """The map at this moment; ``time`` in seconds moves the water."""
        voyage = self.voyage
        pressable = voyage.choosing or (voyage.mode is Mode.DRIVE and not voyage.replaying)
        marks = (
            {row.lane.id: LaneMark(key=row.key or None, focused=row.lane.id == focus) for row in fork.rows}
            if pressable
            else {}
        )
        if hovered is not None and hovered not in marks:
            marks[hovered] = LaneMark(focused=True)
        return MapFrame(
            time=0.0 if self.still else time,
            water=self.water,
            lanes=marks,
            place=voyage.next_place,
            boats=(*self._ghosts(), self._boat()),
            trail=self._trail(),
            plan=tuple(dict.fromkeys(voyage.session.bets.plan or ())),
            lit=self._lit(fork),
            lent=self.lent.mark(),
            camera=self.view.camera,
            year_turn=self.turning,
            water_before=self.water_before,
        )

    def _lit(self, fork: Fork) -> dict[str, str | int]:
        """How bright lanes are; those of the fork come first, since where there is little room the last ones wait."""
        lit = lit_lanes(self.voyage.session, self.voyage.water)
        first = [row.lane.id for row in fork.rows if row.lane.id in lit]
        return {lane: lit[lane] for lane in dict.fromkeys((*first, *lit))}

    def _trail(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.voyage.travelled))

    def lanes_drawn(self) -> tuple[tuple[str, str], ...]:
        """The lanes along which something is drawn, with what that is: "trail", "plan" or "lent"."""
        lent, plan = self.lent.mark(), self.voyage.session.bets.plan or ()
        ways = (("trail", self._trail()), ("plan", plan), ("lent", lent.path if lent else ()))
        return tuple(dict.fromkeys((kind, lane) for kind, lanes in ways for lane in lanes))

    def _boat(self) -> BoatMark:
        """The boat of the life itself; while another is followed it is drawn as a ghost, and that one as the boat."""
        voyage = self.voyage
        if self.followed is not None:
            name = say("drive.ghost_short.you")
            if voyage.leg is None:
                return BoatMark(place=voyage.next_place, style="ghost", name=name, heading=voyage.heading)
            return BoatMark(voyage.leg.lane, None, voyage.boat.fraction, voyage.sideways, "ghost", name)
        if voyage.leg is None:
            return BoatMark(place=voyage.next_place, heading=voyage.heading + voyage.boat.bearing)
        return BoatMark(lane=voyage.leg.lane, fraction=voyage.boat.fraction, lateral=voyage.sideways)

    def _ghosts(self) -> tuple[BoatMark, ...]:
        """Ghosts at the same moment; at a place they lie in the mouth they came out of, each at its own bank.

        Those that travel together share one label, so that no name is written over another.
        """
        channels, time = self.voyage.geography.channels, self.voyage.time
        marks: list[BoatMark] = []
        together: dict[object, int] = {}
        spots = places_of(self.voyage.session, self.company, time, choosing=self.voyage.choosing)
        for i, (ghost, spot) in enumerate(spots):
            if ghost is self.followed:
                spot = whereabouts(ghost.record, time)
                place = spot.place if spot.lane is None else None
                marks.append(BoatMark(spot.lane, place, spot.fraction))
                continue
            lane, fraction, name = spot.lane, spot.fraction, short_name(ghost.name)
            if lane is None:
                came = [leg.lane for leg in ghost.record.legs if leg.after.year <= time]
                if not came:
                    marks.append(BoatMark(place=spot.place, style="ghost", heading=self.voyage.heading))
                    continue
                lane = came[-1]
                fraction = 1.0 - min(0.5, 56.0 / max(channels[lane].length, 1.0))
            near = (lane, round(fraction * channels[lane].length / 40.0))
            first = together.setdefault(near, len(marks))
            if first < len(marks):
                joined = say("drive.list.dot").join((marks[first].name, name))
                marks[first], name = replace(marks[first], name=joined), ""
            marks.append(BoatMark(lane, None, fraction, _BERTHS[i % len(_BERTHS)], "ghost", name))
        return tuple(marks)

    # --- the paper --------------------------------------------------------------------------------------------------

    def showing(
        self, fork: Fork, focus: str | None, hovered: str | None = None, hovered_place: str | None = None
    ) -> Showing:
        """What the sheets say at this moment."""
        return showing_of(self, fork, focus, hovered, hovered_place)

    def keep_clear(self, map_view: MapView) -> list[tuple[float, float]]:
        """The screen points that no card may hide that nobody asked for: where the boat is, and the next fork."""
        if self.voyage.resting:
            return []
        return [map_view.to_screen(at) for at in (self.boat_at(), self.voyage.geography.places[self.voyage.next_place])]

    def look_at(self, map_view: MapView, fork: Fork) -> list[tuple[float, float]]:
        """The screen points that ought not to be hidden: the boat's lane, the next fork and the lanes that leave it."""
        channels = self.voyage.geography.channels
        points = [map_view.to_screen(self.voyage.geography.places[fork.place])] * 6
        lanes = [row.lane.id for row in fork.rows] + ([self.voyage.leg.lane] if self.voyage.leg else [])
        for lane in lanes:
            points += [map_view.to_screen(channels[lane].at(k / 12)) for k in range(13)]
        return points
