"""What replanning is worth, exactly: open-loop feedback control of any period, and the greedy policy.

At every node where a plan is due, the plan is the open-loop optimum from what is known there.  Its values ``W`` depend
only on where it stands and on the sightings it was made from, so they live on nodes too (of a life that drifts with
closed eyes).  The policy that replans every ``m`` years follows the plan to the first place reached at least ``m``
years later, and its value ``U`` obeys, with ``G`` the value of the rest of the plan and then of replanning,

    U(node) = G(node),    G = r_e + G(after e)               while the next place is reached in less than m years,
                          G = r_e + E[U(node after e) | a]   when it is reached later or the life is over,

``e`` being the plan's lane for what was known when it was made.  What is seen on the way is known at the next planning,
and not used before.  ``m = 1`` is open-loop feedback control (OLFC): Bertsekas, *Dynamic Programming and Optimal
Control*, vol. I, "Open-loop feedback control", where ``W <= U`` is proved.  The greedy policy compares the expected
light of this very year.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from game.solver.bellman import Progress, after_lane
from game.solver.information import MEMORY_LIMIT, Expectations, InformationSpace, Node
from game.solver.open_loop import OpenLoopTable, branches_of
from game.solver.problem import Floats
from game.solver.size import TooLarge


class _Policy(ABC):
    """The exact value ``U`` of a policy at every node, one year of nodes at a time, the latest year first."""

    reach = 1
    """A decision's plan leads to a place reached less than ``reach`` years plus the longest lane later."""

    def __init__(self, space: InformationSpace) -> None:
        self._space = space
        self.values: dict[Node, Floats] = {}
        self._ahead = Expectations(space, self.values.__getitem__)

    @abstractmethod
    def evaluate(self, node: Node) -> None:
        """Works out ``U`` at one node; those of later years must be known."""

    @property
    def remembered(self) -> int:
        """The number of array entries kept for other nodes of the same year."""
        return self._ahead.entries

    def forget(self) -> None:
        """Frees what is kept for other nodes of the same year."""
        self._ahead.forget()

    def drop(self, year: int) -> None:
        """Frees ``U`` of a year that no earlier year asks for."""
        for node in self._space.nodes[year]:
            del self.values[node]


class _Replanning(_Policy):
    """A new plan every ``m`` years; ``m = 1`` is one step at a time."""

    def __init__(self, space: InformationSpace, plans: OpenLoopTable, m: int) -> None:
        super().__init__(space)
        self.reach = m
        self._plans = plans
        self._following: dict[tuple[Node, Node], Floats] = {}
        self._entries = 0

    @property
    def remembered(self) -> int:
        return self._entries + super().remembered

    def forget(self) -> None:
        super().forget()
        self._following.clear()
        self._entries = 0

    def evaluate(self, node: Node) -> None:
        self.values[node] = self._follow(node, node, node.year + self.reach)

    def _follow(self, planned: Node, actual: Node, due: int) -> Floats:
        """``G`` at a place of the plan: made from the sightings of ``planned``, while ``actual`` has those since."""
        key = (planned, actual)
        if key not in self._following:
            self._following[key] = self._branch(planned, actual, due)
            self._entries += self._following[key].size
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


class _FollowingTheLight(_Policy):
    """The lane that is brightest this very year."""

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


def evaluate_policies(
    space: InformationSpace, periods: Sequence[int], limit: int = MEMORY_LIMIT, progress: Progress | None = None
) -> tuple[float, dict[int, float]]:
    """The exact expected light from the beginning of following the light, and of replanning every ``m`` years.

    Raises TooLarge, before allocating, if that takes more than ``limit`` bytes beside a treasure map on the same nodes.
    """
    years = space.problem.years
    lasting, working = _bytes_needed(space, periods)
    if lasting + working > limit:
        raise TooLarge(lasting + working, limit)
    # With full sight all nodes of a year share their plans, and ``working`` is the size of a whole year's; with limited
    # sight it is that of one node's, and whatever room is left holds what others may share.
    room = limit - lasting - (0 if space.problem.level.sight is None else working)
    plans = OpenLoopTable(space)
    policies: list[_Policy] = [_FollowingTheLight(space), *(_Replanning(space, plans, m) for m in periods)]
    done = 0
    for year in reversed(range(years + 1)):
        for node in space.nodes[year]:
            for policy in policies:
                policy.evaluate(node)
            if 8 * (plans.remembered + sum(policy.remembered for policy in policies)) > room:
                _forget(plans, policies)
            done += space.size(node)
            if progress:
                progress("replanning", done / space.entries)
        _forget(plans, policies)
        for policy in policies:
            past = year + policy.reach + space.longest - 1
            if past <= years:
                policy.drop(past)
    follow, *replanning = (float(policy.values[space.root]) for policy in policies)
    return follow, dict(zip(periods, replanning, strict=True))


def _forget(plans: OpenLoopTable, policies: Sequence[_Policy]) -> None:
    plans.forget()
    for policy in policies:
        policy.forget()


def _bytes_needed(space: InformationSpace, periods: Sequence[int]) -> tuple[int, int]:
    """Bytes of what lasts (the treasure map and each policy's window of years), and of the work on one year or node."""
    spans = [reach + space.longest for reach in (1, *periods)]
    by_year = space.entries_by_year
    windows = sum(max(sum(by_year[t : t + span]) for t in range(len(by_year))) for span in spans)
    if space.problem.level.sight is None:
        working = 10 * space.entries + 8 * windows
    else:
        largest = max(space.size(node) for nodes in space.nodes for node in nodes)
        places = len(space.problem.level.places)
        working = largest * places * (10 * space.problem.years + 8 * sum(spans))
    return space.bytes_needed + 8 * windows, working
