"""Ways of living by their names, as they are asked for on the command line."""

from __future__ import annotations

import difflib
import re

from game.policy import FirstLane, FixedPlan, Policy
from game.solver import (
    FollowTheLight,
    Problem,
    ReplanEvery,
    StepByStep,
    best_fixed_plan,
    naive_plan,
    treasure_map,
)
from game.solver.ladder import PERIODS
from game.words import say

POLICY_NAMES = (
    "step_by_step",
    "best_fixed_plan",
    "naive_plan",
    "follow_the_light",
    "optimal",
    *(f"replan_{years}" for years in PERIODS),
    "first_lane",
)
"""The names to choose from; ``replan_M`` stands for a plan of any number M of years."""

_REPLAN = re.compile(r"replan_([1-9][0-9]{0,2})")


class UnknownPolicy(ValueError):
    """A name that no way of living has; as text it is one sentence with the names that there are."""

    def __init__(self, name: str) -> None:
        self.name = name
        close = difflib.get_close_matches(name[:60], POLICY_NAMES, n=1)
        hint = say("cli.did_you_mean", name=close[0]) if close else ""
        text = say("cli.policy.unknown", name=ascii(name[:60]), names=", ".join(POLICY_NAMES))
        super().__init__(f"{text} {hint}".rstrip())


def require_policy(name: str) -> None:
    """Makes sure that ``name`` is the name of a policy.  Raises UnknownPolicy."""
    if name not in POLICY_NAMES and not _REPLAN.fullmatch(name):
        raise UnknownPolicy(name)


def named_policy(name: str, problem: Problem) -> Policy:
    """The policy of this name for a level and a value function.

    Raises UnknownPolicy, and for "optimal" ``game.solver.TooLarge`` where the treasure map does not fit.
    """
    require_policy(name)
    periodic = _REPLAN.fullmatch(name)
    if periodic:
        return ReplanEvery(problem, int(periodic[1]))
    match name:
        case "step_by_step":
            return StepByStep(problem)
        case "best_fixed_plan":
            return FixedPlan(best_fixed_plan(problem).lanes)
        case "naive_plan":
            return FixedPlan(naive_plan(problem).lanes)
        case "follow_the_light":
            return FollowTheLight(problem)
        case "optimal":
            return treasure_map(problem)
    return FirstLane(problem.level)
