"""The exercise that a command of the workshop names, and what was left in its notebook."""

from __future__ import annotations

import argparse

from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.workshop.exercise import Exercise
from game.workshop.notebook import Notebook, open_notebook
from game.workshop.shelf import NoSuchExercise, exercise_named


def exercise_of(name: str) -> Exercise:
    """The exercise that was named.  Raises Refusal and ExerciseFaults."""
    try:
        return exercise_named(name)
    except NoSuchExercise as error:
        raise Refusal(str(error)) from error


def kept_notebook(arguments: argparse.Namespace) -> Notebook:
    """The notebook of the exercise that was named, which must have been begun.  Raises Refusal."""
    notebook = open_notebook(exercise_of(arguments.exercise))
    if not notebook.folder.exists():
        raise Refusal(say("workshop.nothing_yet", title=printable(notebook.exercise.title)))
    return notebook


def filled_notebook(arguments: argparse.Namespace) -> Notebook:
    """The notebook of the exercise that was named, in which something was left.  Raises Refusal."""
    notebook = kept_notebook(arguments)
    if notebook.empty:
        # Nobody would be counted as somebody who did nothing.
        raise Refusal(say("workshop.nothing_yet", title=printable(notebook.exercise.title)))
    return notebook
