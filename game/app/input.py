"""Input: pygame's events of keys, text, pointer and gamepads, told to a screen as actions, characters and positions."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.app.action import IN_FORCE, Action, action_of
from game.app.bindings import DEFAULT
from game.app.pads import Pads, Told
from game.app.screen import Point, PointerKind, Screen

_REPEATING = frozenset(
    {
        *(Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT, Action.PAGE_UP, Action.PAGE_DOWN),
        *(Action.NEARER, Action.FARTHER, Action.LOOK_LEFT, Action.LOOK_RIGHT, Action.LOOK_UP, Action.LOOK_DOWN),
    }
)
AWAY = (pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN)
"""The events after which nobody looks at the window, or another one has the keyboard."""

_STICK = "left_stick_"
_STRAY = 12
"""Pixels that the pointer may wander between the press and the release of a click with the right button."""


class Input:
    """Remembers which actions are ``held`` and where the pointer is.

    ``ask`` is called with every action that is asked for, whoever it may concern; ``on_device`` when somebody goes on
    with a gamepad in place of the keyboard, or the other way round, so that what is named on the screen can follow.
    """

    def __init__(self, ask: Callable[[Action], object], on_device: Callable[[], object], pads: Pads) -> None:
        self.ask, self.on_device, self.pads = ask, on_device, pads
        self.held: set[Action] = set()
        self.pointer_at: Point = (-1.0, -1.0)
        self.bindings = DEFAULT
        self._down: set[int] = set()
        self._right_at: tuple[int, int] | None = None

    def let_go(self, unseen: bool = False) -> None:
        """Takes all keys and buttons for released: one that is still held asks for nothing until it is pressed anew.

        ``unseen``, as when another window has the keyboard, they may be let go of without anybody telling.
        """
        self.held.clear()
        self.pads.let_go(unseen)
        if unseen:
            self._down.clear()

    def look_away(self, screen: Screen | None) -> None:
        """Somebody has turned to another window: all is let go of, and the screen knows that nobody steers."""
        self.let_go(unseen=True)
        if screen is not None:
            screen.left_alone()

    def take(self, event: pygame.event.Event, screen: Screen, inside: Callable[[tuple[int, int]], Point]) -> None:
        """Tells the screen what an event means; ``inside`` turns a position of the window into one of the screen."""
        if self.pads.concerns(event):
            self._buttons(self.pads.take(event), screen)
            if not self.pads.pads:
                self._use("keys")  # nobody can press what bears the names of a pad that is gone
        elif event.type == pygame.KEYDOWN:
            self._use("keys")
            again = event.key in self._down
            self._down.add(event.key)
            if not screen.key_down(event.key, event.mod):
                self._key_down(event, screen, again)
        elif event.type == pygame.KEYUP:
            self._down.discard(event.key)
            self._key_up(event, screen)
        elif event.type == pygame.TEXTINPUT:
            if screen.wants_text:
                for char in event.text:
                    screen.text(char)
        elif event.type == pygame.MOUSEMOTION:
            self.pointer_at = inside(event.pos)
            screen.pointer("move", self.pointer_at)
        elif event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            if event.button <= 3:  # 4 and 5 are the wheel, told again by MOUSEWHEEL
                self.pointer_at = inside(event.pos)
                kind: PointerKind = "down" if event.type == pygame.MOUSEBUTTONDOWN else "up"
                screen.pointer(kind, self.pointer_at, event.button)
                if event.button == 3:
                    self._right(event)
        elif event.type == pygame.MOUSEWHEEL:
            screen.pointer("wheel", self.pointer_at, 0, getattr(event, "precise_y", event.y))

    def update(self, dt: float, screen: Screen) -> None:
        """Lets held buttons tell again, and a screen that steers by the stick know how it stands."""
        self._buttons(self.pads.update(dt), screen)
        if screen.wants_stick:
            screen.stick(*self.pads.stick)

    def _right(self, event: pygame.event.Event) -> None:
        """A click with the right button, which moved nothing in between, asks for all that can be asked for."""
        if event.type == pygame.MOUSEBUTTONDOWN:
            self._right_at = event.pos
            return
        at, self._right_at = self._right_at, None
        if at is not None and abs(at[0] - event.pos[0]) + abs(at[1] - event.pos[1]) <= _STRAY:
            self.ask(Action.MENU)

    # --- gamepads -----------------------------------------------------------------------------------------------------

    def _buttons(self, told: list[Told], screen: Screen) -> None:
        for kind, button in told:
            action = self.bindings.pad.get(button)
            if kind == "up":
                self._release(action, screen)
                continue
            if kind == "down":
                self._use("pad")
                if screen.button_down(button):
                    continue
            if action is None or (screen.wants_stick and button.startswith(_STICK)):
                continue
            if kind == "down" or action in _REPEATING:
                self.held.add(action)
                self.ask(action)

    def _use(self, device: str) -> None:
        make = self.pads.last.make if device == "pad" and self.pads.last is not None else IN_FORCE.make
        if (IN_FORCE.device, IN_FORCE.make) != (device, make):
            IN_FORCE.device, IN_FORCE.make = device, make  # type: ignore[assignment]  # one of the two that there are
            IN_FORCE.changes += 1
            self.on_device()

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _key_down(self, event: pygame.event.Event, screen: Screen, again: bool) -> None:
        action = action_of(event.key, event.mod, self.bindings.keys)
        if action is Action.FULLSCREEN:
            self.ask(action)
            return
        if screen.wants_text:
            if event.key == pygame.K_BACKSPACE:
                screen.text("\b")
                return
            if event.unicode and event.unicode.isprintable():
                return  # it comes as TEXTINPUT
        repeats = action in _REPEATING and action in self.held
        if action is None or ((again or action in self.held) and not repeats):
            return
        self.held.add(action)
        self.ask(action)

    def _key_up(self, event: pygame.event.Event, screen: Screen) -> None:
        self._release(action_of(event.key, event.mod, self.bindings.keys), screen)

    def _release(self, action: Action | None, screen: Screen) -> None:
        if action is not None and action in self.held:
            self.held.discard(action)
            screen.release(action)
