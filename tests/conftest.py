"""What every test starts from: no display, no sound, a home of its own, English; and a stage without a window.

Modules that several rooms of tests share lie beside this file: the hand, the lives, the levels that are known.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.words import LANGUAGE_VARIABLE, speak

if TYPE_CHECKING:  # the tests of the rules never load pygame
    from game.app.jobs import Jobs
    from game.app.stage import Stage

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
os.environ[LANGUAGE_VARIABLE] = "en"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty user folder, so that no test reads or writes the saves of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("WATER_LANES_HOME", str(home))
    return home


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Ctrl+C means what it means at a keyboard, also for the programs that tests start: a shell that runs the tests in
    the background has it ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Whatever a test speaks, the next one begins in English."""
    yield
    speak("en")


@pytest.fixture(scope="session")
def display() -> Iterator[None]:
    """Display and fonts, begun once. A room whose tests make surfaces without a stage asks for it by itself."""
    import pygame

    pygame.display.init()
    pygame.font.init()
    yield
    pygame.display.quit()


@pytest.fixture(scope="session")
def jobs_on_the_spot() -> Jobs:
    """One queue for all stages, so that no level is laid out or solved twice."""
    from game.app.jobs import Jobs

    return Jobs(in_process=True)


@pytest.fixture
def make_stage(display: None, jobs_on_the_spot: Jobs) -> Callable[..., Stage]:
    """Makes a stage of some size and settings, whose jobs are done on the spot."""
    from game.app.settings import Settings
    from game.app.stage import Stage

    def make(size: tuple[int, int] = (1280, 720), **settings: object) -> Stage:
        return Stage(size, Settings(**settings), jobs_on_the_spot)

    return make


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    """A stage of 1280×720 with everything as it is at first."""
    return make_stage()
