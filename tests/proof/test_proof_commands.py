"""The commands that write and check certificates: their answers, their exit status, their refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli import main

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def certificate(tmp_path: Path, capsys: Output) -> Path:
    """The certificate of the shipped level "The first fork"."""
    path = tmp_path / "certificate.json"
    assert main(["prove", "first_fork", "-o", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.mark.parametrize("command", ["prove", "verify"])
def test_help_of_proof_commands(command: str, capsys: Output) -> None:
    """Both commands have help with an example."""
    assert main([command, "--help"]) == 0
    assert f"Example: water-lanes {command} " in capsys.readouterr().out


def test_proving_says_the_statement(tmp_path: Path, capsys: Output) -> None:
    """Proving writes the file, and says on standard output what the certificate states."""
    path = tmp_path / "c.json"
    assert main(["prove", str(GOLDEN / "grad.toml"), "--as", "citations", "-o", str(path)]) == 0
    claims = json.loads(path.read_text(encoding="utf-8"))
    output = capsys.readouterr()
    assert output.out == claims["statement"] + "\n"
    assert claims["value_function"] == "citations"
    assert [p.name for p in tmp_path.iterdir()] == ["c.json"]


def test_proving_to_standard_output(capsys: Output) -> None:
    """Without a file the certificate goes to standard output, and the statement to standard error."""
    assert main(["prove", str(GOLDEN / "still.toml")]) == 0
    output = capsys.readouterr()
    claims = json.loads(output.out)
    assert claims["verdict"] == "equal"
    assert output.err == claims["statement"] + "\n"


def test_weights_of_ones_own_are_exact(tmp_path: Path, capsys: Output) -> None:
    """Weights written on the command line stand in the certificate digit by digit, and it is accepted."""
    path, level = tmp_path / "c.json", str(GOLDEN / "grad.toml")
    assert main(["prove", level, "--weights", "craft=0.10, recognition=-2", "-o", str(path)]) == 0
    claims = json.loads(path.read_text(encoding="utf-8"))
    assert (claims["value_function"], claims["weights"]) == (None, {"craft": "0.1", "recognition": "-2"})
    assert main(["verify", str(path), level]) == 0
    assert "craft=0.1, recognition=-2" in capsys.readouterr().out


def test_a_true_certificate_holds(certificate: Path, capsys: Output) -> None:
    """Checking a true certificate says what holds and what was checked, with status 0."""
    assert main(["verify", str(certificate), "first_fork"]) == 0
    output = capsys.readouterr()
    assert "no fixed plan has more than 11.1075; one step at a time has 15.219235." in output.out
    assert output.out.count("·") == 5
    assert output.err == ""


def test_lives_are_told_as_lives(tmp_path: Path, capsys: Output) -> None:
    """Where stepping was lived and not worked out, the check says so, and that there is no treasure map."""
    currents = "".join(f'[currents.c{k}]\nstates = ["a", "b"]\nstay = 0.5\n' for k in range(25))
    lanes = "".join(f'[[lanes]]\nfrom = "p"\nto = "p"\ncurrent = "c{k}"\nlight = [0, 1]\n' for k in range(25))
    level, path = tmp_path / "wide.toml", tmp_path / "c.json"
    level.write_text(f'format = 1\ntitle = "Wide"\nyears = 2\nstart = "p"\n{currents}[places.p]\n{lanes}')
    assert main(["prove", str(level), "-o", str(path), "--lives", "30", "--seed", "4"]) == 0
    assert main(["verify", str(path), str(level)]) == 0
    output = capsys.readouterr().out
    assert "its 30 lives were lived once more" in output
    assert "not in this certificate" in output


def test_a_changed_certificate_does_not_hold(certificate: Path, capsys: Output) -> None:
    """Checking a changed certificate names what does not hold, what it says and what is so, with status 1."""
    certificate.write_text(certificate.read_text().replace('"4.7075"', '"4.8075"'))
    assert main(["verify", str(certificate), "first_fork"]) == 1
    output = capsys.readouterr().out
    assert "potential of 'poplars' in year 2: it says 4.8075; by the level file it is 4.7075" in output


def test_a_number_that_is_none_is_told_as_a_fault_of_form(certificate: Path, capsys: Output) -> None:
    """What cannot be read as a number is shown as it stands, and nothing is said of what it should be."""
    certificate.write_text(certificate.read_text().replace('"4.7075"', '"4.70.75"'))
    assert main(["verify", str(certificate), "first_fork"]) == 1
    output = capsys.readouterr().out
    assert "does not have the form of one" in output
    assert "4.70.75" in output
    assert "by the level file" not in output


def test_a_certificate_of_another_level_does_not_hold(certificate: Path, capsys: Output) -> None:
    """A certificate does not hold for another level."""
    assert main(["verify", str(certificate), str(GOLDEN / "fork.toml")]) == 1
    assert "level title" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"not json", b"\x00\xff", None])
def test_unreadable_certificates_are_status_2(content: bytes | None, tmp_path: Path, capsys: Output) -> None:
    """What is no certificate at all, or no file, is refused with status 2 and nothing on standard output."""
    path = tmp_path / "c.json"
    if content is not None:
        path.write_bytes(content)
    assert main(["verify", str(path), "first_fork"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("water-lanes: ")


def test_broken_levels_are_status_2(certificate: Path, tmp_path: Path, capsys: Output) -> None:
    """A level that is none is refused by both commands with status 2."""
    level = tmp_path / "broken.toml"
    level.write_text("format = 1\ntitle = 3\n")
    assert main(["prove", str(level)]) == 2
    assert main(["verify", str(certificate), str(level)]) == 2
    assert main(["prove", "first_fork", "--as", "nobody"]) == 2
    assert main(["prove", "first_fork", "-o", str(tmp_path / "no" / "where.json")]) == 2
    assert capsys.readouterr().out == ""


def test_the_verifier_runs_without_the_house(certificate: Path) -> None:
    """The verifier runs as a module of its own, and loads nothing of the game beside its own three modules."""
    level = Path(__file__).resolve().parents[2] / "levels" / "01_the_first_fork.toml"
    program = (
        "import runpy, sys; sys.argv = ['verify', *sys.argv[1:]];"
        "runpy.run_module('game.proof.verify', run_name='__main__');"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('game', 'numpy', 'networkx')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(certificate), str(level)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    *checked, loaded = done.stdout.splitlines()
    assert checked[0] == "potentials"
    assert loaded == "['game', 'game.proof', 'game.proof.feedback', 'game.proof.world']"
