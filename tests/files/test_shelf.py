"""The shelf shows the shipped levels and one's own, also those with problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.files import level_cards, level_entry, shipped_level, user_folder
from game.files.shelf import STORY
from game.house import shipped_levels


def test_the_user_folder_can_be_elsewhere(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """WATER_LANES_HOME is the user's folder; without it the system's own place for data is."""
    assert user_folder() == own_home
    monkeypatch.delenv("WATER_LANES_HOME")
    assert user_folder().name == "water-lanes"
    monkeypatch.setenv("WATER_LANES_HOME", "")
    assert user_folder().name == "water-lanes"


def test_own_levels_come_after_the_shipped_ones(own_home: Path) -> None:
    """Own files are listed by name behind the shipped ones, sound or not, and nothing that is no level file is."""
    folder = own_home / "levels"
    folder.mkdir()
    (folder / "b.toml").write_text("years = 0")
    (folder / "a.TOML").write_bytes((shipped_levels() / "01_the_first_fork.toml").read_bytes())
    (folder / "notes.txt").write_text("")
    (folder / "c.toml").mkdir()
    cards = level_cards()
    own = [card for card in cards if not card.shipped]
    assert cards[-len(own) :] == own
    assert [card.path.name for card in own] == ["a.TOML", "b.toml", "c.toml"]
    assert [card.level is None for card in own] == [False, True, True]
    assert [bool(card.faults) for card in own] == [False, True, True]


def test_a_folder_that_cannot_be_listed_hides_no_other_level(own_home: Path) -> None:
    """Where the folder of own levels is no folder, the shipped levels are still there."""
    (own_home / "levels").write_text("")
    shipped = [*sorted((shipped_levels() / STORY).glob("*.toml")), *sorted(shipped_levels().glob("*.toml"))]
    assert [card.path for card in level_cards()] == shipped


def test_shipped_levels_go_by_short_names() -> None:
    """A shipped level is found by its file name, with or without number and ending."""
    path = shipped_levels() / "01_the_first_fork.toml"
    for name in ("01_the_first_fork", "01_the_first_fork.toml", "the_first_fork", "first_fork"):
        assert shipped_level(name) == path
    for name in ("", "fork", "the", "..", "01"):
        assert shipped_level(name) is None


def test_one_entry_of_any_file(tmp_path: Path) -> None:
    """A single file becomes an entry whatever state it is in."""
    entry = level_entry(tmp_path / "none.toml")
    assert entry.level is None
    assert not entry.shipped
    assert len(entry.faults) == 1
