"""Scales of charts: from light to a fraction of an axis, with round numbers for ticks, and labels moved apart.

Nothing here draws.  Ticks follow Heckbert's "Nice numbers for graph labels" (Graphics Gems, 1990): a step is 1, 2 or 5
times a power of ten.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.words import say

_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_TINY = 1e-300


@dataclass(frozen=True)
class Scale:
    """An axis from ``low`` to ``high`` (in light), with ``ticks`` in between, all multiples of ``step``."""

    low: float
    high: float
    step: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where ``value`` lies on the axis: 0 at its low end, 1 at its high end, held within them."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    @property
    def zero(self) -> float:
        """Where bars begin: at zero, or at the end of the axis that is nearest to it."""
        return self.at(0.0)

    def label(self, tick: float) -> str:
        """A tick as people read it, with as many digits as the step needs."""
        return tick_text(tick, self.step)


def scale_over(values: Iterable[float], *, from_zero: bool = True, ticks: int = 5, tight: bool = False) -> Scale:
    """A scale that covers every value with about ``ticks`` round steps; ``from_zero`` makes it contain zero.

    Bars need zero; a line of points may start elsewhere, and then says where.  A ``tight`` scale ends with its values
    and has its ticks between them; otherwise it ends with a tick on either side.  Raises ValueError for a value that is
    not finite.
    """
    known = list(values)
    if not all(math.isfinite(value) for value in known):
        raise ValueError("a scale needs finite values")
    if from_zero or not known:
        known.append(0.0)
    low, high = min(known), max(known)
    if not high - low > 1e-9 * max(1e-6, abs(low), abs(high)):
        room = max(abs(low), abs(high)) * 0.1 or 1.0
        low, high = (low if from_zero and low >= 0 else low - room), high + room
    step = nice_step(high - low, ticks)
    if tight:
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return Scale(low, high, step, tuple(k * step for k in range(first, last + 1)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(k * step for k in range(first, last + 1))
    return Scale(min(marks[0], low), max(marks[-1], high), step, marks)


def nice_step(span: float, ticks: int) -> float:
    """The step 1, 2 or 5 times a power of ten that cuts ``span`` into about ``ticks`` parts."""
    rough = max(span, _TINY) / max(1, ticks)
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1.0, 2.0, 5.0):
        if rough <= factor * power * 1.000001:
            return factor * power
    return 10.0 * power


def tick_text(value: float, step: float) -> str:
    """``value`` rounded to the digits of ``step``; from a million on in words, so that an axis stays readable."""
    if abs(value) < step * 1e-6:
        return "0"
    size = max(abs(value), step)
    for unit, name in _LARGE:
        if size >= unit:
            return say(f"debrief.number.{name}", number=_plain(value / unit, step / unit))
    return _plain(value, step)


def _plain(value: float, step: float) -> str:
    digits = min(9, max(0, -math.floor(math.log10(step) + 1e-9)))
    return f"{value:,.{digits}f}".replace("-", "−")


def stacked(centres: Sequence[float], lengths: Sequence[float], low: float, high: float) -> list[tuple[int, float]]:
    """Where to put labels of these ``lengths`` above an axis ``low`` .. ``high``: (row from below, centre) of each.

    A label stands over its centre, moved only as far as keeps it between the ends; those that would overlap go into
    rows of their own, so that each still touches the line below it.
    """
    placed: list[tuple[int, float]] = [(0, 0.0)] * len(centres)
    rows: list[list[tuple[float, float]]] = []
    for i in sorted(range(len(centres)), key=lambda i: (-centres[i], i)):
        half = min(lengths[i], high - low) / 2
        centre = min(high - half, max(low + half, centres[i]))
        span = (centre - half, centre + half)
        row = next((r for r, taken in enumerate(rows) if all(_apart(span, other) for other in taken)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(span)
        placed[i] = (row, centre)
    return placed


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def every(lengths: Sequence[float], room: float) -> int:
    """Write every how many-th of a row of labels, each with ``room`` to itself, so that none touches the next."""
    longest = max(lengths, default=0.0)
    step = max(1, math.ceil(longest / max(room, 1e-9)))
    return next((nice for nice in (1, 2, 5, 10, 20, 50, 100) if nice >= step), step)
