"""Sound in the game: a life is heard as it is lived, one key mutes it, the settings keep it, nothing waits for it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pygame
import pytest

from game.app import flow
from game.app.action import Action, keys_of
from game.app.screens.drive import DriveScreen
from game.app.screens.levels import LevelsScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.settings import SettingsScreen
from game.app.screens.title import TitleScreen
from game.app.settings import VOLUMES, Settings, read_settings, write_settings
from game.app.sound.deck import Deck
from game.app.sound.layers import SCORE, WATER
from game.app.stage import Stage
from game.app.widgets import Choice, Toggle
from game.files import read_level
from game.house import shipped_levels
from game.session import Session
from game.words import say

if TYPE_CHECKING:
    from conftest import Notebook

FILE = sorted(shipped_levels().glob("*.toml"))[0]


def press(stage: Stage, action: Action, which: int = 0) -> None:
    """Presses and lets go of a key of an action."""
    key, modifiers = keys_of(action)[which]
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        stage.handle(pygame.event.Event(kind, key=key, mod=modifiers, unicode=""))


def wait(stage: Stage, seconds: float) -> None:
    """Lets time pass."""
    for _ in range(round(60 * seconds)):
        stage.update()


def driving(stage: Stage, mode: str = "step") -> DriveScreen:
    """A drive that has just begun, on the first level, in water that is always the same."""
    level = read_level(FILE)
    stage.change_settings(mode=mode)
    stage.push(LevelsScreen())
    flow.begin_life(stage, Session(level, 7, "light", level.weights()))
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    for _ in range(600):
        stage.update()
        if drive.voyage is not None:
            return drive
    raise AssertionError("the drive never began")


def test_a_life_is_heard(make_stage: Callable[..., Stage], notebook: Notebook) -> None:
    """A life step by step sounds of entering, years, forks, light and rest, each when it can be seen."""
    stage = make_stage(notebook)
    drive = driving(stage)
    voyage = drive.voyage
    assert voyage is not None
    heard: list[str] = []
    for _ in range(60 * 300):
        before = (len(voyage.travelled), voyage.choosing, voyage.light)
        stage.sound.latest.clear()
        if voyage.choosing:
            press(stage, Action.ONE)
        stage.update()
        now = list(stage.sound.latest)
        heard += now
        assert "enter" not in now or len(voyage.travelled) > before[0]
        assert not {"fork", "arrival"} & set(now) or voyage.choosing
        assert not any(cue.startswith("light") for cue in now) or voyage.light != before[2]
        if voyage.resting:
            break
    assert voyage.resting
    assert {"enter", "year", "rest"} <= set(heard)
    assert {"fork", "arrival"} & set(heard)
    assert any(cue.startswith("light") for cue in heard)
    assert heard.count("enter") == len(voyage.travelled)
    assert heard[-1] == "rest" or heard[-1].startswith("light")
    assert [name for name, _ in notebook.played if name.startswith("cue_enter")]


def test_the_boat_s_water_is_what_is_seen(make_stage: Callable[..., Stage], notebook: Notebook) -> None:
    """On a lane the wetness heard is the one drawn, and a boat at rest makes no noise of its own."""
    stage = make_stage(notebook)
    drive = driving(stage)
    voyage = drive.voyage
    assert voyage is not None
    assert drive.heard().speed == 0.0
    press(stage, Action.ONE)
    wait(stage, 0.8)
    assert voyage.lane is not None
    assert drive.heard().wetness == drive.scene.water[voyage.lane.id].wetness
    assert drive.heard().speed > 0.0
    press(stage, Action.PAUSE)
    wait(stage, 0.1)
    assert stage.screen is not drive
    assert stage.screen is not None
    assert stage.screen.heard().hushed


def test_steering_is_heard(make_stage: Callable[..., Stage], notebook: Notebook) -> None:
    """At the helm a tap that turns to another mouth sounds of a paddle."""
    stage = make_stage(notebook)
    driving(stage, mode="drive")
    wait(stage, 0.5)
    stage.sound.latest.clear()
    for action in (Action.RIGHT, Action.LEFT, Action.LEFT):
        press(stage, action)
        wait(stage, 0.2)
    assert "helm" in stage.sound.latest


@pytest.mark.slow
def test_the_picture_does_not_depend_on_the_sound(make_stage: Callable[..., Stage], notebook: Notebook) -> None:
    """The same moment looks the same with and without sound, and asking what is heard changes nothing."""
    pictures = []
    for deck in (None, notebook):
        stage = make_stage(deck, reduced_motion=True)
        drive = driving(stage)
        press(stage, Action.ONE)
        wait(stage, 0.5)
        surface = pygame.Surface(stage.size)
        stage.draw(surface)
        first = drive.heard()
        assert drive.heard() == first
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("which", range(len(keys_of(Action.MUTE))))
@pytest.mark.parametrize("screen", [TitleScreen, SettingsScreen, LevelsScreen])
def test_one_key_mutes_everything_everywhere(
    make_stage: Callable[..., Stage], notebook: Notebook, screen: type, which: int
) -> None:
    """On any screen either key mutes and unmutes, the settings know, and a word on the screen says so for a while."""
    stage = make_stage(notebook)
    stage.push(screen())
    wait(stage, 3.0)
    surface = pygame.Surface(stage.size)
    press(stage, Action.MUTE, which)
    stage.update()
    assert stage.settings.muted
    assert set(notebook.gains.values()) == {0.0}
    assert stage.badge.text == say("sound.is_off")
    stage.draw(surface)
    wait(stage, 2.5)
    assert stage.badge.left == 0.0
    press(stage, Action.MUTE, which)
    stage.update()
    assert not stage.settings.muted
    assert any(notebook.gains[name] for name in SCORE)
    assert any(notebook.gains[name] for name in WATER)


def test_a_typed_n_stays_a_letter(make_stage: Callable[..., Stage]) -> None:
    """While something is typed the letter is a letter, and the other key still mutes."""
    stage = make_stage()
    stage.push(SetOffScreen(read_level(FILE)))

    class Typing(SettingsScreen):
        wants_text = True  # type: ignore[assignment]

    stage.push(Typing())
    key, _ = keys_of(Action.MUTE)[0]
    stage.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="n"))
    assert not stage.settings.muted
    press(stage, Action.MUTE, 1)
    assert stage.settings.muted


def test_volumes_are_set_by_keys_and_by_mouse_and_kept(
    make_stage: Callable[..., Stage], notebook: Notebook, tmp_path: Path
) -> None:
    """Each of the three volumes can be changed with arrows and with clicks, counts at once, and survives the file."""
    stage = make_stage(notebook)
    kept = tmp_path / "settings.json"
    stage.on_settings = lambda settings: write_settings(settings, kept)
    stage.push(SettingsScreen())
    screen = stage.screen
    assert isinstance(screen, SettingsScreen)
    for name in ("music", "water", "effects"):
        choice = next(w for w in screen.pane.children if isinstance(w, Choice) and w.label == say(f"sound.{name}"))
        screen.focus_on(choice)
        press(stage, Action.LEFT)
        assert getattr(stage.settings, name) == 0.5
        first = choice._segments(stage, choice.rect.width)[0].move(choice.rect.topleft).center
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            stage.handle(pygame.event.Event(kind, pos=first, button=1))
        assert getattr(stage.settings, name) == VOLUMES[0]
        press(stage, Action.RIGHT)
    toggle = next(w for w in screen.pane.children if isinstance(w, Toggle) and w.label == say("sound.muted", key="N"))
    screen.focus_on(toggle)
    press(stage, Action.CONFIRM)
    assert read_settings(kept) == stage.settings
    assert (stage.settings.music, stage.settings.water, stage.settings.effects) == (0.25, 0.25, 0.25)
    assert stage.settings.muted


def test_the_switch_shows_what_the_key_did(make_stage: Callable[..., Stage]) -> None:
    """With the settings open, the key that mutes turns the switch on the sheet as well, and the focus stays."""
    stage = make_stage()
    stage.push(SettingsScreen())
    screen = stage.screen
    assert isinstance(screen, SettingsScreen)
    at = screen._reachable().index(screen.focused)
    label = say("sound.muted", key="N")
    for ticked in ("x", " "):
        press(stage, Action.MUTE)
        wait(stage, 0.1)
        assert f"[{ticked}] {label}" in screen.transcript()
        assert screen._reachable().index(screen.focused) == at


@pytest.mark.parametrize("broken", ['{"music": 7, "water": "loud", "muted": 1}', '{"effects": NaN}', '{"music": true}'])
def test_broken_volumes_are_the_usual_ones(tmp_path: Path, broken: str) -> None:
    """Volumes that make no sense are as if they had never been set."""
    file = tmp_path / "settings.json"
    file.write_text(broken, encoding="utf-8")
    assert read_settings(file) == Settings()


def test_settings_say_when_there_is_no_device(make_stage: Callable[..., Stage], notebook: Notebook) -> None:
    """Without a device the settings say so in plain words; the badge does when sound is switched on."""
    notebook._failed = True
    stage = make_stage(notebook, muted=True)
    stage.push(SettingsScreen())
    assert stage.screen is not None
    assert say("sound.silent") in stage.screen.transcript()
    press(stage, Action.MUTE)
    assert stage.badge.text == say("sound.is_on_silent")


@pytest.mark.slow
def test_a_restless_person_and_restless_devices_break_nothing(
    make_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through 1,500 random keys, volumes, lost, found and failing devices and hidden windows the game goes on."""
    dice, event = random.Random(11), pygame.event.Event
    deck = Deck()
    stage = make_stage(deck)
    driving(stage)
    actions = [action for action in Action if action is not Action.FULLSCREEN]
    for _ in range(1500):
        kind = dice.random()
        if kind < 0.02:
            monkeypatch.setenv("SDL_AUDIODRIVER", dice.choice(["dummy", "dummy", "no such driver"]))
            stage.handle(event(pygame.AUDIODEVICEREMOVED, which=2, iscapture=0))
        elif kind < 0.05:
            stage.handle(event(pygame.AUDIODEVICEADDED, which=0, iscapture=0))
        elif kind < 0.07:
            stage.handle(event(dice.choice([pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED, pygame.WINDOWFOCUSGAINED])))
        elif kind < 0.1:
            name = dice.choice(["music", "water", "effects"])
            stage.change_settings(**{name: dice.choice(VOLUMES)})
        elif kind < 0.11 and deck.playing:
            pygame.mixer.quit()
        else:
            press(stage, dice.choice(actions))
        wait(stage, dice.choice([0.02, 0.05, 0.3]))
        if not stage.running or len(stage.screens) > 8:
            stage.running = True
            stage.reset(LevelsScreen())
    stage.handle(event(pygame.WINDOWRESTORED))
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    end = time.monotonic() + 10
    while deck._opening is not None and time.monotonic() < end:
        wait(stage, 0.1)
    deck.lost()
    while not deck.playing and time.monotonic() < end:
        wait(stage, 0.1)
    assert deck.playing
    stage.sound.close()
    assert pygame.mixer.get_init() is None


@pytest.mark.parametrize("driver", ["dummy", "no such driver"])
def test_the_game_runs_with_and_without_a_device(driver: str, tmp_path: Path) -> None:
    """The real window plays with a device and without one, opens it only after the first frame, and ends."""
    program = (
        "import sys, time, pygame; from pathlib import Path; from game.app import play, window\n"
        "turn, frames = window.Window.turn, []\n"
        "def counted(self, stage, ticks):\n"
        "    turn(self, stage, ticks); frames.append(time.monotonic()); deck = stage.sound.deck\n"
        "    if len(frames) == 1: assert deck._opening is None and not deck.playing\n"
        "    if deck.playing or deck.silent or frames[-1] > frames[0] + 20:\n"
        "        print('plays' if deck.playing else 'silent'); pygame.event.post(pygame.event.Event(pygame.QUIT))\n"
        "if __name__ == '__main__':\n"
        "    window.Window.turn = counted\n"
        "    print(play.run(Path(sys.argv[1])))\n"
    )
    environment = {
        **os.environ,
        "SDL_VIDEODRIVER": "dummy",
        "SDL_AUDIODRIVER": driver,
        "WATER_LANES_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", program, str(FILE)], capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-2:] == ["plays" if driver == "dummy" else "silent", "0"]
    assert "Traceback" not in done.stderr


def test_the_demo_opens_no_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's stage has no deck, so that no mixer is ever opened by it."""
    from game.app import demo

    decks = []

    def seen(hand: demo.Rehearsal, *_: object) -> None:
        decks.append(hand.stage.sound.deck)
        raise demo.Stuck("seen enough")

    monkeypatch.setattr(demo, "_live", seen)
    with pytest.raises(demo.Stuck):
        demo.run_demo(read_level(FILE), "step_by_step", 3, tmp_path)
    assert decks == [None]
    assert pygame.mixer.get_init() is None
