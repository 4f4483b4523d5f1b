"""What every widget can do, and the ring that shows where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.draw.palette import Colour
from game.app.draw.panel import draw_panel
from game.app.screen import Point, PointerKind

if TYPE_CHECKING:
    from game.app.stage import Stage


class Widget:
    """Something with a place on the screen.  Subclasses override what they need."""

    focusable = False
    """Whether the focus can rest here."""

    wants_text = False
    """Whether typed characters belong to this widget while it has the focus."""

    drags: bool = False
    """Whether the pointer stays with it from being pressed on it to being let go of, wherever it goes meanwhile."""

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
    """Draws the ring around a focused thing, before the thing itself: accent outside, paper between.

    Two colours far apart, so it stands out on every ground.
    """
    gap, thick = max(2, stage.px(2.4)), max(2, stage.px(2.6))
    palette = stage.palette
    draw_panel(
        surface,
        rect.inflate(2 * (gap + thick), 2 * (gap + thick)),
        palette,
        radius + gap + thick,
        False,
        palette.accent,
    )
    draw_panel(surface, rect.inflate(2 * gap, 2 * gap), palette, radius + gap, shadow=False)


def draw_outlined(
    surface: pygame.Surface, stage: Stage, rect: pygame.Rect, radius: int, edge: Colour, face: Colour, thick: int
) -> None:
    """Draws a filled shape with round corners and an edge of ``thick`` pixels, smooth on both sides."""
    draw_panel(surface, rect, stage.palette, radius, shadow=False, colour=edge)
    inner = rect.inflate(-2 * thick, -2 * thick)
    draw_panel(surface, inner, stage.palette, max(1, radius - thick), shadow=False, colour=face)
