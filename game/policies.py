"""Ways of living by their names, as they are asked for on the command line."""

from __future__ import annotations

import difflib
import re

from game.model import Level
from game.policy import FirstLane, FixedPlan, Policy
from game.solver import (
    FollowTheLight,
    OracleWorld,
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

ORACLE = "oracle:"
"""What stands before the name of one of the level's oracles."""

_REPLAN = re.compile(r"replan_([1-9][0-9]{0,2})")


class UnknownPolicy(ValueError):
    """A name that no way of living has; as text it is one sentence with the names that there are."""

    def __init__(self, name: str, names: tuple[str, ...] = POLICY_NAMES) -> None:
        self.name = name
        close = difflib.get_close_matches(name[:60], names, n=1)
        hint = say("cli.did_you_mean", name=_shown(close[0])) if close else ""
        text = say("cli.policy.unknown", name=ascii(name[:60]), names=", ".join(map(_shown, names)))
        super().__init__(f"{text} {hint}".rstrip())


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)


def policy_names(level: Level) -> tuple[str, ...]:
    """The names to choose from on a level: those of `POLICY_NAMES`, and ``oracle:NAME`` for each of its oracles."""
    return (*POLICY_NAMES, *(ORACLE + oracle.name for oracle in level.oracles))


def require_policy(name: str, level: Level) -> None:
    """Makes sure that ``name`` is the name of a policy on ``level``.  Raises UnknownPolicy."""
    names = policy_names(level)
    if name not in names and not _REPLAN.fullmatch(name):
        raise UnknownPolicy(name, names)


def named_policy(name: str, problem: Problem) -> Policy:
    """The policy of this name for a level and a value function.

    Raises UnknownPolicy, and for "optimal" ``game.solver.TooLarge`` where the treasure map does not fit.
    """
    require_policy(name, problem.level)
    periodic = _REPLAN.fullmatch(name)
    if periodic:
        return ReplanEvery(problem, int(periodic[1]))
    if name.startswith(ORACLE):
        return OracleWorld(problem.level, problem.weights, problem.level.oracle(name.removeprefix(ORACLE)))
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
            return treasure_map(problem, keep="policy")
    return FirstLane(problem.level)
