"""The cards of what can be chosen: the panel of a fork, a row for each lane, and the card of one lane looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pygame

from game.app.desk import Desk
from game.app.draw.glow import glow_picture
from game.app.draw.swatch import water_swatch
from game.app.screens.drive_forks import Chance, Fork, Row, water_text, years_text
from game.app.screens.drive_glow import signed
from game.app.screens.drive_paper import SWATCH, Paper, Written, is_terse, key_badge
from game.app.widgets import elided, fitting_size, key_width
from game.words import say


@dataclass(frozen=True)
class ForkCard:
    """The panel of a fork: what it says, the rows to press relative to it, and the two halves of its page line."""

    written: Written
    rows: tuple[tuple[str, pygame.Rect], ...]
    page_back: pygame.Rect | None
    page_on: pygame.Rect | None


def row_height(stage: Desk, narrow: bool) -> int:
    """The height of one row of a fork's panel in pixels."""
    type_ = stage.type
    lines = type_.height(17) + type_.height(13) * (2 if narrow and not is_terse(stage) else 1)
    return lines + stage.em(5 if is_terse(stage) else 11)


def fork_card(stage: Desk, fork: Fork, focus: str | None, title: str, hint: str, width: int) -> ForkCard:
    """The lanes that can be taken next, one row each: key, name, where to, how long, water, light."""
    paper, palette, type_ = Paper(stage, width, stage.em(16)), stage.palette, stage.type
    narrow = is_narrow(stage, width)
    unit = say("drive.a_year")
    wide = type_.width(unit, 13)
    paper.write(unit, 13, palette.soft_ink, width - paper.padding - wide, paper.y)
    room = paper.inner - wide - stage.em(10)
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
        text = say("drive.page", page=fork.page + 1, pages=fork.pages)
        high = type_.height(13) + stage.em(10)
        back = pygame.Rect(stage.em(8), paper.y, (width - 2 * stage.em(8)) // 2, high)
        on = back.move(back.width, 0)
        middle = paper.y + high // 2
        left = (width - type_.width(text, 13)) // 2
        paper.write(text, 13, palette.soft_ink, left, middle - type_.height(13) // 2)
        for sign, x in (("‹", paper.padding), ("›", width - paper.padding - stage.em(8))):
            paper.write(sign, 19, palette.ink, x, middle - type_.height(19) // 2, 600)
        paper.y += high
    if hint and not is_terse(stage):
        paper.gap(4)
        paper.lines(hint, 13, palette.soft_ink, after=0)
    return ForkCard(paper.written(), tuple(rects), back, on)


def is_narrow(stage: Desk, width: int) -> bool:
    """Whether a fork's panel has no room for its water beside the names."""
    return width < stage.em(330)


def _row(stage: Desk, paper: Paper, row: Row, rect: pygame.Rect, narrow: bool, focused: bool) -> None:
    type_, palette = stage.type, stage.palette
    right = rect.right - stage.em(8)

    def middle(high: int) -> int:
        return rect.centery - high // 2

    if row.glow is None:
        light = signed(row.light)
        paper.write(light, 19, palette.ink, right - type_.width(light, 19, 600), middle(type_.height(19)), 600)
    else:
        wide = stage.em(44)
        paper.put(partial(glow_picture, palette, row.glow, wide), right - wide, middle(wide))
    swatch = (stage.em(62), stage.em(SWATCH))
    name_left = rect.left + stage.em(8)
    if row.key:
        badge = partial(
            key_badge, stage, palette, row.key, palette.accent_ink if focused else palette.ink, palette.paper
        )
        paper.put(badge, name_left, middle(stage.em(24)))
        name_left += key_width(stage, row.key) + stage.em(10)
    terse = is_terse(stage)
    top, soft = rect.top + stage.em(2 if terse else 5), palette.ink if focused else palette.soft_ink
    state = (
        row.state
        if not row.water.years_ago
        else say("drive.water.short_ago", state=row.state, years=row.water.years_ago)
    )
    room = right - stage.em(58) - stage.em(8) - name_left
    if not narrow and not terse:
        room -= max(swatch[0], stage.em(70)) + stage.em(8)
        left = right - stage.em(58) - max(swatch[0], stage.em(70))
        pill = partial(water_swatch, palette, row.water.wetness, swatch, constant=row.water.state is None)
        paper.put(pill, left, top + (type_.height(17) - swatch[1]) // 2)
        shown = elided(type_, state, 13, stage.em(74))
        paper.write(shown, 13, soft, left, top + type_.height(17))
    size = fitting_size(type_, row.lane.name, (17, 15, 13), room, 600)
    name = elided(type_, row.lane.name, size, room, 600)
    drop = type_.ascent(17) - type_.ascent(size)
    paper.write(name, size, palette.ink, name_left, top + drop, 600)
    under = say("drive.row_under", place=row.head, years=years_text(row.lane.years))
    if not terse:
        paper.write(elided(type_, under, 13, room), 13, soft, name_left, top + type_.height(17))
    if narrow or terse:
        y = top + type_.height(17) + (0 if terse else type_.height(13))
        wide = stage.em(30 if terse else 44)
        swatch = (wide, stage.em(SWATCH))
        pill = partial(water_swatch, palette, row.water.wetness, swatch, constant=row.water.state is None)
        paper.put(pill, name_left, y + (type_.height(13) - swatch[1]) // 2)
        told = say("drive.list.dot").join((state, row.head)) if terse else state
        shown = elided(type_, told, 13, room - wide - stage.em(8))
        paper.write(shown, 13, soft, name_left + wide + stage.em(8), y)


def lane_card(stage: Desk, row: Row, width: int) -> Written:
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
    return paper.written()


def _chances(stage: Desk, paper: Paper, chances: tuple[Chance, ...]) -> None:
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
        paper.put(partial(water_swatch, palette, chance.wetness, (wide, high)), x, paper.y)
        below = paper.y + high + stage.em(3)
        paper.write(label, 13, palette.ink, x, below, 600)
        name = elided(type_, chance.state, 13, wide)
        paper.write(name, 13, palette.soft_ink, x, below + type_.height(13))
        x += wide + gap
    paper.y += high + stage.em(3) + 2 * type_.height(13)
