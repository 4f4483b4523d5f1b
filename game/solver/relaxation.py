"""Information relaxation: what could be collected with all the water known beforehand, and what knowing it costs.

Let ``M`` be the gain that a life makes on the approximate value function ``V^`` (`game.solver.approximation`), lane by
lane, with ``t`` the year in which lane ``e`` is taken and ``t' = t + d(e)``:

    M = sum over its lanes of  light_e(z_t .. z_t'-1) - r_e(z_t)  +  V^(t', head, z_t') - E[V^(t', head, .) | z_t].

Every term has mean zero given the landscapes up to year ``t``.  So whoever chooses from what was seen until then, and
from that alone, gains nothing on average: ``E M = 0`` for every policy.  Somebody who knows the future has to pay: with
the penalty ``c M``, for any ``c`` and any ``V^``,

    V <= E[ max over paths of  light - c M ]

(Brown, Smith and Sun 2010, "Information relaxations and duality in stochastic dynamic programs", weak duality).  ``c =
0`` is hindsight; with ``c = 1`` and ``V^ = V`` the bound is the optimum itself, in every landscape.  The maximum is
deterministic dynamic programming over (year, place), for many landscapes at once.

For a policy ``light - M`` has the same expectation as its light, and errs less the better ``V^`` is (a martingale
control variate: Henderson and Glynn 2002, "Approximating martingales for variance reduction").  With limited sight the
currents out of sight are taken as seen: that is one relaxation more, so all of this stays true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.solver.approximation import Approximation, Look
from game.solver.problem import Departures, Floats
from game.solver.water import Water

_SLICE_BYTES = 2**25


@dataclass(frozen=True)
class Relaxed:
    """Light less penalty in each landscape.

    ``best``, shape (scales, landscapes), is that of the best path for each scale ``c`` of the penalty; ``guided`` that
    of the lane by lane best on ``V^``, a policy if everything is in sight; ``lived``, shape (paths, landscapes), that
    of given paths; for the last two ``c = 1``.
    """

    best: Floats
    guided: Floats
    lived: Floats


def relaxed(
    approximation: Approximation,
    water: Water,
    scales: Sequence[float] = (1.0,),
    paths: Sequence[NDArray[np.int16]] = (),
) -> Relaxed:
    """Light less penalty in each of the landscapes; ``paths`` are the lanes taken in each year, shape (T, landscapes),
    -1 where none is (`game.solver.simulation.Crowd`).
    """
    problem, count = approximation.problem, water.count
    a_landscape = 8 * ((problem.years + 1) * len(problem.level.places) * (2 + len(scales)) + 6 * len(problem.current))
    step = max(1, _SLICE_BYTES // a_landscape)
    parts = []
    for first in range(0, count, step):
        part = slice(first, min(first + step, count))
        some = [path[:, part] for path in paths]
        parts.append(_relaxed(approximation, Water(water.states[:, :, part]), scales, some))
    return Relaxed(
        np.concatenate([part.best for part in parts], axis=1),
        np.concatenate([part.guided for part in parts]),
        np.concatenate([part.lived for part in parts], axis=1),
    )


def _relaxed(
    approximation: Approximation, water: Water, scales: Sequence[float], paths: Sequence[NDArray[np.int16]]
) -> Relaxed:
    """The same for so many landscapes as fit into memory side by side."""
    problem, count = approximation.problem, water.count
    shape = (problem.years + 1, len(problem.level.places), count)
    best = [np.zeros(shape) for _ in scales]
    guided = np.zeros(shape)
    lived = np.zeros((len(paths), count))
    guess = np.zeros(shape)
    everybody = np.arange(count)
    row = np.full(len(problem.current), -1, dtype=np.intp)
    realised = _Realised(approximation) if any(c != 1 for c in scales) else None
    guess[problem.years] = approximation.values(problem.years, approximation.look(water.states[problem.years]))
    for year in reversed(range(problem.years)):
        out = problem.departures(year)
        look = approximation.look(water.states[year])
        guess[year] = approximation.values(year, look)
        if len(out.lanes) == 0:
            continue
        expected = approximation.lane_values(year, look)
        arrivals = year + out.durations
        light = expected - guess[arrivals, out.heads]
        true = realised.light(year, out, look) if realised else light
        for c, values in zip(scales, best, strict=True):
            q = values[arrivals, out.heads]
            q += light if c == 1 else c * light + (1 - c) * true
            values[year, out.places] = np.maximum.reduceat(q, out.starts, axis=0)
        light += guided[arrivals, out.heads]
        for place, first, end in zip(out.places, out.starts, [*out.starts[1:], len(out.lanes)], strict=True):
            guided[year, place] = light[first + expected[first:end].argmax(axis=0), everybody]
        light -= guided[arrivals, out.heads]
        row[:] = -1
        row[out.lanes] = np.arange(len(out.lanes))
        for path, total in zip(paths, lived, strict=True):
            on = np.flatnonzero(path[year] >= 0)
            total[on] += light[row[path[year, on]], on]
    start = problem.start
    return Relaxed(np.stack([values[0, start] for values in best]), guided[0, start], lived)


class _Realised:
    """The light that lanes bring in landscapes, asked for the latest year first."""

    def __init__(self, approximation: Approximation) -> None:
        self._problem = approximation.problem
        self._by_year: dict[int, Floats] = {}

    def light(self, year: int, out: Departures, look: Look) -> Floats:
        """The light of each departure of ``year``, its arrival included, shape (departures, landscapes)."""
        problem = self._problem
        everything = np.arange(len(problem.current))
        self._by_year[year] = problem.year_light[everything[:, None], 0, look.states[problem.current]]
        self._by_year.pop(year + int(problem.duration.max()), None)
        light = self._by_year[year][out.lanes] + problem.arrival[out.heads][:, None]
        for j in range(1, int(out.durations.max())):
            on = np.flatnonzero(out.durations > j)
            light[on] += self._by_year[year + j][out.lanes[on]]
        return light
