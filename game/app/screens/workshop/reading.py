"""Steps to read: what is said, questions for the round, and the page before a life."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.screens.workshop.frame import StepScreen
from game.app.widgets import Button, Heading, Text, Toggle, Widget
from game.files import told
from game.words import say


class ReadingScreen(StepScreen):
    """A text, its questions if there are any, and before a life its level with a way to set off and a way round."""

    def body(self) -> Sequence[Widget]:
        """The text and what belongs to it."""
        course, step = self.course, self.step
        assert step is not None
        rows: list[Widget] = [Text(step.text, 19)] if step.text else []
        rows += [Text(f"•  {question}", 19) for question in step.questions]
        if course.index == 0:
            rows += self._opening()
        if step.kind == "play":
            level = told(course.exercise.level_of(step))
            by = level.function_label(course.exercise.value_function_of(step))
            rows.append(Text(say("course.frame", level=level.title, years=level.years, by=by), 15, tone="soft"))
            if level.content_note:
                rows += [Heading(say("course.play.note"), 19), Text(" ".join(level.content_note.split()), 15)]
            if course.notebook.contribution.life_at(step.id) is not None:
                rows.append(Text(say("course.play.lived"), 15, tone="soft"))
                rows.append(Button(say("course.play.on"), course.onward))
            else:
                rows.append(Button(say("course.play.skip"), course.onward))
        if step.kind == "compare":
            rows.append(Text(say("course.compare.nothing"), 17, tone="soft"))
        return rows

    def _opening(self) -> list[Widget]:
        """What somebody should know before anything begins."""
        course = self.course
        rows: list[Widget] = [Text(say("course.opening", name=course.notebook.contribution.pseudonym), 17)]
        if course.exercise.content_note:
            rows.append(Text(course.exercise.content_note, 15, tone="soft"))
        if course.courier.there is not None:
            rows.append(Toggle(say("course.as_i_go"), course.as_i_go, self._as_i_go))
            rows.append(Text(say("course.as_i_go_about"), 15, tone="soft"))
        return rows

    def onward_label(self) -> str:
        """A life is set off on."""
        assert self.step is not None
        return say("course.play.go") if self.step.kind == "play" else super().onward_label()

    def onward(self) -> None:
        """Sets off, or goes on."""
        assert self.step is not None
        if self.step.kind == "play":
            self.course.set_off(self.step)
        else:
            super().onward()

    def _as_i_go(self, on: bool) -> None:
        self.course.as_i_go = on
