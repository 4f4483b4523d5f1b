"""The ladder: seven ways to live, each the expected total light from year 0.

For every fixed plan ``p``:   value(p) <= best fixed plan <= one step at a time <= the treasure map <= hindsight.
(Bertsekas, *Dynamic Programming and Optimal Control*, vol. I, "Open-loop feedback control", on OLFC against open loop;
the rest is elementary.)  Following the light and m-year plans have no such order among themselves.

Plans are exact in every level.  Where the nodes of the treasure map fit into memory the policies are exact as well;
otherwise they are sampled, and in place of the optimum stands the best of them, a lower bound, hindsight being the
upper.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.solver.bellman import Progress, TreasureMap
from game.solver.evaluation import evaluate_policies
from game.solver.hindsight import best_paths, paired, spread
from game.solver.information import MEMORY_LIMIT
from game.solver.plans import Plan, best_fixed_plan, naive_plan
from game.solver.problem import Problem
from game.solver.simulation import controlled_mean, follow_light, follow_map, follow_plan, replan
from game.solver.size import TooLarge
from game.solver.water import sample_water

PERIODS = (2, 3, 5, 10, 20)
"""The lengths of m-year plans on the ladder, as far as they are below the horizon."""

_WORK = 1.5e9


@dataclass(frozen=True)
class Rung:
    """An expected light: ``method`` "exact" (``stderr`` 0), "sampled", or "bound" (a lower bound, by sampling)."""

    value: float
    stderr: float = 0.0
    method: str = "exact"


@dataclass(frozen=True)
class Ladder:
    """The rungs; ``replan_every`` by length of the plan; ``hindsight`` is None where it was not asked for."""

    follow_the_light: Rung
    naive_plan: Rung
    best_fixed_plan: Rung
    replan_every: dict[int, Rung]
    step_by_step: Rung
    optimal: Rung
    hindsight: Rung | None

    @property
    def adaptivity_gap(self) -> float:
        """What the best fixed plan lacks of the optimum."""
        return self.optimal.value - self.best_fixed_plan.value


def ladder(
    problem: Problem,
    treasure_map: TreasureMap | None = None,
    *,
    hindsight_samples: int = 10_000,
    policy_samples: int = 10_000,
    seed: int = 0,
    memory_limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
) -> Ladder:
    """The ladder of a problem: exact with its treasure map, sampled without.

    ``hindsight_samples`` 0 leaves hindsight out.  ``policy_samples`` is the greatest number of lives for a sampled
    rung; fewer are lived where a level is so large that they would take minutes.  Where the policies take more than
    ``memory_limit`` bytes they are sampled even if there is a treasure map.
    """
    progress = progress or _silent
    best, naive = best_fixed_plan(problem), naive_plan(problem)
    periods = [m for m in PERIODS if m < problem.years]
    exact = _exact(treasure_map, periods, memory_limit, progress) if treasure_map else None
    follow, policies = exact or _sampled(problem, best, periods, policy_samples, seed, progress)
    if treasure_map:
        optimal = Rung(treasure_map.worth)
    else:
        reached = max([follow, *policies.values(), Rung(best.value), Rung(naive.value)], key=lambda rung: rung.value)
        optimal = Rung(reached.value, reached.stderr, "bound")
    hindsight = None
    if hindsight_samples:
        hindsight = hindsight_rung(problem, best, treasure_map, hindsight_samples, seed, progress)
    return Ladder(
        follow_the_light=follow,
        naive_plan=Rung(naive.value),
        best_fixed_plan=Rung(best.value),
        replan_every={m: policies[m] for m in periods},
        step_by_step=policies[1],
        optimal=optimal,
        hindsight=hindsight,
    )


def hindsight_rung(
    problem: Problem, best: Plan, treasure_map: TreasureMap | None, samples: int, seed: int, progress: Progress
) -> Rung:
    """Hindsight by sampling, paired with the treasure map or else the best plan; exact where nothing can shift."""
    if problem.relevant(0, problem.start) == 0:
        return Rung(best.value)
    water = sample_water(problem, samples, seed)
    light = best_paths(problem, water, progress)
    if treasure_map:
        lived, worth = follow_map(treasure_map, water), treasure_map.worth
    else:
        lived, worth = follow_plan(problem, water, best.lanes), best.value
    return Rung(*paired(light, lived, worth, spread(problem)), "sampled")


def _exact(
    treasure_map: TreasureMap, periods: list[int], memory_limit: int, progress: Progress
) -> tuple[Rung, dict[int, Rung]] | None:
    """Following the light, and replanning every 1 and every ``periods`` years; None where that does not fit."""
    try:
        follow, replanning = evaluate_policies(treasure_map.space, [1, *periods], memory_limit, progress)
    except TooLarge:
        return None
    return Rung(follow), {m: Rung(value) for m, value in replanning.items()}


def _sampled(
    problem: Problem, best: Plan, periods: list[int], samples: int, seed: int, progress: Progress
) -> tuple[Rung, dict[int, Rung]]:
    """Following the light, and replanning every 1 and every ``periods`` years, in the same sampled landscapes."""
    a_life = problem.years**2 * len(problem.current) * (1 + sum(1 / m for m in periods))
    samples = int(min(samples, max(100, _WORK / a_life)))
    water = sample_water(problem, samples, seed)
    control = follow_plan(problem, water, best.lanes)
    lengths = [1, *periods]
    stages = len(lengths) + 1

    def step(stage: int, fraction: float) -> None:
        progress("sampling", (stage + fraction) / stages)

    follow = controlled_mean(follow_light(problem, water, lambda f: step(0, f)), control, best.value)
    policies = {}
    for k, m in enumerate(lengths):
        light = replan(problem, water, m, lambda f, k=k: step(k + 1, f))  # type: ignore[misc]
        policies[m] = Rung(*controlled_mean(light, control, best.value), "sampled")
    return Rung(*follow, "sampled"), policies


def _silent(stage: str, fraction: float) -> None:
    """Progress that nobody watches."""
