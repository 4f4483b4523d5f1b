"""Operations on arrays, noted down while they are done, so that they can be done once more without finding them again.

Where arrays are small the operations themselves take less time than the way to them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

Do = Callable[..., None]
"""Does an operation: called with a function and what it is given, arrays among them, of which one is written to."""


def at_once(operation: Callable[..., object], *given: object, **named: object) -> None:
    """Does an operation and forgets it."""
    operation(*given, **named)


class Tape:
    """The operations of a run in order, each bound to its arrays, which live as long as the tape.

    Good for a second run that would do the same operations on the same arrays: whatever an operation reads was written
    by one before it, or is not written at all.
    """

    def __init__(self) -> None:
        self._steps: list[partial[Any]] = []

    def do(self, operation: Callable[..., object], *given: object, **named: object) -> None:
        """Does an operation and notes it."""
        operation(*given, **named)
        self._steps.append(partial(operation, *given, **named))

    def play(self) -> None:
        """Does all operations once more."""
        for step in self._steps:
            step()
