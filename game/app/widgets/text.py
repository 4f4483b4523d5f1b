"""Text that is read: headings and paragraphs, wrapped or shortened to the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pygame

from game.app.draw.labels import halo_margin, halo_text
from game.app.draw.lines import joined
from game.app.draw.palette import Colour
from game.app.draw.type import Type
from game.app.widgets.widget import Widget

if TYPE_CHECKING:
    from game.app.stage import Stage

Tone = Literal["ink", "soft", "accent", "sky", "bare"]
"""Which colour a text has: ink, soft ink, accent, the light colour for text on a darkened sky, or ink with a halo of
paper, for text on a sky as it is."""


def elided(type_: Type, text: str, size: int, width: int, weight: int = 500) -> str:
    """The text, shortened with an ellipsis if it is wider than ``width`` pixels."""
    return type_.shortened(text, size, max(1, width), weight)


def label_height(stage: Stage, label: str) -> int:
    """The room that the label of a widget takes above it, in pixels; none without a label."""
    return stage.type.height(15) + stage.em(8) if label else 0


def draw_label(surface: pygame.Surface, stage: Stage, label: str, rect: pygame.Rect) -> None:
    """Draws the label of a widget at its top, as much of it as fits."""
    if label:
        name = elided(stage.type, label, 15, rect.width, 600)
        surface.blit(stage.type.render(name, 15, stage.palette.soft_ink, weight=600), rect.topleft)


def fitting_size(type_: Type, text: str, sizes: tuple[int, ...], width: int, weight: int = 600) -> int:
    """The first of ``sizes`` (from large to small) at which the text fits, else the last."""
    return next((size for size in sizes if type_.width(text, size, weight) <= width), sizes[-1])


def colour_of(stage: Stage, tone: Tone) -> Colour:
    """The palette's colour for a tone."""
    palette = stage.palette
    return {
        "ink": palette.ink,
        "soft": palette.soft_ink,
        "accent": palette.accent_ink,
        "sky": palette.foam,
        "bare": palette.ink,
    }[tone]


class Text(Widget):
    """Paragraphs, wrapped to the width of its rect; ``\\n`` starts a new line, an empty line a new paragraph."""

    def __init__(
        self,
        text: str,
        size: int = 17,
        weight: int = 500,
        tone: Tone = "ink",
        align: Literal["left", "centre"] = "left",
        most_lines: int | None = None,
    ) -> None:
        super().__init__()
        self.text_, self.text_size, self.weight, self.tone = text, size, weight, tone
        self.align, self.most_lines = align, most_lines
        self._wrapped: tuple[object, list[str]] | None = None

    def lines(self, stage: Stage, width: int) -> list[str]:
        """The lines at this width; beyond ``most_lines`` the last one ends in an ellipsis."""
        key = (width, stage.type_scale, self.text_, self.most_lines)
        if self._wrapped is None or self._wrapped[0] != key:
            lines: list[str] = []
            for line in self.text_.split("\n"):
                lines.extend(stage.type.wrap(line, self.text_size, width, self.weight) or [""])
            if self.most_lines is not None and len(lines) > self.most_lines:
                rest = joined(lines[self.most_lines - 1 :])
                lines = [
                    *lines[: self.most_lines - 1],
                    elided(stage.type, rest, self.text_size, width, self.weight),
                ]
            self._wrapped = (key, lines)
        return self._wrapped[1]

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width, and the height of all lines."""
        return (width, sum(self._step(stage, line) for line in self.lines(stage, width)))

    def _step(self, stage: Stage, line: str) -> int:
        height = stage.type.height(self.text_size)
        return round(height * 1.12) if line else round(height * 0.55)

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the lines that can be seen."""
        y, clip = self.rect.top, surface.get_clip()
        for line in self.lines(stage, self.rect.width):
            step = self._step(stage, line)
            if line and y + step >= clip.top and y <= clip.bottom:
                picture = stage.type.render(line, self.text_size, colour_of(stage, self.tone), weight=self.weight)
                x = self.rect.left if self.align == "left" else self.rect.centerx - picture.get_width() // 2
                if self.tone == "bare":
                    ink, paper = stage.palette.ink, stage.palette.paper
                    haloed = halo_text(stage.type, line, self.text_size, ink, paper, self.weight)
                    surface.blit(haloed, (x - halo_margin(), y - halo_margin()))
                else:
                    surface.blit(picture, (x, y))
            y += step

    def says(self) -> str:
        """The text itself."""
        return self.text_


class Heading(Text):
    """One line that names what follows; it shrinks to fit before it is shortened."""

    def __init__(self, text: str, size: int = 24, weight: int = 600, tone: Tone = "ink") -> None:
        super().__init__(text, size, weight, tone)
        self.sizes = tuple(s for s in (46, 34, 24, 19, 17) if s <= size) or (size,)

    def lines(self, stage: Stage, width: int) -> list[str]:
        """One line, at the largest size that fits."""
        self.text_size = fitting_size(stage.type, self.text_, self.sizes, width, self.weight)
        return [elided(stage.type, self.text_, self.text_size, width, self.weight)]
