"""All lives of an evening on one map, each counted by its own light, told in the order of the turns and in no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pygame

from game.app import flow
from game.app.action import Action
from game.app.draw.map_frame import MapFrame
from game.app.draw.paths import draw_course, draw_paths
from game.app.draw.svg import SvgPicture
from game.app.evening import Evening, begin_evening, look_back
from game.app.screens.debrief.journey import Journey
from game.app.screens.debrief.page import Card, Page, Sheet, heading, small
from game.app.widgets import Button, Form, Widget, place_row
from game.app.widgets.layout import row_height
from game.files import told
from game.model import scalarised
from game.session import Session
from game.steering import called
from game.words import number, say

if TYPE_CHECKING:
    from game.app.stage import Stage


class Paths(Journey):
    """The map with the ways of all lives on it; ``looked_at`` stands out."""

    def __init__(self, lives: list[Session], stage: Stage) -> None:
        super().__init__(lives[0], stage)
        self.lives = lives
        self.looked_at: int | None = None
        self.show(max(0, lives[0].life.year - 1))

    def frame(self) -> MapFrame:
        """The map alone: the ways are drawn over it, and the boats are at rest."""
        return MapFrame(time=0.0 if self.stage.reduced_motion else self.stage.time, water=self._seen())

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the map, and every way over it."""
        super().draw(surface, stage, focused)
        if self._view is None or self._view.size != self.rect.size:
            return
        shown = self.rect.clip(surface.get_clip())
        if shown.width > 0 and shown.height > 0:
            picture = pygame.Surface(self.rect.size)
            picture.blit(surface, (0, 0), self.rect)
            ways = [life.record.lanes for life in self.lives]
            draw_paths(picture, self._view, ways, stage.palette, stage.scale, self.looked_at)
            self._view.draw_places(picture)
            surface.blit(picture, self.rect)

    def sketch(self, picture: SvgPicture, stage: Stage) -> bool:
        """It is saved as a picture and not as a drawing."""
        return False


class LifeCard(Card):
    """One of the lives: how its way is drawn, whose it is, and what it was by their own light."""

    def __init__(self, number: int, label: str, note: str, on_press: Callable[[], None]) -> None:
        super().__init__(label, note, on_press)
        self.number = number

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the card, and a stretch of its way in its right upper corner."""
        super().draw(surface, stage, focused)
        y = self.rect.top + stage.em(20)
        right = self.rect.right - stage.em(16)
        ends = [(right - stage.em(64) * (1 - k / 12), float(y)) for k in range(13)]
        draw_course(surface, ends, self.number, stage.palette, stage.scale, wide=True)


class TogetherPage(Page):
    """The map at the left, the lives at the right."""

    name = "together"

    def __init__(self, evening: Evening, stage: Stage) -> None:
        super().__init__()
        self.evening, self.stage = evening, stage
        self.paths = Paths(evening.lives, stage)
        self.cards: list[LifeCard] = []

    def title(self) -> str:
        """What there is to see."""
        return say("together.all_title")

    def lead(self) -> str:
        """That there is no order among them."""
        return say("together.all_lead", count=len(self.evening.lives))

    @property
    def label(self) -> str:
        """The page's short name."""
        return say("together.label")

    def sheets(self) -> list[Sheet]:
        """The map; a card a life; and why there is no table of winners."""
        lives = self.evening.lives
        self.cards = [
            LifeCard(k, self.evening.names[k], life_note(life), partial(look_back, self.stage, life))
            for k, life in enumerate(lives)
        ]
        words: list[Widget] = [heading(say("together.lives")), *self.cards]
        words.append(small(say("together.many_can_win")))
        return [Sheet([heading(say("together.map")), self.paths], 1.5), Sheet(words, 1.0)]

    def update(self, dt: float) -> None:
        """The map moves on."""
        self.paths.update(dt)

    def leave(self) -> None:
        """Gives up the map's picture."""
        self.paths.leave()

    def transcript(self) -> str:
        """The page, and the way of every life in words."""
        told_ways = []
        for name, life in zip(self.evening.names, self.evening.lives, strict=False):
            level = life.level
            places = [life.record.start.place, *(leg.after.place for leg in life.record.legs)]
            way = say("drive.list.then").join(level.place(place).label for place in places)
            told_ways.append(say("debrief.says.row", name=name, worth=way))
        return "\n".join((super().transcript(), *told_ways))


def life_note(life: Session) -> str:
    """A life by the light of the one who lived it, and how much of each kind there was."""
    level, by_value = life.level, life.record.life.light
    light = number(scalarised(by_value, life.weights))
    note = say("together.life", light=light, name=called(level, life.value_function))
    if len(level.values) == 1:
        return note
    kinds = say("drive.list.comma").join(
        say("debrief.life.value", value=value.label, light=number(part))
        for value, part in zip(level.values, by_value, strict=True)
    )
    return say("together.kinds", note=note, kinds=kinds)


class LivesTogetherScreen(Form):
    """The page, and the ways on from it."""

    mood = "rose"

    def __init__(self, evening: Evening) -> None:
        super().__init__()
        self.evening = evening
        self.page: TogetherPage | None = None
        self.foot: list[Widget] = []

    def enter(self) -> None:
        """Makes the page."""
        if self.page is None:
            self.page = TogetherPage(self.evening, self.stage)
            self.page.progress = 1.0
        self.page.fill()
        self.foot = [
            Button(say("together.again"), self.again, key=Action.SKIP, kind="primary"),
            Button(say("debrief.levels"), lambda: flow.go_to_levels(self.stage), key=Action.BACK),
        ]
        self.widgets = [self.page, *self.foot]
        self.focused = self.foot[0]

    def retell(self) -> None:
        """The level and its lives in the language spoken now."""
        for life in self.evening.lives:
            life.level = told(life.level)
        self.evening.level = told(self.evening.level)
        if self.page is not None:
            self.page.leave()
            self.page = None
        self.enter()

    def leave(self) -> None:
        """Gives up the map's picture."""
        if self.page is not None:
            self.page.leave()

    def layout(self, size: tuple[int, int]) -> None:
        """The page, and the buttons below it."""
        stage, margin = self.stage, self.stage.px(48)
        assert self.page is not None
        inner = size[0] - 2 * margin
        top = size[1] - row_height(stage, self.foot, inner) - stage.px(24)
        place_row(stage, self.foot, margin, top, inner)
        self.page.place(stage, pygame.Rect(margin, 0, inner, top - stage.px(6)))
        self.page.paths.make()

    def update(self, dt: float) -> None:
        """Lets the map come, and the way of whoever is looked at stand out."""
        assert self.page is not None
        looked = [k for k, card in enumerate(self.page.cards) if card is self.focused or card.hovered]
        self.page.paths.looked_at = looked[0] if looked else None
        self.page.advance(dt, self.stage.reduced_motion)
        if self.page.stale:
            self.layout(self.stage.size)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the backdrop, the page and the buttons."""
        self.stage.backdrop().draw(surface, 0.0 if self.stage.reduced_motion else self.stage.time)
        self.draw_widgets(surface)

    def transcript(self) -> str:
        """The page as plain text, and the ways on."""
        assert self.page is not None
        return "\n".join([self.page.transcript(), *(button.says() for button in self.foot)])

    def again(self) -> None:
        """The same people, in water that nobody has seen."""
        evening = Evening(self.evening.level, self.stage.fresh_seed(), self.evening.names)
        begin_evening(self.stage, evening)

    def press_other(self, action: Action) -> None:
        """The keys of the buttons from wherever the focus is; help and settings."""
        if action is Action.BACK:
            flow.go_to_levels(self.stage)
        elif action is Action.SKIP:
            self.again()
        else:
            flow.asked_everywhere(self.stage, action)
