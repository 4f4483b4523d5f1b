"""Many lives at once: the same lives as one by one, the same water for all, honest errors, and an end at any time."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pytest
from waters import random_level, solved

from game.model import Level, Weights
from game.solver import (
    Enough,
    FollowTheLight,
    Problem,
    ReplanEvery,
    Simulation,
    StepByStep,
    TooLarge,
    TreasureMap,
    simulate,
    treasure_map,
)
from game.solver.charted import charted_greedy, charted_map, charted_replanning
from game.solver.planner import Planner
from game.solver.simulation import Lives, follow_plan, live_alone, live_greedily, live_plan, live_replanning
from game.solver.tally import Check, Tally, pair_means, tallied
from game.solver.water import Water, paired_water

SEEDS = range(0, 60, 4)


def chart_of(seed: int) -> TreasureMap:
    """The treasure map of a random level."""
    chart = solved(seed).treasure_map
    assert chart is not None
    return chart


def alike(lives: Lives | tuple[np.ndarray, int], others: Lives) -> None:
    """Asserts that lives brought the same light with as many decisions."""
    np.testing.assert_allclose(lives[0], others[0], atol=1e-9)
    assert lives[1] == others[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_charted_lives_are_the_lives_of_the_game(seed: int) -> None:
    """Policies as tables bring exactly the light, by as many decisions, as the game's own step one life at a time."""
    chart = chart_of(seed)
    problem = chart.problem
    water = paired_water(problem, 30, seed)
    alike(charted_map(chart).live(water), live_alone(problem, chart, water))
    alike(charted_greedy(chart.space).live(water), live_alone(problem, FollowTheLight(problem), water))
    for m in (1, 2, 3):
        alike(charted_replanning(chart.space, m).live(water), live_alone(problem, ReplanEvery(problem, m), water))


@pytest.mark.parametrize("seed", SEEDS)
def test_planning_lives_are_the_lives_of_the_game(seed: int) -> None:
    """So do lives that plan afresh, and a planner that remembers says what a new one says."""
    level, weights = random_level(seed)
    problem = Problem(level, weights)
    planner = Planner(problem)
    for k in range(2):
        water = paired_water(problem, 30, seed, k)
        alike(live_replanning(planner, water, 1).lives, live_alone(problem, StepByStep(problem), water))
        alike(live_greedily(problem, water).lives, live_alone(problem, FollowTheLight(problem), water))
        for m in (2, 3):
            alike(live_replanning(planner, water, m).lives, live_alone(problem, ReplanEvery(problem, m), water))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_path_says_which_lanes_were_taken(seed: int) -> None:
    """The path of a crowd, followed as a plan in each single landscape, brings the same light."""
    level, weights = random_level(seed)
    problem = Problem(level, weights)
    water = paired_water(problem, 8, seed)
    crowd = live_replanning(Planner(problem), water, 1)
    for k in range(water.count):
        lanes = problem.lane_ids(tuple(e for e in crowd.path[:, k].tolist() if e >= 0))
        alone = live_plan(problem, Water(water.states[:, :, k : k + 1]), lanes)
        assert alone.light[0] == pytest.approx(crowd.light[k], abs=1e-9)
        assert follow_plan(problem, water, lanes)[k] == pytest.approx(crowd.light[k], abs=1e-9)


def test_tables_too_large_are_declined() -> None:
    """Tables that would not fit are refused with their size."""
    with pytest.raises(TooLarge):
        charted_replanning(chart_of(0).space, 3, limit=10)


def test_paired_water_has_the_chances_of_its_currents() -> None:
    """Both halves follow the marginals of the chains, no step is impossible, and partners err against each other."""
    level, weights = random_level(5)
    problem = Problem(level, weights)
    states = paired_water(problem, 20_000, 4).states
    assert np.array_equal(states, paired_water(problem, 20_000, 4).states)
    assert not np.array_equal(states, paired_water(problem, 20_000, 4, 1).states)
    for i, current in enumerate(level.currents):
        for year in range(level.years):
            told = problem.powers[i][year][current.start]
            for half in (slice(0, 20_000), slice(20_000, 40_000)):
                share = np.bincount(states[year, i, half], minlength=current.size) / 20_000
                assert np.all(np.abs(share - told) <= 5 * np.sqrt(told * (1 - told) / 20_000) + 1e-12)
            assert np.all(current.transition[states[year, i], states[year + 1, i]] > 0)
        first, second = states[1, i, :20_000].astype(float), states[1, i, 20_000:].astype(float)
        assert np.all(first == first[0]) or np.corrcoef(first, second)[0, 1] < 0


def test_every_policy_lives_in_the_same_water() -> None:
    """A policy under two names differs by exactly nothing, and who lives beside it changes nothing for it."""
    chart = chart_of(3)
    live = charted_map(chart).live
    both = simulate(chart.problem, {"one": live, "other": live}, lives=3_000, seed=5, part=500)
    assert both.difference("one", "other") == (0.0, 0.0)
    alone = simulate(chart.problem, {"one": live}, lives=3_000, seed=5, part=500)
    assert alone.tally.mean("one") == both.tally.mean("one")
    assert alone.decisions["one"] == both.decisions["one"] == both.decisions["other"]


def test_common_water_tells_policies_apart() -> None:
    """The difference of two policies is right, and its error smaller than in separate water."""
    solution = solved(9)
    chart = chart_of(9)
    policies = {"often": charted_replanning(chart.space, 1).live, "seldom": charted_replanning(chart.space, 2).live}
    seen = simulate(chart.problem, policies, lives=20_000, seed=1)
    difference, error = seen.difference("often", "seldom")
    told = solution.ladder.step_by_step.value - solution.ladder.replan_every[2].value
    assert abs(difference - told) <= 4 * error + 1e-9
    assert error < np.hypot(seen.tally.estimate("often")[1], seen.tally.estimate("seldom")[1])


def test_the_answer_does_not_depend_on_the_threads() -> None:
    """One thread, two and four give the same means to the last bit; another seed gives others."""
    chart = chart_of(7)
    policies = {"map": charted_map(chart).live}
    runs = [simulate(chart.problem, policies, lives=4_001, seed=2, part=300, threads=n) for n in (1, 2, 4)]
    assert {run.tally.mean("map") for run in runs} == {runs[0].tally.mean("map")}
    assert {run.lives for run in runs} == {4_002}
    assert all(run.complete for run in runs)
    assert simulate(chart.problem, policies, lives=4_001, seed=3, part=300).tally.mean("map") != runs[0].tally.mean(
        "map"
    )


def test_an_interrupted_experiment_keeps_what_is_known() -> None:
    """Ended after three parts it is the experiment of three parts, to the last bit, and says that it was cut short."""
    chart = chart_of(7)
    policies = {"map": charted_map(chart).live}
    told: list[float] = []

    def watch(done: float) -> None:
        told.append(done)
        if len(told) == 3:
            raise Enough

    cut = simulate(chart.problem, policies, lives=10_000, seed=2, part=500, progress=watch)
    short = simulate(chart.problem, policies, lives=1_500, seed=2, part=500)
    assert (cut.lives, cut.complete, short.complete) == (1_500, False, True)
    assert (cut.rung("map"), cut.decisions) == (short.rung("map"), short.decisions)
    assert told == pytest.approx([0.05, 0.1, 0.15])


def test_what_else_is_raised_passes_on() -> None:
    """An exception that is not `Enough` ends the experiment, whether whoever watches raises it or a policy."""
    chart = chart_of(7)

    def cry(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        simulate(chart.problem, {"map": charted_map(chart).live}, lives=1_000, progress=cry)
    with pytest.raises(ZeroDivisionError):
        simulate(chart.problem, {"map": cry}, lives=1_000)  # type: ignore[dict-item]


def test_a_time_budget_is_kept() -> None:
    """With a fifth of a second for a hundred million lives there are some lives, soon."""
    chart = chart_of(7)
    began = time.monotonic()
    seen = simulate(chart.problem, {"map": charted_map(chart).live}, lives=10**8, seconds=0.2, part=2_000)
    assert time.monotonic() - began < 5
    assert 0 < seen.lives < 10**8
    assert not seen.complete
    assert 0 < seen.tally.estimate("map")[1] < 1


def test_memory_does_not_grow_with_the_number_of_lives() -> None:
    """Half a million lives take hardly more memory than fifty thousand."""
    chart = chart_of(7)
    policies = {"map": charted_map(chart).live}

    def peak(lives: int) -> int:
        tracemalloc.start()
        simulate(chart.problem, policies, lives=lives, part=10_000, threads=2)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(500_000) < 1.5 * peak(50_000) + 2**20


@pytest.mark.parametrize("seed", [3, 7, 10])
def test_standard_errors_are_honest(seed: int) -> None:
    """Over 200 experiments the exact worth lies within 1.96 standard errors about 95 times of 100."""
    chart, solution = chart_of(seed), solved(seed)
    stepping = charted_replanning(chart.space, 1)
    inside = {"map": 0, "stepping": 0}
    worth = {"map": solution.ladder.optimal.value, "stepping": solution.ladder.step_by_step.value}
    policies = {"map": charted_map(chart).live, "stepping": stepping.live}
    for k in range(200):
        seen = simulate(chart.problem, policies, lives=600, seed=k, threads=1)
        for name in inside:
            value, error = seen.tally.estimate(name)
            inside[name] += abs(value - worth[name]) <= 1.96 * error + 1e-9
    assert all(hits >= 178 for hits in inside.values()), inside


def test_controls_leave_the_expectation_as_it_is() -> None:
    """With the best plan as a control variate a rung is still right, and its error not greater."""
    chart, solution = chart_of(9), solved(9)
    seen = simulate(chart.problem, {"map": charted_map(chart).live}, lives=20_000, seed=8)
    rung = seen.rung("map")
    assert rung.method == "sampled"
    assert abs(rung.value - solution.ladder.optimal.value) <= 4 * rung.stderr + 1e-9
    assert rung.stderr <= seen.tally.estimate("map")[1] * (1 + 1e-3)


def test_a_tally_is_the_statistics_of_all_its_parts() -> None:
    """Means, errors, differences and controls are those of numpy on all numbers at once."""
    dice = np.random.default_rng(1)
    control, x = dice.normal(3, 2, 1_000), dice.normal(size=1_000)
    y = 2 * control + x
    tally = Tally(("x", "y", "control"))
    for part in np.split(np.arange(1_000), [1, 2, 300, 301, 900]):
        tally.add((x[part], y[part], control[part]))
    assert tally.mean("x") == pytest.approx(x.mean())
    assert tally.estimate("x") == pytest.approx((x.mean(), x.std(ddof=1) / np.sqrt(1_000)))
    assert tally.difference("y", "x") == pytest.approx(((y - x).mean(), (y - x).std(ddof=1) / np.sqrt(1_000)))
    slope, *_ = np.polyfit(control, y, 1)
    value, error = tally.estimate("y", {"control": 3.0})
    assert value == pytest.approx(y.mean() - slope * (control.mean() - 3))
    assert error == pytest.approx(np.std(y - slope * control, ddof=2) / np.sqrt(1_000))
    assert tally.extent("x") == np.ptp(x)


def test_a_tally_of_next_to_nothing_knows_no_error() -> None:
    """From one unit there is a mean and an infinite error; a control that never varies does no harm."""
    tally = Tally(("x", "still"))
    tally.add((np.array([2.0]), np.array([1.0])))
    assert tally.estimate("x") == (2.0, float("inf"))
    assert tally.difference("x", "still") == (1.0, float("inf"))
    tally.add((np.array([3.0, 4.0]), np.array([1.0, 1.0])))
    assert tally.estimate("x", {"still": 1.0})[0] == pytest.approx(3.0)


def test_parts_are_counted_in_order_whoever_is_first() -> None:
    """A part that takes long is waited for: what is counted never depends on who was quicker."""

    def part(k: int, check: Check) -> list[np.ndarray]:
        time.sleep(0.02 if k == 0 else 0.0)
        return [np.array([float(k), float(k)])]

    slow = tallied(["k"], part, 6, threads=3)
    assert (slow.units, slow.mean("k"), slow.complete) == (12, 2.5, True)


def test_parts_that_nobody_wants_any_more_end() -> None:
    """Once it is enough, parts in hand are ended where they check, and those before them are what is known."""
    ended = []

    def part(k: int, check: Check) -> list[np.ndarray]:
        try:
            for _ in range(10_000 if k else 0):
                check()
                time.sleep(0.001)
        except BaseException:
            ended.append(k)
            raise
        return [np.array([float(k)])]

    def enough(done: float) -> None:
        if done > 0:
            raise Enough

    known = tallied(["k"], part, 3, threads=2, progress=enough)
    assert (known.units, known.complete) == (1, False)
    assert 1 in ended


def test_who_is_patient_has_the_first_part() -> None:
    """Enough before anything is counted is passed on, but where one is patient the first part is waited for."""

    def part(k: int, check: Check) -> list[np.ndarray]:
        time.sleep(0.3)
        check()
        return [np.array([float(k)])]

    def enough(done: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        tallied(["k"], part, 3, progress=enough)
    known = tallied(["k"], part, 3, progress=enough, patient=True)
    assert (known.units, known.mean("k"), known.complete) == (1, 0.0, False)


def test_pairs_are_told_by_their_means() -> None:
    """The halves of antithetic values are averaged partner by partner."""
    assert pair_means(np.array([1.0, 2.0, 5.0, 8.0])).tolist() == [3.0, 5.0]


def test_an_experiment_tells_its_lives() -> None:
    """Decisions are counted for each policy: in a level of one-year lanes there is one a year."""
    level: Level
    weights: Weights
    level, weights = random_level(0)
    problem = Problem(level, weights)
    chart = treasure_map(problem)
    seen: Simulation = simulate(problem, {"map": charted_map(chart).live}, lives=100)
    water_lives = live_alone(problem, chart, paired_water(problem, 50, 0, 4, 0))
    assert seen.decisions["map"] == water_lives.decisions
    assert seen.tally.mean("map") == pytest.approx(water_lives.light.mean())
