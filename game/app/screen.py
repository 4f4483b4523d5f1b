"""Screens: states on the stage's stack.

A screen is told what happens (actions, pointer, typed text, ticks) and draws itself.  Drawing is pure: the same state
gives the same pixels, so all that moves is moved in ``update``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pygame

from game.app.action import Action
from game.app.sound.heard import Heard

if TYPE_CHECKING:
    from game.app.stage import Stage

PointerKind = Literal["move", "down", "up", "wheel"]
"""What a pointer did.  "wheel" comes with ``amount``: positive is away from the person (up)."""

Point = tuple[float, float]
"""A position in the pixels of the stage: x to the right, y down."""


class Screen:
    """A state on the stack.  Subclasses override what they need; nothing has to be called through ``super``."""

    stage: Stage
    """The stage; set before ``enter`` is called."""

    mood: str = "day"
    """The palette this screen is drawn in while the settings leave it open: "day", "dusk" or "rose"."""

    wants_text: bool = False
    """While true, printable keys arrive as ``text`` and not as actions."""

    wants_stick: bool = False
    """While true, a gamepad's left stick arrives as ``stick`` and not as the arrows."""

    pauses_life: bool = False
    """Whether this screen shows a life in play, so that closing the window should keep it."""

    def enter(self) -> None:
        """Called when the screen comes to the top: pushed, or uncovered again.  ``layout`` follows at once."""

    def leave(self) -> None:
        """Called when the screen is taken off the stack for good, also when the window closes."""

    def retell(self) -> None:
        """Called when another language is spoken, before ``layout``: all that was put into words is put so anew."""
        self.enter()

    def layout(self, size: tuple[int, int]) -> None:
        """Called after ``enter`` and after every change of window size or text size; ``size`` is in pixels."""

    def press(self, action: Action) -> None:
        """Called once for each action asked for; held keys repeat only arrows and page keys."""

    def asked(self, action: Action) -> bool:
        """Called before an action that opens the sheet of actions; whether the screen has another use for it."""
        return False

    def release(self, action: Action) -> None:
        """Called when the key of an action is let go; nothing in the game may need it."""

    def pointer(self, kind: PointerKind, pos: Point, button: int = 0, amount: float = 0) -> None:
        """Called for each move, press and release of the pointer and each turn of the wheel.

        ``button`` is 1 (left), 2 (middle) or 3 (right) for "down" and "up", otherwise 0.
        """

    def stick(self, x: float, y: float) -> None:
        """Called every tick while ``wants_stick``: how the left stick stands, -1 to 1 each, (0, 0) at rest."""

    def key_down(self, key: int, modifiers: int) -> bool:
        """Called for each key before it becomes an action; whether the screen wanted the key itself."""
        return False

    def button_down(self, button: str) -> bool:
        """Called for each button of a gamepad before it becomes an action; whether the screen wanted it itself."""
        return False

    def pad_lost(self) -> None:
        """Called when the gamepad that was used last is gone."""

    def left_alone(self) -> None:
        """Called when another window has the keyboard, or this one is out of sight: nobody steers now."""

    def renamed(self) -> None:
        """Called when keys have other names: rebound, or a gamepad in place of the keyboard.  Lays out anew."""
        self.layout(self.stage.size)

    def spoken(self) -> str:
        """What the focus is on, in words, for voicing; "" for nothing in particular."""
        return ""

    def text(self, char: str) -> None:
        """Called for each typed character while ``wants_text``; backspace comes as a backspace character."""

    def update(self, dt: float) -> None:
        """Called every tick; ``dt`` is always 1/60 second.  Only the top screen is updated."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the whole screen.  Changes nothing but the surface."""

    def transcript(self) -> str:
        """What the screen says, as plain text, for voicing, tests and the demo."""
        return ""

    def heard(self) -> Heard:
        """What there is to hear now, made from the state alone like the picture; asked for after every tick."""
        return Heard(scene=type(self).__name__, mood=self.mood)
