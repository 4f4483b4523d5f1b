"""A learning curve as JSON and as a table to read."""

from __future__ import annotations

from typing import Any

from game.learning.curve import NEAR, LearningCurve, Reached
from game.model import Level
from game.words import columns, padded, say

QUARTILES = (("low", 0.25), ("median", 0.5), ("high", 0.75))


def curve_as_json(curve: LearningCurve, level: Level, value_function: str) -> dict[str, Any]:
    """The one object of ``learn --json``, ready for ``json.dumps``."""
    return {
        "level": level.title,
        "value_function": value_function,
        "seed": curve.seed,
        "learners": curve.learners,
        "lives": list(curve.lives),
        **{name: list(curve.quantile(share)) for name, share in QUARTILES},
        "worth": [list(worths) for worths in curve.worth],
        "best_fixed_plan": curve.best_fixed_plan,
        "treasure_map": curve.optimal,
        "near": NEAR,
        "lives_to_best_fixed_plan": _reached(curve.plan_reached),
        "lives_to_treasure_map": _reached(curve.map_reached),
    }


def _reached(reached: Reached) -> dict[str, Any]:
    return {"low": reached.low, "median": reached.median, "high": reached.high, "learners": reached.count}


def curve_as_table(curve: LearningCurve, level: Level, value_function: str) -> str:
    """The curve as a table, the lines it is measured by, and how many lives it took to reach them."""
    heads = [say("learning.lives"), *(say(f"learning.{name}") for name, _ in QUARTILES)]
    quartiles = [curve.quantile(share) for _, share in QUARTILES]
    rows = [[f"{lives:,}", *(f"{worths[c]:.4f}" for worths in quartiles)] for c, lives in enumerate(curve.lives)]
    wide = [max(columns(row[k]) for row in [heads, *rows]) for k in range(4)]
    name = level.function_label(value_function)
    lines = [
        level.title,
        say("learning.heading", value_function=name, learners=curve.learners, seed=curve.seed),
        "",
        *("  " + "  ".join(_right(cell, wide[k]) for k, cell in enumerate(row)) for row in [heads, *rows]),
        "",
        say("learning.plan", value=f"{curve.best_fixed_plan:.4f}", reached=reached_in_words(curve.plan_reached, curve)),
        say("learning.map", value=f"{curve.optimal:.4f}", reached=reached_in_words(curve.map_reached, curve)),
    ]
    if level.spyglass is not None:
        lines.append(say("learning.unaided"))
    return "\n".join(lines)


def _right(text: str, wide: int) -> str:
    """``text`` at the right end of ``wide`` columns."""
    return padded("", wide - columns(text)) + text


def reached_in_words(reached: Reached, curve: LearningCurve) -> str:
    """After how many lives a line was reached, or how many of the learners reached it."""
    if reached.median is None:
        return say("learning.not_reached", count=reached.count, learners=reached.learners, lives=f"{curve.lives[-1]:,}")
    high = f"{reached.high:,}" if reached.high is not None else say("learning.beyond", lives=f"{curve.lives[-1]:,}")
    return say("learning.reached", median=f"{reached.median:,}", low=f"{reached.low:,}", high=high)
