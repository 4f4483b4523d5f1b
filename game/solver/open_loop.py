"""Open-loop plans from anywhere: their values and their next lanes, as arrays over what is known.

The best fixed plan from place ``n`` in year ``tau``, made from sightings that may be older, has the value

    W(tau, n, a) = max over open lanes e of  r_e[tau - sigma_i][a_i] + W(tau + d(e), head(e), a),

the recursion of `game.solver.plans` for all states ``a`` at once.  It depends on where the plan stands and on the
sightings it was made from, not on when it was made; so it lives on the nodes of a life that drifts on with closed eyes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from game.solver.information import InformationSpace, Node
from game.solver.plans import as_good_as
from game.solver.problem import Floats

Mask = NDArray[np.bool_]
Branches = list[tuple[int, Mask | None]]
"""Lanes that are chosen somewhere, each with the mask of where (None: everywhere)."""


class OpenLoopTable:
    """The values of open-loop plans, and their next lanes, at any node; computed when asked for and remembered.

    ``remembered`` is the number of array entries kept.
    """

    def __init__(self, space: InformationSpace) -> None:
        self._space = space
        self._values: dict[Node, Floats] = {}
        self._branches: dict[Node, Branches] = {}
        self.remembered = 0

    def value(self, node: Node) -> Floats:
        """``W``: the expected light of the best plan from the sightings of ``node``, an array there."""
        if node not in self._values:
            best: Floats = np.zeros(())
            for k, q in enumerate(self._q(node)):
                best = np.maximum(best, q) if k else np.asarray(q)
            self.remembered += best.size
            self._values[node] = np.broadcast_to(best, self._space.shape(node))
        return self._values[node]

    def branches(self, node: Node) -> Branches:
        """The next lane of the best plan at ``node``, by what is known there."""
        if node not in self._branches:
            lanes = self._space.problem.open_lanes(node.year, node.place)
            if len(lanes) == 1:
                self._branches[node] = [(lanes[0], None)]
            else:
                self._branches[node] = branches_of(lanes, list(self._q(node)), self.value(node))
        return self._branches[node]

    def forget(self) -> None:
        """Frees everything remembered."""
        self.remembered = 0
        self._values.clear()
        self._branches.clear()

    def _q(self, node: Node) -> Iterator[Floats]:
        space = self._space
        for e in space.problem.open_lanes(node.year, node.place):
            drifted = space.drift(node, e)
            yield space.light(space.problem.reward, node, e) + space.placed(self.value(drifted), drifted, node)


def branches_of(lanes: Sequence[int], q: Sequence[Floats | float], best: Floats) -> Branches:
    """The first lane as good as ``best``, as masks of ``best.shape`` that do not overlap; empty masks are left out."""
    enough = as_good_as(best)
    branches: Branches = []
    free: Mask = np.ones(best.shape, dtype=np.bool_)
    for k, e in enumerate(lanes):
        mask = free if k == len(lanes) - 1 else free & (q[k] >= enough)
        if mask.any():
            if mask.all():
                return [(e, None)]
            branches.append((e, mask))
            free = free & ~mask
    return branches
