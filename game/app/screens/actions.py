"""The sheet of actions: everything that can be asked for, to be picked where no key or button asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from game.app.action import NUMBERS, Action, key_text
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Heading, Text, Widget, place_row
from game.words import say

ON_ITS_OWN = (
    *(Action.PAUSE, Action.HELP, Action.SETTINGS, Action.MODE, Action.VIEW, Action.GHOSTS, Action.SKIP, Action.UNDO),
    *(Action.LOOK, Action.BORROW),
    *(Action.LIST, Action.HOME, Action.END, Action.PAGE_UP, Action.PAGE_DOWN, Action.NEXT, Action.PREVIOUS),
    *(Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT, Action.CONFIRM, Action.BACK),
    *(Action.FULLSCREEN, Action.MUTE, Action.LIGHT, Action.SAVE, Action.CURTAIN),
    *(Action.NEARER, Action.FARTHER, Action.LOOK_LEFT, Action.LOOK_RIGHT, Action.LOOK_UP, Action.LOOK_DOWN),
)
"""The actions with a button of their own; the numbers stand in a row below."""


def name_of(action: Action) -> str:
    """What an action is called, whatever it does on the screen it is asked of."""
    if action in NUMBERS:
        return say("actions.number", number=NUMBERS.index(action) + 1)
    return say(f"actions.{action.name.lower()}")


class ActionsScreen(SheetScreen):
    """A button for every action; pressed, it is asked of the screen below."""

    breadth = 940

    def __init__(self) -> None:
        super().__init__(lambda: say("actions.title"))
        self._wide: list[Button] = []

    def body(self) -> Sequence[Widget]:
        """The actions, then the numbers."""
        about = Text(say("actions.about"), size=15, tone="soft")
        named = [Button(self._label(action), partial(self._ask, action)) for action in ON_ITS_OWN]
        numbers = [
            Button(str(number + 1), partial(self._ask, action), kind="plain") for number, action in enumerate(NUMBERS)
        ]
        self._named, self._numbers = named, numbers
        self._about, self._below_it = about, Heading(say("actions.numbers"), 19)
        return [about, *named, self._below_it, *numbers]

    def place(self, width: int) -> None:
        """Buttons in rows, as many as there is room for."""
        stage, left, y = self.stage, self.pane.rect.left, self.pane.rect.top
        for widgets in ([self._about], self._named, [self._below_it], self._numbers):
            y = place_row(stage, widgets, left, y, width, gap=10) + stage.em(12)

    def first_focus(self) -> int:
        """The first action."""
        return 0

    def asked(self, action: Action) -> bool:
        """The key that opened the sheet closes it."""
        if action is Action.MENU:
            self.close()
            return True
        return False

    def renamed(self) -> None:
        """The buttons name their keys."""
        self.fill()
        super().renamed()

    def _label(self, action: Action) -> str:
        key = key_text(action)
        return say("actions.with_key", action=name_of(action), key=key) if key else name_of(action)

    def _ask(self, action: Action) -> None:
        self.close()
        self.stage.ask(action)
