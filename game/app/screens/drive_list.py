"""The list: everything on the map as text that can be read, scrolled and voiced."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.action import Action
from game.app.screens.drive_telling import Line
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Heading, Text, Widget
from game.words import say


class MapList(SheetScreen):
    """A sheet with ``lines`` over the water; the key that opened it, Escape or the button puts it away."""

    breadth = 900
    gap = 7.0

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(lambda: say("drive.list.title"))
        self.lines = tuple(lines)

    def body(self) -> Sequence[Widget]:
        """A heading or a paragraph for each line."""
        return [Heading(line.text, 19) if line.heading else Text(line.text, 17) for line in self.lines]

    def foot(self) -> Sequence[Widget]:
        """The way back."""
        return [Button(say("drive.list.close"), self.close, key=Action.BACK, kind="primary")]

    def place(self, width: int) -> None:
        """One below another, with room above each heading."""
        stage, y = self.stage, self.pane.rect.top
        for widget, line in zip(self.pane.children, self.lines, strict=True):
            y += stage.em(14) if line.heading and y > self.pane.rect.top else 0
            wide, high = widget.size(stage, width)
            widget.rect.update(self.pane.rect.left, y, wide, high)
            y = widget.rect.bottom + stage.em(self.gap)

    def press_other(self, action: Action) -> None:
        """The key that opened the list closes it."""
        if action is Action.LIST:
            self.close()
        else:
            super().press_other(action)
