"""Figures as people read them on the debrief's pages: lights, changes, counts and years."""

from __future__ import annotations

import math

from game.solver import Rung
from game.words import measured, number, say

_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_COUNTED_OUT = 10**15


def figure(light: float) -> str:
    """A light in words: thousands apart, two digits, more where it is tiny, millions by name, a proper minus."""
    size = abs(light)
    if size >= 1e15:
        mantissa, exponent = f"{size:.2e}".split("e")
        text = say("debrief.number.power", number=mantissa, exponent=int(exponent))
    elif size >= 1e6:
        unit, name = next((unit, name) for unit, name in _LARGE if size >= unit * 0.999995)
        text = say(f"debrief.number.{name}", number=number(size / unit))
    elif 0 < size < 0.1:
        text = f"{size:.3g}" if size >= 1e-4 else number(size)
    else:
        text = _grouped(number(size))
    return f"−{text}" if light < 0 and text != "0" else text


def change(light: float) -> str:
    """A light gained or lost, with its sign; "0" where there is none to speak of."""
    text = figure(abs(light))
    return text if text == "0" else f"+{text}" if light > 0 else f"−{text}"


def count(number_of: int) -> str:
    """A count with thousands apart; from a thousand billion on rounded, and said to be."""
    if number_of < _COUNTED_OUT:
        return f"{number_of:,}"
    digits = str(number_of)
    return say("debrief.number.about", number=f"{digits[0]}.{digits[1:3]}", exponent=len(digits) - 1)


def worth(rung: Rung) -> tuple[str, str]:
    """A rung's figure, and how it is known: nothing for an exact one, else its standard error, as fine as the figure.

    From a million on a figure has a name and two digits, whatever its error.
    """
    if rung.method == "exact":
        return figure(rung.value), ""
    value, error = measured(abs(rung.value), rung.stderr)
    if abs(rung.value) >= 1e6 or 1e6 <= rung.stderr < math.inf:
        value, error = figure(rung.value), figure(rung.stderr)
    else:
        negative = rung.value < 0 and float(value) != 0
        value, error = ("−" if negative else "") + _grouped(value), error if error == "∞" else _grouped(error)
    return value, say(f"debrief.ladder.{'bound' if rung.method == 'bound' else 'sampled'}", error=error)


def worth_told(rung: Rung) -> str:
    """A rung's figure with how it is known behind it."""
    return " ".join(part for part in worth(rung) if part)


def alike(one: Rung, other: Rung) -> bool:
    """Whether two rungs are a tie: both exact, and equal as the solver tells equal values."""
    exact = one.method == other.method == "exact"
    return exact and abs(one.value - other.value) <= 1e-9 * max(1.0, abs(one.value), abs(other.value))


def years(first: int, after: int) -> str:
    """The years from ``first`` up to, not including, ``after`` (counted from 0), as people count them."""
    if after - first <= 1:
        return say("debrief.year", year=first + 1)
    return say("debrief.years", first=first + 1, last=after)


def _grouped(digits: str) -> str:
    whole, dot, rest = digits.partition(".")
    return f"{int(whole):,}{dot}{rest}"
