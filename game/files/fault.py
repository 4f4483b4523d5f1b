"""Faults: what is wrong with a file, said so that its author can put it right without asking anybody."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.words import say

_MISLEADING = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_LONGEST_SHOWN = 60
_LONGEST_COMPARED = 60
_MOST_COMPARED = 500


@dataclass(frozen=True)
class Fault:
    """One problem: its line (None where there is none), the object by its name, what was found, what is allowed."""

    line: int | None
    where: str
    found: str
    allowed: str
    hint: str = ""

    @property
    def text(self) -> str:
        """The problem as one line of plain words, without file and line."""
        text = say("files.fault", where=self.where, found=self.found, allowed=self.allowed)
        return f"{text} {self.hint}" if self.hint else text


class FileFaults(Exception):
    """A file that cannot be used, with every problem found in it.

    ``path`` names the file or other source; ``faults`` holds at least one fault, in order of lines; ``opened`` is False
    where there was no file to look into.
    """

    def __init__(self, path: Path | str, faults: Iterable[Fault], opened: bool = True) -> None:
        self.path = path
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        self.opened = opened
        super().__init__(path, self.faults, opened)

    def __str__(self) -> str:
        """All problems, one a line: ``FILE:LINE: object: found …; allowed …``."""
        source = printable(str(self.path))
        return "\n".join(
            f"{source}:{fault.line}: {fault.text}" if fault.line else f"{source}: {fault.text}" for fault in self.faults
        )


class LevelFaults(FileFaults):
    """A level file that cannot be played."""


class RunFaults(FileFaults):
    """A run file that cannot be read."""


def printable(text: str, *, lines: bool = False) -> str:
    """``text`` with everything escaped that could mislead a terminal or its reader.

    That is control characters, marks that turn the direction of writing, invisible spaces and lone surrogates.  With
    ``lines`` the line breaks stay.
    """
    return "".join(char if _harmless(char) or (lines and char == "\n") else _escaped(char) for char in text)


def _harmless(char: str) -> bool:
    if " " <= char <= "~":
        return True
    return unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") and char not in _MISLEADING


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def quoted(text: str) -> str:
    """``text`` in quotation marks, made printable and not too long to read."""
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f'"{printable(shown)}"'


def described(value: object) -> str:
    """What a value from a file is, in plain words; works for every value that TOML or JSON can hold."""
    match value:
        case None:
            return say("files.kind.nothing")
        case bool():
            return say("files.kind.truth", value=str(value).lower())
        case int():
            return say("files.kind.whole", value=_digits(value))
        case float():
            return say("files.kind.number", value=repr(value))
        case str():
            return say("files.kind.text", value=quoted(value)) if value.strip() else say("files.kind.empty_text")
        case list():
            return say("files.kind.list", count=len(value)) if value else say("files.kind.empty_list")
        case dict():
            return say("files.kind.table")
    return say("files.kind.date", value=str(value))


def _digits(value: int) -> str:
    # Python refuses to write out integers of thousands of digits, and nobody would read them.
    if abs(value) < 10**20:
        return str(value)
    return say("files.kind.huge")


def listed(names: Sequence[str], most: int = 12) -> str:
    """Names as a list in a sentence, each in quotation marks, shortened after ``most``."""
    shown = ", ".join(quoted(name) for name in names[:most])
    return shown if len(names) <= most else say("files.and_more", names=shown, count=len(names) - most)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most like ``word``, or None where nothing is like it."""
    if len(word) > _LONGEST_COMPARED:
        return None
    candidates = [name for name in known if len(name) <= _LONGEST_COMPARED][:_MOST_COMPARED]
    folded = {name.casefold(): name for name in reversed(candidates)}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
