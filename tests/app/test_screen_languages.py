"""Languages: chosen in the settings, on every screen at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from gallery import GALLERY, prepare
from hand import Hand

from game.app import flow
from game.app.jobs import Jobs
from game.app.screens.debrief import DebriefScreen
from game.app.screens.drive import DriveScreen
from game.app.screens.levels import LevelsScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.settings import SettingsScreen
from game.app.screens.title import TitleScreen
from game.app.settings import Settings, read_settings, write_settings
from game.app.stage import Stage
from game.files import read_level, shipped_level
from game.files.shelf import STORY
from game.model import Level
from game.words import language, say, speak

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def fork() -> Level:
    """The first fork, in English."""
    path = shipped_level("first_fork")
    assert path is not None
    return read_level(path)


def choose_chinese(stage: Stage) -> None:
    """Opens the settings with their key, chooses 中文 with the arrows and goes back."""
    hand = Hand(stage)
    hand.key(pygame.K_o)
    assert isinstance(stage.screen, SettingsScreen)
    hand.key(pygame.K_RIGHT, pygame.K_RIGHT)
    assert language() == "zh"
    assert "设置" in stage.screen.transcript()
    hand.key(pygame.K_ESCAPE)


def shown(stage: Stage) -> str:
    """What the top screen says, after a frame of it has been drawn."""
    stage.draw(pygame.Surface(stage.size))
    assert stage.screen is not None
    return stage.screen.transcript()


def test_the_title_changes_at_once(stage: Stage) -> None:
    """Chosen in the settings, Chinese is on the title as soon as the sheet is off it, and English comes back."""
    stage.push(TitleScreen())
    Hand(stage).wait(5)
    assert "Play" in shown(stage)
    choose_chinese(stage)
    assert "开始" in shown(stage)
    assert "Play" not in shown(stage)
    stage.change_settings(language="en")
    assert "Play" in shown(stage)


def test_levels_and_their_cards_are_told_anew(stage: Stage) -> None:
    """The cards have the titles of the levels in the language chosen, and the level that they open is told in it."""
    flow.go_to_levels(stage)
    Hand(stage).wait(20)
    assert "The first fork" in shown(stage)
    choose_chinese(stage)
    Hand(stage).wait(20)
    assert isinstance(stage.screen, LevelsScreen)
    assert "第一个岔口" in shown(stage)
    assert "The first fork" not in shown(stage)


def test_before_setting_off_story_plan_and_bets_are_told_anew(stage: Stage, fork: Level) -> None:
    """The story and the lanes on the map change their language; what was planned and expected stays."""
    flow.go_to_set_off(stage, fork, seed=3)
    screen = stage.screen
    assert isinstance(screen, SetOffScreen)
    Hand(stage).wait(5)
    screen._expect(12.0)
    choose_chinese(stage)
    assert stage.screen is screen
    assert screen.expectation == 12.0
    told = shown(stage)
    assert "你有一条借来的小船" in told
    assert "你期望得到多少光" in told
    assert "它看重" not in told, "with one light there is nothing to weigh"
    assert not re.search(r"[A-Za-z]{6,}", re.sub(r"Enter|Tab", "", told))


def test_a_life_goes_on_in_the_other_language(stage: Stage, fork: Level) -> None:
    """On the water, from the pause: places, lanes and states are told anew, and the life is where it was."""
    flow.go_to_set_off(stage, fork, seed=3)
    hand = Hand(stage).wait(3)
    hand.key(pygame.K_s)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    hand.wait(5)
    hand.key(pygame.K_1).wait(20)
    before = drive.session.record
    hand.key(pygame.K_p)
    choose_chinese(stage)
    assert "暂停" in shown(stage)
    hand.key(pygame.K_ESCAPE)
    assert stage.screen is drive
    told = shown(stage)
    assert "白杨林" in told or "谷仓码头" in told
    assert not re.search(r"[a-z]{6,}", told)
    assert drive.session.record == before
    while not drive.session.finished:
        hand.key(pygame.K_1).wait(900)
    hand.wait(900)
    hand.key(pygame.K_RETURN)
    assert isinstance(stage.screen, DebriefScreen)


def test_every_page_of_a_debrief_is_written_anew(stage: Stage, fork: Level) -> None:
    """The page turned up stays turned up, in the other language, and so do all the others."""
    flow.go_to_set_off(stage, fork, seed=3)
    assert isinstance(stage.screen, SetOffScreen)
    hand = Hand(stage).wait(3)
    stage.screen.set_off()
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    for lane in ("mill-1", "heron-2", "towpath-3", "mill-4"):
        drive.session.choose(lane)
    flow.end_life(stage, drive.session, drive.solution_job)
    debrief = stage.screen
    assert isinstance(debrief, DebriefScreen)
    hand.wait(5).key(pygame.K_RIGHT).key(pygame.K_RIGHT)
    choose_chinese(stage)
    assert stage.screen is debrief
    hand.wait(5)
    assert debrief.index == 2
    assert debrief.page.title() == say("debrief.choice.title")
    told = debrief.whole_transcript()
    assert "哪些是选择，哪些是运气？" in told
    assert "Down the Mill" not in told
    for index in range(len(debrief.pages)):
        debrief.turn_to(index)
        assert CHINESE.search(shown(stage))


def test_the_choice_is_kept_and_the_computer_decides_without_one(tmp_path: Path) -> None:
    """The settings file keeps the language; without one, and for nonsense, it is the system's."""
    file = tmp_path / "settings.json"
    assert read_settings(file).language == "system"
    write_settings(Settings(language="zh"), file)
    assert read_settings(file).language == "zh"
    file.write_text('{"language": "tlh"}', encoding="utf-8")
    assert read_settings(file).language == "system"


def test_the_system_language_comes_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Back on "as on this computer", what the environment says is spoken again."""
    stage.push(TitleScreen())
    stage.change_settings(language="zh")
    assert language() == "zh"
    monkeypatch.setenv("WATER_LANES_LANGUAGE", "en")
    stage.change_settings(language="system")
    assert language() == "en"


def test_work_in_other_processes_speaks_the_same_language() -> None:
    """A job in a worker process is done in the language spoken here when it was asked for."""
    jobs = Jobs(workers=1)
    try:
        answers = []
        for wanted in ("zh", "en"):
            speak(wanted)
            job = jobs.submit(say, "title.play")
            while not job.done:
                pygame.time.wait(5)
            answers.append(job.result)
    finally:
        jobs.close()
    assert answers == ["开始", "Play"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (800, 450)])
def test_buttons_hold_their_chinese(make_stage: Callable[..., Stage], size: tuple[int, int], scale: float) -> None:
    """On title, levels and settings no button or heading is wider than the window, in Chinese as in English."""
    speak("zh")
    stage = make_stage(size, text_scale=scale, language="zh")
    stage.push(TitleScreen())
    Hand(stage).wait(5)
    for key in (None, pygame.K_o, pygame.K_ESCAPE, pygame.K_F1, pygame.K_ESCAPE, pygame.K_l):
        if key is not None:
            Hand(stage).key(key).wait(3)
        screen = stage.screen
        assert screen is not None
        stage.draw(pygame.Surface(stage.size))
        for widget in getattr(screen, "widgets", ()):
            assert widget.rect.right <= stage.size[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", GALLERY)
def test_every_screen_can_change_its_language(
    make_stage: Callable[..., Stage], own_home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever is shown when the language changes is shown on in Chinese, and once more in English."""
    monkeypatch.setattr("game.files.shelf.STORY", STORY)  # an exercise that is read anew finds its chapters
    prepare(own_home)
    stage = make_stage((640, 360), reduced_motion=True, language="en")
    stage.home = own_home
    GALLERY[name](stage)
    screen, surface = stage.screen, pygame.Surface((640, 360))
    for wanted in ("zh", "en"):
        stage.change_settings(language=wanted)
        Hand(stage).wait(3)
        stage.draw(surface)
        assert stage.screen is screen
        assert screen is not None
        assert bool(CHINESE.search(screen.transcript())) or wanted == "en" or not screen.transcript()
