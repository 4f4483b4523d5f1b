"""A field for more than a line: what is typed wraps, and the field grows with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.widgets import TextField
from game.app.widgets.text import elided
from game.app.widgets.widget import draw_focus_ring, draw_outlined

if TYPE_CHECKING:
    from game.app.stage import Stage

_FEWEST, _MOST = 2, 6


class WrittenField(TextField):
    """Some lines of text to type, without line breaks; of a very long text the end is shown."""

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """A line for the label, and as many as are written, two at least."""
        return (width, self._head(stage, width) + self._box(stage, width))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the label, the field, what is typed line by line, and a caret if focused."""
        palette, type_ = stage.palette, stage.type
        y = self.rect.top
        for line in type_.wrap(self.label, 17, self.rect.width, 600):
            surface.blit(type_.render(line, 17, palette.ink, weight=600), (self.rect.left, y))
            y += type_.height(17)
        top = self.rect.top + self._head(stage, self.rect.width)
        box = pygame.Rect(self.rect.left, top, self.rect.width, self._box(stage, self.rect.width))
        if focused:
            draw_focus_ring(surface, stage, box, stage.em(10))
        edge = palette.accent if self.hovered else palette.soft_ink
        draw_outlined(surface, stage, box, stage.em(10), edge, palette.paper, max(1, stage.px(1.4)))
        left, y = box.left + stage.em(14), box.top + stage.em(8)
        lines = self._lines(stage, self.rect.width)
        for line in lines or [elided(type_, self.hint, 17, box.width - 2 * stage.em(14))]:
            colour = palette.ink if lines else palette.soft_ink
            picture = type_.render(line, 17, colour)
            surface.blit(picture, (left, y))
            y += type_.height(17)
        if focused:
            at = left + (type_.width(lines[-1], 17) + 1 if lines else -stage.em(3))
            high = stage.em(20)
            middle = y - type_.height(17) // 2
            pygame.draw.rect(surface, palette.accent, (at, middle - high // 2, max(2, stage.em(2)), high))

    def text(self, stage: Stage, char: str) -> None:
        """Adds a character, or takes the last one away; the screen makes room when another line begins."""
        before = self._box(stage, self.rect.width)
        super().text(stage, char)
        if self._box(stage, self.rect.width) != before and stage.screen is not None:
            stage.screen.layout(stage.size)

    def _lines(self, stage: Stage, width: int) -> list[str]:
        if not self.value:
            return []
        lines = stage.type.wrap(self.value, 17, width - 2 * stage.em(14))
        if self.value.endswith(" ") and lines:
            lines[-1] += " "
        return lines[-_MOST:]

    def _head(self, stage: Stage, width: int) -> int:
        return len(stage.type.wrap(self.label, 17, width, 600)) * stage.type.height(17) + stage.em(6)

    def _box(self, stage: Stage, width: int) -> int:
        return max(_FEWEST, len(self._lines(stage, width))) * stage.type.height(17) + 2 * stage.em(8)
