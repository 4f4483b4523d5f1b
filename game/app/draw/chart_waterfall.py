"""The waterfall: how a beginning becomes an end, one change after another, each going on where the last left off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.app.draw.chart_bars import BarChart, Row
from game.app.draw.chart_marks import Paint


@dataclass(frozen=True)
class Change:
    """One change of the running sum, its name, a few words on it, and the change in words."""

    name: str
    change: float
    worth: str
    note: str = ""
    paint: Paint = "water"


def waterfall(start: Row, changes: Sequence[Change], end: Row, axis: str = "") -> BarChart:
    """The chart from ``start`` over ``changes`` to ``end``; both stand on the axis, changes hang in between."""
    running, rows = start.end, [start]
    for step in changes:
        rows.append(Row(step.name, running + step.change, step.worth, step.note, start=running, paint=step.paint))
        running += step.change
    return BarChart((*rows, end), axis=axis, linked=True)
