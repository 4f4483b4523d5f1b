"""Tabular Q-learning from lived lives only (Watkins and Dayan 1992), many learners side by side.

A learner knows the map but no probability and no light before it has been there.  It keeps a number ``Q`` for every
pair of a spot (year, place, what is seen) and a lane; after a lane taken at spot ``s``, which brought light ``r`` and
led to spot ``s'``,

    Q(s, a)  <-  Q(s, a) + alpha * (r + max over a' of Q(s', a') - Q(s, a)),

with nothing to come where a life rests, and no discount.  Every ``Q`` begins at 0.

*Learning rate*: ``alpha = n ** -0.7`` at the ``n``-th visit of the pair, a polynomial rate (Even-Dar and Mansour 2003,
who show why it beats ``1 / n``).  *Exploration*: in life number ``k``, from 0, each choice is with probability
``epsilon = (1 + k / 100) ** -0.5`` any of the open lanes, each equally likely, and else the one with the greatest
``Q``, the first in file order among equals.  Both go to zero so slowly that every pair is visited for ever, which
convergence asks for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.learning.layout import Layout
from game.learning.waters import Fates, Streams
from game.solver.problem import Floats, Integers

RATE, EXPLORING, PATIENCE = -0.7, -0.5, 100.0


def learning_rate(visits: int) -> float:
    """``alpha`` at the visit with this number, from 1."""
    return float(visits**RATE)


def exploration(life: int) -> float:
    """``epsilon`` in the life with this number, from 0."""
    return float((1.0 + life / PATIENCE) ** EXPLORING)


class Learners:
    """Some learners of one seed: ``table``, shape (learners, pairs), holds ``Q``, and ``visits`` how often each was."""

    def __init__(self, layout: Layout, seed: int, learners: Sequence[int]) -> None:
        self.layout = layout
        self.lives = 0
        # A few numbers more than there are pairs, so that the lanes of the last spot can be read as of any other.
        self._width = layout.pairs + layout.most
        self.table: Floats = np.zeros((len(learners), self._width))
        self.visits: NDArray[np.int32] = np.zeros((len(learners), self._width), dtype=np.int32)
        self._streams = Streams(layout.problem, seed, learners)
        self._rates: Floats = np.zeros(1)
        self._fates: Fates | None = None
        self._next = 0
        self._rows = np.arange(len(learners))
        self._options = np.arange(layout.most)
        problem = layout.problem
        self._steady = bool((problem.duration == 1).all())
        self._widest = problem.year_light.shape[2]
        self._year_light = np.ascontiguousarray(problem.year_light[:, 0]).reshape(-1)
        self._arrival = problem.arrival.take(problem.head)
        self._first_seen = problem.current
        years_on = np.arange(problem.duration.max(initial=1))
        self._years_on = years_on * (problem.constant + 1)
        self._counted = (years_on < problem.duration[:, None]).astype(np.float64)

    def live(self, lives: int) -> None:
        """Every learner lives so many lives more."""
        self._rates = np.array([0.0, *(learning_rate(n) for n in range(1, self.lives + lives + 1))])
        for _ in range(lives):
            if self._fates is None or self._next == len(self._fates.states):
                self._fates, self._next = self._streams.next(), 0
            self._live_one(self._fates, self._next, exploration(self.lives))
            self._next += 1
            self.lives += 1

    def greedy(self, node: int) -> Integers:
        """The number of the lane that each learner takes by its table at a node, shape (learners, entries)."""
        layout = self.layout
        first, lanes, entries = layout.first_pair[node], layout.lanes[node], layout.entries[node]
        rows = self.table[:, first : first + lanes * entries].reshape(len(self.table), entries, lanes)
        best = rows[:, :, 0].copy()
        chosen = np.zeros(best.shape, dtype=np.intp)
        for k in range(1, int(lanes)):
            better = rows[:, :, k] > best
            np.copyto(best, rows[:, :, k], where=better)
            chosen[better] = k
        return chosen

    def _live_one(self, fates: Fates, life: int, epsilon: float) -> None:
        """Every learner lives one life and learns after each lane."""
        layout = self.layout
        states = fates.states[life]
        explore, pick = fates.explore[life] < epsilon, fates.pick[life]
        node = np.full(len(self.table), layout.root, dtype=np.intp)
        taken = np.full(len(self.table), -1, dtype=np.intp)  # the pair that is still to be learned from
        light = np.zeros(len(self.table))
        for year in range(layout.problem.years + 1):
            due = self._rows if self._steady else np.flatnonzero(layout.year.take(node) == year)
            if len(due) == 0:
                continue
            here = node.take(due)
            known = states[due[:, None], layout.seen_at[here]]
            entry = np.einsum("ij,ij->i", known, layout.stride[here], dtype=np.intp)
            lanes = layout.lanes.take(here)
            pair = due * self._width + layout.first_pair.take(here) + entry * lanes
            q = self.table.take(pair[:, None] + self._options)
            q[self._options >= lanes[:, None]] = -np.inf
            best = q.argmax(axis=1)
            ahead = np.where(lanes > 0, q[np.arange(len(due)), best], 0.0)
            self._learn(taken.take(due), light.take(due) + ahead)
            going = lanes > 0
            if not going.all():
                taken[due[~going]] = -1
                due, here, lanes, pair, best = due[going], here[going], lanes[going], pair[going], best[going]
                if len(due) == 0:
                    if self._steady:
                        return
                    continue
            chosen = np.where(explore[due, year], (pick[due, year] * lanes).astype(np.intp), best)
            taken[due] = pair + chosen
            lane = layout.lane[here, chosen]
            light[due] = self._light(states, due, year, lane)
            node[due] = layout.after[here, chosen]

    def _learn(self, pairs: Integers, targets: Floats) -> None:
        """The update of the module for the pairs just taken; none for those numbered -1."""
        real = pairs >= 0
        if not real.all():
            pairs, targets = pairs[real], targets[real]
        if len(pairs):
            visits, table = self.visits.reshape(-1), self.table.reshape(-1)
            number = visits.take(pairs) + 1
            visits[pairs] = number
            before = table.take(pairs)
            table[pairs] = before + self._rates.take(number) * (targets - before)

    def _light(self, states: NDArray[np.int8], learners: Integers, year: int, lanes: Integers) -> Floats:
        """The light that each of the learners gathers on its lane and on arriving."""
        problem = self.layout.problem
        when = self._first_seen.take(lanes) + year * (problem.constant + 1)
        if self._steady:
            seen = states[learners, when]
            gathered: Floats = self._year_light.take(lanes * self._widest + seen)
        else:
            # Beyond the end of a lane any year may be read, since its light there is counted as nothing.
            on = np.minimum(when[:, None] + self._years_on, states.shape[1] - 1)
            seen = states[learners[:, None], on]
            by_year = self._year_light.take(lanes[:, None] * self._widest + seen)
            by_year *= self._counted.take(lanes, axis=0)
            gathered = by_year.sum(axis=1)
        gathered += self._arrival.take(lanes)
        return gathered
