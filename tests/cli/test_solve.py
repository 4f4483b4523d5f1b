"""``water-lanes solve`` says what every way of living is worth, or in one sentence why it cannot."""

from __future__ import annotations

import json
import math
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from known_levels import GOLDEN, golden

from game.cli import main
from game.cli.progress import Interruptible
from game.files import read_level
from game.house import shipped_levels
from game.solver import Enough, solve

EXPECTED = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json"))}
Output = pytest.CaptureFixture[str]


def solved(capsys: Output, *arguments: str) -> dict[str, Any]:
    """The JSON object of a call that must succeed."""
    assert main(["solve", *arguments, "--json"]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    answer: dict[str, Any] = json.loads(output.out)
    return answer


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_json_agrees_with_the_golden_values(path: Path, capsys: Output) -> None:
    """The JSON has the keys of the format's description, and its exact rungs are the golden ones to 1e-9."""
    name, _, value_function = path.stem.partition(".")
    steering = ["--as", value_function] if value_function else []
    answer = solved(capsys, str(GOLDEN / f"{name}.toml"), *steering)
    expected = EXPECTED[path]
    assert list(answer) == [
        "level", "value_function", "years", "sight", "fixed_plans", "best_fixed_plan", "ladder", "adaptivity_gap",
    ]  # fmt: skip
    assert answer["fixed_plans"] == expected["fixed_plans"]
    assert answer["best_fixed_plan"] == expected["best_fixed_plan"]
    assert answer["adaptivity_gap"] == pytest.approx(expected["adaptivity_gap"], abs=1e-9)
    assert answer["value_function"] == (value_function or "mine")
    assert set(answer["ladder"]) == set(expected["ladder"])
    for rung, value in expected["ladder"].items():
        found = answer["ladder"][rung]
        if rung == "replan_every":
            assert {m: r["value"] for m, r in found.items()} == pytest.approx(value, abs=1e-9)
        elif rung == "hindsight" and found["method"] == "sampled":
            assert abs(found["value"] - value) <= 5 * found["stderr"] + 1e-9
        else:
            assert (found["method"], found["stderr"]) == ("exact", 0)
            assert found["value"] == pytest.approx(value, abs=1e-9)


def test_sight_is_told_as_in_the_file(capsys: Output) -> None:
    """Sight is "all" or a number in the JSON too."""
    assert solved(capsys, str(GOLDEN / "grad.toml"))["sight"] == "all"
    assert solved(capsys, str(GOLDEN / "grad_fog.toml"))["sight"] == 1


def test_weights_of_ones_own(capsys: Output) -> None:
    """Weights that spell out a value function of the level give its values; a value left out weighs 0."""
    level = str(GOLDEN / "grad.toml")
    written = solved(capsys, level, "--weights", " recognition = 1 ")
    assert written["ladder"] == solved(capsys, level, "--as", "citations")["ladder"]
    assert written["value_function"] == "craft=0,recognition=1"
    assert (
        solved(capsys, level, "--weights=craft=-1,recognition=0.125")["value_function"] == "craft=-1,recognition=0.125"
    )


def test_samples_of_hindsight(capsys: Output) -> None:
    """More samples make a smaller standard error, and no samples leave hindsight out."""
    level = str(GOLDEN / "grad.toml")
    few = solved(capsys, level, "--samples", "100")["ladder"]["hindsight"]["stderr"]
    assert few > solved(capsys, level, "--samples", "10000")["ladder"]["hindsight"]["stderr"] > 0
    assert "hindsight" not in solved(capsys, level, "--samples", "0")["ladder"]
    assert math.isfinite(solved(capsys, level, "--samples", "1")["ladder"]["hindsight"]["stderr"])


def test_the_table_is_for_people(capsys: Output) -> None:
    """Without --json the rungs come as a table, under the level's title, with their figures."""
    assert main(["solve", "first_fork"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("The first fork\n")
    for part in ("the best fixed plan", "one step at a time", "the treasure map", "hindsight", "exact", "81"):
        assert part in text


def test_the_table_is_fit_for_a_terminal(tmp_path: Path, capsys: Output) -> None:
    """What a level's texts hold cannot move the cursor."""
    path = tmp_path / "level.toml"
    text = (GOLDEN / "fork.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"Two rivers"', '"a\\u001b[2J\\u202e"'), encoding="utf-8")
    assert main(["solve", str(path)]) == 0
    assert "".join(capsys.readouterr().out.split("\n")).isprintable()


REFUSED = {
    "no level of this name": (["nowhere"], 'no level "nowhere"'),
    "nearly a level": (["frist_fork"], "Did you mean"),
    "a folder": (["."], "a folder"),
    "a value function that is not there": (["grad", "--as", "citation"], 'Did you mean "citations"?'),
    "a value that is not there": (["grad", "--weights", "craft=1,people=2"], 'no value "people"'),
    "a weight that is no number": (["grad", "--weights", "craft=much"], 'is "much"'),
    "a weight without end": (["grad", "--weights", "craft=inf"], "from -1,000,000"),
    "a weight that is nan": (["grad", "--weights", "craft=nan"], "from -1,000,000"),
    "a weight that is too large": (["grad", "--weights", "craft=1e7"], "from -1,000,000"),
    "a weight without a number": (["grad", "--weights", "craft"], "VALUE=WEIGHT"),
    "no weights at all": (["grad", "--weights", ""], "VALUE=WEIGHT"),
    "a weight twice": (["grad", "--weights", "craft=1,craft=2"], "more than one weight"),
    "both ways of steering": (["grad", "--as", "mine", "--weights", "craft=1"], "not allowed with"),
    "samples below 0": (["grad", "--samples", "-1"], "not a whole number"),
    "samples that are no number": (["grad", "--samples", "many"], "not a whole number"),
    "samples without end": (["grad", "--samples", "9" * 5000], "not a whole number"),
    "no level": ([], "LEVEL"),
    "an unknown option": (["grad", "--jsn"], "--jsn"),
    "half an option": (["grad", "--js"], "--js"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["table", "json"])
def test_refusals(name: str, more: list[str], capsys: Output) -> None:
    """Wrong use ends with status 2 and a sentence on standard error, and with nothing on standard output."""
    arguments, told = REFUSED[name]
    arguments = [str(GOLDEN / "grad.toml") if part == "grad" else part for part in arguments]
    assert main(["solve", *arguments, *more]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert told in output.err


def test_a_level_with_problems_tells_all_of_them(tmp_path: Path, capsys: Output) -> None:
    """A level that cannot be played ends with status 2, all its problems on standard error and nothing else."""
    path = tmp_path / "level.toml"
    path.write_text("format = 1\nyears = 0\n")
    assert main(["solve", str(path), "--json"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert f"{path}:2: years of the level" in output.err
    assert len(output.err.splitlines()) == 5


def test_room_is_what_is_given(capsys: Output, tmp_path: Path) -> None:
    """With next to no memory the ladder is sampled, within the time given; with a folder for it the map is exact."""
    grad = str(GOLDEN / "grad.toml")
    exact = solved(capsys, grad, "--samples", "0")
    small = solved(capsys, grad, "--samples", "0", "--memory", "1e-6", "--seconds", "0.2")
    assert (small["ladder"]["optimal"]["method"], small["ladder"]["step_by_step"]["method"]) == ("bound", "sampled")
    assert solved(capsys, grad, "--samples", "0", "--disk", str(tmp_path)) == exact
    assert list(tmp_path.glob("*.npy"))


def test_what_takes_long_is_announced_before(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size and time of the exact answer stand on standard error, for work that is worth saying."""
    monkeypatch.setattr("game.cli.solving._WORTH_SAYING", 0.0)
    assert main(["solve", str(GOLDEN / "grad.toml"), "--samples", "0"]) == 0
    assert re.fullmatch(r"The exact answer takes about [0-9.]+ [KM]iB of memory and 0 s\.\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--memory", "0"], "not a number above 0"),
        (["--memory", "nan"], "not a number above 0"),
        (["--seconds", "-1"], "not a number above 0"),
        (["--seconds", "soon"], "not a number above 0"),
        (["--disk", "nowhere/at/all"], "is not a folder"),
    ],
)
def test_room_that_is_none_is_refused(option: list[str], said: str, capsys: Output) -> None:
    """Amounts that are none and folders that are not there end with 2 and a sentence."""
    try:
        status = main(["solve", str(GOLDEN / "fork.toml"), *option])
    except SystemExit as left:
        status = int(left.code or 0)
    assert status == 2
    assert said in capsys.readouterr().err


def test_where_nothing_is_gained_the_table_says_equal(tmp_path: Path, capsys: Output) -> None:
    """A level whose brightest lane never shifts is told as a tie; one where looking up gains is not."""
    file = tmp_path / "still.toml"
    file.write_text(
        """format = 1
title = "Still"
years = 3
start = "a"
[currents.r]
states = ["dry", "flow"]
stay = 0.5
[places.a]
[[lanes]]
from = "a"
to = "a"
current = "r"
light = [0, 1]
[[lanes]]
from = "a"
to = "a"
light = 5
"""
    )
    assert main(["solve", str(file)]) == 0
    assert "Equal:" in capsys.readouterr().out
    assert main(["solve", "first_fork"]) == 0
    assert "Equal:" not in capsys.readouterr().out


def test_a_life_that_rests_at_once_has_no_plan(tmp_path: Path, capsys: Output) -> None:
    """Where no lane can be taken from the beginning, the table says so in place of an empty plan."""
    file = tmp_path / "end.toml"
    file.write_text(
        'format = 1\ntitle = "End"\nyears = 3\nstart = "a"\n[places.a]\n[places.b]\n'
        '[[lanes]]\nfrom = "b"\nto = "a"\nlight = 1\n'
    )
    assert main(["solve", str(file)]) == 0
    told = capsys.readouterr().out
    assert "nothing to plan" in told
    assert "The best of them" not in told


def test_enough_is_enough(capsys: Output) -> None:
    """Ctrl-C while lives are sampled ends with what is known so far; before that, or twice, it is an interruption."""
    calls: list[str] = []
    with Interruptible(lambda stage, fraction: calls.append(stage)) as progress:
        progress("treasure_map", 0.5)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        progress("sampling", 0.1)
        signal.raise_signal(signal.SIGINT)
        assert "once more" in capsys.readouterr().err
        with pytest.raises(Enough):
            progress("sampling", 0.2)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert progress.done
    assert calls == ["treasure_map", "sampling"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_enough_before_anything_is_known_is_an_interruption() -> None:
    """Where the work passes Enough on because it has nothing yet, that is told as an interruption, not as a failure."""

    def work() -> None:
        with Interruptible(lambda stage, fraction: None) as progress:
            progress("sampling", 0.0)
            signal.raise_signal(signal.SIGINT)
            progress("sampling", 0.01)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_oracles_that_were_cut_short_are_left_out() -> None:
    """A ladder that was told that it is enough has its rungs without the oracles that nothing is known of."""
    level = read_level(shipped_levels() / "story" / "5_oracles.toml")

    def enough(stage: str, fraction: float) -> None:
        if stage == "oracles":
            raise Enough

    rungs = solve(level, level.weights(), hindsight_samples=0, progress=enough).ladder
    assert rungs.optimal.method == "exact"
    assert len(rungs.oracles) < len(level.oracles)


def test_hindsight_that_was_cut_short_is_left_out() -> None:
    """A ladder told that it is enough still has all other rungs, and hindsight too where lives were sampled."""
    level = golden("grad")

    def enough(stage: str, fraction: float) -> None:
        if stage == "hindsight":
            raise Enough

    rungs = solve(level, level.weights(), progress=enough).ladder
    assert rungs.hindsight is None
    assert rungs.optimal.method == rungs.step_by_step.method == "exact"
    sampled = solve(level, level.weights(), memory_limit=1, progress=enough).ladder.hindsight
    assert sampled is not None
    assert sampled.method == "sampled"
