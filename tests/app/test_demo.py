"""The demo: a life through the real screens with no display, the same every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.app.demo import run_demo
from game.app.plan_draft import draft_of
from game.files import read_level, read_run, replayed
from game.house import shipped_levels

FILE = sorted(shipped_levels().glob("*.toml"))[0]
SCREENS = {"title", "levels", "set_off", "drive_rest"}


def files_in(folder: Path) -> dict[str, bytes]:
    """The files in a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a demo of the first level leaves."""
    out = tmp_path_factory.mktemp("demo") / "new" / "folder"
    assert run_demo(read_level(FILE), "step_by_step", 3, out) == 0
    return out


def test_a_demo_leaves_a_picture_of_every_screen(demo: Path) -> None:
    """Title, levels, setting off, several years, rest and every page of the debrief are there, each its own picture."""
    pictures = sorted(demo.glob("*.png"))
    names = [path.stem.split("_", 1)[1] for path in pictures]
    assert set(names) >= SCREENS
    assert sum(name.startswith("drive_year") for name in names) >= 3
    assert sum(name.startswith("debrief") for name in names) >= 6
    assert len(set(names)) == len(names)
    contents = set()
    for path in pictures:
        picture = pygame.image.load(path)
        assert picture.get_size() == (1280, 720)
        contents.add(pygame.image.tobytes(picture, "RGB"))
    assert len(contents) == len(pictures)


def test_a_demo_leaves_its_run_and_its_transcript(demo: Path) -> None:
    """The run file replays to its end, and the transcript tells that life and all pages of the debrief."""
    (file,) = demo.glob("*.json")
    run = read_run(file)
    level = read_level(FILE)
    record = replayed(run, level)
    assert run.seed == 3
    assert draft_of(level, run.bets.plan).complete
    assert run.bets.expectation is not None
    told = (demo / "transcript.txt").read_text(encoding="utf-8")
    assert level.title in told
    assert all(level.lane(lane).name in told for lane in record.lanes)
    assert "Page 8" in told


@pytest.mark.slow
def test_two_processes_leave_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    """The same level, policy and seed leave the same files, byte for byte, in another process."""
    program = (
        "import sys; from pathlib import Path; from game.app.demo import run_demo; from game.files import read_level; "
        "run_demo(read_level(Path(sys.argv[1])), 'step_by_step', 3, Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", program, str(FILE), str(tmp_path / "again")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    here, there = files_in(demo), files_in(tmp_path / "again")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
