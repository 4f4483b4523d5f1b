"""A choice: one of several, all of them in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

import pygame

from game.app.action import Action
from game.app.screen import Point
from game.app.widgets.text import draw_label, elided, label_height
from game.app.widgets.widget import Widget, draw_focus_ring, draw_outlined

if TYPE_CHECKING:
    from game.app.stage import Stage

Value = TypeVar("Value")


class Choice(Widget, Generic[Value]):
    """One of several values, as segments side by side that wrap to further rows where there is no room.

    ``options`` are pairs of a value and its label.  Left and right arrows change it, and so does a click; UP and DOWN
    are left to the form, so that nobody is caught here.
    """

    focusable = True

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[Value, str]],
        value: Value,
        on_change: Callable[[Value], None],
    ) -> None:
        super().__init__()
        self.label, self.options, self.value, self.on_change = label, list(options), value, on_change

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; a line for the label and as many rows as the segments need."""
        segments = self._segments(stage, width)
        return (width, segments[-1].bottom if segments else label_height(stage, self.label))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the label and the segments, the chosen one filled with ink."""
        palette = stage.palette
        draw_label(surface, stage, self.label, self.rect)
        for (value, label), segment in zip(self.options, self._segments(stage, self.rect.width), strict=True):
            spot = segment.move(self.rect.topleft)
            chosen = value == self.value
            radius = spot.height // 2
            if chosen and focused:
                draw_focus_ring(surface, stage, spot, radius)
            edge = palette.ink if chosen else palette.soft_ink
            face = palette.ink if chosen else palette.paper
            draw_outlined(surface, stage, spot, radius, edge, face, max(1, stage.px(1.3)))
            colour = palette.paper if chosen else palette.ink
            text = elided(stage.type, label, 17, spot.width - stage.em(24), 500)
            picture = stage.type.render(text, 17, colour, weight=500)
            surface.blit(picture, picture.get_rect(center=spot.center))

    def press(self, stage: Stage, action: Action) -> bool:
        """LEFT and RIGHT choose the neighbour, CONFIRM the next one, round and round."""
        step = {Action.LEFT: -1, Action.RIGHT: 1, Action.CONFIRM: 1}.get(action)
        if step is None or not self.options:
            return False
        at = next((i for i, (value, _) in enumerate(self.options) if value == self.value), 0)
        self.choose(self.options[(at + step) % len(self.options)][0])
        stage.sound.play("press")
        return True

    def click(self, stage: Stage, pos: Point) -> None:
        """A click on a segment chooses it."""
        for (value, _), segment in zip(self.options, self._segments(stage, self.rect.width), strict=True):
            if segment.move(self.rect.topleft).collidepoint(pos):
                self.choose(value)
                stage.sound.play("press")
                return

    def choose(self, value: Value) -> None:
        """Takes a value, and tells whoever listens if it is another one."""
        if value != self.value:
            self.value = value
            self.on_change(value)

    def says(self) -> str:
        """The label and all options, the chosen one in brackets."""
        options = " · ".join(f"[{label}]" if value == self.value else label for value, label in self.options)
        return f"{self.label}: {options}" if self.label else options

    def _segments(self, stage: Stage, width: int) -> list[pygame.Rect]:
        """The segments' places relative to the widget's corner."""
        gap, height = stage.em(8), stage.em(38)
        x, y = 0, label_height(stage, self.label)
        places = []
        for _, label in self.options:
            wide = min(width, stage.type.width(label, 17, 500) + 2 * stage.em(16))
            if x and x + wide > width:
                x, y = 0, y + height + gap
            places.append(pygame.Rect(x, y, wide, height))
            x += wide + gap
        return places
