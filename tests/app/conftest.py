"""A stage without a window, for the tests of screens and widgets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
import pytest

from game.app.jobs import Jobs
from game.app.settings import Settings
from game.app.stage import Stage


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user folder of its own for every test, so that nobody's lives are touched."""
    home = tmp_path / "home"
    monkeypatch.setenv("WATER_LANES_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def _no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the chapters off the shelf, so that not every test that shows it draws and solves them all."""
    monkeypatch.setattr("game.files.shelf.STORY", "not here")


@pytest.fixture(scope="session", autouse=True)
def _pygame() -> Iterator[None]:
    pygame.display.init()
    pygame.font.init()
    yield
    pygame.display.quit()


@pytest.fixture(scope="session")
def jobs_on_the_spot() -> Jobs:
    """One queue for all stages, so that no level is laid out or solved twice."""
    return Jobs(in_process=True)


@pytest.fixture
def make_stage(jobs_on_the_spot: Jobs) -> Callable[..., Stage]:
    """Makes a stage of some size and settings, whose jobs are done on the spot."""

    def make(size: tuple[int, int] = (1280, 720), **settings: object) -> Stage:
        return Stage(size, Settings(**settings), jobs_on_the_spot)

    return make


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    """A stage of 1280×720 with everything as it is at first."""
    return make_stage()
