"""The golden levels: ladders worked out elsewhere by brute force, in code that shares nothing with the game."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from game.files import read_level
from game.model import Level, Weights
from game.solver import Problem, ladder, plan_value, solution_as_json, solve

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = sorted(path.name.removesuffix(".json") for path in GOLDEN.glob("*.json"))


def golden(case: str) -> tuple[Level, Weights, dict[str, Any]]:
    """A golden level, the weights its ladder is for, and the ladder."""
    name, _, value_function = case.partition(".")
    level = read_level(GOLDEN / f"{name}.toml")
    told = json.loads((GOLDEN / f"{case}.json").read_text(encoding="utf-8"))
    return level, level.weights(value_function or None), told


@pytest.mark.parametrize("case", CASES)
def test_every_rung_agrees_to_a_billionth(case: str) -> None:
    """Counts and best plans are those of the golden file, exact rungs agree to 1e-9, hindsight within its own error."""
    level, weights, told = golden(case)
    mine = solution_as_json(solve(level, weights), level, "mine")
    assert mine["fixed_plans"] == told["fixed_plans"]
    assert mine["best_fixed_plan"] == told["best_fixed_plan"]
    assert mine["adaptivity_gap"] == pytest.approx(told["adaptivity_gap"], abs=1e-9)
    rungs = mine["ladder"]
    hindsight = rungs.pop("hindsight")
    assert abs(hindsight["value"] - told["ladder"].pop("hindsight")) <= 4 * hindsight["stderr"] + 1e-9
    flat = {**rungs, **{f"replan {m}": rung for m, rung in rungs.pop("replan_every").items()}}
    flat.pop("replan_every", None)
    theirs = {**told["ladder"], **{f"replan {m}": x for m, x in told["ladder"].pop("replan_every").items()}}
    theirs.pop("replan_every", None)
    assert {name: rung["value"] for name, rung in flat.items()} == pytest.approx(theirs, abs=1e-9)
    assert all(rung["method"] == "exact" and rung["stderr"] == 0 for rung in flat.values())


def test_still_water_is_a_tie_and_known_exactly() -> None:
    """Where nothing can shift, hindsight is exact, and every rung that plans is equal to it."""
    level, weights, _ = golden("still")
    rungs = solve(level, weights).ladder
    assert rungs.hindsight is not None
    assert (rungs.hindsight.method, rungs.hindsight.stderr) == ("exact", 0.0)
    assert rungs.naive_plan == rungs.best_fixed_plan == rungs.step_by_step == rungs.optimal == rungs.hindsight
    assert rungs.adaptivity_gap == 0


def test_two_rivers_by_hand() -> None:
    """The fork's ladder, derived by hand in fractions, is the solver's.

    Both currents move by P = [[7/10, 3/10], [1/2, 1/2]].  If p is the chance of flow now, next year's is
    3/10 (1 - p) + 1/2 p = 3/10 + p/5.  Left begins in flow: p = 1, 1/2, 2/5, 19/50.  Right begins dry:
    q = 0, 3/10, 9/25, 93/250.  Left brings 4 p, right 5 q, the bank 3/2, and no choice changes what
    can be chosen later.

    Naive: left for ever, 4 (1 + 1/2 + 2/5 + 19/50) = 9.12.
    Best fixed plan: the greatest mean of each year, 4 + 4/2 + 5 * 9/25 + 5 * 93/250 = 9.66 (left, left, right, right).
    One step at a time, following the light, the treasure map and hindsight are the same: the brightest lane of each
    year, 5 if right flows, else 4 if left flows, else 3/2, which is 5 q + (1 - q) (4 p + 3/2 (1 - p)).
    A two-year plan: left, left; then looks up in year 2, and in year 3 keeps to the plan made there.  Seen from year 2
    right brings 5/2 in year 3 if it flows then (dry: 3/2), left 2 (dry: 6/5), the bank 3/2.  So year 3 is
    5/2 q + (1 - q) (2 p + 3/2 (1 - p)) with p and q those of year 2.
    """
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    p, q = [Fraction(1)], [Fraction(0)]
    for _ in range(3):
        p.append(3 * tenth + p[-1] / 5)
        q.append(3 * tenth + q[-1] / 5)
    assert p == [1, half, Fraction(2, 5), Fraction(19, 50)]
    assert q == [0, Fraction(3, 10), Fraction(9, 25), Fraction(93, 250)]
    naive = sum(4 * x for x in p)
    fixed = sum(max(4 * x, 5 * y, Fraction(3, 2)) for x, y in zip(p, q, strict=True))
    brightest = [5 * y + (1 - y) * (4 * x + Fraction(3, 2) * (1 - x)) for x, y in zip(p, q, strict=True)]
    kept = Fraction(5, 2) * q[2] + (1 - q[2]) * (2 * p[2] + Fraction(3, 2) * (1 - p[2]))

    level, weights, _ = golden("fork")
    rungs = solve(level, weights).ladder
    assert rungs.hindsight is not None
    assert rungs.naive_plan.value == pytest.approx(float(naive), abs=1e-12)
    assert rungs.best_fixed_plan.value == pytest.approx(float(fixed), abs=1e-12)
    for rung in (rungs.follow_the_light, rungs.step_by_step, rungs.optimal, rungs.hindsight):
        assert rung.value == pytest.approx(float(sum(brightest)), abs=1e-12)
    assert rungs.replan_every[2].value == pytest.approx(float(4 + 2 + brightest[2] + kept), abs=1e-12)
    assert rungs.replan_every[3].value == pytest.approx(float(4 + 2 + 5 * q[2] + brightest[3]), abs=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_sampled_rungs_agree_with_exact_ones(case: str) -> None:
    """Without a treasure map each policy is sampled, and comes within five standard errors of its exact worth."""
    level, weights, told = golden(case)
    rungs = ladder(Problem(level, weights), None, seed=5)
    assert rungs.hindsight is not None
    theirs = told["ladder"]
    for rung, exact in (
        (rungs.follow_the_light, theirs["follow_the_light"]),
        (rungs.step_by_step, theirs["step_by_step"]),
        (rungs.hindsight, theirs["hindsight"]),
        *((rungs.replan_every[int(m)], x) for m, x in theirs["replan_every"].items()),
    ):
        assert rung.method == "sampled" or case == "still"
        assert abs(rung.value - exact) <= 5 * rung.stderr + 1e-9
    assert rungs.optimal.method == "bound"
    assert rungs.optimal.value <= theirs["optimal"] + 5 * rungs.optimal.stderr + 1e-9
    assert rungs.best_fixed_plan.value == pytest.approx(theirs["best_fixed_plan"], abs=1e-9)


def test_a_plan_that_cannot_be_followed_is_refused_by_name() -> None:
    """A plan with a lane that is not there, or that stops too early, is a ValueError that names the lane."""
    level, weights, told = golden("grad")
    problem = Problem(level, weights)
    assert plan_value(problem, told["best_fixed_plan"]) == pytest.approx(told["ladder"]["best_fixed_plan"], abs=1e-9)
    with pytest.raises(ValueError, match=r"'phd->lab'.*year 0.*'school'"):
        plan_value(problem, ["phd->lab"])
    with pytest.raises(ValueError, match="'nowhere'"):
        plan_value(problem, ["school->phd", "nowhere"])
    with pytest.raises(ValueError, match=r"stops in year 2.*'phd->postdoc'"):
        plan_value(problem, ["school->phd"])
