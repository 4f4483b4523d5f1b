"""``water-lanes sweep`` as a process: killed and resumed, on one core and on two, and what it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from game.cli import main
from game.cli.arguments import parser

Output = pytest.CaptureFixture[str]

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by POSIX signals")

AXES = ["--volatility", "0:1:0.5", "--choice", "2,3", "--horizon", "4,9", "--sight", "1,all"]
SWEEP = ["sweep", *AXES, "--levels", "6", "--seed", "3", "--places", "6"]
TOTAL = 3 * 2 * 2 * 2 * 6


def begin(folder: Path, *more: str) -> subprocess.Popen[str]:
    """A process, the leader of its own group, that sweeps into ``folder``."""
    command = [sys.executable, "-m", "game", *SWEEP, "-o", "s.csv", "--picture", "s.svg", *more]
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_lines(process: subprocess.Popen[str], journal: Path, count: int) -> None:
    """Returns when the journal has so many lines while the process is still at work."""
    deadline = time.monotonic() + 60
    while not journal.exists() or journal.read_bytes().count(b"\n") < count:
        assert process.poll() is None, "the sweep was over before it could be ended"
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sweep that nothing interrupted, done by one process."""
    folder = tmp_path_factory.mktemp("whole")
    process = begin(folder, "--jobs", "1")
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert "Wrote s.csv: 24 cells of 6 levels each." in output
    return folder


def same_files(a: Path, b: Path) -> bool:
    """Whether two sweeps wrote the same bytes."""
    return all((a / name).read_bytes() == (b / name).read_bytes() for name in ("s.csv", "s.svg"))


@pytest.mark.slow
@posix
def test_a_killed_sweep_goes_on_where_it_was(whole: Path, tmp_path: Path) -> None:
    """Killed in the middle and resumed, a sweep writes the same bytes, and no process outlives it."""
    process = begin(tmp_path, "--jobs", "2")
    wait_for_lines(process, tmp_path / "s.csv.journal", 20)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "s.csv").exists()
    assert_group_ends(process.pid)
    # The kill may have come in the middle of a line as well.
    journal = tmp_path / "s.csv.journal"
    journal.write_bytes(journal.read_bytes()[:-7])
    process = begin(tmp_path, "--jobs", "2")
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    assert f"of {TOTAL} levels already" in errors
    assert same_files(whole, tmp_path)


def assert_group_ends(group: int) -> None:
    """Fails if a process of the group lives on for long."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail("a worker outlived the sweep that was killed")


@pytest.mark.slow
def test_two_processes_write_what_one_writes(whole: Path, tmp_path: Path) -> None:
    """With two processes the table and the picture are the same to the bit."""
    process = begin(tmp_path, "--jobs", "2")
    process.communicate(timeout=120)
    assert same_files(whole, tmp_path)


@posix
def test_an_interrupted_sweep_says_what_is_kept(tmp_path: Path) -> None:
    """On Ctrl+C the sweep ends with status 130 and says how to go on, without a traceback."""
    process = begin(tmp_path, "--jobs", "2")
    wait_for_lines(process, tmp_path / "s.csv.journal", 6)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"of {TOTAL} levels are kept in s.csv.journal" in errors
    assert "Traceback" not in errors


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find the worker")
def test_a_lost_worker_ends_the_sweep_with_a_sentence(tmp_path: Path) -> None:
    """A worker that is ended from outside is told, with what is kept, and the same command goes on."""
    process = begin(tmp_path, "--jobs", "1")
    wait_for_lines(process, tmp_path / "s.csv.journal", 6)
    for child in children(process.pid):
        os.kill(child, signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "ended from outside" in errors
    assert "goes on from there" in errors


def children(pid: int) -> list[int]:
    """The processes that a process has started and that run the sweep's levels."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(fields[1]) == pid and b"spawn_main" in command:
                found.append(int(entry.name))
    return found


def test_the_picture_is_svg_with_a_cell_for_each_row(whole: Path) -> None:
    """The picture is well-formed, says what it shows, and has a titled cell for every cell of the grid."""
    svg = "{http://www.w3.org/2000/svg}"
    root = ET.parse(whole / "s.svg").getroot()
    assert root.tag == f"{svg}svg"
    assert "fixed plan" in (root.findtext(f"{svg}title") or "")
    assert "The model says" in (root.findtext(f"{svg}desc") or "")
    cells = [rect for rect in root.iter(f"{svg}rect") if rect.find(f"{svg}title") is not None]
    assert len(cells) == 24
    # Where nothing shifts the cells have the lightest colour, and elsewhere they have not.
    lightest = {rect.get("fill") for rect in cells if "volatility 0," in rect[0].text}
    assert len(lightest) == 1
    assert lightest.isdisjoint({rect.get("fill") for rect in cells if "volatility 0," not in rect[0].text})


def test_another_picture_than_svg_becomes_svg(whole: Path, tmp_path: Path, capsys: Output) -> None:
    """Asked for a PNG the command says that it draws SVG, and does."""
    (tmp_path / "s.csv.journal").write_bytes((whole / "s.csv.journal").read_bytes())
    assert main([*SWEEP, "-o", str(tmp_path / "s.csv"), "--picture", str(tmp_path / "s.png")]) == 0
    assert "as SVG" in capsys.readouterr().err
    assert same_files(whole, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--volatility", "0:2:1"], "Volatility is 2.0"),
        (["--volatility", "0:1"], "'0:1' is neither a number, nor a list"),
        (["--volatility", "1:0:0.1"], "needs a step above zero"),
        (["--volatility", "0:1:0"], "needs a step above zero"),
        (["--volatility", "0:1:0.0001"], "more than 1000 values"),
        (["--volatility", "nan"], "'nan' is not a number"),
        (["--horizon", "5,,10"], "'' is not a whole number"),
        (["--sight", "some"], "'some' is neither a whole number nor all"),
        (["--horizon", "2"], "In 2 years no life could come to all 8 places"),
        (["--levels", "0"], "--levels: 0 is not from 1"),
        (["--jobs", "0"], "--jobs: 0 is not from 1"),
        (["--levels", "999999"], "a sweep has at most"),
        (["--currents", "65"], "number of currents is 65"),
        (["--jobs", "2", "--dask", "tcp://127.0.0.1:1"], "not allowed with"),
    ],
)
def test_what_cannot_be_swept_is_refused(arguments: list[str], said: str, tmp_path: Path, capsys: Output) -> None:
    """Wrong axes and numbers end with status 2 and a sentence, before any file is made."""
    assert main(["sweep", *arguments, "-o", str(tmp_path / "s.csv")]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_journal_is_refused(tmp_path: Path, capsys: Output) -> None:
    """A file in the journal's place that is none ends the command with status 2, and stays as it is."""
    journal = tmp_path / "s.csv.journal"
    journal.write_text("dear diary\n")
    assert main([*SWEEP, "-o", str(tmp_path / "s.csv")]) == 2
    assert "is not a journal of this sweep" in capsys.readouterr().err
    assert journal.read_text() == "dear diary\n"


def test_axes_are_read_exactly() -> None:
    """Lists and ranges give the numbers that a person means, each once, without rounding on the way."""
    read = parser().parse_args(["sweep", "--choice", "5,10:20:5, 5", "--sight", "1,all,2:3:1", "-o", "s.csv"])
    assert read.volatility == (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    assert read.choice == (5, 10, 15, 20)
    assert read.horizon == (5, 10, 20)
    assert read.sight == (1, None, 2, 3)
    assert parser().parse_args(["sweep", "--volatility", "0.5, 0:1:0.5", "-o", "s.csv"]).volatility == (0.5, 0.0, 1.0)


def test_help_has_an_example(capsys: Output) -> None:
    """The help of sweep ends with an example."""
    assert main(["sweep", "--help"]) == 0
    assert "Example: water-lanes sweep" in capsys.readouterr().out
