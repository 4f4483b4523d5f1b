"""The table of a sweep: for each cell the median and the quartiles over its levels, as rows and as CSV.

A quantile at ``q`` of ``n`` sorted numbers is the number at position ``q (n - 1)``, counted from 0, and between two of
them the point that divides them as the position does (Hyndman and Fan 1996, definition 7).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.generator import Recipe
from game.sweep.grid import Cell, Grid
from game.sweep.trial import Figures

FIGURES = ("best_fixed_plan", "step_by_step", "optimal", "gap", "loss")
"""What the table tells of each cell: three expected lights, the adaptivity gap, and that as a share of the optimum."""

QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}


@dataclass(frozen=True)
class Row:
    """One cell: the number of its levels, how many of them were solved exactly, and its figures.

    ``figures[name, quartile]`` is a figure of `FIGURES` at a quartile of `QUARTILES` over the levels.
    """

    cell: Cell
    levels: int
    exact: int
    figures: Mapping[tuple[str, str], float]

    @property
    def loss(self) -> float:
        """The median share of the optimum that the best fixed plan lacks."""
        return self.figures["loss", "median"]


def rows_of(grid: Grid, known: Mapping[Recipe, Figures]) -> tuple[Row, ...]:
    """The rows of a grid all of whose recipes are ``known``, in the order of its cells."""
    return tuple(_row(cell, [known[recipe] for recipe in grid.recipes(cell)]) for cell in grid.cells)


def table_as_csv(rows: Sequence[Row]) -> str:
    """The rows as CSV with a heading; numbers are written with as many digits as they have, "all" for full sight."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = [(name, quartile) for name in FIGURES for quartile in QUARTILES]
    heading = ["volatility", "choice", "horizon", "sight", "levels", "exact"]
    writer.writerow(heading + [f"{name}_{quartile}" for name, quartile in columns])
    for row in rows:
        cell = row.cell
        sight = "all" if cell.sight is None else cell.sight
        figures = [repr(row.figures[column]) for column in columns]
        writer.writerow([repr(cell.volatility), cell.choice, cell.horizon, sight, row.levels, row.exact, *figures])
    return text.getvalue()


def _row(cell: Cell, levels: Sequence[Figures]) -> Row:
    figures = {}
    for name in FIGURES:
        ordered = sorted(getattr(level, name) for level in levels)
        for quartile, share in QUARTILES.items():
            figures[name, quartile] = _rounded(_quantile(ordered, share))
    return Row(cell, len(levels), sum(level.exact for level in levels), figures)


def _quantile(ordered: Sequence[float], share: float) -> float:
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def _rounded(number: float) -> float:
    return float(f"{number:.10g}") + 0.0
