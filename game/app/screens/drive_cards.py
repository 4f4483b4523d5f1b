"""The drive's cards of where one is: the year, the water under the boat, the place it lies at, and its rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pygame

from game.app.action import Action, key_text
from game.app.desk import Desk
from game.app.draw.swatch import water_swatch
from game.app.screens.drive_paper import SWATCH, Paper, Written, is_terse, key_badge
from game.app.widgets import elided, fitting_size, key_width
from game.words import number, say


@dataclass(frozen=True)
class YearCard:
    """What the card of the year says: ``year`` of ``years``, the light so far, whose idea of light, and by value."""

    year: int
    years: int
    light: str
    counted_as: str
    by_value: tuple[tuple[str, str], ...]
    vague: bool = False
    """Whether the light is a glow and no number."""


def year_card(stage: Desk, card: YearCard, width: int) -> Written:
    """YEAR 7 of 20, the light so far, a tick for each year; lower where large text would hide the map's top corner."""
    low = stage.size[1] < stage.em(430)
    paper, palette, type_ = Paper(stage, width, stage.em(11 if low else 18)), stage.palette, stage.type
    head = say("drive.year", year=card.year)
    paper.write(head, 13, palette.soft_ink, paper.padding, paper.y, 600, True)
    left = paper.padding + type_.width(head, 13, 600, True) + stage.em(6)
    paper.write(say("drive.of_years", years=card.years), 13, palette.soft_ink, left, paper.y)
    paper.y += type_.height(13) + stage.em(1)
    room = paper.inner if card.vague else paper.inner * 2 // 3
    size = fitting_size(type_, card.light, (24, 19, 17) if card.vague or low else (34, 24, 19), room, 600)
    paper.write(card.light, size, palette.ink, paper.padding, paper.y, 600)
    left = paper.padding + type_.width(card.light, size, 600) + stage.em(9)
    foot = paper.y + type_.ascent(size)
    words, room = "" if card.vague else say("drive.light"), paper.width - paper.padding - left
    small = fitting_size(type_, words, (15, 13), room, 500)
    if type_.width(words, small) <= room:
        paper.write(words, small, palette.soft_ink, left, foot - type_.ascent(small))
    paper.y += type_.height(size) + stage.em(2)
    _ticks(stage, paper, card.year, card.years)
    if card.by_value:
        paper.gap(7)
        paper.line(card.counted_as, 13, palette.soft_ink, after=0)
        _by_value(stage, paper, card.by_value)
    return paper.written()


def _ticks(stage: Desk, paper: Paper, year: int, years: int) -> None:
    """A row of ticks, one a year: those behind in the accent, this one taller."""
    palette, step = stage.palette, paper.inner / years
    wide = max(1, round(min(step * 0.8, step - stage.em(2))) if step > stage.em(4) else round(step * 0.7))
    for i in range(years):
        tall = stage.em(8 if i == year - 1 else 5)
        rect = pygame.Rect(paper.padding + round(i * step), paper.y, wide, tall)
        paper.fill(palette.accent if i < year else palette.paper_edge, rect, 1)
    paper.y += stage.em(8)


def _by_value(stage: Desk, paper: Paper, by_value: tuple[tuple[str, str], ...]) -> None:
    type_, palette = stage.type, stage.palette
    x = paper.padding
    for name, light in by_value:
        shown = elided(type_, name, 13, paper.inner // 2)
        width = type_.width(shown, 13) + stage.em(4) + type_.width(light, 13, 600)
        if x > paper.padding and x + width > paper.width - paper.padding:
            x = paper.padding
            paper.y += type_.height(13)
        paper.write(shown, 13, palette.soft_ink, x, paper.y)
        paper.write(light, 13, palette.ink, x + width - type_.width(light, 13, 600), paper.y, 600)
        x += width + stage.em(12)
    paper.y += type_.height(13)


@dataclass(frozen=True)
class WaterCard:
    """What the card of the water says: the state's name, how wet, how many times as fast, the lane, the years on it."""

    state: str
    wetness: float
    constant: bool
    speed: float
    name: str
    lane_year: str
    behind: tuple[str, ...]
    whose: str = ""
    """Whose boat it speaks of, where that is not the one that is followed."""


def water_card(stage: Desk, card: WaterCard, width: int) -> Written:
    """The water the boat is in, how fast it carries, and what the years on this lane have brought."""
    paper, palette, type_ = Paper(stage, width, stage.em(18)), stage.palette, stage.type
    wide, high = stage.em(84), stage.em(SWATCH)
    if card.whose:
        paper.line(card.whose, 13, palette.soft_ink, after=3)
    state = elided(type_, card.state.upper(), 13, paper.inner - wide - stage.em(20), 600)
    paper.write(state, 13, palette.soft_ink, paper.padding, paper.y, 600, True)
    middle = paper.y + type_.height(13) // 2
    pill = partial(water_swatch, palette, card.wetness, (wide, high), constant=card.constant)
    paper.put(pill, paper.width - paper.padding - wide, middle - high // 2)
    paper.y += type_.height(13) + stage.em(2)
    speed = say("drive.times", speed=number(round(card.speed, 1)))
    paper.write(speed, 34, palette.ink, paper.padding, paper.y, 600)
    left = paper.padding + type_.width(speed, 34, 600) + stage.em(10)
    fast = elided(type_, say("drive.as_fast"), 15, paper.width - paper.padding - left)
    paper.write(fast, 15, palette.soft_ink, left, paper.y + type_.ascent(34) - type_.ascent(15))
    paper.y += type_.height(34) + stage.em(2)
    paper.lines(card.name, 17, palette.ink, 600, most=2, after=0)
    paper.line(card.lane_year, 15, palette.soft_ink)
    for line in card.behind:
        paper.line(line, 15, palette.ink, after=0)
    return paper.written()


@dataclass(frozen=True)
class PlaceCard:
    """What the card of a place says: its name, what it asks, and what the way there brought."""

    title: str
    asks: str
    behind: tuple[str, ...]
    whose: str = ""
    """Whose boat lies there, where that is not the one that is followed."""


def place_card(stage: Desk, card: PlaceCard, width: int) -> Written:
    """A place, and what came on the way to it."""
    paper, palette = Paper(stage, width, stage.em(18)), stage.palette
    if card.whose:
        paper.line(card.whose, 13, palette.soft_ink, after=3)
    paper.lines(card.title, 24, palette.ink, 600)
    paper.lines(card.asks, 15, palette.soft_ink, most=3)
    if card.behind:
        paper.gap(5)
        paper.line(say("drive.ride"), 13, palette.soft_ink, 600, tracked=True)
        for line in card.behind:
            paper.line(line, 15, palette.ink, after=1)
    return paper.written()


@dataclass(frozen=True)
class RestCard:
    """The last card: that the life rests, where, after how long and with how much light, and the way on."""

    title: str
    where: str
    button: str


def rest_card(stage: Desk, card: RestCard, width: int) -> Written:
    """That the life has come to rest, and the button that leads on."""
    low = is_terse(stage)
    paper, palette, type_ = Paper(stage, width, stage.em(12 if low else 24)), stage.palette, stage.type
    paper.lines(card.title, 19 if low else 34, palette.ink, 600, most=3)
    paper.lines(card.where, 15 if low else 17, palette.soft_ink, most=3, after=4 if low else 12)
    high, key = stage.em(46), key_text(Action.CONFIRM)
    wide = key_width(stage, key) + stage.em(10) + type_.width(card.button, 17, 600) + 2 * stage.em(18)
    button = pygame.Rect(paper.padding, paper.y, min(wide, paper.inner), high)
    paper.fill(palette.ink, button, high // 2)
    left = button.left + stage.em(16)
    badge = partial(key_badge, stage, palette, key, palette.paper, palette.ink)
    paper.put(badge, left, button.centery - stage.em(24) // 2)
    left += key_width(stage, key) + stage.em(10)
    label = elided(type_, card.button, 17, button.right - left, 600)
    paper.write(label, 17, palette.paper, left, button.centery - type_.height(17) // 2, 600)
    paper.y += high
    return paper.written()
