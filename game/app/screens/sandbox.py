"""The sandbox: a new level by sliders, with its map as it is and what a fixed plan would lose on it.

Nothing here waits: levels are drawn, weighed and kept in other processes.  While a slider moves, the newest wish is
drawn as soon as the last one is; what the level is worth is asked about once the sliders rest.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pygame

from game.app import flow
from game.app.action import Action
from game.app.drafts import RANGES, Draft, draw_draft, keep_draft, weigh_draft, within
from game.app.draw.panel import draw_panel
from game.app.screens.draft_card import DraftCard
from game.app.widgets import Button, Form, Heading, Scale, ScrollPane, Widget, place_row
from game.app.widgets.layout import row_height
from game.generator import Recipe
from game.words import language, say

if TYPE_CHECKING:
    from game.app.jobs import Job
    from game.generator.appraisal import Appraisal

_REST = 0.5
"""Seconds without a change after which a level is weighed."""

_ABREAST = 860
"""From this width on, in em, the map stands beside the sliders."""

_TWENTIETHS = 20


class SandboxScreen(Form):
    """Sliders at the left, the level that they make at the right; play it, or keep it as a file."""

    def __init__(self, recipe: Recipe | None = None) -> None:
        super().__init__()
        self.recipe = within(recipe or Recipe())
        self.draft: Draft | None = None
        self.pane = ScrollPane()
        self.heading = Heading("", 34, tone="bare")
        self.card = DraftCard()
        self._sliders: dict[str, Scale[Any]] = {}
        self._drawing: Job[Draft] | None = None
        self._wanted: tuple[object, ...] | None = None
        self._drawn: tuple[object, ...] | None = None
        self._weighing: Job[Appraisal] | None = None
        self._keeping: Job[Path] | None = None
        self._still = 0.0
        self._left = pygame.Rect(0, 0, 0, 0)

    # --- the screen ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Makes sliders and buttons."""
        self.heading.text_ = say("sandbox.title")
        self._sliders = {name: self._slider(name) for name in RANGES}
        self.play = Button(say("sandbox.play"), self._play, kind="primary")
        self.keep = Button(say("sandbox.keep"), self._keep)
        self.foot: list[Widget] = [
            Button(say("app.back"), self.stage.pop, key=Action.BACK),
            self.play,
            self.keep,
            Button(say("sandbox.throw"), self._throw),
        ]
        self.focused = self._sliders["places"]
        self._refresh()

    def leave(self) -> None:
        """Gives up what is no longer asked for."""
        for job in (self._drawing, self._weighing):
            if job is not None and not job.done:
                job.cancel()

    def layout(self, size: tuple[int, int]) -> None:
        """The sliders on paper at the left, the card beside them or, where it is narrow, above them."""
        stage = self.stage
        side, top = max(stage.px(48), 14), max(stage.px(26), 8)
        inner = size[0] - 2 * side
        self.heading.rect = pygame.Rect(side, top, inner, self.heading.size(stage, inner)[1])
        foot = row_height(stage, self.foot, inner)
        bottom = size[1] - max(stage.px(26), 8) - foot
        place_row(stage, self.foot, side, bottom, inner)
        place = pygame.Rect(side, self.heading.rect.bottom + stage.em(12), inner, 0)
        place.height = bottom - stage.em(16) - place.top
        pad = stage.em(22)
        abreast = inner / stage.type_scale >= _ABREAST
        self._left = place.copy()
        sliders: list[Widget] = list(self._sliders.values())
        if abreast:
            self._left.width = round(inner * 0.42)
            self.card.rect = pygame.Rect(self._left.right + stage.px(24), place.top, 0, place.height)
            self.card.rect.width = place.right - self.card.rect.left
        self.card.alone = abreast
        self.pane.children = sliders if abreast else [self.card, *sliders]
        self.widgets = [self.heading, self.pane, *([self.card] if abreast else []), *self.foot]
        self.pane.rect = self._left.inflate(-2 * pad, -pad)
        y, wide = self.pane.rect.top + pad // 2, self.pane.rect.width
        spare = self.pane.rect.height - pad - sum(slider.size(stage, wide)[1] for slider in sliders)
        gap = max(stage.em(8), min(stage.em(22), spare // len(sliders))) if abreast else stage.em(12)
        for widget in self.pane.children:
            widget.rect = pygame.Rect(self.pane.rect.left, y, wide, widget.size(stage, wide)[1])
            y = widget.rect.bottom + gap
        self.pane.settle(stage.em(4))
        if self.focused is not None:
            self.focus_on(self.focused)
        self._wish()

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the sky, the paper, the sliders and the card."""
        stage = self.stage
        stage.backdrop().draw(surface, 0.0 if stage.reduced_motion else stage.time)
        draw_panel(surface, self._left, stage.palette, stage.px(20))
        self.draw_widgets(surface)

    def update(self, dt: float) -> None:
        """Takes in what was drawn, weighed or kept since, and asks for what is wanted next."""
        self._still += dt
        if self._drawing is not None and self._drawing.done:
            job, self._drawing = self._drawing, None
            if job.result is not None:
                self._show(job.result)
            elif self._wanted == self._drawn:
                self.card.say_failed(str(job.error))
        if self._drawing is None and self._wanted is not None and self._wanted != self._drawn:
            self._drawn = self._wanted
            self._drawing = self.stage.jobs.submit(draw_draft, *self._wanted, urgent=True)
        self._weigh()
        self._follow_keeping()
        if self.card.stale:
            self.card.stale = False
            if not self.card.alone:
                self.layout(self.stage.size)

    def press_other(self, action: Action) -> None:
        """Help and settings from here as from everywhere."""
        flow.asked_everywhere(self.stage, action)

    # --- what is asked for --------------------------------------------------------------------------------------------

    def _slider(self, name: str) -> Scale[Any]:
        least, most = RANGES[name]
        options: list[tuple[Any, str]] = [(number, f"{number}") for number in range(least, most + 1)]
        if name == "volatility":
            options = [(k / _TWENTIETHS, f"{100 * k // _TWENTIETHS} %") for k in range(least, most + 1)]
        elif name == "sight":
            options = [(number, say("sandbox.ahead", lanes=number)) for number in range(least, most + 1)]
            options.append((None, say("sandbox.everything")))
        value = getattr(self.recipe, name)
        return Scale(say(f"sandbox.{name}"), options, value, partial(self._change, name))

    def _change(self, name: str, value: object) -> None:
        self._become(within(replace(self.recipe, **{name: value})))  # type: ignore[arg-type]

    def _throw(self) -> None:
        self._become(replace(self.recipe, seed=random.randint(*RANGES["seed"])))

    def _become(self, recipe: Recipe) -> None:
        """Wants another level; sliders that do not go with it move along."""
        self.recipe = recipe
        self.stage.recipe = recipe
        for name, slider in self._sliders.items():
            slider.value = getattr(recipe, name)
        self._still = 0.0
        if self._weighing is not None:
            self._weighing.cancel()
            self._weighing = None
        self._keeping = None
        self.card.say_waiting()
        self._refresh()
        self._wish()

    def _wish(self) -> None:
        size = self.card.picture_rect(self.stage).size
        self._wanted = (self.recipe, self.stage.palette, size)

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self.card.show(draft, draft.level.told_in(language()))
        self._refresh()

    @property
    def _ready(self) -> bool:
        """Whether the level that is shown is the one that is asked for."""
        return self.draft is not None and self.draft.recipe == self.recipe

    def _refresh(self) -> None:
        self.play.enabled = self._ready
        self.keep.enabled = self._ready and self.stage.home is not None and self._keeping is None

    def _weigh(self) -> None:
        job = self._weighing
        if job is None:
            if self._ready and self._still >= _REST and self.card.waits and self.draft is not None:
                self._weighing = self.stage.jobs.submit(weigh_draft, self.draft.level)
        elif not job.done:
            self.card.say_waiting(job.fraction)
        elif self.card.waits:
            if job.result is not None:
                self.card.say_worth(job.result)
            else:
                self.card.say_failed(str(job.error))

    def _play(self) -> None:
        if self._ready and self.draft is not None:
            flow.go_to_level(self.stage, self.draft.level.told_in(language()))

    def _keep(self) -> None:
        if self._ready and self.draft is not None and self.stage.home is not None:
            folder = self.stage.home / "levels"
            self._keeping = self.stage.jobs.submit(keep_draft, self.draft.level, folder, self.recipe.seed, urgent=True)
            self.card.say_kept(say("sandbox.keeping"))
            self._refresh()

    def _follow_keeping(self) -> None:
        job = self._keeping
        if job is None or not job.done or self.card.kept != say("sandbox.keeping"):
            return
        if job.result is not None:
            self.card.say_kept(say("sandbox.kept", file=job.result.name))
            self.stage.library.refresh()
        else:
            self.card.say_kept(say("sandbox.not_kept", reason=str(job.error)))
            self._keeping = None
            self._refresh()
