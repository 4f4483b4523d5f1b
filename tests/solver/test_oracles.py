"""Oracles: what they believe, where they steer, and what following them is worth."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from oracle_brute import BruteOracle
from waters import brute_force, random_level

from game.files import read_level
from game.model import Level, Oracle, Weights, begin, draw_landscape, open_lanes
from game.simulate import Record, live, lived
from game.solver import OracleWorld, Problem, StepByStep, ladder, naive_plan, simulate, treasure_map
from game.solver.experiment import Simulation
from game.solver.oracle_rung import living, oracle_rung
from game.solver.water import paired_water

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NEAR = 1e-9
LEVELS = range(24)


@cache
def told(seed: int) -> tuple[Level, Weights]:
    """A random level with an oracle of every kind, and of some mixed ones."""
    level, weights = random_level(seed)
    dice = random.Random(f"oracles {seed}")

    def theirs() -> Weights:
        return tuple(float(dice.choice((-1, 0, 1, 2))) for _ in weights)

    def starts() -> tuple[tuple[str, int], ...]:
        some = [c for c in level.currents if dice.random() < 0.6] or [dice.choice(level.currents)]
        return tuple((c.name, dice.randrange(c.size)) for c in some)

    oracles = (
        Oracle("peers", "Peers", weights=theirs()),
        Oracle("professor", "A professor", starts=starts()),
        Oracle("parents", "Parents", starts=starts(), still=True),
        Oracle("guru", "A guru", luckiest_of=dice.choice((1, 3, 20))),
        Oracle("uncle", "An uncle", weights=theirs(), starts=starts()),
        Oracle("celebrity", "A celebrity", weights=theirs(), starts=starts(), luckiest_of=5),
    )
    return dataclasses.replace(level, oracles=oracles), weights


@pytest.mark.parametrize("seed", LEVELS)
def test_every_oracle_is_that_of_brute_force(seed: int) -> None:
    """Following each oracle brings what enumeration of every path and landscape says, and no more than the map."""
    level, weights = told(seed)
    problem = Problem(level, weights)
    best = treasure_map(problem, keep="worth").worth
    for oracle in level.oracles:
        rung = oracle_rung(problem, OracleWorld(level, weights, oracle))
        assert rung.method == "exact"
        assert rung.value == pytest.approx(BruteOracle(level, weights, oracle).worth, abs=NEAR), oracle.name
        assert rung.value <= best + NEAR


@pytest.mark.parametrize("seed", range(0, 24, 5))
def test_what_an_oracle_says_is_that_of_brute_force(seed: int) -> None:
    """At every fork of some lives each way is as bright in its eyes as enumeration says, and so is its path."""
    level, weights = told(seed)
    brute, pick = brute_force(seed), random.Random(seed)
    for oracle in level.oracles:
        world, slow = OracleWorld(level, weights, oracle), BruteOracle(level, weights, oracle)
        for _ in range(2):
            water = pick.randrange(len(brute.water))
            year, place, possible, life = 0, level.start, brute.everything, begin(level)
            landscape = list(brute.landscapes())[water][1]
            while lanes := open_lanes(level, life):
                said = world.advice(life)
                assert [way.lane for way in said.ways] == [lane.id for lane in lanes]
                for way in said.ways:
                    k = brute.number[way.lane]
                    assert way.brightness == pytest.approx(slow.brightness(k, year, possible), abs=NEAR)
                assert said.path == tuple(level.lanes[k].id for k in slow.plan(year, place, possible))
                assert said.lane == world.choose(life) == said.path[0]
                lane = pick.choice(lanes)  # the player goes another way, and asks again
                life = next(lived(level, _Taking(lane.id), landscape, Record(life))).life
                k = brute.number[lane.id]
                possible = next(group for group in brute.split((k,), year, possible) if water in group)
                year, place = life.year, life.place
            assert world.advice(life).lane is None


class _Taking:
    """Takes one lane."""

    def __init__(self, lane: str) -> None:
        self.lane = lane

    def choose(self, life) -> str:  # type: ignore[no-untyped-def]
        return self.lane


@pytest.mark.parametrize("seed", range(1, 24, 5))
def test_oracles_live_up_to_their_rungs(seed: int) -> None:
    """Asked life by life in every landscape there is, an oracle brings on average exactly its rung."""
    level, weights = told(seed)
    problem = Problem(level, weights)
    for oracle in level.oracles:
        world = OracleWorld(level, weights, oracle)
        mean = sum(
            chance * live(level, world, water).total(weights) for chance, water in brute_force(seed).landscapes()
        )
        assert mean == pytest.approx(oracle_rung(problem, world).value, abs=NEAR)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_crowds_follow_oracles_as_single_lives_do(seed: int) -> None:
    """Lived by many at once, an oracle brings in each landscape what a single life brings there."""
    level, weights = told(seed)
    problem = Problem(level, weights)
    water = paired_water(problem, 20, seed)
    for oracle in level.oracles:
        world = OracleWorld(level, weights, oracle)
        light, _ = living(problem, world)(water)
        alone = [live(level, world, water.landscape(k)).total(weights) for k in range(water.count)]
        assert light.tolist() == pytest.approx(alone, abs=NEAR)


def test_an_oracle_that_does_not_fit_is_sampled_and_says_so() -> None:
    """With no room for nodes the rung is sampled around the exact one; an oracle that never looks stays exact."""
    level, weights = told(4)
    problem = Problem(level, weights)
    for oracle in level.oracles:
        world = OracleWorld(level, weights, oracle)
        exact, tight = oracle_rung(problem, world), oracle_rung(problem, world, memory_limit=0, samples=4000)
        if world.never_looks:
            assert tight == exact
        else:
            assert tight.method == "sampled"
            assert abs(tight.value - exact.value) <= 5 * tight.stderr + NEAR
    assert {OracleWorld(level, weights, oracle).never_looks for oracle in level.oracles} == {True, False}
    assert isinstance(simulate(problem, {"x": living(problem, world)}, lives=2), Simulation)


@pytest.mark.parametrize("seed", range(0, 24, 5))
def test_an_oracle_that_is_right_is_one_step_at_a_time(seed: int) -> None:
    """With the player's own weights and nothing else, an oracle chooses as one step at a time; a still one is naive."""
    level, weights = random_level(seed)
    right = OracleWorld(level, weights, Oracle("echo", "Echo", weights=weights))
    still = OracleWorld(level, weights, Oracle("parents", "Parents", still=True))
    step = StepByStep(Problem(level, weights))
    for water in range(5):
        landscape = draw_landscape(level, water)
        assert live(level, right, landscape) == live(level, step, landscape)
        assert live(level, still, landscape).lanes == naive_plan(Problem(level, weights)).lanes


def test_two_rivers_and_a_professor_by_hand() -> None:
    """Somebody who believes that the right river flowed at the start, derived by hand in fractions.

    Both rivers move by P = [[7/10, 3/10], [1/2, 1/2]]; left brings 4 if it flows, right 5, the bank 3/2, and no choice
    changes what can be chosen later.  The professor thinks that the chance of flow on the right is 1, 1/2, 2/5, 19/50,
    so that right brings 5, 5/2, 2, 19/10, and does not look there; the left river it sees.  So it goes right in year 0,
    and later left where that flows (4), else right (more than the bank's 3/2).

    In truth the left flows with p = 1/2, 2/5, 19/50 in years 1 to 3, and the right with q = 0, 3/10, 9/25, 93/250:
    5 * 0 + sum of (4 p + (1 - p) 5 q) = 11/4 + 67/25 + 6683/2500 = 8.1032.

    What it says in year 0 of the rest: the greater of 4 p and 5 q as it believes them, 5/2 + 2 + 19/10 = 32/5, after
    4 on the left, 5 on the right, 3/2 on the bank.
    """
    p = [Fraction(1), Fraction(1, 2), Fraction(2, 5), Fraction(19, 50)]
    q = [Fraction(0), Fraction(3, 10), Fraction(9, 25), Fraction(93, 250)]
    by_hand = 5 * q[0] + sum(4 * p[t] + (1 - p[t]) * 5 * q[t] for t in (1, 2, 3))
    assert by_hand == Fraction(11, 4) + Fraction(67, 25) + Fraction(6683, 2500)
    fork = read_level(GOLDEN / "fork.toml")
    professor = Oracle("professor", "A professor", starts=(("right", 1),))
    parents = Oracle("parents", "Parents", starts=(("right", 1),), still=True)
    level = dataclasses.replace(fork, oracles=(professor, parents))
    problem = Problem(level, level.weights())
    rungs = ladder(problem, treasure_map(problem), hindsight_samples=0).oracles
    assert rungs["professor"].value == pytest.approx(float(by_hand), abs=1e-12)
    assert rungs["parents"].value == pytest.approx(5 * float(sum(q)), abs=1e-12)
    said = {way.lane: way.brightness for way in OracleWorld(level, level.weights(), professor).advice().ways}
    assert sorted(said.values()) == pytest.approx([7.9, 10.4, 11.4], abs=1e-12)


def test_the_luckiest_of_more_was_luckier() -> None:
    """Of more landscapes the luckiest is at least as bright to who lived there; and it can be had again."""
    level, weights = told(3)
    shone = []
    for count in (1, 2, 10, 100):
        world = OracleWorld(level, weights, Oracle("guru", "A guru", luckiest_of=count))
        again = OracleWorld(level, weights, Oracle("guru", "Another name for the same", luckiest_of=count))
        assert world.advice() == again.advice()
        shone.append(max(way.brightness for way in world.advice().ways))
    assert shone == sorted(shone)
    assert shone[-1] > shone[0]


def test_the_random_oracles_are_worth_testing_on() -> None:
    """In many levels following an oracle is worth less than one step at a time, and oracles of all kinds differ."""
    worse: dict[str, int] = {}
    for seed in LEVELS:
        level, weights = told(seed)
        rungs = ladder(Problem(level, weights), treasure_map(Problem(level, weights)), hindsight_samples=0)
        for name, rung in rungs.oracles.items():
            worse[name] = worse.get(name, 0) + (rung.value < rungs.step_by_step.value - 1e-6)
    assert all(count >= 5 for count in worse.values()), worse
