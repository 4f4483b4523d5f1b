"""What every widget can do, and the ring that shows where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.screen import Point, PointerKind

if TYPE_CHECKING:
    from game.app.stage import Stage


class Widget:
    """Something with a place on the screen.  Subclasses override what they need."""

    focusable = False
    """Whether the focus can rest here."""

    wants_text = False
    """Whether typed characters belong to this widget while it has the focus."""

    def __init__(self) -> None:
        self.rect = pygame.Rect(0, 0, 0, 0)
        self.enabled = True
        self.hovered = False

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The width (at most ``width``) and height in pixels that it wants."""
        return (width, self.rect.height)

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws it into its ``rect``."""

    def press(self, stage: Stage, action: Action) -> bool:
        """Takes an action while focused; whether it had a use for it."""
        return False

    def click(self, stage: Stage, pos: Point) -> None:
        """Takes a click inside its ``rect``."""

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """Takes a raw pointer event inside its ``rect``, before it becomes a click; whether it had a use for it."""
        return False

    def text(self, stage: Stage, char: str) -> None:
        """Takes a typed character while focused."""

    def says(self) -> str:
        """What it says, as plain text; empty for decoration."""
        return ""


def draw_focus_ring(surface: pygame.Surface, stage: Stage, rect: pygame.Rect, radius: int) -> None:
    """Draws the ring around a focused thing: accent outside, paper between, so it stands out on every ground."""
    gap, thick = stage.px(3), max(2, stage.px(2.4))
    ring = rect.inflate(2 * (gap + thick), 2 * (gap + thick))
    pygame.draw.rect(surface, stage.palette.paper, ring.inflate(2, 2), gap + thick, border_radius=radius + gap + thick)
    pygame.draw.rect(surface, stage.palette.accent, ring, thick, border_radius=radius + gap + thick)
