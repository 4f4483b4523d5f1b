"""The solver against brute force on two hundred random levels of both kinds of sight."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from waters import brute_force, random_level, solved

from game.model import begin, draw_landscape, open_lanes
from game.simulate import Record, live, lived
from game.solver import (
    FollowTheLight,
    Problem,
    ReplanEvery,
    StepByStep,
    best_fixed_plan,
    choice_and_luck,
    plan_distribution,
    plan_value,
    treasure_map,
)

LEVELS = range(200)
NEAR = 1e-9


@pytest.mark.parametrize("seed", LEVELS)
def test_every_rung_is_that_of_brute_force(seed: int) -> None:
    """Each rung agrees to 1e-9 with recursion over every path and every joint landscape."""
    brute, rungs = brute_force(seed), solved(seed).ladder
    assert rungs.best_fixed_plan.value == pytest.approx(brute.best_plan[1], abs=NEAR)
    assert rungs.naive_plan.value == pytest.approx(brute.naive[1], abs=NEAR)
    assert rungs.follow_the_light.value == pytest.approx(brute.greedy, abs=NEAR)
    assert rungs.step_by_step.value == pytest.approx(brute.replanning(1), abs=NEAR)
    assert set(rungs.replan_every) == {m for m in (2, 3, 5, 10, 20) if m < brute.level.years}
    for m, rung in rungs.replan_every.items():
        assert rung.value == pytest.approx(brute.replanning(m), abs=NEAR)
    assert rungs.optimal.value == pytest.approx(brute.optimal, abs=NEAR)
    assert rungs.hindsight is not None
    assert abs(rungs.hindsight.value - brute.hindsight) <= 4 * rungs.hindsight.stderr + NEAR


@pytest.mark.parametrize("seed", LEVELS)
def test_every_plan_is_that_of_brute_force(seed: int) -> None:
    """Dynamic programming counts, finds and prices the same plans as enumeration, ties included."""
    brute, solution = brute_force(seed), solved(seed)
    ids = [lane.id for lane in brute.level.lanes]
    assert solution.best_plan.lanes == tuple(ids[k] for k in brute.best_plan[0])
    assert solution.naive_plan.lanes == tuple(ids[k] for k in brute.naive[0])
    assert solution.plan_count == len(brute.plan_values)
    assert solution.plans.complete
    np.testing.assert_allclose(solution.plans.values, brute.plan_values, atol=NEAR, rtol=0)
    assert plan_value(solution.problem, solution.best_plan.lanes) == pytest.approx(solution.best_plan.value, abs=NEAR)


@pytest.mark.parametrize("seed", LEVELS)
def test_the_rungs_stand_in_order(seed: int) -> None:
    """Fixed plan <= one step at a time <= treasure map <= hindsight, as the theorem says."""
    rungs = solved(seed).ladder
    assert rungs.hindsight is not None
    assert rungs.naive_plan.value <= rungs.best_fixed_plan.value + NEAR
    assert rungs.best_fixed_plan.value <= rungs.step_by_step.value + NEAR
    others = (rungs.step_by_step, rungs.follow_the_light, *rungs.replan_every.values())
    assert max(rung.value for rung in others) <= rungs.optimal.value + NEAR
    assert rungs.optimal.value <= rungs.hindsight.value + 4 * rungs.hindsight.stderr + NEAR


@pytest.mark.parametrize("seed", LEVELS)
def test_choice_and_luck_sum_to_the_light(seed: int) -> None:
    """Total light = V(s0) - sum of regrets + sum of lucks, to 1e-9, whatever was chosen in whatever water."""
    level, weights = random_level(seed)
    solution = solved(seed)
    chart = solution.treasure_map
    assert chart is not None
    pick = np.random.default_rng(seed)

    class Whim:
        """Takes any lane."""

        def choose(self, life):  # type: ignore[no-untyped-def]
            return pick.choice([lane.id for lane in open_lanes(level, life)])

    for water in range(3):
        landscape = draw_landscape(level, 1000 * seed + water)
        for policy in (Whim(), chart, FollowTheLight(solution.problem)):
            record = live(level, policy, landscape)
            decisions = choice_and_luck(chart, record, weights)
            told = chart.value(record.start) + sum(d.luck - d.regret for d in decisions)
            assert told == pytest.approx(record.total(weights), abs=NEAR)
            assert all(d.regret >= 0 for d in decisions)
            if policy is chart:
                assert all(d.regret <= NEAR and d.lane == d.best_lane for d in decisions)


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_policies_live_up_to_their_worth(seed: int) -> None:
    """Policies asked life by life, in every landscape there is, have on average exactly the worth of the ladder."""
    level, weights = random_level(seed)
    solution, brute = solved(seed), brute_force(seed)
    problem, rungs = solution.problem, solution.ladder
    assert solution.treasure_map is not None
    policies = [
        (StepByStep(problem), rungs.step_by_step),
        (FollowTheLight(problem), rungs.follow_the_light),
        (solution.treasure_map, rungs.optimal),
        *((ReplanEvery(problem, m), rung) for m, rung in rungs.replan_every.items()),
    ]
    for policy, rung in policies:
        mean = sum(chance * live(level, policy, water).total(weights) for chance, water in brute.landscapes())
        assert mean == pytest.approx(rung.value, abs=NEAR)


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_luck_has_mean_zero(seed: int) -> None:
    """Averaged over every landscape, luck sums to nothing, also for somebody who chooses badly."""
    level, weights = random_level(seed)
    solution, brute = solved(seed), brute_force(seed)
    assert solution.treasure_map is not None
    mean = 0.0
    for chance, water in brute.landscapes():
        record = live(level, FollowTheLight(solution.problem), water)
        mean += chance * sum(d.luck for d in choice_and_luck(solution.treasure_map, record, weights))
    assert mean == pytest.approx(0, abs=NEAR)


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_q_and_v_agree_in_the_middle_of_a_life(seed: int) -> None:
    """At every fork of a life V is the greatest Q, the plan from there on is worth no more, and the choice has it."""
    level, _ = random_level(seed)
    solution = solved(seed)
    chart = solution.treasure_map
    assert chart is not None
    for record in lived(level, FollowTheLight(solution.problem), draw_landscape(level, seed)):
        lanes = open_lanes(level, record.life)
        if not lanes:
            assert chart.value(record.life) == 0
            continue
        q = {lane.id: chart.q(record.life, lane.id) for lane in lanes}
        value = chart.value(record.life)
        assert value == pytest.approx(max(q.values()), abs=NEAR)
        assert q[chart.choose(record.life)] == pytest.approx(value, abs=NEAR)
        assert best_fixed_plan(solution.problem, record.life).value <= value + NEAR


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_the_plans_of_one_landscape_are_priced_by_what_it_brings(seed: int) -> None:
    """The distribution in one landscape is the light of each path in that very water."""
    brute, solution = brute_force(seed), solved(seed)
    for water, (_, landscape) in list(enumerate(brute.landscapes()))[::7]:
        told = plan_distribution(solution.problem, landscape=landscape)
        by_hand = sorted(brute.path_light(path, water) for path in brute.paths(0, brute.level.start))
        np.testing.assert_allclose(told.values, by_hand, atol=NEAR, rtol=0)


def test_the_random_levels_are_worth_testing_on() -> None:
    """In many of the levels the rungs differ, and in some it matters how far one can see."""
    ladders = [solved(seed).ladder for seed in LEVELS]
    assert sum(rungs.adaptivity_gap > 1e-6 for rungs in ladders) >= 60
    assert sum(rungs.optimal.value > rungs.step_by_step.value + 1e-6 for rungs in ladders) >= 10
    blind = 0
    for seed in LEVELS:
        level, weights = random_level(seed)
        everything = treasure_map(Problem(dataclasses.replace(level, sight=None), weights)).worth
        assert everything >= ladders[seed].optimal.value - NEAR
        blind += everything > ladders[seed].optimal.value + 1e-6
    assert blind >= 5


def test_a_life_cut_short_still_balances() -> None:
    """Of an unfinished life, light so far + V(now) = V(s0) - sum of regrets + sum of lucks."""
    level, weights = random_level(3)
    solution = solved(3)
    chart = solution.treasure_map
    assert chart is not None
    record = Record(begin(level)).extended(level, chart.choose(begin(level)), draw_landscape(level, 1))
    decisions = choice_and_luck(chart, record, weights)
    told = chart.value(record.start) + sum(d.luck - d.regret for d in decisions)
    assert told == pytest.approx(record.total(weights) + chart.value(record.life), abs=NEAR)
