"""Every command has its help, its answers and its refusals."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import types
from pathlib import Path

import pytest
from known_levels import GOLDEN, golden
from lives import to_the_end

from game import __version__
from game.cli import main
from game.cli.checking import remarks
from game.cli.progress import ProgressLine
from game.files import level_from_text, read_level, run_of, write_run
from game.house import shipped_levels
from game.session import Session

Output = pytest.CaptureFixture[str]


@pytest.fixture
def run_file(tmp_path: Path) -> Path:
    """The file of a life on the shipped level "The first fork"."""
    level = read_level(shipped_levels() / "01_the_first_fork.toml")
    session = to_the_end(Session(level, 5, "mine", level.weights()))
    return write_run(run_of(session), tmp_path / "runs")


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux machine with neither desktop nor a video driver named."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("command", ["", "play", "solve", "check", "replay", "demo"])
def test_help_has_an_example(command: str, capsys: Output) -> None:
    """Each command's help goes to standard output and has an example that begins with the command."""
    assert main([*command.split(), "--help"]) == 0
    output = capsys.readouterr()
    assert f"Example: water-lanes {command}".rstrip() in output.out
    assert output.err == ""


def test_the_version(capsys: Output) -> None:
    """The command says which version it is."""
    assert main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["fly"], ["--fast"], ["check"], ["replay"], ["demo", "first_fork"], ["play", "a", "b"]]
)
def test_wrong_use_is_status_2(arguments: list[str], capsys: Output) -> None:
    """What cannot be meant ends with status 2, usage on standard error and nothing on standard output."""
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("usage: water-lanes")


def test_check_finds_nothing_in_sound_levels(capsys: Output) -> None:
    """Sound levels end with status 0 and a line each."""
    files = [str(path) for path in sorted(GOLDEN.glob("*.toml"))]
    assert main(["check", *files]) == 0
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == len(files)
    assert output.err == ""


def test_check_tells_all_problems_of_all_files(tmp_path: Path, capsys: Output) -> None:
    """Problems go to standard output, one a line, and end with status 1, sound files beside them or not."""
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\nyears = 0\n")
    assert main(["check", str(broken), str(GOLDEN / "fork.toml")]) == 1
    output = capsys.readouterr()
    assert output.err == ""
    assert f"{broken}:2: years of the level: found the whole number 0;" in output.out
    assert "in order" in output.out.splitlines()[-1]


def test_check_of_nothing_is_status_2(tmp_path: Path, capsys: Output) -> None:
    """A file that cannot be opened is unreadable input: status 2, on standard error."""
    assert main(["check", str(tmp_path / "none.toml")]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert "nothing there" in output.err


def test_check_remarks_on_what_may_not_be_meant(tmp_path: Path, capsys: Output) -> None:
    """Places out of reach, lanes too long and currents without lanes are allowed, told, and no problem."""
    text = """
        format = 1
        title = "t"
        years = 3
        start = "a"
        [currents.idle]
        states = ["x", "y"]
        stay = 1
        [places.a]
        [places.b]
        [places.island]
        [[lanes]]
        from = "a"
        to = "b"
        years = 2
        [[lanes]]
        from = "b"
        to = "a"
        years = 2
        [[lanes]]
        from = "island"
        to = "island"
    """
    found = remarks(level_from_text(text))
    assert [name in remark for name, remark in zip(["island", "b->a", "idle"], found, strict=True)] == [True] * 3
    path = tmp_path / "level.toml"
    path.write_text(text)
    assert main(["check", str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_replay_tells_a_life(run_file: Path, capsys: Output) -> None:
    """A run that follows ends with status 0 and its transcript on standard output."""
    assert main(["replay", str(run_file), "--text"]) == 0
    output = capsys.readouterr()
    assert output.out.startswith("The first fork\nSeed 5 ")
    assert "Light in all: " in output.out
    assert "through all its decisions: 4" in output.err


def test_replay_says_where_it_parts(run_file: Path, capsys: Output) -> None:
    """A run that does not follow ends with status 1, says where, and tells the life up to there."""
    document = json.loads(run_file.read_text(encoding="utf-8"))
    document["waypoints"][1]["water"] = [1 - state for state in document["waypoints"][1]["water"]]
    run_file.write_text(json.dumps(document), encoding="utf-8")
    assert main(["replay", str(run_file), "--text"]) == 1
    output = capsys.readouterr()
    assert "parts from the run at decision 2, in year 2" in output.err
    assert "year 1: water" in output.out
    assert "year 2: water" not in output.out


def test_replay_of_a_changed_level_says_so(run_file: Path, tmp_path: Path, capsys: Output) -> None:
    """A level that has changed is told, and followed as far as it goes; that is status 1 in any case."""
    level = (shipped_levels() / "01_the_first_fork.toml").read_text(encoding="utf-8")
    changed = tmp_path / "changed.toml"
    changed.write_text(level.replace("light = 1.5", "light = 1.75", 1), encoding="utf-8")
    assert main(["replay", str(run_file), "--text", "--level", str(changed)]) == 1
    output = capsys.readouterr()
    assert "is not as it was" in output.err
    assert "through all its decisions" in output.err


def test_replay_holds_the_weights_against_the_level(tmp_path: Path, capsys: Output) -> None:
    """A run whose value function weighs otherwise than the level's of that name says so, with status 1."""
    level = golden("grad")
    session = to_the_end(Session(level, 5, "mine", (9.0, 0.0)))
    run = write_run(run_of(session), tmp_path)
    assert main(["replay", str(run), "--text", "--level", str(GOLDEN / "grad.toml")]) == 1
    assert '"mine" weighs otherwise' in capsys.readouterr().err


def test_replay_finds_ones_own_level(own_home: Path, capsys: Output) -> None:
    """The level of a run is found among one's own by what it is, whatever its file is called."""
    folder = own_home / "levels"
    folder.mkdir()
    text = (GOLDEN / "grad.toml").read_text(encoding="utf-8")
    level = level_from_text(text)
    session = Session(level, 2, "mine", level.weights())
    session.choose("school->phd")
    run = write_run(run_of(session), own_home / "runs")
    assert main(["replay", str(run), "--text"]) == 2
    assert "--level FILE" in capsys.readouterr().err
    (folder / "anything.toml").write_text(text, encoding="utf-8")
    assert main(["replay", str(run), "--text"]) == 0


def test_replay_finds_a_level_beside_the_run(tmp_path: Path, capsys: Output) -> None:
    """A run that is shared together with its level file replays wherever the two lie."""
    shared = tmp_path / "rivers.toml"
    shared.write_bytes((GOLDEN / "fork.toml").read_bytes())
    level = read_level(shared)
    session = Session(level, 5, "mine", level.weights())
    while not session.finished:
        session.choose("bank")
    run = write_run(dataclasses.replace(run_of(session), level_file="rivers.toml"), tmp_path)
    assert main(["replay", str(run), "--text"]) == 0
    assert capsys.readouterr().out.startswith("Two rivers")


@pytest.mark.parametrize("content", ["", "{", "[]", "\xff", '{"format": 2}'])
def test_replay_of_what_is_no_run(content: str, tmp_path: Path, capsys: Output) -> None:
    """A file that is no run is unreadable input: status 2, all its problems on standard error."""
    path = tmp_path / "run.json"
    path.write_text(content, encoding="latin-1")
    assert main(["replay", str(path), "--text"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert str(path) in output.err


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize("arguments", [[], ["play"], ["play", "first_fork"]])
def test_play_without_a_display_names_demo(arguments: list[str], capsys: Output) -> None:
    """Without a display, play says so in one line that names demo, and ends with status 2."""
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert len(output.err.splitlines()) == 1
    assert "water-lanes demo" in output.err


@pytest.mark.usefixtures("no_display")
def test_replay_without_a_display_names_text(run_file: Path, capsys: Output) -> None:
    """Without a display, replay says that it can tell the life as a text."""
    assert main(["replay", str(run_file)]) == 2
    assert "--text" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    "command", [["play"], ["demo", "first_fork", "--policy", "optimal", "--seed", "1", "--out", "o"]]
)
def test_plain_pygame_says_what_to_do(
    command: list[str], capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where plain pygame stands in place of pygame-ce, both commands that need it say how to mend that."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pygame", types.ModuleType("pygame"))
    assert main(command) == 2
    told = capsys.readouterr().err
    assert "pip uninstall pygame" in told
    assert "pygame-ce" in told


def test_a_missing_pygame_says_what_to_do(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no pygame at all, play says how to get it."""
    monkeypatch.setitem(sys.modules, "pygame", None)
    assert main(["play"]) == 2
    assert "pip install" in capsys.readouterr().err


DEMO = {
    "an unknown policy": (["first_fork", "--policy", "step_by_stp", "--seed", "1"], "Did you mean step_by_step?"),
    "a replanning of no years": (["first_fork", "--policy", "replan_0", "--seed", "1"], "no policy"),
    "a seed that is no number": (["first_fork", "--policy", "optimal", "--seed", "x"], "not a whole number"),
    "a seed beyond all runs": (["first_fork", "--policy", "optimal", "--seed", str(2**64)], "not a whole number"),
    "a level that is not there": (["nowhere", "--policy", "optimal", "--seed", "1"], "no level"),
}


@pytest.mark.parametrize("name", DEMO)
def test_demo_refuses(name: str, tmp_path: Path, capsys: Output) -> None:
    """A demo that cannot be is refused with status 2, before anything is written."""
    arguments, told = DEMO[name]
    assert main(["demo", *arguments, "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_demo_into_a_folder_that_cannot_be(tmp_path: Path, capsys: Output) -> None:
    """A folder that cannot be made is told with the system's reason."""
    (tmp_path / "file").write_text("")
    out = str(tmp_path / "file" / "out")
    assert main(["demo", "first_fork", "--policy", "first_lane", "--seed", "1", "--out", out]) == 2
    assert "Nothing can be written into" in capsys.readouterr().err


class Terminal:
    """A stream that says it is a terminal and keeps what is written."""

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keeps the text."""
        self.written += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal progress is written over itself, not too often, and is gone at the end."""
    now = [0.0]
    monkeypatch.setattr("game.cli.progress.time.monotonic", lambda: now[0])
    terminal = Terminal()
    with ProgressLine(terminal) as progress:  # type: ignore[arg-type]
        progress("plans", 0.0)
        assert terminal.written == ""
        for step in range(100):
            now[0] += 0.02
            progress("hindsight", step / 100)
    assert 15 <= terminal.written.count("Looking back") <= 20
    assert "\n" not in terminal.written
    assert terminal.written.endswith("\r")
    assert terminal.written.rsplit("\r", 2)[1].strip() == ""


def test_the_names_of_the_environment_are_left_alone(capsys: Output) -> None:
    """A call of the command changes nothing of the environment that another could stumble over."""
    before = dict(os.environ)
    assert main(["check", str(GOLDEN / "fork.toml")]) == 0
    assert dict(os.environ) == before
    assert capsys.readouterr().out
