"""Level files, format 1: a level as one TOML text, and every problem that such a text has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from game.files.current_table import read_currents
from game.files.fault import LevelFaults, described
from game.files.network_table import read_lanes, read_places
from game.files.oracle_table import read_oracles
from game.files.sheet import Faults, Sheet, read_format
from game.files.source import Unreadable, decoded, text_of
from game.files.spyglass_table import read_spyglass
from game.files.texts_table import read_texts
from game.files.toml_text import parsed
from game.files.value_table import DEFAULT_VALUE, ValueTable
from game.model import Current, Lane, Level, Oracle, Value
from game.words import language, say

FORMAT = 1
LONGEST_LIFE = 100
LEVEL_KEYS = (
    "format", "title", "about", "author", "licence", "content_note", "language", "years", "start", "sight", "almanac",
    "values", "value_functions", "countable", "let_go", "may_change", "asks_plan", "currents", "places", "lanes",
    "oracles", "spyglass", "texts",
)  # fmt: skip


def read_level(path: Path | str) -> Level:
    """The level that the file at ``path`` holds, told in the language spoken where it has texts in that.

    Raises LevelFaults with every problem, and nothing else whatever the file is or holds.
    """
    try:
        text = text_of(path)
    except Unreadable as error:
        raise LevelFaults(path, (error.fault,), error.opened) from None
    return told(_read(text, path))


def told(level: Level) -> Level:
    """The level in the language spoken; what it takes for granted is called what the game calls it."""
    there = level.told_in(language())
    own = there.untold or there
    values, functions = there.values, dict(there.function_labels)
    if own.values == (Value(DEFAULT_VALUE),) and values == own.values:
        values = (replace(values[0], label=say("files.assumed.light")),)
    if not own.value_functions:
        functions.setdefault("mine", say("files.assumed.mine"))
    if values == there.values and functions in (there.function_labels, {"mine": "mine"}):
        return there
    return replace(there, values=values, function_labels=functions, untold=own)


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
    spyglass = read_spyglass(sheet, values, sight)
    almanac = sheet.truth("almanac", True)
    may_change = sheet.truth("may_change", False) or False
    asks_plan = sheet.truth("asks_plan", False) or False
    about, author, licence, note = (sheet.text(k, "") or "" for k in ("about", "author", "licence", "content_note"))
    own_language = sheet.text("language", "en", blank=False)
    texts = read_texts(sheet, _names(sheet, lanes, values, functions, places, currents, oracles))
    if title is None or years is None or start is None or almanac is None or own_language is None:
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
        spyglass=spyglass,
        almanac=almanac,
        about=about,
        author=author,
        licence=licence,
        content_note=note,
        language=own_language,
        may_change=may_change,
        let_go=let_go,
        countable=countable,
        asks_plan=asks_plan,
        texts=texts,
    )


def _names(
    sheet: Sheet,
    lanes: Sequence[Lane],
    values: ValueTable,
    functions: Collection[str],
    places: Collection[str],
    currents: Mapping[str, Current | None],
    oracles: Sequence[Oracle],
) -> dict[str, Collection[str] | None]:
    """The names that texts can be for; None where a fault keeps others from being known."""
    written = sheet.data.get("lanes")
    whole = isinstance(written, list) and len(written) == len(lanes)
    sound = [current for current in currents.values() if current is not None]
    known: dict[str, Collection[str] | None] = {
        "places": places or None,
        "lanes": [lane.id for lane in lanes] if whole else None,
        "values": [value.name for value in values.values],
        "value_functions": functions or ("mine",),
        "oracles": [oracle.name for oracle in oracles],
        "currents": currents,
        "states": {state for current in sound for state in current.states} if len(sound) == len(currents) else None,
    }
    tables = {key: "currents" if key == "states" else key for key in known}
    return {
        key: names if sheet.faults.unread_below((tables[key],)) == set() and _readable(sheet, tables[key]) else None
        for key, names in known.items()
    }


def _readable(sheet: Sheet, key: str) -> bool:
    """Whether the table or list at ``key`` is one, if it is there at all."""
    return isinstance(sheet.data.get(key, {}), dict | list)


def _sight(sheet: Sheet) -> int | None:
    """How many lanes ahead one can see; None for all, and where it has faults."""
    sight = sheet.data.get("sight", "all")
    if sight == "all":
        return None
    if isinstance(sight, str):
        sheet.fault("sight", described(sight), say("files.allowed.sight"))
        return None
    return sheet.whole("sight")
