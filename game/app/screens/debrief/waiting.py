"""In place of a page whose figures are not there yet, or will not be: how far the work has come, or what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pygame

from game.app.draw.panel import draw_panel
from game.app.jobs import Job
from game.app.screens.debrief.page import Page, Sheet, heading, plain, small
from game.app.widgets import Widget
from game.words import MissingWords, say

if TYPE_CHECKING:
    from game.app.stage import Stage


class Progress(Widget):
    """A bar that fills as the work goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.fraction = 0.0

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """As wide as there is room, and low."""
        return (width, stage.em(14))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the track and what of it is done."""
        palette, radius = stage.palette, self.rect.height // 2
        draw_panel(surface, self.rect, palette, radius, shadow=False, colour=palette.paper_edge)
        done = self.rect.copy()
        done.width = round(self.rect.width * self.fraction)
        if done.width >= 2:
            draw_panel(surface, done, palette, radius, shadow=False, colour=palette.flow)


class WaitingPage(Page):
    """Stands in for the page ``name`` while ``job`` runs: its stage in words, its fraction as a bar."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.bar, self.told = Progress(), plain(say("debrief.waiting.queued"))

    def lead(self) -> str:
        """That the page is on its way."""
        return say("debrief.waiting.lead")

    def sheets(self) -> list[Sheet]:
        """The stage, the bar, and why it takes a moment."""
        texts = [heading(say("debrief.waiting.heading")), self.told, self.bar, small(say("debrief.waiting.again"))]
        return [Sheet(texts)]

    def follow(self, job: Job[Any], stage_key: str | None = None) -> None:
        """Shows how far ``job`` has come; ``stage_key`` names the work where the job itself does not."""
        self.bar.fraction = job.fraction
        if not job.stage and stage_key is None:
            told = say("debrief.waiting.queued")
        else:
            name = say(stage_key) if stage_key else stage_name(job.stage)
            told = say("debrief.waiting.stage", stage=name, percent=round(100 * job.fraction))
        if told != self.told.text_:
            self.told.text_ = told
            self.stale = True


class FailedPage(Page):
    """Stands in for the page ``name`` when its figures could not be had: says so, and why."""

    def __init__(self, name: str, error: BaseException) -> None:
        super().__init__()
        self.name, self.error = name, error

    def lead(self) -> str:
        """That the rest is there all the same."""
        return say("debrief.waiting.failed_lead")

    def sheets(self) -> list[Sheet]:
        """The error in its own words."""
        reason = str(self.error).strip() or type(self.error).__name__
        texts = [plain(say("debrief.waiting.failed", reason=reason)), small(say("debrief.waiting.failed_more"))]
        return [Sheet([heading(say("debrief.waiting.failed_heading")), *texts])]


def stage_name(key: str) -> str:
    """What the solver is doing, in words."""
    try:
        return say(f"solve.stage.{key}")
    except MissingWords:
        return say("debrief.waiting.unnamed")
