"""What replanning is worth, exactly: open-loop feedback control of any period, and the greedy policy.

At every node where a plan is due, the plan is the open-loop optimum from what is known there.  Its values ``W`` depend
only on where it stands and on the sightings it was made from, so they live on nodes too (of a life that drifts with
closed eyes).  The policy that replans every ``m`` years follows the plan to the first place reached at least ``m``
years later, and its value ``U`` obeys, with ``G`` the value of the rest of the plan and then of replanning,

    U(node) = G(node),    G = r_e + G(after e)               while the next place is reached in less than m years,
                          G = r_e + E[U(node after e) | a]   when it is reached later or the life is over,

``e`` being the plan's lane for what was known when it was made.  What is seen on the way is known at the next planning,
and not used before.  ``m = 1`` is open-loop feedback control (OLFC): Bertsekas, *Dynamic Programming and Optimal
Control*, vol. I, section 6.1, where proposition 6.1.1 proves ``W <= U``.  The greedy policy compares the expected light
of this very year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from game.solver.bellman import Progress, after_lane
from game.solver.information import Expectations, InformationSpace, Node
from game.solver.plans import as_good_as
from game.solver.problem import Floats

Mask = NDArray[np.bool_]
Branches = list[tuple[int, Mask | None]]
"""Lanes that are chosen somewhere, each with the mask of where (None: everywhere)."""


class OpenLoopTable:
    """The values of open-loop plans, and their next lanes, at any node; computed when asked for and remembered."""

    def __init__(self, space: InformationSpace) -> None:
        self._space = space
        self._values: dict[Node, Floats] = {}
        self._branches: dict[Node, Branches] = {}

    def value(self, node: Node) -> Floats:
        """``W``: the expected light of the best plan from the sightings of ``node``, an array there."""
        if node not in self._values:
            best: Floats = np.zeros(())
            for k, q in enumerate(self._q(node)):
                best = np.maximum(best, q) if k else np.asarray(q)
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
        self._values.clear()
        self._branches.clear()

    def _q(self, node: Node) -> Iterable[Floats]:
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


class _Period:
    """The exact value ``U`` of replanning every ``m`` years, one year of nodes at a time, latest year first."""

    def __init__(self, space: InformationSpace, plans: OpenLoopTable, m: int) -> None:
        self.m = m
        self._space = space
        self._plans = plans
        self.values: dict[Node, Floats] = {}
        self._ahead = Expectations(space, self.values.__getitem__)
        self._following: dict[tuple[Node, Node], Floats] = {}

    def evaluate(self, node: Node) -> None:
        self.values[node] = self._follow(node, node, node.year + self.m)

    def close_year(self, year: int, longest: int) -> None:
        """Frees what no earlier year asks for: plans of year - 1 end at most m + longest - 1 years later."""
        self._ahead.forget()
        self._following.clear()
        for node in (
            self._space.nodes[year + self.m + longest - 1]
            if year + self.m + longest - 1 <= (self._space.problem.years)
            else ()
        ):
            del self.values[node]

    def _follow(self, planned: Node, actual: Node, due: int) -> Floats:
        """``G`` at a place of the plan: made from the sightings of ``planned``, while ``actual`` has those since."""
        key = (planned, actual)
        if key not in self._following:
            self._following[key] = self._branch(planned, actual, due)
        return self._following[key]

    def _branch(self, planned: Node, actual: Node, due: int) -> Floats:
        space = self._space
        if not space.problem.open_lanes(planned.year, planned.place):
            return np.zeros(())
        total = np.empty(space.shape(planned))
        for e, mask in self._plans.branches(planned):
            drifted, after = space.drift(planned, e), space.arrive(actual, e)
            if after.year >= due:
                rest = self._ahead.given(after, drifted)
            else:
                rest = self._follow(drifted, after, due)
            q = space.light(space.problem.reward, planned, e) + space.placed(rest, drifted, planned)
            np.copyto(total, q, where=True if mask is None else mask)
        return total


class _Greedy:
    """The exact value of following the light."""

    def __init__(self, space: InformationSpace) -> None:
        self._space = space
        self.values: dict[Node, Floats] = {}
        self._ahead = Expectations(space, self.values.__getitem__)

    def evaluate(self, node: Node) -> None:
        space = self._space
        lanes = space.problem.open_lanes(node.year, node.place)
        total = np.zeros(space.shape(node))
        if lanes:
            now = [space.light(space.problem.year_light, node, e) for e in lanes]
            best: Floats = np.asarray(now[0])
            for light in now[1:]:
                best = np.maximum(best, light)
            for e, mask in branches_of(lanes, now, np.broadcast_to(best, total.shape)):
                q = space.light(space.problem.reward, node, e) + after_lane(space, node, e, self._ahead)
                np.copyto(total, q, where=True if mask is None else mask)
        self.values[node] = total

    def close_year(self, year: int, longest: int) -> None:
        self._ahead.forget()
        for node in self._space.nodes[year + longest] if year + longest <= self._space.problem.years else ():
            del self.values[node]


def evaluate_policies(
    space: InformationSpace, periods: Sequence[int], progress: Progress | None = None
) -> tuple[float, dict[int, float]]:
    """The exact expected light from the beginning of following the light, and of replanning every ``m`` years."""
    plans = OpenLoopTable(space)
    greedy = _Greedy(space)
    replanning = [_Period(space, plans, m) for m in periods]
    policies: list[_Period | _Greedy] = [greedy, *replanning]
    longest = int(space.problem.duration.max(initial=1))
    done = 0
    for year in reversed(range(space.problem.years + 1)):
        for node in space.nodes[year]:
            for policy in policies:
                policy.evaluate(node)
            done += space.size(node)
            if progress:
                progress("replanning", done / space.entries)
        for policy in policies:
            policy.close_year(year, longest)
        plans.forget()
    return float(greedy.values[space.root]), {p.m: float(p.values[space.root]) for p in replanning}
