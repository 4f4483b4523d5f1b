"""The drive's cards: what stands on its sheets of paper, as pictures made once for each thing they say.

A card is written from top to bottom on a :class:`Paper`, which gives the picture when it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action, key_text
from game.app.draw.glow import glow_picture
from game.app.draw.lines import joined
from game.app.draw.palette import Colour
from game.app.draw.swatch import water_swatch
from game.app.screens.drive_forks import Chance, Fork, Row, water_text, years_text
from game.app.screens.drive_glow import signed
from game.app.widgets import draw_key, elided, fitting_size, key_width
from game.words import number, say

if TYPE_CHECKING:
    from game.app.stage import Stage


SWATCH = 17
"""The height of every swatch of water: at one height all of them are cut from the same patterns."""


class Paper:
    """A sheet ``width`` pixels wide that is written from the top; ``picture`` cuts it off below the last line."""

    def __init__(self, stage: Stage, width: int, padding: int) -> None:
        self.stage, self.width, self.padding = stage, width, padding
        self.y = padding
        self._drawn: list[tuple[pygame.Surface, tuple[int, int]]] = []
        self._filled: list[tuple[Colour, pygame.Rect, int]] = []

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.padding

    def put(self, picture: pygame.Surface, x: int, y: int) -> None:
        """Lays a picture at (x, y)."""
        self._drawn.append((picture, (x, y)))

    def fill(self, colour: Colour, rect: pygame.Rect, radius: int) -> None:
        """Fills a rounded rectangle, below everything that is written."""
        self._filled.append((colour, rect, radius))

    def line(
        self, text: str, size: int, colour: Colour, weight: int = 500, tracked: bool = False, after: float = 2
    ) -> None:
        """Writes one line, smaller or shortened if it is too long."""
        if not tracked:
            size = fitting_size(self.stage.type, text, (size, max(13, size - 2)), self.inner, weight)
            text = elided(self.stage.type, text, size, self.inner, weight)
        self.put(self.stage.type.render(text, size, colour, weight=weight, tracked=tracked), self.padding, self.y)
        self.y += self.stage.type.height(size) + self.stage.em(after)

    def lines(self, text: str, size: int, colour: Colour, weight: int = 500, most: int = 2, after: float = 2) -> None:
        """Writes a text on at most ``most`` lines."""
        wrapped = self.stage.type.wrap(text, size, self.inner, weight)
        if len(wrapped) > most:
            wrapped = [*wrapped[: most - 1], joined(wrapped[most - 1 :])]
        for part in wrapped:
            self.line(part, size, colour, weight, after=0)
        self.y += self.stage.em(after)

    def gap(self, length: float) -> None:
        """Leaves room."""
        self.y += self.stage.em(length)

    def picture(self) -> pygame.Surface:
        """What has been written, on a transparent ground of the card's final size."""
        picture = pygame.Surface((self.width, self.y + self.padding), pygame.SRCALPHA)
        picture.fill((*self.stage.palette.paper, 0))
        for colour, rect, radius in self._filled:
            pygame.draw.rect(picture, colour, rect, border_radius=radius)
        for part, spot in self._drawn:
            picture.blit(part, spot)
        return picture


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


def lane_card(stage: Stage, row: Row, width: int) -> pygame.Surface:
    """A lane that is being looked at: where it leads, its water, its light by value, and the chances of next year."""
    paper, palette = Paper(stage, width, stage.em(18)), stage.palette
    paper.lines(row.lane.name, 19, palette.ink, 600)
    paper.line(say("drive.row_under", place=row.head, years=years_text(row.lane.years)), 15, palette.soft_ink)
    water = water_text(row.state, row.water)
    paper.line(water[:1].upper() + water[1:], 15, palette.ink, after=4)
    light = say("drive.light_as_seen" if row.water.years_ago else "drive.light_this_year", light=row.by_value)
    paper.lines(light, 15, palette.ink, most=2)
    if row.arrival:
        paper.lines(say("drive.card_arrival", light=row.arrival), 15, palette.ink, most=2)
    if row.chances is not None:
        paper.gap(5)
        paper.line(say("drive.next_year"), 13, palette.soft_ink, 600, tracked=True, after=4)
        _chances(stage, paper, row.chances)
    return paper.picture()


def _chances(stage: Stage, paper: Paper, chances: tuple[Chance, ...]) -> None:
    """A pill for each state that may come, as long as it is likely, its name and chance below."""
    type_, palette = stage.type, stage.palette
    likely = [chance for chance in chances if chance.chance >= 0.005]
    gap, high = stage.em(3), stage.em(SWATCH)
    labels = [say("drive.percent", percent=round(100 * chance.chance)) for chance in likely]
    least = [max(type_.width(label, 13, 600), stage.em(26)) + gap for label in labels]
    room = max(0, paper.inner - gap * (len(likely) - 1) - sum(least))
    total = sum(chance.chance for chance in likely)
    x = paper.padding
    for chance, label, wide in zip(likely, labels, least, strict=True):
        wide += int(room * chance.chance / total)
        paper.put(water_swatch(palette, chance.wetness, (wide, high)), x, paper.y)
        below = paper.y + high + stage.em(3)
        paper.put(type_.render(label, 13, palette.ink, weight=600), x, below)
        name = elided(type_, chance.state, 13, wide)
        paper.put(type_.render(name, 13, palette.soft_ink), x, below + type_.height(13))
        x += wide + gap
    paper.y += high + stage.em(3) + 2 * type_.height(13)


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


@dataclass(frozen=True)
class ForkCard:
    """The panel of a fork: its picture, the rows to press relative to it, and the two halves of its page line."""

    picture: pygame.Surface
    rows: tuple[tuple[str, pygame.Rect], ...]
    page_back: pygame.Rect | None
    page_on: pygame.Rect | None


def row_height(stage: Stage, narrow: bool) -> int:
    """The height of one row of a fork's panel in pixels."""
    type_ = stage.type
    lines = type_.height(17) + type_.height(13) * (2 if narrow and not is_terse(stage) else 1)
    return lines + stage.em(5 if is_terse(stage) else 11)


def is_terse(stage: Stage) -> bool:
    """Whether the window is so small, or the text so large, that cards say only what one chooses by."""
    return stage.size[1] < stage.em(300)


def fork_card(stage: Stage, fork: Fork, focus: str | None, title: str, hint: str, width: int) -> ForkCard:
    """The lanes that can be taken next, one row each: key, name, where to, how long, water, light."""
    paper, palette, type_ = Paper(stage, width, stage.em(16)), stage.palette, stage.type
    narrow = is_narrow(stage, width)
    unit = type_.render(say("drive.a_year"), 13, palette.soft_ink)
    paper.put(unit, width - paper.padding - unit.get_width(), paper.y)
    room = paper.inner - unit.get_width() - stage.em(10)
    while len(title) > 1 and type_.width(title, 13, 600, True) > room:
        title = title[:-2] + "…"
    paper.line(title, 13, palette.soft_ink, 600, tracked=True, after=5)
    high, rects = row_height(stage, narrow), []
    for row in fork.visible:
        rect = pygame.Rect(stage.em(8), paper.y, width - 2 * stage.em(8), high)
        rects.append((row.lane.id, rect))
        if row.lane.id == focus:
            paper.fill(palette.paper_edge, rect, stage.em(12))
        _row(stage, paper, row, rect, narrow, row.lane.id == focus)
        paper.y = rect.bottom + stage.em(2)
    back = on = None
    if fork.pages > 1:
        text = type_.render(say("drive.page", page=fork.page + 1, pages=fork.pages), 13, palette.soft_ink)
        high = type_.height(13) + stage.em(10)
        back = pygame.Rect(stage.em(8), paper.y, (width - 2 * stage.em(8)) // 2, high)
        on = back.move(back.width, 0)
        middle = paper.y + high // 2
        paper.put(text, (width - text.get_width()) // 2, middle - text.get_height() // 2)
        for sign, x in (("‹", paper.padding), ("›", width - paper.padding - stage.em(8))):
            picture = type_.render(sign, 19, palette.ink, weight=600)
            paper.put(picture, x, middle - picture.get_height() // 2)
        paper.y += high
    if hint and not is_terse(stage):
        paper.gap(4)
        paper.lines(hint, 13, palette.soft_ink, after=0)
    return ForkCard(paper.picture(), tuple(rects), back, on)


def is_narrow(stage: Stage, width: int) -> bool:
    """Whether a fork's panel has no room for its water beside the names."""
    return width < stage.em(330)


def _row(stage: Stage, paper: Paper, row: Row, rect: pygame.Rect, narrow: bool, focused: bool) -> None:
    type_, palette = stage.type, stage.palette
    right = rect.right - stage.em(8)
    if row.glow is None:
        light = type_.render(signed(row.light), 19, palette.ink, weight=600)
    else:
        light = glow_picture(palette, row.glow, stage.em(44))
    swatch = (stage.em(62), stage.em(SWATCH))
    name_left = rect.left + stage.em(8)
    if row.key:
        badge = _key(stage, row.key, focused)
        paper.put(badge, name_left, rect.centery - badge.get_height() // 2)
        name_left += badge.get_width() + stage.em(10)
    terse = is_terse(stage)
    top, soft = rect.top + stage.em(2 if terse else 5), palette.ink if focused else palette.soft_ink
    paper.put(light, right - light.get_width(), rect.centery - light.get_height() // 2)
    state = (
        row.state
        if not row.water.years_ago
        else say("drive.water.short_ago", state=row.state, years=row.water.years_ago)
    )
    room = right - stage.em(58) - stage.em(8) - name_left
    if not narrow and not terse:
        room -= max(swatch[0], stage.em(70)) + stage.em(8)
        left = right - stage.em(58) - max(swatch[0], stage.em(70))
        pill = water_swatch(palette, row.water.wetness, swatch, constant=row.water.state is None)
        paper.put(pill, left, top + (type_.height(17) - swatch[1]) // 2)
        shown = elided(type_, state, 13, stage.em(74))
        paper.put(type_.render(shown, 13, soft), left, top + type_.height(17))
    size = fitting_size(type_, row.lane.name, (17, 15, 13), room, 600)
    name = elided(type_, row.lane.name, size, room, 600)
    drop = type_.ascent(17) - type_.ascent(size)
    paper.put(type_.render(name, size, palette.ink, weight=600), name_left, top + drop)
    under = say("drive.row_under", place=row.head, years=years_text(row.lane.years))
    if not terse:
        paper.put(type_.render(elided(type_, under, 13, room), 13, soft), name_left, top + type_.height(17))
    if narrow or terse:
        y = top + type_.height(17) + (0 if terse else type_.height(13))
        wide = stage.em(30 if terse else 44)
        pill = water_swatch(palette, row.water.wetness, (wide, stage.em(SWATCH)), constant=row.water.state is None)
        paper.put(pill, name_left, y + (type_.height(13) - pill.get_height()) // 2)
        told = say("drive.list.dot").join((state, row.head)) if terse else state
        shown = elided(type_, told, 13, room - wide - stage.em(8))
        paper.put(type_.render(shown, 13, soft), name_left + wide + stage.em(8), y)


def _key(stage: Stage, key: str, focused: bool) -> pygame.Surface:
    palette = stage.palette
    badge = pygame.Surface((key_width(stage, key), stage.em(24)), pygame.SRCALPHA)
    face, letter = (palette.accent_ink, palette.paper) if focused else (palette.ink, palette.paper)
    draw_key(badge, stage, key, 0, badge.get_height() // 2, face, letter)
    return badge


def keys_text(key: str, **more: str) -> str:
    """A hint from the words with the names of the keys it speaks of filled in."""
    names = {
        "confirm": key_text(Action.CONFIRM), "skip": key_text(Action.SKIP), "left": key_text(Action.LEFT),
        "right": key_text(Action.RIGHT), "down": key_text(Action.DOWN), "up": key_text(Action.UP),
    }  # fmt: skip
    return say(f"drive.hint.{key}", **names, **more)


def notice_pill(stage: Stage, notice: str, left: int, right: int, bottom: int) -> tuple[pygame.Rect, pygame.Surface]:
    """What there is to notice, standing on ``bottom`` between two columns: in one line, or in as many as it needs."""
    type_, pad, gap = stage.type, stage.em(22), stage.em(10)
    lines, step = [notice], round(1.1 * type_.height(15))
    room = right - left - 2 * gap - 2 * pad
    if type_.width(notice, 15, 600) > room:
        lines = type_.wrap(notice, 15, max(stage.em(110), room), 600)
    wide = max(type_.width(line, 15, 600) for line in lines) + 2 * pad
    place = pygame.Rect(0, 0, wide, len(lines) * step + stage.em(18))
    place.midbottom = ((left + right) // 2, bottom)
    place.clamp_ip(pygame.Rect((0, 0), stage.size))
    picture = pygame.Surface(place.size, pygame.SRCALPHA)
    picture.fill((*stage.palette.paper, 0))
    for k, line in enumerate(lines):
        label = type_.render(line, 15, stage.palette.ink, weight=600)
        picture.blit(label, label.get_rect(midtop=(wide // 2, stage.em(9) + k * step)))
    return place, picture
