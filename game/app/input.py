"""Input: pygame's events of keys, text and pointer, told to a screen as actions, characters and positions."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.app.action import Action, action_of
from game.app.screen import Point, PointerKind, Screen

_REPEATING = frozenset({Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT, Action.PAGE_UP, Action.PAGE_DOWN})


class Input:
    """Remembers which actions are ``held`` and where the pointer is.

    Full screen and sound belong to no screen: ``on_full_screen`` and ``on_mute`` are called for them.
    """

    def __init__(self, on_full_screen: Callable[[], object], on_mute: Callable[[], object]) -> None:
        self.on_full_screen, self.on_mute = on_full_screen, on_mute
        self.held: set[Action] = set()
        self.pointer_at: Point = (-1.0, -1.0)

    def let_go(self) -> None:
        """Takes all keys for released, as when another window has the keyboard."""
        self.held.clear()

    def take(self, event: pygame.event.Event, screen: Screen, inside: Callable[[tuple[int, int]], Point]) -> None:
        """Tells the screen what an event means; ``inside`` turns a position of the window into one of the screen."""
        if event.type == pygame.KEYDOWN:
            self._key_down(event, screen)
        elif event.type == pygame.KEYUP:
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
        elif event.type == pygame.MOUSEWHEEL:
            screen.pointer("wheel", self.pointer_at, 0, getattr(event, "precise_y", event.y))

    def _key_down(self, event: pygame.event.Event, screen: Screen) -> None:
        action = action_of(event.key, event.mod)
        if action is Action.FULLSCREEN:
            self.on_full_screen()
            return
        if screen.wants_text:
            if event.key == pygame.K_BACKSPACE:
                screen.text("\b")
                return
            if event.unicode and event.unicode.isprintable():
                return  # it comes as TEXTINPUT
        if action is None or (action in self.held and action not in _REPEATING):
            return
        self.held.add(action)
        if action is Action.MUTE:
            self.on_mute()
        else:
            screen.press(action)

    def _key_up(self, event: pygame.event.Event, screen: Screen) -> None:
        action = action_of(event.key, event.mod)
        if action is not None and action in self.held:
            self.held.discard(action)
            screen.release(action)
