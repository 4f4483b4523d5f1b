"""The ``[texts.LANGUAGE]`` tables of a level file: its texts in other languages, by the ids and names of the level."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from game.files.fault import quoted
from game.files.sheet import Sheet
from game.model import Texts
from game.words import say

MOST_LANGUAGES = 32
PLAIN_TEXTS = ("title", "about", "content_note")
TEXTS_BY_NAME = ("places", "lanes", "value_functions", "currents", "states")
TEXTS_IN_PAIRS = {"values": ("name", "about"), "oracles": ("label", "words")}
"""The tables that hold two texts for each name."""

PAIRED = {"values": "abouts", "oracles": "oracle_words"}
"""The part of ``Texts`` that the second of those two texts goes to; the first goes to the one called like the table."""

TEXT_KEYS = (*PLAIN_TEXTS, *TEXTS_BY_NAME, *TEXTS_IN_PAIRS)

Known = Mapping[str, Collection[str] | None]
"""For each of TEXTS_BY_NAME and TEXTS_IN_PAIRS the names that there are; None where that cannot be known for faults."""


def read_texts(level: Sheet, known: Known) -> dict[str, Texts]:
    """The texts of a level by language.  A text for what the level does not have is a fault."""
    entries = level.tables("texts", say("files.allowed.texts"), MOST_LANGUAGES)
    around = Sheet(level.faults, entries, ("texts",), "")
    texts: dict[str, Texts] = {}
    for language, entry in entries.items():
        sheet = around.sheet(language, entry, say("files.where.texts", name=quoted(language)))
        if sheet is not None:
            texts[language] = _texts(sheet, known)
    return texts


def _texts(sheet: Sheet, known: Known) -> Texts:
    sheet.know_only(TEXT_KEYS)
    values, abouts = _pairs(sheet, "values", known["values"])
    oracles, oracle_words = _pairs(sheet, "oracles", known["oracles"])
    return Texts(
        title=sheet.text("title", blank=False) or "",
        about=sheet.text("about", blank=False) or "",
        content_note=sheet.text("content_note", blank=False) or "",
        places=_by_name(sheet, "places", known["places"]),
        lanes=_by_name(sheet, "lanes", known["lanes"]),
        values=values,
        abouts=abouts,
        oracles=oracles,
        oracle_words=oracle_words,
        value_functions=_by_name(sheet, "value_functions", known["value_functions"]),
        currents=_by_name(sheet, "currents", known["currents"]),
        states=_by_name(sheet, "states", known["states"]),
    )


def _table(sheet: Sheet, key: str, known: Collection[str] | None) -> Sheet | None:
    """The table of texts at ``key``, all of whose keys are names that there are; other keys are faults."""
    if key not in sheet:
        return None
    where = say("files.where.key_of", key=key, where=sheet.where)
    table = sheet.sheet(key, sheet.data[key], where)
    if table is None or known is None:
        return table
    for name in table.data:
        if name not in known:
            found, hint = say("files.unknown_name", name=quoted(name)), table.faults.like(name, known)
            table.faults.add((*table.path, name), where, found, say(f"files.allowed.texts_of.{key}"), hint)
    return table


def _by_name(sheet: Sheet, key: str, known: Collection[str] | None) -> dict[str, str]:
    table = _table(sheet, key, known)
    if table is None:
        return {}
    found = {name: table.text(name, blank=False) for name in table.data}
    return {name: text for name, text in found.items() if text is not None}


def _pairs(sheet: Sheet, key: str, known: Collection[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    """The two texts for each name in the table at ``key``: all first ones, all second ones."""
    table = _table(sheet, key, known)
    firsts: dict[str, str] = {}
    seconds: dict[str, str] = {}
    for name in table.data if table is not None else ():
        assert table is not None
        entry = table.sheet(name, table.data[name], say("files.where.key_of", key=quoted(name), where=table.where))
        if entry is None:
            continue
        entry.know_only(TEXTS_IN_PAIRS[key])
        for part, into in zip(TEXTS_IN_PAIRS[key], (firsts, seconds), strict=True):
            text = entry.text(part, blank=False)
            if text is not None:
                into[name] = text
    return firsts, seconds
