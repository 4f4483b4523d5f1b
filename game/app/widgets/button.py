"""Buttons and toggles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pygame

from game.app.action import Action, key_text
from game.app.draw.panel import draw_panel
from game.app.screen import Point
from game.app.widgets.key_hint import draw_key, key_width
from game.app.widgets.text import elided
from game.app.widgets.widget import Widget, draw_focus_ring, draw_outlined

if TYPE_CHECKING:
    from game.app.stage import Stage

Kind = Literal["primary", "plain", "quiet"]
"""How much a button stands out: filled with ink, a piece of paper, or a label alone."""


class Button(Widget):
    """A label to press.  ``key`` is the action that presses it from anywhere on the form, shown as a badge."""

    focusable = True

    def __init__(
        self, label: str, on_press: Callable[[], None], key: Action | None = None, kind: Kind = "plain"
    ) -> None:
        super().__init__()
        self.label, self.on_press, self.key, self.kind = label, on_press, key, kind

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The label with its badge and padding, at most ``width`` wide."""
        name = key_text(self.key) if self.key else ""
        badge = key_width(stage, name) + stage.em(10) if name else 0
        wanted = stage.type.width(self.label, 17, 600) + badge + 2 * stage.em(18)
        return (min(width, wanted), stage.em(44))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the pill, the badge, the label, and the ring if focused."""
        palette, radius = stage.palette, self.rect.height // 2
        face, ink = (palette.ink, palette.paper) if self.kind == "primary" else (palette.paper, palette.ink)
        if not self.enabled:
            ink = palette.soft_ink
        if focused:
            draw_focus_ring(surface, stage, self.rect, radius)
        if self.kind != "quiet":
            draw_panel(surface, self.rect, palette, radius, shadow=not focused, colour=face)
            if self.hovered and self.enabled and not focused:
                draw_outlined(surface, stage, self.rect, radius, palette.accent, face, max(2, stage.px(2)))
        elif self.hovered or focused:
            draw_panel(surface, self.rect, palette, radius, shadow=False, colour=palette.paper_edge)
        name = key_text(self.key) if self.key else ""
        left = self.rect.left + (stage.em(10) if name else stage.em(18))
        if name:
            left += draw_key(surface, stage, name, left, self.rect.centery, ink, face) + stage.em(10)
        label = elided(stage.type, self.label, 17, self.rect.right - stage.em(10) - left, 600)
        picture = stage.type.render(label, 17, ink, weight=600)
        place = picture.get_rect(midleft=(left, self.rect.centery))
        if not name:
            place.centerx = self.rect.centerx
        surface.blit(picture, place)

    def press(self, stage: Stage, action: Action) -> bool:
        """CONFIRM presses it."""
        if action is not Action.CONFIRM or not self.enabled:
            return False
        stage.sound.play("press")
        self.on_press()
        return True

    def click(self, stage: Stage, pos: Point) -> None:
        """A click presses it."""
        if self.enabled:
            stage.sound.play("press")
            self.on_press()

    def says(self) -> str:
        """Its label, with its key if it has one."""
        name = key_text(self.key) if self.key else ""
        return f"[{name or ' '}] {self.label}"


class Toggle(Widget):
    """Something that is on or off."""

    focusable = True

    def __init__(self, label: str, on: bool, on_change: Callable[[bool], None]) -> None:
        super().__init__()
        self.label, self.on, self.on_change = label, on, on_change

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The box, a gap and the label."""
        return (min(width, stage.em(24 + 10 + 8) + stage.type.width(self.label, 17)), stage.em(36))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws a box, ticked when on, and the label."""
        palette = stage.palette
        if focused:
            draw_focus_ring(surface, stage, self.rect, stage.em(8))
        side = stage.em(22)
        box = pygame.Rect(self.rect.left + stage.em(2), self.rect.centery - side // 2, side, side)
        edge, face = palette.accent if self.hovered else palette.ink, palette.ink if self.on else palette.paper
        draw_outlined(surface, stage, box, stage.em(6), edge, face, max(1, stage.em(2)))
        if self.on:
            a, b = (box.left + side * 0.25, box.top + side * 0.54), (box.left + side * 0.43, box.top + side * 0.72)
            c = (box.left + side * 0.76, box.top + side * 0.3)
            pygame.draw.lines(surface, palette.paper, False, [a, b, c], max(2, stage.em(3)))
        left = box.right + stage.em(10)
        picture = stage.type.render(elided(stage.type, self.label, 17, self.rect.right - left), 17, palette.ink)
        surface.blit(picture, picture.get_rect(midleft=(left, self.rect.centery)))

    def press(self, stage: Stage, action: Action) -> bool:
        """CONFIRM switches it."""
        if action is not Action.CONFIRM:
            return False
        stage.sound.play("press")
        self.switch()
        return True

    def click(self, stage: Stage, pos: Point) -> None:
        """A click switches it."""
        stage.sound.play("press")
        self.switch()

    def switch(self) -> None:
        """Turns on to off and off to on, and tells whoever listens."""
        self.on = not self.on
        self.on_change(self.on)

    def says(self) -> str:
        """A box, ticked or not, and the label."""
        return f"[{'x' if self.on else ' '}] {self.label}"
