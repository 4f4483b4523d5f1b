"""Run files, read: a run as one JSON text, and every problem that such a text has.

What has a fault is read as its plainest default, so that the reading goes on; a document with faults gives no run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from game.files.current_table import MOST_STATES
from game.files.fault import Fault, RunFaults, described, printable, quoted
from game.files.level_file import LONGEST_LIFE
from game.files.run_file import FORMAT, LARGEST_SEED, Run, Waypoint
from game.files.sheet import Faults, Sheet, read_format
from game.files.source import Unreadable, decoded, text_of
from game.files.value_table import MOST_VALUES
from game.session import Bets
from game.steering import LONGEST_SENTENCE, Steering, Turn
from game.words import say

RUN_KEYS = (
    "format",
    "program",
    "level",
    "seed",
    "value_function",
    "weights",
    "choices",
    "waypoints",
    "bets",
    "sentence",
    "turns",
    "looks",
)
LEVEL_KEYS = ("title", "digest", "file")
WAYPOINT_KEYS = ("year", "place", "water")
TURN_KEYS = ("decisions", "value_function", "weights", "sentence")
MOST_TURNS = 1000
BETS_KEYS = ("plan", "expectation")


def read_run(path: Path | str) -> Run:
    """The run that the file at ``path`` holds.

    Raises RunFaults with every problem, and nothing else whatever the file is or holds.
    """
    try:
        text = text_of(path)
    except Unreadable as error:
        raise RunFaults(path, (error.fault,), error.opened) from None
    return _read(text, path)


def run_from_text(text: str, source: str = "…") -> Run:
    """The run that a JSON text holds; ``source`` names it in faults.  Raises RunFaults with every problem."""
    try:
        clean = decoded(text.encode("utf-8", "surrogatepass"))
    except Unreadable as error:
        raise RunFaults(source, (error.fault,)) from None
    return _read(clean, source)


def _read(text: str, source: Path | str) -> Run:
    faults = Faults()
    document = json_document(text, faults)
    if isinstance(document, dict):
        sheet = Sheet(faults, document, (), say("files.where.run"))
        run = _run(sheet) if read_format(sheet, FORMAT) else None
        if run is not None and not faults.found:
            return run
    elif not faults.found:
        faults.add((), say("files.where.run"), described(document), say("files.allowed.object"))
    raise RunFaults(source, faults.found)


def json_document(text: str, faults: Faults) -> object:
    """What a JSON text says, or None with a fault kept."""

    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key, value in pairs:
            if key in table:
                found = say("files.json.twice", key=quoted(key))
                faults.add((key,), say("files.where.run"), found, say("files.toml.twice.allowed"))
            table[key] = value
        return table

    where = say("files.where.file")
    try:
        return json.loads(text, object_pairs_hook=distinct)
    except json.JSONDecodeError as error:
        where = say("files.where.column", column=error.colno)
        found = say("files.json.syntax", message=printable(error.msg))
        faults.found.append(Fault(error.lineno, where, found, say("files.allowed.json")))
    except RecursionError:
        faults.add((), where, say("files.json.too_deep"), say("files.allowed.object"))
    except ValueError:
        # The only other refusal: Python turns no digits by the thousand into an integer.
        faults.add((), where, say("files.toml.long_number.found"), say("files.toml.long_number.allowed"))
    return None


def _run(sheet: Sheet) -> Run:
    sheet.know_only(RUN_KEYS)
    level = _table(sheet, "level", say("files.where.level_of_run"), LEVEL_KEYS)
    bets = _table(sheet, "bets", say("files.where.bets"), BETS_KEYS)
    choices = _list(sheet, "choices", LONGEST_LIFE)
    waypoints = _list(sheet, "waypoints", LONGEST_LIFE)
    if len(waypoints) not in (0, len(choices)):
        allowed = say("files.allowed.waypoints", count=len(choices))
        sheet.fault("waypoints", say("files.count", count=len(waypoints)), allowed)
    return Run(
        level_title=_text(level, "title"),
        level_digest=_text(level, "digest"),
        level_file=_text(level, "file"),
        seed=_seed(sheet),
        value_function=_text(sheet, "value_function"),
        weights=_weights(sheet),
        choices=tuple(_string(sheet, lane, _entry(sheet, "choices", i)) for i, lane in enumerate(choices)),
        bets=Bets(_plan(bets), _expectation(bets)),
        waypoints=tuple(_waypoint(sheet, i, entry) for i, entry in enumerate(waypoints)),
        program=_text(sheet, "program"),
        sentence=_sentence(sheet),
        turns=_turns(sheet, len(choices)),
        looks=_looks(sheet, len(choices)),
    )


def _weights(sheet: Sheet) -> tuple[float, ...]:
    return tuple(
        sheet.number_at(("weights", i), weight, _entry(sheet, "weights", i)) or 0.0
        for i, weight in enumerate(_list(sheet, "weights", MOST_VALUES))
    )


def _looks(sheet: Sheet, choices: int) -> tuple[int, ...]:
    """The choices before which somebody looked through the spyglass, which need not be there."""
    looks = _list(sheet, "looks", LONGEST_LIFE) if "looks" in sheet else []
    found: list[int] = []
    for i, number in enumerate(looks):
        least = found[-1] + 1 if found else 0
        if isinstance(number, int) and not isinstance(number, bool) and least <= number <= choices:
            found.append(number)
        else:
            allowed = say("files.allowed.look_number", least=least, most=choices)
            sheet.faults.add((), _entry(sheet, "looks", i), described(number), allowed)
    return tuple(found)


def _sentence(sheet: Sheet) -> str:
    """The sentence of somebody's own, which need not be there."""
    if "sentence" not in sheet:
        return ""
    sentence = _text(sheet, "sentence")
    if len(sentence) > LONGEST_SENTENCE:
        found = say("files.characters", count=len(sentence))
        sheet.fault("sentence", found, say("files.allowed.sentence", most=LONGEST_SENTENCE))
    return sentence


def _turns(sheet: Sheet, choices: int) -> tuple[Turn, ...]:
    """The turns to other value functions in order; a run without any need not say so."""
    if "turns" not in sheet:
        return ()
    turns: list[Turn] = []
    for i, entry in enumerate(_list(sheet, "turns", MOST_TURNS)):
        where = say("files.where.turn", number=i + 1)
        if not isinstance(entry, dict):
            sheet.faults.add((), where, described(entry), say("files.allowed.table"))
            continue
        table = Sheet(sheet.faults, entry, ("turns", i), where)
        table.know_only(TURN_KEYS)
        least = turns[-1].decisions if turns else 0
        decisions = _decisions(table, least, choices)
        turns.append(Turn(decisions, Steering(_text(table, "value_function"), _weights(table), _sentence(table))))
    return tuple(turns)


def _decisions(table: Sheet, least: int, most: int) -> int:
    """After how many lanes a turn was made: no fewer than the turn before it, no more than the life has."""
    allowed = say("files.allowed.decisions", least=least, most=most)
    if not table.require("decisions", allowed):
        return least
    decisions = table.data["decisions"]
    if isinstance(decisions, int) and not isinstance(decisions, bool) and least <= decisions <= most:
        return decisions
    table.fault("decisions", described(decisions), allowed)
    return least


def _table(sheet: Sheet, key: str, where: str, known: tuple[str, ...]) -> Sheet:
    """The table at ``key``, which must be there; an empty one that asks for nothing where it has a fault."""
    if sheet.require(key, say("files.allowed.table")):
        table = sheet.sheet(key, sheet.data[key], where)
        if table is not None:
            table.know_only(known)
            return table
    return Sheet(Faults(), {}, (key,), where)


def _list(sheet: Sheet, key: str, most: int) -> list[object]:
    allowed = say("files.allowed.list", most=most)
    if not sheet.require(key, allowed):
        return []
    entries = sheet.data[key]
    if isinstance(entries, list) and len(entries) <= most:
        return entries
    sheet.fault(key, described(entries), allowed)
    return []


def _text(sheet: Sheet, key: str) -> str:
    if not sheet.require(key, say("files.allowed.text")):
        return ""
    return _string(sheet, sheet.data[key], say("files.where.key_of", key=key, where=sheet.where))


def _string(sheet: Sheet, value: object, where: str) -> str:
    if not isinstance(value, str):
        sheet.faults.add((), where, described(value), say("files.allowed.text"))
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        # JSON can spell the half of a character, which no file and no screen can show.
        sheet.faults.add((), where, described(value), say("files.allowed.unicode"))
    return value


def _seed(sheet: Sheet) -> int:
    allowed = say("files.allowed.seed", most=LARGEST_SEED)
    if not sheet.require("seed", allowed):
        return 0
    seed = sheet.data["seed"]
    if isinstance(seed, int) and not isinstance(seed, bool) and abs(seed) <= LARGEST_SEED:
        return seed
    sheet.fault("seed", described(seed), allowed)
    return 0


def _plan(bets: Sheet) -> tuple[str, ...] | None:
    if bets.data.get("plan") is None:
        return None
    return tuple(
        _string(bets, lane, _entry(bets, "plan", i)) for i, lane in enumerate(_list(bets, "plan", LONGEST_LIFE))
    )


def _expectation(bets: Sheet) -> float | None:
    # Somebody may expect any amount of light, so only what is no finite number at all is refused.
    if bets.data.get("expectation") is None:
        return None
    where = say("files.where.key_of", key="expectation", where=bets.where)
    return bets.number_at(("bets", "expectation"), bets.data["expectation"], where, 1e12)


def _waypoint(sheet: Sheet, i: int, entry: object) -> Waypoint:
    where = say("files.where.waypoint", number=i + 1)
    if not isinstance(entry, dict):
        sheet.faults.add((), where, described(entry), say("files.allowed.table"))
        return Waypoint(1, "", ())
    table = Sheet(sheet.faults, entry, ("waypoints", i), where)
    table.know_only(WAYPOINT_KEYS)
    allowed = say("files.allowed.whole", most=LONGEST_LIFE)
    year = table.whole("year", most=LONGEST_LIFE) if table.require("year", allowed) else None
    water = tuple(_state(table, k, state) for k, state in enumerate(_list(table, "water", LONGEST_LIFE)))
    return Waypoint(year or 1, _text(table, "place"), water)


def _state(table: Sheet, k: int, state: object) -> int:
    if isinstance(state, int) and not isinstance(state, bool) and 0 <= state < MOST_STATES:
        return state
    allowed = say("files.allowed.state_number", most=MOST_STATES - 1)
    table.faults.add((), _entry(table, "water", k), described(state), allowed)
    return 0


def _entry(sheet: Sheet, key: str, i: int) -> str:
    where = say("files.where.key_of", key=key, where=sheet.where)
    return say("files.where.entry", number=i + 1, where=where)
