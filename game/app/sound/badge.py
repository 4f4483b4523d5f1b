"""The badge: a word at the top of the window that tells for a moment what a key did that shows nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.draw.panel import draw_panel

if TYPE_CHECKING:
    from game.app.stage import Stage

STAYS = 1.8
"""Seconds for which it can be read."""


class Badge:
    """Shows ``text`` while ``left`` (seconds) is more than 0."""

    def __init__(self) -> None:
        self.text = ""
        self.left = 0.0

    def tell(self, text: str, stays: float = STAYS) -> None:
        """Shows a text from now on, for ``stays`` seconds."""
        self.text, self.left = text, stays

    def update(self, dt: float) -> None:
        """Lets ``dt`` seconds pass."""
        self.left = max(0.0, self.left - dt)

    def draw(self, surface: pygame.Surface, stage: Stage) -> None:
        """Draws it over everything, if there is something to tell."""
        if self.left <= 0.0:
            return
        type_, pad = stage.type, stage.em(18)
        text = type_.shortened(self.text, 17, surface.get_width() - 4 * pad, 600)
        picture = type_.render(text, 17, stage.palette.ink, weight=600)
        place = pygame.Rect(0, max(stage.px(20), 6), picture.get_width() + 2 * pad, stage.em(40))
        place.centerx = surface.get_width() // 2
        draw_panel(surface, place, stage.palette, place.height // 2)
        surface.blit(picture, picture.get_rect(center=place.center))
