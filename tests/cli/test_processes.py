"""The command as a process: what it loads, how it ends, and what becomes of its pipes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from known_levels import GOLDEN

PROGRAM = [sys.executable, "-m", "game"]

# Every import of pygame, numpy and of the app is told on the way out.
LOADED = (
    "import sys; from game.cli import main; status = main(sys.argv[1:]); "
    "print(status, sorted({name.split('.')[0] for name in sys.modules} & {'pygame', 'numpy'}), file=sys.stderr)"
)


def test_what_needs_no_window_loads_no_pygame(tmp_path: Path) -> None:
    """solve, check and replay --text run without pygame being imported, and check even without the solver."""
    script = (
        "from pathlib import Path; import sys\n"
        "from game.files import read_level, run_of, write_run\n"
        "from game.session import Session\n"
        "level = read_level(sys.argv[1])\n"
        "print(write_run(run_of(Session(level, 1, 'mine', level.weights())), Path(sys.argv[2])))\n"
    )
    fork = str(GOLDEN / "fork.toml")
    made = subprocess.run(
        [sys.executable, "-c", script, fork, str(tmp_path)], capture_output=True, text=True, check=True
    )
    for arguments in (
        ["solve", fork, "--json"],
        ["check", fork],
        ["replay", made.stdout.strip(), "--text", "--level", fork],
    ):
        done = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True)
        assert done.stderr.splitlines()[-1].startswith("0 ")
        assert "pygame" not in done.stderr.splitlines()[-1]
        assert done.stdout


def test_solve_runs_where_pygame_cannot_be_imported() -> None:
    """With pygame blocked altogether solve answers all the same."""
    script = (
        "import sys; sys.modules['pygame'] = None; from game.cli import main; sys.exit(main(['solve', 'first_fork']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_exit_statuses_of_the_process() -> None:
    """The status of the command is the status of the process."""
    fork = str(GOLDEN / "fork.toml")
    for arguments, status in ((["check", fork], 0), (["check", str(GOLDEN / "fork.json")], 1), (["solve", "none"], 2)):
        assert subprocess.run([*PROGRAM, *arguments], capture_output=True, check=False).returncode == status


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently on Windows")
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    """When the reader of a pipe goes away, the command ends without a complaint."""
    level = tmp_path / "level.toml"
    level.write_text("".join(f"k{n} = 1\n" for n in range(20_000)))
    with subprocess.Popen([*PROGRAM, "check", str(level)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_output_that_cannot_be_written_is_told() -> None:
    """When standard output is full, the command says so and ends with status 2."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*PROGRAM, "check", str(GOLDEN / "fork.toml")], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal for one process")
def test_interruption_is_one_line_and_130(tmp_path: Path) -> None:
    """Ctrl-C while a large level is solved ends the command with one line and status 130."""
    lanes = "".join(
        f'[[lanes]]\nfrom = "p{a}"\nto = "p{(a * 7 + b) % 60}"\ncurrent = "c{(a + b) % 12}"\nlight = [0, {1 + b}, 5]\n'
        for a in range(60)
        for b in range(30)
    )
    currents = "".join(f'[currents.c{n}]\nstates = ["x", "y", "z"]\nstay = 0.5\n' for n in range(12))
    places = "".join(f"[places.p{n}]\n" for n in range(60))
    level = tmp_path / "level.toml"
    level.write_text(f'format = 1\ntitle = "t"\nyears = 60\nstart = "p0"\n{currents}{places}{lanes}')
    command = [*PROGRAM, "solve", str(level), "--samples", "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(2.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        output, told = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "")
    announced = told.removesuffix("water-lanes: Stopped.\n")  # the time it would take, where that was known by then
    assert announced != told
    assert announced.count("\n") == announced.startswith("The exact answer takes about")


@pytest.mark.skipif(os.name == "nt", reason="Windows decides otherwise on encodings")
def test_a_terminal_without_the_characters_still_gets_an_answer(tmp_path: Path) -> None:
    """Where the output's encoding lacks a character, its number is written instead."""
    level = tmp_path / "level.toml"
    text = (GOLDEN / "fork.toml").read_text(encoding="utf-8").replace("Two rivers", "山")
    level.write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*PROGRAM, "solve", str(level)], env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"\\u5c71\n")
