"""Sheets: the cards of the drive laid on the picture, each where there is room for it.

What gives way where there is not enough room is decided here: the fork's panel and the card of the year stay longest.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar, cast

import pygame

from game.app.action import IN_FORCE, Action, key_text
from game.app.desk import Desk, InLight
from game.app.draw.palette import Palette
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

Card = TypeVar("Card")

YEAR = 236
"""The width of the card of the year in ems, where there is so much room."""

_KEPT = 48  # cards, of which a moment shows up to eight


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
    crowded: bool = False
    """Whether a card lies over the bar, which then says less."""


class Sheets:
    """The sheets written on one desk and laid on the picture; each card is written once for each thing it says."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._cards: OrderedDict[object, object] = OrderedDict()

    def in_light(self, palette: Palette) -> Sheets:
        """The same sheets in another light; cards written in either are kept in one place."""
        other = Sheets(InLight(self.desk, palette))
        other._cards = self._cards
        return other

    # --- how much room there is -------------------------------------------------------------------------------------

    def per_page(self, lanes: int = KEYS + 1) -> int:
        """How many of ``lanes`` the panel of a fork has room for at once, 1 to 9."""
        desk, terse = self.desk, is_terse(self.desk)
        line = desk.type.height(13)
        taken = self.top_of_cards() + desk.px(22) + 2 * desk.em(16) + line + desk.em(5)
        taken += 0 if terse else 2 * line + desk.em(25)
        high = row_height(desk, is_narrow(desk, self.fork_width())) + desk.em(2)
        if terse and lanes * high > desk.size[1] - taken:
            taken += line + desk.em(10)  # the line that turns the pages
        return min(max(1, (desk.size[1] - taken) // high), KEYS)

    def side_width(self, length: float) -> int:
        """The width of a card at the side, ``length`` ems where there is room for so much."""
        return min(self.desk.em(length), self.desk.size[0] * 40 // 100)

    def fork_width(self) -> int:
        """The width of the panel of a fork in pixels."""
        beside = self.desk.size[0] - self.side_width(YEAR) - 2 * self._margin() - self.desk.px(12)
        return min(self.desk.em(396), self.desk.size[0] * (58 if is_terse(self.desk) else 48) // 100, beside)

    def _margin(self) -> int:
        """How far from the edges of the picture sheets lie, in pixels."""
        return self.desk.px(22 if min(self.desk.size[0] / 1280, self.desk.size[1] / 720) > 0.7 else 14)

    def top_of_cards(self) -> int:
        """Where the cards below one line of the bar begin, in pixels from the top."""
        return self.desk.px(22) + self.desk.em(38) + self.desk.em(10)

    # --- laying them -------------------------------------------------------------------------------------------------

    def arrange(self, showing: Showing) -> Arranged:
        """Where every sheet lies that has something to say, and what can be pressed."""
        out = self._arrange(showing, brief=is_terse(self.desk))
        return self._arrange(showing, brief=True) if out.crowded else out

    def _arrange(self, showing: Showing, *, brief: bool) -> Arranged:
        desk, out = self.desk, Arranged()
        width, height = desk.size
        margin = self._margin()
        year = self._card(("year", showing.year), lambda: year_card(desk, showing.year, self.side_width(YEAR)))
        if showing.year.by_value and year.size[1] > height * 0.32:
            plain = replace(showing.year, by_value=())
            year = self._card(("year", plain), lambda: year_card(desk, plain, self.side_width(YEAR)))
        out.sheets.append(Sheet(year.get_rect(topleft=(margin, margin)), year, desk.px(18)))
        self._arrange_bar(out, showing, margin, brief)
        bar = [sheet.rect for sheet in out.sheets[1:]]
        out.head = max(sheet.rect.bottom for sheet in out.sheets)
        out.bar_end = max((rect.bottom for rect in bar), default=margin)
        bottom = height - margin
        if showing.reel is not None:
            reel, foot = showing.reel, bottom
            out.bar = self._card(("reel", reel, foot), lambda: TimeBar(desk, reel, width, foot, margin))
            out.sheets.append(Sheet(out.bar.rect, out.bar.written, desk.px(18)))
            out.targets += out.bar.targets
            bottom = out.bar.rect.top - desk.em(10)
        left, right = self._arrange_fork(out, showing, margin, bottom)
        left, right = self._arrange_side(out, showing, margin, bottom, (left, right))
        if showing.rest is not None:
            bottom = self._arrange_rest(out, showing.rest, bottom)
        self._arrange_legend(out, showing, left, right, bottom)
        lent = showing.lent
        placed = lent is None or self._arrange_lent(out, lent, margin, showing.dock[0], showing.small_map)
        if not placed and isinstance(showing.side, PlaceCard):
            # the card of a place says least of all
            return self._arrange(replace(showing, side=None), brief=brief)
        out.crowded = not brief and any(sheet.rect.collidelist(bar) >= 0 for sheet in out.sheets[1 + len(bar) :])
        return out

    def _arrange_fork(self, out: Arranged, showing: Showing, margin: int, bottom: int) -> tuple[int, int]:
        """The panel of the fork, and the columns that it leaves free at the foot."""
        left, right = margin, self.desk.size[0] - margin
        fork = self._fork_card(showing)
        if fork is not None and showing.reel is not None and bottom - fork.written.size[1] < out.head:
            fork = None  # nobody chooses in a replay, so what lies open is the first to go
        if fork is None:
            return left, right
        on_right = showing.dock[0] == "right"
        place = fork.written.get_rect(bottom=bottom)
        place.left = right - place.width if on_right else margin
        out.sheets.append(Sheet(place, fork.written, self.desk.px(18)))
        out.fork = place
        out.targets += [(rect.move(place.topleft), lane) for lane, rect in fork.rows]
        for rect, step in ((fork.page_back, -1), (fork.page_on, 1)):
            if rect is not None:
                out.targets.append((rect.move(place.topleft), ("page", step)))
        return (left, place.left) if on_right else (place.right, right)

    def _arrange_side(
        self, out: Arranged, showing: Showing, margin: int, bottom: int, room: tuple[int, int]
    ) -> tuple[int, int]:
        """The other card, without what lies behind where it is too tall with it, and the columns then left free."""
        side = showing.side
        shorter = side if side is None or isinstance(side, Row) or not side.behind else replace(side, behind=())
        for each in dict.fromkeys((side, shorter)):
            written = self._side_card(each)
            place = None if written is None else self._side_place(out, showing, written, margin, bottom, room)
            if written is None or place is None:
                continue
            out.sheets.append(Sheet(place, written, self.desk.px(18)))
            if out.fork is not None and showing.dock[1] == "above":
                return room
            return (place.right, room[1]) if place.left < self.desk.size[0] // 2 else (room[0], place.left)
        out.whole = side is None
        return room

    def _side_place(
        self, out: Arranged, showing: Showing, written: Written, margin: int, bottom: int, room: tuple[int, int]
    ) -> pygame.Rect | None:
        """Where the other card lies, or None where it would hide the year, the fork or the way back to the bar."""
        gap, (dock, how) = self.desk.px(12), showing.dock
        on_right, year, place = dock == "right", out.sheets[0].rect, written.get_rect(bottom=bottom)
        width = self.desk.size[0]
        place.left = margin if on_right == (out.fork is not None) else width - margin - place.width
        if out.fork is not None and how == "above":
            place.bottom = out.fork.top - gap
            place.left = width - margin - place.width if on_right else margin
            return place if place.top >= self.top_of_cards() + (0 if on_right else year.height) else None
        if how == "beside":
            place.left = room[1] - gap - place.width if on_right else room[0] + gap
        head = year.bottom if place.left < year.right else self.top_of_cards()
        return place if place.top > head and room[1] - room[0] >= place.width + gap else None

    def _arrange_bar(self, out: Arranged, showing: Showing, margin: int, brief: bool) -> None:
        """The bar, in as many lines as it needs beside the card of the year, or what one line holds of it."""
        desk, type_ = self.desk, self.desk.type
        room = desk.size[0] - margin - out.sheets[0].rect.right - margin
        high, pad, gap = desk.em(38), desk.em(8), desk.em(7)
        cells = []
        for button in showing.bar:
            name = key_text(button.action)
            badge = key_width(desk, name) + gap if name else 0
            cells.append((button, name, badge + type_.width(button.label, 15) + 2 * pad))
        rows: list[list[tuple[BarButton, str, int]]] = [[]]
        for cell in cells:
            if rows[-1] and sum(wide for _, _, wide in rows[-1]) + cell[2] + 2 * pad > room:
                rows.append([])
            rows[-1].append(cell)
        if brief and len(rows) > 1:
            rows = [self._brief_bar(cells, room - 2 * pad)]
        top = margin
        for row in rows:
            wide = sum(cell for _, _, cell in row) + 2 * pad
            place = pygame.Rect(desk.size[0] - margin - wide, top, wide, high)
            words = tuple((name, button.label, cell_width) for button, name, cell_width in row)
            draw = partial(bar_strip, desk, words, place.size)
            strip = self._card(("bar", words), partial(Written, place.size, draw))
            x = pad
            for button, _, cell_width in row:
                out.targets.append((pygame.Rect(place.left + x, top, cell_width, high), button.action))
                x += cell_width
            if row:
                out.sheets.append(Sheet(place, strip, high // 2))
            top = place.bottom + desk.em(6)

    def _brief_bar(self, cells: list[tuple[BarButton, str, int]], room: int) -> list[tuple[BarButton, str, int]]:
        """As many buttons as one line holds beside the one that opens the sheet of everything."""
        more = BarButton(say("drive.bar.more"), Action.MENU)
        name, around = key_text(more.action), 2 * self.desk.em(8)
        wide = key_width(self.desk, name) + self.desk.em(7) + self.desk.type.width(more.label, 15) + around
        kept: list[tuple[BarButton, str, int]] = []
        for cell in cells:
            if sum(each[2] for each in kept) + cell[2] + wide > room:
                break
            kept.append(cell)
        return [*kept, (more, name, wide)]

    def _arrange_legend(self, out: Arranged, showing: Showing, left: int, right: int, bottom: int) -> None:
        """The legend, and above it what there is to notice, in the middle of the room between the cards."""
        desk, type_ = self.desk, self.desk.type
        pad = desk.em(22)
        for size, gap, between, swatch in (
            (15, desk.em(9), desk.em(20), (desk.em(54), desk.em(SWATCH))),
            (13, desk.em(6), desk.em(14), (desk.em(34), desk.em(SWATCH))),
        ):
            wides = [swatch[0] + gap + type_.width(entry.label, size) for entry in showing.legend]
            wide, high = sum(wides) + 2 * pad + max(0, len(wides) - 1) * between, desk.em(size + 25)
            if not wides or wide + 2 * desk.em(10) > right - left:
                continue
            place = pygame.Rect((left + right - wide) // 2, bottom - high, wide, high)
            lengths = (place.size, swatch, pad, gap, between, size)
            draw = partial(legend_strip, desk, showing.legend, wides, *lengths)
            strip = self._card(("legend", showing.legend, size), partial(Written, place.size, draw))
            out.sheets.append(Sheet(place, strip, high // 2))
            bottom = place.top - desk.em(10)
            break
        if showing.notice:
            room = (left, right, bottom)
            place, pill = self._card(
                ("notice", showing.notice, *room), lambda: notice_pill(desk, showing.notice, *room)
            )
            # Where it would hide a card it is left to the transcript.
            if place.collidelist([sheet.rect for sheet in out.sheets]) < 0:
                out.sheets.append(Sheet(place, pill, min(place.height // 2, desk.em(18))))

    def _arrange_lent(self, out: Arranged, card: LentCard, margin: int, side: str, small_map: bool) -> bool:
        """The borrowed map below the bar or the card of the year, whole or in brief; whether there is room for it."""
        desk, taken = self.desk, [sheet.rect for sheet in out.sheets]
        for brief in (False, True):
            write = partial(lent_card, desk, card, self.side_width(270), brief=brief)
            written = self._card(("lent", card, brief), write)
            for place in lent_spots(desk, written, (taken[0].bottom, out.bar_end), margin, side, small_map):
                if place.collidelist(taken) < 0 and place.bottom <= desk.size[1] - margin:
                    out.sheets.append(Sheet(place, written, desk.px(18)))
                    return True
        return False

    def _arrange_rest(self, out: Arranged, rest: RestCard, bottom: int) -> int:
        """The last card, at the foot of the map so that the path stays in sight; returns where it begins."""
        desk = self.desk
        width = min(desk.size[0] - 2 * desk.px(22), desk.em(430))
        card = self._card(("rest", rest), lambda: rest_card(desk, rest, width))
        place = card.get_rect(midbottom=(desk.size[0] // 2, bottom))
        place.top = max(0, place.top)
        out.sheets.append(Sheet(place, card, desk.px(20)))
        out.targets.append((place, Action.CONFIRM))
        return place.top - desk.em(10)

    # --- cards ------------------------------------------------------------------------------------------------------

    def _side_card(self, side: Row | WaterCard | PlaceCard | None) -> Written | None:
        desk, width = self.desk, self.side_width(270)
        if side is None:
            return None
        if isinstance(side, Row):
            return self._card(("lane", side), lambda: lane_card(desk, side, width))
        if isinstance(side, WaterCard):
            return self._card(("water", side), lambda: water_card(desk, side, width))
        return self._card(("place", side), lambda: place_card(desk, side, width))

    def _fork_card(self, showing: Showing) -> ForkCard | None:
        if showing.fork is None or not showing.fork.rows:
            return None
        said = (showing.fork, showing.focus, showing.title, showing.hint)
        return self._card(("fork", *said), lambda: fork_card(self.desk, *said, self.fork_width()))

    def _card(self, key: Sequence[object], make: Callable[[], Card]) -> Card:
        desk, cards = self.desk, self._cards
        whole = (*key, desk.size, desk.type_scale, desk.palette, IN_FORCE.changes)
        if whole in cards:
            cards.move_to_end(whole)
        else:
            cards[whole] = make()
            if len(cards) > _KEPT:
                cards.popitem(last=False)
        return cast(Card, cards[whole])
