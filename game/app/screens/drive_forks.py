"""The fork: the lanes that can be taken next, as rows to read and to choose from.

Rows stand, and number keys count, clockwise round the place as it lies on the map, up its left side and down its right
one.  So a lane has the same key at every visit, from whichever side the boat comes, in both modes and in both views:
what one has learned of a fork holds.  On the map the keys of what leads to the left come before those of what leads to
the right; behind the boat the next key is the next mouth to the right.
What a row says of the water is what can be seen in the year being shown, never more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from game.app.boat import Mouth
from game.app.screens.drive_glow import glow, light_text, signed
from game.app.screens.drive_voyage import Mode, Voyage
from game.model import Lane, Level, scalarised
from game.session import Session, Water
from game.words import language, say

KEYS = 9
"""How many lanes can have a number key at once."""


_STRAIGHT_DOWN = math.pi / 2 + 0.1
"""The direction after which the way round a place begins; what leads straight down comes last."""


@dataclass(frozen=True)
class Chance:
    """One state that a lane's current may be in a year from now, how wet that is (0 to 1), and how likely."""

    state: str
    wetness: float
    chance: float


@dataclass(frozen=True)
class Row:
    """A lane at a fork.  ``key`` is its number on the page ("" when it is on another page), ``light`` a year's light if
    the water stays as seen, ``glow`` how strong that glows where it is no number, ``by_value`` the same by value in
    words, ``arrival`` what its end gives once ("" for nothing)."""

    lane: Lane
    key: str
    head: str
    water: Water
    state: str
    light: float
    glow: int | None
    by_value: str
    arrival: str
    chances: tuple[Chance, ...] | None


@dataclass(frozen=True)
class Fork:
    """All rows of a fork and the page that is shown; ``per_page`` is at most ``KEYS``."""

    place: str
    rows: tuple[Row, ...]
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.rows) // self.per_page))

    @property
    def visible(self) -> tuple[Row, ...]:
        """The rows of the page shown."""
        return self.rows[self.page * self.per_page : (self.page + 1) * self.per_page]

    def row(self, lane: str | None) -> Row | None:
        """The row of a lane, or None."""
        return next((row for row in self.rows if row.lane.id == lane), None)

    def page_of(self, lane: str | None) -> int:
        """The page on which a lane stands; the page shown for one that stands on none."""
        at = next((i for i, row in enumerate(self.rows) if row.lane.id == lane), None)
        return self.page if at is None else at // self.per_page

    def keyed(self, key: int) -> str | None:
        """The lane with the number key ``key`` (from 1) on the page shown, or None."""
        return self.visible[key - 1].lane.id if 1 <= key <= len(self.visible) else None

    def neighbour(self, lane: str | None, side: int) -> str | None:
        """The lane after (1) or before (-1) a lane, round and round; from None the first or the last."""
        if not self.rows:
            return None
        at = next((i for i, row in enumerate(self.rows) if row.lane.id == lane), None)
        if at is None:
            return self.rows[self.page * self.per_page if side > 0 else -1].lane.id
        return self.rows[(at + side) % len(self.rows)].lane.id


def fork_of(voyage: Voyage, page: int = 0, per_page: int = KEYS) -> Fork:
    """The fork the boat lies at or comes to, as it looks in the year being shown; keys where they can be pressed."""
    level = voyage.session.level
    per_page = min(max(1, per_page), KEYS)
    mouths = _clockwise(voyage)
    page = min(max(0, page), max(0, (len(mouths) - 1) // per_page))
    pressable = not voyage.replaying and (voyage.choosing or voyage.mode is Mode.DRIVE)
    rows = []
    for i, mouth in enumerate(mouths):
        key = str(i % per_page + 1) if pressable and i // per_page == page else ""
        rows.append(_row(voyage, level.lane(mouth.lane), key))
    return Fork(voyage.next_place, tuple(rows), page, per_page)


def _clockwise(voyage: Voyage) -> list[Mouth]:
    """The mouths in their order round the place on the map, from the bottom up the left side."""
    return sorted(voyage.mouths, key=lambda mouth: (voyage.way_out(mouth.lane) - _STRAIGHT_DOWN) % math.tau)


class ForkReader:
    """The fork of a voyage, read anew only when something has changed that it tells."""

    def __init__(self, voyage: Voyage) -> None:
        self.voyage = voyage
        self._read: tuple[object, Fork] | None = None

    def read(self, page: int, per_page: int) -> Fork:
        """The fork as ``fork_of`` gives it."""
        voyage, session = self.voyage, self.voyage.session
        # All that is known of the water follows from the record and the year.
        moment = (session.record, voyage.year, voyage.choosing, voyage.replaying, voyage.mode, voyage.mouths)
        key = (moment, session.level, session.weights, page, per_page, language())
        if self._read is None or self._read[0] != key:
            self._read = (key, fork_of(voyage, page, per_page))
        return self._read[1]


def any_row(voyage: Voyage, lane: str) -> Row:
    """The row of any lane of the level, open or not, without a key."""
    return _row(voyage, voyage.session.level.lane(lane), "")


def _row(voyage: Voyage, lane: Lane, key: str) -> Row:
    session, level = voyage.session, voyage.session.level
    water = voyage.water(lane)
    light = tuple(by_state[water.state or 0] for by_state in lane.light)
    worth, on_arrival = scalarised(light, session.weights), level.place(lane.head).light
    return Row(
        lane=lane,
        key=key,
        head=level.place(lane.head).label,
        water=water,
        state=state_name(level, lane, water),
        light=worth,
        glow=glow(level, session.weights, worth),
        by_value=light_text(level, light),
        arrival=light_text(level, on_arrival) if any(on_arrival) else "",
        # The almanac speaks of what is known at a place; on the way there is nothing new to say.
        chances=_chances(session, lane) if voyage.choosing else None,
    )


def _chances(session: Session, lane: Lane) -> tuple[Chance, ...] | None:
    chances = session.next_year(lane)
    if chances is None or lane.current is None:
        return None
    current = session.level.currents[session.level.current_index[lane.current]]
    return tuple(
        Chance(current.state_labels[state], current.wetness(state), chance) for state, chance in enumerate(chances)
    )


def state_name(level: Level, lane: Lane, water: Water) -> str:
    """The level's own word for the water of a lane, or that it never changes."""
    if water.state is None or lane.current is None:
        return say("drive.water.steady")
    return level.currents[level.current_index[lane.current]].state_labels[water.state]


def water_text(state: str, water: Water) -> str:
    """What is known of a lane's water, called ``state``, and since when."""
    if water.state is None:
        return say("drive.water.constant")
    if water.years_ago == 0:
        return say("drive.water.now", state=state)
    if water.years_ago == 1:
        return say("drive.water.last_year", state=state)
    return say("drive.water.years_ago", state=state, years=water.years_ago)


def years_text(years: int) -> str:
    """A number of years in words."""
    return say("drive.one_year") if years == 1 else say("drive.years", years=years)


def row_text(row: Row) -> str:
    """A row as one line of plain text."""
    parts = [
        say("drive.row", name=row.lane.name, place=row.head, years=years_text(row.lane.years)),
        water_text(row.state, row.water),
        say("drive.light_a_year", light=signed(row.light))
        if row.glow is None
        else say("drive.light_a_year_glow", light=say(f"steering.glow.{row.glow}")),
    ]
    if row.arrival:
        parts.append(say("drive.on_arrival", light=row.arrival))
    line = say("drive.list.comma").join(parts)
    if row.chances is not None:
        chances = say("drive.list.comma").join(f"{c.state} {c.chance:.0%}" for c in row.chances)
        line = say("drive.list.semicolon").join((line, say("drive.next_year_line", chances=chances)))
    return f"[{row.key}] {line}" if row.key else line
