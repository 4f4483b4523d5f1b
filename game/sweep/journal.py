"""The journal of a sweep: every level that has been solved, one line each, kept through a kill.

The file is only ever appended to.  Its first line names the program; each further line is a JSON object with a recipe
and its figures.  A line that was torn when the writer was killed is passed over, and what is written next begins on a
line of its own.  Numbers are written so that they come back to the bit.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any

from game.generator import Recipe
from game.sweep.trial import Figures, program_digest

_WHAT = "water-lanes sweep"
_BETWEEN_SYNCS = 2.0


class ForeignJournal(Exception):
    """A file in the journal's place that is no journal, or one that another version of the program wrote."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Journal:
    """The journal at ``path``, which is made where it is missing; ``known`` holds the figures in it by recipe.

    Raises ForeignJournal and OSError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[Recipe, Figures] = {}
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        self._synced = time.monotonic()
        try:
            self._read()
        except BaseException:
            os.close(self._descriptor)
            raise

    def keep(self, recipe: Recipe, figures: Figures) -> None:
        """Appends the figures of a recipe."""
        self.known[recipe] = figures
        self._append({"recipe": asdict(recipe), "figures": asdict(figures)})
        if time.monotonic() > self._synced + _BETWEEN_SYNCS:
            self._sync()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._sync()
        finally:
            os.close(self._descriptor)

    def _read(self) -> None:
        with open(os.dup(self._descriptor), "rb") as file:
            file.seek(0)
            text = file.read()
        lines = text.split(b"\n")
        # Killed while it wrote its very first line, a journal holds nothing yet.
        header = _header()
        begun = [_object(line) for line in lines if line.strip()]
        if any(entry == header for entry in begun):
            for entry in begun:
                self._take(entry)
        elif text and not json.dumps(header).encode().startswith(text.rstrip(b"\n")):
            raise ForeignJournal(self.path)
        if text and not text.endswith(b"\n"):
            os.write(self._descriptor, b"\n")
        if header not in begun:
            self._append(header)

    def _take(self, entry: dict[str, Any] | None) -> None:
        if entry is None or entry.keys() != {"recipe", "figures"}:
            return
        recipe, figures = entry["recipe"], entry["figures"]
        if _has_fields(recipe, Recipe) and _has_fields(figures, Figures):
            self.known[Recipe(**recipe)] = Figures(**figures)

    def _append(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry).encode() + b"\n"
        while line:
            line = line[os.write(self._descriptor, line) :]

    def _sync(self) -> None:
        os.fsync(self._descriptor)
        self._synced = time.monotonic()


def _header() -> dict[str, Any]:
    return {"journal": _WHAT, "format": 1, "program": program_digest()}


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _has_fields(found: object, of: type) -> bool:
    if not isinstance(found, dict) or found.keys() != {field.name for field in fields(of)}:
        return False
    return all(value is None or isinstance(value, int | float) for value in found.values())
