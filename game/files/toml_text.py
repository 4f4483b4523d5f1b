"""TOML texts: what a text says, on which lines it says it, and every place where it is not TOML.

``tomllib`` stops at the first thing that it cannot read.  An author deserves to hear of all of them, so a statement
that is not TOML is blanked out, and the rest is read again: what is blanked out is told as a fault, and is not told
again as something missing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from game.files.fault import Fault, printable, quoted
from game.files.positions import DEEPEST, Path, Positions, Statement
from game.words import say

_MOST_READINGS = 20
_MOST_CHARACTERS_READ = 2**22

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
    (r"Unescaped '\\\\'|Invalid hex value|not a Unicode scalar", "backslash"),
    (r"Illegal character|Found invalid character", "character"),
)


@dataclass(frozen=True)
class TomlText:
    """A text that was read: ``data`` (None where nothing could be read), where things stand, and what is not TOML.

    ``unread`` holds the ways to everything that was left out because it is not TOML.
    """

    data: dict[str, Any] | None
    positions: Positions
    faults: tuple[Fault, ...] = ()
    unread: frozenset[Path] = field(default=frozenset())


def parsed(text: str) -> TomlText:
    """What ``text``, with ``\\n`` as its line ends, says; never raises."""
    faults: list[Fault] = []
    unread: set[Path] = set()
    readings = max(1, min(_MOST_READINGS, _MOST_CHARACTERS_READ // (len(text) + 1)))
    positions = Positions(text)
    for _ in range(readings):
        if positions.too_deep is not None:
            faults.append(_fault("too_deep", positions.too_deep, deepest=DEEPEST))
            break
        try:
            return TomlText(tomllib.loads(text), positions, tuple(faults), frozenset(unread))
        except tomllib.TOMLDecodeError as error:
            fault, broken = _explained(error, text, positions)
        except RecursionError:
            faults.append(_fault("too_deep", None, deepest=DEEPEST))
            break
        except ValueError:
            # The only other refusal: Python turns no digits by the thousand into an integer.
            fault = _fault("long_number", positions.long_number)
            broken = positions.statement_at(positions.long_number) if positions.long_number else None
        faults.append(fault)
        if broken is None or (not broken.header and broken.last > broken.first):
            break
        unread.add(broken.path)
        text = _without(text, broken, positions)
        positions = Positions(text)
    return TomlText(None, positions, tuple(faults), frozenset(unread))


def _explained(error: tomllib.TOMLDecodeError, text: str, positions: Positions) -> tuple[Fault, Statement | None]:
    """The fault in plain words, and the statement that can be left out to read on (None where that is not known)."""
    message = str(error)
    where = _WHERE.search(message)
    line = int(where[1]) if where and where[1] else text.count("\n") + 1
    column = int(where[2]) if where and where[2] else None
    plain = _WHERE.sub("", message)
    key = next((key for pattern, key in _MEANINGS if re.search(pattern, plain)), "other")
    statement = positions.statement_at(line)
    if key == "twice":
        return _said_twice(line, statement, positions)
    if statement is not None and statement.header:
        # Without its header, what follows would be taken for a part of the table before.
        statement = None
    return _fault(key, line, column=column, message=printable(plain)), statement


def _said_twice(line: int, statement: Statement | None, positions: Positions) -> tuple[Fault, Statement | None]:
    if statement is None:
        return _fault("twice", line), None
    name = ".".join(str(part) for part in statement.path if isinstance(part, str))
    first = positions.line(statement.path)
    where = say("files.where.header" if statement.header else "files.where.key", name=quoted(name))
    found = say("files.toml.twice.found_again", line=first) if first and first < line else say("files.toml.twice.found")
    return Fault(line, where, found, say("files.toml.twice.allowed")), statement


def _fault(key: str, line: int | None, column: int | None = None, **parts: object) -> Fault:
    where = say("files.where.file") if column is None else say("files.where.column", column=column)
    return Fault(line, where, say(f"files.toml.{key}.found", **parts), say(f"files.toml.{key}.allowed", **parts))


def _without(text: str, broken: Statement, positions: Positions) -> str:
    """``text`` with a statement blanked out, and with a header everything up to the next header; all lines stay."""
    last = broken.last
    if broken.header:
        following = (s.first - 1 for s in positions.statements if s.first > broken.first and s.header)
        last = next(following, text.count("\n") + 1)
    lines = text.split("\n")
    lines[broken.first - 1 : last] = [""] * (last - broken.first + 1)
    return "\n".join(lines)
