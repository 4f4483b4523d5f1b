"""The desk: what it takes to write on paper, so that a card can be written in the light of now or in one to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from game.app.draw.palette import Palette
from game.app.draw.type import Type


class Desk(Protocol):
    """The palette, the type and the lengths that cards are written with; a stage is one."""

    @property
    def palette(self) -> Palette:
        """The colours."""

    @property
    def type(self) -> Type:
        """The type, at its final scale."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""

    @property
    def type_scale(self) -> float:
        """How much larger than in the 1280×720 design text is."""

    def px(self, length: float) -> int:
        """A length of the 1280×720 design in pixels."""

    def em(self, length: float) -> int:
        """A length that grows with the text, in pixels."""


@dataclass(frozen=True)
class InLight:
    """Another desk with its lamp changed: everything is as there but the palette."""

    desk: Desk
    palette: Palette

    @property
    def type(self) -> Type:
        """The type of the other desk."""
        return self.desk.type

    @property
    def size(self) -> tuple[int, int]:
        """The size of the other desk's picture."""
        return self.desk.size

    @property
    def type_scale(self) -> float:
        """The scale of the other desk's type."""
        return self.desk.type_scale

    def px(self, length: float) -> int:
        """A length of the design, as on the other desk."""
        return self.desk.px(length)

    def em(self, length: float) -> int:
        """A length that grows with the text, as on the other desk."""
        return self.desk.em(length)
