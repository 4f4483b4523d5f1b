"""Again: every way to go on from here, the forks of this life among them, and where the life is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.app import flow
from game.app.action import Action
from game.app.draw.chart_marks import Canvas
from game.app.draw.palette import mix
from game.app.draw.panel import draw_panel
from game.app.draw.svg import SvgPicture
from game.app.screen import Point, PointerKind
from game.app.screens.debrief.figures import years
from game.app.screens.debrief.graph import Graph
from game.app.screens.debrief.journey import Journey
from game.app.screens.debrief.page import Card, Page, Sheet, Told, heading, plain, small
from game.app.widgets import Button, Widget
from game.model import open_lanes
from game.session import Session
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


class Forks(Graph):
    """The years in which there was a choice, as chips in rows; UP, DOWN, clicks choose one, CONFIRM goes on from it."""

    def __init__(self, labels: list[str], on_look: Callable[[int], None], on_go: Callable[[], None]) -> None:
        super().__init__(len(labels), 0, on_look)
        self.labels, self.on_go = labels, on_go
        self.stretches = False

    def least(self, stage: Stage, width: int) -> int:
        """As many rows as the chips need."""
        return max((chip.bottom for chip in self._chips(stage, width)), default=0)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """The chips."""
        return [chip.move(self.rect.topleft) for chip in self._chips(stage, self.rect.width)]

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the chips, the one looked at filled with ink."""
        assert isinstance(surface, pygame.Surface)
        palette = stage.palette
        for k, (label, chip) in enumerate(zip(self.labels, self.item_rects(stage), strict=True)):
            ground = palette.ink if k == item else mix(palette.paper, palette.bed, 0.4)
            draw_panel(surface, chip, palette, chip.height // 2, shadow=False, colour=ground)
            picture = stage.type.render(label, 15, palette.paper if k == item else palette.ink, 600)
            surface.blit(picture, picture.get_rect(center=chip.center))

    def sketch(self, picture: SvgPicture, stage: Stage) -> bool:
        """Chips to press are no chart."""
        return False

    def press(self, stage: Stage, action: Action) -> bool:
        """CONFIRM goes on from the fork looked at."""
        if action is Action.CONFIRM:
            self.on_go()
            return True
        return super().press(stage, action)

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """Only a click chooses, so that the way to the button does not."""
        return super().pointer(stage, kind, pos, button, amount) if kind == "down" else False

    def says(self) -> str:
        """All the years."""
        return say("debrief.comma").join(self.labels)

    def _chips(self, stage: Stage, width: int) -> list[pygame.Rect]:
        gap, high = stage.em(8), stage.em(30)
        chips: list[pygame.Rect] = []
        x = y = 0
        for label in self.labels:
            wide = max(stage.em(36), stage.type.width(label, 15, 600) + stage.em(18))
            if x and x + wide > width:
                x, y = 0, y + high + gap
            chips.append(pygame.Rect(x, y, wide, high))
            x += wide + gap
        return chips


class AgainPage(Page):
    """Cards to choose from at the left, the forks of this life at the right, each on the map.  Needs no solver."""

    name = "again"

    def __init__(
        self,
        session: Session,
        stage: Stage,
        kept: Path | None,
        on_save: Callable[[], None],
        on_read: Callable[[], None],
    ) -> None:
        super().__init__()
        self.session, self.stage, self.kept, self.on_save, self.on_read = session, stage, kept, on_save, on_read
        self.journey = Journey(session, stage, close=True)
        legs = enumerate(session.record.legs)
        self.forks = [k for k, leg in legs if len(open_lanes(session.level, leg.before)) > 1]
        years_of = [str(session.record.legs[k].before.year + 1) for k in self.forks]
        self.chips = Forks(years_of, self._look, self._go)
        self.told = Told()
        if self.forks:
            self._look(0)

    def lead(self) -> str:
        """That nothing is used up."""
        return say("debrief.again.lead")

    def sheets(self) -> list[Sheet]:
        """The ways on, and the forks."""
        ways: list[Widget] = list(self._ways())
        if self.kept is not None:
            ways.append(small(say("debrief.again.kept", path=self.kept)))
        elif self.stage.home is not None:
            ways.append(small(say("debrief.again.not_kept")))
        forks: list[Widget] = [heading(say("debrief.again.forks"))]
        if self.forks:
            forks += [small(say("debrief.again.forks_note")), self.chips, self.journey, self.told]
            forks.append(Button(say("debrief.again.go"), self._go))
        else:
            forks.append(plain(say("debrief.again.forks_none")))
        return [Sheet(ways, 1.0), Sheet(forks, 1.0)]

    def transcript(self) -> str:
        """The page, and every fork in a sentence."""
        return "\n".join((super().transcript(), *(self._sentence(k) for k in self.forks)))

    def update(self, dt: float) -> None:
        """The map moves on."""
        self.journey.update(dt)

    def _look(self, item: int) -> None:
        k = self.forks[item]
        before = self.session.record.legs[k].before
        self.journey.show(before.year, place=before.place)
        self.told.text_ = self._sentence(k)
        self.stale = True

    def _sentence(self, k: int) -> str:
        level, leg = self.session.level, self.session.record.legs[k]
        place, year = level.place(leg.before.place).label, years(leg.before.year, leg.before.year + 1)
        return say("debrief.again.fork", year=year, place=place, lane=level.lane(leg.lane).name)

    def _go(self) -> None:
        flow.from_fork(self.stage, self.session, self.forks[self.chips.item])

    def _ways(self) -> list[Card]:
        session, stage = self.session, self.stage

        def card(key: str, act: Callable[[], None], **parts: object) -> Card:
            return Card(say(f"debrief.again.{key}", **parts), say(f"debrief.again.{key}_note", **parts), act)

        cards = [
            card("same_water", lambda: flow.same_water(stage, session)),
            card("new_water", lambda: flow.new_water(stage, session)),
        ]
        others = [name for name in session.level.value_functions if name != session.value_function]
        cards += [
            card("other_values", partial(self._by, name), name=session.level.function_label(name)) for name in others
        ]
        if self.kept is not None:
            cards.append(card("share", self._share, seed=session.seed))
        if self.stage.home is not None:
            cards.append(card("save", self.on_save))
        cards.append(card("text", self.on_read))
        cards.append(card("levels", lambda: flow.go_to_levels(stage)))
        return cards

    def _share(self) -> None:
        """Puts the path of the run file on the clipboard, where there is one, and says where the file lies."""
        assert self.kept is not None
        if self.stage.copy_text is not None:
            self.stage.copy_text(str(self.kept))
        self.stage.badge.tell(say("pictures.shared", path=self.kept), 6.0)

    def _by(self, name: str) -> None:
        flow.go_to_set_off(self.stage, self.session.level, seed=self.session.seed, value_function=name)
