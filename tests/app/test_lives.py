"""Three lives, each from the title to the end of the debrief and back: by keys alone, by pointer alone, by pad alone.

On the way each draws a plan, names a figure, changes a setting, steers, looks from behind the boat, pauses, scrubs
through the treasure map, reads all as text, and watches the life once more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from gallery import prepare
from hand import Hand
from persons import PEOPLE, Person, WithAPointer

from game.app import flow
from game.app.action import Action
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.the_treasure_map import TreasureMapPage, YearRail
from game.app.screens.drive import DriveScreen
from game.app.screens.drive_voyage import Mode
from game.app.screens.levels import LevelsScreen
from game.app.screens.lives import LifeSheet, LivesScreen
from game.app.screens.pause import PauseScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.settings import SettingsScreen
from game.app.screens.title import TitleScreen
from game.app.screens.transcript import TranscriptScreen
from game.app.stage import Stage
from game.app.widgets import Choice, Form
from game.house import shipped_levels

LEVEL = sorted(shipped_levels().glob("*.toml"))[0]


@pytest.fixture
def life_stage(make_stage: Callable[..., Stage], own_home: Path) -> Stage:
    """A stage that keeps its runs, with the first level chosen, in a small window so that drawing is quick."""
    prepare(own_home)
    stage = make_stage((800, 450), last_level=str(LEVEL), reduced_motion=False)
    stage.home = own_home
    stage.fresh_seed = lambda: 11
    return stage


def until(stage: Stage, come: Callable[[], bool]) -> None:
    """Lets ticks pass until something has come."""
    for _ in range(4000):
        if come():
            return
        stage.update()
    raise AssertionError(f"nothing came on {type(stage.screen).__name__}")


@pytest.mark.parametrize("device", PEOPLE)
def test_a_life_by_one_device_alone(life_stage: Stage, device: str) -> None:
    """Everything that a life has is done from the title to the end of the debrief, and the life is watched again."""
    stage = life_stage
    stage.push(TitleScreen())
    Hand(stage).wait(8)
    person = PEOPLE[device](stage)
    set_off(person)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    live(person, drive)
    look_back(person, drive)
    watch(person)


def set_off(person: Person) -> None:
    """Play; a figure, a plan with one lane taken back, the way of choosing; off."""
    stage = person.stage
    person.press("Play")
    screen = stage.screen
    assert isinstance(screen, SetOffScreen)
    person.hand.wait(3)
    person.add(screen.number, 3)
    assert screen.bets.expectation == 3
    person.plan(screen)
    planned = len(screen.draft.lanes)
    assert planned == 1
    person.press("Take back")
    assert not screen.draft.lanes
    for _ in range(20):
        if screen.draft.complete:
            break
        person.plan(screen)
    assert screen.bets.plan is not None

    def mode() -> Choice:
        return next(w for w in screen._all() if isinstance(w, Choice) and "step" in dict(w.options))

    person.set(mode, "drive")
    person.set(mode, "step")
    person.press("Set off")


def live(person: Person, drive: DriveScreen) -> None:
    """Step by step and at the helm, from above and from behind, with a pause and the settings between."""
    stage, voyage = person.stage, drive.voyage
    until(stage, lambda: drive.voyage is not None and drive.voyage.choosing)
    voyage = drive.voyage
    assert voyage is not None
    person.ask(Action.VIEW)
    assert drive.chase.on
    person.ask(Action.VIEW)
    assert not drive.chase.on
    person.ask(Action.LIST)
    assert stage.screen is not drive
    person.press("Back to the water")
    person.ask(Action.PAUSE)
    assert isinstance(stage.screen, PauseScreen)
    person.press("Settings")
    assert isinstance(stage.screen, SettingsScreen)
    person.set(lambda: size_of_text(stage), 1.25)
    assert stage.settings.text_scale == 1.25
    person.set(lambda: size_of_text(stage), 1.0)
    person.press("Back")
    person.press("Go on")
    person.take_a_lane(drive)
    assert len(drive.session.record.lanes) == 1
    while not drive.session.finished or not voyage.resting:
        until(stage, lambda: voyage.choosing or voyage.resting)
        if voyage.resting:
            break
        person.ask(Action.MODE)
        assert voyage.mode is Mode.DRIVE
        taken = len(drive.session.record.lanes)
        person.steer(drive)
        assert len(drive.session.record.lanes) == taken + 1
        person.ask(Action.MODE)
        person.ask(Action.SKIP) if not isinstance(person, WithAPointer) else None
    person.hand.wait(3)


def size_of_text(stage: Stage) -> Choice:
    """The choice of the size of the text; it is another one after each change."""
    assert isinstance(stage.screen, Form)
    return next(w for w in stage.screen._all() if isinstance(w, Choice) and 1.25 in dict(w.options))


def look_back(person: Person, drive: DriveScreen) -> None:
    """Every page of the debrief, the treasure map scrubbed, all of it as text, and on to the levels."""
    stage = person.stage
    person.ask(Action.CONFIRM)
    debrief = stage.screen
    assert isinstance(debrief, DebriefScreen)
    person.hand.wait(30)
    for page in range(1, len(debrief.pages)):
        person.turn(debrief)
        assert debrief.index == page
        if isinstance(debrief.page, TreasureMapPage):
            rail = next(w for w in debrief.page.children if isinstance(w, YearRail))
            person.scrub(rail)
            assert rail.item == 2
    person.press("All as a text")
    assert isinstance(stage.screen, TranscriptScreen)
    person.press("Back")
    assert stage.screen is debrief
    person.press("Another level")
    assert isinstance(stage.screen, LevelsScreen)


def watch(person: Person) -> None:
    """The life that was kept is found and watched, moved on, and left."""
    stage = person.stage
    person.hand.wait(3)
    person.press("Your lives")
    assert isinstance(stage.screen, LivesScreen)
    until(stage, lambda: any(w.focusable and "seed 11" in w.says() for w in stage.screen._all()))  # type: ignore[union-attr]
    card = next(w for w in stage.screen._all() if w.focusable and "seed 11" in w.says())
    person.use(card)
    assert isinstance(stage.screen, LifeSheet)
    person.press("Watch")
    replay = stage.screen
    assert isinstance(replay, DriveScreen)
    until(stage, lambda: replay.voyage is not None)
    person.hand.wait(3)
    assert replay.voyage is not None
    before = replay.voyage.time
    person.move_on(replay)
    person.move_on(replay)
    person.hand.wait(5)
    assert replay.voyage.time > before
    person.ask(Action.PAUSE)
    person.press("Leave")
    assert isinstance(stage.screen, LevelsScreen)
    flow.go_to_title(stage)
