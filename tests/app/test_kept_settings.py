"""Settings on their sheet: kept, put back, told when broken; lives kept elsewhere; what has the focus, voiced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from gallery import session
from hand import Hand

from game.app import flow
from game.app.action import Action
from game.app.keeping import keep_run
from game.app.play import _keep
from game.app.screens.drive import DriveScreen
from game.app.screens.saves import SavesScreen, folders_in
from game.app.screens.settings import SettingsScreen, kept_runs
from game.app.screens.title import TitleScreen
from game.app.settings import COLOURS, Settings, read_settings, settings_kept_aside
from game.app.stage import Stage
from game.app.widgets import Button, Form
from game.app.window import Window


def button(stage: Stage, label: str) -> Button:
    """The button with this beginning of a label, on the top screen."""
    assert isinstance(stage.screen, Form)
    return next(w for w in stage.screen._all() if isinstance(w, Button) and w.label.startswith(label))


@pytest.fixture
def on_settings(stage: Stage, own_home: Path) -> Stage:
    """A stage with the settings over the title, which keeps them in the user's folder."""
    own_home.mkdir(exist_ok=True)
    stage.home = own_home
    stage.on_settings = lambda settings: _keep(settings, own_home / "settings.json")
    stage.push(TitleScreen())
    flow.show_settings(stage)
    return stage


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (b"{", False),
        (b"[]", False),
        (b"\xff\xfe", False),
        (b'{"text_scale": 7}', False),
        (b'{"palette": "rose", "text_scale": "large"}', False),
        (b'{"bindings": 3}', False),
        (b"{}", True),
        (b'{"palette": "rose"}', True),
        (b'{"a key of a later version": 1}', True),
        (b'{"bindings": {"keys": {"NONSENSE": [[1, 2]], "GHOSTS": "x"}}}', True),
    ],
)
def test_a_broken_file_is_kept_aside(tmp_path: Path, content: bytes, whole: bool) -> None:
    """What cannot be read whole is copied beside itself, byte for byte, before it is written over; all else is not."""
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings, aside = settings_kept_aside(file)
    assert settings == read_settings(file)
    assert (aside is None) is whole
    if aside is not None:
        assert aside.read_bytes() == content


def test_no_file_is_nothing_broken(tmp_path: Path) -> None:
    """At the first start there is no file, and nothing to be told."""
    assert settings_kept_aside(tmp_path / "settings.json") == (Settings(), None)


def test_what_is_kept_aside_is_told(on_settings: Stage, own_home: Path) -> None:
    """The sheet of settings says where the file lies that could not be read."""
    on_settings.settings_aside = own_home / "settings.broken.json"
    screen = on_settings.screen
    assert isinstance(screen, SettingsScreen)
    screen.fill()
    assert "settings.broken.json" in screen.transcript()


def test_everything_can_be_put_back(on_settings: Stage, own_home: Path) -> None:
    """Pressed twice, all settings are those of the first start; lives, the last level and their folder stay."""
    stage, hand = on_settings, Hand(on_settings)
    stage.change_settings(text_scale=1.5, colours="tritan", rumble=False, lives=4, last_level="/a", saves="/b")
    stage.change_settings(bindings={"keys": {"GHOSTS": [[pygame.K_F5, 0]]}})
    screen = stage.screen
    assert isinstance(screen, SettingsScreen)
    for press in range(2):
        screen.focus_on(button(stage, "Really set" if press else "All settings as"))
        hand.key(pygame.K_RETURN)
    assert stage.settings == Settings(lives=4, last_level="/a", saves="/b")
    found = json.loads((own_home / "settings.json").read_text(encoding="utf-8"))
    assert (found["text_scale"], found["lives"], found["bindings"]) == (1.0, 4, {})


def test_putting_back_is_taken_back(on_settings: Stage) -> None:
    """Any other key after the first press leaves everything as it is."""
    stage, hand = on_settings, Hand(on_settings)
    stage.change_settings(colours="contrast")
    screen = stage.screen
    assert isinstance(screen, SettingsScreen)
    screen.focus_on(button(stage, "All settings as"))
    hand.key(pygame.K_RETURN, pygame.K_UP)
    assert button(stage, "All settings as")
    assert stage.settings.colours == "contrast"


@pytest.mark.parametrize("colours", COLOURS)
def test_colours_hold_on_every_mood(stage: Stage, colours: str) -> None:
    """The palette for somebody's eyes is the one of the mood and of the setting, from the next frame on."""
    stage.push(TitleScreen())
    stage.change_settings(colours=colours)
    for mood in ("day", "dusk", "rose"):
        stage.change_settings(palette=mood)
        assert stage.palette.name == (mood if colours == "usual" else f"{mood}/{colours}")


def test_lives_are_kept_where_they_are_pointed(on_settings: Stage, tmp_path: Path) -> None:
    """A walk through folders by keys alone chooses one; the next life is kept there, and found there to be deleted."""
    stage, hand = on_settings, Hand(on_settings)
    there = tmp_path / "elsewhere" / "deep"
    there.mkdir(parents=True)
    (there.parent / ".hidden").mkdir()
    stage.screen.focus_on(button(stage, "Keep lives elsewhere"))  # type: ignore[union-attr]
    hand.key(pygame.K_RETURN)
    saves = stage.screen
    assert isinstance(saves, SavesScreen)
    saves._go(tmp_path)
    for label in ("elsewhere", "deep", "Keep lives here"):
        saves.focus_on(button(stage, label))
        hand.key(pygame.K_RETURN)
    assert stage.runs == there
    lived = session("first_fork", 99)
    kept = keep_run(stage, lived)
    assert kept is not None
    assert kept.parent == there
    (there / "my notes.json").write_text("{}", encoding="utf-8")
    assert kept_runs(there) == [kept]
    saves.focus_on(button(stage, "Back to the usual folder"))
    hand.key(pygame.K_RETURN)
    assert stage.settings.saves == ""
    assert folders_in(there.parent) == [there]


def test_a_folder_that_cannot_be_written_is_not_taken(
    on_settings: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written the sheet says so and everything stays as it is; one that is gone is passed over."""
    monkeypatch.setattr("os.access", lambda *_: False)
    flow.choose_saves(on_settings)
    screen = on_settings.screen
    assert isinstance(screen, SavesScreen)
    screen._go(tmp_path)
    screen._choose()
    assert on_settings.settings.saves == ""
    assert str(tmp_path) in screen.transcript()
    assert folders_in(tmp_path / "nowhere") == []


def test_what_has_the_focus_is_copied(make_stage: Callable[..., Stage]) -> None:
    """With voicing a new screen is copied whole, then whatever the focus comes to; nothing twice or without it."""
    stage, copied = make_stage(), list[str]()
    stage.copy_text = copied.append
    stage.push(TitleScreen())
    hand = Hand(stage).wait(3).key(pygame.K_TAB)
    assert copied == []
    stage.change_settings(voicing=True)
    hand.wait(5)
    assert len(copied) == 1
    assert "Water Lanes" in copied[0]
    hand.key(pygame.K_TAB).wait(5)
    assert len(copied) == 2
    assert isinstance(stage.screen, TitleScreen)
    assert stage.screen.focused is not None
    assert copied[1] == stage.screen.focused.says()


def test_the_water_is_voiced(make_stage: Callable[..., Stage]) -> None:
    """On the drive the marked lane is voiced with its water and light, and the year when it turns."""
    stage, copied = make_stage((800, 450), voicing=True), list[str]()
    stage.copy_text = copied.append
    flow.begin_life(stage, session("first_fork"))
    hand = Hand(stage).wait(5)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    hand.key(pygame.K_RIGHT)
    row = drive.hands.fork.row(drive.focus)
    assert row is not None
    assert row.lane.name in copied[-1]
    assert row.state in copied[-1]
    hand.key(pygame.K_RETURN, pygame.K_s)
    assert len(set(copied)) == len(copied)


def test_no_clipboard_is_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the desktop has no clipboard nothing is copied and nothing breaks."""

    def refuse(text: str) -> None:
        raise pygame.error("no clipboard")

    monkeypatch.setattr(pygame.scrap, "put_text", refuse)
    window = Window("test", (800, 450), exact=True)
    window.copy("something")
    pygame.display.quit()
    pygame.display.init()


def test_start_on_a_pad_begins_the_game(stage: Stage) -> None:
    """The button that pauses a drive starts on the title."""
    stage.push(TitleScreen())
    Hand(stage).wait(5)
    stage.ask(Action.PAUSE)
    assert not isinstance(stage.screen, TitleScreen)
