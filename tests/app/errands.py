"""Functions for worker processes to call in the tests of background jobs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable


def doubled(number: int) -> int:
    """Twice the number."""
    return 2 * number


def counted(steps: int, progress: Callable[[str, float], None]) -> int:
    """The number of steps, told one by one."""
    for step in range(steps):
        progress("steps", (step + 1) / steps)
    return steps


def waited_for(seconds: float, progress: Callable[[str, float], None]) -> str:
    """A word, after telling that it has begun and sleeping."""
    progress("asleep", 0.5)
    time.sleep(seconds)
    return "awake"


def refused(reason: str) -> None:
    """Nothing: raises a ValueError with the reason."""
    raise ValueError(reason)


def died() -> None:
    """Nothing: ends its own process at once, as a machine short of memory would."""
    os._exit(9)


def unpicklable() -> object:
    """Something that cannot be sent to another process."""
    return threading.Lock()


class Awkward(Exception):
    """An error that cannot be made again from its arguments."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def awkward() -> None:
    """Nothing: raises an error that does not survive pickling."""
    raise Awkward(1, 2)
