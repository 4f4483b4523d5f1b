"""What can be written after ``new`` and ``sweep``: the numbers of a recipe, and whole axes of them."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from game.generator import LIMITS, Recipe
from game.words import say

Number = TypeVar("Number")

_MOST_VALUES = 1000
_LONGEST_SHOWN = 40


def add_new(new: argparse.ArgumentParser) -> None:
    """Adds to a parser what ``new`` takes; what is not said is None, and left to the recipe."""
    for name in ("places", "lanes", "currents", "years", "values", "states", "choice", "longest"):
        least, most = LIMITS[name]
        parts = {"least": least, "most": most, "default": getattr(Recipe, name)}
        new.add_argument(f"--{name}", type=_whole, metavar="N", help=say(f"generator.new.{name}", **parts))
    default = Recipe.volatility
    new.add_argument("--volatility", type=_real, metavar="V", help=say("generator.new.volatility", default=default))
    new.add_argument("--sight", type=_sight, metavar="N|all", help=say("generator.new.sight"))
    new.add_argument("--seed", type=_whole, metavar="N", help=say("generator.new.seed"))
    new.add_argument("-o", "--output", type=Path, metavar="FILE", help=say("generator.new.output"))


def add_sweep(sweep: argparse.ArgumentParser) -> None:
    """Adds to a parser what ``sweep`` takes."""
    axes: tuple[tuple[str, Callable[[str], object], str], ...] = (
        ("volatility", _axis(_real), "0:1:0.1"),
        ("choice", _axis(_whole), "2,3,4"),
        ("horizon", _axis(_whole), "5,10,20"),
        ("sight", _axis(_sight), "1,all"),
    )
    for name, kind, default in axes:
        text = say(f"sweep.sweep.{name}", default=default)
        sweep.add_argument(f"--{name}", type=kind, default=default, metavar="AXIS", help=text)
    for name, usual in (("levels", 20), ("seed", 1), ("places", 8), ("currents", 4), ("states", 3)):
        text = say(f"sweep.sweep.{name}", default=usual)
        sweep.add_argument(f"--{name}", type=_whole, default=usual, metavar="N", help=text)
    sweep.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=say("sweep.sweep.output"))
    sweep.add_argument("--picture", type=Path, metavar="FILE", help=say("sweep.sweep.picture"))
    crew = sweep.add_mutually_exclusive_group()
    crew.add_argument("--jobs", type=_whole, metavar="N", help=say("sweep.sweep.jobs"))
    crew.add_argument("--dask", metavar="ADDRESS", help=say("sweep.sweep.dask"))


def _axis(of: Callable[[str], Number]) -> Callable[[str], tuple[Number, ...]]:
    """A reader of lists and ranges whose single values ``of`` reads."""

    def axis(text: str) -> tuple[Number, ...]:
        values: dict[Number, None] = {}
        for part in text.split(","):
            for value in _range(part) if ":" in part else (part,):
                values[of(value.strip())] = None
                if len(values) > _MOST_VALUES:
                    raise _refused("sweep.fault.many", text, most=_MOST_VALUES)
        return tuple(values)

    return axis


def _range(text: str) -> Sequence[str]:
    """The values of a range BEGIN:END:STEP as texts, the end among them where a step meets it; exact in decimals."""
    try:
        begin, end, step = (Decimal(piece.strip()) for piece in text.split(":"))
    except (InvalidOperation, ValueError):
        raise _refused("sweep.fault.form", text) from None
    if not (begin.is_finite() and end.is_finite() and step.is_finite() and step > 0 and end >= begin):
        raise _refused("sweep.fault.step", text)
    if (end - begin) / step >= _MOST_VALUES:
        raise _refused("sweep.fault.many", text, most=_MOST_VALUES)
    return [format(begin + k * step, "f") for k in range(int((end - begin) / step) + 1)]


def _real(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _refused("generator.not_a.number", text)
    return number + 0.0


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise _refused("generator.not_a.whole", text) from None


def _sight(text: str) -> int | None:
    if text == "all":
        return None
    try:
        return int(text)
    except ValueError:
        raise _refused("generator.not_a.sight", text) from None


def _refused(key: str, text: str, **parts: object) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(say(key, found=ascii(text[:_LONGEST_SHOWN]), **parts))
