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
from game.solver.tally import Check, Enough, Tally, pair_means, tallied
from game.solver.water import Water, paired_water

SCALES = (1.0, 0.9, 0.75, 0.5)
"""How strong the penalty may be; without any it is hindsight."""

_FIT = 8192
"""Landscapes to which the approximation is fitted, if nobody says otherwise."""

_PILOT = 512
"""Landscapes by which the lower policy and the strength of the penalty are chosen."""

_FIRST, _GROWTH = 64, 2
"""Pairs of landscapes in the first part of the sample that counts, and by how much parts grow."""

_FITTING_SHARE, _CHOOSING_SHARE = 0.25, 0.15
"""Of a time budget, or else of twice the work of the sample that counts, for fitting and for choosing."""

_LEAST_FIT, _LEAST_PILOT = 256, 64
"""Landscapes for fitting and for choosing, however short the budget."""

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
    ``seconds`` fewer count where a level is so large that they would take minutes.  A budget runs from the call, and a
    part of it is for fitting and choosing, by fewer landscapes where it is short; a first few landscapes always count.
    Equal arguments give equal answers, except for how many landscapes a budget has room for.

    ``progress`` may raise `game.solver.tally.Enough`.  While the approximation is fitted that leaves hindsight as the
    upper bound, and in any case the first few landscapes are lived.
    """
    began = time.monotonic()
    told = progress or _silent
    survey = _Survey(problem, [1, *(m for m in periods if m != 1)], seed)
    enough = False
    try:
        told(0.0)
        survey.prepare(fit_samples, seconds, lambda done: told(0.25 * done), threads)
    except Enough:
        enough = True
    pairs = max(1, samples // 2)
    if seconds is None:
        pairs = min(pairs, max(250, int(_WORK / survey.work / 2)))
    sizes = _sizes(pairs, survey.pairs)
    tally = tallied(
        survey.names,
        lambda k, check: survey.part(sizes[k], check, _SAMPLING, k),
        1 if enough else len(sizes),
        seconds=None if seconds is None else max(1e-9, seconds - (time.monotonic() - began)),
        progress=None if enough else lambda done: told(0.25 + 0.75 * done),
        threads=threads,
        patient=True,
    )
    tally.complete = tally.units == pairs
    return survey.told(tally)


def _sizes(pairs: int, most: int) -> list[int]:
    """The pairs of each part: few at first, so that something is known soon, then more, which takes less time each."""
    sizes, size = [], min(_FIRST, most)
    while pairs:
        sizes.append(min(size, pairs))
        pairs -= sizes[-1]
        size = min(_GROWTH * size, most)
    return sizes


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
        self._lower, self._scale = "replan 1", 0.0
        self._greatest = spread(problem) if problem.relevant(0, problem.start) else 0.0
        places, lanes, years = len(problem.level.places), len(problem.current), problem.years
        a_life = (problem.constant + 1) * (years + 20) + 8 * years * (len(periods) + 3)
        self.pairs = max(32, min(_PART_LIVES, _PART_BYTES // a_life) // 2)
        states, spans = sum(problem.sizes), len(set(problem.duration.tolist())) + 1
        plans = sum(1 / m for m in periods)
        self.work = years * (lanes * (90 + 2 * years * plans) + 0.2 * places * states * spans)
        """Nanoseconds that a life takes in all columns, roughly."""
        self._fit_work = years * (30 * lanes + 0.3 * places * states)
        self._pilot_work = years * lanes * (200 + 2 * years)

    @property
    def names(self) -> list[str]:
        """The columns; "plan" and "plan, penalised" have the known expectation of the best fixed plan."""
        policies = ["follow", *(f"replan {m}" for m in self._periods)]
        return ["upper", "hindsight", "guided", "plan, penalised", *policies, "plan"]

    def prepare(self, fit_samples: int, seconds: float | None, told: Told, threads: int | None) -> None:
        """Fits the approximation, and chooses the lower policy and the scale of the penalty.

        Where it is broken off before there is an approximation, there is no penalty.
        """
        room = 1e9 * seconds if seconds is not None else 2 * _WORK
        fit_samples = min(fit_samples, max(_LEAST_FIT, int(_FITTING_SHARE * room / self._fit_work)))
        pilot_samples = min(_PILOT, max(_LEAST_PILOT, int(_CHOOSING_SHARE * room / self._pilot_work)))
        water = paired_water(self.problem, max(1, fit_samples // 2), self._seed, _FITTING)
        self._approximation = fitted(self.problem, water, lambda done: told(0.5 * done))
        self._scale = SCALES[0]
        pairs = min(self.pairs, pilot_samples // 2)
        names = [*map(str, SCALES), "hindsight", "guided", "replan 1"]
        parts = -(-pilot_samples // 2 // pairs)
        pilot = tallied(
            names,
            lambda k, check: self._pilot_part(pairs, check, k),
            parts,
            progress=lambda done: told(0.5 + 0.5 * done),
            threads=threads,
        )
        self._scale = min((*SCALES, 0.0), key=lambda c: pilot.mean(str(c) if c else "hindsight"))
        if self._guides and pilot.mean("guided") > pilot.mean("replan 1"):
            self._lower = "guided"

    def part(self, pairs: int, check: Check, *purpose: int) -> list[Floats]:
        """All columns in some landscapes; ``check`` is called often."""
        water = self._water(pairs, *purpose)
        crowds = [live_plan(self.problem, water, self.best.lanes), live_greedily(self.problem, water, _calling(check))]
        crowds += [self._replanned(water, m, check) for m in self._periods]
        hindsight = best_paths(self.problem, water, lambda stage, done: check())
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

    def _pilot_part(self, pairs: int, check: Check, k: int) -> list[Floats]:
        water = self._water(pairs, _PILOTING, k)
        dual = relaxed(self._approximation, water, SCALES, [self._replanned(water, 1, check).path])
        return [pair_means(x) for x in (*dual.best, best_paths(self.problem, water), dual.guided, dual.lived[0])]

    def _water(self, pairs: int, *purpose: int) -> Water:
        return paired_water(self.problem, pairs, self._seed, *purpose)

    def _replanned(self, water: Water, m: int, check: Check) -> Crowd:
        return live_replanning(self._planner, water, m, _calling(check))

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


def _calling(check: Check) -> Told:
    """Something to tell progress that only checks whether it is still wanted."""
    return lambda done: check()


def _silent(fraction: float) -> None:
    """Progress that nobody watches."""
