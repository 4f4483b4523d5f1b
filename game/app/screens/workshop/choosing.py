"""Choosing an exercise: those on the shelf, with how long they take."""

from __future__ import annotations

from collections.abc import Sequence

from game.app import flow
from game.app.course import Course, Wishes
from game.app.screens.debrief.page import Card
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Choice, Text, Widget
from game.words import say
from game.workshop.shelf import ExerciseEntry, exercises


class ChoosingScreen(SheetScreen):
    """A card for each exercise; one that has problems says how many, and which command names them."""

    breadth = 820
    gap = 12.0

    def __init__(self) -> None:
        super().__init__(lambda: say("course.choose.title"))
        self.entries: list[ExerciseEntry] = []
        self.minutes: int | None = None

    def enter(self) -> None:
        """Reads the shelf."""
        self.entries = exercises()
        super().enter()

    def body(self) -> Sequence[Widget]:
        """How long there is, and the exercises."""
        lengths = sorted({length for e in self.entries if e.exercise is not None for length in e.exercise.lengths})
        options = [(None, say("course.choose.usual")), *((n, say("course.choose.minutes", minutes=n)) for n in lengths)]
        rows: list[Widget] = [
            Text(say("course.choose.about"), 15, tone="soft"),
            Choice(say("course.choose.how_long"), options, self.minutes, self._take),
        ]
        for entry in self.entries:
            held = entry.exercise
            if held is None:
                note = say("course.choose.faults", name=entry.folder.name, count=len(entry.faults))
                rows.append(Text(note, 15, tone="soft"))
            else:
                label = say("course.choose.card", title=held.title, minutes=held.usual)
                rows.append(Card(label, held.about, lambda entry=entry: self._begin(entry)))  # type: ignore[misc]
        return rows

    def _take(self, minutes: int | None) -> None:
        self.minutes = minutes

    def _begin(self, entry: ExerciseEntry) -> None:
        assert entry.exercise is not None
        flow.begin_course(self.stage, Course(self.stage, entry.exercise, Wishes(self.minutes)))
