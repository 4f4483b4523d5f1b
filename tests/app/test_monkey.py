"""A monkey at the keys: whatever is pressed, clicked, turned or resized, nothing breaks and nothing piles up."""

from __future__ import annotations

import gc
import random
import shutil
import time
from collections import Counter, deque
from functools import cache
from pathlib import Path

import pygame
import pytest
from gamepad import Gamepads

from game.app import flow
from game.app.action import KEYMAP
from game.app.bindings import BUTTONS as BUTTONS_OF_PADS
from game.app.jobs import Jobs
from game.app.keeping import keep_lives
from game.app.screens.saves import SavesScreen
from game.app.screens.title import TitleScreen
from game.app.settings import COLOURS, GHOST_NAMES, MODES, PALETTE_NAMES, TEXT_SCALES, VOLUMES, Settings
from game.app.sound.deck import Deck
from game.app.stage import Stage
from game.files.shelf import level_entry
from game.house import shipped_levels

SIZES = [(640, 360), (333, 222), (500, 300)]
"""All are laid out at 640×360, so that a world is baked once; a larger window is one event among many."""

LARGE = (720, 400)
BUTTONS = [button for button in BUTTONS_OF_PADS if button != "guide"]
KEYS = [*KEYMAP, (pygame.K_x, 0), (pygame.K_PERIOD, 0), (pygame.K_MINUS, 0), (pygame.K_RETURN, 0), (pygame.K_s, 0)]
TOP_SECONDS = 20.0
"""Of this process; more would be a hang, however busy the machine is."""


TROUBLE = (
    pygame.AUDIODEVICEREMOVED,
    pygame.AUDIODEVICEADDED,
    pygame.WINDOWMINIMIZED,
    pygame.WINDOWFOCUSLOST,
    pygame.WINDOWFOCUSGAINED,
)


class Monkey:
    """Sends random events, as a window would; opens the game again whenever it has been closed."""

    def __init__(self, seed: int, home: Path, jobs: Jobs, hears: bool = False) -> None:
        self.stream = random.Random(seed)
        self.home, self.jobs, self.hears = home, jobs, hears
        self.seen: Counter[str] = Counter()
        self.starts = 0
        self.settings = Settings()
        self.copied: deque[str] = deque(maxlen=1)
        self.open()

    def open(self) -> None:
        """Starts the game, as ``play`` does."""
        self.starts += 1
        stage = Stage(self.stream.choice(SIZES), self.settings, self.jobs)
        stage.home = self.home
        stage.fresh_seed = lambda: self.stream.randrange(1000)
        stage.on_file = lambda path: flow.open_file(stage, path)
        stage.on_quit = lambda: keep_lives(stage)
        stage.copy_text = self.copied.append
        stage.on_full_screen = lambda: stage.resize(self.stream.choice(SIZES))
        if self.hears:
            stage.sound.deck = Deck()
        self.pads = Gamepads(stage)
        stage.push(TitleScreen())
        self.stage = stage

    def act(self) -> None:
        """One random event, some ticks, and now and then a frame."""
        stream, stage = self.stream, self.stage
        chance = stream.random()
        wide, high = stage._window
        pos = (stream.randrange(-20, wide + 20), stream.randrange(-20, high + 20))
        if chance < 0.13:
            self.pads.press(stream.choice(BUTTONS), index=stream.randrange(2))
        elif chance < 0.55:
            key, mod = stream.choice(KEYS)
            if key == pygame.K_ESCAPE and stream.random() < 0.6:
                key = pygame.K_RETURN
            char = chr(key) if 32 <= key < 127 else ""
            self.send(pygame.KEYDOWN, key=key, mod=mod, unicode=char)
            if char:
                self.send(pygame.TEXTINPUT, text=char)
            if stream.random() < 0.9:
                self.send(pygame.KEYUP, key=key, mod=mod)
        elif chance < 0.58:
            # Now and then it presses something that is there, or it would hardly find small buttons.
            there = [w for w in getattr(stage.screen, "widgets", ()) if w.focusable and w.rect.width]
            if there:
                self.click(stream.choice(there).rect.center)
        elif chance < 0.80:
            button = stream.choice((1, 1, 1, 2, 3))
            self.send(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0))
            self.send(pygame.MOUSEBUTTONDOWN, pos=pos, button=button)
            if stream.random() < 0.3:
                pos = (pos[0] + stream.randrange(-60, 60), pos[1] + stream.randrange(-60, 60))
                self.send(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(1, 0, 0))
            self.send(pygame.MOUSEBUTTONUP, pos=pos, button=button)
        elif chance < 0.90:
            self.send(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0))
            turn = stream.choice((-3, -1, 1, 3))
            self.send(pygame.MOUSEWHEEL, x=0, y=turn, precise_y=float(turn))
        elif chance < 0.955:
            self.wait(stream.choice((1, 5, 20, 40)))
        elif chance < 0.970:
            self.handle_pad()
        elif chance < 0.978:
            self.turn_a_setting()
        elif chance < 0.986:
            self.trouble()
        elif chance < 0.990:
            size = LARGE if stream.random() < 0.15 else stream.choice(SIZES)
            self.send(pygame.VIDEORESIZE, w=size[0], h=size[1], size=size)
        elif chance < 0.994:
            file = stream.choice([*sorted(shipped_levels().glob("*.toml")), self.home, Path("/nowhere")])
            self.send(pygame.DROPFILE, file=str(file))
        elif chance < 0.997:
            self.send(pygame.WINDOWFOCUSLOST)
        else:
            self.send(pygame.QUIT)
        self.wait(1)
        if not self.stage.running:
            self.stage.sound.close()
            self.settings = self.stage.settings.changed(text_scale=stream.choice((1.0, 2.0)))
            self.open()
        self.seen[type(self.stage.screen).__name__] += 1

    def handle_pad(self) -> None:
        """A pad appears or vanishes, is pushed half way, or is held on."""
        stream, index = self.stream, self.stream.randrange(3)
        what = stream.random()
        if what < 0.4:
            self.pads.plug(index - 1)
        elif what < 0.6:
            self.pads.unplug(index)
        elif what < 0.8:
            self.pads.push(stream.choice(("left_x", "left_y", "right_x", "left_trigger")), stream.uniform(-1, 1), index)
        else:
            self.pads.down(stream.choice(BUTTONS), index).wait(stream.choice((1, 40)))

    def turn_a_setting(self) -> None:
        """Some setting becomes another one, whatever is going on."""
        stream = self.stream
        choices: dict[str, tuple[object, ...]] = {
            "text_scale": TEXT_SCALES, "palette": PALETTE_NAMES, "colours": COLOURS, "mode": MODES, "music": VOLUMES,
            "effects": VOLUMES, "muted": (True, False), "reduced_motion": (True, False), "voicing": (True, False),
            "rumble": (True, False), "ghosts": ((), GHOST_NAMES[:1], GHOST_NAMES[:4]),
            "bindings": ({}, {"keys": {"VIEW": [[pygame.K_x, 0]]}, "pad": {"CONFIRM": ["b"], "BACK": ["a"]}}),
        }  # fmt: skip
        name = stream.choice(sorted(choices))
        if self.stage.running:
            self.stage.change_settings(**{name: stream.choice(choices[name])})

    def trouble(self) -> None:
        """The sound device goes or comes, the window is put away and fetched, another one has the keyboard."""
        kind = self.stream.choice(TROUBLE)
        self.send(kind, which=self.stream.randrange(2), iscapture=0)
        if kind == pygame.WINDOWMINIMIZED:
            self.wait(self.stream.choice((1, 30)))
            self.send(pygame.WINDOWRESTORED)

    def click(self, pos: tuple[int, int]) -> None:
        """A click at a position of the layout, wherever the window shows that."""
        stage = self.stage
        pos = (pos[0] * stage._window[0] // stage.size[0], pos[1] * stage._window[1] // stage.size[1])
        self.send(pygame.MOUSEBUTTONDOWN, pos=pos, button=1)
        self.send(pygame.MOUSEBUTTONUP, pos=pos, button=1)

    def send(self, kind: int, **parts: object) -> None:
        """One event, if there is still anybody to take it."""
        if self.stage.running:
            self.stage.handle(pygame.event.Event(kind, **parts))

    def wait(self, ticks: int) -> None:
        """Lets ticks pass."""
        for _ in range(ticks):
            if self.stage.running:
                self.stage.update()

    def look(self) -> None:
        """Draws the frame into a window of the size there is, and reads what it says."""
        stage = self.stage
        if stage.running:
            stage.draw(pygame.Surface(stage._window))
            assert isinstance(stage.screen.transcript(), str)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, own_home: Path, tmp_path: Path) -> Jobs:
    """A queue that remembers more, since the few small worlds of this test would be baked again and again.

    And a fence: the monkey must not walk out of its home, where it would keep its lives among somebody else's.
    """
    monkeypatch.setattr("game.app.jobs._KEPT", 60)
    walk = SavesScreen._go

    def fenced(screen: SavesScreen, folder: Path) -> None:
        if folder == own_home or own_home in folder.parents:
            walk(screen, folder)

    monkeypatch.setattr(SavesScreen, "_go", fenced)
    # A shelf of three levels, so that the time goes into what the monkey does and not into solving all there are.
    shelf = tmp_path / "levels"
    (shelf / "story").mkdir(parents=True)
    for name in ("01_the_first_fork.toml", "02_twenty_years.toml", "story/3_forks.toml"):
        shutil.copy(shipped_levels() / name, shelf / name)
    monkeypatch.setattr("game.files.shelf.shipped_levels", lambda: shelf)
    monkeypatch.setattr("game.files.shelf.level_entry", cache(level_entry))
    return Jobs(in_process=True)


def let_loose(monkey: Monkey, events: int) -> None:
    """Lets the monkey act so many times, looking now and then; no single act may take long."""
    slowest = 0.0
    for number in range(events):
        start = time.process_time()
        monkey.act()
        if number % 80 == 0:
            monkey.look()
        slowest = max(slowest, time.process_time() - start)
        assert len(monkey.stage.screens) < 12
    assert slowest < TOP_SECONDS


def test_two_thousand_random_events_break_nothing(own_home: Path, jobs: Jobs) -> None:
    """After 2,000 random key presses, clicks, turns, resizes, dropped files and quits the game still runs."""
    monkey = Monkey(1, own_home, jobs)
    let_loose(monkey, 2_000)
    assert len(monkey.seen) >= 5, monkey.seen


@pytest.mark.slow
def test_twenty_thousand_random_events_break_nothing_and_pile_up_nothing(own_home: Path, jobs: Jobs) -> None:
    """After 20,000 random events through all screens nothing has broken, and nothing is left of what was closed."""
    monkey = Monkey(2, own_home, jobs, hears=True)
    let_loose(monkey, 10_000)
    gc.collect()
    halfway = len(gc.get_objects())
    let_loose(monkey, 10_000)
    gc.collect()
    assert len(gc.get_objects()) < 1.5 * halfway + 50_000
    assert monkey.starts > 10
    reached = set(monkey.seen)
    assert reached >= {
        "TitleScreen",
        "LevelsScreen",
        "ContentNoteScreen",
        "SetOffScreen",
        "DriveScreen",
        "PauseScreen",
        "HelpScreen",
        "SettingsScreen",
        "CreditsScreen",
        "DebriefScreen",
    }, reached
