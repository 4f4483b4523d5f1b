"""Sheets: the cards of the drive laid on the picture, each where there is room for it.

What gives way where there is not enough room is decided here: the fork's panel and the card of the year stay longest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

import pygame

from game.app.action import IN_FORCE, Action, key_text
from game.app.screens.drive_cards import PlaceCard, RestCard, WaterCard, place_card, rest_card, water_card, year_card
from game.app.screens.drive_fork_cards import ForkCard, fork_card, is_narrow, lane_card, row_height
from game.app.screens.drive_forks import KEYS, Row
from game.app.screens.drive_lent import LentCard
from game.app.screens.drive_lent_card import lent_card, lent_spots
from game.app.screens.drive_paper import SWATCH, Written, is_terse, notice_pill
from game.app.screens.drive_showing import BarButton, Showing, Target
from game.app.screens.drive_strips import bar_strip, legend_strip
from game.app.screens.drive_time_bar import TimeBar
from game.app.widgets import key_width
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

Card = TypeVar("Card")


@dataclass
class Sheet:
    """A sheet of paper: where it lies, what is written on it, and the radius of its corners in pixels."""

    rect: pygame.Rect
    written: Written
    radius: int


@dataclass
class Arranged:
    """All sheets of one moment, the undermost first, and what a press on their parts means."""

    sheets: list[Sheet] = field(default_factory=list)
    targets: list[tuple[pygame.Rect, Target]] = field(default_factory=list)
    fork: pygame.Rect | None = None
    head: int = 0
    """Where the year's card and the bar end, in pixels from the top."""
    bar_end: int = 0
    """Where the bar ends."""
    bar: TimeBar | None = None
    whole: bool = True
    """Whether every card found room."""


class Sheets:
    """The desk on which the sheets of one stage are laid; each card is written once for each thing it says."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._cards: dict[object, object] = {}

    # --- how much room there is -------------------------------------------------------------------------------------

    def per_page(self, lanes: int = KEYS + 1) -> int:
        """How many of ``lanes`` the panel of a fork has room for at once, 1 to 9."""
        stage, terse = self.stage, is_terse(self.stage)
        line = stage.type.height(13)
        taken = self.top_of_cards() + stage.px(22) + 2 * stage.em(16) + line + stage.em(5)
        taken += 0 if terse else 2 * line + stage.em(25)
        high = row_height(stage, is_narrow(stage, self.fork_width())) + stage.em(2)
        if terse and lanes * high > stage.size[1] - taken:
            taken += line + stage.em(10)  # the line that turns the pages
        return min(max(1, (stage.size[1] - taken) // high), KEYS)

    def side_width(self, length: float) -> int:
        """The width of a card at the side, ``length`` ems where there is room for so much."""
        return min(self.stage.em(length), self.stage.size[0] * 40 // 100)

    def fork_width(self) -> int:
        """The width of the panel of a fork in pixels."""
        return min(self.stage.em(396), self.stage.size[0] * (58 if is_terse(self.stage) else 48) // 100)

    def top_of_cards(self) -> int:
        """Where the cards below one line of the bar begin, in pixels from the top."""
        return self.stage.px(22) + self.stage.em(38) + self.stage.em(10)

    # --- laying them -------------------------------------------------------------------------------------------------

    def arrange(self, showing: Showing) -> Arranged:
        """Where every sheet lies that has something to say, and what can be pressed."""
        stage, out = self.stage, Arranged()
        width, height = stage.size
        margin = stage.px(22) if min(width / 1280, height / 720) > 0.7 else stage.px(14)
        year = self._card(("year", showing.year), lambda: year_card(stage, showing.year, self.side_width(236)))
        if showing.year.by_value and year.size[1] > height * 0.32:
            brief = replace(showing.year, by_value=())
            year = self._card(("year", brief), lambda: year_card(stage, brief, self.side_width(236)))
        out.sheets.append(Sheet(year.get_rect(topleft=(margin, margin)), year, stage.px(18)))
        self._arrange_bar(out, showing, margin)
        out.head = max(sheet.rect.bottom for sheet in out.sheets)
        out.bar_end = max((sheet.rect.bottom for sheet in out.sheets[1:]), default=margin)
        bottom = height - margin
        if showing.reel is not None:
            reel, foot = showing.reel, bottom
            out.bar = bar = self._card(("reel", reel, foot), lambda: TimeBar(stage, reel, width, foot, margin))
            out.sheets.append(Sheet(bar.rect, bar.written, stage.px(18)))
            out.targets += bar.targets
            bottom = bar.rect.top - stage.em(10)
        left, right = margin, width - margin
        side = self._side_card(showing)
        fork = self._fork_card(showing)
        if fork is not None and showing.reel is not None and bottom - fork.written.size[1] < out.head:
            fork = None  # nobody chooses in a replay, so what lies open is the first to go
        on_right = showing.dock[0] == "right"
        if fork is not None:
            place = fork.written.get_rect(bottom=bottom)
            place.left = width - margin - place.width if on_right else margin
            out.sheets.append(Sheet(place, fork.written, stage.px(18)))
            out.fork = place
            out.targets += [(rect.move(place.topleft), lane) for lane, rect in fork.rows]
            for rect, step in ((fork.page_back, -1), (fork.page_on, 1)):
                if rect is not None:
                    out.targets.append((rect.move(place.topleft), ("page", step)))
            left, right = (left, place.left) if on_right else (place.right, right)
        if side is not None:
            place = side.get_rect(bottom=bottom)
            how = showing.dock[1]
            place.left = margin if on_right == (fork is not None) else width - margin - place.width
            gap = stage.px(12)
            if how == "above" and fork is not None:
                place.bottom = out.sheets[-1].rect.top - gap
                place.left = width - margin - place.width if on_right else margin
                room = place.top >= self.top_of_cards() + (0 if on_right else year.size[1])
            else:
                if how == "beside":
                    place.left = left + gap if not on_right else right - gap - place.width
                room = place.top > year.size[1] + margin and right - left >= place.width + gap
                if room and place.left < width // 2:
                    left = place.right
                elif room:
                    right = place.left
            out.whole = room
            if room:
                out.sheets.append(Sheet(place, side, stage.px(18)))
        if showing.rest is not None:
            bottom = self._arrange_rest(out, showing.rest, bottom)
        self._arrange_legend(out, showing, left, right, bottom)
        lent = showing.lent
        placed = lent is None or self._arrange_lent(out, lent, margin, showing.dock[0], showing.small_map)
        if not placed and isinstance(showing.side, PlaceCard):
            return self.arrange(replace(showing, side=None))  # the card of a place says least of all
        return out

    def _arrange_bar(self, out: Arranged, showing: Showing, margin: int) -> None:
        """The bar, in as many lines as it needs beside the card of the year."""
        stage, type_ = self.stage, self.stage.type
        room = stage.size[0] - margin - out.sheets[0].rect.right - margin
        high, pad, gap = stage.em(38), stage.em(8), stage.em(7)
        cells = []
        for button in showing.bar:
            name = key_text(button.action)
            badge = key_width(stage, name) + gap if name else 0
            cells.append((button, name, badge + type_.width(button.label, 15) + 2 * pad))
        rows: list[list[tuple[BarButton, str, int]]] = [[]]
        for cell in cells:
            if rows[-1] and sum(wide for _, _, wide in rows[-1]) + cell[2] + 2 * pad > room:
                rows.append([])
            rows[-1].append(cell)
        if is_terse(stage) and len(rows) > 1:
            rows = [self._brief_bar(cells, room - 2 * pad)]
        top = margin
        for row in rows:
            wide = sum(cell for _, _, cell in row) + 2 * pad
            place = pygame.Rect(stage.size[0] - margin - wide, top, wide, high)
            words = tuple((name, button.label, cell_width) for button, name, cell_width in row)
            draw = partial(bar_strip, stage, words, place.size)
            strip = self._card(("bar", words), partial(Written, place.size, draw))
            x = pad
            for button, _, cell_width in row:
                out.targets.append((pygame.Rect(place.left + x, top, cell_width, high), button.action))
                x += cell_width
            if row:
                out.sheets.append(Sheet(place, strip, high // 2))
            top = place.bottom + stage.em(6)

    def _brief_bar(self, cells: list[tuple[BarButton, str, int]], room: int) -> list[tuple[BarButton, str, int]]:
        """As many buttons as one line holds beside the one that opens the sheet of everything."""
        more = BarButton(say("drive.bar.more"), Action.MENU)
        name, around = key_text(more.action), 2 * self.stage.em(8)
        wide = key_width(self.stage, name) + self.stage.em(7) + self.stage.type.width(more.label, 15) + around
        kept: list[tuple[BarButton, str, int]] = []
        for cell in cells:
            if sum(each[2] for each in kept) + cell[2] + wide > room:
                break
            kept.append(cell)
        return [*kept, (more, name, wide)]

    def _arrange_legend(self, out: Arranged, showing: Showing, left: int, right: int, bottom: int) -> None:
        """The legend, and above it what there is to notice, in the middle of the room between the cards."""
        stage, type_ = self.stage, self.stage.type
        pad = stage.em(22)
        for size, gap, between, swatch in (
            (15, stage.em(9), stage.em(20), (stage.em(54), stage.em(SWATCH))),
            (13, stage.em(6), stage.em(14), (stage.em(34), stage.em(SWATCH))),
        ):
            wides = [swatch[0] + gap + type_.width(entry.label, size) for entry in showing.legend]
            wide, high = sum(wides) + 2 * pad + max(0, len(wides) - 1) * between, stage.em(size + 25)
            if not wides or wide + 2 * stage.em(10) > right - left:
                continue
            place = pygame.Rect((left + right - wide) // 2, bottom - high, wide, high)
            lengths = (place.size, swatch, pad, gap, between, size)
            draw = partial(legend_strip, stage, showing.legend, wides, *lengths)
            strip = self._card(("legend", showing.legend, size), partial(Written, place.size, draw))
            out.sheets.append(Sheet(place, strip, high // 2))
            bottom = place.top - stage.em(10)
            break
        if showing.notice:
            place, pill = notice_pill(stage, showing.notice, left, right, bottom)
            # Where it would hide a card it is left to the transcript.
            if place.collidelist([sheet.rect for sheet in out.sheets]) < 0:
                out.sheets.append(Sheet(place, pill, min(place.height // 2, stage.em(18))))

    def _arrange_lent(self, out: Arranged, card: LentCard, margin: int, side: str, small_map: bool) -> bool:
        """The borrowed map below the bar or the card of the year, whole or in brief; whether there is room for it."""
        stage, taken = self.stage, [sheet.rect for sheet in out.sheets]
        for brief in (False, True):
            write = partial(lent_card, stage, card, self.side_width(270), brief=brief)
            written = self._card(("lent", card, brief), write)
            for place in lent_spots(stage, written, (taken[0].bottom, out.bar_end), margin, side, small_map):
                if place.collidelist(taken) < 0 and place.bottom <= stage.size[1] - margin:
                    out.sheets.append(Sheet(place, written, stage.px(18)))
                    return True
        return False

    def _arrange_rest(self, out: Arranged, rest: RestCard, bottom: int) -> int:
        """The last card, at the foot of the map so that the path stays in sight; returns where it begins."""
        stage = self.stage
        width = min(stage.size[0] - 2 * stage.px(22), stage.em(430))
        card = self._card(("rest", rest), lambda: rest_card(stage, rest, width))
        place = card.get_rect(midbottom=(stage.size[0] // 2, bottom))
        place.top = max(0, place.top)
        out.sheets.append(Sheet(place, card, stage.px(20)))
        out.targets.append((place, Action.CONFIRM))
        return place.top - stage.em(10)

    # --- cards ------------------------------------------------------------------------------------------------------

    def _side_card(self, showing: Showing) -> Written | None:
        stage, side = self.stage, showing.side
        if side is None:
            return None
        width = self.side_width(270)
        if isinstance(side, Row):
            return self._card(("lane", side), lambda: lane_card(stage, side, width))
        if isinstance(side, WaterCard):
            return self._card(("water", side), lambda: water_card(stage, side, width))
        return self._card(("place", side), lambda: place_card(stage, side, width))

    def _fork_card(self, showing: Showing) -> ForkCard | None:
        if showing.fork is None or not showing.fork.rows:
            return None
        said = (showing.fork, showing.focus, showing.title, showing.hint)
        return self._card(("fork", *said), lambda: fork_card(self.stage, *said, self.fork_width()))

    def _card(self, key: Sequence[object], make: Callable[[], Card]) -> Card:
        whole = (*key, self.stage.size, self.stage.type_scale, self.stage.palette, IN_FORCE.changes)
        if whole not in self._cards:
            if len(self._cards) > 40:
                self._cards.clear()
            self._cards[whole] = make()
        return cast(Card, self._cards[whole])
