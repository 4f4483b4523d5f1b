"""A hand on the keyboard and the mouse: sends a stage the same events that a window would."""

from __future__ import annotations

import pygame

from game.app.stage import Stage


class Hand:
    """Presses keys, clicks and waits; every event goes through ``Stage.handle``, as a person's would."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def key(self, *keys: int, mod: int = 0) -> Hand:
        """Presses and lets go of keys, one after another, each with a tick after it."""
        for code in keys:
            char = chr(code) if 32 <= code < 127 else ""
            self.stage.handle(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=char))
            if char:
                self.stage.handle(pygame.event.Event(pygame.TEXTINPUT, text=char))
            self.stage.handle(pygame.event.Event(pygame.KEYUP, key=code, mod=mod))
            self.wait(1)
        return self

    def move(self, pos: tuple[float, float]) -> Hand:
        """Moves the pointer."""
        self.stage.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=_whole(pos), rel=(0, 0), buttons=(0, 0, 0)))
        return self

    def click(self, pos: tuple[float, float], button: int = 1) -> Hand:
        """Moves there, presses and lets go, with a tick after it."""
        self.move(pos)
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self.stage.handle(pygame.event.Event(kind, pos=_whole(pos), button=button))
        return self.wait(1)

    def wheel(self, pos: tuple[float, float], amount: int) -> Hand:
        """Turns the wheel over a position; positive is away from the person."""
        self.move(pos)
        self.stage.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=amount, precise_y=float(amount)))
        return self

    def wait(self, ticks: int) -> Hand:
        """Lets ticks pass."""
        for _ in range(ticks):
            if self.stage.running:
                self.stage.update()
        return self


def _whole(pos: tuple[float, float]) -> tuple[int, int]:
    return (round(pos[0]), round(pos[1]))
