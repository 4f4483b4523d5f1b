"""Gatherings: the files of a folder read as one group, whatever else lies in the folder.

Of files with the same ticket only the latest counts, so that a file that was handed in twice, or lies there under two
names, is one person.  What is no workshop file of the exercise is left out and told.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.files import printable
from game.words import say
from game.workshop.contribution import Contribution
from game.workshop.contribution_file import ContributionFaults, read_contribution
from game.workshop.exercise import Exercise

MOST_FILES = 20_000

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Group:
    """Everybody who handed something in to an exercise; ``skipped`` are the names of other files, and why."""

    exercise: Exercise
    contributions: tuple[Contribution, ...]
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def people(self) -> int:
        """How many took part."""
        return len(self.contributions)


def gather(folder: Path, exercise: Exercise, progress: Progress | None = None) -> Group:
    """The group of an exercise from the files in ``folder``.  Raises OSError where that cannot be looked at."""
    latest: dict[str, Contribution] = {}
    skipped: list[tuple[str, str]] = []
    paths = files_in(folder)
    for number, path in enumerate(paths):
        if progress:
            progress("reading", number / len(paths))
        try:
            found = read_contribution(path, exercise)
        except ContributionFaults as error:
            first, more = error.faults[0], len(error.faults) - 1
            told = first.text if not more else say("workshop.collect.more", text=first.text, more=more)
            skipped.append((printable(path.name), told))
            continue
        before = latest.get(found.ticket)
        if before is None or found.serial >= before.serial:
            # A notebook that was copied by hand has words in it that nobody ticked.
            latest[found.ticket] = found.shared()
    people = tuple(latest[ticket] for ticket in sorted(latest))
    return Group(exercise, people, tuple(skipped))


def files_in(folder: Path) -> list[Path]:
    """The files of a folder that could be workshop files, in order of their names.  Raises OSError."""
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.lower().endswith(".json"))
    return [folder / name for name in names[:MOST_FILES] if name != ROOM_FILE and not name.startswith(".")]


ROOM_FILE = "room.json"
"""Where an inbox keeps what it is; it lies among the files that came in."""


def exercise_name_in(paths: Sequence[Path]) -> str | None:
    """The name of the exercise that most of the files say they belong to, or None where none says anything."""
    names: Counter[str] = Counter()
    for path in paths:
        try:
            if path.stat().st_size > 2**20:
                continue
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        name = document.get("exercise") if isinstance(document, dict) else None
        if isinstance(name, str):
            names[name] += 1
    return names.most_common(1)[0][0] if names else None
