"""The shelf of exercises: those that come with the game, and those in the user's folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from game.files import Fault, user_folder
from game.house import shipped_levels
from game.words import language, say
from game.workshop.exercise import Exercise
from game.workshop.exercise_file import FILE, ExerciseFaults, read_exercise
from game.workshop.translation import translated


@dataclass(frozen=True)
class ExerciseEntry:
    """A folder on the shelf: its exercise, or None and what is wrong with it."""

    folder: Path
    exercise: Exercise | None
    faults: tuple[Fault, ...] = ()


class NoSuchExercise(ValueError):
    """A name that no exercise has; as text it says which there are."""


def exercise_folders() -> list[Path]:
    """The folders of all exercises: those that come with the game by name, then the user's own."""
    found: list[Path] = []
    for shelf in (shipped_levels() / "exercises", user_folder() / "exercises"):
        # A shelf that is not there or cannot be looked at holds nothing.
        try:
            found += sorted(folder for folder in shelf.iterdir() if (folder / FILE).is_file())
        except OSError:
            continue
    return found


def exercises() -> list[ExerciseEntry]:
    """All exercises on the shelf, whatever state they are in, in the language spoken."""
    entries = []
    for folder in exercise_folders():
        try:
            entries.append(ExerciseEntry(folder, exercise_in(folder)))
        except ExerciseFaults as error:
            entries.append(ExerciseEntry(folder, None, error.faults))
    return entries


def exercise_in(folder: Path, spoken: str | None = None) -> Exercise:
    """The exercise of a folder in a language (default: the one spoken), as far as it has it.  Raises ExerciseFaults."""
    return translated(read_exercise(folder), folder, spoken or language())


def exercise_named(name: str) -> Exercise:
    """The exercise of this name, or in this folder.  Raises NoSuchExercise and ExerciseFaults."""
    folders = exercise_folders()
    for folder in folders:
        if name == folder.name:
            return exercise_in(folder)
    folder = Path(name)
    if os.path.isdir(folder):
        return exercise_in(folder)
    if folder.name == FILE and folder.is_file():
        return exercise_in(folder.parent)
    names = ", ".join(folder.name for folder in folders)
    raise NoSuchExercise(say("workshop.no_exercise", name=ascii(name[:60]), names=names))
