"""Sliders: an amount between nothing and the most, moved in steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.screen import Point, PointerKind
from game.app.widgets.text import elided
from game.app.widgets.widget import Widget, draw_focus_ring, draw_outlined
from game.words import number

if TYPE_CHECKING:
    from game.app.stage import Stage


class Slider(Widget):
    """An amount from 0 to ``most`` on a rail, under its label and a line ``about`` it.

    LEFT and RIGHT, the wheel, and a click or a drag on the rail move it by ``step``; UP and DOWN are left to the form.
    """

    focusable = True

    def __init__(
        self,
        label: str,
        about: str,
        value: float,
        on_change: Callable[[float], None],
        step: float = 0.1,
        most: float = 1.0,
    ) -> None:
        super().__init__()
        self.label, self.about, self.value, self.on_change = label, about, value, on_change
        self.step, self.most = step, most
        self._dragged = False

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; a line for the label and the rail, another for what it is about."""
        about = stage.type.height(13) if self.about else 0
        return (width, max(stage.em(34), stage.type.height(17) + about + stage.em(6)))

    def rail(self, stage: Stage) -> pygame.Rect:
        """Where the rail lies."""
        wide = min(self.rect.width // 2, stage.em(300))
        right = self.rect.right - stage.em(52)
        return pygame.Rect(right - wide, self.rect.centery - stage.em(4), wide, stage.em(8))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the label, what it is about, the rail with its knob, and the number."""
        palette, type_, rail = stage.palette, stage.type, self.rail(stage)
        room = rail.left - stage.em(18) - self.rect.left
        top = self.rect.top + stage.em(3)
        surface.blit(type_.render(elided(type_, self.label, 17, room, 600), 17, palette.ink, weight=600),
                     (self.rect.left, top))  # fmt: skip
        if self.about:
            told = elided(type_, self.about, 13, room)
            surface.blit(type_.render(told, 13, palette.soft_ink), (self.rect.left, top + type_.height(17)))
        radius, knob = rail.height // 2, stage.em(11)
        at = rail.left + round(rail.width * min(1.0, max(0.0, self.value / self.most)))
        pygame.draw.rect(surface, palette.paper_edge, rail, border_radius=radius)
        pygame.draw.rect(surface, palette.soft_ink, rail, max(1, stage.px(1)), border_radius=radius)
        filled = pygame.Rect(rail.left, rail.top, max(rail.height, at - rail.left), rail.height)
        pygame.draw.rect(surface, palette.accent, filled, border_radius=radius)
        spot = pygame.Rect(0, 0, 2 * knob, 2 * knob)
        spot.center = (at, rail.centery)
        if focused:
            draw_focus_ring(surface, stage, spot, knob)
        edge = palette.accent if self.hovered or focused else palette.ink
        draw_outlined(surface, stage, spot, knob, edge, palette.paper, max(2, stage.px(2.4)))
        figure = type_.render(number(self.value), 17, palette.ink, weight=600)
        surface.blit(figure, figure.get_rect(midright=(self.rect.right, rail.centery)))

    def press(self, stage: Stage, action: Action) -> bool:
        """LEFT and RIGHT take away and add a step."""
        step = {Action.LEFT: -self.step, Action.RIGHT: self.step}.get(action)
        if step is None:
            return False
        self.become(self.value + step)
        return True

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """The wheel moves it by a step, a press or a drag on the rail to where it points."""
        if kind == "wheel" and amount and self.rail(stage).inflate(0, stage.em(26)).collidepoint(pos):
            self.become(self.value + (self.step if amount > 0 else -self.step))
            return True
        if kind == "down" and button == 1:
            self._dragged = self.rail(stage).inflate(stage.em(26), stage.em(26)).collidepoint(pos)
        elif kind == "up":
            self._dragged = False
        if self._dragged and kind in ("down", "move"):
            rail = self.rail(stage)
            self.become(self.most * (pos[0] - rail.left) / max(1, rail.width))
        # The press itself is left to the form, which puts the focus here.
        return False

    def become(self, value: float) -> None:
        """Takes the step nearest to a value, and tells whoever listens if it is another one."""
        steps = round(min(self.most, max(0.0, value)) / self.step)
        value = round(steps * self.step, 6)
        if value != self.value:
            self.value = value
            self.on_change(value)

    def says(self) -> str:
        """The label, the number, and what it is about."""
        return f"{self.label}: {number(self.value)}" + (f" ({self.about})" if self.about else "")
