"""The ``[oracles.NAME]`` tables of a level file."""

from __future__ import annotations

from collections.abc import Mapping

from game.files.fault import listed, quoted
from game.files.sheet import Sheet
from game.files.value_table import ValueTable
from game.model import Current, Oracle, Weights
from game.words import say

MOST_ORACLES = 16
MOST_LANDSCAPES = 1000
"""The most landscapes of which an oracle can have lived in the luckiest."""

ORACLE_KEYS = ("label", "words", "weights", "starts", "still", "luckiest_of")
ERRORS = ("weights", "starts", "still", "luckiest_of")
"""The keys that say how an oracle is wrong."""


def read_oracles(level: Sheet, values: ValueTable, currents: Mapping[str, Current | None] | None) -> tuple[Oracle, ...]:
    """The oracles of a level in file order; one that has faults may be left out, or stand there with defaults.

    ``currents`` is None where it cannot be known which there are.
    """
    entries = level.tables("oracles", say("files.allowed.oracles"), MOST_ORACLES)
    around = Sheet(level.faults, entries, ("oracles",), "")
    oracles = []
    for name, entry in entries.items():
        sheet = around.sheet(name, entry, say("files.where.oracle", name=quoted(name)))
        if sheet is not None:
            oracles.append(_oracle(name, sheet, values, currents))
    return tuple(oracles)


def _oracle(name: str, sheet: Sheet, values: ValueTable, currents: Mapping[str, Current | None] | None) -> Oracle:
    sheet.know_only(ORACLE_KEYS)
    label = sheet.text("label", name)
    words = sheet.text("words", "") or ""
    weights = _weights(sheet, values) if "weights" in sheet else None
    starts = _starts(sheet, currents) if "starts" in sheet else ()
    still = sheet.truth("still", False)
    luckiest_of = sheet.whole("luckiest_of", most=MOST_LANDSCAPES)
    if not [key for key in ERRORS if sheet.data.get(key, False) is not False]:
        sheet.fault(None, say("files.never_wrong"), say("files.allowed.wrong"))
    if still and "luckiest_of" in sheet:
        sheet.fault("luckiest_of", say("files.lucky_in_still"), say("files.allowed.still_or_lucky"))
    return Oracle(
        name=name,
        label=label if label and label.strip() else name,
        words=words,
        weights=weights,
        starts=starts,
        still=bool(still),
        luckiest_of=luckiest_of,
    )


def _weights(sheet: Sheet, values: ValueTable) -> Weights | None:
    """Weights of the oracle's own; at least one of them must weigh something."""
    table = sheet.sheet("weights", sheet.data["weights"], say("files.where.key_of", key="weights", where=sheet.where))
    if table is None:
        return None
    before = len(table.faults.found)
    weights = values.read_weights(table)
    if len(table.faults.found) == before and not any(weights):
        sheet.fault("weights", say("files.no_weight"), say("files.allowed.some_weight"))
    return weights


def _starts(sheet: Sheet, currents: Mapping[str, Current | None] | None) -> tuple[tuple[str, int], ...]:
    """The states in which some currents are thought to have begun, by their numbers."""
    table = sheet.sheet("starts", sheet.data["starts"], say("files.where.key_of", key="starts", where=sheet.where))
    if table is None:
        return ()
    if not table.data:
        sheet.fault("starts", say("files.count", count=0), say("files.allowed.some_starts"))
    starts = []
    for name in table.data:
        current = None if currents is None else currents.get(name)
        if currents is not None and name not in currents:
            found, hint = say("files.unknown_current", current=quoted(name)), table.faults.like(name, currents)
            table.faults.add((*table.path, name), table.where, found, say("files.allowed.current_of_level"), hint)
        elif current is None:
            table.text(name)  # of a current with faults of its own nobody knows the states
        else:
            state = table.one_of(name, current.states, say("files.allowed.state", states=listed(current.states)))
            if state is not None:
                starts.append((name, current.states.index(state)))
    return tuple(starts)
