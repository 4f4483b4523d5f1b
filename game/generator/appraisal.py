"""What a level is worth, told by the solver: whether there is something to choose, and what a fixed plan would lose."""

from __future__ import annotations

from dataclasses import dataclass

from game.model import Level, Weights
from game.solver import MEMORY_LIMIT, Problem, Progress, Rung, TooLarge, best_fixed_plan, fitting_map, ladder
from game.solver.evaluation import evaluate_policies
from game.solver.plans import TIE


@dataclass(frozen=True)
class Appraisal:
    """Three rungs of a level's ladder; where the exact answer does not fit, the last two are sampled.

    Then ``optimal`` is a lower bound.
    """

    best_fixed_plan: Rung
    step_by_step: Rung
    optimal: Rung

    @property
    def exact(self) -> bool:
        """Whether all three are exact."""
        return self.step_by_step.method == self.optimal.method == "exact"

    @property
    def gap(self) -> float:
        """The adaptivity gap: what the best fixed plan lacks of the optimum; 0 where the two count as equal."""
        gap = self.optimal.value - self.best_fixed_plan.value
        return gap if gap > TIE * max(1.0, abs(self.optimal.value)) else 0.0

    @property
    def loss(self) -> float:
        """The adaptivity gap as a share of the optimum; 0 where there is no gap."""
        return self.gap / abs(self.optimal.value) if self.gap and self.optimal.value else 0.0


def appraise(
    level: Level,
    weights: Weights | None = None,
    *,
    memory_limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
) -> Appraisal:
    """The appraisal of a level under a value function (None: the level's own default).

    ``progress(stage, fraction)`` is called often and may raise to interrupt.
    """
    problem = Problem(level, level.weights() if weights is None else weights)
    chart = None
    try:
        chart = fitting_map(problem, memory_limit, progress)
        _, replanning = evaluate_policies(chart.space, (1,), memory_limit, progress)
        return Appraisal(Rung(best_fixed_plan(problem).value), Rung(replanning[1]), Rung(chart.worth))
    except TooLarge:
        rungs = ladder(problem, chart, hindsight_samples=0, memory_limit=memory_limit, progress=progress)
        return Appraisal(rungs.best_fixed_plan, rungs.step_by_step, rungs.optimal)
