"""The film: its scenes are looked up in a life that was lived, and the same call gives the same frames."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pygame
import pytest
from known_levels import GOLDEN

from game.app.film import plot_of
from game.cli.entry import main
from game.files import read_level
from game.house import shipped_levels
from game.model import Landscape
from game.policy import FixedPlan
from game.session import Session
from game.simulate import live

FILE = sorted(shipped_levels().glob("*.toml"))[0]
SMALL = (640, 360)
FORK = GOLDEN / "fork.toml"


def test_the_scenes_are_those_of_the_record() -> None:
    """By hand: left is full, dry, dry, full and right dry, full, full, dry; the ghost parts in the second year."""
    level = read_level(FORK)
    session = Session(level, 0, level.default_value_function, level.weights())
    session.landscape = Landscape(((1, 0), (0, 1), (0, 1), (1, 0), (0, 0)))
    for lane in ("left", "left", "right", "bank"):
        session.choose(lane)
    ghost = live(level, FixedPlan(("left", "right", "right", "left")), session.landscape)
    plot = plot_of(session, ghost)
    assert (plot.fork, plot.surge, plot.drying, plot.parting) == (0, 0, 1, 1)


def test_a_life_without_lanes_has_no_scenes() -> None:
    """Where nothing can be lived there is nothing to film but title and debrief."""
    level = read_level(FORK)
    session = Session(level, 0, level.default_value_function, level.weights())
    plot = plot_of(session, session.record)
    assert (plot.fork, plot.surge, plot.drying, plot.parting) == (None, None, None, None)


@pytest.mark.slow
def test_the_film_is_the_same_in_every_process(tmp_path: Path) -> None:
    """A short small film has frames of one size that differ from scene to scene, and another process makes the same."""
    here, there = tmp_path / "here", tmp_path / "there"
    program = (
        "import sys; from pathlib import Path; from game.app.film import run_film; from game.files import read_level; "
        "run_film(read_level(Path(sys.argv[1])), 'naive_plan', 7, Path(sys.argv[2]), rate=3, size=(640, 360), pace=6.0)"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program, str(FILE), str(folder)]) for folder in (here, there)]
    assert [run.wait(timeout=300) for run in runs] == [0, 0]
    frames = sorted(here.glob("*.png"))
    assert 10 <= len(frames) <= 60
    assert [frame.name for frame in frames] == [f"{k + 1:04}.png" for k in range(len(frames))]
    assert {frame.name: frame.read_bytes() for frame in frames} == {
        frame.name: frame.read_bytes() for frame in there.iterdir()
    }
    pictures = [pygame.image.load(frame) for frame in frames]
    assert {picture.get_size() for picture in pictures} == {SMALL}
    assert len({pygame.image.tobytes(picture, "RGB") for picture in pictures}) > len(frames) // 2


def test_a_demo_says_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --film a demo asks for policy, seed and folder, names all three, and leaves nothing."""
    assert main(["demo", str(FILE), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "--policy" in said
    assert "--seed" in said
    assert "--film" in said
    assert not (tmp_path / "out").exists()
    assert main(["demo", str(FILE), "--film", str(tmp_path / "film"), "--policy", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
