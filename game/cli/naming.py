"""Levels, value functions and weights as they are named on the command line."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

from game.cli.refusal import Refusal
from game.files import level_cards, nearest, printable, quoted, shipped_level, user_folder
from game.model import Level, Weights
from game.words import say

LARGEST_WEIGHT = 1e6


def level_path(name: str) -> Path:
    """The file of the level called ``name``: a path, or the name of a level that comes with the game or is one's own.

    Raises Refusal where there is nothing of this name.
    """
    if os.path.isfile(name):
        return Path(name)
    shipped = shipped_level(name)
    if shipped is not None:
        return shipped
    own = user_folder() / "levels" / f"{name}.toml"
    if os.sep not in name and os.path.isfile(own):
        return own
    # Links that lead nowhere, folders and devices are told by whoever tries to read them.
    if os.path.lexists(name):
        return Path(name)
    names = [entry.path.stem for entry in level_cards()]
    raise Refusal(say("cli.no_level", name=quoted(name), names=", ".join(names)) + _hint(name, names))


def steering(level: Level, value_function: str | None, weights: str | None) -> tuple[str, Weights]:
    """The name and the weights of the value function that was asked for: one of the level's, or one written out.

    Raises Refusal.
    """
    if weights is not None:
        written = _weights(level, weights)
        pairs = zip(level.values, written, strict=True)
        return ",".join(f"{value.name}={weight:.12g}" for value, weight in pairs), written
    name = level.default_value_function if value_function is None else value_function
    try:
        return name, level.weights(name)
    except KeyError:
        names = list(level.value_functions) or [level.default_value_function]
        text = say("cli.no_value_function", name=quoted(name), names=", ".join(map(printable, names)))
        raise Refusal(text + _hint(name, names)) from None


def _weights(level: Level, text: str) -> Weights:
    names = [value.name for value in level.values]
    found: dict[str, float] = {}
    for part in text.split(","):
        name, sign, amount = (piece.strip() for piece in part.rpartition("="))
        if not sign or not name:
            raise Refusal(say("cli.weights.form", found=quoted(part)))
        if name not in names:
            shown = ", ".join(map(printable, names))
            raise Refusal(say("cli.weights.unknown", name=quoted(name), names=shown) + _hint(name, names))
        if name in found:
            raise Refusal(say("cli.weights.twice", name=quoted(name)))
        found[name] = _amount(name, amount)
    return tuple(found.get(name, 0.0) for name in names)


def _amount(name: str, text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not abs(amount) <= LARGEST_WEIGHT:
        raise Refusal(say("cli.weights.number", name=quoted(name), found=quoted(text), most=f"{LARGEST_WEIGHT:,.0f}"))
    return amount + 0.0


def _hint(name: str, names: Sequence[str]) -> str:
    close = nearest(name, names)
    return f" {say('cli.did_you_mean', name=quoted(close))}" if close else ""
