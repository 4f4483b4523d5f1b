"""``water-lanes new``: a level where there was none, and what it is worth."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from game.cli import main, making
from game.files import read_level
from game.generator import Recipe, generate
from game.generator.appraisal import Appraisal
from game.model import Level
from game.solver import Enough, Rung

Output = pytest.CaptureFixture[str]

NEW = ["new", "--places", "12", "--lanes", "30", "--currents", "4", "--volatility", "0.3", "--years", "12"]


def test_a_level_is_made_where_it_was_asked_for(tmp_path: Path, capsys: Output) -> None:
    """The command writes the level of its recipe, and says where it is and what a fixed plan loses."""
    path = tmp_path / "my_level.toml"
    assert main([*NEW, "--sight", "all", "--seed", "7", "-o", str(path)]) == 0
    assert read_level(path) == generate(Recipe(seed=7))
    output = capsys.readouterr()
    assert str(path) in output.out
    assert "gap" in output.out
    assert output.err == ""


def test_enough_sampling_tells_what_is_known(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while lives are sampled leaves the level and ends with what is known so far."""

    def cut_short(level: Level, progress: Callable[[str, float], None]) -> Appraisal:
        progress("sampling", 0.0)
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Enough):
            progress("sampling", 0.1)
        return Appraisal(Rung(1.0), Rung(2.5, 0.125, "sampled"), Rung(3.0, 0.25, "bound"))

    monkeypatch.setattr(making, "appraise", cut_short)
    path = tmp_path / "my_level.toml"
    assert main([*NEW, "--seed", "7", "-o", str(path)]) == 0
    assert read_level(path) == generate(Recipe(seed=7))
    output = capsys.readouterr()
    assert "2.50 (± 0.12)" in output.out
    assert "known so far" in output.err


def test_a_level_without_a_name_goes_to_ones_own_levels(own_home: Path, capsys: Output) -> None:
    """Without -o each level becomes a new file among one's own levels, and the seed is told."""
    assert main([*NEW, "--sight", "1", "--seed", "7"]) == 0
    assert main([*NEW, "--sight", "1", "--seed", "7"]) == 0
    files = sorted((own_home / "levels").iterdir())
    assert len(files) == 2
    assert read_level(files[0]) == read_level(files[1]) == generate(Recipe(seed=7, sight=1))
    assert main(["new"]) == 0
    assert "seed" in capsys.readouterr().out
    assert len(list((own_home / "levels").iterdir())) == 3


def test_a_file_that_is_there_is_not_touched(tmp_path: Path, capsys: Output) -> None:
    """A file that is there stays as it is, and the command says so with status 2."""
    path = tmp_path / "my_level.toml"
    path.write_text("dear diary")
    assert main([*NEW, "-o", str(path)]) == 2
    assert path.read_text() == "dear diary"
    output = capsys.readouterr()
    assert output.out == ""
    assert "stays as it is" in output.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--places", "30", "--lanes", "20"], "With 20 lanes and 30 places"),
        (["--volatility", "3"], "Volatility is 3.0"),
        (["--volatility", "much"], "'much' is not a number"),
        (["--places", "2.5"], "'2.5' is not a whole number"),
        (["--sight", "far"], "'far' is neither a whole number nor all"),
        (["-o", "/dev/null/level.toml"], "could not be written"),
    ],
)
def test_what_cannot_be_made_is_refused(arguments: list[str], said: str, capsys: Output) -> None:
    """What cannot be made ends with status 2 and a sentence on standard error, and with nothing written."""
    assert main(["new", *arguments]) == 2
    output = capsys.readouterr()
    assert said in output.err
    assert output.out == ""


def test_lanes_and_currents_go_with_the_places_where_nothing_is_said(own_home: Path) -> None:
    """Asked only for places, the command chooses as many lanes and currents as go with them."""
    assert main(["new", "--places", "40", "--seed", "1"]) == 0
    assert main(["new", "--places", "1", "--seed", "2"]) == 0
    sizes = {(len(level.places), len(level.lanes), len(level.currents)) for level in map(read_level, _own(own_home))}
    assert sizes == {(40, 100, 4), (1, 2, 2)}


def test_where_nothing_is_lost_it_is_said(tmp_path: Path, capsys: Output) -> None:
    """On a level that stands still, the command says that plan and map bring the same."""
    assert main(["new", "--volatility", "0", "-o", str(tmp_path / "still.toml")]) == 0
    assert "the same" in capsys.readouterr().out


def test_help_has_an_example(capsys: Output) -> None:
    """The help of new ends with an example."""
    assert main(["new", "--help"]) == 0
    assert "Example: water-lanes new" in capsys.readouterr().out


def _own(home: Path) -> list[Path]:
    return sorted((home / "levels").iterdir())
