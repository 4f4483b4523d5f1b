"""What a level is worth, told by the solver: whether there is something to choose, and what a fixed plan would lose."""

from __future__ import annotations

from dataclasses import dataclass

from game.model import Level, Weights
from game.solver import MEMORY_LIMIT, Problem, Progress, Rung, TooLarge, best_fixed_plan, bounds, fitting_map
from game.solver.evaluation import evaluate_policies
from game.solver.plans import TIE
from game.words import give_or_take, number, say


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
    samples: int = 10_000,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Appraisal:
    """The appraisal of a level under a value function (None: the level's own default).

    Where the exact answer does not fit into ``memory_limit`` bytes at most ``samples`` lives are lived, and no more
    than there is time for in ``seconds``.  ``progress(stage, fraction)`` is called often and may raise to interrupt.
    """
    problem = Problem(level, level.weights() if weights is None else weights)
    chart = None
    try:
        chart = fitting_map(problem, memory_limit, progress)
        _, replanning = evaluate_policies(chart.space, (1,), memory_limit, progress)
        return Appraisal(Rung(best_fixed_plan(problem).value), Rung(replanning[1]), Rung(chart.worth))
    except TooLarge:
        told = (lambda done: progress("sampling", done)) if progress else None
        known = bounds(problem, samples=samples, seconds=seconds, progress=told)
        least = max((known.lower, known.follow_the_light, *known.replanning.values()), key=lambda rung: rung.value)
        optimal = Rung(least.value, least.stderr, "bound") if chart is None else Rung(chart.worth)
        return Appraisal(Rung(known.best_plan.value), known.replanning[1], optimal)


def sentences(appraisal: Appraisal) -> list[str]:
    """The appraisal in sentences, in the language that is spoken."""
    if appraisal.exact and not appraisal.gap:
        return [say("generator.worth_plan", value=_worth(appraisal.best_fixed_plan)), say("generator.worth_equal")]
    lines = [
        say("generator.worth_plan", value=_worth(appraisal.best_fixed_plan)),
        say("generator.worth_step", value=_worth(appraisal.step_by_step)),
        say("generator.worth_map", value=_worth(appraisal.optimal)),
        say("generator.worth_gap", gap=_gap(appraisal), percent=f"{100 * appraisal.loss:.1f}"),
    ]
    return lines if appraisal.exact else [*lines, say("generator.worth_sampled")]


def _worth(rung: Rung) -> str:
    if rung.method == "exact":
        return number(rung.value)
    return give_or_take(rung.value, rung.stderr)


def _gap(appraisal: Appraisal) -> str:
    """The gap; its error is that of the optimum, since the plan's worth is exact."""
    if appraisal.optimal.method == "exact":
        return number(appraisal.gap)
    return give_or_take(appraisal.gap, appraisal.optimal.stderr)
