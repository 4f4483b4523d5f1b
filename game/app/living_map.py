"""The living map: a level's water shifting year after year with nobody at the helm, for the title."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from game.app.draw.map_frame import BoatMark, Camera, MapFrame, Seen
from game.geography import Geography
from game.model import Lane, Level, Life, Sighting, draw_landscape, open_lanes
from game.session import water_of
from game.simulate import Record, live, whereabouts

_YEAR = 5.0  # seconds
_TURN = 1.4  # seconds in which one year's water gives way to the next
_BOATS = 3
NEARER = 1.22
"""How much nearer than the whole the map is seen."""


class Wanderer:
    """A policy for show: takes any open lane, from its own stream, which decides nothing in anybody's life."""

    def __init__(self, level: Level, stream: random.Random) -> None:
        self.level, self.stream = level, stream

    def choose(self, life: Life) -> str:
        """One of the open lanes."""
        return self.stream.choice(open_lanes(self.level, life)).id


class LivingMap:
    """A level in the water of one seed after another; ``time`` seconds have passed since it was first shown."""

    def __init__(self, level: Level, geography: Geography, whole: Camera) -> None:
        self.level, self.geography, self._whole = level, geography, whole
        self.time = 0.0
        self._lives = -1
        self._begin(0)

    def _begin(self, lives: int) -> None:
        self._lives = lives
        self._waters: dict[int, dict[str, Seen]] = {}
        self._landscape = draw_landscape(self.level, lives + 1)
        stream = random.Random(f"water-lanes/title/{lives}")
        self._boats: list[Record] = [
            live(self.level, Wanderer(self.level, stream), self._landscape) for _ in range(_BOATS)
        ]

    def update(self, dt: float) -> None:
        """Lets time pass."""
        self.time += dt
        lives = int(self.time / (_YEAR * self.level.years))
        if lives != self._lives:
            self._begin(lives)

    def frame(self, still: bool = False) -> MapFrame:
        """What the map shows now; ``still`` shows the first year and moves nothing."""
        time = 0.0 if still else self.time
        years = time / _YEAR - self._lives * self.level.years if not still else 0.0
        year = min(int(years), self.level.years - 1)
        turn = min(1.0, (years - year) * _YEAR / _TURN) if year else 1.0
        return MapFrame(
            time=time,
            water=self._water(year),
            water_before=self._water(year - 1) if turn < 1.0 else None,
            year_turn=turn * turn * (3 - 2 * turn),
            boats=tuple(self._boat(record, years, i) for i, record in enumerate(self._boats)),
            camera=self._camera(time),
        )

    def _water(self, year: int) -> dict[str, Seen]:
        if year not in self._waters:
            self._waters[year] = {lane.id: self._seen(lane, year) for lane in self.level.lanes}
        return self._waters[year]

    def _seen(self, lane: Lane, year: int) -> Seen:
        known = [Sighting(state, year) for state in self._landscape.states[year]]
        water = water_of(self.level, lane, known, year)
        return Seen(water.wetness, 0, water.state is None)

    def _boat(self, record: Record, years: float, number: int) -> BoatMark:
        where = whereabouts(record, years)
        lateral = (number - (_BOATS - 1) / 2) * 0.5
        if where.lane is None:
            return BoatMark(place=where.place, style="ghost")
        return BoatMark(lane=where.lane, fraction=where.fraction, lateral=lateral, style="ghost")

    def _camera(self, time: float) -> Camera:
        """A slow drift round the middle of the world, a little nearer than the whole."""
        x, y = self._whole.centre
        wide, high = self.geography.size
        return replace(
            self._whole,
            centre=(x + 0.07 * wide * math.sin(time / 17.0), y + 0.06 * high * math.sin(time / 11.0)),
            zoom=self._whole.zoom * NEARER,
        )
