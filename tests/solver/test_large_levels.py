"""Levels for which the exact answer does not fit: what is declined, what stands in its place, and what stays exact."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from waters import random_level, solved

from game.model import Current, Lane, Level, Place, begin, draw_landscape, neighbour_shift, open_lanes
from game.simulate import live
from game.solver import (
    Keep,
    NotKept,
    Problem,
    StepByStep,
    TooLarge,
    count_plans,
    estimate,
    fitting_map,
    plan_distribution,
    solution_as_table,
    solve,
    treasure_map,
)
from game.solver.hindsight import best_paths
from game.solver.information import NODE_BYTES
from game.solver.simulation import Crowd, follow_map, follow_plan, replan
from game.solver.size import size_in_words
from game.solver.water import sample_water, water_of


def garden(currents: int, states: int, years: int, sight: int | None = None) -> Level:
    """One place with a lane for every current, so that all of them matter until the end."""
    flows = tuple(
        Current(f"c{i}", tuple(f"s{k}" for k in range(states)), neighbour_shift(states, 0.3 + 0.6 * i / currents), 0)
        for i in range(currents)
    )
    lanes = tuple(
        Lane(f"l{i}", "", "here", "here", 1, c.name, (tuple(float(k + i % 3) for k in range(states)),))
        for i, c in enumerate(flows)
    )
    return Level("garden", years, "here", (Place("here", "Here", (0.0,)),), lanes, flows, sight)


def regions(count: int) -> Level:
    """A chain of places, each with a current of its own beside a lane of the bank: forty currents, few at a time."""
    places = tuple(Place(f"p{i}", "", (0.0,)) for i in range(count + 1))
    flows = tuple(Current(f"c{i}", ("dry", "flow"), ((0.6, 0.4), (0.3, 0.7)), i % 2) for i in range(count))
    lanes = []
    for i in range(count):
        lanes.append(Lane(f"river{i}", "", f"p{i}", f"p{i + 1}", 1, f"c{i}", ((0.0, 3.0),)))
        lanes.append(Lane(f"bank{i}", "", f"p{i}", f"p{i + 1}", 1, None, ((1.6,),)))
    return Level("regions", count, "p0", places, tuple(lanes), flows, 1)


def test_a_level_too_large_is_declined_before_anything_is_allocated() -> None:
    """Sixty-four currents of eight states are refused at once, with the size and a plain sentence, in little memory."""
    problem = Problem(garden(64, 8, 30), (1.0,))
    tracemalloc.start()
    with pytest.raises(TooLarge, match=r"about 10\^60 bytes") as refused:
        treasure_map(problem)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**24
    assert refused.value.bytes_needed > 8 * 8**64
    assert not refused.value.at_least


def test_limited_sight_that_forks_without_end_is_declined_while_counting() -> None:
    """Where even the situations are too many to list, the size told is a lower bound, and says so."""
    with pytest.raises(TooLarge, match="more than") as refused:
        treasure_map(Problem(random_level(4)[0], random_level(4)[1]), limit=20_000)
    assert refused.value.at_least
    assert refused.value.bytes_needed > refused.value.limit == 20_000


def test_a_year_that_cannot_fit_is_declined_while_few_situations_are_listed() -> None:
    """With limited sight the first year whose values are too many ends the listing, whatever would be kept."""
    level = garden(40, 3, 30, sight=1)
    watched: list[float] = []
    with pytest.raises(TooLarge) as refused:
        fitting_map(Problem(level, (1.0,)), 2**20, lambda stage, done: watched.append(done))
    assert refused.value.at_least
    assert refused.value.bytes_needed > 2**20
    assert len(watched) < 2**20 // NODE_BYTES // 4
    assert estimate(Problem(garden(3, 3, 30, sight=1), (1.0,)), 2**20).bytes < 2**20


def test_what_was_declined_is_sampled_and_marked() -> None:
    """A declined solution keeps its plans exact, samples the policies, and gives a lower bound for the optimum."""
    level = garden(9, 3, 6)
    exact = solve(level, (1.0,), seed=1)
    small = solve(level, (1.0,), seed=1, memory_limit=100_000)
    assert exact.treasure_map is not None
    assert exact.declined == ""
    assert small.treasure_map is None
    assert small.declined.startswith("The exact answer for this level would take")
    assert small.ladder.best_fixed_plan == exact.ladder.best_fixed_plan
    assert small.ladder.naive_plan == exact.ladder.naive_plan
    assert small.plan_count == exact.plan_count == 9**6
    assert small.ladder.optimal.method == "bound"
    pairs = [
        (small.ladder.step_by_step, exact.ladder.step_by_step),
        (small.ladder.follow_the_light, exact.ladder.follow_the_light),
        *((small.ladder.replan_every[m], exact.ladder.replan_every[m]) for m in exact.ladder.replan_every),
    ]
    for sampled, known in pairs:
        assert (sampled.method, known.method) == ("sampled", "exact")
        assert 0 < sampled.stderr < 0.2
        assert abs(sampled.value - known.value) <= 4 * sampled.stderr
    low, high = small.ladder.optimal, small.ladder.hindsight
    assert high is not None
    assert low.value - 4 * low.stderr <= exact.ladder.optimal.value <= high.value + 4 * high.stderr


@pytest.mark.parametrize("keep", ["policy", "worth"])
def test_a_map_that_does_not_fit_whole_keeps_what_does(keep: Keep) -> None:
    """Less room costs the values, then the policy; the optimum stays exact, and the solution says what is gone."""
    level = garden(7, 3, 12)
    problem = Problem(level, (1.0,))
    whole = treasure_map(problem)
    room = estimate(problem, keep=keep).bytes
    chart = fitting_map(problem, room)
    assert chart.keep == keep
    assert chart.worth == pytest.approx(whole.worth, abs=1e-9)
    with pytest.raises(TooLarge):
        fitting_map(problem, estimate(problem, keep="worth").bytes - 1)
    if keep == "policy":
        assert all(np.array_equal(chart.choices[node], of_node) for node, of_node in whole.choices.items())
    with pytest.raises(NotKept):
        chart.q(begin(level), level.lanes[0].id)
    solution = solve(level, (1.0,), hindsight_samples=100, memory_limit=room)
    assert (solution.ladder.optimal.method, solution.ladder.upper) == ("exact", None)
    assert solution.ladder.optimal.value == pytest.approx(whole.worth, abs=1e-9)
    assert "all the same" in solution.declined
    told = solution_as_table(solution, level, "mine")
    assert solution.declined in told
    assert ("sampled, with their standard errors" in told) == (solution.ladder.step_by_step.method == "sampled")


def test_between_the_limits_the_map_is_exact_and_the_policies_are_sampled() -> None:
    """Where the treasure map fits and the evaluation of policies beside it does not, only the policies are sampled."""
    level = garden(6, 3, 12)
    whole = solve(level, (1.0,), hindsight_samples=0)
    assert whole.treasure_map is not None
    tight = solve(level, (1.0,), hindsight_samples=0, memory_limit=estimate(Problem(level, (1.0,))).bytes)
    assert tight.ladder.optimal == whole.ladder.optimal
    assert (tight.ladder.optimal.method, tight.ladder.step_by_step.method) == ("exact", "sampled")
    assert (
        abs(tight.ladder.step_by_step.value - whole.ladder.step_by_step.value) <= 4 * tight.ladder.step_by_step.stderr
    )


def test_forty_currents_in_different_regions_stay_exact() -> None:
    """With limited sight a current not seen since the beginning takes no room, so forty of them are no trouble.

    In region i, in year i, the river flows with chance p_i = e_i P^i and the boat sees it: max(3, 1.6) p + 1.6 (1 - p).
    """
    level = regions(40)
    rungs = solve(level, (1.0,), hindsight_samples=0).ladder
    chances = [np.linalg.matrix_power(np.array([[0.6, 0.4], [0.3, 0.7]]), i)[i % 2, 1] for i in range(40)]
    assert rungs.optimal.method == "exact"
    assert rungs.optimal.value == pytest.approx(sum(3 * p + 1.6 * (1 - p) for p in chances), abs=1e-9)
    assert rungs.best_fixed_plan.value == pytest.approx(sum(max(3 * p, 1.6) for p in chances), abs=1e-9)


def test_counts_are_exact_beyond_any_float() -> None:
    """Seven lanes a year for a hundred years are 7^100 plans to the last digit, and a sample is drawn evenly."""
    problem = Problem(garden(7, 2, 100), (1.0,))
    assert count_plans(problem) == 7**100
    plans = plan_distribution(problem, limit=2_000, seed=3)
    assert (plans.complete, plans.count, len(plans.values)) == (False, 7**100, 2_000)
    assert np.all(np.diff(plans.values) >= 0)
    mean = problem.reward[:, :100, 0].mean(axis=0).sum()  # an even choice of plan is an even choice of lane each year
    assert abs(plans.values.mean() - mean) < 5 * plans.values.std() / np.sqrt(2_000)


def test_a_sample_of_plans_has_the_distribution_of_all() -> None:
    """Counting backwards draws every plan equally often: no quantile strays further than chance allows."""
    solution = next(s for s in map(solved, itertools.count()) if s.plan_count > 60)
    sample = plan_distribution(solution.problem, limit=50, seed=9)
    assert not sample.complete
    big = np.concatenate([plan_distribution(solution.problem, limit=50, seed=k).values for k in range(80)])
    every = solution.plans.values
    for quantile in (0.1, 0.3, 0.5, 0.7, 0.9):
        at = np.quantile(every, quantile) + 1e-9
        share = np.mean(every <= at)
        assert abs(np.mean(big <= at) - share) < 5 * np.sqrt(share * (1 - share) / len(big)) + 1e-9


@pytest.mark.parametrize("seed", range(1, 60, 6))
def test_a_crowd_lives_the_lives_that_its_policy_lives_alone(seed: int) -> None:
    """In the same landscapes, many lives side by side collect exactly the light of each life lived by itself."""
    level, weights = random_level(seed)
    solution = solved(seed)
    problem = solution.problem
    landscapes = [draw_landscape(level, k) for k in range(40)]
    water = water_of(problem, landscapes)
    assert solution.treasure_map is not None
    step = [live(level, StepByStep(problem), one).total(weights) for one in landscapes]
    np.testing.assert_allclose(replan(problem, water, 1, lambda _: None), step, atol=1e-9)
    chart = [live(level, solution.treasure_map, one).total(weights) for one in landscapes]
    np.testing.assert_allclose(follow_map(solution.treasure_map, water), chart, atol=1e-9)
    plan = follow_plan(problem, water, solution.best_plan.lanes)
    best = best_paths(problem, water)
    assert np.all(best >= np.maximum(plan, np.maximum(step, chart)) - 1e-9)


def test_sampled_water_has_the_chances_of_its_currents() -> None:
    """Bulk landscapes follow the marginals of the chains, never take an impossible step, and repeat themselves."""
    level, weights = random_level(5)
    problem = Problem(level, weights)
    states = sample_water(problem, 20_000, seed=4).states
    assert np.array_equal(states, sample_water(problem, 20_000, seed=4).states)
    assert not np.array_equal(states, sample_water(problem, 20_000, seed=-4).states)
    for i, current in enumerate(level.currents):
        for year in range(level.years):
            told = problem.powers[i][year][current.start]
            share = np.bincount(states[year, i], minlength=current.size) / 20_000
            assert np.all(np.abs(share - told) <= 5 * np.sqrt(told * (1 - told) / 20_000) + 1e-12)
            assert np.all(current.transition[states[year, i], states[year + 1, i]] > 0)


def test_a_crowd_knows_what_a_life_knows() -> None:
    """After a lane the crowd's sightings are those of the game's own step."""
    level, weights = random_level(4)
    problem = Problem(level, weights)
    landscapes = [draw_landscape(level, k) for k in range(5)]
    crowd = Crowd(problem, water_of(problem, landscapes))
    lane = open_lanes(level, begin(level))[0]
    crowd.take(np.arange(5), np.full(5, level.lane_index[lane.id]))
    for k, landscape in enumerate(landscapes):

        class Once:
            """Takes the first lane, then whatever comes first."""

            def choose(self, life):  # type: ignore[no-untyped-def]
                return open_lanes(level, life)[0].id

        after = live(level, Once(), landscape).legs[0].after
        assert [s.state for s in after.known] == list(crowd.states[:-1, k])
        assert [s.year for s in after.known] == list(crowd.seen[:-1, k])


def test_sizes_are_told_in_units_that_people_read() -> None:
    """Bytes become KiB to EiB, and a power of ten beyond."""
    assert size_in_words(900) == "900 bytes"
    assert size_in_words(3 * 2**29) == "1.5 GiB"
    assert size_in_words(2**20) == "1 MiB"
    assert size_in_words(10**40) == "about 10^40 bytes"
