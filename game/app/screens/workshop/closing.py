"""The closing page: what one keeps, what one hands in, and how to have it back or delete it."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.course import Course
from game.app.screens.workshop.frame import StepScreen
from game.app.widgets import Button, Heading, Text, Widget
from game.words import say
from game.workshop.keepsake import keep_page
from game.workshop.notebook import forget


class ClosingScreen(StepScreen):
    """Nothing here happens without being asked for."""

    def __init__(self, course: Course) -> None:
        super().__init__(course, None)
        self._said = ""
        self._seen: object = None
        self._sure = False

    def heading(self) -> str:
        """Thanks."""
        return say("course.closing.title")

    def body(self) -> Sequence[Widget]:
        """What there is, and what can be done with it."""
        course = self.course
        made = course.notebook.contribution
        shared = len(made.shared().words)
        plans = sum(1 for prediction in made.predictions for plan in prediction.plans if plan.lanes)
        told = say(
            "course.closing.what", name=made.pseudonym, plans=plans, lives=len(made.lives),
            words=len(made.words), shared=shared,
        )  # fmt: skip
        hand_in = "course.closing.send" if course.courier.there is not None else "course.closing.hand_in"
        rows: list[Widget] = [
            Text(told),
            Button(say("course.closing.page"), self._page),
            Heading(say("course.closing.hand_in_title"), 19),
            Text(say("course.closing.hand_in_about"), 15, tone="soft"),
            Button(say(hand_in), self._hand_in),
            Button(say("course.closing.take_back"), self._take_back),
            Heading(say("course.closing.forget_title"), 19),
            Button(say("course.closing.sure" if self._sure else "course.closing.forget"), self._forget),
        ]
        said = [self._said] if self._said else []
        said += [self._sending()] if self._sending() else []
        return [*rows, *(Text(text, 15, 600, "accent") for text in said)]

    def _sending(self) -> str:
        outcome = self.course.outcome
        if outcome is None:
            return ""
        if outcome.refused:
            return say("course.closing.refused", text=outcome.refused)
        return say("course.closing.waiting" if outcome.waiting else "course.closing.there")

    def onward_label(self) -> str:
        """The end."""
        return say("course.closing.end")

    def onward(self) -> None:
        """Off the course."""
        self.leave_course()

    def update(self, dt: float) -> None:
        """Tells how the sending goes."""
        if self.course.outcome is not self._seen:
            self._seen = self.course.outcome
            self._again()

    def _again(self) -> None:
        at = self.pane.children.index(self.focused) if self.focused in self.pane.children else None
        self.fill()
        self.layout(self.stage.size)
        self.focused = self.foot[0] if at is None else self.pane.children[min(at, len(self.pane.children) - 1)]
        self.focus_on(self.focused)

    def _tell(self, text: str) -> None:
        self._said = text
        self._again()

    def _page(self) -> None:
        try:
            path = keep_page(self.course.notebook)
        except OSError as error:
            self._tell(say("course.closing.not_written", reason=error.strerror or str(error)))
        else:
            self._tell(say("course.closing.page_there", path=path))

    def _hand_in(self) -> None:
        path = self.course.hand_in()
        written = path is not None
        self._tell(say("course.closing.file", path=path) if written else say("course.closing.not_written", reason=""))

    def _take_back(self) -> None:
        gone, said = self.course.take_back()
        self.course.outcome = self._seen = None
        told = "course.closing.back" if gone or said else "course.closing.nothing_back"
        self._tell(" ".join(part for part in (say(told), said) if part))

    def _forget(self) -> None:
        """Asks once more, then deletes everything and begins anew with another pseudonym."""
        if not self._sure:
            self._sure = True
            self._again()
            return
        self._sure = False
        self.course.take_back()
        try:
            forget()
        except OSError as error:
            self._tell(say("course.closing.not_written", reason=error.strerror or str(error)))
            return
        self.course.start_over()
        self._tell(say("course.closing.forgotten"))
