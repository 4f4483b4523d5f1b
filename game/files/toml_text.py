"""TOML texts: what a text says, on which lines it says it, and every place where it is not TOML.

``tomllib`` stops at the first thing that it cannot read.  An author deserves to hear of all of them, so a statement
that is not TOML is blanked out, and the rest is read again: what is blanked out is told as a fault, and is not told
again as something missing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import Any

from game.files.fault import Fault, printable, quoted
from game.files.positions import DEEPEST, Path, Positions, Statement
from game.words import say

_MOST_READINGS = 20
_MOST_CHARACTERS_READ = 2**20

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_MEANINGS = (
    (r"Expected '=' after a key", "no_equals"),
    (r"Expected newline or end of document", "more_on_line"),
    (r"Cannot overwrite a value|Duplicate inline table key", "twice"),
    (r"Cannot declare|Cannot redefine|Cannot mutate", "twice"),
    (r"Expected '\]\]?' at the end of a", "header_open"),
    (r"Unclosed array", "list_open"),
    (r"Unclosed inline table", "table_open"),
    (r"Invalid value", "no_value"),
    (r"Invalid statement|Invalid initial character for a key", "no_key"),
    (r"Invalid date", "no_date"),
    (r"Unterminated string|Expected \"|Expected '|Illegal character '\\n'", "text_open"),
    (r"Unescaped '\\'|Invalid hex value|not a Unicode scalar", "backslash"),
    (r"Illegal character|Found invalid character", "character"),
)


@dataclass(frozen=True)
class TomlText:
    """A text that was read: ``data`` (None where nothing could be read), where things stand, and what is not TOML.

    ``unread`` holds the ways to everything that was left out because it is not TOML; where a key could not be made out,
    that is the way to its table.
    """

    data: dict[str, Any] | None
    positions: Positions
    faults: tuple[Fault, ...] = ()
    unread: frozenset[Path] = field(default=frozenset())


def parsed(text: str) -> TomlText:
    """What ``text``, with ``\\n`` as its line ends, says; never raises."""
    faults: list[Fault] = []
    unread: set[Path] = set()
    if "\r" in text:
        faults.append(_fault("carriage_return", text.count("\n", 0, text.index("\r")) + 1))
        text = text.replace("\r", "\n")
    readings = max(1, min(_MOST_READINGS, _MOST_CHARACTERS_READ // (len(text) + 1)))
    for _ in range(readings):
        positions = Positions(text)
        if positions.too_deep is not None:
            faults.append(_fault("too_deep", positions.too_deep, deepest=DEEPEST))
            break
        try:
            return TomlText(tomllib.loads(text), positions, tuple(faults), frozenset(unread))
        except tomllib.TOMLDecodeError as error:
            fault, broken, repair = _explained(error, text, positions)
        except RecursionError:
            faults.append(_fault("too_deep", None, deepest=DEEPEST))
            break
        except ValueError:
            # The only other refusal: Python turns no digits by the thousand into an integer.
            fault, repair = _fault("long_number", positions.long_number), ""
            broken = positions.statement_at(positions.long_number) if positions.long_number else None
        faults.append(fault)
        if broken is None:
            break
        if not repair:
            unread.add(broken.path)
        text = _without(text, broken, positions, repair)
    return TomlText(None, positions, tuple(faults), frozenset(unread))


def _explained(error: tomllib.TOMLDecodeError, text: str, positions: Positions) -> tuple[Fault, Statement | None, str]:
    """The fault in plain words, the statement to leave out for reading on, and what to put in its place.

    There is no statement (None) where what comes after could be misunderstood without it.
    """
    message = str(error)
    where = _WHERE.search(message)
    line = int(where[1]) if where and where[1] else text.count("\n") + 1
    column = int(where[2]) if where and where[2] else None
    plain = _WHERE.sub("", message)
    key = next((key for pattern, key in _MEANINGS if re.search(pattern, plain)), "other")
    lost = next((statement for statement in positions.statements if statement.lost), None)
    if lost is not None and lost.first < line:
        # It began well and did not end, which is noticed only lines after the place where the author has to look.
        key = key if key in ("list_open", "table_open", "text_open") else "list_open"
        within = None if line > text.count("\n") else replace(lost, last=line - 1)
        return _fault(key, lost.first, message=printable(plain)), within, ""
    statement = positions.statement_at(line)
    if key == "twice" and statement is not None and statement.lost:
        # The name is there already, but what has to be mended first is that the heading, or the table, has no end.
        key = "header_open" if statement.header else "table_open"
    if key == "twice":
        return _said_twice(line, statement, positions), statement, ""
    fault = _fault(key, line, column=column, message=printable(plain))
    if statement is not None and statement.header:
        # Without its header, what follows would be taken for a part of the table before.
        mended = statement.heading if statement.heading != _line(text, line) else ""
        return fault, statement if mended else None, mended
    return fault, statement, ""


def _line(text: str, line: int) -> str:
    return text.split("\n")[line - 1]


def _said_twice(line: int, statement: Statement | None, positions: Positions) -> Fault:
    if statement is None:
        return _fault("twice", line)
    path = statement.path[:-1] if isinstance(statement.path[-1], int) else statement.path
    name = quoted(".".join(str(part) for part in path if isinstance(part, str)))
    first = positions.line(path)
    found = say("files.toml.twice.found_again", line=first) if first and first < line else say("files.toml.twice.found")
    if statement.header:
        return Fault(line, say("files.where.header", name=name), found, say("files.toml.twice.allowed_heading"))
    return Fault(line, say("files.where.key", name=name), found, say("files.toml.twice.allowed"))


def _fault(key: str, line: int | None, column: int | None = None, **parts: object) -> Fault:
    where = say("files.where.file") if column is None else say("files.where.column", column=column)
    return Fault(line, where, say(f"files.toml.{key}.found", **parts), say(f"files.toml.{key}.allowed", **parts))


def _without(text: str, broken: Statement, positions: Positions, repair: str) -> str:
    """``text`` with ``repair`` in place of a statement, or of a table where that is no header; all lines stay."""
    last = broken.last
    if broken.header and not repair:
        following = (s.first - 1 for s in positions.statements if s.first > broken.first and s.header)
        last = next(following, text.count("\n") + 1)
    lines = text.split("\n")
    lines[broken.first - 1 : last] = [repair] + [""] * (last - broken.first)
    return "\n".join(lines)
