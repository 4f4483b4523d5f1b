"""Bounds where no treasure map fits: they hold as often as they promise, and a good guess makes them tight."""

from __future__ import annotations

import itertools
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from waters import random_level, solved

from game.files import read_level
from game.model import Current, Lane, Level, Place, neighbour_shift
from game.solver import (
    Bounds,
    Enough,
    Problem,
    best_fixed_plan,
    bounds,
    solution_as_json,
    solution_as_table,
    solve,
    treasure_map,
)
from game.solver import approximation as approximations
from game.solver.approximation import Approximation, fitted
from game.solver.hindsight import best_paths
from game.solver.planner import Planner
from game.solver.relaxation import relaxed
from game.solver.simulation import Crowd, live_greedily, live_plan, live_replanning
from game.solver.water import Water, paired_water
from game.words import measured

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def delta(seed: int, places: int = 6, currents: int = 5, years: int = 8, sight: int | None = None) -> Level:
    """A level with more currents than the approximation can take together at one place."""
    dice = random.Random(seed)
    names = [f"p{i}" for i in range(places)]
    flows = tuple(
        Current(f"c{i}", ("dry", "flow", "surge"), neighbour_shift(3, dice.uniform(0.3, 0.9)), dice.randrange(3))
        for i in range(currents)
    )
    lanes = []
    for k in range(3 * places):
        light = tuple(sorted(round(dice.uniform(0, 6), 2) for _ in range(3)))
        years_on_it = dice.choice((1, 1, 2))
        head = names[(k + 1) % places] if k < places else dice.choice(names)
        lanes.append(Lane(f"l{k}", "", names[k % places], head, years_on_it, dice.choice(flows).name, (light,)))
    return Level("delta", years, "p0", tuple(Place(n, n, (0.0,)) for n in names), tuple(lanes), flows, sight)


def problem_of(level: Level) -> Problem:
    """A level under weights of one."""
    return Problem(level, level.weights())


def wild(problem: Problem, seed: int) -> Approximation:
    """An approximation fitted to nothing: random numbers in all its terms."""
    dice = np.random.default_rng(seed)
    made = Approximation(problem, cells=9, hops=1)
    for terms in made._terms:
        terms.alone[:] = dice.normal(0, 2, terms.alone.shape)
        terms.near[:] = dice.normal(0, 2, terms.near.shape)
    return made


def crowds(problem: Problem, water: Water) -> dict[str, Crowd]:
    """Lives of several policies, none of which knows the future."""
    planner = Planner(problem)
    return {
        "plan": live_plan(problem, water, best_fixed_plan(problem).lanes),
        "light": live_greedily(problem, water),
        "stepping": live_replanning(planner, water, 1),
        "two years": live_replanning(planner, water, 2),
    }


def holds(found: Bounds, worth: float, confidence: float) -> bool:
    """Whether the interval contains the optimum."""
    low, high = found.interval(confidence)
    return low - 1e-9 <= worth <= high + 1e-9


def test_the_interval_contains_the_optimum_as_often_as_it_promises() -> None:
    """On a hundred small levels of both kinds of sight at most as many intervals miss the optimum as may."""
    missed = {0.95: 0, 0.8: 0}
    for seed in range(100):
        level, weights = random_level(seed)
        worth = solved(seed).ladder.optimal.value
        found = bounds(Problem(level, weights), samples=800, seed=seed, threads=1)
        for confidence in missed:
            missed[confidence] += not holds(found, worth, confidence)
        assert found.lower.value - 5 * found.lower.stderr <= worth + 1e-9
        assert found.upper.value + 5 * found.upper.stderr >= worth - 1e-9
        assert found.upper.value <= found.hindsight.value + 4 * np.hypot(found.upper.stderr, found.hindsight.stderr)
    assert missed[0.95] <= 5
    assert missed[0.8] <= 20


def test_a_rough_guess_gives_wider_bounds_that_hold_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with an approximation that sees every current alone, and is fitted to next to nothing."""
    monkeypatch.setattr(approximations.Approximation.__init__, "__defaults__", (1, 1))
    missed = 0
    for seed in range(60):
        level, weights = random_level(seed)
        found = bounds(Problem(level, weights), samples=400, fit_samples=64, seed=seed, threads=1)
        missed += not holds(found, solved(seed).ladder.optimal.value, 0.95)
    assert missed <= 5


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sight", [None, 1])
def test_larger_levels_are_bounded_too(seed: int, sight: int | None) -> None:
    """With more currents than fit together the bounds hold, and shut out most of what hindsight leaves open."""
    problem = problem_of(delta(seed, sight=sight))
    worth = treasure_map(problem, keep="worth").worth
    found = bounds(problem, samples=4_000, seed=seed)
    assert holds(found, worth, 0.9999)
    assert found.upper.value - worth < 0.5 * (found.hindsight.value - worth) or sight is not None
    assert found.upper.value < found.hindsight.value
    assert (found.guided is None) == (sight is not None)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("sight", [None, 1])
def test_who_does_not_know_the_future_pays_nothing_on_average(seed: int, sight: int | None) -> None:
    """The penalty has mean zero under every policy that goes by what it has seen, even for the wildest guess."""
    problem = problem_of(delta(seed, sight=sight))
    water = paired_water(problem, 2_000, seed)
    lives = crowds(problem, water)
    for guess in (wild(problem, seed), fitted(problem, paired_water(problem, 500, 1))):
        dual = relaxed(guess, water, paths=[crowd.path for crowd in lives.values()])
        for crowd, less in zip(lives.values(), dual.lived, strict=True):
            penalty = (crowd.light - less).reshape(2, -1).mean(axis=0)
            assert abs(penalty.mean()) <= 4.5 * penalty.std(ddof=1) / np.sqrt(len(penalty))
            assert penalty.std() > 0


@pytest.mark.parametrize("seed", range(4))
def test_any_guess_bounds_the_optimum(seed: int) -> None:
    """However wild the guess and whatever the scale, nobody who pays is worth less than the treasure map."""
    problem = problem_of(delta(seed))
    worth = treasure_map(problem, keep="worth").worth
    water = paired_water(problem, 1_000, seed)
    dual = relaxed(wild(problem, seed), water, (1.0, 0.5, -1.0, 3.0))
    for light in dual.best:
        pairs = light.reshape(2, -1).mean(axis=0)
        assert pairs.mean() + 4 * pairs.std() / np.sqrt(len(pairs)) >= worth


@pytest.mark.parametrize("seed", range(4))
def test_without_a_penalty_there_is_hindsight(seed: int) -> None:
    """Scale 0 is the best path of each landscape; any path less its penalty is at most the best one less its own."""
    problem = problem_of(delta(seed))
    water = paired_water(problem, 200, seed)
    lives = crowds(problem, water)
    dual = relaxed(wild(problem, seed), water, (0.0, 1.0), [crowd.path for crowd in lives.values()])
    np.testing.assert_allclose(dual.best[0], best_paths(problem, water), atol=1e-9)
    assert np.all(dual.best[1] >= dual.lived.max(axis=0) - 1e-9)
    assert np.all(dual.best[1] >= dual.guided - 1e-9)


def test_with_the_true_values_nobody_gains_by_knowing() -> None:
    """Where the approximation can take all currents together the bound is all but the optimum in each landscape."""
    problem = problem_of(delta(1, places=3, currents=2, years=5))
    worth = treasure_map(problem).worth
    guess = fitted(problem, paired_water(problem, 50_000, 1))
    dual = relaxed(guess, paired_water(problem, 500, 2))
    assert abs(dual.best[0].mean() - worth) < 0.01
    assert dual.best[0].std() < 0.05 * best_paths(problem, paired_water(problem, 500, 2)).std()


@pytest.mark.parametrize("seed", range(3))
def test_expectations_of_the_guess_are_exact(seed: int) -> None:
    """What lanes are worth on the guess is the sum over all later states by their chances, to the last digit."""
    problem = problem_of(delta(seed, places=4, currents=3, years=4))
    guess = wild(problem, seed)
    now = np.array([[k % 3] for k in (seed, seed + 1, seed + 2)] + [[0]], dtype=np.int8)
    year = 1
    told = guess.lane_values(year, guess.look(now))[:, 0]
    out = problem.departures(year)
    later = np.array([*itertools.product(range(3), repeat=3)], dtype=np.int8).T
    later = np.vstack([later, np.zeros_like(later[:1])])
    for k, e in enumerate(out.lanes):
        years = int(out.durations[k])
        chance = np.prod([problem.powers[i][years][now[i, 0], later[i]] for i in range(3)], axis=0)
        values = guess.values(year + years, guess.look(later))[out.heads[k]]
        light = problem.reward[e, 0, now[problem.current[e], 0]]
        assert told[k] == pytest.approx(light + chance @ values, abs=1e-9)


def test_policies_are_told_right_and_with_small_errors() -> None:
    """Sampled policies agree with their exact worth, and paying the penalty makes their errors smaller."""
    level = delta(2)
    problem = problem_of(level)
    exact = solve(level, level.weights(), hindsight_samples=0).ladder
    found = bounds(problem, periods=(2, 3), samples=4_000, seed=3)
    pairs = [
        (found.follow_the_light, exact.follow_the_light),
        (found.replanning[1], exact.step_by_step),
        *((found.replanning[m], exact.replan_every[m]) for m in (2, 3)),
    ]
    for sampled, known in pairs:
        assert abs(sampled.value - known.value) <= 4.5 * sampled.stderr
    water = paired_water(problem, 2_000, 3)
    plain = live_replanning(Planner(problem), water, 1).light.reshape(2, -1).mean(axis=0)
    assert found.replanning[1].stderr < 0.5 * plain.std() / np.sqrt(2_000)


def test_bounds_are_equal_for_equal_arguments() -> None:
    """Twice the same, by one thread or by two; another seed gives other numbers."""
    problem = problem_of(delta(3))
    first = bounds(problem, samples=3_000, seed=1, threads=1)
    assert bounds(problem, samples=3_000, seed=1, threads=2) == first
    assert bounds(problem, samples=3_000, seed=2) != first
    assert (first.lives, first.complete) == (3_000, True)


def test_interrupted_bounds_keep_what_is_known() -> None:
    """Whenever they are ended there are bounds, and they hold; without a fit, hindsight is the upper one."""
    problem = problem_of(delta(3))
    worth = treasure_map(problem, keep="worth").worth

    def until(fraction: float, error: type[Exception]) -> Bounds:
        def watch(done: float) -> None:
            if done > fraction:
                raise error

        return bounds(problem, samples=20_000, seed=1, progress=watch)

    found = until(0.4, Enough)
    assert 0 < found.lives < 20_000
    assert not found.complete
    assert holds(found, worth, 0.9999)
    early = until(0.05, Enough)
    assert 0 < early.lives < found.lives
    assert early.upper == replace(early.hindsight, method="bound")
    assert holds(early, worth, 0.9999)
    with pytest.raises(ZeroDivisionError):
        until(0.4, ZeroDivisionError)


def test_a_time_budget_of_bounds_is_kept() -> None:
    """With a moment for ten million lives there are some of them, soon, and bounds."""
    problem = problem_of(delta(3))
    began = time.monotonic()
    found = bounds(problem, samples=10**7, seconds=0.5)
    assert time.monotonic() - began < 8
    assert 0 < found.lives < 10**7
    assert not found.complete
    assert found.lower.value <= found.upper.value + 4 * found.upper.stderr


def test_a_short_budget_is_not_spent_on_fitting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The less time there is, the fewer landscapes the approximation is fitted to; without a budget there are most."""
    asked: list[int] = []

    def watched(problem: Problem, water: Water, progress: Callable[[float], None] | None = None) -> Approximation:
        asked.append(water.count)
        return fitted(problem, water, progress)

    monkeypatch.setattr(sys.modules["game.solver.bounds"], "fitted", watched)
    problem = problem_of(delta(3))
    for seconds in (1e-6, 1e-2, None):
        bounds(problem, samples=100, seed=1, seconds=seconds)
    assert 0 < asked[0] < asked[1] < asked[2]


def test_where_nothing_shifts_the_bounds_meet() -> None:
    """In still water plan, bounds and hindsight are one number, without any error."""
    level = read_level(GOLDEN / "still.toml")
    found = bounds(problem_of(level), samples=10)
    worth = found.best_plan.value
    for rung in (found.lower, found.upper, found.hindsight):
        assert (rung.value, rung.stderr) == (pytest.approx(worth), 0.0)
    assert found.interval() == pytest.approx((worth, worth))


def test_a_ladder_has_an_upper_bound_where_the_optimum_is_not_exact() -> None:
    """The upper bound is in ladder, JSON and table where no treasure map fits, and nowhere else."""
    level = read_level(GOLDEN / "grad.toml")
    exact = solve(level, level.weights(), seed=4)
    tight = solve(level, level.weights(), seed=4, memory_limit=1)
    assert exact.ladder.upper is None
    assert "upper_bound" not in solution_as_json(exact, level, "mine")["ladder"]
    assert "at most" not in solution_as_table(exact, level, "mine")
    upper = tight.ladder.upper
    assert upper is not None
    assert upper.method == tight.ladder.optimal.method == "bound"
    assert upper.value + 4 * upper.stderr >= exact.ladder.optimal.value
    assert upper.value - 4 * upper.stderr <= exact.ladder.hindsight.value  # type: ignore[union-attr]
    told = json.loads(json.dumps(solution_as_json(tight, level, "mine")))["ladder"]
    assert told["upper_bound"] == {"value": upper.value, "stderr": upper.stderr, "method": "bound"}
    table = solution_as_table(tight, level, "mine")
    value, error = measured(upper.value, upper.stderr)
    assert f"{value} at most, ± {error}" in " ".join(table.split())


def test_a_life_of_no_lanes_has_bounds_of_nothing() -> None:
    """A level whose only lane is longer than the years is worth nothing from below and from above."""
    level = read_level(GOLDEN / "still.toml")
    stuck = replace(level, lanes=(replace(level.lanes[0], years=9),))
    found = bounds(problem_of(stuck), samples=10)
    assert (found.lower.value, found.upper.value, found.hindsight.value) == (0.0, 0.0, 0.0)
