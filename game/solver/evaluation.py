"""What replanning is worth, exactly: open-loop feedback control of any period, and the greedy policy.

At every node where a plan is due, the plan is the open-loop optimum from what is known there, which is worked out by
`game.solver.open_loop`.  The policy that replans every ``m`` years follows the plan to the first place reached at least
``m`` years later, and its value ``U`` obeys, with ``G`` the value of the rest of the plan and then of replanning,

    U(node) = G(node),    G = r_e + G(after e)               while the next place is reached in less than m years,
                          G = r_e + E[U(node after e) | a]   when it is reached later or the life is over,

``e`` being the plan's lane for what was known when it was made.  What is seen on the way is known at the next planning,
and not used before.  ``m = 1`` is open-loop feedback control (OLFC): Bertsekas, *Dynamic Programming and Optimal
Control*, vol. I, "Open-loop feedback control", where ``W <= U`` is proved.  The greedy policy compares the expected
light of this very year.

Where there is a spyglass, one step at a time looks through it if that adds more to its plan than it costs,

    W(node) < -c + E[ W(node after the look) | a ],      and then      U(node) = -c + E[ U(node after the look) | a ].

As ``U`` there is at least ``W`` after the look, this keeps ``W <= U``.  No other policy looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from game.solver.bellman import Progress
from game.solver.blocks import Team, Workspace, processors, split_of
from game.solver.following import Following
from game.solver.forecast import Chances, Reader, contract
from game.solver.information import MEMORY_LIMIT, Group, InformationSpace
from game.solver.open_loop import Decisions, OpenLoop
from game.solver.plans import as_good_as
from game.solver.problem import Floats
from game.solver.rewards import Rewards
from game.solver.size import TooLarge
from game.solver.spyglass import Glances

_BLOCK = 2**19
"""Entries of a block over all nodes on the way: of these only two years at a time have to stay in the cache."""

_SHARED = 2**21
"""Entries of the arrays of a group from which on several threads pay."""


class _Policy:
    """The exact value ``U`` of a policy, one group after another, the latest year first.

    ``m`` is the number of years for which a plan is kept, or 0 for the greedy policy, which has none.
    """

    def __init__(self, m: int) -> None:
        self.m = m
        self.reach = max(1, m)
        self.values: dict[Group, Floats] = {}


class _Evaluation:
    """The evaluation of several policies on the groups of one space."""

    def __init__(self, space: InformationSpace, periods: Sequence[int]) -> None:
        problem = space.problem
        self._space = space
        self._chances = Chances(space)
        self._rewards = Rewards(problem, problem.reward)
        self._year_light = Rewards(problem, problem.year_light)
        self.policies = [_Policy(m) for m in (0, *periods)]
        self._looks = [Glances(space, year) for year in range(problem.years + 1)] if space.looking else []
        self._plans: dict[Group, Floats] = {}

    def evaluate(self, team: Team, group: Group) -> None:
        """``U`` of every policy at the nodes of one group."""
        for policy in self.policies:
            policy.values[group] = np.zeros((len(group.nodes), group.entries))
        if group.lanes[0]:
            longest = max(policy.m for policy in self.policies)
            worth = None
            if self._looks:
                worth = self._plans[group] = np.zeros((len(group.nodes), group.entries))
            plan = OpenLoop(self._space, group, self._rewards, longest).decide(team, worth)
            brightest = OpenLoop(self._space, group, self._year_light, 1, foresight=1).decide(team)
            for policy in self.policies:
                decided = plan[: policy.m] or brightest
                follow(team, group, decided, policy.values, self._rewards, self._chances)

    def look(self, team: Team, year: int) -> None:
        """``U`` of one step at a time at the nodes of ``year`` from which it looks through the spyglass."""
        if not self._looks:
            return
        looks = self._looks[year]
        told = {policy.m: policy for policy in self.policies}.get(1)
        if told is not None:
            stacks = {group: told.values[group] for group in looks.groups}
            planned = looks.values(team, self._chances, self._plans)
            lived = looks.values(team, self._chances, stacks)
            for (group, rows, plans), (_, _, worth) in zip(planned, list(lived), strict=True):
                better = (self._plans[group][rows] < as_good_as(plans)) & looks.surveyable(group)[:, None]
                stacks[group][rows] = np.where(better, worth, stacks[group][rows])
        self._plans.clear()

    def forget(self, year: int) -> None:
        """Frees ``U`` of the years that no earlier year than ``year`` asks for."""
        for policy in self.policies:
            past = year + policy.reach + self._space.longest - 1
            if past < len(self._space.groups):
                for group in self._space.groups[past]:
                    del policy.values[group]


def follow(
    team: Team,
    group: Group,
    plan: Sequence[Decisions],
    values: dict[Group, Floats],
    rewards: Rewards,
    chances: Chances,
) -> None:
    """Writes ``U`` of the policy that follows ``plan`` from the nodes of a group to ``values[group]``.

    ``values`` has ``U`` of all groups at whose nodes the plan may be over.
    """
    following = Following(chances.space, group, plan)
    split = split_of(group.sizes, following.rows, _BLOCK)
    following.price(rewards, split)
    stacks = {}
    for batch in following.forecast.batches:
        stacks[batch] = np.empty((len(batch.rows), batch.entries))
        contract(team, batch, chances, values[batch.after], stacks[batch])
    reader = Reader(following.forecast.outlooks[0], split, chances, fuse=False)
    made = values[group].reshape(-1, split.rows, split.width)

    def work(workspace: Workspace) -> Callable[[int], None]:
        def follow_block(block: int) -> None:
            worth = workspace.floats("worth", following.rows, split.width)
            reader.read(workspace, stacks, block, worth[1 : 1 + following.due])
            following.run(workspace, block, worth)
            made[following.start, block] = worth[following.first]

        return follow_block

    team.share(work, split.rows)


def evaluate_policies(
    space: InformationSpace,
    periods: Sequence[int],
    limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
    threads: int | None = None,
) -> tuple[float, dict[int, float]]:
    """The exact expected light from the beginning of following the light, and of replanning every ``m`` years.

    Raises TooLarge, before allocating, if that takes more than ``limit`` bytes beside a treasure map on the same nodes.
    """
    needed = space.bytes_needed + _bytes_needed(space, periods)
    if needed > limit:
        raise TooLarge(needed, limit)
    evaluation = _Evaluation(space, periods)
    done = 0
    check = (lambda: progress("replanning", done / space.entries)) if progress else None
    largest = max(len(group.nodes) * group.entries for groups in space.groups for group in groups)
    with Team(threads or (processors() if largest >= _SHARED else 1), check) as team:
        for year in reversed(range(space.problem.years + 1)):
            for group in space.groups[year]:
                evaluation.evaluate(team, group)
                done += group.entries * len(group.nodes)
                if progress:
                    progress("replanning", done / space.entries)
            evaluation.look(team, year)
            evaluation.forget(year)
    follow, *replanning = (float(policy.values[space.where[space.root][0]][0, 0]) for policy in evaluation.policies)
    return follow, dict(zip(periods, replanning, strict=True))


def _bytes_needed(space: InformationSpace, periods: Sequence[int]) -> int:
    """Bytes of each policy's window of years, and of one group's decisions and the expectations that it asks for."""
    by_year = space.entries_by_year
    places = len(space.problem.level.places)
    most_lanes = max((len(lanes) for groups in space.groups for group in groups for lanes in group.lanes), default=1)
    windows = working = 0
    for reach in (1, *periods):
        window = reach + space.longest
        windows += 8 * max(sum(by_year[t : t + window]) for t in range(len(by_year)))
        for year, groups in enumerate(space.groups):
            ahead = sum(len(nodes) for nodes in space.nodes[year + reach : year + window])
            for group in groups:
                asked = min(ahead, len(group.nodes) * most_lanes**reach)
                working = max(working, group.entries * (8 * asked + places * max(periods)))
    return windows + working
