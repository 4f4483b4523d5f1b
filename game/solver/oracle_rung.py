"""What it is worth to follow an oracle, told in the light of whoever follows.

An oracle that never looks is a fixed plan, and priced as one.  For any other the value ``U`` of its policy obeys

    U(node) = r_e + E[ U(node after e) | a ],      e the oracle's lane for what is known at the node,

on nodes with an axis for every current that matters to the follower's light or to the oracle's choice; what it does
there is worked out by `game.solver.open_loop` in the oracle's world.  Where these nodes do not fit, lives are sampled.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from game.solver.bellman import Progress
from game.solver.blocks import Team, processors
from game.solver.evaluation import follow
from game.solver.experiment import simulate
from game.solver.forecast import Chances
from game.solver.information import MEMORY_LIMIT, Group, InformationSpace
from game.solver.open_loop import OpenLoop
from game.solver.oracle import OracleWorld
from game.solver.planner import Planner
from game.solver.plans import best_fixed_plan, plan_value
from game.solver.problem import Floats, Problem
from game.solver.rewards import Rewards
from game.solver.rung import Rung
from game.solver.simulation import Crowd, Lives, Living
from game.solver.size import TooLarge
from game.solver.water import Water

_WORK = 5e9
"""Nanoseconds of work, roughly, that a sample may take on large levels."""

_PART = 512
"""Lives of a sample that are lived together: few, so that it can be ended soon."""

_SHARED = 2**21
"""Entries of the arrays of a group from which on several threads pay."""


def oracle_rung(
    problem: Problem,
    world: OracleWorld,
    *,
    samples: int = 10_000,
    seed: int = 0,
    memory_limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Rung:
    """The expected light, under the weights of ``problem``, of following the oracle of ``world`` from the beginning.

    Exact where it never looks or the nodes fit into ``memory_limit`` bytes; otherwise at most ``samples`` lives are
    lived, fewer where a level is so large that they would take minutes, or if ``seconds`` have passed.
    """
    if world.never_looks:
        return Rung(plan_value(problem, best_fixed_plan(world).lanes))
    told = (lambda fraction: progress("oracles", fraction)) if progress else None
    try:
        return Rung(_exact(problem, world, memory_limit, progress))
    except TooLarge:
        work = problem.years * len(problem.current) * (90 + 2 * problem.years)
        lives = max(2, min(samples, max(500, int(_WORK / work))))
        lived = simulate(
            problem,
            {"oracle": living(problem, world)},
            lives=lives,
            seed=seed,
            progress=told,
            seconds=seconds,
            part=_PART,
        )
        return lived.rung("oracle")


def living(problem: Problem, world: OracleWorld) -> Living:
    """Following the oracle in many landscapes at once."""
    planner = Planner(world)

    def live(water: Water) -> Lives:
        crowd = Crowd(problem, water)
        for year in range(problem.years):
            for place, lives in crowd.by_place(crowd.due(year)):
                states, seen = world.believed(crowd.states[:, lives], crowd.seen[:, lives])
                crowd.take(lives, planner.first_lanes(year, place, states, seen))
        return crowd.lives

    return live


def _exact(problem: Problem, world: OracleWorld, limit: int, progress: Progress | None) -> float:
    """``U`` at the beginning.  Raises TooLarge, before allocating, if that takes more than ``limit`` bytes."""
    told = partial(progress, "oracles") if progress else None
    space = InformationSpace(problem.with_axes(world), limit, told, lasting=0)
    needed = space.bytes_needed + _bytes_needed(space)
    if needed > limit:
        raise TooLarge(needed, limit)
    chances, rewards = Chances(space), Rewards(problem, problem.reward)
    believed = Rewards(world, world.reward, world.unseen)
    values: dict[Group, Floats] = {}
    done = 0
    check = (lambda: told(done / space.entries)) if told else None
    largest = max(len(group.nodes) * group.entries for groups in space.groups for group in groups)
    with Team(processors() if largest >= _SHARED else 1, check) as team:
        for year in reversed(range(problem.years + 1)):
            for group in space.groups[year]:
                values[group] = np.zeros((len(group.nodes), group.entries))
                if group.lanes[0]:
                    plan = OpenLoop(space, group, believed, 1).decide(team)
                    follow(team, group, plan, values, rewards, chances)
                done += group.entries * len(group.nodes)
            past = year + space.longest
            if past < len(space.groups):
                for group in space.groups[past]:
                    del values[group]
    group, row = space.where[space.root]
    return float(values[group][row, 0])


def _bytes_needed(space: InformationSpace) -> int:
    """Bytes of the years whose values are asked for, and of one group's plans and expectations."""
    by_year, window = space.entries_by_year, 1 + space.longest
    values = 8 * max(sum(by_year[t : t + window]) for t in range(len(by_year)))
    lanes = max((sum(map(len, group.lanes)) * group.entries for groups in space.groups for group in groups), default=0)
    return values + 9 * lanes
