"""The ladder: seven ways to live, each the expected total light from year 0.

For every fixed plan ``p``:   value(p) <= best fixed plan <= one step at a time <= the treasure map <= hindsight.
(Bertsekas, *Dynamic Programming and Optimal Control*, vol. I, "Open-loop feedback control", on OLFC against open loop;
the rest is elementary.)  Following the light and m-year plans have no such order among themselves.

Plans are exact in every level.  Where the treasure map fits into memory, or at least its worth can be had there, the
optimum is exact; so are the policies where they fit beside it.  Otherwise policies are sampled, and in place of an
optimum that is not known stand two bounds (`game.solver.bounds`): the best of the policies, and above it what hindsight
is worth when it has to pay for what it knows.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from game.solver.bellman import Progress, TreasureMap, treasure_map
from game.solver.bounds import Bounds, bounds
from game.solver.evaluation import evaluate_policies
from game.solver.hindsight import best_paths, paired, spread
from game.solver.information import MEMORY_LIMIT
from game.solver.oracle import OracleWorld
from game.solver.oracle_rung import oracle_rung
from game.solver.plans import Plan, best_fixed_plan, naive_plan
from game.solver.problem import Problem
from game.solver.rung import Rung
from game.solver.simulation import follow_map, follow_plan
from game.solver.size import TooLarge
from game.solver.tally import Enough
from game.solver.water import sample_water

PERIODS = (2, 3, 5, 10, 20)
"""The lengths of m-year plans on the ladder, as far as they are below the horizon."""

_ORACLE_SHARE = 0.15
"""Of the time that everything else has, what each oracle has."""


@dataclass(frozen=True)
class Ladder:
    """The rungs; ``replan_every`` by length of the plan; ``hindsight`` is None where it was not asked for.

    ``upper`` is an upper bound of the optimum, None where ``optimal`` is exact.  ``oracles`` has a rung for each oracle
    of the level that there was time for, by its name in file order: what it brings to follow it, in the light of
    whoever follows.  ``unaided`` is what the treasure map is worth without the spyglass, None where there is none or
    ``optimal`` is not exact.

    With a spyglass the treasure map and one step at a time look through it where that pays, as
    `game.solver.evaluation` says.  Nobody else looks, nor do sampled lives.
    """

    follow_the_light: Rung
    naive_plan: Rung
    best_fixed_plan: Rung
    replan_every: dict[int, Rung]
    step_by_step: Rung
    optimal: Rung
    hindsight: Rung | None
    upper: Rung | None = None
    oracles: dict[str, Rung] = field(default_factory=dict)
    unaided: Rung | None = None

    @property
    def adaptivity_gap(self) -> float:
        """What the best fixed plan lacks of the optimum."""
        return self.optimal.value - self.best_fixed_plan.value


def ladder(
    problem: Problem,
    chart: TreasureMap | None = None,
    *,
    hindsight_samples: int = 10_000,
    policy_samples: int = 10_000,
    seed: int = 0,
    memory_limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Ladder:
    """The ladder of a problem: exact with its treasure map, sampled without.

    ``hindsight_samples`` 0 leaves hindsight out.  ``policy_samples`` is the greatest number of lives for sampled rungs
    and bounds; fewer are lived where a level is so large that they would take minutes, or if there are ``seconds`` for
    them and these have passed; each oracle has a share of them, and hindsight is that of the same lives.  Where the
    policies take more than ``memory_limit`` bytes they are sampled even if there is a treasure map.  ``progress`` may
    raise `game.solver.tally.Enough` to go on with what is known so far.
    """
    progress = progress or _silent
    best, naive = best_fixed_plan(problem), naive_plan(problem)
    periods = [m for m in PERIODS if m < problem.years]
    exact = _exact(chart, periods, memory_limit, progress) if chart else None
    upper = known = None
    shares = 1 + _ORACLE_SHARE * len(problem.level.oracles)
    if exact:
        follow, policies = exact
    else:
        known = bounds(
            problem,
            periods=periods,
            samples=policy_samples,
            seed=seed,
            seconds=None if seconds is None else seconds / shares,
            progress=lambda fraction: progress("sampling", fraction),
        )
        follow, policies = known.follow_the_light, known.replanning
        optimal, upper = _reached(known, naive), known.upper
    if chart:
        optimal, upper = Rung(chart.worth), None
    unaided = _unaided(problem, memory_limit) if chart and problem.level.spyglass else None
    hindsight = known.hindsight if known and hindsight_samples else None
    if hindsight_samples and not (known and seconds is not None):
        with suppress(Enough):  # half of the landscapes are no fair sample, so they do not count
            hindsight = hindsight_rung(problem, best, chart, hindsight_samples, seed, progress)
    oracles = {}
    for oracle in problem.level.oracles:
        with suppress(Enough):  # nothing is known of it yet, so it is left out
            oracles[oracle.name] = oracle_rung(
                problem,
                OracleWorld(problem.level, problem.weights, oracle),
                samples=policy_samples,
                seed=seed,
                memory_limit=memory_limit,
                progress=progress,
                seconds=None if seconds is None else seconds * _ORACLE_SHARE / shares,
            )
    return Ladder(
        follow_the_light=follow,
        naive_plan=Rung(naive.value),
        best_fixed_plan=Rung(best.value),
        replan_every={m: policies[m] for m in periods},
        step_by_step=policies[1],
        optimal=optimal,
        hindsight=hindsight,
        upper=upper,
        oracles=oracles,
        unaided=unaided,
    )


def _unaided(problem: Problem, memory_limit: int) -> Rung | None:
    """What the treasure map is worth without the spyglass."""
    try:
        return Rung(treasure_map(problem.unaided(), memory_limit, keep="worth").worth)
    except TooLarge:
        return None


def _reached(known: Bounds, naive: Plan) -> Rung:
    """The lower bound of the optimum: the best of all ways of living that are known."""
    policies = [known.lower, known.follow_the_light, *known.replanning.values(), Rung(naive.value)]
    best = max(policies, key=lambda rung: rung.value)
    return Rung(best.value, best.stderr, "bound")


def hindsight_rung(
    problem: Problem, best: Plan, chart: TreasureMap | None, samples: int, seed: int, progress: Progress
) -> Rung:
    """Hindsight by sampling, paired with the treasure map or else the best plan; exact where nothing can shift."""
    if problem.relevant(0, problem.start) == 0 and problem.look_price >= 0:
        return Rung(best.value)
    water = sample_water(problem, samples, seed)
    light = best_paths(problem, water, progress)
    # A map that hardly fits is not copied into tables, and with a spyglass it is lived in otherwise.
    if chart and chart.keep == "all" and not problem.level.spyglass:
        lived, worth = follow_map(chart, water), chart.worth
    else:
        lived, worth = follow_plan(problem, water, best.lanes), best.value
    return Rung(*paired(light, lived, worth, spread(problem)), "sampled")


def _exact(
    chart: TreasureMap, periods: list[int], memory_limit: int, progress: Progress
) -> tuple[Rung, dict[int, Rung]] | None:
    """Following the light, and replanning every 1 and every ``periods`` years; None where that does not fit."""
    try:
        follow, replanning = evaluate_policies(chart.space, [1, *periods], memory_limit, progress)
    except TooLarge:
        return None
    return Rung(follow), {m: Rung(value) for m, value in replanning.items()}


def _silent(stage: str, fraction: float) -> None:
    """Progress that nobody watches."""
