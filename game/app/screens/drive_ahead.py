"""Ahead: what will be drawn soon is made ready a little in every tick, so that no single frame has to wait for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from time import perf_counter

ENOUGH, ENOUGH_IN_HASTE = 0.001, 0.004
"""Seconds of a tick after which no further step is begun; in haste there is something that somebody waits for."""


class Ahead:
    """Work in small steps, one piece after another; a piece that has been done is not done again."""

    def __init__(self) -> None:
        self._doing: tuple[Hashable, Iterator[None]] | None = None
        self._done: set[Hashable] = set()
        self._resting = False

    def ready(self, key: Hashable, begin: Callable[[], Iterator[None]], haste: bool = False) -> bool:
        """Whether the piece called ``key`` is done; else some of its steps are made, in every second tick or in haste.

        Asked for another piece, it leaves the one begun before.
        """
        if key in self._done:
            return True
        if self._doing is None or self._doing[0] != key:
            self._doing = (key, begin())
        self._resting = not self._resting and not haste
        until = perf_counter() + (ENOUGH_IN_HASTE if haste else ENOUGH)
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
