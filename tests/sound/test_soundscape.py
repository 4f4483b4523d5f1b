"""The soundscape: levels that ease, cues that do not crowd, volumes, muting and the window out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame
import pytest

from game.app.settings import Settings
from game.app.sound.heard import Heard, Moment
from game.app.sound.layers import LAYERS, SCORE, WATER
from game.app.sound.soundscape import OPENS_AFTER, Soundscape

if TYPE_CHECKING:
    from conftest import Notebook

WET = Heard("drive", wetness=1.0, nearness=1.0, speed=1.0, fullness=1.0)
DRY = Heard("drive", wetness=0.0, nearness=1.0, speed=1.0, fullness=0.0)


def hear(scape: Soundscape, heard: Heard, seconds: float = 12.0, settings: Settings | None = None) -> None:
    """Lets the same be heard for a while."""
    for _ in range(round(seconds * 60)):
        scape.update(1 / 60, heard, settings or Settings())


def test_levels_ease_and_arrive(notebook: Notebook) -> None:
    """When the water changes no level jumps by more than a twentieth in a tick, and all come to their new values."""
    scape = Soundscape(notebook)
    hear(scape, WET)
    before = dict(notebook.gains)
    assert before["water_surge"] > 0.2 > before["water_wind"]
    for _ in range(900):
        scape.update(1 / 60, DRY, Settings())
        assert all(abs(notebook.gains[name] - before[name]) < 0.05 for name in LAYERS)
        before = dict(notebook.gains)
    assert before["water_wind"] > 0.2
    assert before["water_surge"] < 0.001


def test_the_device_waits_for_the_title(notebook: Notebook) -> None:
    """The deck is not touched before the first frames have had their time."""
    scape = Soundscape(notebook)
    hear(scape, WET, OPENS_AFTER - 0.1)
    assert not notebook.gains
    hear(scape, WET, 0.2)
    assert notebook.gains


def test_each_volume_rules_its_own(notebook: Notebook) -> None:
    """Music and water follow their own volume and not the other's; effects follow theirs."""
    scape = Soundscape(notebook)
    hear(scape, WET, settings=Settings(music=0.0))
    assert not any(notebook.gains[name] for name in SCORE)
    assert any(notebook.gains[name] for name in WATER)
    hear(scape, WET, settings=Settings(water=0.0, effects=0.0))
    assert not any(notebook.gains[name] for name in WATER)
    assert any(notebook.gains[name] for name in SCORE)
    scape.play("enter")
    assert not notebook.played
    hear(scape, WET, 1.0, Settings(effects=1.0))
    scape.play("enter")
    hear(scape, WET, 1.0, Settings(effects=0.5))
    scape.play("enter")
    (loud, soft) = (gain for _, gain in notebook.played)
    assert soft == pytest.approx(loud / 4)


def test_muting_silences_everything_at_once(notebook: Notebook) -> None:
    """From one tick to the next everything is silent, and comes back as it was."""
    scape = Soundscape(notebook)
    hear(scape, WET)
    before = dict(notebook.gains)
    scape.update(1 / 60, WET, Settings(muted=True))
    assert set(notebook.gains.values()) == {0.0}
    scape.play("press")
    assert not notebook.played
    assert list(scape.latest) == ["press"]
    scape.update(1 / 60, WET, Settings())
    assert notebook.gains == pytest.approx(before, abs=0.01)


def test_a_window_out_of_sight_is_silent(notebook: Notebook) -> None:
    """Minimised the game is silent; restored it can be heard again."""
    scape = Soundscape(notebook)
    scape.handle(pygame.event.Event(pygame.WINDOWMINIMIZED))
    hear(scape, WET, 2.0)
    assert set(notebook.gains.values()) == {0.0}
    scape.handle(pygame.event.Event(pygame.WINDOWRESTORED))
    hear(scape, WET, 0.1)
    assert any(notebook.gains.values())


def test_cues_do_not_crowd(notebook: Notebook) -> None:
    """Years that pass tick after tick sound once in a while, not sixty times a second."""
    scape = Soundscape(notebook)
    for tick in range(120):
        scape.update(1 / 60, Heard("drive", moment=Moment(lanes=1, year=tick)), Settings())
    assert 2 <= [name for name, _ in notebook.played].count("cue_year") <= 3


def test_news_of_devices_reaches_the_deck(notebook: Notebook) -> None:
    """The loss of the device in use is told; of a microphone or of another device it is not; a new one is tried."""
    scape = Soundscape(notebook)
    event = pygame.event.Event
    scape.handle(event(pygame.AUDIODEVICEREMOVED, which=0, iscapture=0))
    scape.handle(event(pygame.AUDIODEVICEREMOVED, which=2, iscapture=1))
    scape.handle(event(pygame.AUDIODEVICEADDED, which=0, iscapture=1))
    assert (notebook.losses, notebook.looks) == (0, 0)
    scape.handle(event(pygame.AUDIODEVICEREMOVED, which=2, iscapture=0))
    scape.handle(event(pygame.AUDIODEVICEADDED, which=0, iscapture=0))
    assert (notebook.losses, notebook.looks) == (1, 1)


def test_without_a_deck_nothing_is_different() -> None:
    """Without a deck the same levels and cues come about, and nothing is raised."""
    scape = Soundscape()
    hear(scape, WET)
    hear(scape, Heard("title"), 1.0)
    scape.handle(pygame.event.Event(pygame.AUDIODEVICEREMOVED, which=2, iscapture=0))
    scape.close()
    assert list(scape.latest) == ["page"]
    assert scape.available
