"""Every way of living has its name, and every name its way of living."""

from __future__ import annotations

import dataclasses

import pytest
from known_levels import golden

from game.model import Oracle, draw_landscape
from game.policies import POLICY_NAMES, UnknownPolicy, named_policy, require_policy
from game.simulate import live
from game.solver import Problem, best_fixed_plan, naive_plan

GRAD = golden("grad")
PROBLEM = Problem(GRAD, GRAD.weights())
WATER = draw_landscape(GRAD, 4)


@pytest.mark.parametrize("name", [*POLICY_NAMES, "replan_1", "replan_7", "replan_999"])
def test_every_named_policy_lives_a_whole_life(name: str) -> None:
    """Each policy that can be named lives from the first year until no lane is open."""
    assert live(GRAD, named_policy(name, PROBLEM), WATER).life.year == GRAD.years


def test_the_names_mean_what_they_say() -> None:
    """The plans are the solver's plans, and replanning every year is one step at a time."""
    assert live(GRAD, named_policy("best_fixed_plan", PROBLEM), WATER).lanes == best_fixed_plan(PROBLEM).lanes
    assert live(GRAD, named_policy("naive_plan", PROBLEM), WATER).lanes == naive_plan(PROBLEM).lanes
    every_year, every_place = (live(GRAD, named_policy(name, PROBLEM), WATER) for name in ("replan_1", "step_by_step"))
    assert every_year == every_place


def test_oracles_of_the_level_are_policies() -> None:
    """An oracle goes by its name behind ``oracle:``, on its own level alone; a near miss is told."""
    level = dataclasses.replace(GRAD, oracles=(Oracle("parents", "Your parents", still=True),))
    problem = Problem(level, level.weights())
    water = draw_landscape(level, 4)
    assert live(level, named_policy("oracle:parents", problem), water).lanes == naive_plan(problem).lanes
    with pytest.raises(UnknownPolicy):
        named_policy("oracle:parents", PROBLEM)
    with pytest.raises(UnknownPolicy, match="Did you mean oracle:parents"):
        require_policy("oracle:parent", level)


@pytest.mark.parametrize(
    "name", ["", "optimum", "replan_", "replan_0", "replan_-1", "replan_1.5", "\x1b[2J", "x" * 10_000]
)
def test_unknown_names_are_refused_with_the_names_there_are(name: str) -> None:
    """A name that nothing has ends in one printable sentence that lists the names."""
    with pytest.raises(UnknownPolicy, match="step_by_step") as caught:
        require_policy(name, GRAD)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400
