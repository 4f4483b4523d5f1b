"""Letters to pick: a text field filled without a keyboard, by gamepad or by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from game.app.action import Action
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Text, TextField, Widget, place_row
from game.words import say


class LettersScreen(SheetScreen):
    """A button for each letter and sign of ``letters.rows``; what is picked goes into ``field`` at once."""

    breadth = 800

    def __init__(self, field: TextField) -> None:
        super().__init__(lambda: field.label or say("letters.title"))
        self.field = field
        self.capitals = not field.value
        self._rows: list[list[Widget]] = []

    def body(self) -> Sequence[Widget]:
        """What stands in the field, then the letters."""
        self._told = Text(self._standing(), 19, 600)
        rows = [list(row) for row in say("letters.rows").split()]
        self._rows = [[self._letter(sign) for sign in row if self.field.allows(sign)] for row in rows]
        self._rows.append(
            [
                Button(say("letters.space"), partial(self._type, " ")),
                Button(say("letters.back"), partial(self._type, "\b"), key=Action.UNDO),
                Button(say("letters.small" if self.capitals else "letters.capitals"), self._shift),
            ]
        )
        return [self._told, *(button for row in self._rows for button in row)]

    def foot(self) -> Sequence[Widget]:
        """Done with it."""
        return [Button(say("letters.done"), self.close, key=Action.BACK, kind="primary")]

    def first_focus(self) -> int:
        """The first letter."""
        return 0

    def place(self, width: int) -> None:
        """Row by row."""
        stage, left, y = self.stage, self.pane.rect.left, self.pane.rect.top
        told: list[Widget] = [self._told]
        for row in (told, *self._rows):
            y = place_row(stage, row, left, y, width, gap=6) + stage.em(8)

    def _letter(self, sign: str) -> Button:
        sign = sign.upper() if self.capitals else sign
        return Button(sign, partial(self._type, sign))

    def _standing(self) -> str:
        return self.field.value or self.field.hint or "…"

    def _type(self, sign: str) -> None:
        self.field.text(self.stage, sign)
        self._told.text_ = self._standing()
        if self.capitals and sign.isalpha():
            self._shift()
        else:
            self.layout(self.stage.size)

    def _shift(self) -> None:
        """From capitals to small letters and back, with the focus where it was."""
        self.capitals = not self.capitals
        self.fill()
        self.layout(self.stage.size)
