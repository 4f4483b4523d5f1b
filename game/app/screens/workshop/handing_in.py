"""Handing in: the way to the group's picture, on every page from which one may go it."""

from __future__ import annotations

from game.app.course import Course
from game.app.screens.workshop.frame import StepScreen
from game.app.widgets import Button, Heading, Text, Widget
from game.words import say
from game.workshop.exercise import Step


class HandInScreen(StepScreen):
    """A step with a button that hands in, and above it what has come of that.  Nothing happens without the button."""

    def __init__(self, course: Course, step: Step | None) -> None:
        super().__init__(course, step)
        self._said = ""
        self._seen: object = None
        self.told = Text("", 15)

    def hand_in_rows(self) -> list[Widget]:
        """Heading, what has come of it, and the button."""
        self.retell_outcome()
        return [Heading(say("course.closing.hand_in_title"), 19), self.told, self.hand_in_button()]

    def hand_in_button(self) -> Button:
        """The button, by whichever way files go here."""
        label = "course.closing.send" if self.course.courier.there is not None else "course.closing.hand_in"
        return Button(say(label), self._hand_in)

    def update(self, dt: float) -> None:
        """Tells how the sending goes."""
        if self.course.outcome is not self._seen:
            self._seen, self._said = self.course.outcome, ""
            self.again()

    def again(self) -> None:
        """Shows what there is to tell now; what somebody is typing stays as it is."""
        self.retell_outcome()
        self.layout(self.stage.size)
        self.focus_on(self.focused)

    def tell(self, text: str) -> None:
        """Says what has been done."""
        self._said = text
        self.again()

    def retell_outcome(self) -> None:
        """Puts what was done, and how the sending goes, into ``told``; before that, what handing in means."""
        told = self._said or self._sending()
        self.told.text_ = told or say("course.closing.hand_in_about")
        self.told.weight, self.told.tone = (600, "accent") if told else (500, "soft")

    def _sending(self) -> str:
        outcome = self.course.outcome
        if outcome is None:
            return ""
        if outcome.refused:
            return say("course.closing.refused", text=outcome.refused)
        return say("course.closing.waiting" if outcome.waiting else "course.closing.there")

    def _hand_in(self) -> None:
        self.course.settle()
        path = self.course.hand_in()
        if path is None:
            self.tell(say("course.closing.not_written", reason=""))
        elif self.course.courier.there is not None:
            self.tell(say("course.closing.sending"))
        else:
            self.tell(say("course.closing.file", path=path))
