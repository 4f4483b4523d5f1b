"""A deck that only writes down what it is told, and stages that play on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from game.app.sound.deck import Deck
from game.app.stage import Stage
from game.house import assets

sys.path.insert(0, str(assets() / "sounds"))


class Notebook(Deck):
    """A deck without a mixer: what was played, and the last gains of the loops."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[tuple[str, float]] = []
        self.gains: dict[str, float] = {}
        self.losses = self.looks = 0

    def update(self, dt: float, gains: Mapping[str, float]) -> None:
        """Keeps the gains."""
        self.gains = dict(gains)

    def play(self, name: str, gain: float) -> None:
        """Keeps the name and the gain."""
        self.played.append((name, gain))

    def lost(self, reason: str = "") -> None:
        """Counts."""
        self.losses += 1

    def look_again(self) -> None:
        """Counts."""
        self.looks += 1


@pytest.fixture(scope="session", autouse=True)
def _display(display: None) -> None:
    """The mixer wants the display begun."""


@pytest.fixture
def notebook() -> Notebook:
    """A deck that writes down what it is told."""
    return Notebook()


@pytest.fixture
def make_stage(make_stage: Callable[..., Stage]) -> Callable[..., Stage]:
    """Makes a stage with a deck, or without any sound."""

    def make(deck: Deck | None = None, **settings: object) -> Stage:
        stage = make_stage(**settings)
        stage.sound.deck = deck
        return stage

    return make


@pytest.fixture(scope="session")
def sounds_folder() -> Path:
    """Where the sounds lie."""
    return assets() / "sounds"
