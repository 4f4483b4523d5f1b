"""A screen that writes down what it is told."""

from __future__ import annotations

from game.app.action import Action
from game.app.screen import Screen


class Diary(Screen):
    """A screen that writes down what it is told."""

    def __init__(self, name: str = "diary") -> None:
        self.name = name
        self.told: list[object] = []

    def enter(self) -> None:
        """Writes that it was entered."""
        self.told.append("enter")

    def leave(self) -> None:
        """Writes that it was left."""
        self.told.append("leave")

    def layout(self, size: tuple[int, int]) -> None:
        """Writes the size."""
        self.told.append(("layout", size))

    def press(self, action: Action) -> None:
        """Writes the action."""
        self.told.append(action)

    def text(self, char: str) -> None:
        """Writes the character."""
        self.told.append(("text", char))

    def pointer(self, kind: str, pos: tuple[float, float], button: int = 0, amount: float = 0) -> None:
        """Writes what the pointer did."""
        self.told.append((kind, pos, button, amount))

    def update(self, dt: float) -> None:
        """Writes the time that passed."""
        self.told.append(dt)
