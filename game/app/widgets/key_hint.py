"""Key hints: the small badge with a key's name, and what the key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.action import Action, key_text
from game.app.desk import Desk
from game.app.draw.palette import Colour
from game.app.draw.panel import draw_panel
from game.app.widgets.text import elided
from game.app.widgets.widget import Widget

if TYPE_CHECKING:
    from game.app.stage import Stage


def key_width(stage: Desk, name: str) -> int:
    """The width in pixels of the badge with this key name."""
    return max(stage.em(24), stage.type.width(name, 13, 600) + stage.em(12))


def draw_key(
    surface: pygame.Surface,
    stage: Desk,
    name: str,
    left: int,
    middle: int,
    face: Colour,
    letter: Colour,
) -> int:
    """Draws a key's badge with its left edge at ``left``, centred on ``middle``; returns its width in pixels."""
    width, height = key_width(stage, name), stage.em(24)
    badge = pygame.Rect(left, middle - height // 2, width, height)
    draw_panel(surface, badge, stage.palette, stage.em(7), shadow=False, colour=face)
    picture = stage.type.render(name, 13, letter, weight=600)
    surface.blit(picture, picture.get_rect(center=badge.center))
    return width


class KeyHint(Widget):
    """A key and what it does, in one line."""

    def __init__(self, action: Action, label: str) -> None:
        super().__init__()
        self.action, self.label = action, label

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """Badge, gap and label, on one line."""
        wanted = key_width(stage, key_text(self.action)) + stage.em(8) + stage.type.width(self.label, 15)
        return (min(width, wanted), stage.em(28))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the badge and the label, shortened if need be."""
        palette, name = stage.palette, key_text(self.action)
        used = draw_key(surface, stage, name, self.rect.left, self.rect.centery, palette.ink, palette.paper)
        left = self.rect.left + used + stage.em(8)
        label = elided(stage.type, self.label, 15, self.rect.right - left)
        picture = stage.type.render(label, 15, palette.ink)
        surface.blit(picture, picture.get_rect(midleft=(left, self.rect.centery)))

    def says(self) -> str:
        """The key and the label."""
        return f"[{key_text(self.action)}] {self.label}"
