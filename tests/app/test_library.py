"""The library: the shelf read in the background, and what a fixed plan loses, worked out once."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.app.jobs import Jobs
from game.app.library import Figures, Library
from game.files import read_level
from game.house import shipped_levels

LEVEL = read_level(sorted(shipped_levels().glob("*.toml"))[0])


def read_library(home: Path | None = None) -> Library:
    """A library that has read its shelf."""
    library = Library(Jobs(in_process=True), home)
    library.refresh()
    library.update()
    return library


def test_the_shelf_holds_the_shipped_levels_and_ones_own(own_home: Path) -> None:
    """Levels that come with the game, files in the user's folder and files given all appear, sound or not."""
    (own_home / "levels").mkdir(parents=True)
    (own_home / "levels" / "broken.toml").write_text("format = 7", encoding="utf-8")
    library = read_library(own_home)
    entries = {entry.path.name: entry for entry in library.entries or ()}
    assert set(entries) >= {"01_the_first_fork.toml", "02_twenty_years.toml", "broken.toml"}
    assert entries["broken.toml"].level is None
    assert entries["broken.toml"].faults
    elsewhere = own_home / "mine.toml"
    elsewhere.write_bytes(sorted(shipped_levels().glob("*.toml"))[0].read_bytes())
    library.give(elsewhere)
    library.update()
    given = library.entry_of(elsewhere)
    assert given is not None
    assert given.level is not None


def test_figures_are_worked_out_once_and_kept(own_home: Path) -> None:
    """The first question starts the work, the answer is kept on disk, and another start finds it there."""
    library = Library(Jobs(in_process=True), own_home)
    assert library.figures(LEVEL, LEVEL.weights()) is None
    for _ in range(3):
        library.update()
    figures = library.figures(LEVEL, LEVEL.weights())
    assert figures is not None
    assert figures.loss > 0
    assert not figures.sampled
    again = Library(Jobs(in_process=True), own_home)
    assert again.figures(LEVEL, LEVEL.weights()) == figures


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 1}', b"\xff", b'{"a": [1, 2]}', b"[" * 50_000])
def test_broken_kept_figures_are_worked_out_again(own_home: Path, content: bytes) -> None:
    """Whatever lies in the file of figures, the library starts without it."""
    own_home.mkdir(parents=True, exist_ok=True)
    (own_home / "figures.json").write_bytes(content)
    library = Library(Jobs(in_process=True), own_home)
    assert library.figures(LEVEL, LEVEL.weights()) is None


def test_levels_wait_for_one_another() -> None:
    """Only one level is worked on at a time, and each of them gets its turn."""
    levels = [read_level(path) for path in sorted(shipped_levels().glob("*.toml"))]
    library = Library(Jobs(in_process=True))
    for level in levels:
        library.figures(level, level.weights())
    library.update()
    assert sum(library.working_on(level, level.weights()) is not None for level in levels) == 1
    for _ in range(4):
        library.update()
    assert all(library.figures(level, level.weights()) for level in levels)


def test_the_loss_is_never_negative_and_a_tie_is_a_tie() -> None:
    """Rounding does not make a loss of nothing into one of a billionth, and no percentage of nothing is told."""
    assert Figures(10.0, 10.0 + 1e-10, False).loss == 0.0
    assert Figures(8.0, 10.0, False).percent == pytest.approx(20.0)
    assert Figures(-2.0, -1.0, False).percent is None
