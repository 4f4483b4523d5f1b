"""Level files, format 1: a level as one TOML text, and every problem that such a text has."""

from __future__ import annotations

from pathlib import Path

from game.files.current_table import read_currents
from game.files.fault import LevelFaults, described
from game.files.network_table import read_lanes, read_places
from game.files.oracle_table import read_oracles
from game.files.sheet import Faults, Sheet, read_format
from game.files.source import Unreadable, decoded, text_of
from game.files.toml_text import parsed
from game.files.value_table import ValueTable
from game.model import Level
from game.words import say

FORMAT = 1
LONGEST_LIFE = 100
LEVEL_KEYS = (
    "format", "title", "about", "author", "licence", "content_note", "language", "years", "start", "sight", "almanac",
    "values", "value_functions", "countable", "let_go", "may_change", "asks_plan", "currents", "places", "lanes",
    "oracles",
)  # fmt: skip


def read_level(path: Path | str) -> Level:
    """The level that the file at ``path`` holds.

    Raises LevelFaults with every problem, and nothing else whatever the file is or holds.
    """
    try:
        text = text_of(path)
    except Unreadable as error:
        raise LevelFaults(path, (error.fault,), error.opened) from None
    return _read(text, path)


def level_from_text(text: str, source: str = "…") -> Level:
    """The level that a TOML text holds; ``source`` names it in faults.  Raises LevelFaults with every problem."""
    try:
        clean = decoded(text.encode("utf-8", "surrogatepass"))
    except Unreadable as error:
        raise LevelFaults(source, (error.fault,)) from None
    return _read(clean, source)


def _read(text: str, source: Path | str) -> Level:
    toml = parsed(text)
    if toml.data is None:
        raise LevelFaults(source, toml.faults)
    faults = Faults(toml.faults, toml.positions.line, toml.unread)
    sheet = Sheet(faults, toml.data, (), say("files.where.level"))
    if not read_format(sheet, FORMAT):
        raise LevelFaults(source, faults.found)
    level = _level(sheet)
    if faults.found or level is None:
        raise LevelFaults(source, faults.found)
    return level


def _level(sheet: Sheet) -> Level | None:
    """The level of a whole text.  None only where the faults of ``sheet`` hold at least one."""
    sheet.know_only(LEVEL_KEYS)
    title = sheet.text("title", blank=False) if sheet.require("title", say("files.allowed.text_not_blank")) else None
    years = None
    if sheet.require("years", say("files.allowed.whole", most=LONGEST_LIFE)):
        years = sheet.whole("years", most=LONGEST_LIFE)
    values = ValueTable(sheet)
    functions = values.read_functions(sheet)
    countable = values.read_countable(sheet)
    let_go = values.read_let_go(sheet)
    currents = read_currents(sheet)
    places = read_places(sheet, values)
    # Where a table cannot be read at all, every name from it would be a fault that is none.
    known_places = places or None
    known_currents = currents if isinstance(sheet.data.get("currents", {}), dict) else None
    lanes = read_lanes(sheet, values, known_places, known_currents)
    oracles = read_oracles(sheet, values, known_currents)
    start = None
    if sheet.require("start", say("files.allowed.place_of_level")):
        start = sheet.one_of("start", known_places, say("files.allowed.place_of_level"))
    sight = _sight(sheet)
    almanac = sheet.truth("almanac", True)
    may_change = sheet.truth("may_change", False) or False
    asks_plan = sheet.truth("asks_plan", False) or False
    texts = {key: sheet.text(key, "") or "" for key in ("about", "author", "licence", "content_note")}
    language = sheet.text("language", "en", blank=False)
    if title is None or years is None or start is None or almanac is None or language is None:
        return None
    return Level(
        title=title,
        years=years,
        start=start,
        places=tuple(place for place in places.values() if place is not None),
        lanes=lanes,
        currents=tuple(current for current in currents.values() if current is not None),
        sight=sight,
        values=values.values,
        value_functions=functions,
        oracles=oracles,
        almanac=almanac,
        language=language,
        may_change=may_change,
        let_go=let_go,
        countable=countable,
        asks_plan=asks_plan,
        **texts,
    )


def _sight(sheet: Sheet) -> int | None:
    """How many lanes ahead one can see; None for all, and where it has faults."""
    sight = sheet.data.get("sight", "all")
    if sight == "all":
        return None
    if isinstance(sight, str):
        sheet.fault("sight", described(sight), say("files.allowed.sight"))
        return None
    return sheet.whole("sight")
