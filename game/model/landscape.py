"""Landscapes: the states of all currents in every year, drawn before anybody moves.

Nobody's choices change the water, so one landscape serves the player, every ghost and every policy.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from game.model.level import Level


@dataclass(frozen=True)
class Landscape:
    """``states[t][i]`` is the state of current ``i`` in year ``t``; years 0 to the horizon inclusive."""

    states: tuple[tuple[int, ...], ...]

    def state(self, year: int, current: int) -> int:
        """The state of current number ``current`` in ``year``."""
        return self.states[year][current]


def draw_landscape(level: Level, seed: int) -> Landscape:
    """The landscape of ``seed``: the same in every process, on every platform.

    Each current has its own stream, named by seed and current, so that a current added to a level leaves the others'
    water as it was.  ``random.Random`` promises equal sequences of ``random()`` for equal seeds in all versions.
    """
    columns = []
    for current in level.currents:
        stream = random.Random(f"water-lanes/{seed}/{current.name}")
        state, column = current.start, [current.start]
        for _ in range(level.years):
            state = _sample(current.shift[state], stream.random())
            column.append(state)
        columns.append(column)
    return Landscape(tuple(tuple(column[year] for column in columns) for year in range(level.years + 1)))


def _sample(row: tuple[float, ...], uniform: float) -> int:
    """The state whose slice of the unit interval holds ``uniform``; a state of chance 0 is never taken."""
    total = 0.0
    last_possible = 0
    for state, chance in enumerate(row):
        if chance > 0:
            total += chance
            last_possible = state
            if uniform < total:
                return state
    return last_possible
