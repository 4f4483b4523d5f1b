"""Currents: the independent Markov chains that decide where the water is.

A current has ``m`` states, ordered from least to most water, a row-stochastic transition matrix ``P`` and a start
state.  It never reacts to anybody: the landscape is exogenous.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.model.telling import Texts


@dataclass(frozen=True)
class Current:
    """A finite Markov chain with named states: ``shift[i][j]`` is the chance that state ``j`` follows state ``i``."""

    name: str
    states: tuple[str, ...]
    shift: tuple[tuple[float, ...], ...]
    start: int
    label: str = ""
    """What people read as its name; without one, the name."""
    state_labels: tuple[str, ...] = ()
    """What people read as the names of its states; without them, the names."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label or self.name)
        object.__setattr__(self, "state_labels", self.state_labels or self.states)
        size = len(self.states)
        if len(self.shift) != size or any(len(row) != size for row in self.shift):
            raise ValueError(f"current {self.name!r}: shift must have {size} rows of {size} numbers")
        for state, row in zip(self.states, self.shift, strict=True):
            if min(row) < 0 or abs(sum(row) - 1) > 1e-9:
                raise ValueError(f"current {self.name!r}: the row of state {state!r} is not a probability distribution")
        if not 0 <= self.start < size:
            raise ValueError(f"current {self.name!r}: start must be one of its {size} states")

    @property
    def size(self) -> int:
        """The number of states, ``m``."""
        return len(self.states)

    @cached_property
    def transition(self) -> NDArray[np.float64]:
        """The transition matrix ``P``, shape (m, m), axes (this year's state, next year's state), read-only."""
        matrix = np.array(self.shift, dtype=np.float64)
        matrix.setflags(write=False)
        return matrix

    def told(self, texts: Texts) -> Current:
        """The current with the labels of ``texts``, as far as they have them."""
        labels = tuple(texts.states.get(state, state) for state in self.states)
        return replace(self, label=texts.currents.get(self.name, self.name), state_labels=labels)

    def powers(self, years: int) -> NDArray[np.float64]:
        """``P`` to the powers 0 to ``years``, shape (years + 1, m, m): [s, i, j] = chance of j, s years after i."""
        powers = np.empty((years + 1, self.size, self.size))
        powers[0] = np.eye(self.size)
        for s in range(years):
            powers[s + 1] = powers[s] @ self.transition
        return powers

    def wetness(self, state: int) -> float:
        """How much water ``state`` stands for, from 0 (the driest state) to 1 (the wettest), by its order alone."""
        return state / (self.size - 1)


def neighbour_shift(size: int, stay: float) -> tuple[tuple[float, ...], ...]:
    """The transition matrix of the short form ``stay``: stays with that chance, else moves to a neighbouring state.

    Each neighbour is equally likely; a state at an end has one neighbour.
    """
    rows = []
    for state in range(size):
        neighbours = [n for n in (state - 1, state + 1) if 0 <= n < size]
        row = [0.0] * size
        row[state] = stay
        for neighbour in neighbours:
            row[neighbour] = (1 - stay) / len(neighbours)
        rows.append(tuple(row))
    return tuple(rows)


def normalised(row: Sequence[float]) -> tuple[float, ...]:
    """``row`` scaled to sum to 1 (as nearly as floating point can hold it)."""
    total = math.fsum(row)  # unlike ``sum`` the same in every version of Python, and so are the digests of levels
    return tuple(float(p) / total for p in row)
