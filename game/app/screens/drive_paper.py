"""Paper: a sheet that is written from top to bottom and cut off below its last line, and the pill of a notice.

What is written is measured at once and drawn when it is first seen, so that a card can be laid for its size alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pygame

from game.app.desk import Desk, InLight
from game.app.draw.lines import joined
from game.app.draw.palette import Colour, Palette
from game.app.draw.panel import draw_panel, panel_shadow
from game.app.draw.type import Type
from game.app.widgets import draw_key, elided, fitting_size, key_width

SWATCH = 17
"""The height of every swatch of water: at one height all of them are cut from the same patterns."""

_CORNER = 1.0 - 1.0 / math.sqrt(2.0)
"""How far inside a round corner of radius 1 the paper is solid."""

Pieces = tuple[tuple[pygame.Surface, tuple[int, int]], ...]


class Written:
    """Something written, ``size`` pixels large; ``write`` draws it on a clear ground, when it is first looked at."""

    def __init__(self, size: tuple[int, int], write: Callable[[], pygame.Surface]) -> None:
        self.size = size
        self._write = write
        self._cut: tuple[Palette, int, Pieces] | None = None

    def get_rect(self, **where: int | tuple[int, int]) -> pygame.Rect:
        """A rectangle of its size, put where the keywords say, as that of a surface is."""
        rect = pygame.Rect((0, 0), self.size)
        for side, value in where.items():
            setattr(rect, side, value)
        return rect

    def sheet(self, palette: Palette, radius: int) -> Pieces:
        """The sheet of paper with this on it and with its shadow: pictures, and where they lie from its corner.

        The inside is a picture without any transparency, since that is what most of a sheet is and what costs least.
        """
        if self._cut is None or self._cut[:2] != (palette, radius):
            self._cut = (palette, radius, self._cut_out(palette, radius))
        return self._cut[2]

    def _cut_out(self, palette: Palette, radius: int) -> Pieces:
        rect = pygame.Rect((0, 0), self.size)
        sheet = pygame.Surface(rect.size, pygame.SRCALPHA)
        draw_panel(sheet, rect, palette, radius, shadow=False)
        sheet.blit(self._write(), rect)
        thin = math.ceil(min(radius, rect.width / 2, rect.height / 2) * _CORNER) + 1
        inside = rect.inflate(-2 * thin, -2 * thin)
        shadow = panel_shadow(rect.size, radius, palette)
        if inside.width < 1 or inside.height < 1:
            return (*shadow, (sheet, (0, 0)))
        edges = (
            pygame.Rect(0, 0, rect.width, inside.top),
            pygame.Rect(0, inside.top, inside.left, inside.height),
            pygame.Rect(inside.right, inside.top, rect.right - inside.right, inside.height),
            pygame.Rect(0, inside.bottom, rect.width, rect.bottom - inside.bottom),
        )
        pieces = [(pygame.Surface(edge.size, pygame.SRCALPHA), edge) for edge in edges]
        pieces.append((pygame.Surface(inside.size), inside))
        for piece, part in pieces:
            piece.blit(sheet, (-part.left, -part.top))
        return (*shadow, *((piece, part.topleft) for piece, part in pieces))


class Paper:
    """A sheet ``width`` pixels wide that is written from the top; ``written`` cuts it off below the last line."""

    def __init__(self, desk: Desk, width: int, padding: int) -> None:
        self.desk, self.width, self.padding = desk, width, padding
        self.y = padding
        self._drawn: list[tuple[Callable[[], pygame.Surface], tuple[int, int]]] = []
        self._filled: list[tuple[Colour, pygame.Rect, int]] = []

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.padding

    def put(self, make: Callable[[], pygame.Surface], x: int, y: int) -> None:
        """Lays a picture at (x, y), which is made when the sheet is looked at."""
        self._drawn.append((make, (x, y)))

    def write(
        self, text: str, size: int, colour: Colour, x: int, y: int, weight: int = 500, tracked: bool = False
    ) -> None:
        """Writes ``text`` in one line with its top left corner at (x, y)."""
        self.put(partial(self.desk.type.render, text, size, colour, weight, tracked), x, y)

    def fill(self, colour: Colour, rect: pygame.Rect, radius: int) -> None:
        """Fills a rounded rectangle, below everything that is written."""
        self._filled.append((colour, rect, radius))

    def line(
        self, text: str, size: int, colour: Colour, weight: int = 500, tracked: bool = False, after: float = 2
    ) -> None:
        """Writes one line, smaller or shortened if it is too long."""
        if not tracked:
            size = fitting_size(self.desk.type, text, (size, max(13, size - 2)), self.inner, weight)
            text = elided(self.desk.type, text, size, self.inner, weight)
        self.write(text, size, colour, self.padding, self.y, weight, tracked)
        self.y += self.desk.type.height(size) + self.desk.em(after)

    def lines(self, text: str, size: int, colour: Colour, weight: int = 500, most: int = 2, after: float = 2) -> None:
        """Writes a text on at most ``most`` lines."""
        wrapped = self.desk.type.wrap(text, size, self.inner, weight)
        if len(wrapped) > most:
            wrapped = [*wrapped[: most - 1], joined(wrapped[most - 1 :])]
        for part in wrapped:
            self.line(part, size, colour, weight, after=0)
        self.y += self.desk.em(after)

    def gap(self, length: float) -> None:
        """Leaves room."""
        self.y += self.desk.em(length)

    def written(self) -> Written:
        """What has been written, as large as it has become."""
        size = (self.width, self.y + self.padding)
        return Written(size, partial(self._picture, size, self.desk.palette))

    def _picture(self, size: tuple[int, int], palette: Palette) -> pygame.Surface:
        picture = pygame.Surface(size, pygame.SRCALPHA)
        picture.fill((*palette.paper, 0))
        for colour, rect, radius in self._filled:
            pygame.draw.rect(picture, colour, rect, border_radius=radius)
        for make, spot in self._drawn:
            picture.blit(make(), spot)
        return picture


def is_terse(desk: Desk) -> bool:
    """Whether the window is so small, or the text so large, that cards say only what one chooses by."""
    return desk.size[1] < desk.em(300)


def notice_pill(desk: Desk, notice: str, left: int, right: int, bottom: int) -> tuple[pygame.Rect, Written]:
    """What there is to notice, standing on ``bottom`` between two columns: in one line, or in as many as it needs."""
    type_, pad, gap = desk.type, desk.em(22), desk.em(10)
    lines, step = [notice], round(1.1 * type_.height(15))
    room = right - left - 2 * gap - 2 * pad
    if type_.width(notice, 15, 600) > room:
        lines = type_.wrap(notice, 15, max(desk.em(110), room), 600)
    wide = max(type_.width(line, 15, 600) for line in lines) + 2 * pad
    place = pygame.Rect(0, 0, wide, len(lines) * step + desk.em(18))
    place.midbottom = ((left + right) // 2, bottom)
    place.clamp_ip(pygame.Rect((0, 0), desk.size))
    return place, Written(place.size, partial(_pill_of, desk.type, desk.palette, lines, place.size, desk.em(9), step))


def _pill_of(
    type_: Type, palette: Palette, lines: list[str], size: tuple[int, int], top: int, step: int
) -> pygame.Surface:
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((*palette.paper, 0))
    for k, line in enumerate(lines):
        label = type_.render(line, 15, palette.ink, weight=600)
        picture.blit(label, label.get_rect(midtop=(size[0] // 2, top + k * step)))
    return picture


def key_badge(desk: Desk, palette: Palette, key: str, face: Colour, letter: Colour) -> pygame.Surface:
    """The badge with a key's name, ``key_width`` wide and 24 ems high."""
    badge = pygame.Surface((key_width(desk, key), desk.em(24)), pygame.SRCALPHA)
    draw_key(badge, InLight(desk, palette), key, 0, badge.get_height() // 2, face, letter)
    return badge
