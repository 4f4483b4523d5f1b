"""Scales: one of a row of values, on a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

import pygame

from game.app.action import Action
from game.app.draw.panel import draw_panel
from game.app.screen import Point, PointerKind
from game.app.widgets.text import elided
from game.app.widgets.widget import Widget, draw_focus_ring, draw_outlined

if TYPE_CHECKING:
    from game.app.stage import Stage

Value = TypeVar("Value")


class Scale(Widget, Generic[Value]):
    """One of ``options``, pairs of a value and what is said of it, from left to right on a line.

    LEFT and RIGHT go on by one, PAGE_UP and PAGE_DOWN by a tenth of the line; the knob can be dragged, and a click on
    the line puts it there.  UP and DOWN are left to the form, so that nobody is caught here.
    """

    focusable = True
    drags = True

    def __init__(
        self, label: str, options: Sequence[tuple[Value, str]], value: Value, on_change: Callable[[Value], None]
    ) -> None:
        super().__init__()
        self.label, self.options, self.value, self.on_change = label, list(options), value, on_change
        self.held = False

    @property
    def at(self) -> int:
        """The number of the value among the options; the first where it is none of them."""
        return next((k for k, (value, _) in enumerate(self.options) if value == self.value), 0)

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; a line for the label and the value, and one for the knob."""
        return (width, stage.type.height(17) + stage.em(30))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws label and value, the line, how much of it lies behind the knob, and the knob with the ring."""
        palette, type_ = stage.palette, stage.type
        said = self.options[self.at][1]
        room = self.rect.width - type_.width(said, 17, 600) - stage.em(12)
        name = elided(type_, self.label, 17, room)
        surface.blit(type_.render(name, 17, palette.ink), self.rect.topleft)
        value = type_.render(said, 17, palette.ink, weight=600)
        surface.blit(value, value.get_rect(topright=self.rect.topright))
        line, knob = self.line(stage), self.knob(stage)
        thick = max(4, stage.em(6))
        track = pygame.Rect(line.left - thick // 2, line.centery - thick // 2, line.width + thick, thick)
        draw_panel(surface, track, palette, thick // 2, shadow=False, colour=palette.paper_edge)
        behind = pygame.Rect(track.left, track.top, knob.centerx - track.left, thick)
        draw_panel(surface, behind, palette, thick // 2, shadow=False, colour=palette.flow)
        if focused:
            draw_focus_ring(surface, stage, knob, knob.width // 2)
        edge = palette.accent if self.hovered else palette.ink
        draw_outlined(surface, stage, knob, knob.width // 2, edge, palette.paper, max(2, stage.px(2.4)))

    def line(self, stage: Stage) -> pygame.Rect:
        """Where the middle of the knob can be."""
        side = stage.em(20)
        return pygame.Rect(self.rect.left + side // 2, self.rect.bottom - stage.em(25), self.rect.width - side, side)

    def knob(self, stage: Stage) -> pygame.Rect:
        """Where the knob is."""
        line = self.line(stage)
        knob = pygame.Rect(0, 0, line.height, line.height)
        knob.center = (line.left + round(line.width * self.at / max(1, len(self.options) - 1)), line.centery)
        return knob

    def press(self, stage: Stage, action: Action) -> bool:
        """LEFT, RIGHT and the page keys move the knob, as far as there is line left."""
        page = max(1, len(self.options) // 10)
        step = {Action.LEFT: -1, Action.RIGHT: 1, Action.PAGE_UP: page, Action.PAGE_DOWN: -page}.get(action)
        if step is None:
            return False
        self._move_to(self.at + step)
        return True

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """Pressed anywhere on it the knob comes, and follows until it is let go of."""
        if kind == "wheel" or (kind == "down" and button != 1):
            return False
        if kind == "move" and not self.held:
            return False
        self.held = kind != "up"
        if kind != "up":
            line = self.line(stage)
            self._move_to(round((pos[0] - line.left) / max(1, line.width) * (len(self.options) - 1)))
        return True

    def choose(self, value: Value) -> None:
        """Takes a value, and tells whoever listens if it is another one."""
        if value != self.value:
            self.value = value
            self.on_change(value)

    def says(self) -> str:
        """The label and the value."""
        return f"{self.label}: {self.options[self.at][1]}"

    def _move_to(self, at: int) -> None:
        self.choose(self.options[max(0, min(len(self.options) - 1, at))][0])
