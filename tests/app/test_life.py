"""A whole life from the title to the last page and back, by keyboard alone and by mouse alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from hand import Hand
from lives import to_the_end

from game.app import flow
from game.app.action import Action
from game.app.keeping import keep_lives
from game.app.screens.debrief import DebriefScreen
from game.app.screens.drive import DriveScreen
from game.app.screens.levels import LevelsScreen
from game.app.screens.pause import PauseScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.title import TitleScreen
from game.app.stage import Stage
from game.app.widgets import Button, Form
from game.files import read_level, read_run, replayed, run_of, session_of
from game.house import shipped_levels
from game.session import Bets, Session

FIRST = read_level(sorted(shipped_levels().glob("*.toml"))[0])


@pytest.fixture
def life_stage(make_stage: Callable[..., Stage], own_home: Path) -> Stage:
    """A stage that keeps its runs and gives known water, in a small window so that drawing is quick."""
    stage = make_stage((800, 450))
    stage.home = own_home
    stage.fresh_seed = lambda: 11
    stage.on_quit = lambda: keep_lives(stage)
    return stage


def kept(home: Path) -> list[Path]:
    """The run files in a user folder."""
    return sorted((home / "runs").glob("*.json"))


def wait_until(stage: Stage, come: Callable[[], bool], ticks: int = 4000) -> None:
    """Lets ticks pass until something has come."""
    for _ in range(ticks):
        if come():
            return
        stage.update()
    raise AssertionError(f"nothing came on {type(stage.screen).__name__}")


def at_fork(stage: Stage) -> Callable[[], bool]:
    """Whether the drive waits at a fork or at rest."""
    screen = stage.screen
    assert isinstance(screen, DriveScreen)
    return lambda: screen.voyage is not None and (screen.voyage.choosing or screen.voyage.resting)


def test_a_life_by_keyboard_alone(life_stage: Stage, own_home: Path) -> None:
    """Enter, S, then a number at every fork and Enter at rest lead from the title to the debrief and a kept run."""
    stage, hand = life_stage, Hand(life_stage)
    stage.push(TitleScreen())
    hand.wait(5).key(pygame.K_RETURN)
    assert isinstance(stage.screen, SetOffScreen)
    hand.key(pygame.K_s)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    while True:
        wait_until(stage, at_fork(stage))
        if drive.session.finished:
            break
        hand.key(pygame.K_2)
        assert drive.voyage is not None
        hand.key(pygame.K_s)
    hand.key(pygame.K_RETURN)
    debrief = stage.screen
    assert isinstance(debrief, DebriefScreen)
    hand.wait(10)
    pages = len(debrief.pages)
    assert pages >= 7
    for _ in range(pages - 1):
        hand.key(pygame.K_RIGHT).wait(2)
        assert debrief.transcript().strip()
    assert debrief.index == pages - 1
    assert stage.settings.lives == 1
    (file,) = kept(own_home)
    run = read_run(file)
    assert replayed(run, FIRST).lanes == drive.session.record.lanes
    hand.key(pygame.K_ESCAPE)
    assert isinstance(stage.screen, LevelsScreen)


def test_a_life_by_mouse_alone(life_stage: Stage, own_home: Path) -> None:
    """Clicks on buttons and lanes alone lead from the title to the last page of the debrief."""
    stage, hand = life_stage, Hand(life_stage)

    def click(label: str) -> None:
        assert isinstance(stage.screen, Form)
        found = next(w for w in stage.screen._all() if isinstance(w, Button) and w.label.startswith(label))
        hand.click(found.rect.center).wait(2)

    stage.push(TitleScreen())
    hand.wait(5)
    click("Play")
    click("Set off")
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    surface = pygame.Surface(stage.size)
    while True:
        wait_until(stage, at_fork(stage))
        if drive.session.finished:
            break
        stage.draw(surface)
        before = drive.session.life.year
        lane = drive.session.open_lanes[0].id
        view = drive.view
        assert view is not None
        for part in (0.5, 0.35, 0.65, 0.8):
            hand.click(view.to_screen(view.geo.channels[lane].at(part)))
            if drive.session.life.year > before:
                break
        assert drive.session.life.year > before
    hand.wait(30)
    everywhere = [(x, y) for y in range(4, 450, 8) for x in range(4, 800, 16)]
    hand.click(next(pos for pos in everywhere if drive.hud.target_at(drive.showing(), pos) is Action.CONFIRM))
    debrief = stage.screen
    assert isinstance(debrief, DebriefScreen)
    hand.wait(10)
    while debrief.index < len(debrief.pages) - 1:
        before_page = debrief.index
        click("Next")
        assert debrief.index == before_page + 1
    assert len(kept(own_home)) == 1


def test_closing_the_window_in_the_middle_keeps_the_life(life_stage: Stage, own_home: Path) -> None:
    """A window closed on the water, even under the pause, leaves a run file with the lanes taken so far."""
    stage, hand = life_stage, Hand(life_stage)
    session = Session(FIRST, 11, "mine", FIRST.weights())
    flow.begin_life(stage, session)
    wait_until(stage, at_fork(stage))
    hand.key(pygame.K_1, pygame.K_s)
    wait_until(stage, at_fork(stage))
    hand.key(pygame.K_ESCAPE)
    assert isinstance(stage.screen, PauseScreen)
    stage.handle(pygame.event.Event(pygame.QUIT))
    assert not stage.running
    (file,) = kept(own_home)
    assert len(read_run(file).choices) == 1


def test_pausing_and_going_on_changes_nothing(life_stage: Stage) -> None:
    """However often the pause comes and goes, with help and settings over it, the life is where it was."""
    stage, hand = life_stage, Hand(life_stage)
    session = Session(FIRST, 11, "mine", FIRST.weights())
    flow.begin_life(stage, session)
    wait_until(stage, at_fork(stage))
    hand.key(pygame.K_1)
    record = session.record
    for _ in range(3):
        hand.key(pygame.K_ESCAPE, pygame.K_F1, pygame.K_ESCAPE, pygame.K_o, pygame.K_ESCAPE, pygame.K_ESCAPE)
        assert isinstance(stage.screen, DriveScreen)
    assert session.record is record


def test_a_life_left_at_the_pause_is_kept_and_left(life_stage: Stage, own_home: Path) -> None:
    """Leaving at the pause keeps the run and goes to the levels; the same water again begins with the same seed."""
    stage = life_stage
    for again in (True, False):
        session = Session(FIRST, 12, "mine", FIRST.weights())
        flow.begin_life(stage, session)
        wait_until(stage, at_fork(stage))
        Hand(stage).key(pygame.K_1, pygame.K_s).wait(5).key(pygame.K_p)
        pause = stage.screen
        assert isinstance(pause, PauseScreen)
        if again:
            pause.again()
            assert isinstance(stage.screen, SetOffScreen)
            assert stage.screen.seed == 12
        else:
            pause.leave_life()
            assert isinstance(stage.screen, LevelsScreen)
    assert len(kept(own_home)) == 1


def test_again_from_a_fork_keeps_the_life_up_to_there(life_stage: Stage) -> None:
    """From a fork on, the water, the bets and the lanes before it are those of the life that was lived."""
    session = to_the_end(Session(FIRST, 13, "mine", FIRST.weights(), Bets(None, 4.0)))
    flow.from_fork(life_stage, session, 2)
    drive = life_stage.screen
    assert isinstance(drive, DriveScreen)
    assert drive.session is not session
    assert drive.session.record.lanes == session.record.lanes[:2]
    assert (drive.session.seed, drive.session.bets) == (13, session.bets)
    assert session.finished


def test_a_replay_lives_the_recorded_choices(life_stage: Stage, own_home: Path) -> None:
    """A run that is replayed takes its own lanes without anybody pressing a key, and is not kept a second time."""
    from game.app.play import begin

    session = to_the_end(Session(FIRST, 14, "mine", FIRST.weights()), lane=-1)
    run = run_of(session)
    begin(life_stage, FIRST, Path("somewhere.toml"), run, Path("somewhere-14.json"))
    drive = life_stage.screen
    assert isinstance(drive, DriveScreen)
    assert session_of(run, FIRST).seed == drive.session.seed
    wait_until(life_stage, lambda: drive.session.finished and at_fork(life_stage)(), ticks=20_000)
    assert drive.session.record.lanes == run.choices
    Hand(life_stage).key(pygame.K_RETURN).wait(5)
    assert isinstance(life_stage.screen, DebriefScreen)
    assert life_stage.screen.pages[-1].kept == Path("somewhere-14.json")  # type: ignore[attr-defined]
    assert kept(own_home) == []


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_file(life_stage: Stage, tmp_path: Path) -> None:
    """Where the run cannot be written the debrief comes all the same."""
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    life_stage.home = blocked
    session = to_the_end(Session(FIRST, 15, "mine", FIRST.weights()))
    flow.end_life(life_stage, session)
    assert isinstance(life_stage.screen, DebriefScreen)


def test_settings_are_kept_between_two_starts(own_home: Path, make_stage: Callable[..., Stage]) -> None:
    """What is chosen in one start is found in the file, as JSON that can be read by anybody."""
    from game.app.play import _keep

    stage = make_stage()
    stage.on_settings = lambda settings: _keep(settings, own_home / "settings.json")
    stage.change_settings(reduced_motion=True)
    found = json.loads((own_home / "settings.json").read_text(encoding="utf-8"))
    assert found["reduced_motion"] is True
