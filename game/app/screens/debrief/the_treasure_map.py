"""The treasure map: the light still to come at every place in every year, and what one would have to know for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action, key_text
from game.app.draw.chart_marks import Canvas
from game.app.draw.svg import SvgPicture
from game.app.screen import Point, PointerKind
from game.app.screens.debrief.figures import count, figure, years
from game.app.screens.debrief.graph import Graph
from game.app.screens.debrief.page import Page, Sheet, Told, heading, small
from game.app.screens.debrief.soundings_map import SoundingsMap
from game.app.widgets import Button
from game.session import Session
from game.solver import Soundings
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_A_YEAR = 1.1
"""Seconds for which each year is shown while the years play."""


class YearRail(Graph):
    """The years along a rail: UP and DOWN go through them, a press or a drag goes to one, CONFIRM plays them."""

    def __init__(self, last: int, on_look: Callable[[int], None], on_play: Callable[[], None]) -> None:
        super().__init__(last + 1, 0, on_look)
        self.on_play, self._held = on_play, False
        self.stretches = False

    def least(self, stage: Stage, width: int) -> int:
        """The rail and the years below it."""
        return stage.em(30) + stage.type.height(13)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """A stretch of the rail for each year."""
        step = self.rect.width / self.items
        return [
            pygame.Rect(round(self.rect.left + k * step), self.rect.top, max(1, round(step)), self.rect.height)
            for k in range(self.items)
        ]

    def sketch(self, picture: SvgPicture, stage: Stage) -> bool:
        """A rail is no chart."""
        return False

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the rail, a mark and some numbers for the years, and the knob."""
        assert isinstance(surface, pygame.Surface)
        palette, type_ = stage.palette, stage.type
        y = self.rect.top + stage.em(14)
        spots = self.item_rects(stage)
        ends = spots[0].centerx, spots[-1].centerx
        thick = stage.em(6)
        rail = pygame.Rect(ends[0], y - thick // 2, ends[1] - ends[0] + 1, thick)
        pygame.draw.rect(surface, palette.bank, rail, border_radius=thick // 2)
        rail.width = spots[self.item].centerx - ends[0] + 1
        pygame.draw.rect(surface, palette.flow, rail, border_radius=thick // 2)
        wide = type_.width(str(self.items), 13) + stage.em(8)
        every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if step * spots[0].width >= wide)
        for k, spot in enumerate(spots):
            pygame.draw.line(surface, palette.soft_ink, (spot.centerx, y - thick), (spot.centerx, y + thick))
            if k % every == 0:
                label = type_.render(str(k + 1), 13, palette.soft_ink)
                surface.blit(label, label.get_rect(midtop=(spot.centerx, y + stage.em(11))))
        knob = (spots[self.item].centerx, y)
        pygame.draw.circle(surface, palette.paper, knob, stage.em(10) + 2)
        pygame.draw.circle(surface, palette.accent, knob, stage.em(10))

    def press(self, stage: Stage, action: Action) -> bool:
        """CONFIRM plays the years, or holds them."""
        if action is Action.CONFIRM:
            self.on_play()
            return True
        return super().press(stage, action)

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """A press goes to a year; held down, the knob follows."""
        if kind == "down" and button == 1:
            self._held = True
        elif kind == "up":
            self._held = False
        if kind in ("down", "move") and self._held:
            return super().pointer(stage, kind, pos, button, amount)
        return False

    def click(self, stage: Stage, pos: Point) -> None:
        """A click has gone to its year already."""


class TreasureMapPage(Page):
    """V over the map, year by year; a switch shows this life's water or the average as of the first year."""

    name = "treasure"

    def __init__(self, session: Session, soundings: Soundings, stage: Stage) -> None:
        super().__init__()
        self.session, self.soundings = session, soundings
        self.map = SoundingsMap(session, soundings, stage)
        self.rail = YearRail(max(0, session.level.years - 1), self._look, self._play)
        self.playing, self._since = False, 0.0
        self.year_name, self.told = heading(""), Told()
        self.button = Button("", self._turn, key=Action.MODE)
        self.play = Button("", self._play)
        self.defined = small("")
        self._tell()

    def lead(self) -> str:
        """What it was worth at the start."""
        value = figure(self.map.value(0, self.session.level.start))
        return say("debrief.treasure.lead", value=value)

    def sheets(self) -> list[Sheet]:
        """The map with its years; the year looked at, and what one would have to know."""
        level = self.session.level
        know = say(
            "debrief.treasure.know" if level.sight is None else "debrief.treasure.know_sight",
            currents=len(level.currents),
            situations=count(self.soundings.situations),
        )
        if not level.currents:
            know = say("debrief.treasure.know_still")
        hint = say(
            "debrief.treasure.hint",
            up=key_text(Action.UP),
            down=key_text(Action.DOWN),
        )
        words = [self.year_name, self.told, self.play, self.button, self.defined]
        words += [heading(say("debrief.treasure.know_heading")), small(know)]
        return [Sheet([self.map, self.rail, small(hint)], 1.75), Sheet(words, 1.0)]

    def switch(self) -> bool:
        """Turns between this life's water and the average."""
        self._turn()
        return True

    def update(self, dt: float) -> None:
        """The map moves on, and so do the years while they play."""
        self.map.update(dt)
        if self.playing:
            self._since += dt
            if self._since >= _A_YEAR:
                self._since = 0.0
                if self.rail.item + 1 < self.rail.items:
                    self.rail.look(self.rail.item + 1)
                else:
                    self._play()

    def transcript(self) -> str:
        """The page, and every year with what each place has before it."""
        lines = [
            say("debrief.says.row", name=years(year, year + 1), worth=self._places(year))
            for year in range(self.rail.items)
            if self.soundings.years[year]
        ]
        return "\n".join((super().transcript(), *lines))

    def _places(self, year: int) -> str:
        level, found = self.session.level, self.soundings.years[year]
        ordered = sorted(found, key=lambda place: -round(self.map.value(year, place), 9))
        return say("debrief.comma").join(
            say("debrief.treasure.place", place=level.place(place).label, value=figure(self.map.value(year, place)))
            for place in ordered
        )

    def _look(self, year: int) -> None:
        self.map.show_year(year)
        self._tell()

    def _play(self) -> None:
        self.playing, self._since = not self.playing, 0.0
        if self.playing and self.rail.item + 1 == self.rail.items:
            self.rail.look(0)
        self._tell()

    def _turn(self) -> None:
        self.map.average = not self.map.average
        self._tell()

    def _tell(self) -> None:
        level, year = self.session.level, self.map.year
        average = "_average" if self.map.average else ""
        self.year_name.text_ = years(year, year + 1)
        found = self.soundings.years[year]
        if found:
            place = self.map.brightest(year)
            value = figure(self.map.value(year, place))
            told = say("debrief.treasure.brightest", place=level.place(place).label, value=value)
        else:
            told = say("debrief.treasure.nowhere")
        self.told.text_ = f"{told} {self._where(year)}"
        self.button.label = say("debrief.treasure.switch_back" if average else "debrief.treasure.switch")
        self.play.label = say("debrief.treasure.hold" if self.playing else "debrief.treasure.play")
        sight = "" if level.sight is None else "_sight"
        self.defined.text_ = say(f"debrief.treasure.defined{average}{sight}")
        self.stale = True

    def _where(self, year: int) -> str:
        """Where this life stood at the beginning of the year, and what it had before it there."""
        level, record = self.session.level, self.session.record
        lives = [record.start, *(leg.after for leg in record.legs)]
        life = next((life for life in lives if life.year == year), None)
        if life is None:
            return say("debrief.treasure.under_way")
        place = level.place(life.place).label
        value = figure(self.map.value(year, life.place))
        sight = "" if level.sight is None else "_sight"
        return say(f"debrief.treasure.stood{sight}", place=place, value=value)
