"""The grid of a sweep: its cells, and the recipe of every level in them.

Level number ``k`` of every cell is made with seed ``seed + k``, so all cells are compared on the same maps as far as
they can be: between two cells that differ in volatility only, the water shifts more or less often, and nothing else
changes.  All lanes take one year, so that a horizon is a number of choices.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.generator import Recipe, recipe_faults


@dataclass(frozen=True)
class Cell:
    """One combination: volatility 0 to 1, lanes from each place, years, and sight (None is "all")."""

    volatility: float
    choice: int
    horizon: int
    sight: int | None


@dataclass(frozen=True)
class Grid:
    """A sweep: the values along each axis, and what all its levels have in common."""

    volatility: tuple[float, ...]
    choice: tuple[int, ...]
    horizon: tuple[int, ...]
    sight: tuple[int | None, ...]
    levels: int = 20
    seed: int = 1
    places: int = 8
    currents: int = 4
    states: int = 3

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, in the order of the table: by sight, choice, horizon, volatility."""
        return tuple(
            Cell(volatility, choice, horizon, sight)
            for sight in self.sight
            for choice in self.choice
            for horizon in self.horizon
            for volatility in self.volatility
        )

    def recipes(self, cell: Cell) -> tuple[Recipe, ...]:
        """The recipes of the levels of a cell."""
        return tuple(
            Recipe(
                places=self.places,
                lanes=self.places * cell.choice,
                currents=self.currents,
                volatility=cell.volatility,
                years=cell.horizon,
                sight=cell.sight,
                seed=self.seed + k,
                states=self.states,
                choice=cell.choice,
                longest=1,
            )
            for k in range(self.levels)
        )

    @property
    def work(self) -> tuple[Recipe, ...]:
        """All recipes, those that take longest first, so that no worker is left alone with them at the end."""
        cells = sorted(self.cells, key=lambda cell: (-cell.horizon, -cell.choice))
        return tuple(dict.fromkeys(recipe for cell in cells for recipe in self.recipes(cell)))

    @property
    def faults(self) -> tuple[str, ...]:
        """Why a level of this grid cannot be made, one sentence each."""
        found: dict[str, None] = {}
        for cell in self.cells:
            for recipe in self.recipes(cell)[:1] + self.recipes(cell)[-1:]:
                found.update(dict.fromkeys(recipe_faults(recipe)))
        return tuple(found)
