"""The ``[currents.NAME]`` tables of a level file."""

from __future__ import annotations

from game.files.fault import described, listed, quoted
from game.files.sheet import Sheet, is_number
from game.model import Current, neighbour_shift, normalised
from game.words import say

MOST_CURRENTS = 64
FEWEST_STATES, MOST_STATES = 2, 8
ROW_TOLERANCE = 1e-6
CURRENT_KEYS = ("states", "start", "shift", "stay")

Shift = tuple[tuple[float, ...], ...]


def read_currents(level: Sheet) -> dict[str, Current | None]:
    """The currents of a level by their names, in file order; None for those that have faults."""
    entries = level.tables("currents", say("files.allowed.currents"), MOST_CURRENTS)
    around = Sheet(level.faults, entries, ("currents",), "")
    currents: dict[str, Current | None] = {}
    for name, entry in entries.items():
        sheet = around.sheet(name, entry, say("files.where.current", name=quoted(name)))
        currents[name] = None if sheet is None else _current(name, sheet)
    return currents


def _current(name: str, sheet: Sheet) -> Current | None:
    sheet.know_only(CURRENT_KEYS)
    states = _states(sheet)
    listed_states = sheet.data.get("states")
    size = len(listed_states) if isinstance(listed_states, list) else None
    start = 0
    if "start" in sheet and states is not None:
        state = sheet.one_of("start", states, say("files.allowed.state", states=listed(states)))
        start = states.index(state) if state is not None else 0
    elif "start" in sheet:
        sheet.text("start")
    shift = _shift(sheet, size if size is not None and FEWEST_STATES <= size <= MOST_STATES else None)
    if states is None or shift is None:
        return None
    return Current(name, states, shift, start)


def _states(sheet: Sheet) -> tuple[str, ...] | None:
    allowed = say("files.allowed.states", fewest=FEWEST_STATES, most=MOST_STATES)
    if not sheet.require("states", allowed):
        return None
    states = sheet.data["states"]
    if not isinstance(states, list):
        sheet.fault("states", described(states), allowed)
        return None
    sound = FEWEST_STATES <= len(states) <= MOST_STATES
    if not sound:
        sheet.fault("states", say("files.count", count=len(states)), allowed)
    for i, state in enumerate(states[:MOST_STATES]):
        if not isinstance(state, str) or not state.strip():
            _entry_fault(sheet, ("states", i), described(state), say("files.allowed.text_not_blank"))
            sound = False
        elif state in states[:i]:
            found = say("files.twice_in_list", name=quoted(state))
            _entry_fault(sheet, ("states", i), found, say("files.allowed.distinct_states"))
            sound = False
    return tuple(states) if sound else None


def _entry_fault(sheet: Sheet, path: tuple[str, int], found: str, allowed: str) -> None:
    key, i = path
    where = say("files.where.key_of", key=key, where=sheet.where)
    sheet.faults.add((*sheet.path, key, i), say("files.where.entry", number=i + 1, where=where), found, allowed)


def _shift(sheet: Sheet, size: int | None) -> Shift | None:
    """The transition matrix that ``shift`` or ``stay`` says; ``size`` is None where the states are not known."""
    if "shift" in sheet and "stay" in sheet:
        sheet.fault("stay", say("files.both_shifts"), say("files.allowed.one_shift"))
    elif "shift" not in sheet and "stay" not in sheet:
        sheet.faults.missing((*sheet.path, "shift"), sheet.where, say("files.allowed.one_shift"))
    stay = _stay(sheet) if "stay" in sheet else None
    shift = _matrix(sheet, size) if "shift" in sheet else None
    if "shift" in sheet or stay is None or size is None:
        return shift
    return neighbour_shift(size, stay)


def _stay(sheet: Sheet) -> float | None:
    value = sheet.data["stay"]
    if is_number(value, 1.0) and value >= 0:
        return float(value)
    sheet.fault("stay", described(value), say("files.allowed.chance"))
    return None


def _matrix(sheet: Sheet, size: int | None) -> Shift | None:
    rows = sheet.data["shift"]
    if not isinstance(rows, list):
        sheet.fault("shift", described(rows), say("files.allowed.shift"))
        return None
    if size is not None and len(rows) != size:
        sheet.fault("shift", say("files.rows", count=len(rows)), say("files.allowed.rows", count=size))
    read = [_row(sheet, i, row, size) for i, row in enumerate(rows[:MOST_STATES])]
    if len(read) != size or None in read:
        return None
    return tuple(row for row in read if row is not None)


def _row(sheet: Sheet, i: int, row: object, size: int | None) -> tuple[float, ...] | None:
    """A row of the matrix, scaled to sum to 1, or None where it has faults."""
    path, where = (*sheet.path, "shift", i), say("files.where.row", number=i + 1, where=sheet.where)
    if not isinstance(row, list):
        sheet.faults.add(path, where, described(row), say("files.allowed.row"))
        return None
    sound = size is None or len(row) == size
    if not sound:
        allowed = say("files.allowed.row_length", count=size)
        sheet.faults.add(path, where, say("files.numbers", count=len(row)), allowed)
    chances: list[float] = []
    for j, chance in enumerate(row[:MOST_STATES]):
        if is_number(chance) and chance >= 0:
            chances.append(float(chance))
        else:
            entry = say("files.where.entry", number=j + 1, where=where)
            sheet.faults.add((*path, j), entry, described(chance), say("files.allowed.chance"))
            sound = False
    if not sound:
        return None
    total = sum(chances)
    if abs(total - 1) > ROW_TOLERANCE:
        sheet.faults.add(path, where, say("files.sum", total=f"{total:.9g}"), say("files.allowed.sum"))
        return None
    return normalised(chances)
