"""What every test starts from: no display, no sound, and a home of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty user folder, so that no test reads or writes the saves of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("WATER_LANES_HOME", str(home))
    return home
