"""A stage without a window, a hand, and people, for the tests of a workshop's screens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))
sys.path.insert(0, str(Path(__file__).parents[1] / "workshop"))

import pygame
import pytest

from game.app.jobs import Jobs
from game.app.settings import Settings
from game.app.stage import Stage


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

    def make(size: tuple[int, int] = (800, 450), **settings: object) -> Stage:
        return Stage(size, Settings(**settings), jobs_on_the_spot)

    return make
