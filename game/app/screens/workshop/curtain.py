"""The curtain: takes all text off the wall and holds everything, until it is drawn again."""

from __future__ import annotations

import pygame

from game.app.action import Action
from game.app.screen import Point, PointerKind, Screen


class CurtainScreen(Screen):
    """The sky and the sea, and not a letter.  The same key, BACK or a click draws it aside; nothing below moves."""

    def asked(self, action: Action) -> bool:
        """The sheet of actions would be text on the wall."""
        return action is Action.MENU

    def press(self, action: Action) -> None:
        """The ways back."""
        if action in (Action.CURTAIN, Action.BACK):
            self.stage.pop()

    def pointer(self, kind: PointerKind, pos: Point, button: int = 0, amount: float = 0) -> None:
        """A click is a way back too, for those without a keyboard."""
        if kind == "up" and button == 1:
            self.stage.pop()

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the sky."""
        self.stage.backdrop().draw(surface, 0.0 if self.stage.reduced_motion else self.stage.time)
