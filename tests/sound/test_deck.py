"""The deck: opened behind the window's back, silent without a device, whole again after a loss, never an exception."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from game.app.sound.deck import Deck
from game.app.sound.layers import LAYERS
from game.app.sound.soundscape import Soundscape

GAINS = dict.fromkeys(LAYERS, 0.5)


@pytest.fixture
def deck() -> Iterator[Deck]:
    """A deck that is closed in the end."""
    deck = Deck()
    yield deck
    deck.close()
    assert pygame.mixer.get_init() is None


def until(deck: Deck, come: Callable[[], bool]) -> None:
    """Updates the deck until something has come, for ten seconds at most."""
    end = time.monotonic() + 10.0
    while not come():
        assert time.monotonic() < end
        deck.update(1 / 60, GAINS)
        time.sleep(0.002)


def settled(deck: Deck) -> Callable[[], bool]:
    """Whether the deck has found out whether there is a device."""
    return lambda: deck.playing or (deck.silent and deck._opening is None)


def test_the_window_never_waits_for_the_device(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a slow device is being opened, updates and cues take no time and touch no mixer."""
    opened = pygame.mixer.init
    monkeypatch.setattr(pygame.mixer, "init", lambda *a, **k: (time.sleep(0.4), opened(*a, **k))[1])
    begun = time.monotonic()
    deck.update(1 / 60, GAINS)
    deck.play("cue_press", 1.0)
    deck.update(1 / 60, GAINS)
    assert time.monotonic() - begun < 0.2
    assert not deck.playing
    until(deck, settled(deck))
    assert deck.playing


def test_all_loops_play_at_their_gains(deck: Deck) -> None:
    """Once open, every loop plays over and over at the gain it was given, and cues find a channel of their own."""
    until(deck, settled(deck))
    deck.update(1 / 60, {**GAINS, "water_wind": 0.25, "water_flow": 0.0})
    for number, name in enumerate(LAYERS):
        channel = pygame.mixer.Channel(number)
        assert channel.get_busy()
        wanted = {"water_wind": 0.25, "water_flow": 0.0}.get(name, 0.5)
        assert channel.get_volume() == pytest.approx(wanted, abs=0.01)
    for _ in range(40):
        deck.play("cue_enter", 0.7)
    assert pygame.mixer.Channel(len(LAYERS)).get_busy()
    assert all(pygame.mixer.Channel(number).get_sound() for number in range(len(LAYERS)))


def test_no_device_is_silence(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no device can be opened everything goes on in silence, with the reason at hand."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    until(deck, settled(deck))
    assert deck.silent
    assert deck.reason
    assert not Soundscape(deck).available
    for _ in range(100):
        deck.update(1.0, GAINS)
        deck.play("cue_press", 1.0)
    assert deck.silent


def test_a_device_that_comes_is_used(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    """After looking in vain, a hint that a device has come makes it look again, but not time after time."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    until(deck, settled(deck))
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    deck.look_again()
    deck.update(1.0, GAINS)
    assert deck.silent
    deck.update(30.0, GAINS)
    deck.look_again()
    until(deck, lambda: deck.playing)
    assert not deck.silent


def test_a_lost_device_is_replaced(deck: Deck) -> None:
    """When the device goes away in the middle, the deck falls silent and plays again as soon as there is another."""
    until(deck, settled(deck))
    deck.lost()
    assert not deck.playing
    deck.play("cue_press", 1.0)
    until(deck, lambda: deck.playing)
    assert pygame.mixer.Channel(0).get_busy()


def test_a_mixer_that_fails_is_a_lost_device(deck: Deck) -> None:
    """If the mixer is closed under the deck, nothing is raised and it recovers."""
    until(deck, settled(deck))
    pygame.mixer.quit()
    deck.play("cue_press", 1.0)
    deck.update(1 / 60, dict.fromkeys(LAYERS, 0.1))
    until(deck, lambda: deck.playing)
    pygame.mixer.quit()
    deck.update(1 / 60, dict.fromkeys(LAYERS, 0.9))
    until(deck, lambda: deck.playing)


def test_missing_and_broken_files_are_sounds_that_are_not_there(sounds_folder: Path, tmp_path: Path) -> None:
    """With most files missing and some broken, what is left is played."""
    for name in ("cue_press", "water_wind"):
        shutil.copy(sounds_folder / f"{name}.ogg", tmp_path)
    (tmp_path / "water_flow.ogg").write_bytes(b"OggS" + bytes(500))
    (tmp_path / "cue_page.ogg").write_bytes(b"")
    deck = Deck(tmp_path)
    until(deck, settled(deck))
    assert set(deck._sounds) == {"cue_press", "water_wind"}
    deck.play("cue_page", 1.0)
    deck.close()
    nothing = Deck(tmp_path / "nowhere")
    until(nothing, settled(nothing))
    assert nothing.silent
    nothing.close()


def test_closing_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deck whose device does not answer is closed within a second, and does nothing afterwards."""
    monkeypatch.setattr(pygame.mixer, "init", lambda *a, **k: time.sleep(2.0))
    deck = Deck()
    deck.update(1 / 60, GAINS)
    begun = time.monotonic()
    deck.close()
    assert time.monotonic() - begun < 1.0
    deck.update(1 / 60, GAINS)
    deck.play("cue_press", 1.0)
    deck.lost()
    assert not deck.playing
    if deck._opening is not None:
        deck._opening.join()


def test_devices_that_come_and_go_break_nothing(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a thousand random updates, cues, losses and arrivals nothing is raised, and in the end it plays."""
    dice = random.Random(5)
    event = pygame.event.Event
    scape = Soundscape(deck)
    for _ in range(1000):
        kind = dice.random()
        if kind < 0.02:
            monkeypatch.setenv("SDL_AUDIODRIVER", dice.choice(["dummy", "no such driver"]))
            scape.handle(event(pygame.AUDIODEVICEREMOVED, which=2, iscapture=0))
        elif kind < 0.06:
            scape.handle(event(pygame.AUDIODEVICEADDED, which=0, iscapture=0))
        elif kind < 0.08 and deck.playing:
            pygame.mixer.quit()
        elif kind < 0.5:
            deck.play(dice.choice(["cue_press", "cue_enter", "cue_nobody"]), dice.random())
        else:
            deck.update(dice.random(), {name: dice.uniform(-1, 2) for name in LAYERS})
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    if deck._opening is not None:
        deck._opening.join()
    deck.update(0.0, GAINS)
    deck.lost()
    until(deck, lambda: deck.playing)
