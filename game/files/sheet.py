"""Sheets: tables of a level file, read key by key, with every fault kept and nothing raised.

Each reader asks a sheet for what the format knows.  A question that cannot be answered leaves a fault and gives None,
so that the reading goes on and finds the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeGuard

from game.files.fault import Fault, described, listed, nearest, printable, quoted
from game.files.positions import Path
from game.words import say

LARGEST = 1e6
"""No light, weight or number of years is larger than this, in either direction."""

_MOST_HINTS = 200


class Faults:
    """The faults found so far in one text, which begin with ``found``.

    ``line_of`` tells the line of what a path leads to; ``unread`` holds the paths to what was there but was no text of
    its format.
    """

    def __init__(
        self,
        found: Iterable[Fault] = (),
        line_of: Callable[[Path], int | None] = lambda path: None,
        unread: Collection[Path] = (),
    ) -> None:
        self.found = list(found)
        self._line_of = line_of
        self._unread = unread
        self._hints = 0

    def add(self, path: Path, where: str, found: str, allowed: str, hint: str = "") -> None:
        """Keeps a fault of what ``path`` leads to."""
        self.found.append(Fault(self._line_of(path), where, found, allowed, hint))

    def missing(self, path: Path, where: str, allowed: str) -> None:
        """Keeps a fault of something that ``path`` should lead to, unless it may be there and could not be read."""
        if path not in self._unread and path[:-1] not in self._unread:
            self.add(path, where, say("files.missing", key=path[-1]), allowed)

    def unread_below(self, path: Path) -> set[str] | None:
        """The keys below ``path`` that are there but could not be read; None where there may be any."""
        if path in self._unread:
            return None
        return {str(way[len(path)]) for way in self._unread if way[: len(path)] == path}

    def like(self, word: str, known: Iterable[str]) -> str:
        """A hint at the known name that is most like ``word``, or no hint."""
        # A file full of unknown names would take minutes to compare; after so many hints the point is made.
        self._hints += 1
        name = nearest(word, known) if self._hints <= _MOST_HINTS else None
        return say("files.did_you_mean", name=quoted(name)) if name else ""


class Sheet:
    """One table: its ``data``, the ``path`` to it, and its name for people, ``where``."""

    def __init__(self, faults: Faults, data: dict[str, object], path: Path, where: str) -> None:
        self.faults = faults
        self.data = data
        self.path = path
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def fault(self, key: str | None, found: str, allowed: str, hint: str = "") -> None:
        """Keeps a fault of ``key`` (of the table as a whole without one)."""
        path = self.path if key is None else (*self.path, key)
        where = self.where if key is None else say("files.where.key_of", key=printable(key), where=self.where)
        self.faults.add(path, where, found, allowed, hint)

    def know_only(self, known: Sequence[str]) -> None:
        """Keeps a fault of every key that the format does not know here."""
        unknown = [key for key in self.data if key not in known]
        allowed = say("files.known_keys", keys=listed(known, most=24)) if unknown else ""
        for key in unknown:
            found, hint = say("files.unknown_key", key=quoted(key)), self.faults.like(key, known)
            self.faults.add((*self.path, key), self.where, found, allowed, hint)

    def require(self, key: str, allowed: str) -> bool:
        """Whether ``key`` is there; a fault is kept where it is not."""
        if key not in self.data:
            self.faults.missing((*self.path, key), self.where, allowed)
        return key in self.data

    def text(self, key: str, default: str | None = None, *, blank: bool = True) -> str | None:
        """The text at ``key``; a ``blank`` one (nothing but spaces) can be refused."""
        value = self.data.get(key, default)
        if isinstance(value, str) and (blank or value.strip()):
            return value
        if value is not None:
            self.fault(key, described(value), say("files.allowed.text" if blank else "files.allowed.text_not_blank"))
        return None

    def whole(self, key: str, default: int | None = None, *, most: int = int(LARGEST)) -> int | None:
        """The whole number at ``key``, from 1 to ``most``."""
        value = self.data.get(key, default)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
            return value
        hint = ""
        if isinstance(value, float) and value.is_integer() and 1 <= value <= most:
            hint = say("files.write_whole", number=int(value))
        self.fault(key, described(value), say("files.allowed.whole", most=most), hint)
        return None

    def truth(self, key: str, default: bool) -> bool | None:
        """The true or false at ``key``."""
        value = self.data.get(key, default)
        if isinstance(value, bool):
            return value
        self.fault(key, described(value), say("files.allowed.truth"))
        return None

    def number(self, key: str) -> float | None:
        """The finite number of at most LARGEST at ``key``, which must be there."""
        where = say("files.where.key_of", key=printable(key), where=self.where)
        return self.number_at((*self.path, key), self.data[key], where)

    def number_at(self, path: Path, value: object, where: str, most: float = LARGEST) -> float | None:
        """``value``, which ``path`` leads to, if it is a finite number of at most ``most``."""
        if is_number(value, most):
            return float(value) + 0.0  # which makes a minus zero a zero
        self.faults.add(path, where, described(value), say("files.allowed.number", most=f"{most:,.0f}"))
        return None

    def one_of(self, key: str, known: Collection[str] | None, allowed: str) -> str | None:
        """The text at ``key``, which must be there and be one of ``known``; any text where that is None."""
        value = self.data[key]
        if isinstance(value, str) and (known is None or value in known):
            return value
        hint = self.faults.like(value, known) if isinstance(value, str) and known else ""
        self.fault(key, described(value), allowed, hint)
        return None

    def tables(self, key: str, allowed: str, most: int | None = None) -> dict[str, object]:
        """The entries of the table at ``key`` by their names; empty where there is none.

        More than ``most`` of them are a fault, and so is one without a name.
        """
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, described(value), allowed)
            return {}
        if most is not None and len(value) > most:
            self.fault(key, say("files.count", count=len(value)), say("files.allowed.at_most", most=most))
        for name in value:
            if not name.strip():
                where = say("files.where.key", name=key)
                self.faults.add((*self.path, key, name), where, say("files.empty_name"), say("files.allowed.name"))
        return value

    def sheet(self, key: str, value: object, where: str) -> Sheet | None:
        """The entry ``key`` of this table as a table of its own."""
        if isinstance(value, dict):
            return Sheet(self.faults, value, (*self.path, key), where)
        self.faults.add((*self.path, key), where, described(value), say("files.allowed.table"))
        return None


def is_number(value: object, most: float = LARGEST) -> TypeGuard[int | float]:
    """Whether ``value`` is a finite number of at most ``most`` in either direction; true and false are no numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def read_format(sheet: Sheet, current: int) -> bool:
    """Whether a document says a format that this program can judge; a fault is kept where it is not ``current``.

    What a later format allows cannot be judged by the rules of this one, so its other faults are not looked for.
    """
    allowed = say("files.allowed.format", format=current)
    if not sheet.require("format", allowed):
        return True
    number = sheet.data["format"]
    if not isinstance(number, int) or isinstance(number, bool) or number < current:
        sheet.fault("format", described(number), allowed)
    elif number > current:
        sheet.fault("format", described(number), allowed, say("files.newer_format"))
        return False
    return True
