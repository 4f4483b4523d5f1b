"""The whole answer: the same in every process, sent whole, told in words, interrupted at will."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from waters import solved

from game.files import read_level
from game.model import Sighting, begin, draw_landscape, open_lanes, step
from game.simulate import live
from game.solver import (
    FollowTheLight,
    Problem,
    ReplanEvery,
    StepByStep,
    choice_and_luck,
    plan_distribution,
    solution_as_json,
    solution_as_table,
    solve,
    treasure_map,
)

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"


class Enough(Exception):
    """Somebody has seen enough."""


def test_two_processes_give_the_same_answer_to_the_last_bit() -> None:
    """The JSON of a solution is the same text in two processes with different hash seeds."""
    script = (
        "import json; from game.files import read_level; from game.solver import solve, solution_as_json\n"
        f"level = read_level({str(GOLDEN / 'fog.toml')!r})\n"
        "for limit in (10**9, 1000):\n"
        "    answer = solve(level, level.weights(), seed=3, memory_limit=limit, plan_limit=20)\n"
        "    print(json.dumps(solution_as_json(answer, level, 'mine')), answer.plans.values.tolist())\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert '"sampled"' in told[0]


def test_a_solution_survives_the_way_between_processes() -> None:
    """A pickled solution answers as before."""
    level = read_level(GOLDEN / "grad_fog.toml")
    solution = solve(level, level.weights(), hindsight_samples=100)
    again = pickle.loads(pickle.dumps(solution))
    assert again.ladder == solution.ladder
    life = begin(level)
    assert again.treasure_map.choose(life) == solution.treasure_map.choose(life)  # type: ignore[union-attr]
    assert again.treasure_map.value(life) == solution.treasure_map.value(life)  # type: ignore[union-attr]


def test_progress_is_told_often_and_in_order() -> None:
    """Every stage reports fractions from 0 to 1 that never go back."""
    told: list[tuple[str, float]] = []
    level = read_level(GOLDEN / "grad.toml")
    solve(level, level.weights(), progress=lambda stage, fraction: told.append((stage, fraction)))
    solve(level, level.weights(), memory_limit=1, progress=lambda stage, fraction: told.append((stage + "!", fraction)))
    stages = list(dict.fromkeys(stage for stage, _ in told))
    assert stages == [
        "plans", "treasure_map", "replanning", "hindsight", "plans!", "treasure_map!", "sampling!", "hindsight!"
    ]  # fmt: skip
    for stage in stages:
        fractions = [fraction for name, fraction in told if name == stage]
        assert fractions == sorted(fractions)
        assert 0 <= fractions[0] <= fractions[-1] <= 1 + 1e-12


@pytest.mark.parametrize("stop", ["plans", "treasure_map", "replanning", "sampling", "hindsight"])
def test_whoever_watches_may_interrupt(stop: str) -> None:
    """An exception raised by the progress callback ends the work at once, in every stage."""

    def watch(stage: str, fraction: float) -> None:
        if stage == stop:
            raise Enough

    level = read_level(GOLDEN / "grad.toml")
    with pytest.raises(Enough):
        solve(level, level.weights(), memory_limit=1 if stop == "sampling" else 10**9, progress=watch)


def test_the_json_has_exactly_the_keys_of_the_format() -> None:
    """One object, with the keys and rungs that the description of level files lists, and nothing more."""
    level = read_level(GOLDEN / "fog.toml")
    told = json.loads(json.dumps(solution_as_json(solve(level, level.weights()), level, "mine"), allow_nan=False))
    assert list(told) == [
        "level", "value_function", "years", "sight", "fixed_plans", "best_fixed_plan", "ladder", "adaptivity_gap"
    ]  # fmt: skip
    assert (told["level"], told["value_function"], told["years"], told["sight"]) == ("Fog", "mine", 6, 1)
    assert list(told["ladder"]) == [
        "follow_the_light", "naive_plan", "best_fixed_plan", "replan_every", "step_by_step", "optimal", "hindsight"
    ]  # fmt: skip
    assert list(told["ladder"]["replan_every"]) == ["2", "3", "5"]
    for name, rung in told["ladder"].items():
        if name != "replan_every":
            assert list(rung) == ["value", "stderr", "method"]
    assert told["ladder"]["hindsight"]["method"] == "sampled"


def test_the_table_reads_as_words() -> None:
    """The table names the level and every rung, and says so when something was sampled instead."""
    level = read_level(GOLDEN / "grad.toml")
    table = solution_as_table(solve(level, level.weights()), level, "mine")
    for words in ("Grad school", "one step at a time", "33.1184", "the treasure map", "hindsight", "301", "exact"):
        assert words in table
    small = solution_as_table(solve(level, level.weights(), memory_limit=1), level, "mine")
    assert "The exact answer for this level would take" in small
    assert "at least" in small


def test_hindsight_can_be_left_out() -> None:
    """With no samples there is no hindsight, in the ladder, the JSON and the table alike."""
    level = read_level(GOLDEN / "fork.toml")
    solution = solve(level, level.weights(), hindsight_samples=0)
    assert solution.ladder.hindsight is None
    assert "hindsight" not in solution_as_json(solution, level, "mine")["ladder"]
    assert "hindsight" not in solution_as_table(solution, level, "mine")


def test_a_plan_is_kept_until_it_is_due() -> None:
    """Asked twice about one life the policy says the same; in the next life, in other water, it plans anew."""
    level = read_level(GOLDEN / "grad.toml")
    problem = Problem(level, level.weights())
    policy = ReplanEvery(problem, 3)
    for seed in range(20):
        landscape = draw_landscape(level, seed)
        life = begin(level)
        while open_lanes(level, life):
            lane = policy.choose(life)
            assert policy.choose(life) == lane
            life, _ = step(level, life, lane, landscape)
        assert life.lanes == live(level, ReplanEvery(problem, 3), landscape).lanes
    with pytest.raises(ValueError, match="at least one year"):
        ReplanEvery(problem, 0)


def test_a_plan_of_one_year_is_one_step_at_a_time() -> None:
    """ReplanEvery(1) and StepByStep live the same lives."""
    level = read_level(GOLDEN / "grad_fog.toml")
    problem = Problem(level, level.weights())
    for seed in range(20):
        landscape = draw_landscape(level, seed)
        once = live(level, ReplanEvery(problem, 1), landscape).lanes
        assert once == live(level, StepByStep(problem), landscape).lanes


def test_a_map_serves_its_own_value_function_only() -> None:
    """Choice and luck under other weights than the map's are refused; so are lanes that are not there."""
    level = read_level(GOLDEN / "grad.toml")
    chart = treasure_map(Problem(level, level.weights("mine")))
    record = live(level, chart, draw_landscape(level, 1))
    with pytest.raises(ValueError, match="another value function"):
        choice_and_luck(chart, record, level.weights("citations"))
    with pytest.raises(ValueError, match="'lab->lab'"):
        chart.q(begin(level), "lab->lab")
    with pytest.raises(ValueError, match="2 values"):
        Problem(level, (1.0,))


def test_ties_go_to_the_first_lane_of_the_file() -> None:
    """In still water two lanes are equal, and everybody takes the one that comes first."""
    level = read_level(GOLDEN / "still.toml")
    problem = Problem(level, level.weights())
    landscape = draw_landscape(level, 0)
    chart = treasure_map(problem)
    for policy in (chart, StepByStep(problem), ReplanEvery(problem, 2)):
        assert live(level, policy, landscape).lanes == ("a->b", "b->b", "b->b", "b->b", "b->b")
    assert live(level, FollowTheLight(problem), landscape).lanes[0] == "a->c"


def test_a_life_with_no_lane_to_take_is_worth_its_rest() -> None:
    """A level whose only lane is longer than the years has one plan, the empty one, and every rung is 0."""
    level = read_level(GOLDEN / "still.toml")
    stuck = dataclasses.replace(level, lanes=(dataclasses.replace(level.lanes[0], years=9),))
    solution = solve(stuck, stuck.weights())
    assert (solution.plan_count, solution.best_plan.lanes, solution.plans.values.tolist()) == (1, (), [0.0])
    assert solution.ladder.optimal.value == solution.ladder.follow_the_light.value == 0
    assert solution.ladder.hindsight is not None
    assert solution.ladder.hindsight.value == 0
    assert solve(stuck, stuck.weights(), memory_limit=1).ladder.step_by_step.value == 0


def test_what_a_life_knows_decides_and_nothing_else() -> None:
    """Two lives that know the same get the same answers, however they came to know it."""
    solution = solved(1)
    level = solution.problem.level
    record = live(level, StepByStep(solution.problem), draw_landscape(level, 8))
    chart = solution.treasure_map
    assert chart is not None
    for leg in record.legs:
        life = leg.before
        known = tuple(Sighting(s.state, s.year) for s in life.known)
        twin = type(life)(life.year, life.place, known, (99.0,) * len(life.light), ("elsewhere",))
        assert chart.choose(twin) == chart.choose(life)
        assert StepByStep(solution.problem).choose(twin) == StepByStep(solution.problem).choose(life)


def test_plans_in_one_landscape_count_how_many_would_have_won() -> None:
    """The realised distribution of a landscape has as its greatest value the best path there."""
    level = read_level(GOLDEN / "fork.toml")
    problem = Problem(level, level.weights())
    landscape = draw_landscape(level, 12)
    light = plan_distribution(problem, landscape=landscape).values
    states = landscape.states
    assert light[-1] == sum(max(4.0 * states[t][0], 5.0 * states[t][1], 1.5) for t in range(4))
