"""Between which bounds the optimum lies, where no treasure map fits: many lives, and a penalty for knowing the future.

*Below*: every policy is worth at most the optimum.  One step at a time is lived in sampled landscapes, and with
everything in sight also the policy guided by the approximate value function of `game.solver.approximation`; the better
of them is the lower bound, never below the best fixed plan, whose worth is exact.  *Above*: the best path of each
landscape, less a penalty for having known it (`game.solver.relaxation`), or hindsight where the penalty does not help.

Three samples are drawn, independent of each other: one to fit the approximation, a small one to choose the lower policy
and how strong the penalty is, and the one that counts.  So nothing is chosen by the numbers that are then reported.
Every policy lives in the same landscapes (common random numbers), in antithetic pairs, and its light is told less the
penalty along its own path, which has mean zero and takes most of the noise away.  The best fixed plan, whose worth is
known exactly, serves as a control variate on top.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from game.solver.approximation import Approximation, fitted
from game.solver.hindsight import best_paths, spread
from game.solver.planner import Planner
from game.solver.plans import Plan, best_fixed_plan
from game.solver.problem import Floats, Problem
from game.solver.relaxation import relaxed
from game.solver.rung import Rung
from game.solver.simulation import Crowd, live_greedily, live_plan, live_replanning
from game.solver.tally import Tally, pair_means, tallied
from game.solver.water import Water, paired_water

SCALES = (1.0, 0.9, 0.75, 0.5)
"""How strong the penalty may be; without any it is hindsight."""

_FIT = 8192
"""Landscapes to which the approximation is fitted, if nobody says otherwise."""

_PILOT = 512
"""Landscapes by which the lower policy and the strength of the penalty are chosen."""

_PART_BYTES = 2**25
_PART_LIVES = 2**11
_FITTING, _SAMPLING, _PILOTING = 1, 2, 3

_WORK = 2e10
"""Nanoseconds of work, roughly, that the sample that counts may take on large levels, if nobody says otherwise."""

Told = Callable[[float], None]
"""Told the fraction that is done; may raise `game.solver.tally.Enough` to be given what is known so far."""


@dataclass(frozen=True)
class Bounds:
    """The optimum from below and from above, by sampling.

    ``follow_the_light`` and ``replanning`` (by years; 1 is one step at a time) are what the policies are worth,
    ``guided`` the same of the policy on the approximate value function, None with limited sight; ``best_plan`` is
    exact.  ``scale`` is the strength of the penalty, ``lives`` the number of landscapes counted; ``complete`` is False
    if the sample was ended early, by time or by whoever watches.
    """

    lower: Rung
    upper: Rung
    hindsight: Rung
    follow_the_light: Rung
    replanning: dict[int, Rung]
    guided: Rung | None
    best_plan: Plan
    scale: float
    lives: int
    complete: bool

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """An interval that holds the optimum with at least this confidence, as far as errors are normal.

        Either end may fail with half of what is left.
        """
        z = NormalDist().inv_cdf(0.5 + confidence / 2)
        low = max(self.lower.value - z * self.lower.stderr, self.best_plan.value)
        return low, max(low, self.upper.value + z * self.upper.stderr)


def bounds(
    problem: Problem,
    *,
    periods: Sequence[int] = (),
    samples: int = 10_000,
    fit_samples: int = _FIT,
    seed: int = 0,
    seconds: float | None = None,
    progress: Told | None = None,
    threads: int | None = None,
) -> Bounds:
    """Bounds for the optimum of ``problem``, with the worth of following the light and of replanning.

    ``periods`` are the m-year plans that are lived besides one step at a time.  ``samples`` is the greatest number of
    landscapes that count, ``fit_samples`` the number to which the approximation is fitted; without a time budget of
    ``seconds`` fewer count where a level is so large that they would take minutes.  A budget runs from the call;
    fitting and choosing are not cut short.  Equal arguments give equal
    answers, except for how many landscapes a budget has room for.
    """
    began = time.monotonic()
    told = progress or _silent
    survey = _Survey(problem, [1, *(m for m in periods if m != 1)], seed)
    told(0.0)
    survey.prepare(fit_samples, lambda done: told(0.25 * done), threads)
    pairs = max(1, samples // 2)
    if seconds is None:
        pairs = min(pairs, max(250, int(_WORK / survey.work / 2)))
    parts = -(-pairs // survey.pairs)
    tally = tallied(
        survey.names,
        lambda k: survey.part(min(survey.pairs, pairs - k * survey.pairs), _SAMPLING, k),
        parts,
        seconds=None if seconds is None else max(1e-9, seconds - (time.monotonic() - began)),
        progress=lambda done: told(0.25 + 0.75 * done),
        threads=threads,
    )
    return survey.told(tally)


class _Survey:
    """The columns of the sample: policies, less penalties, and best paths, in the same landscapes."""

    def __init__(self, problem: Problem, periods: list[int], seed: int) -> None:
        self.problem = problem
        self.best = best_fixed_plan(problem)
        self._periods = periods
        self._seed = seed
        self._planner = Planner(problem)
        self._approximation = Approximation(problem)
        self._guides = problem.level.sight is None
        self._lower, self._scale = "replan 1", 1.0
        self._greatest = spread(problem) if problem.relevant(0, problem.start) else 0.0
        places, lanes, years = len(problem.level.places), len(problem.current), problem.years
        a_life = (problem.constant + 1) * (years + 20) + 8 * years * (len(periods) + 3)
        self.pairs = max(32, min(_PART_LIVES, _PART_BYTES // a_life) // 2)
        states, spans = sum(problem.sizes), len(set(problem.duration.tolist())) + 1
        plans = sum(1 / m for m in periods)
        self.work = years * (lanes * (90 + 2 * years * plans) + 0.2 * places * states * spans)
        """Nanoseconds that a life takes in all columns, roughly."""

    @property
    def names(self) -> list[str]:
        """The columns; "plan" and "plan, penalised" have the known expectation of the best fixed plan."""
        policies = ["follow", *(f"replan {m}" for m in self._periods)]
        return ["upper", "hindsight", "guided", "plan, penalised", *policies, "plan"]

    def prepare(self, fit_samples: int, told: Told, threads: int | None) -> None:
        """Fits the approximation, and chooses the lower policy and the scale of the penalty."""
        water = paired_water(self.problem, max(1, fit_samples // 2), self._seed, _FITTING)
        self._approximation = fitted(self.problem, water, lambda done: told(0.5 * done))
        pairs = min(self.pairs, _PILOT // 2)
        names = [*map(str, SCALES), "hindsight", "guided", "replan 1"]
        parts = -(-_PILOT // 2 // pairs)
        pilot = tallied(
            names,
            lambda k: self._pilot_part(pairs, k),
            parts,
            progress=lambda done: told(0.5 + 0.5 * done),
            threads=threads,
        )
        self._scale = min((*SCALES, 0.0), key=lambda c: pilot.mean(str(c) if c else "hindsight"))
        if self._guides and pilot.mean("guided") > pilot.mean("replan 1"):
            self._lower = "guided"

    def part(self, pairs: int, *purpose: int) -> list[Floats]:
        """All columns in some landscapes."""
        water = self._water(pairs, *purpose)
        crowds = [live_plan(self.problem, water, self.best.lanes), live_greedily(self.problem, water)]
        crowds += [self._replanned(water, m) for m in self._periods]
        hindsight = best_paths(self.problem, water)
        dual = relaxed(self._approximation, water, (self._scale or 1.0,), [crowd.path for crowd in crowds])
        upper = dual.best[0] if self._scale else hindsight
        columns = [upper, hindsight, dual.guided, *dual.lived, crowds[0].light]
        return [pair_means(column) for column in columns]

    def told(self, tally: Tally) -> Bounds:
        """The bounds that a tally gives."""
        policies = {m: self._rung(tally, f"replan {m}") for m in self._periods}
        guided = self._rung(tally, "guided") if self._guides else None
        reached = guided if guided is not None and self._lower == "guided" else policies[1]
        lower = Rung(max(reached.value, self.best.value), reached.stderr, "bound")
        upper = self._rung(tally, "upper")
        # Nobody who is lived here looks through a spyglass.  Whoever does knows no more than the bound from above
        # allows for, but may be glad of the price.
        glad = max(0.0, -self.problem.look_price) * max(0, self.problem.years - 1)
        return Bounds(
            lower=lower,
            upper=Rung(upper.value + glad, upper.stderr, "bound"),
            hindsight=self._rung(tally, "hindsight"),
            follow_the_light=self._rung(tally, "follow"),
            replanning=policies,
            guided=guided,
            best_plan=self.best,
            scale=self._scale,
            lives=2 * tally.units,
            complete=tally.complete,
        )

    def _pilot_part(self, pairs: int, k: int) -> list[Floats]:
        water = self._water(pairs, _PILOTING, k)
        dual = relaxed(self._approximation, water, SCALES, [self._replanned(water, 1).path])
        return [pair_means(x) for x in (*dual.best, best_paths(self.problem, water), dual.guided, dual.lived[0])]

    def _water(self, pairs: int, *purpose: int) -> Water:
        return paired_water(self.problem, pairs, self._seed, *purpose)

    def _replanned(self, water: Water, m: int) -> Crowd:
        return live_replanning(self._planner, water, m)

    def _rung(self, tally: Tally, name: str) -> Rung:
        """The expectation of a column.

        What was never sampled cannot show in the deviation.  So the error has a term for one unseen pair of landscapes
        that lies as far from the others as light lies apart in the sample, or where it does not, in any two lives.
        """
        controls = {"plan": self.best.value, "plan, penalised": self.best.value}
        value, error = tally.estimate(name, controls)
        extent = max(map(tally.extent, (name, "hindsight", "plan")))
        unseen = extent if extent > 1e-9 * max(1.0, self._greatest) else self._greatest
        return Rung(value, float(np.hypot(error, unseen / tally.units)), "sampled")


def _silent(fraction: float) -> None:
    """Progress that nobody watches."""
