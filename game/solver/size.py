"""The size of an exact answer, told before anything is allocated."""

from __future__ import annotations

from game.words import say

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


class TooLarge(Exception):
    """The exact answer does not fit; ``bytes_needed`` is its size (at least that, if ``at_least``), ``limit`` the room.

    As text it is one plain sentence.
    """

    def __init__(self, bytes_needed: int, limit: int, at_least: bool = False) -> None:
        super().__init__(bytes_needed, limit, at_least)
        self.bytes_needed = bytes_needed
        self.limit = limit
        self.at_least = at_least

    def __str__(self) -> str:
        key = "solve.too_large_at_least" if self.at_least else "solve.too_large"
        return say(key, size=size_in_words(self.bytes_needed), limit=size_in_words(self.limit))


def size_in_words(size: int) -> str:
    """A number of bytes as people read it, such as "1.5 GiB"; beyond all units as a power of ten."""
    if size >= 1024 ** len(_UNITS):
        return say("solve.bytes_power", exponent=len(str(size)) - 1)
    unit = 0
    while size >= 1024 ** (unit + 1) and unit + 1 < len(_UNITS):
        unit += 1
    return f"{size / 1024**unit:.{1 if unit else 0}f} {_UNITS[unit]}".replace(".0 ", " ")
