"""Returning: whose notebook lies here?  A laptop of a workshop serves one person in the morning and another at noon."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.course import Course
from game.app.screens.workshop.frame import StepScreen
from game.app.widgets import Button, Text, Widget
from game.words import say


class ReturningScreen(StepScreen):
    """Asks before anything is shown of what somebody has left here."""

    def __init__(self, course: Course) -> None:
        super().__init__(course, None)
        self._told = ""

    def heading(self) -> str:
        """The question."""
        return say("course.returning.title", name=self.course.notebook.contribution.pseudonym)

    def body(self) -> Sequence[Widget]:
        """What lies here, and the way for somebody else."""
        rows: list[Widget] = [
            Text(say("course.returning.about"), 19),
            Button(say("course.returning.anew"), self._anew),
            Text(say("course.returning.anew_about"), 15, tone="soft"),
        ]
        return [*rows, Text(self._told, 15, 600, "accent")] if self._told else rows

    def onward_label(self) -> str:
        """The same person goes on."""
        return say("course.returning.on", name=self.course.notebook.contribution.pseudonym)

    def onward(self) -> None:
        """To where they were."""
        self.course.go(self.course.index)

    def back(self) -> None:
        """Off the course; nothing is changed."""
        self.course.leave()

    def _anew(self) -> None:
        try:
            self.course.begin_anew()
        except OSError as error:
            self._told = say("course.closing.not_written", reason=error.strerror or str(error))
            self.fill()
            self.layout(self.stage.size)
            self.focused = self.first_focus()
