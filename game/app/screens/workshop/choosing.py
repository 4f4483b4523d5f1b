"""Choosing an exercise: those on the shelf, with how long they take, and the inbox of the room if there is one."""

from __future__ import annotations

from collections.abc import Sequence

from game.app import flow
from game.app.course import Course, Wishes
from game.app.screens.debrief.page import Card
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Choice, Heading, Text, TextField, Widget
from game.words import say
from game.workshop.courier import NoAddress, inn
from game.workshop.shelf import ExerciseEntry, exercises


class ChoosingScreen(SheetScreen):
    """A card for each exercise; one that has problems says how many, and which command names them."""

    breadth = 820
    gap = 12.0

    def __init__(self) -> None:
        super().__init__(lambda: say("course.choose.title"))
        self.entries: list[ExerciseEntry] = []
        self.minutes: int | None = None
        self.address = self.code = self._told = ""

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
        about = Text(say("course.choose.room_about"), 15, tone="soft")
        told = Text(self._told, 15, 600, "accent") if self._told else about
        return [
            *rows,
            Heading(say("course.choose.room"), 19),
            told,
            TextField(say("course.choose.address"), self.address, self._addressed, hint="192.168.1.5:8765", longest=80),
            TextField(say("course.choose.code"), self.code, self._coded, hint="ABC-DEF", longest=20),
        ]

    def _addressed(self, text: str) -> None:
        self.address = text

    def _coded(self, text: str) -> None:
        self.code = text

    def _take(self, minutes: int | None) -> None:
        self.minutes = minutes

    def _begin(self, entry: ExerciseEntry) -> None:
        assert entry.exercise is not None
        there = None
        if self.address.strip() or self.code.strip():
            try:
                there = inn(self.address.strip(), self.code)
            except NoAddress as error:
                self._told = str(error)
                self.fill()
                self.layout(self.stage.size)
                self.focus_on(next(w for w in self.pane.children if isinstance(w, TextField)))
                return
        flow.begin_course(self.stage, Course(self.stage, entry.exercise, Wishes(self.minutes, inn=there)))
