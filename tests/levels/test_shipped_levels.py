"""The shipped levels: readable, whole, and still teaching what they were written to teach."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from game.files import read_level
from game.house import shipped_levels
from game.model import Level
from game.solver import Solution, plan_value, solve

FILES = sorted(file for file in shipped_levels().rglob("*.toml") if "exercises" not in file.parts)


@cache
def solved(name: str, value_function: str) -> Solution:
    """The solution of a shipped level under one of its value functions."""
    level = shipped(name)
    return solve(level, level.weights(value_function), hindsight_samples=500)


@cache
def shipped(name: str) -> Level:
    """The shipped level with this file stem."""
    return read_level(shipped_levels() / f"{name}.toml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_level_has_no_faults_and_no_dead_corners(path: Path) -> None:
    """Every shipped level reads without a fault and every place of it can be reached."""
    level = read_level(path)
    assert nx.descendants(level.graph, level.start) | {level.start} == set(level.place_index)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_level_is_placed_by_hand(path: Path) -> None:
    """Every place of a shipped level says where it lies, so that its map is composed and not only computed."""
    assert all(place.at is not None for place in read_level(path).places)


def test_the_first_fork_is_four_forks_of_three_lanes() -> None:
    """The teaching level has one fork a year for four years, three lanes at each, hence 3^4 plans."""
    level = shipped("01_the_first_fork")
    forks = [lanes for lanes in level.lanes_from.values() if lanes]
    assert (level.years, [len(lanes) for lanes in forks]) == (4, [3, 3, 3, 3])
    assert solved("01_the_first_fork", "mine").plan_count == 3**4


def test_looking_up_is_worth_a_third_at_the_first_fork() -> None:
    """At the first fork the best fixed plan brings at least a quarter less than one step at a time."""
    ladder = solved("01_the_first_fork", "mine").ladder
    assert ladder.best_fixed_plan.value < 0.75 * ladder.step_by_step.value


def test_twenty_years_is_as_large_as_a_life() -> None:
    """Twenty years has about 20 places and 40 lanes, 5 to 7 currents, lanes of 1 to 5 years and two value functions."""
    level = shipped("02_twenty_years")
    assert len(level.places) == 20
    assert 36 <= len(level.lanes) <= 50
    assert 5 <= len(level.currents) <= 7
    assert {lane.years for lane in level.lanes} == {1, 2, 3, 4, 5}
    assert set(level.value_functions) == {"mine", "citations"}
    assert len(level.values) >= 3


@pytest.mark.parametrize(("value_function", "share"), [("mine", 0.15), ("citations", 0.04)])
def test_no_plan_comes_near_stepping_in_twenty_years(value_function: str, share: float) -> None:
    """Over twenty years one step at a time leads the best fixed plan clearly, by either value function."""
    ladder = solved("02_twenty_years", value_function).ladder
    assert ladder.step_by_step.value > (1 + share) * ladder.best_fixed_plan.value


def test_the_longer_one_commits_the_less_light() -> None:
    """By one's own light the curve of commitment falls all the way in Twenty years."""
    ladder = solved("02_twenty_years", "mine").ladder
    curve = [ladder.step_by_step.value, *(ladder.replan_every[m].value for m in sorted(ladder.replan_every))]
    curve.append(ladder.best_fixed_plan.value)
    assert curve == sorted(curve, reverse=True)


def test_steering_by_citations_costs_ones_own_light() -> None:
    """The best plan for citations brings at least a tenth less of one's own light than the best plan for that light."""
    mine, citations = solved("02_twenty_years", "mine"), solved("02_twenty_years", "citations")
    assert plan_value(mine.problem, citations.best_plan.lanes) < 0.9 * mine.best_plan.value
