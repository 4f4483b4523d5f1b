"""Lives kept as run files, one's own and friends': read as what anybody may have written, and lived once more.

A run file is held against every rule before anything is made of it, so whatever the file holds, a life comes out of it
that was really lived on its level, or a sentence that says why none does.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from game.files import Parted, Run, RunFaults, printable, read_run, replayed
from game.model import Level
from game.simulate import Record
from game.steering import Steering, hand_after
from game.words import say

MOST_LIVES = 400
"""As many run files of a folder are read, the newest first."""

_LONGEST_NAME = 26


@dataclass(frozen=True)
class KeptLife:
    """One run file: when it was written (seconds since 1970), whose it is, and what it holds.

    ``run`` is None where it cannot be read; ``level`` and ``record`` are None where its level is not at hand as it was
    then, or the run parts from it.  ``problem`` says in a sentence what is the matter, or is empty.
    """

    path: Path
    when: float
    friend: bool
    run: Run | None = None
    level: Level | None = None
    record: Record | None = None
    problem: str = ""

    @property
    def light(self) -> float:
        """The light of the whole life, as the value function that was in hand at its end counts it."""
        assert self.run is not None
        assert self.record is not None
        assert self.level is not None
        begun = Steering(self.run.value_function, self.run.weights)
        hand = hand_after(self.level, begun, self.run.turns, len(self.run.choices))
        return self.record.total(hand.held.weights)

    @property
    def date(self) -> str:
        """When the file was written, by this machine's clock."""
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(self.when))

    @property
    def title(self) -> str:
        """What its ghost is called: the date of a life of one's own, the name of a friend's file."""
        stem = printable(self.path.stem)
        named = stem if len(stem) <= _LONGEST_NAME else stem[: _LONGEST_NAME - 1] + "…"
        return say("lives.friend", name=named) if self.friend else say("lives.own", date=self.date)


def read_lives(own: Path, friends: Path, levels: tuple[Level, ...]) -> list[KeptLife]:
    """The lives in two folders, the newest first; folders that cannot be listed hold none."""
    found = [*_files(own, False), *_files(friends, True)]
    found.sort(key=lambda file: (-file[1], str(file[0])))
    return [read_life(path, friend, levels) for path, _, friend in found[:MOST_LIVES]]


def read_life(path: Path, friend: bool, levels: Iterable[Level]) -> KeptLife:
    """The life in one file, on the level among ``levels`` that is the same as then.  Never raises."""
    when = _written(path)
    try:
        run = read_run(path)
    except RunFaults as faults:
        first = faults.faults[0].text if faults.faults else ""
        return KeptLife(path, when, friend, problem=say("lives.broken", problem=first))
    level = next((level for level in levels if level.digest == run.level_digest), None)
    if level is None:
        return KeptLife(path, when, friend, run, problem=say("lives.no_level", title=printable(run.level_title)))
    if len(run.weights) != len(level.values):
        return KeptLife(path, when, friend, run, problem=say("lives.other_values"))
    try:
        record = replayed(run, level)
    except Parted as parted:
        return KeptLife(path, when, friend, run, problem=str(parted))
    return KeptLife(path, when, friend, run, level, record)


def _files(folder: Path, friend: bool) -> list[tuple[Path, float, bool]]:
    try:
        return [(path, _written(path), friend) for path in folder.iterdir() if path.suffix.lower() == ".json"]
    except OSError:
        return []


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
