"""Experiments: several ways to live, in the same landscapes, through as many lives as there is time for.

    simulate(problem, {"the map": charted_map(chart).live, "stepping": charted_replanning(chart.space, 1).live})

The landscapes are drawn once, in antithetic pairs, and lived in by every policy (common random numbers), so that
differences between policies have far smaller errors than the policies themselves (`Simulation.difference`).  They are
drawn and lived in part by part: memory stays bounded, however many lives there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from game.solver.plans import best_fixed_plan
from game.solver.problem import Floats, Problem
from game.solver.rung import Rung
from game.solver.simulation import Living, follow_plan
from game.solver.tally import Check, Tally, pair_means, tallied
from game.solver.water import paired_water

_EXPERIMENT = 4
_CONTROL = "the best fixed plan"
_PART_LIVES = 2**15
_PART_BYTES = 2**27


@dataclass(frozen=True)
class Simulation:
    """What was seen: ``lives`` of each policy, ``decisions`` of all lives of each; ``complete`` unless ended early.

    ``control`` is the exact worth of the best fixed plan, which is lived in the same landscapes.
    """

    tally: Tally
    decisions: Mapping[str, int]
    control: float

    @property
    def lives(self) -> int:
        """How many lives of each policy were lived."""
        return 2 * self.tally.units

    @property
    def complete(self) -> bool:
        """Whether all lives that were asked for were lived."""
        return self.tally.complete

    def rung(self, name: str) -> Rung:
        """What a policy is worth, with the best fixed plan as a control variate."""
        return Rung(*self.tally.estimate(name, {_CONTROL: self.control}), "sampled")

    def difference(self, name: str, other: str) -> tuple[float, float]:
        """By how much one policy is worth more than another, and the standard error of that."""
        return self.tally.difference(name, other)


def simulate(
    problem: Problem,
    policies: Mapping[str, Living],
    *,
    lives: int = 1_000_000,
    seed: int = 0,
    seconds: float | None = None,
    progress: Callable[[float], None] | None = None,
    threads: int | None = None,
    part: int | None = None,
) -> Simulation:
    """``lives`` lives (rounded up to pairs) of each of ``policies``, named ways to live.

    ``policies`` are called from several threads at once.  After ``seconds`` no part is counted but the first;
    ``progress`` is told the fraction done and may raise `game.solver.tally.Enough` to be given what is known so far.
    ``part`` is the number of lives in a part; equal parts and seeds give equal landscapes, however many parts there was
    time for.
    """
    plan = best_fixed_plan(problem)
    pairs = -(-lives // 2)
    most = max(1, (part or _lives_of_a_part(problem)) // 2)
    decisions = [dict[str, int]() for _ in range(-(-pairs // most))]

    def live(k: int, check: Check) -> list[Floats]:
        water = paired_water(problem, min(most, pairs - k * most), seed, _EXPERIMENT, k)
        columns = []
        for name, policy in policies.items():
            check()
            light, decisions[k][name] = policy(water)
            columns.append(pair_means(light))
        return [*columns, pair_means(follow_plan(problem, water, plan.lanes))]

    tally = tallied([*policies, _CONTROL], live, len(decisions), seconds=seconds, progress=progress, threads=threads)
    counted = -(-tally.units // most)
    return Simulation(tally, {name: sum(of[name] for of in decisions[:counted]) for name in policies}, plan.value)


def _lives_of_a_part(problem: Problem) -> int:
    """As many lives as keep the arrays of a part small: landscapes, and what each life knows."""
    a_life = (problem.constant + 1) * (problem.years + 1 + 4 * 8) + 8 * problem.years + 64
    return max(64, min(_PART_LIVES, _PART_BYTES // a_life))
