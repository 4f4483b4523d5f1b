"""Learning: how many lives it would take to learn this level's treasure map, by many learners side by side.

They learn in the background once the page is turned up, and the page says how far they have come.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import pygame

from game.app.draw.chart_learning import LearningChart, draw_learning, learning_height, learning_rects
from game.app.draw.chart_marks import Canvas
from game.app.jobs import Job
from game.app.learning_picture import chart_of
from game.app.screens.debrief.figures import count, figure
from game.app.screens.debrief.graph import Graph
from game.app.screens.debrief.page import Page, Sheet, Told, heading, plain, small
from game.app.screens.debrief.waiting import Progress, stage_name
from game.app.widgets import Button, Widget
from game.learning import LEARNERS, LearningCurve, learning_curve, lives_for
from game.model import Level, Weights
from game.session import Session
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_SEED = 0
_SMALL = 5000
"""So many places times years times landscapes has a level at most whose learners learn without being asked to, where
there is no background to do it in."""


_LIVES_HERE = 500
"""So many lives at most are lived there."""


def learn_here(level: Level, weights: Weights, lives: int, progress: Any = None) -> LearningCurve:
    """The curve of a level under a value function, in whichever process this is called in."""
    from game.solver import Problem

    return learning_curve(Problem(level, weights), lives, LEARNERS, _SEED, progress=progress)


class Curve(Graph):
    """The learning curve; what is looked at is a number of lives."""

    def __init__(self, chart: LearningChart, on_look: Any) -> None:
        super().__init__(len(chart.lives), len(chart.lives) - 1, on_look)
        self.chart = chart

    def least(self, stage: Stage, width: int) -> int:
        """What axes and lines need."""
        return learning_height(self.chart, width, stage.type)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """A band for each number of lives."""
        return learning_rects(self.chart, self.rect, stage.type)

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the curve."""
        draw_learning(surface, self.rect, self.chart, stage.palette, stage.type, self.progress, item)

    def says(self) -> str:
        """The lines that the learners are measured by."""
        return "\n".join(level.name for level in self.chart.levels)


class LearningPage(Page):
    """The page; ``job`` is the learning, or None until it is asked for."""

    name = "learning"

    def __init__(self, session: Session, stage: Stage) -> None:
        super().__init__()
        self.session, self.stage = session, stage
        self.job: Job[LearningCurve] | None = None
        self.curve: LearningCurve | None = None
        self.bar, self.told, self.point = Progress(), plain(say("debrief.waiting.queued")), Told()
        self._failed = False
        self.lives = lives_for(session.level.years)
        if stage.jobs.in_process:
            self.lives = min(self.lives, _LIVES_HERE)

    def leave(self) -> None:
        """Ends the learning that nobody will look at."""
        if self.job is not None and not self.job.done:
            self.job.cancel()

    def update(self, dt: float) -> None:
        """Has the learners begin when the page is turned up, and takes in how far they have come."""
        if self.job is None:
            if self.stage.jobs.in_process and not self._small:
                return
            self.begin()
        if self.curve is not None or self.job is None or self._failed:
            return
        if self.job.done:
            self._take(self.job)
            return
        self.bar.fraction = self.job.fraction
        stage = stage_name(self.job.stage) if self.job.stage else say("debrief.waiting.unnamed")
        said = say("debrief.waiting.stage", stage=stage, percent=round(100 * self.job.fraction))
        if said != self.told.text_:
            self.told.text_, self.stale = said, True

    def _take(self, job: Job[LearningCurve]) -> None:
        """Shows what became of the learning."""
        self.curve = job.result
        self._failed = self.curve is None
        if self.curve is not None:
            self._look(len(self.curve.lives) - 1)
        self.fill()
        self.progress = 0.0

    def begin(self) -> None:
        """Has the learners live, in the background where there is one."""
        level, weights = self.session.level, self.session.weights
        key = ("learning", level.digest, weights, self.lives)
        self.job = self.stage.jobs.submit(learn_here, level, weights, self.lives, key=key)
        if self.job.done:
            self._take(self.job)
        else:
            self.fill()

    @property
    def _small(self) -> bool:
        level = self.session.level
        return len(level.places) * level.years * prod(current.size for current in level.currents) <= _SMALL

    # --- what it says -------------------------------------------------------------------------------------------------

    def lead(self) -> str:
        """How many lives it took the learner in the middle."""
        if self.curve is None:
            return say("debrief.learning.lead_waiting", learners=count(LEARNERS), lives=count(self.lives))
        plan, whole = self.curve.plan_reached.median, self.curve.map_reached.median
        parts = {"learners": count(self.curve.learners), "lives": count(self.curve.lives[-1])}
        if plan is None:
            return say("debrief.learning.lead_neither", **parts)
        if whole is None:
            return say("debrief.learning.lead_plan", plan=count(plan), **parts)
        if plan == whole:
            return say("debrief.learning.lead_same", plan=count(plan), **parts)
        return say("debrief.learning.lead_both", plan=count(plan), map=count(whole), **parts)

    def sheets(self) -> list[Sheet]:
        """The curve and how to read it, or how far the learners have come."""
        about = [heading(say("debrief.learning.about")), plain(say("debrief.learning.read")), *self._band()]
        if self.session.level.spyglass is not None:
            about.append(small(say("learning.unaided")))
        about.append(small(say("debrief.learning.nobody")))
        if self.curve is not None:
            chart = Curve(chart_of(self.curve), self._look)
            left: list[Widget] = [heading(say("debrief.learning.heading")), chart]
            return [Sheet(left, 1.6), Sheet([self.point, *about], 1.0)]
        if self.job is None:
            begin = Button(say("debrief.learning.begin"), self.begin)
            return [Sheet([heading(say("debrief.learning.heading")), begin], 1.6), Sheet(about, 1.0)]
        if self.job.done:
            reason = str(self.job.error or "").strip() or type(self.job.error).__name__
            failed = [plain(say("debrief.waiting.failed", reason=reason)), small(say("debrief.waiting.failed_more"))]
            return [Sheet([heading(say("debrief.waiting.failed_heading")), *failed], 1.6), Sheet(about, 1.0)]
        waiting: list[Widget] = [heading(say("debrief.learning.heading")), self.told, self.bar]
        return [Sheet(waiting, 1.6), Sheet(about, 1.0)]

    def _band(self) -> list[Widget]:
        return [small(say("debrief.learning.band", learners=count(LEARNERS)))]

    def transcript(self) -> str:
        """The page, and every number of lives in a sentence."""
        points = [] if self.curve is None else [self._sentence(c) for c in range(len(self.curve.lives))]
        return "\n".join((super().transcript(), *points))

    def _look(self, item: int) -> None:
        self.point.text_ = self._sentence(item)
        self.stale = True

    def _sentence(self, c: int) -> str:
        assert self.curve is not None
        low, middle, high = (self.curve.quantile(share)[c] for share in (0.25, 0.5, 0.75))
        lives = self.curve.lives[c]
        key = "point_one" if lives == 1 else "point"
        parts = {"middle": figure(middle), "low": figure(low), "high": figure(high)}
        return say(f"debrief.learning.{key}", lives=count(lives), **parts)
