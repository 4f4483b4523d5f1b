"""Levels at will: always whole, always with a way on, and the same for the same recipe everywhere."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from cookbook import recipes
from hypothesis import given, settings

from game.cli.checking import remarks
from game.files import level_from_text
from game.files.level_text import level_as_toml
from game.generator import LIMITS, Recipe, generate, recipe_as_command
from game.generator.appraisal import appraise
from game.generator.waters import stationary
from game.geography import PLACE_RADIUS, lay_out
from game.model import Level, begin, draw_landscape, open_lanes, scalarised, step
from game.solver import solve

ROOT = Path(__file__).parents[2]

PINNED = {
    Recipe(seed=7): "9cdc72331b54dbca498b12b31cb507c468b6d13b120db25d2b8cb275c30a47fb",
    Recipe(
        seed=-3, places=40, lanes=130, currents=20, volatility=1 / 3, years=30, sight=2, values=3, states=5
    ): "3b3e9878bc839dafb24de6b0657699adbfd7182b57ed55851861d2aa44292369",
    Recipe(
        seed=2**62, places=5, lanes=20, currents=3, volatility=1.0, years=6, choice=4, longest=1
    ): "35a1febc14eda7fcefce0b8fd840668b37b184daa2f2d2c6750ac11826dc44f0",
}
"""The digests of levels as files; what a seed makes is a promise, so a change of it goes with a new EDITION."""


def digest(level: Level) -> str:
    """SHA-256 of a level as a file."""
    return hashlib.sha256(level_as_toml(level).encode()).hexdigest()


@given(recipes)
@settings(max_examples=60, deadline=None)
def test_a_level_has_what_its_recipe_says(recipe: Recipe) -> None:
    """A level has as many of everything as was asked for, and no place has fewer lanes than the choice."""
    level = generate(recipe)
    counts = (len(level.places), len(level.lanes), len(level.currents), len(level.values))
    assert counts == (recipe.places, recipe.lanes, recipe.currents, recipe.values)
    assert (level.years, level.sight) == (recipe.years, recipe.sight)
    assert all(current.size == recipe.states for current in level.currents)
    assert min(map(len, level.lanes_from.values())) >= recipe.fewest_ways
    assert max(lane.years for lane in level.lanes) <= recipe.longest_lane


@given(recipes)
@settings(max_examples=60, deadline=None)
def test_a_level_is_in_order(recipe: Recipe) -> None:
    """A level is read back from its file as it is, without a fault, and the check has nothing to remark on it."""
    level = generate(recipe)
    assert level_from_text(level_as_toml(level)) == level
    assert remarks(level) == []


@given(recipes)
@settings(max_examples=60, deadline=None)
def test_every_life_lasts(recipe: Recipe) -> None:
    """Every place can be reached, and a life that chooses blindly is under way until the years are over."""
    level = generate(recipe)
    assert nx.descendants(level.graph, level.start) | {level.start} == set(level.place_index)
    dice = random.Random(recipe.seed)
    landscape = draw_landscape(level, recipe.seed)
    for _ in range(3):
        life = begin(level)
        while lanes := open_lanes(level, life):
            life, _ = step(level, life, dice.choice(lanes).id, landscape)
        assert life.year == level.years


@given(recipes)
@settings(max_examples=40, deadline=None)
def test_the_same_recipe_makes_the_same_level(recipe: Recipe) -> None:
    """Made twice a level is the same, and turning volatility changes how often the water shifts, and no more."""
    level = generate(recipe)
    assert generate(recipe) == level
    other = generate(dataclasses.replace(recipe, volatility=0.5))
    still = {current.name: (current.states, current.start) for current in level.currents}
    assert {current.name: (current.states, current.start) for current in other.currents} == still
    assert dataclasses.replace(other, currents=level.currents, about=level.about, texts=level.texts) == level


def test_a_level_is_the_same_in_every_process() -> None:
    """A seed makes what it made when this test was written, in a process with other hashes as well."""
    made = [digest(dataclasses.replace(generate(recipe), texts={})) for recipe in PINNED]
    assert made == list(PINNED.values())
    script = (
        "import hashlib, sys; from dataclasses import replace; from game.generator import Recipe, generate\n"
        "from game.files.level_text import level_as_toml\n"
        "print(hashlib.sha256(level_as_toml(replace(generate(eval(sys.argv[1])), texts={})).encode()).hexdigest())"
    )
    recipe = list(PINNED)[1]
    answer = subprocess.run(
        [sys.executable, "-c", script, repr(recipe)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "4242"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == PINNED[recipe]


def test_volatility_runs_from_standing_still_to_starting_anew() -> None:
    """At 0 nothing shifts, at 1 the years are independent, and in between the same distribution stays stationary."""
    recipe = Recipe(seed=5, states=4)
    for volatility in (0.0, 0.07, 0.5, 1.0):
        for i, current in enumerate(generate(dataclasses.replace(recipe, volatility=volatility)).currents):
            pi = np.array(stationary(recipe, i))
            expected = (1 - volatility) * np.eye(4) + volatility * pi
            assert np.allclose(current.transition, expected, atol=2e-6)
            assert np.allclose(pi @ current.transition, pi, atol=2e-6)


def test_lanes_are_about_equally_bright_in_the_long_run() -> None:
    """With its arrival counted in, a lane brings 2 a year under the stationary water, within a third either way."""
    for values in (1, 3):
        recipe = Recipe(seed=11, places=30, lanes=90, currents=6, years=20, values=values)
        level = generate(recipe)
        weights = level.weights()
        pi = {current.name: stationary(recipe, i) for i, current in enumerate(level.currents)}
        for lane in level.lanes:
            shares = pi[lane.current] if lane.current else (1.0,)
            by_state = [scalarised(light, weights) for light in zip(*lane.light, strict=True)]
            a_year = sum(p * x for p, x in zip(shares, by_state, strict=True))
            a_year += scalarised(level.place(lane.head).light, weights) / lane.years
            assert 2 * 2 / 3 < a_year < 2 * 4 / 3
            assert by_state == sorted(by_state)


def test_there_is_something_to_choose() -> None:
    """On usual levels a fixed plan loses at least a twentieth, and the lanes from a place carry different water."""
    for seed in range(8):
        level = generate(Recipe(seed=seed))
        assert appraise(level).loss > 0.05
        for lanes in level.lanes_from.values():
            waters = [lane.current for lane in lanes]
            assert len(set(waters)) == min(len(waters), 1 + len(level.currents))


def test_an_appraisal_is_the_solvers_own_answer() -> None:
    """An appraisal has the rungs of the ladder, and without room for them samples of those."""
    level = generate(Recipe(seed=2, places=6, lanes=14, currents=3, years=8))
    ladder = solve(level, level.weights(), hindsight_samples=0).ladder
    appraisal = appraise(level)
    assert appraisal.exact
    assert appraisal.gap == pytest.approx(ladder.adaptivity_gap, abs=1e-12)
    assert appraisal.step_by_step.value == pytest.approx(ladder.step_by_step.value, abs=1e-12)
    sampled = appraise(level, memory_limit=0)
    assert not sampled.exact
    assert sampled.best_fixed_plan == appraisal.best_fixed_plan
    error = sampled.step_by_step.stderr
    assert abs(sampled.step_by_step.value - appraisal.step_by_step.value) < 5 * error


@pytest.mark.parametrize("still", [Recipe(seed=3, volatility=0.0), Recipe(seed=3, currents=0)])
def test_where_nothing_shifts_nothing_is_lost(still: Recipe) -> None:
    """On a level that stands still the best fixed plan is as good as the treasure map, and the loss exactly 0."""
    appraisal = appraise(generate(still))
    assert (appraisal.gap, appraisal.loss) == (0.0, 0.0)


@given(recipes)
@settings(max_examples=25, deadline=None)
def test_a_level_is_laid_out(recipe: Recipe) -> None:
    """Every place has a position of its own, and on the map no place touches another."""
    level = generate(recipe)
    assert len({place.at for place in level.places if place.at is not None}) == len(level.places)
    where = np.array(list(lay_out(level).places.values()))
    apart = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) + np.eye(len(where)) * 1e9
    assert apart.min() > 2 * PLACE_RADIUS


def test_the_largest_level_can_be_made() -> None:
    """At the limits of the format a level still fits into a file."""
    most = {name: LIMITS[name][1] for name in ("places", "lanes", "currents", "years", "values", "states")}
    text = level_as_toml(generate(Recipe(**most, volatility=0.123456, seed=1)))
    assert len(text.encode()) < 2**20


def test_a_level_says_how_to_make_it_again() -> None:
    """The level's own story ends with the command that makes it, and that says all that the recipe says."""
    recipe = Recipe(seed=9, volatility=0.25, sight=2, values=2, states=4, choice=2, longest=3)
    command = recipe_as_command(recipe)
    assert generate(recipe).about.endswith(command)
    for part in ("--seed 9", "--volatility 0.25", "--sight 2", "--values 2", "--states 4", "--choice 2", "--longest 3"):
        assert part in command
