"""The commands that write and check certificates: their answers, their exit status, their refusals."""

from __future__ import annotations

import json
import shutil
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
    """Weights written on the command line stand in the certificate exactly, and it is accepted."""
    path, level = tmp_path / "c.json", str(GOLDEN / "grad.toml")
    assert main(["prove", level, "--weights", "craft=0.10, recognition=-2", "-o", str(path)]) == 0
    claims = json.loads(path.read_text(encoding="utf-8"))
    assert claims["value_function"] == {"craft": "1/10", "recognition": "-2"}
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
    assert main(["prove", str(level), "-o", str(path)]) == 0
    assert main(["verify", str(path), str(level)]) == 0
    output = capsys.readouterr().out
    assert "its 1,000 lives were lived once more" in output
    assert "not in this certificate" in output


def test_a_changed_certificate_does_not_hold(certificate: Path, capsys: Output) -> None:
    """Checking a changed certificate names what does not hold, what it says and what is so, with status 1."""
    certificate.write_text(certificate.read_text().replace('"4.7075"', '"4.8075"'))
    assert main(["verify", str(certificate), "first_fork"]) == 1
    output = capsys.readouterr().out
    assert 'Its line 17 is "2 poplars": "4.8075",; by the level file it is "2 poplars": "4.7075",.' in output


def test_a_number_that_is_none_is_told_as_it_stands(certificate: Path, capsys: Output) -> None:
    """What cannot be read as a number is shown as it stands."""
    certificate.write_text(certificate.read_text().replace('"4.7075"', '"4.70.75"'))
    assert main(["verify", str(certificate), "first_fork"]) == 1
    output = capsys.readouterr().out
    assert '"4.70.75"' in output


def test_a_certificate_of_another_level_does_not_hold(certificate: Path, capsys: Output) -> None:
    """A certificate does not hold for another level."""
    assert main(["verify", str(certificate), str(GOLDEN / "fork.toml")]) == 1
    assert 'Its line 3 is "level": "The first fork"' in capsys.readouterr().out


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


def test_the_verifier_runs_without_the_house(certificate: Path, tmp_path: Path) -> None:
    """The verifier's one file runs alone, in another place, with nothing but the standard library to be found."""
    root = Path(__file__).resolve().parents[2]
    alone = shutil.copy(root / "game" / "proof" / "verify.py", tmp_path / "alone.py")
    command = [
        sys.executable,
        "-I",
        "-S",
        str(alone),
        str(certificate),
        str(root / "levels" / "01_the_first_fork.toml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == ["potentials", "plan", "statement", "stepping_exact", "treasure_map"]
    certificate.write_text(certificate.read_text().replace('"4.7075"', '"4.8075"'))
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == ["17", '"2 poplars": "4.8075",', '"2 poplars": "4.7075",']
