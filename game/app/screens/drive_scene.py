"""The scene: what a moment of the voyage looks like, and everything about it that moves.

It turns the voyage into a frame of the map and into what the sheets of paper say.  Time passes in ``update`` only; a
frame and a showing are made from the state alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.app.action import Action
from game.app.draw.map_frame import BoatMark, LaneMark, MapFrame, Seen
from game.app.draw.map_view import MapView
from game.app.screens.drive_camera import View
from game.app.screens.drive_cards import PlaceCard, WaterCard, YearCard, keys_text
from game.app.screens.drive_forks import Fork, Row, any_row, state_name
from game.app.screens.drive_ghosts import Company, light_until, places_of, short_name
from game.app.screens.drive_glow import in_all, light_text, lit_lanes, told
from game.app.screens.drive_lent import LentMaps
from game.app.screens.drive_showing import DOCKS, BarButton, Dock, LegendEntry, RestCard, Showing
from game.app.screens.drive_telling import brief
from game.app.screens.drive_voyage import Mode, Voyage
from game.model import Event, Level, Rest, Sighting, scalarised
from game.session import Ghost
from game.simulate import whereabouts
from game.steering import called
from game.words import number, say

TURNING = 0.9
"""Seconds in which one year's water gives way to the next one's."""

NOTICE = 3.2
"""Seconds for which a notice stays."""

FLOATING = 1.6
"""Seconds for which light floats up from the boat."""

_LATEST = 4
_BERTHS = (-0.85, 0.85, -0.3, 0.45)


@dataclass(frozen=True)
class Float:
    """Light that has just been gathered: its text, where in the world, and for how many seconds it has been rising."""

    text: str
    at: tuple[float, float]
    age: float = 0.0


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
        self.light = self._gathered()
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
            self.turning, self.light, self.floats = 1.0, self._gathered(), ()
            self.view = self.view.following(self.boat_at(), math.inf)
            return
        self.turning = min(1.0, self.turning + dt / TURNING)
        if self.turning >= 1.0:
            self.water_before = None
        rest = self._gathered() - self.light
        self.light = self._gathered() if abs(rest) < 0.03 else self.light + rest * (1.0 - math.exp(-5.0 * dt))
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
        if gathered:
            self.floats += (Float(told(self.voyage.session.level, weights, sum(gathered)), self.boat_at()),)

    def set_out(self) -> None:
        """Forgets the last lane's news, because another one has been entered."""
        self.news = ()

    def jumped(self) -> None:
        """The replay shows another moment at once: nothing of the one before floats or counts up any more."""
        self.floats, self.light = (), self._gathered()

    def ghosts_shown(self) -> tuple[Ghost, ...]:
        """The ghosts that are shown, in the order of the session."""
        return tuple(ghost for ghost in self.voyage.session.ghosts if ghost.name in self.company.shown)

    def say(self, notice: str) -> None:
        """Shows a notice for a while."""
        self.notice, self._noticed = notice, 0.0

    def _gathered(self) -> float:
        return scalarised(self._light_by_value(), self.voyage.session.weights)

    def _light_by_value(self) -> tuple[float, ...]:
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
            trail=tuple(dict.fromkeys(voyage.travelled)),
            plan=tuple(dict.fromkeys(voyage.session.bets.plan or ())),
            lit=lit_lanes(voyage.session, voyage.water),
            lent=self.lent.mark(),
            camera=self.view.camera,
            year_turn=self.turning,
            water_before=self.water_before,
        )

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
        voyage = self.voyage
        choosing = voyage.choosing
        looked_at = hovered or (focus if choosing else None)
        side = self._side(fork, looked_at, hovered_place)
        place = voyage.session.level.place(fork.place).label
        return Showing(
            year=self._year_card(),
            side=side,
            fork=fork if fork.rows else None,
            focus=focus,
            title=say("drive.from_title" if choosing else "drive.next_title", place=place.upper()),
            hint=self._hint(),
            dock=self.dock,
            bar=bar_of(voyage, self.behind),
            legend=() if voyage.resting or self.behind or voyage.replaying else legend_of(voyage.session.level),
            notice=self.notice,
            rest=self._rest_card() if voyage.resting else None,
            lent=self.lent.card() if not voyage.resting else None,
        )

    def _year_card(self) -> YearCard:
        session, voyage = self.voyage.session, self.voyage
        values = session.level.values
        total = self._gathered()
        by_value = (
            tuple(
                (value.label, number(part))
                for value, part in zip(values, self._light_by_value(), strict=True)
                if session.level.counts(value.name)
            )
            if len(values) > 1
            else ()
        )
        crisp = session.level.is_crisp(session.weights)
        return YearCard(
            year=min(voyage.year + 1, voyage.level_years),
            years=voyage.level_years,
            light=number(total if self.light == total else round(self.light, 1))
            if crisp
            else in_all(session.level, session.weights, total, voyage.year),
            counted_as=say("drive.counted_as", name=called(session.level, session.value_function))
            if self.followed is None
            else say("drive.replay.light_of", name=short_name(self.followed.name)),
            by_value=by_value,
            vague=not crisp,
        )

    def _side(self, fork: Fork, lane: str | None, place: str | None) -> Row | WaterCard | PlaceCard | None:
        voyage, level = self.voyage, self.voyage.session.level
        if lane is not None:
            return fork.row(lane) or any_row(voyage, lane)
        if place is not None:
            light = light_text(level, level.place(place).light)
            asks = say("drive.card_arrival", light=light) if any(level.place(place).light) else ""
            return PlaceCard(level.place(place).label, asks, ())
        if voyage.resting:
            return None
        behind = tuple(brief(voyage, event) for event in self.news if not isinstance(event, Rest))[-_LATEST:]
        if voyage.choosing:
            asks = say("drive.choose") if not voyage.replaying else say("drive.replay.title")
            return PlaceCard(level.place(fork.place).label, asks, behind)
        on = voyage.lane
        assert on is not None
        assert voyage.leg is not None
        water = voyage.water(on)
        lane_year = say("drive.to_place", place=level.place(on.head).label)
        if on.years > 1:
            lane_year = say("drive.lane_year", year=voyage.year - voyage.leg.before.year + 1, years=on.years)
        return WaterCard(
            state=state_name(level, on, water),
            wetness=water.wetness,
            constant=water.state is None,
            speed=voyage.swiftness,
            name=on.name,
            lane_year=lane_year,
            behind=behind,
        )

    def _hint(self) -> str:
        voyage = self.voyage
        if voyage.replaying:
            return keys_text("replay")
        if voyage.mode is Mode.DRIVE:
            return keys_text("moored" if voyage.choosing and voyage.moored else "drive")
        return keys_text("step" if voyage.choosing else "travel")

    def _rest_card(self) -> RestCard:
        voyage = self.voyage
        place = voyage.session.level.place(voyage.next_place).label
        years = voyage.year
        level, weights = voyage.session.level, voyage.session.weights
        key = "drive.rest_years_one" if years == 1 else "drive.rest_years"
        gathered = in_all(level, weights, scalarised(voyage.light, weights), years)
        ending = "" if level.is_crisp(weights) else "_glow"
        where = say(key + ending, place=place, years=years, light=gathered)
        return RestCard(say("drive.rest_title"), where, say("drive.rest_button"))

    def look_at(self, map_view: MapView, fork: Fork) -> list[tuple[float, float]]:
        """The screen points that ought not to be hidden: the boat's lane, the next fork and the lanes that leave it."""
        channels = self.voyage.geography.channels
        points = [map_view.to_screen(self.voyage.geography.places[fork.place])] * 6
        lanes = [row.lane.id for row in fork.rows] + ([self.voyage.leg.lane] if self.voyage.leg else [])
        for lane in lanes:
            points += [map_view.to_screen(channels[lane].at(k / 12)) for k in range(13)]
        return points


def legend_of(level: Level) -> tuple[LegendEntry, ...]:
    """The states of water: the level's own words if all its currents share them, else the plain scale."""
    if not level.currents:
        return (LegendEntry(say("drive.water.fixed"), 0.5, True),)
    names = {current.states for current in level.currents}
    longest = max(names, key=len)
    entries: list[LegendEntry] = []
    if len(names) == 1 and len(longest) <= 5:
        entries = [LegendEntry(state.capitalize(), i / (len(longest) - 1)) for i, state in enumerate(longest)]
    else:
        words = ("driest", "low", "high", "fullest")
        entries = [LegendEntry(say(f"drive.water.{word}"), i / 3) for i, word in enumerate(words)]
    if any(lane.current is None for lane in level.lanes):
        entries.append(LegendEntry(say("drive.water.fixed"), 0.5, True))
    return tuple(entries)


def bar_of(voyage: Voyage, behind: bool = False) -> tuple[BarButton, ...]:
    """The words in the bar: what can be asked for just now besides the lanes, on the map or ``behind`` the boat."""
    buttons = []
    if voyage.replaying:
        buttons += [
            BarButton(say("drive.bar.previous"), Action.LEFT),
            BarButton(say("drive.bar.stop" if voyage.playing else "drive.bar.play"), Action.CONFIRM),
            BarButton(say("drive.bar.next"), Action.RIGHT),
        ]
    elif voyage.leg is not None:
        buttons.append(BarButton(say("drive.bar.skip"), Action.SKIP))
    elif voyage.choosing and voyage.session.may_look:
        price = number(voyage.session.price)
        buttons.append(BarButton(say("drive.bar.look", price=price), Action.LOOK))
    other = "drive" if voyage.mode is Mode.STEP else "step"
    if not voyage.resting and not voyage.replaying:
        buttons.append(BarButton(say(f"drive.bar.{other}"), Action.MODE))
    if voyage.choosing and not voyage.is_replay and voyage.session.may_turn:
        buttons.append(BarButton(say("steering.bar"), Action.LIGHT))
    buttons.append(BarButton(say("drive.bar.ghosts"), Action.GHOSTS))
    if voyage.session.level.oracles and not voyage.resting:
        buttons.append(BarButton(say("drive.bar.borrow"), Action.BORROW))
    buttons.append(BarButton(say("drive.bar.above" if behind else "drive.bar.chase"), Action.VIEW))
    if not behind:
        buttons.append(BarButton(say("drive.bar.map"), Action.HOME))
    buttons += [
        BarButton(say("drive.bar.list"), Action.LIST),
        BarButton(say("drive.bar.pause"), Action.PAUSE),
    ]
    return tuple(buttons)
