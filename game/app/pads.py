"""Gamepads: every one that is plugged in, by the names that SDL knows their buttons by.

A pad may come and go at any moment, and several may be used in turn.  Sticks and triggers count as buttons once they
are pushed far enough; the left stick can be read as it stands as well.  Nothing here needs a device to be there.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pygame

from game.app.bindings import BUTTONS

PUSHED, LET_GO = 0.55, 0.35
"""How far a stick or a trigger has to be pushed to count as pressed, and how far back to count as let go."""

STILL = 0.24
"""Within this part of its way a stick counts as standing still."""

REPEAT_AFTER, REPEAT_EVERY = 0.42, 0.11
"""Seconds until a held button is told again, and between the times after that."""

_FULL = 32767.0
_AXES = ("left_x", "left_y", "right_x", "right_y", "left_trigger", "right_trigger")
_EVENTS = (
    pygame.CONTROLLERDEVICEADDED,
    pygame.CONTROLLERDEVICEREMOVED,
    pygame.CONTROLLERBUTTONDOWN,
    pygame.CONTROLLERBUTTONUP,
    pygame.CONTROLLERAXISMOTION,
)
_SHAPED = ("PS3", "PS4", "PS5", "PlayStation", "DualShock", "DualSense", "Sony")


class Told(NamedTuple):
    """A button of some pad that went down, was held on, or came up."""

    kind: Literal["down", "again", "up"]
    button: str


@dataclass
class Pad:
    """One pad: its number while it is plugged in, its name, what makes it rumble (low, high, milliseconds)."""

    number: int
    name: str
    rumble: Callable[[float, float, int], object] = lambda low, high, milliseconds: None
    close: Callable[[], object] = lambda: None
    held: dict[str, float] = field(default_factory=dict)
    """The buttons that are down, with the seconds until they are told again."""
    axes: dict[str, float] = field(default_factory=dict)

    @property
    def make(self) -> Literal["letters", "shapes"]:
        """Whether its four main buttons bear letters or shapes."""
        return "shapes" if any(word in self.name for word in _SHAPED) else "letters"


class Pads:
    """All pads.  ``plugged`` opens a device by its index; without it no pad is ever looked for."""

    def __init__(self, plugged: Callable[[int], Pad] | None = None, start: Callable[[], object] | None = None) -> None:
        self._plugged, self._start = plugged, start
        self.pads: dict[int, Pad] = {}
        self.last: Pad | None = None
        """The pad used last, if it is still there."""

    def start(self) -> None:
        """Begins to look for pads, once; those that are there already are told as if they had just come."""
        start, self._start = self._start, None
        if start is not None:
            with contextlib.suppress(pygame.error, ImportError):
                start()

    def concerns(self, event: pygame.event.Event) -> bool:
        """Whether an event is one of a pad."""
        return event.type in _EVENTS

    def take(self, event: pygame.event.Event) -> list[Told]:
        """What an event of a pad means."""
        if event.type == pygame.CONTROLLERDEVICEADDED:
            self._come(event.device_index)
            return []
        pad = self.pads.get(event.instance_id)
        if pad is None:
            return []
        if event.type == pygame.CONTROLLERDEVICEREMOVED:
            del self.pads[pad.number]
            if self.last is pad:
                self.last = None
            with contextlib.suppress(pygame.error):
                pad.close()
            return [Told("up", button) for button in pad.held]
        if event.type == pygame.CONTROLLERAXISMOTION:
            return self._moved(pad, event.axis, event.value / _FULL)
        if not 0 <= event.button < 21:
            return []
        return self._turned(pad, BUTTONS[event.button], event.type == pygame.CONTROLLERBUTTONDOWN)

    def update(self, dt: float) -> list[Told]:
        """The held buttons that are to be told again after ``dt`` seconds more."""
        again = []
        for pad in self.pads.values():
            for button in pad.held:
                pad.held[button] -= dt
                if pad.held[button] <= 0.0:
                    pad.held[button] += REPEAT_EVERY
                    again.append(Told("again", button))
        return again

    def let_go(self, unseen: bool = False) -> None:
        """Lets held buttons tell nothing more until they have come up; ``unseen``, they may come up untold."""
        for pad in self.pads.values():
            if unseen:
                pad.held.clear()
                pad.axes.clear()
            pad.held = dict.fromkeys(pad.held, math.inf)

    @property
    def stick(self) -> tuple[float, float]:
        """How the left stick of the pad used last stands, -1 to 1 each; (0, 0) near the middle."""
        if self.last is None:
            return (0.0, 0.0)
        x, y = self.last.axes.get("left_x", 0.0), self.last.axes.get("left_y", 0.0)
        return (x, y) if x * x + y * y > STILL * STILL else (0.0, 0.0)

    def rumble(self, low: float, high: float, seconds: float) -> None:
        """Lets the pad used last rumble, with its heavy and its light motor (0 to 1 each)."""
        if self.last is not None:
            with contextlib.suppress(pygame.error):
                self.last.rumble(low, high, round(1000 * seconds))

    def close(self) -> None:
        """Lets go of all pads."""
        for pad in self.pads.values():
            with contextlib.suppress(pygame.error):
                pad.close()
        self.pads.clear()
        self.last = None

    def _come(self, index: int) -> None:
        if self._plugged is None:
            return
        try:
            pad = self._plugged(index)
        except (pygame.error, ValueError):  # gone again before it could be opened
            return
        self.pads[pad.number] = pad

    def _moved(self, pad: Pad, axis: int, value: float) -> list[Told]:
        if not 0 <= axis < len(_AXES):
            return []
        name, told = _AXES[axis], []
        pad.axes[name] = max(-1.0, min(1.0, value))
        if name.endswith("trigger"):
            ways = [(name, pad.axes[name])]
        else:
            stick, across = name.split("_")
            less, more = ("left", "right") if across == "x" else ("up", "down")
            ways = [(f"{stick}_stick_{less}", -pad.axes[name]), (f"{stick}_stick_{more}", pad.axes[name])]
        if max(abs(push) for _, push in ways) > STILL:
            self.last = pad
        for button, push in ways:
            if push > PUSHED or push < LET_GO:
                told += self._turned(pad, button, push > PUSHED)
        return told

    def _turned(self, pad: Pad, button: str, down: bool) -> list[Told]:
        if down:
            self.last = pad
            if button in pad.held:
                return []
            pad.held[button] = REPEAT_AFTER
            return [Told("down", button)]
        return [Told("up", button)] if pad.held.pop(button, None) is not None else []


def real_pads() -> Pads:
    """The pads of this machine, or none at all where this pygame cannot speak with them."""
    try:
        from pygame._sdl2 import controller
    except ImportError:
        return Pads()

    def plugged(index: int) -> Pad:
        device = controller.Controller(index)
        number = device.as_joystick().get_instance_id()
        return Pad(number, str(device.name or ""), device.rumble, device.quit)

    return Pads(plugged, controller.init)
