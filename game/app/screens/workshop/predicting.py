"""Predicting: a few plans drawn on the map, each with a title and a feeling of confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.app.action import Action
from game.app.course import Course
from game.app.plan_draft import PlanDraft, draft_of
from game.app.screens.plan_map import PlanMap
from game.app.screens.workshop.frame import StepScreen
from game.app.widgets import Button, Choice, Text, TextField, Widget
from game.files import told
from game.words import say
from game.workshop.contribution import CONFIDENCES, PlanBet
from game.workshop.contribution_file import LONGEST_TITLE
from game.workshop.exercise import Step


class PredictScreen(StepScreen):
    """One plan at a time; the map stands beside the sheet.  A plan counts once it leads to the end."""

    def __init__(self, course: Course, step: Step) -> None:
        super().__init__(course, step)
        self.number = 0
        self.drafts = [draft_of(told(course.exercise.level_of(step)), plan.lanes) for plan in self._plans()]
        self.map = PlanMap(self.drafts[0].level, self.drafts[0], self._planned)
        self.note = Text("", 15, tone="soft")

    def _plans(self) -> list[PlanBet]:
        assert self.step is not None
        kept = self.course.notebook.contribution.plans_at(self.step.id)
        return [*kept, *[PlanBet()] * self.step.plans][: self.step.plans]

    @property
    def plan(self) -> PlanBet:
        """The plan on the sheet."""
        return self._plans()[self.number]

    def body(self) -> Sequence[Widget]:
        """Which plan, its title, how sure it feels, and what there is to know."""
        step, level = self.step, self.map.level
        assert step is not None
        by = level.function_label(self.course.exercise.value_function_of(step))
        numbers = [(i, say("course.predict.plan", number=i + 1)) for i in range(step.plans)]
        levels = [(None, say("course.predict.open")), *((c, str(c)) for c in CONFIDENCES)]
        self.undo = Button(say("set_off.undo"), self._undo, key=Action.UNDO)
        self._tell()
        return [
            Text(step.text, 17),
            Text(say("course.frame", level=level.title, years=level.years, by=by), 15, tone="soft"),
            Choice(say("course.predict.which"), numbers, self.number, self._turn),
            TextField(
                say("course.predict.title"),
                self.plan.title,
                self._titled,
                hint=say("course.predict.title_hint"),
                longest=LONGEST_TITLE,
            ),
            Choice(say("course.predict.sure"), levels, self.plan.confidence, self._felt),
            self.undo,
            self.note,
        ]

    def beside(self) -> Widget | None:
        """The map."""
        return self.map

    def beside_at(self) -> int:
        """In a narrow window the map comes below the choice of the plan."""
        return 5

    def placed(self) -> None:
        """Makes the picture of the map."""
        self.map.most_height = self.pane.rect.height - 2 * self.stage.em(10)
        self.map.lay_out(self.stage)

    def update(self, dt: float) -> None:
        """Lets the map come."""
        self.stage.library.update()
        self.map.update(self.stage)

    def _turn(self, number: int) -> None:
        self.number = number
        self.map.draft, self.map.at = self.drafts[number], 0
        at = self.pane.children.index(self.focused) if self.focused in self.pane.children else None
        self.fill()
        self.layout(self.stage.size)
        if at is not None:
            self.focused = self.pane.children[at]

    def _planned(self, draft: PlanDraft) -> None:
        self.drafts[self.number] = draft
        self._keep(replace(self.plan, lanes=draft.lanes if draft.complete else ()))
        self._tell()
        self.layout(self.stage.size)

    def _tell(self) -> None:
        """How a plan is drawn; and where another plan goes the very same way, which one."""
        lanes = self.plan.lanes
        same = [i + 1 for i, other in enumerate(self._plans()) if i != self.number and lanes and other.lanes == lanes]
        told = say("course.predict.same", number=same[0]) if same else say("course.predict.keys")
        self.note.text_, self.note.tone = told, "accent" if same else "soft"

    def _undo(self) -> None:
        self.map.draft, self.map.at = self.drafts[self.number].undone(), 0
        self._planned(self.map.draft)

    def _titled(self, text: str) -> None:
        self._keep(replace(self.plan, title=text))

    def _felt(self, confidence: int | None) -> None:
        self._keep(replace(self.plan, confidence=confidence))

    def _keep(self, plan: PlanBet) -> None:
        assert self.step is not None
        self.course.bet(self.step, self.number, plan)
