"""Positions: on which line of a TOML text each table, key and list element stands.

``tomllib`` alone decides what a text means; it tells no lines.  This is a single pass over the same text that only
follows its outline.  It is sure about every text that ``tomllib`` accepts, and about the part of any other text before
the first thing that ``tomllib`` refuses; behind that it goes on line by line as well as it can.

It also finds keys and lists that are nested absurdly deep, for which ``tomllib`` would need hours or the whole stack.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""The way to something in a document: keys of tables and numbers of list elements, from the top."""

DEEPEST = 16
"""The most parts of a dotted key, and the most lists and tables within each other; the format itself needs 4."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_BLANK_LINES = re.compile(r"(?:[ \t\n]++|#[^\n]*)*+")
_SCALAR = re.compile(r"[^\s,\]}#]+(?: (?=\d)[^\s,\]}#]+)?")
_AFTER_HEADER = re.compile(r"\]{0,2}[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_STRINGS = {
    '"""': re.compile(r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}'),
    "'''": re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"),
    '"': re.compile(r'"(?:[^"\\\n]++|\\[^\n])*+"'),
    "'": re.compile(r"'[^'\n]*'"),
}
_LONG_NUMBER = 1000


@dataclass(frozen=True)
class Statement:
    """A table's header or a ``key = value``: where it leads, and its first and last line.

    ``heading`` is a header as it is spelled without fault, as far as its keys could be made out; else it is empty.
    ``lost`` tells that it is no TOML; then its last line is its first.
    """

    path: Path
    first: int
    last: int
    header: bool
    heading: str = ""
    lost: bool = False


@dataclass
class _Open:
    """A list or inline table that the pass is inside of."""

    path: Path
    is_list: bool
    count: int = 0


class _Lost(Exception):
    """Here the text is no TOML any more."""


class Positions:
    """The outline of one TOML text.

    ``statements`` in the order of the text; ``too_deep`` and ``long_number`` are the first lines with something nested
    too deeply and with a number of absurd length, or None.
    """

    def __init__(self, text: str) -> None:
        self.statements: list[Statement] = []
        self.too_deep: int | None = None
        self.long_number: int | None = None
        self._text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._table: Path = ()
        self._pass()

    def line(self, path: Path) -> int | None:
        """The line on which what ``path`` leads to begins, or the nearest thing around it that has a line."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return None

    def statement_at(self, line: int) -> Statement | None:
        """The statement that covers ``line``."""
        index = bisect_right(self.statements, line, key=lambda statement: statement.first) - 1
        if index < 0 or self.statements[index].last < line:
            return None
        return self.statements[index]

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._breaks, offset - 1) + 1

    def _mark(self, path: Path, offset: int) -> None:
        self._lines.setdefault(path, self._line_at(offset))

    def _pass(self) -> None:
        offset = _end(_BLANK_LINES, self._text, 0)
        while offset < len(self._text) and self.too_deep is None:
            start, header = offset, self._text[offset] == "["
            path, heading, lost = self._table, "", False
            try:
                if header:
                    path, offset, heading = self._header(offset)
                else:
                    path, offset = self._key_and_sign(offset, self._table)
                    offset = self._value(offset, path)
            except _Lost:
                offset, lost = start, True
            # A statement ends with its line; anything left on it is not TOML, and the pass goes on behind it.
            rest = self._text.find("\n", offset)
            offset = len(self._text) if rest < 0 else rest
            self.statements.append(Statement(path, self._line_at(start), self._line_at(offset), header, heading, lost))
            offset = _end(_BLANK_LINES, self._text, offset)

    def _header(self, offset: int) -> tuple[Path, int, str]:
        """The path of a header, the offset behind its keys, and its faultless spelling."""
        start = offset
        is_list = self._text.startswith("[[", offset)
        keys, offset = self._key(offset + (2 if is_list else 1))
        if _AFTER_HEADER.match(self._text, offset) is None:
            raise _Lost
        path: Path = ()
        for depth, key in enumerate(keys, 1):
            path = (*path, key)
            self._mark(path, start)
            if is_list and depth == len(keys):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
                self._mark(path, start)
        self._table = path
        spelled = ".".join(json.dumps(key, ensure_ascii=False) for key in keys)
        return path, offset, f"[[{spelled}]]" if is_list else f"[{spelled}]"

    def _key(self, offset: int) -> tuple[list[str], int]:
        """The parts of a dotted key, and the offset behind it."""
        start, keys = offset, []
        while True:
            offset = _end(_BLANK, self._text, offset)
            part, offset = self._key_part(offset)
            keys.append(part)
            if len(keys) > DEEPEST:
                self._give_up(start)
            offset = _end(_BLANK, self._text, offset)
            if not self._text.startswith(".", offset):
                return keys, offset
            offset += 1

    def _key_part(self, offset: int) -> tuple[str, int]:
        bare = _BARE_KEY.match(self._text, offset)
        if bare:
            return bare.group(), bare.end()
        end = self._string(offset)
        raw = self._text[offset + 1 : end - 1]
        return (_unescaped(raw) if self._text[offset] == '"' else raw), end

    def _key_and_sign(self, offset: int, table: Path) -> tuple[Path, int]:
        """The path of the key at ``offset``, and the offset of its value behind the equals sign."""
        start, path = offset, table
        keys, offset = self._key(offset)
        for key in keys:
            path = (*path, key)
            self._mark(path, start)
        if not self._text.startswith("=", offset):
            raise _Lost
        return path, _end(_BLANK, self._text, offset + 1)

    def _value(self, offset: int, path: Path) -> int:
        """The offset behind the value at ``offset``; everything inside it is marked on the way."""
        inside: list[_Open] = []
        while True:
            char = self._text[offset : offset + 1]
            if char and char in "[{":
                inside.append(_Open(path, char == "["))
                if len(inside) > DEEPEST:
                    self._give_up(offset)
                offset += 1
            else:
                offset = self._scalar(offset)
            offset = self._closed(offset, inside)
            if not inside:
                return offset
            path, offset = self._inner(offset, inside[-1])

    def _closed(self, offset: int, inside: list[_Open]) -> int:
        """The offset of the next value or key within the lists and tables that are open, having closed some of them."""
        while inside:
            offset = _end(_BLANK_LINES, self._text, offset)
            char = self._text[offset : offset + 1]
            if char and char in "]}":
                inside.pop()
            elif char != ",":
                break
            offset += 1
        return offset

    def _inner(self, offset: int, around: _Open) -> tuple[Path, int]:
        if not around.is_list:
            return self._key_and_sign(offset, around.path)
        path = (*around.path, around.count)
        around.count += 1
        # Most lists stand on one line, which is known from the list itself.
        if self._line_at(offset) != self.line(around.path):
            self._mark(path, offset)
        return path, offset

    def _scalar(self, offset: int) -> int:
        if self._text.startswith(('"', "'"), offset):
            return self._string(offset)
        match = _SCALAR.match(self._text, offset)
        if match is None:
            raise _Lost
        if len(match.group()) > _LONG_NUMBER and self.long_number is None:
            self.long_number = self._line_at(offset)
        return match.end()

    def _string(self, offset: int) -> int:
        mark = self._text[offset : offset + 3]
        pattern = _STRINGS.get(mark) or _STRINGS.get(mark[:1])
        match = pattern.match(self._text, offset) if pattern else None
        if match is None:
            raise _Lost
        return match.end()

    def _give_up(self, offset: int) -> None:
        self.too_deep = self._line_at(offset)
        raise _Lost


def _end(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return offset if match is None else match.end()


_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(["\\btnfr]))')
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def _unescaped(raw: str) -> str:
    def char(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        if number is None:
            return _SHORT[match[3]]
        code = int(number, 16)
        return chr(code) if code < 0x110000 else match[0]

    return _ESCAPE.sub(char, raw)
