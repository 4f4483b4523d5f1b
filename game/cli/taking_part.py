"""``water-lanes workshop run``: the window, with an exercise to go through."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from game.cli.exercise import exercise_of
from game.cli.playing import asked_language, open_window
from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.workshop.courier import Inn, NoAddress, inn
from game.workshop.shelf import exercise_named

if TYPE_CHECKING:
    from game.app.stage import Stage


def run_command(arguments: argparse.Namespace) -> int:
    """Leads through an exercise until the window is closed.  Raises Refusal and ExerciseFaults."""
    exercise, there = exercise_of(arguments.exercise), _inn(arguments)
    if arguments.minutes is not None and arguments.minutes not in exercise.lengths:
        lengths = ", ".join(map(str, exercise.lengths))
        parts = {"title": printable(exercise.title), "minutes": arguments.minutes, "lengths": lengths}
        raise Refusal(say("workshop.run.lengths", **parts))

    def opening(stage: Stage) -> None:
        from game.app import flow
        from game.app.course import Course, Wishes

        # Read once more: the settings may have chosen another language meanwhile.
        held = exercise_named(arguments.exercise)
        flow.begin_course(stage, Course(stage, held, Wishes(arguments.minutes, arguments.into, there)))

    hint, language = say("workshop.run.without_display"), asked_language(arguments)
    return open_window(None, hint=hint, language=language, opening=opening)


def _inn(arguments: argparse.Namespace) -> Inn | None:
    if arguments.send is None and arguments.code is None:
        return None
    if arguments.send is None or arguments.code is None:
        raise Refusal(say("workshop.run.both"))
    try:
        return inn(arguments.send, arguments.code)
    except NoAddress as error:
        raise Refusal(str(error)) from error
