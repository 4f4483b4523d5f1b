"""How light is told on the drive: as a number where the level counts it, else as a glow, which nobody can add up.

A glow has five strengths, of the brightest year that any lane of the level can bring under the same weights.
"""

from __future__ import annotations

from collections.abc import Callable

from game.model import Lane, Level, Weights, scalarised
from game.session import Session, Water
from game.words import number, say

STRENGTHS = 5
"""How many glows there are, from none to the brightest."""

_ENOUGH = (0.02, 0.3, 0.55, 0.8)
_BRIGHTEST: dict[tuple[str, Weights], float] = {}


def signed(light: float) -> str:
    """Light with its sign, a plus for what is gained and a proper minus for what is lost."""
    text = number(abs(light))
    return f"+{text}" if light > 0 and text != "0" else f"−{text}" if text != "0" else "0"


def strength(level: Level, weights: Weights, light: float) -> int:
    """How bright a year's light glows, from 0 (not at all, or less than nothing) to STRENGTHS - 1."""
    key = (level.digest, weights)
    if key not in _BRIGHTEST:
        if len(_BRIGHTEST) > 200:
            _BRIGHTEST.clear()
        years = (scalarised(column, weights) for lane in level.lanes for column in zip(*lane.light, strict=True))
        _BRIGHTEST[key] = max(years, default=0.0)
    brightest = _BRIGHTEST[key]
    part = light / brightest if brightest > 0 else 0.0
    return sum(part >= enough for enough in _ENOUGH)


def glow(level: Level, weights: Weights, light: float) -> int | None:
    """The strength of the glow of a year's light, or None where it is told as a number."""
    return None if level.is_crisp(weights) else strength(level, weights, light)


def told(level: Level, weights: Weights, light: float) -> str:
    """A year's light in a word or two: a signed number, or a glow."""
    lit = glow(level, weights, light)
    return signed(light) if lit is None else say(f"steering.glow.{lit}")


def said(key: str, level: Level, weights: Weights, light: float, **parts: object) -> str:
    """The text ``key`` about a year's light, or its sister ``key_glow`` where that is no number."""
    ending = "" if level.is_crisp(weights) else "_glow"
    return say(key + ending, light=told(level, weights, light), **parts)


def in_all(level: Level, weights: Weights, light: float, years: int) -> str:
    """Light gathered over some years: a number, or the glow of their mean."""
    return number(light) if level.is_crisp(weights) else told(level, weights, light / max(1, years))


def light_text(level: Level, light: tuple[float, ...]) -> str:
    """Light by value in words: numbers for what is counted, then what glows and what has a shadow on it."""
    named = [(value, part) for value, part in zip(level.values, light, strict=True) if part]
    if not named:
        return say("drive.no_light")
    parts = [f"{value.label} {signed(part)}" for value, part in named if level.counts(value.name)]
    glowing = [(value.label, part) for value, part in named if not level.counts(value.name)]
    for key, names in (
        ("glows", [label for label, part in glowing if part > 0]),
        ("shadows", [label for label, part in glowing if part < 0]),
    ):
        if names:
            parts.append(say(f"steering.{key}", names=say("drive.list.comma").join(names)))
    return say("drive.list.dot").join(parts)


def lit_lanes(session: Session, water: Callable[[Lane], Water]) -> dict[str, str | int]:
    """How bright every lane is whose ``water`` is seen, by lane id: a figure, or the strength of its glow.

    Only levels that tell counted light from the rest show it; elsewhere the numbers at the fork are enough.
    """
    level, weights = session.level, session.weights
    if level.countable is None:
        return {}
    lit: dict[str, str | int] = {}
    for lane in level.lanes:
        seen = water(lane)
        if not seen.years_ago:
            light = scalarised(tuple(by_state[seen.state or 0] for by_state in lane.light), weights)
            strong = glow(level, weights, light)
            lit[lane.id] = signed(light) if strong is None else strong
    return lit
