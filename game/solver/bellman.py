"""The treasure map: Bellman's optimum for what can be seen, the optimal closed-loop value function.

On the nodes of `game.solver.information`, with ``a`` what was last seen of each current,

    Q(t, n, a; e) = r_e(a) + E[ V(node after e, a') | a ],        V(t, n, a) = max over open lanes e of Q(t, n, a; e),

and ``V = 0`` where no lane is open (Bellman 1957; Bertsekas, *Dynamic Programming and Optimal Control*, vol. I, the
dynamic programming algorithm and, for limited sight, the chapter on imperfect state information).  ``r_e`` and the
expectation need no joint matrix: see `game.solver.problem` and `game.solver.information`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from game.model import Life
from game.solver.information import MEMORY_LIMIT, Expectations, InformationSpace, Node
from game.solver.plans import as_good_as, first_best
from game.solver.problem import Floats, Problem

Choices = NDArray[np.uint16]
Progress = Callable[[str, float], None]
"""Told the stage (a key of the words file) and the fraction done; may raise to interrupt."""


class TreasureMap:
    """The optimal value function ``V``, its ``Q``, and the policy that follows it.

    ``space`` holds the nodes; ``values[node]`` is ``V`` there and ``choices[node]`` the index, among the open lanes, of
    the first that is as good as the best; both are arrays of ``space.shape(node)``.
    """

    def __init__(self, space: InformationSpace, values: dict[Node, Floats], choices: dict[Node, Choices]) -> None:
        self.problem = space.problem
        self.space = space
        self.values = values
        self.choices = choices

    @property
    def worth(self) -> float:
        """``V`` at the beginning: the expected light of a whole life that follows the map."""
        return float(self.values[self.space.root])

    def value(self, life: Life) -> float:
        """``V``: the light still to be expected from ``life`` on, if every choice is the best.

        Raises KeyError for a life that cannot be lived on this map.
        """
        node, index = self.space.node_of(life)
        return float(self.values[node][index])

    def q(self, life: Life, lane_id: str) -> float:
        """``Q``: the light to be expected from taking ``lane_id`` now and choosing best ever after.

        Raises ValueError if the lane cannot be taken.
        """
        node, index = self.space.node_of(life)
        e = self.problem.level.lane_index[lane_id]
        if e not in self.problem.open_lanes(node.year, node.place):
            raise ValueError(f"lane {lane_id!r} cannot be taken in year {life.year} at {life.place!r}")
        return self._q(node, index, e)

    def choose(self, life: Life) -> str:
        """The first lane in file order that is as good as the best."""
        node, index = self.space.node_of(life)
        lanes = self.problem.open_lanes(node.year, node.place)
        best = first_best(np.array([self._q(node, index, e) for e in lanes]))
        return self.problem.level.lanes[lanes[int(best)]].id

    def _q(self, node: Node, index: tuple[int, ...], e: int) -> float:
        """``Q`` of one lane in one state: the expectation of one row, axis by axis."""
        problem, after = self.problem, self.space.arrive(node, e)
        seen = {current: (year, state) for (current, year), state in zip(node.seen, index, strict=True)}
        values = self.values[after]
        for current, year in after.seen:
            before, state = seen.get(current, (0, problem.starts[current]))
            row = problem.powers[current][year - before][state]
            values = row @ values.reshape(len(row), -1)
        current = int(problem.current[e])
        start = 0 if current == problem.constant else problem.starts[current]
        before, state = seen.get(current, (0, start))
        return float(problem.reward[e, node.year - before, state]) + float(values.reshape(()))


def bellman_backup(
    space: InformationSpace, node: Node, lanes: Sequence[int], expectations: Expectations
) -> tuple[Floats, Choices]:
    """``V`` at ``node``, and the index of the first lane as good as the best; arrays of ``space.shape(node)``."""
    shape = space.shape(node)
    q = [space.light(space.problem.reward, node, e) + after_lane(space, node, e, expectations) for e in lanes]
    best = np.broadcast_to(q[0], shape)
    if len(q) == 1:
        return np.array(best), np.zeros(shape, dtype=np.uint16)
    for other in q[1:]:
        best = np.maximum(best, other)
    enough = as_good_as(best)
    choice = np.full(shape, len(q) - 1, dtype=np.uint16)
    for k in reversed(range(len(q) - 1)):
        choice[q[k] >= enough] = k
    return np.asarray(best), choice


def after_lane(space: InformationSpace, node: Node, e: int, expectations: Expectations) -> Floats:
    """The expected value of what comes after lane ``e``, broadcastable at ``node``."""
    drifted = space.drift(node, e)
    return space.placed(expectations.given(space.arrive(node, e), drifted), drifted, node)


def treasure_map(problem: Problem, limit: int = MEMORY_LIMIT, progress: Progress | None = None) -> TreasureMap:
    """The treasure map by backward induction over all nodes.

    Raises TooLarge, before allocating, if it takes more than ``limit`` bytes.
    """
    space = InformationSpace(problem, limit, (lambda done: progress("treasure_map", done)) if progress else None)
    values: dict[Node, Floats] = {}
    choices: dict[Node, Choices] = {}
    expectations = Expectations(space, values.__getitem__)
    done = 0
    for year in reversed(range(problem.years + 1)):
        for node in space.nodes[year]:
            lanes = problem.open_lanes(year, node.place)
            if lanes:
                values[node], choices[node] = bellman_backup(space, node, lanes, expectations)
            else:
                values[node] = np.zeros(())
            done += space.size(node)
            if progress:
                progress("treasure_map", done / space.entries)
        expectations.forget()
    return TreasureMap(space, values, choices)
