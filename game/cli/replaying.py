"""``water-lanes replay``: a run checked fork by fork, and told or shown."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from game import __version__
from game.cli.checking import FINE, PROBLEMS
from game.cli.naming import level_path
from game.cli.playing import asked_language, open_window
from game.cli.refusal import Refusal
from game.files import (
    LevelEntry,
    Parted,
    Run,
    changes,
    level_cards,
    level_entry,
    printable,
    quoted,
    read_level,
    read_run,
    replayed,
    session_of,
)
from game.model import Level
from game.transcript import transcript
from game.words import say


def replay_command(arguments: argparse.Namespace) -> int:
    """Checks a run, and tells it as a text or shows it in the window.

    Returns 1 where the run parts from its replay or its level has changed.  Raises RunFaults, LevelFaults and Refusal.
    """
    run = read_run(arguments.run)
    path, level = _level_of(run, arguments)
    for change in changes(run, level):
        print(change, file=sys.stderr)
    session = session_of(run, level)
    try:
        session.record = replayed(run, level)
    except Parted as parted:
        # What comes after would not be the life in the file any more.
        session.record = parted.record
        if arguments.text:
            print(transcript(session), end="")
        print(parted, file=sys.stderr)
        return PROBLEMS
    if arguments.text:
        print(transcript(session), end="")
    print(say("cli.replay.followed", decisions=len(run.choices)), file=sys.stderr)
    # A run of another version of the program that still follows is in order.
    status = PROBLEMS if changes(replace(run, program=__version__), level) else FINE
    if arguments.text:
        return status
    hint = say("cli.replay.without_display")
    language, run_file = asked_language(arguments), Path(arguments.run).absolute()
    return open_window(path, run, hint=hint, language=language, run_file=run_file) or status


def _level_of(run: Run, arguments: argparse.Namespace) -> tuple[Path, Level]:
    """The level of a run and its file: the one that is named, else the one on the shelf or beside the run."""
    if arguments.level is not None:
        path = level_path(arguments.level)
        return path, read_level(path)
    entries = [entry for entry in _candidates(run, Path(arguments.run)) if entry.level is not None]
    same = [entry for entry in entries if entry.level is not None and entry.level.digest == run.level_digest]
    for entry in same or [entry for entry in entries if _goes_by_the_name(entry, run)]:
        if entry.level is not None:
            return entry.path, entry.level
    title, file = quoted(run.level_title), printable(run.level_file) or say("cli.replay.no_file")
    raise Refusal(say("cli.replay.no_level", title=title, file=file))


def _candidates(run: Run, run_path: Path) -> list[LevelEntry]:
    """The levels on the shelf, and a file of the run's level name that lies beside the run."""
    entries = level_cards()
    beside = run_path.parent / Path(run.level_file).name
    # A run can come from anybody: it may name a level file in its own folder, and nothing else is opened on its word.
    if beside.suffix.lower() == ".toml" and beside.is_file():
        entries.append(level_entry(beside))
    return entries


def _goes_by_the_name(entry: LevelEntry, run: Run) -> bool:
    titled = entry.level is not None and (entry.level.untold or entry.level).title == run.level_title
    return titled or entry.path.name == Path(run.level_file).name
