"""What every test starts from: no display, no sound, a home of its own, and English."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.words import LANGUAGE_VARIABLE, speak

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ[LANGUAGE_VARIABLE] = "en"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty user folder, so that no test reads or writes the saves of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("WATER_LANES_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Whatever a test speaks, the next one begins in English."""
    yield
    speak("en")
