"""An approximate value function for full sight whose expectations are exact, on levels of any size.

It is a sum of functions of one current each, and at every place one function of the few currents near by together:

    V^(t, n, z) = g_tn(z_i for i near n) + sum over currents i of  f_tni(z_i).

Currents are independent, so that its expectation some years ahead is a function of the same form,

    E[V^(t, n, z_t) | z_s] = (kron_i P_i^(t-s)) g_tn (z_s) + sum over i of  (P_i^(t-s) f_tni)(z_s,i),

to the last digit and at the cost of a few small products.  It is fitted backwards through the years, in each to

    max over open lanes e of  r_e(z) + E[V^(t + d(e), head(e), .) | z]

in sampled landscapes: main effects first, then the mean of what is left in each cell of the currents near by, shrunk
where a cell was seen rarely (fitted value iteration: Tsitsiklis and Van Roy 2001, "Regression methods for pricing
complex American-style options").  How well it fits decides how tight the bounds of `game.solver.bounds` are, not
whether they hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from game.solver.problem import Floats, Integers, Problem
from game.solver.water import States, Water

_CELLS = 243
"""The most joint states of the currents near a place."""

_HOPS = 2
"""How many lanes ahead a current is near."""

_SHRINK = 4.0
"""Landscapes that a cell is counted as having been seen in, besides those in which it was, without any effect."""

_SLICE = 2**10
"""Landscapes that are worked on together: their arrays stay in the cache."""

_PRODUCT = 2**18
"""The greatest rows x columns x depth of one multiplication.  From here on OpenBLAS uses threads of its own."""


@dataclass(frozen=True)
class Look:
    """The landscapes of one year as the approximation sees them.

    ``shown`` is 1.0 where a current is in a state, shape (states of all currents, landscapes); ``cell`` the joint state
    of the currents near each place, shape (N, landscapes); ``states`` the states themselves, shape (K + 1, landscapes).
    """

    shown: Floats
    cell: Integers
    states: Integers


@dataclass(frozen=True)
class _Terms:
    """``V^`` in one year, or its expectation: ``alone``, shape (N, states of all currents); ``near``, (N, cells)."""

    alone: Floats
    near: Floats

    def at(self, places: Integers, look: Look) -> Floats:
        """The values at ``places``, shape (places, landscapes)."""
        values = _times(self.alone[places], look.shown)
        cells = look.cell[places]
        cells += (places * self.near.shape[1])[:, None]
        values += self.near.reshape(-1).take(cells)
        return values


class Approximation:
    """``V^``, zero until it is fitted; `fitted` makes one that is worth having."""

    def __init__(self, problem: Problem, cells: int = _CELLS, hops: int = _HOPS) -> None:
        self.problem = problem
        self._near = [_currents_near(problem, place, cells, hops) for place in range(len(problem.level.places))]
        self._sizes = [tuple(problem.sizes[i] for i in near) for near in self._near]
        self._alike = {
            sizes: np.array([place for place, own in enumerate(self._sizes) if own == sizes])
            for sizes in dict.fromkeys(self._sizes)
        }
        self._bounds = np.concatenate([[0], np.cumsum(problem.sizes)]).astype(np.intp)
        self._terms = [self._nothing() for _ in range(problem.years + 1)]
        self._ahead: dict[tuple[int, int], _Terms] = {}

    def look(self, states: States) -> Look:
        """The landscapes of one year, from their ``states``, shape (K + 1, landscapes)."""
        whole = states.astype(np.intp)
        count = whole.shape[1]
        shown = np.zeros((self._bounds[-1], count))
        shown[self._bounds[:-1, None] + whole[:-1], np.arange(count)] = 1.0
        cell = np.zeros((len(self._near), count), dtype=np.intp)
        for place, near in enumerate(self._near):
            for i in near:
                cell[place] *= self.problem.sizes[i]
                cell[place] += whole[i]
        return Look(shown, cell, whole)

    def values(self, year: int, look: Look) -> Floats:
        """``V^`` at every place in ``year``, shape (N, landscapes)."""
        return self._terms[year].at(np.arange(len(self._near)), look)

    def lane_values(self, year: int, look: Look) -> Floats:
        """``r_e(z) + E[V^ at its head | z]`` of each departure of ``year``, shape (departures, landscapes)."""
        problem = self.problem
        out = problem.departures(year)
        widest = problem.reward.shape[2]
        offsets = out.lanes * (problem.years + 1) * widest
        light: Floats = problem.reward.reshape(-1).take(offsets[:, None] + look.states[out.currents])
        for years in np.unique(out.durations):
            lanes = np.flatnonzero(out.durations == years)
            places, which = np.unique(out.heads[lanes], return_inverse=True)
            light[lanes] += self._expected(year, int(years)).at(places, look)[which.reshape(-1)]
        return light

    def fit(self, water: Water, progress: Callable[[float], None] | None = None) -> None:
        """Fits ``V^`` to sampled landscapes, the latest year first."""
        problem = self.problem
        slices = [slice(k, min(k + _SLICE, water.count)) for k in range(0, water.count, _SLICE)]
        for year in reversed(range(problem.years)):
            out = problem.departures(year)
            if len(out.lanes):
                looks = [self.look(water.states[year][:, part]) for part in slices]
                best = [np.maximum.reduceat(self.lane_values(year, look), out.starts, axis=0) for look in looks]
                self._terms[year] = self._regressed(out.places, looks, best)
            if progress:
                progress(1 - year / problem.years)

    def _regressed(self, places: Integers, looks: list[Look], best: list[Floats]) -> _Terms:
        """The terms that fit ``best`` at ``places`` in the landscapes of ``looks``."""
        terms = self._nothing()
        cells = terms.near.shape[1]
        count = sum(values.shape[1] for values in best)
        mean = sum(values.sum(axis=1) for values in best) / count
        effect = np.zeros((len(places), terms.alone.shape[1]))
        met = np.full(terms.alone.shape[1], 1.0)
        for look, values in zip(looks, best, strict=True):
            values -= mean[:, None]
            effect += _across(values, look.shown)
            met += look.shown.sum(axis=1)
        effect /= met
        rows = np.arange(len(places))[:, None] * cells
        left, seen = np.zeros(len(places) * cells), np.full(len(places) * cells, _SHRINK)
        for look, values in zip(looks, best, strict=True):
            values -= _times(effect, look.shown)
            cell = (look.cell[places] + rows).reshape(-1)
            left += np.bincount(cell, values.reshape(-1), len(left))
            seen += np.bincount(cell, minlength=len(seen))
        terms.alone[places] = effect
        terms.near[places] = mean[:, None] + (left / seen).reshape(len(places), cells)
        return terms

    def _expected(self, year: int, years: int) -> _Terms:
        """``E[V^(year + years, ., .) | z]`` as a function of ``z`` in ``year``; worked out once."""
        key = (year, years)
        if key not in self._ahead:
            problem, later = self.problem, self._terms[year + years]
            alone, near = later.alone.copy(), later.near.copy()
            for i, powers in enumerate(problem.powers):
                part = slice(self._bounds[i], self._bounds[i + 1])
                alone[:, part] = later.alone[:, part] @ powers[years].T
            for sizes, places in self._alike.items():
                joint = later.near[places, : prod(sizes)]
                for axis, size in enumerate(sizes):
                    matrices = np.stack([problem.powers[self._near[place][axis]][years] for place in places])
                    joint = np.matmul(matrices[:, None], joint.reshape(len(places), prod(sizes[:axis]), size, -1))
                near[places, : prod(sizes)] = joint.reshape(len(places), -1)
            self._ahead[key] = _Terms(alone, near)
        return self._ahead[key]

    def _nothing(self) -> _Terms:
        cells = max(map(prod, self._sizes))
        return _Terms(np.zeros((len(self._near), self._bounds[-1])), np.zeros((len(self._near), cells)))


def fitted(problem: Problem, water: Water, progress: Callable[[float], None] | None = None) -> Approximation:
    """The approximation fitted to sampled landscapes; ``progress`` is told the fraction done and may raise."""
    approximation = Approximation(problem)
    approximation.fit(water, progress)
    return approximation


def _times(matrix: Floats, shown: Floats) -> Floats:
    """``matrix @ shown``, some columns at a time."""
    count = shown.shape[1]
    out = np.empty((len(matrix), count))
    step = max(1, _PRODUCT // max(1, matrix.size))
    for first in range(0, count, step):
        part = slice(first, first + step)
        np.matmul(matrix, shown[:, part], out=out[:, part])
    return out


def _across(values: Floats, shown: Floats) -> Floats:
    """``values @ shown.T``, some columns at a time."""
    total = np.zeros((len(values), len(shown)))
    step = max(1, _PRODUCT // max(1, total.size))
    for first in range(0, values.shape[1], step):
        part = slice(first, first + step)
        total += values[:, part] @ shown[:, part].T
    return total


def _currents_near(problem: Problem, place: int, cells: int, hops: int) -> tuple[int, ...]:
    """The currents of the lanes next to ``place``, nearest first, as long as their joint states fit into ``cells``."""
    near: list[int] = []
    reached, edge = {place}, [place]
    joint = 1
    for _ in range(hops):
        ahead = []
        for here in edge:
            for e in problem.open_lanes(0, here):
                i, head = int(problem.current[e]), int(problem.head[e])
                if i != problem.constant and i not in near and joint * problem.sizes[i] <= cells:
                    near.append(i)
                    joint *= problem.sizes[i]
                if head not in reached:
                    reached.add(head)
                    ahead.append(head)
        edge = ahead
    return tuple(near)
