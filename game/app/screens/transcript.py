"""The transcript: a life and what was made of it as one text, to read, to copy, or to have read out."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.action import Action
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Text, Widget
from game.words import say


class TranscriptScreen(SheetScreen):
    """``text`` paragraph by paragraph, with a button that copies it whole where there is a clipboard."""

    breadth = 900
    gap = 10.0

    def __init__(self, text: str) -> None:
        super().__init__(lambda: say("debrief.again.text"))
        self.text_ = text
        self._told = ""

    def body(self) -> Sequence[Widget]:
        """What came of copying, then the text."""
        rows: list[Widget] = [Text(self._told, 15, 600, tone="accent")] if self._told else []
        return [*rows, *(Text(part) for part in self.text_.split("\n\n") if part.strip())]

    def foot(self) -> Sequence[Widget]:
        """Copying, and the way back."""
        back = Button(say("app.back"), self.close, key=Action.BACK, kind="primary")
        if self.stage.copy_text is None:
            return [back]
        return [back, Button(say("debrief.again.copy"), self.copy)]

    def copy(self) -> None:
        """Puts the whole text on the clipboard."""
        if self.stage.copy_text is not None:
            self.stage.copy_text(self.text_)
            self._told = say("debrief.again.copied")
            self.fill()
            self.layout(self.stage.size)

    def press_other(self, action: Action) -> None:
        """The key that opened it closes it."""
        if action is Action.LIST:
            self.close()
        else:
            super().press_other(action)
