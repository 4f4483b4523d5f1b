"""``water-lanes learn``: the curve printed, as JSON, and drawn."""

from __future__ import annotations

import json
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from game.cli import main


def test_the_curve_is_printed_with_what_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    """The table says after how many lives the plan and the map were reached."""
    assert main(["learn", "first_fork", "--lives", "600"]) == 0
    told = capsys.readouterr().out
    assert "The first fork" in told
    assert "learners: 32 · seed 0" in told
    assert "The best fixed plan: 11.1075. Reached after" in told
    assert "The treasure map: 15.2192; near it is within 1 %. Reached after" in told


def test_the_same_arguments_give_the_same_json(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON comes back byte for byte, and another seed gives another curve."""
    answers = []
    for seed in ("7", "7", "8"):
        assert main(["learn", "first_fork", "--lives", "40", "--seeds", "4", "--seed", seed, "--json"]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1] != answers[2]
    data = json.loads(answers[0])
    assert data["learners"] == 4
    assert data["lives"][-1] == 40


def test_weights_and_value_functions_steer_the_learners(capsys: pytest.CaptureFixture[str]) -> None:
    """Learners learn by the light that is asked for, and worths are told in it."""
    plans = []
    for steering in (["--weights", "light=2"], []):
        assert main(["learn", "first_fork", "--lives", "20", "--seeds", "2", "--json", *steering]) == 0
        plans.append(json.loads(capsys.readouterr().out)["best_fixed_plan"])
    assert plans[0] == pytest.approx(2 * plans[1])


def test_pictures_are_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An SVG is well formed and has the lines' names; a PNG is one, of the size of a screen."""
    svg, png = tmp_path / "curve.svg", tmp_path / "curve.png"
    for file in (svg, png):
        assert main(["learn", "first_fork", "--lives", "30", "--seeds", "3", "-o", str(file)]) == 0
    tree = ElementTree.parse(svg)
    texts = [node.text or "" for node in tree.iter() if node.tag.endswith("text")]
    assert "Treasure map 15.22" in texts
    assert "Best fixed plan 11.11" in texts
    data = png.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (1280, 720)
    capsys.readouterr()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["-o", "curve.jpg"], "has to end in .png or .svg"),
        (["--lives", "0"], "is not a whole number from 1"),
        (["--seeds", "x"], "is not a whole number from 1"),
        (["--as", "nobody"], "no value function"),
    ],
)
def test_wrong_use_is_refused(argv: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be done is told, with exit status 2 and nothing on standard output."""
    assert main(["learn", "first_fork", *argv]) == 2
    out, error = capsys.readouterr()
    assert told in error
    assert out == ""
