"""The ``[places.ID]`` and ``[[lanes]]`` tables of a level file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from game.files.fault import described, quoted
from game.files.sheet import Faults, Sheet
from game.files.value_table import ValueTable
from game.model import Current, Lane, Place
from game.words import say

MOST_PLACES, MOST_LANES = 500, 2000
PLACE_KEYS = ("label", "at", "light", "shape")
LANE_KEYS = ("id", "name", "from", "to", "years", "current", "light", "writes")
SHAPES = ("square", "triangle", "circle", "diamond", "leaf", "star")
FARTHEST = 1e9
"""No coordinate of a place is larger than this."""


def read_places(level: Sheet, values: ValueTable) -> dict[str, Place | None]:
    """The places of a level by their ids, in file order; None for those that are no tables."""
    entries = level.tables("places", say("files.allowed.places"), MOST_PLACES)
    if not entries and isinstance(level.data.get("places", {}), dict):
        level.faults.missing(("places",), level.where, say("files.allowed.some_places"))
    around = Sheet(level.faults, entries, ("places",), "")
    places: dict[str, Place | None] = {}
    for place_id, entry in entries.items():
        sheet = around.sheet(place_id, entry, say("files.where.place", name=quoted(place_id)))
        places[place_id] = None if sheet is None else _place(place_id, sheet, values)
    return places


def _place(place_id: str, sheet: Sheet, values: ValueTable) -> Place:
    sheet.know_only(PLACE_KEYS)
    label = sheet.text("label", place_id)
    allowed = say("files.allowed.shape", shapes=", ".join(SHAPES))
    shape = sheet.one_of("shape", SHAPES, allowed) if "shape" in sheet else None
    return Place(
        id=place_id,
        label=label if label and label.strip() else place_id,
        light=values.place_light(sheet),
        at=_position(sheet) if "at" in sheet else None,
        shape=shape,
    )


def _position(sheet: Sheet) -> tuple[float, float] | None:
    at = sheet.data["at"]
    if not isinstance(at, list) or len(at) != 2:
        sheet.fault("at", described(at), say("files.allowed.at"))
        return None
    where = say("files.where.key_of", key="at", where=sheet.where)
    x, y = (
        sheet.number_at(
            (*sheet.path, "at", i), coordinate, say("files.where.entry", number=i + 1, where=where), FARTHEST
        )
        for i, coordinate in enumerate(at)
    )
    return None if x is None or y is None else (x, y)


def read_lanes(
    level: Sheet,
    values: ValueTable,
    places: Mapping[str, Place | None] | None,
    currents: Mapping[str, Current | None] | None,
) -> tuple[Lane, ...]:
    """The lanes of a level in file order; one that has faults may be left out, or stand there with defaults.

    ``places`` and ``currents`` are None where it cannot be known which there are.
    """
    entries = level.data.get("lanes", [])
    if not isinstance(entries, list):
        level.fault("lanes", described(entries), say("files.allowed.lanes"))
        return ()
    if not entries:
        level.faults.missing(("lanes",), level.where, say("files.allowed.some_lanes"))
    if len(entries) > MOST_LANES:
        level.fault("lanes", say("files.count", count=len(entries)), say("files.allowed.at_most", most=MOST_LANES))
    reader = _Lanes(level.faults, values, places, currents)
    for number, entry in enumerate(entries[:MOST_LANES]):
        reader.read(number, entry)
    return tuple(reader.lanes)


class _Lanes:
    """The lanes read so far, and the names that they have taken."""

    def __init__(
        self,
        faults: Faults,
        values: ValueTable,
        places: Mapping[str, Place | None] | None,
        currents: Mapping[str, Current | None] | None,
    ) -> None:
        self.faults = faults
        self.values = values
        self.places = places
        self.currents = currents
        self.lanes: list[Lane] = []
        self._between: Counter[tuple[str, str]] = Counter()
        self._numbers: dict[str, int] = {}

    def read(self, number: int, entry: object) -> None:
        """Reads the lane that is number ``number`` of the file, from 0."""
        path = ("lanes", number)
        if not isinstance(entry, dict):
            where = say("files.where.lane_number", number=number + 1)
            self.faults.add(path, where, described(entry), say("files.allowed.table"))
            return
        default_id = self._default_id(entry)
        sheet = Sheet(self.faults, entry, path, _lane_name(entry, default_id, number))
        sheet.know_only(LANE_KEYS)
        tail, head = self._end(sheet, "from"), self._end(sheet, "to")
        lane_id = sheet.text("id", default_id, blank=False)
        self._take_id(sheet, lane_id, number)
        name = sheet.text("name", lane_id)
        years = sheet.whole("years", 1)
        current = self._current(sheet)
        known = "current" not in sheet or current is not None
        light = self.values.lane_light(sheet, current, known=known)
        writes = sheet.truth("writes", False) or False
        if tail is not None and head is not None and lane_id is not None and years is not None:
            shown = name if name and name.strip() else lane_id
            water = current.name if current else None
            self.lanes.append(Lane(lane_id, shown, tail, head, years, water, light, writes))

    def _default_id(self, entry: dict[str, object]) -> str | None:
        """The id of a lane that names none: its two places, and from the second lane between them on a number."""
        tail, head = entry.get("from"), entry.get("to")
        if not isinstance(tail, str) or not isinstance(head, str):
            return None
        self._between[tail, head] += 1
        n = self._between[tail, head]
        return f"{tail}->{head}" if n == 1 else f"{tail}->{head}#{n}"

    def _take_id(self, sheet: Sheet, lane_id: str | None, number: int) -> None:
        if lane_id is None:
            return
        first = self._numbers.setdefault(lane_id, number)
        if first != number:
            found = say("files.taken_id", id=quoted(lane_id), number=first + 1)
            sheet.fault("id" if "id" in sheet else None, found, say("files.allowed.own_id"))

    def _end(self, sheet: Sheet, key: str) -> str | None:
        allowed = say("files.allowed.place_of_level")
        return sheet.one_of(key, self.places, allowed) if sheet.require(key, allowed) else None

    def _current(self, sheet: Sheet) -> Current | None:
        if "current" not in sheet:
            return None
        name = sheet.one_of("current", self.currents, say("files.allowed.current_of_level"))
        return None if name is None or self.currents is None else self.currents[name]


def _lane_name(entry: dict[str, object], default_id: str | None, number: int) -> str:
    given = entry.get("id")
    if isinstance(given, str) and given.strip():
        return say("files.where.lane", name=quoted(given))
    if default_id is not None:
        return say("files.where.lane", name=quoted(default_id))
    return say("files.where.lane_number", number=number + 1)
