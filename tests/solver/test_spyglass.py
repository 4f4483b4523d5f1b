"""Looking further: the treasure map, one step at a time, choice and luck where there is a spyglass."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from brute import BruteForce
from spyglass_brute import BruteSpyglass
from waters import random_level

from game.files import level_from_text
from game.model import Level, NothingToLookAt, Spyglass, Weights, begin, draw_landscape, look, open_lanes, shown
from game.policy import FirstLane
from game.simulate import live, lived
from game.solver import Problem, Solution, StepByStep, TooLarge, choice_and_luck, estimate, solve, treasure_map
from game.solver.spyglass import worth_of_looking

NEAR = 1e-9
LEVELS = [*range(1, 100, 3), *range(2, 40, 8)]  # of limited sight: deltas, in which it matters what is far, and tangles


@cache
def told(seed: int) -> tuple[Level, Weights]:
    """A random level of limited sight with a spyglass; in some the price is light that one is glad to lose."""
    level, weights = random_level(seed)
    dice = random.Random(f"spyglass {seed}")
    sight = dice.choice((None, (level.sight or 1) + 1, (level.sight or 1) + 2))
    price = tuple(dice.choice((0.0, 0.05, 0.2, 0.5)) for _ in level.values)
    if seed % 5 == 0:
        weights = (-weights[0], *weights[1:])
    return dataclasses.replace(level, spyglass=Spyglass(sight, price)), weights


@cache
def solved(seed: int) -> Solution:
    """The solver's answer."""
    return solve(*told(seed), hindsight_samples=500, seed=seed)


@cache
def brute_force(seed: int) -> BruteSpyglass:
    """The brute force's answer."""
    return BruteSpyglass(*told(seed))


@pytest.mark.parametrize("seed", LEVELS)
def test_looking_is_that_of_brute_force(seed: int) -> None:
    """The treasure map with looking, and one step at a time with its rule for looking, agree with enumeration."""
    brute, rungs = brute_force(seed), solved(seed).ladder
    assert rungs.optimal.value == pytest.approx(brute.with_looks, abs=NEAR)
    assert rungs.step_by_step.value == pytest.approx(brute.stepping_with_looks, abs=NEAR)
    assert rungs.unaided is not None
    assert rungs.unaided.value == pytest.approx(brute.optimal, abs=NEAR)
    assert rungs.best_fixed_plan.value == pytest.approx(brute.best_plan[1], abs=NEAR)
    for m, rung in rungs.replan_every.items():
        assert rung.value == pytest.approx(brute.replanning(m), abs=NEAR)
    assert rungs.follow_the_light.value == pytest.approx(brute.greedy, abs=NEAR)


@pytest.mark.parametrize("seed", LEVELS[::8])
def test_the_size_of_a_map_with_looks_is_told_beforehand(seed: int) -> None:
    """The estimate counts the nodes after looks too, and the map is refused with a byte less than it says."""
    problem = Problem(*told(seed))
    if problem.look_price < 0:
        return
    size, chart = estimate(problem), treasure_map(problem)
    assert size.nodes == chart.space.node_count
    assert set(chart.space.glances.values()) <= set(chart.values)
    with pytest.raises(TooLarge):
        treasure_map(problem, limit=size.bytes - 1)


@pytest.mark.parametrize("seed", LEVELS)
def test_the_rungs_stand_in_order_with_looks(seed: int) -> None:
    """Best fixed plan <= one step at a time <= treasure map <= hindsight, and nobody is worse off for a spyglass."""
    rungs = solved(seed).ladder
    assert rungs.hindsight is not None
    assert rungs.unaided is not None
    assert rungs.best_fixed_plan.value <= rungs.step_by_step.value + NEAR
    assert rungs.step_by_step.value <= rungs.optimal.value + NEAR
    assert rungs.unaided.value <= rungs.optimal.value + NEAR
    assert rungs.optimal.value <= rungs.hindsight.value + 4 * rungs.hindsight.stderr + NEAR


@pytest.mark.parametrize("seed", LEVELS[::6])
def test_policies_that_look_live_up_to_their_worth(seed: int) -> None:
    """Asked life by life in every landscape, those who look have on average exactly the worth of the ladder."""
    level, weights = told(seed)
    solution, brute = solved(seed), brute_force(seed)
    chart = solution.treasure_map
    assert chart is not None
    for policy, rung in (
        (chart, solution.ladder.optimal),
        (StepByStep(solution.problem), solution.ladder.step_by_step),
    ):
        mean = sum(chance * live(level, policy, water).total(weights) for chance, water in brute.landscapes())
        assert mean == pytest.approx(rung.value, abs=NEAR)


class Whim:
    """Takes any lane, and looks when it likes."""

    def __init__(self, level: Level, seed: int) -> None:
        self.level, self.pick = level, np.random.default_rng(seed)

    def choose(self, life) -> str:  # type: ignore[no-untyped-def]
        return str(self.pick.choice([lane.id for lane in open_lanes(self.level, life)]))

    def looks(self, life) -> bool:  # type: ignore[no-untyped-def]
        return bool(self.pick.random() < 0.6)


@pytest.mark.parametrize("seed", LEVELS)
def test_choice_and_luck_sum_to_the_light_with_looks(seed: int) -> None:
    """Total light = V(s0) - sum of regrets + sum of lucks to 1e-9, whoever looked whenever; no regret on the map."""
    level, weights = told(seed)
    chart = solved(seed).treasure_map
    assert chart is not None
    for water in range(3):
        landscape = draw_landscape(level, 1000 * seed + water)
        for policy in (Whim(level, seed + water), chart):
            record = live(level, policy, landscape)
            decisions = choice_and_luck(chart, record, weights)
            balance = chart.value(record.start) + sum(d.luck - d.regret for d in decisions)
            assert balance == pytest.approx(record.total(weights), abs=NEAR)
            assert sum(d.light for d in decisions) == pytest.approx(record.total(weights), abs=NEAR)
            assert sum(record.light_by_year(weights, level.years)) == pytest.approx(record.total(weights), abs=NEAR)
            assert all(d.regret >= 0 for d in decisions)
            assert len([d for d in decisions if d.glimpse]) == len(record.glances)
            if policy is chart:
                assert all(d.regret <= NEAR and d.lane == d.best_lane for d in decisions)


@pytest.mark.parametrize("seed", LEVELS[::5])
def test_luck_has_mean_zero_with_looks(seed: int) -> None:
    """Averaged over every landscape, luck sums to nothing, also for somebody who looks at each fork."""
    level, weights = told(seed)
    chart = solved(seed).treasure_map
    assert chart is not None

    class Curious(Whim):
        """Looks always, takes the first lane."""

        def choose(self, life) -> str:  # type: ignore[no-untyped-def]
            return open_lanes(self.level, life)[0].id

        def looks(self, life) -> bool:  # type: ignore[no-untyped-def]
            return True

    mean = 0.0
    for chance, water in brute_force(seed).landscapes():
        record = live(level, Curious(level, 0), water)
        mean += chance * sum(d.luck for d in choice_and_luck(chart, record, weights))
    assert mean == pytest.approx(0, abs=NEAR)


def test_a_look_by_hand() -> None:
    """A mouth with two arms out of sight, derived by hand in fractions.

    From the source a quiet year leads to the mouth, and from there a quiet year to either arm; an arm brings 8 if its
    river flows, else 0.  Both rivers begin dry and move by P = [[1/2, 1/2], [1/2, 1/2]] (right) and
    [[3/4, 1/4], [1/4, 3/4]] (left).  At the mouth, in year 1, left flows with 1/4, and in year 2, when it is met, with
    3/4 * 1/4 + 1/4 * 3/4 = 3/8; right with 1/2 whatever is seen.  A plan goes right: 4.

    A look costs 1/4.  If it shows left in flow (1/4) left will be worth 8 * 3/4 = 6, else right is worth 4; so looking
    is worth 6/4 + 3 - 1/4 = 17/4 at the mouth, more than 4.  At a price of 1/2 it is worth 4, and nobody looks.
    """
    text = """
format = 1
title = "A mouth"
years = 3
start = "source"
sight = 1
spyglass = { sight = 2, price = 0.25 }
[currents.left]
states = ["dry", "flow"]
stay = 0.75
[currents.right]
states = ["dry", "flow"]
stay = 0.5
[places.source]
[places.mouth]
[places.a]
[places.b]
[places.sea]
[[lanes]]
from = "source"
to = "mouth"
[[lanes]]
from = "mouth"
to = "a"
[[lanes]]
from = "mouth"
to = "b"
[[lanes]]
from = "a"
to = "sea"
current = "left"
light = [0, 8]
[[lanes]]
from = "b"
to = "sea"
current = "right"
light = [0, 8]
"""
    cheap = level_from_text(text)
    dear = level_from_text(text.replace("0.25 }", "0.5 }"))
    by_hand = Fraction(1, 4) * 6 + Fraction(3, 4) * 4 - Fraction(1, 4)
    assert by_hand == Fraction(17, 4)
    rungs = solve(cheap, (1.0,), hindsight_samples=0).ladder
    assert rungs.optimal.value == rungs.step_by_step.value == pytest.approx(float(by_hand), abs=1e-12)
    assert rungs.unaided is not None
    assert rungs.unaided.value == rungs.best_fixed_plan.value == pytest.approx(4, abs=1e-12)
    solution = solve(dear, (1.0,), hindsight_samples=0)
    assert solution.ladder.optimal.value == pytest.approx(4, abs=1e-12)
    for seed in range(4):
        assert live(dear, solution.treasure_map, draw_landscape(dear, seed)).glances == ()
        ((before, glance),) = live(cheap, StepByStep(solve(cheap, (1.0,)).problem), draw_landscape(cheap, seed)).glances
        assert (before, glance.look.place, glance.look.light) == (1, "mouth", (-0.25,))


def test_a_look_shows_what_is_there_once() -> None:
    """A look shows the water as it is, costs its price, takes no time, and cannot be had again before one moves on."""
    level, _ = told(13)
    landscape = draw_landscape(level, 1)
    record = next(record for record in lived(level, FirstLane(level), landscape) if shown(level, record.life))
    life = record.life
    after, seen = look(level, life, landscape)
    assert (after.year, after.place, after.lanes) == (life.year, life.place, life.lanes)
    assert [x - y for x, y in zip(life.light, after.light, strict=True)] == pytest.approx(level.spyglass.price)
    for i, state in zip(seen.currents, seen.states, strict=True):
        assert life.known[i].year < life.year
        assert state == landscape.state(life.year, i) == after.known[i].state
    assert not shown(level, after)
    with pytest.raises(NothingToLookAt):
        look(level, after, landscape)
    with pytest.raises(NothingToLookAt):
        look(dataclasses.replace(level, spyglass=None), life, landscape)


@pytest.mark.parametrize("seed", LEVELS[::5])
def test_a_price_of_nothing_is_as_good_as_seeing_further(seed: int) -> None:
    """Looks that cost nothing and show everything are worth as much as full sight from year 1 on."""
    level, weights = random_level(seed)
    free = dataclasses.replace(level, spyglass=Spyglass(None, (0.0,) * len(weights)))
    everything = BruteForce(dataclasses.replace(level, sight=None), weights)
    assert treasure_map(Problem(free, weights)).worth == pytest.approx(everything.optimal, abs=NEAR)


def test_the_random_spyglasses_are_worth_testing_on() -> None:
    """In some of the levels looking pays for the treasure map, in some for one step at a time."""
    ladders = [solved(seed).ladder for seed in LEVELS]
    assert sum(rungs.optimal.value > rungs.unaided.value + 1e-6 for rungs in ladders) >= 4
    assert sum(solved(s).ladder.step_by_step.value > brute_force(s).replanning(1) + 1e-6 for s in LEVELS) >= 3
    assert worth_of_looking(solved(4).problem, begin(told(4)[0])) is None  # at the beginning everything is known


@pytest.mark.parametrize("seed", [13, 10, 94])
def test_where_no_map_fits_bounds_allow_for_looks(seed: int) -> None:
    """Without room for the map nobody looks in the samples, and the optimum with looks lies between the bounds."""
    level, weights = told(seed)
    exact = solved(seed).ladder.optimal.value
    rungs = solve(level, weights, hindsight_samples=0, memory_limit=0, seed=1).ladder
    assert rungs.unaided is None
    assert rungs.optimal.method == "bound"
    assert rungs.upper is not None
    assert rungs.optimal.value - 4 * rungs.optimal.stderr <= exact + NEAR
    assert exact <= rungs.upper.value + 4 * rungs.upper.stderr + NEAR
