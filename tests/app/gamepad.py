"""A gamepad that is not there: sends a stage the same events that SDL would, and remembers how it rumbled."""

from __future__ import annotations

import pygame

from game.app.bindings import BUTTONS
from game.app.pads import Pad, Pads
from game.app.stage import Stage

_AXES = ("left_x", "left_y", "right_x", "right_y", "left_trigger", "right_trigger")


class Gamepads:
    """The pads of a stage, by device index; several can be plugged in at once."""

    def __init__(self, stage: Stage, name: str = "Test pad") -> None:
        self.stage, self.name = stage, name
        self.rumbles: list[tuple[float, float, int]] = []
        stage.pads = Pads(self._opened)

    def _opened(self, index: int) -> Pad:
        if index < 0:
            raise pygame.error("no such device")
        return Pad(100 + index, self.name, lambda *felt: self.rumbles.append(felt))

    def plug(self, index: int = 0) -> Gamepads:
        """A pad appears."""
        return self._send(pygame.CONTROLLERDEVICEADDED, device_index=index, guid="")

    def unplug(self, index: int = 0) -> Gamepads:
        """A pad is gone."""
        return self._send(pygame.CONTROLLERDEVICEREMOVED, instance_id=100 + index)

    def press(self, *buttons: str, index: int = 0) -> Gamepads:
        """Presses and lets go of buttons, one after another, each with a tick after it; sticks and triggers as well."""
        for button in buttons:
            self.down(button, index).up(button, index)
            self.wait(1)
        return self

    def down(self, button: str, index: int = 0) -> Gamepads:
        """Presses a button, or pushes a stick or a trigger as far as it goes."""
        return self._button(button, 1.0, index)

    def up(self, button: str, index: int = 0) -> Gamepads:
        """Lets go."""
        return self._button(button, 0.0, index)

    def push(self, axis: str, value: float, index: int = 0) -> Gamepads:
        """Puts an axis where it is to stand, -1 to 1."""
        number = _AXES.index(axis)
        return self._send(pygame.CONTROLLERAXISMOTION, instance_id=100 + index, axis=number, value=round(32767 * value))

    def wait(self, ticks: int) -> Gamepads:
        """Lets ticks pass."""
        for _ in range(ticks):
            if self.stage.running:
                self.stage.update()
        return self

    def _button(self, button: str, push: float, index: int) -> Gamepads:
        number = BUTTONS.index(button)
        if number < 21:
            kind = pygame.CONTROLLERBUTTONDOWN if push else pygame.CONTROLLERBUTTONUP
            return self._send(kind, instance_id=100 + index, button=number)
        if button.endswith("trigger"):
            return self.push(button, push, index)
        stick, _, way = button.split("_")
        sign = -1.0 if way in ("left", "up") else 1.0
        return self.push(f"{stick}_{'x' if way in ('left', 'right') else 'y'}", sign * push, index)

    def _send(self, kind: int, **parts: object) -> Gamepads:
        if self.stage.running:
            self.stage.handle(pygame.event.Event(kind, **parts))
        return self
