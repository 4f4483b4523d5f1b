"""Turning the pages: the dots that say where one is, and the words on the buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.app.draw.palette import mix
from game.app.draw.panel import draw_panel
from game.app.screen import Point
from game.app.widgets import Widget
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


def turn_label(way: str, page: str, short: bool) -> str:
    """What a button says that turns "next" or "previous" to a page; ``short`` leaves the page's name out."""
    return say(f"debrief.{way}_short") if short else say(f"debrief.{way}", name=page)


class Dots(Widget):
    """A dot a page, the one turned up drawn long; a click turns to its page.  Keys have the arrows and the numbers."""

    def __init__(self, pages: int, index: int, on_turn: Callable[[int], None]) -> None:
        super().__init__()
        self.pages, self.index, self.on_turn = pages, index, on_turn
        self.under: int | None = None

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """A place of the same width for every dot."""
        return (self.pages * stage.em(26) + stage.em(16), stage.em(36))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the dots on a strip of paper."""
        palette = stage.palette
        draw_panel(surface, self.rect, palette, self.rect.height // 2)
        inner = self.rect.inflate(-stage.em(16), 0)
        pitch = inner.width / self.pages
        for k in range(self.pages):
            chosen, hovered = k == self.index, self.hovered and k == self.under
            wide, high = stage.em(18 if chosen else 10), stage.em(10)
            dot = pygame.Rect(0, 0, wide, high)
            dot.center = (round(inner.left + (k + 0.5) * pitch), self.rect.centery)
            colour = palette.ink if chosen else palette.accent if hovered else mix(palette.paper, palette.soft_ink, 0.5)
            draw_panel(surface, dot, palette, high // 2, shadow=False, colour=colour)

    def pointer(self, stage: Stage, kind: str, pos: Point, button: int, amount: float) -> bool:
        """Turns to the page of the dot that is clicked."""
        inner = self.rect.inflate(-stage.em(16), 0)
        self.under = min(self.pages - 1, max(0, int((pos[0] - inner.left) * self.pages / max(1, inner.width))))
        if kind == "down" and button == 1:
            self.on_turn(self.under)
            return True
        return False
