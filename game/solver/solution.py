"""The whole answer for a level and a value function, as one value that can be sent from process to process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.model import Level, Weights
from game.solver.bellman import Announce, Progress, TreasureMap, fitting_map
from game.solver.distribution import PlanDistribution, plan_distribution
from game.solver.information import LASTING, MEMORY_LIMIT
from game.solver.ladder import Ladder, ladder
from game.solver.plans import Plan, best_fixed_plan, count_plans, naive_plan
from game.solver.problem import Problem
from game.solver.size import TooLarge, size_in_words
from game.words import say


@dataclass(frozen=True)
class Solution:
    """What a debrief needs.

    Where ``treasure_map`` is None, or does not keep all, ``declined`` says why in one plain sentence.
    """

    problem: Problem
    ladder: Ladder
    best_plan: Plan
    naive_plan: Plan
    plan_count: int
    plans: PlanDistribution
    treasure_map: TreasureMap | None
    declined: str = ""


def solve(
    level: Level,
    weights: Weights,
    *,
    hindsight_samples: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    memory_limit: int = MEMORY_LIMIT,
    plan_limit: int = 200_000,
    seconds: float | None = None,
    folder: Path | None = None,
    announce: Announce | None = None,
) -> Solution:
    """Everything there is to know about ``level`` under ``weights``.

    ``progress(stage, fraction)`` is called often and may raise to interrupt.  ``memory_limit`` is the room in bytes for
    exact answers, and ``plan_limit`` the number of plans up to which all of them are listed.  ``seconds`` are for what
    has to be sampled.  In ``folder``, if there is one, the treasure map is kept as files mapped into memory;
    ``announce`` is told what it will take before anything is allocated.
    """
    if progress:
        progress("plans", 0.0)
    problem = Problem(level, weights)
    best, naive, count = best_fixed_plan(problem), naive_plan(problem), count_plans(problem)
    plans = plan_distribution(problem, plan_limit, seed)
    if progress:
        progress("plans", 1.0)
    chart, declined = None, ""
    try:
        chart = fitting_map(problem, memory_limit, progress, folder=folder, announce=announce)
        if chart.keep != "all":
            whole = size_in_words(chart.space.entries * LASTING["all"])
            declined = say(f"solve.kept_{chart.keep}", size=whole, limit=size_in_words(memory_limit))
    except TooLarge as too_large:
        declined = str(too_large)
    rungs = ladder(
        problem,
        chart,
        hindsight_samples=hindsight_samples,
        seed=seed,
        memory_limit=memory_limit,
        progress=progress,
        seconds=seconds,
    )
    return Solution(problem, rungs, best, naive, count, plans, chart, declined)
