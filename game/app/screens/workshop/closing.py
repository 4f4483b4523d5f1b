"""The closing page: what one keeps, what one hands in, and how to have it back or delete it."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.course import Course
from game.app.screens.workshop.handing_in import HandInScreen
from game.app.widgets import Button, Heading, Text, Widget
from game.words import say
from game.workshop.keepsake import keep_page


class ClosingScreen(HandInScreen):
    """Nothing here happens without being asked for."""

    def __init__(self, course: Course) -> None:
        super().__init__(course, None)
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
        rows: list[Widget] = [
            Text(told),
            Button(say("course.closing.page"), self._page),
            Heading(say("course.closing.hand_in_title"), 19),
            Text(say("course.closing.hand_in_about"), 15, tone="soft"),
            self.hand_in_button(),
            Button(say("course.closing.take_back"), self._take_back),
            Heading(say("course.closing.forget_title"), 19),
            Button(say("course.closing.sure" if self._sure else "course.closing.forget"), self._forget),
        ]
        self.retell_outcome()
        return [*rows, self.told] if self.told.tone == "accent" else rows

    def onward_label(self) -> str:
        """The end."""
        return say("course.closing.end")

    def onward(self) -> None:
        """Off the course."""
        self.leave_course()

    def again(self) -> None:
        """Shows everything anew: what there is may have changed."""
        at = self.pane.children.index(self.focused) if self.focused in self.pane.children else None
        self.fill()
        self.layout(self.stage.size)
        self.focused = self.foot[0] if at is None else self.pane.children[min(at, len(self.pane.children) - 1)]
        self.focus_on(self.focused)

    def _page(self) -> None:
        try:
            path = keep_page(self.course.notebook)
        except OSError as error:
            self.tell(say("course.closing.not_written", reason=error.strerror or str(error)))
        else:
            self.tell(say("course.closing.page_there", path=path))

    def _take_back(self) -> None:
        gone, said = self.course.take_back()
        self.course.outcome = self._seen = None
        told = "course.closing.back" if gone or said else "course.closing.nothing_back"
        self.tell(" ".join(part for part in (say(told), said) if part))

    def _forget(self) -> None:
        """Asks once more, then deletes everything and begins anew with another pseudonym."""
        if not self._sure:
            self._sure = True
            self.again()
            return
        self._sure = False
        self.course.take_back()
        try:
            self.course.notebook.forget()
        except OSError as error:
            self.tell(say("course.closing.not_written", reason=error.strerror or str(error)))
            return
        self.course.start_over()
        self.tell(say("course.closing.forgotten"))
