"""Paper: a sheet that is written from top to bottom and cut off below its last line, and the pill of a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.draw.lines import joined
from game.app.draw.palette import Colour
from game.app.widgets import elided, fitting_size

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


def is_terse(stage: Stage) -> bool:
    """Whether the window is so small, or the text so large, that cards say only what one chooses by."""
    return stage.size[1] < stage.em(300)


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
