"""The wheel is whole: it works where no checkout is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an empty environment into which only the wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run([str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)], folder)
    return programs


def run(command: list[str], folder: Path) -> str:
    """What ``command`` prints when it is run in ``folder`` without any trace of the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["WATER_LANES_HOME"] = str(folder / "home")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_solve_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    """A shipped level can be solved by name from an installed wheel, with no checkout near."""
    answer = json.loads(run([str(installed / "water-lanes"), "solve", "01_the_first_fork", "--json"], tmp_path))
    assert answer["fixed_plans"] == 81
    assert answer["ladder"]["step_by_step"]["value"] > answer["ladder"]["best_fixed_plan"]["value"]


@pytest.mark.slow
def test_a_headless_life_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    """A life through the real screens leaves its pictures, run file and transcript, from an installed wheel."""
    out = tmp_path / "demo"
    command = ["demo", "01_the_first_fork", "--policy", "step_by_step", "--seed", "3", "--out", str(out)]
    run([str(installed / "water-lanes"), *command], tmp_path)
    assert len(list(out.glob("*.png"))) >= 8
    assert list(out.glob("*.json"))
    assert (out / "transcript.txt").read_text(encoding="utf-8").strip()


@pytest.mark.slow
def test_a_workshop_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    """The exercises, their guide and the group's picture come with an installed wheel."""
    program = str(installed / "water-lanes")
    listed = run([program, "workshop", "list"], tmp_path)
    assert [line.split(":")[0] for line in listed.splitlines()] == ["one_plan_one_life", "one_step", "whose_light"]
    run([program, "workshop", "guide", "whose_light", "-o", "guide.html"], tmp_path)
    assert "<svg" in (tmp_path / "guide.html").read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    run([program, "workshop", "collect", "in", "-o", "page.html", "--exercise", "one_step"], tmp_path)
    assert "<script" in (tmp_path / "page.html").read_text(encoding="utf-8")
