"""Fields to type into: text, and numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.app.action import IN_FORCE, Action
from game.app.widgets.text import draw_label, elided, label_height
from game.app.widgets.widget import Widget, draw_focus_ring, draw_outlined
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


_PICK = 58  # the width of what opens the letters, growing with the text


class TextField(Widget):
    """One line of text to type.  ``on_change`` hears of every change; an empty field shows its ``hint``."""

    focusable = True
    wants_text = True
    picks = True
    """Whether letters to pick can be opened at its end."""

    def __init__(
        self, label: str, value: str, on_change: Callable[[str], None], hint: str = "", longest: int = 60
    ) -> None:
        super().__init__()
        self.label, self.value, self.on_change, self.hint, self.longest = label, value, on_change, hint, longest

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """A line for the label and one for the field."""
        return (width, label_height(stage, self.label) + stage.em(40))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the label, the field, what is typed, and a caret if focused."""
        palette = stage.palette
        draw_label(surface, stage, self.label, self.rect)
        box = pygame.Rect(
            self.rect.left, self.rect.top + label_height(stage, self.label), self.rect.width, stage.em(40)
        )
        radius = stage.em(10)
        if focused:
            draw_focus_ring(surface, stage, box, radius)
        edge = palette.accent if self.hovered else palette.soft_ink
        draw_outlined(surface, stage, box, radius, edge, palette.paper, max(1, stage.px(1.4)))
        room = box.width - 2 * stage.em(14)
        if self.picks:
            room -= stage.em(_PICK)
            opens = stage.type.render(say("letters.open"), 13, palette.soft_ink, weight=600)
            surface.blit(opens, opens.get_rect(center=(box.right - stage.em(_PICK) // 2, box.centery)))
        shown, colour = (self.value, palette.ink) if self.value else (self.hint, palette.soft_ink)
        if self.value and stage.type.width(shown, 17) > room:
            # The end of what is typed matters more than its beginning.
            while len(shown) > 1 and stage.type.width("…" + shown, 17) > room:
                shown = shown[1:]
            shown = "…" + shown
        else:
            shown = elided(stage.type, shown, 17, room)
        left = box.left + stage.em(14)
        picture = stage.type.render(shown, 17, colour)
        surface.blit(picture, picture.get_rect(midleft=(left, box.centery)))
        if focused:
            caret = left + (picture.get_width() + 1 if self.value else -stage.em(3))
            height = stage.em(20)
            pygame.draw.rect(surface, palette.accent, (caret, box.centery - height // 2, max(2, stage.em(2)), height))

    def press(self, stage: Stage, action: Action) -> bool:
        """Confirmed with a gamepad, which has no letters, it opens those to pick."""
        if action is not Action.CONFIRM or IN_FORCE.device != "pad":
            return False
        self._pick(stage)
        return True

    def click(self, stage: Stage, pos: tuple[float, float]) -> None:
        """A click on its end opens letters to pick, for whoever has nothing but a pointer."""
        if pos[0] > self.rect.right - stage.em(_PICK):
            self._pick(stage)

    def _pick(self, stage: Stage) -> None:
        from game.app import flow  # here, since the way through the game is made of screens, and they of fields

        flow.pick_letters(stage, self)

    def text(self, stage: Stage, char: str) -> None:
        """Adds a character, or takes the last one away."""
        if char == "\b":
            self._become(self.value[:-1])
        elif char.isprintable() and len(self.value) < self.longest and self.allows(char):
            self._become(self.value + char)

    def allows(self, char: str) -> bool:
        """Whether the character may be typed."""
        return True

    def says(self) -> str:
        """The label and what is typed."""
        return f"{self.label}: {self.value or '…'}"

    def _become(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self.on_change(value)


class NumberField(TextField):
    """A number to type; LEFT and RIGHT, the wheel, or a click on its − and + change it by ``step``.

    UP and DOWN are left to the form, so that nobody is caught here.
    """

    picks = False

    def __init__(
        self,
        label: str,
        value: float | None,
        on_change: Callable[[float | None], None],
        hint: str = "",
        step: float = 1.0,
    ) -> None:
        super().__init__(label, "" if value is None else f"{value:g}", self._typed, hint, longest=12)
        self.on_number, self.step = on_change, step

    @property
    def number(self) -> float | None:
        """The number typed, or None while there is none."""
        try:
            value = float(self.value.replace(",", "."))
        except ValueError:
            return None
        return value if math.isfinite(value) and abs(value) <= 1e9 else None

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the field, and − and + at its right."""
        whole, palette = self.rect, stage.palette
        self.rect = pygame.Rect(whole.left, whole.top, whole.width - 2 * stage.em(46), whole.height)
        super().draw(surface, stage, focused)
        self.rect = whole
        for sign, spot in zip(("−", "+"), self.steppers(stage), strict=True):
            draw_outlined(surface, stage, spot, stage.em(10), palette.soft_ink, palette.paper, max(1, stage.px(1.4)))
            picture = stage.type.render(sign, 19, palette.ink, weight=600)
            surface.blit(picture, picture.get_rect(center=spot.center))

    def steppers(self, stage: Stage) -> tuple[pygame.Rect, pygame.Rect]:
        """Where − and + lie."""
        side = stage.em(40)
        plus = pygame.Rect(self.rect.right - side, self.rect.bottom - side, side, side)
        return plus.move(-stage.em(46), 0), plus

    def click(self, stage: Stage, pos: tuple[float, float]) -> None:
        """A click on − or + takes away or adds a step."""
        for action, spot in zip((Action.LEFT, Action.RIGHT), self.steppers(stage), strict=True):
            if spot.collidepoint(pos):
                self.press(stage, action)

    def allows(self, char: str) -> bool:
        """Digits, a point or comma, a sign."""
        return char in "0123456789.,-+"

    def press(self, stage: Stage, action: Action) -> bool:
        """LEFT and RIGHT take away and add a step."""
        step = {Action.LEFT: -self.step, Action.RIGHT: self.step}.get(action)
        if step is None:
            return False
        self._become(f"{max(-1e9, min(1e9, (self.number or 0.0) + step)):.10g}")
        return True

    def pointer(self, stage: Stage, kind: str, pos: tuple[float, float], button: int, amount: float) -> bool:
        """The wheel takes away and adds a step."""
        if kind != "wheel" or not amount:
            return False
        return self.press(stage, Action.RIGHT if amount > 0 else Action.LEFT)

    def _typed(self, text: str) -> None:
        self.on_number(self.number)
