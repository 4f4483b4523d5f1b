"""Ahead: what will be drawn soon is made ready a little in every tick, so that no single frame has to wait for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from time import perf_counter

ENOUGH = 0.001
"""Seconds of a tick after which no further step is begun."""


class Ahead:
    """Work in small steps, one piece after another; a piece that has been done is not done again."""

    def __init__(self) -> None:
        self._doing: tuple[Hashable, Iterator[None]] | None = None
        self._done: set[Hashable] = set()
        self._resting = False

    def ready(self, key: Hashable, begin: Callable[[], Iterator[None]]) -> bool:
        """Whether the piece called ``key`` is done; else a step of it is made, in every second tick.

        Asked for another piece, it leaves the one begun before.
        """
        if key in self._done:
            return True
        if self._doing is None or self._doing[0] != key:
            self._doing = (key, begin())
        self._resting = not self._resting
        until = perf_counter() + ENOUGH
        while not self._resting:
            if next(self._doing[1], _AT_ITS_END):
                self._done.add(key)
                self._doing = None
                return True
            if perf_counter() >= until:
                break
        return False

    def forget(self) -> None:
        """Everything has to be made ready anew."""
        self._doing = None
        self._done.clear()


_AT_ITS_END = True
