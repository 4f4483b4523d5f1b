"""The window and its loop: opened, run, switched and closed without a display, and refused where there is none."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from game.app.screen import Screen
from game.app.stage import TICK, Stage
from game.app.window import NoDisplay, Window, prepare_display
from game.files import LevelFaults
from game.house import shipped_levels

FILE = sorted(shipped_levels().glob("*.toml"))[0]


class Counting(Screen):
    """Counts its ticks and frames, and ends the game after some."""

    def __init__(self, frames: int) -> None:
        self.ticks = self.drawn = 0
        self.frames = frames
        self.shown_at_first_update: bool | None = None

    def update(self, dt: float) -> None:
        """One more tick."""
        assert dt == TICK
        self.ticks += 1
        if self.shown_at_first_update is None:
            self.shown_at_first_update = self.stage.shown

    def draw(self, surface: pygame.Surface) -> None:
        """One more frame."""
        self.drawn += 1
        if self.drawn >= self.frames:
            pygame.event.post(pygame.event.Event(pygame.QUIT))


@pytest.fixture(autouse=True)
def _display_again() -> object:
    """Opens the display again for the tests that follow, since the loop closes it."""
    yield
    pygame.display.init()


def test_the_loop_ticks_and_draws_until_the_window_is_closed(make_stage: Callable[..., Stage]) -> None:
    """The loop draws frame after frame, ticks as time passes, and ends cleanly when the window is closed."""
    window = Window("test", (800, 450), exact=True)
    stage, screen = make_stage((800, 450)), Counting(12)
    stage.push(screen)
    window.run(stage)
    assert screen.drawn == 12
    assert 5 <= screen.ticks <= 12 * 6
    assert not stage.running
    assert not pygame.display.get_init()


def test_one_turn_is_what_happened_then_ticks_then_a_frame(make_stage: Callable[..., Stage]) -> None:
    """A turn with three ticks updates three times and draws once, whatever the clock says."""
    window = Window("test", (800, 450), exact=True)
    stage, screen = make_stage((800, 450)), Counting(99)
    stage.push(screen)
    window.turn(stage, 3)
    assert (screen.ticks, screen.drawn) == (3, 1)


def test_full_screen_comes_and_goes(make_stage: Callable[..., Stage]) -> None:
    """Asked for twice, full screen is on and off again, the window has its old size, and the settings know."""
    window = Window("test", (800, 450), exact=True)
    stage, screen = make_stage((800, 450)), Counting(1)
    stage.push(screen)
    window.run(stage)
    window = Window("test", (800, 450), exact=True)
    window._switch(stage)
    assert window.full_screen
    assert stage.settings.full_screen
    pygame.event.pump()
    assert window.size == pygame.display.get_desktop_sizes()[0]
    window._switch(stage)
    pygame.event.pump()
    assert window.size == (800, 450)
    assert not stage.settings.full_screen


def test_a_window_fits_on_its_desktop() -> None:
    """On a small desktop the window opens smaller, never smaller than can be read."""
    window = Window("test", (5000, 3000))
    wide, high = pygame.display.get_desktop_sizes()[0]
    assert 800 <= window.size[0] <= wide
    assert 450 <= window.size[1] <= high


@pytest.mark.parametrize(
    ("desktop", "expected"),
    [
        ((1920, 1080), (1280, 720)),  # as designed
        ((3840, 2160), (1920, 1080)),  # half of a dense desktop
        ((1280, 800), (1203, 677)),  # 94 % of a small one
        ((1000, 400), (800, 450)),  # never smaller than can be read
    ],
)
def test_a_window_suits_the_density_of_its_desktop(
    desktop: tuple[int, int], expected: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a dense desktop the window opens larger, so that it is no stamp there, and on a small one smaller."""
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [desktop])
    assert Window._fitting(None, (1280, 720)) == expected  # type: ignore[arg-type]


def test_nobody_is_asked_to_wait_for_a_window_that_cannot_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that does not exist is told as NoDisplay, with its reason."""
    pygame.display.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "no such driver")
    with pytest.raises(NoDisplay):
        prepare_display()
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()


def test_play_opens_a_level_and_ends_when_closed(own_home: Path) -> None:
    """``run`` shows a level in a real window of the dummy driver, in its own process, and ends with status 0."""
    program = (
        "import sys, pygame; from pathlib import Path; from game.app import play, window\n"
        "turn, seen = window.Window.turn, []\n"
        "def counted(self, stage, ticks):\n"
        "    turn(self, stage, ticks); seen.append(type(stage.screen).__name__)\n"
        "    if len(seen) == 20: pygame.event.post(pygame.event.Event(pygame.QUIT))\n"
        "if __name__ == '__main__':\n"
        "    window.Window.turn = counted\n"
        "    status = play.run(Path(sys.argv[1]))\n"
        "    print(seen[5], status)\n"
    )
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "WATER_LANES_HOME": str(own_home)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(FILE)], capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["SetOffScreen", "0"]
    assert "Traceback" not in done.stderr


def test_the_title_waits_for_no_graph(own_home: Path) -> None:
    """The first frame comes before the library, and with worlds from the atlas no graph is needed after it either."""
    program = (
        "import sys, pygame; from game.app import play, window\n"
        "turn, first = window.Window.turn, []\n"
        "def looked(self, stage, ticks):\n"
        "    turn(self, stage, ticks)\n"
        "    first.append(sorted({'networkx', 'game.app.library'} & set(sys.modules)))\n"
        "    if getattr(stage.screen, '_shown', 0.0) >= 1.0: pygame.event.post(pygame.event.Event(pygame.QUIT))\n"
        "if __name__ == '__main__':\n"
        "    window.Window.turn = looked\n"
        "    play.run()\n"
        "    print(first[0], first[-1])\n"
    )
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "WATER_LANES_HOME": str(own_home)}
    for _ in range(2):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
        assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[-2] == "[] ['game.app.library']"


def test_play_refuses_a_broken_level_before_opening_anything(tmp_path: Path) -> None:
    """A level that cannot be played is refused with its faults, and no window is opened for it."""
    from game.app.play import run

    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\n", encoding="utf-8")
    pygame.display.quit()
    with pytest.raises(LevelFaults):
        run(broken)
    assert not pygame.display.get_init()


def test_a_life_is_not_held_up_by_clearing_up(make_stage: Callable[..., Stage]) -> None:
    """When a life begins, and when a screen becomes calm, what is unused is let go and all else left in peace."""
    window = Window("test", (800, 450), exact=True)
    stage, screen = make_stage((800, 450)), Counting(10_000)
    screen.pauses_life = True
    stage.push(screen)

    def lost() -> weakref.ref[Screen]:
        one, other = Screen(), Screen()
        one.other, other.other = other, one  # type: ignore[attr-defined]
        return weakref.ref(one)

    try:
        pygame.event.clear()
        before = lost()
        window.turn(stage, 1)
        assert before() is None
        assert gc.get_freeze_count() > 10_000
        gc.disable()
        meanwhile = lost()
        for _ in range(200):
            window.turn(stage, 1)
        assert meanwhile() is not None
        screen.pauses_life = False
        for _ in range(200):
            window.turn(stage, 1)
        assert meanwhile() is None
    finally:
        gc.enable()
        gc.unfreeze()


def test_a_screen_that_nobody_touches_is_drawn_every_sixth_turn(make_stage: Callable[..., Stage]) -> None:
    """After two seconds without an event one frame in six is drawn, until the next event or in a life in play."""
    window = Window("test", (800, 450), exact=True)
    stage, screen = make_stage((800, 450)), Counting(10_000)
    stage.push(screen)

    def drawn(turns: int) -> int:
        before = screen.drawn
        for _ in range(turns):
            window.turn(stage, 1)
        return screen.drawn - before

    pygame.event.clear()
    assert drawn(100) == 100
    drawn(60)
    assert drawn(24) == 4
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode=""))
    assert drawn(20) == 20
    drawn(150)
    screen.pauses_life = True
    assert drawn(20) == 20
