"""The drive's cards of where one is: the year, the water the boat is in, and the place it lies at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.app.draw.swatch import water_swatch
from game.app.screens.drive_paper import SWATCH, Paper
from game.app.widgets import elided, fitting_size
from game.words import number, say

if TYPE_CHECKING:
    from game.app.stage import Stage


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


def year_card(stage: Stage, card: YearCard, width: int) -> pygame.Surface:
    """YEAR 7 of 20, the light so far, a tick for each year; lower where large text would hide the map's top corner."""
    low = stage.size[1] < stage.em(430)
    paper, palette, type_ = Paper(stage, width, stage.em(11 if low else 18)), stage.palette, stage.type
    head = type_.render(say("drive.year", year=card.year), 13, palette.soft_ink, weight=600, tracked=True)
    paper.put(head, paper.padding, paper.y)
    rest = type_.render(say("drive.of_years", years=card.years), 13, palette.soft_ink)
    paper.put(rest, paper.padding + head.get_width() + stage.em(6), paper.y)
    paper.y += type_.height(13) + stage.em(1)
    room = paper.inner if card.vague else paper.inner * 2 // 3
    size = fitting_size(type_, card.light, (24, 19, 17) if card.vague or low else (34, 24, 19), room, 600)
    big = type_.render(card.light, size, palette.ink, weight=600)
    paper.put(big, paper.padding, paper.y)
    left = paper.padding + big.get_width() + stage.em(9)
    foot = paper.y + type_.ascent(size)
    words, room = "" if card.vague else say("drive.light"), paper.width - paper.padding - left
    small = fitting_size(type_, words, (15, 13), room, 500)
    if type_.width(words, small) <= room:
        paper.put(type_.render(words, small, palette.soft_ink), left, foot - type_.ascent(small))
    paper.y += type_.height(size) + stage.em(2)
    _ticks(stage, paper, card.year, card.years)
    if card.by_value:
        paper.gap(7)
        paper.line(card.counted_as, 13, palette.soft_ink, after=0)
        _by_value(stage, paper, card.by_value)
    return paper.picture()


def _ticks(stage: Stage, paper: Paper, year: int, years: int) -> None:
    """A row of ticks, one a year: those behind in the accent, this one taller."""
    palette, step = stage.palette, paper.inner / years
    wide = max(1, round(min(step * 0.8, step - stage.em(2))) if step > stage.em(4) else round(step * 0.7))
    for i in range(years):
        tall = stage.em(8 if i == year - 1 else 5)
        rect = pygame.Rect(paper.padding + round(i * step), paper.y, wide, tall)
        paper.fill(palette.accent if i < year else palette.paper_edge, rect, 1)
    paper.y += stage.em(8)


def _by_value(stage: Stage, paper: Paper, by_value: tuple[tuple[str, str], ...]) -> None:
    type_, palette = stage.type, stage.palette
    x = paper.padding
    for name, light in by_value:
        shown = elided(type_, name, 13, paper.inner // 2)
        width = type_.width(shown, 13) + stage.em(4) + type_.width(light, 13, 600)
        if x > paper.padding and x + width > paper.width - paper.padding:
            x = paper.padding
            paper.y += type_.height(13)
        paper.put(type_.render(shown, 13, palette.soft_ink), x, paper.y)
        paper.put(type_.render(light, 13, palette.ink, weight=600), x + width - type_.width(light, 13, 600), paper.y)
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


def water_card(stage: Stage, card: WaterCard, width: int) -> pygame.Surface:
    """The water the boat is in, how fast it carries, and what the years on this lane have brought."""
    paper, palette, type_ = Paper(stage, width, stage.em(18)), stage.palette, stage.type
    swatch = water_swatch(palette, card.wetness, (stage.em(84), stage.em(SWATCH)), constant=card.constant)
    state = elided(type_, card.state.upper(), 13, paper.inner - swatch.get_width() - stage.em(20), 600)
    paper.put(type_.render(state, 13, palette.soft_ink, weight=600, tracked=True), paper.padding, paper.y)
    middle = paper.y + type_.height(13) // 2
    paper.put(swatch, paper.width - paper.padding - swatch.get_width(), middle - swatch.get_height() // 2)
    paper.y += type_.height(13) + stage.em(2)
    speed = type_.render(say("drive.times", speed=number(round(card.speed, 1))), 34, palette.ink, weight=600)
    paper.put(speed, paper.padding, paper.y)
    left = paper.padding + speed.get_width() + stage.em(10)
    fast = elided(type_, say("drive.as_fast"), 15, paper.width - paper.padding - left)
    paper.put(type_.render(fast, 15, palette.soft_ink), left, paper.y + type_.ascent(34) - type_.ascent(15))
    paper.y += type_.height(34) + stage.em(2)
    paper.lines(card.name, 17, palette.ink, 600, most=2, after=0)
    paper.line(card.lane_year, 15, palette.soft_ink)
    for line in card.behind:
        paper.line(line, 15, palette.ink, after=0)
    return paper.picture()


@dataclass(frozen=True)
class PlaceCard:
    """What the card of a place says: its name, what it asks, and what the way there brought."""

    title: str
    asks: str
    behind: tuple[str, ...]


def place_card(stage: Stage, card: PlaceCard, width: int) -> pygame.Surface:
    """A place, and what came on the way to it."""
    paper, palette = Paper(stage, width, stage.em(18)), stage.palette
    paper.lines(card.title, 24, palette.ink, 600)
    paper.lines(card.asks, 15, palette.soft_ink, most=3)
    if card.behind:
        paper.gap(5)
        paper.line(say("drive.ride"), 13, palette.soft_ink, 600, tracked=True)
        for line in card.behind:
            paper.line(line, 15, palette.ink, after=1)
    return paper.picture()
