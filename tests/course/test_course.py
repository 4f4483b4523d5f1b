"""An exercise on the screen: from its first step to its last page, by keys, by mouse, and without doing anything."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from attending import FORK, begun, click, draw_plan, live, widgets
from hand import Hand
from workshop.people import exercise, wandered_plan

from game.app import flow
from game.app.action import Action
from game.app.course import Wishes
from game.app.keeping import keep_lives
from game.app.screens.drive import DriveScreen
from game.app.screens.title import TitleScreen
from game.app.screens.workshop.choosing import ChoosingScreen
from game.app.screens.workshop.closing import ClosingScreen
from game.app.screens.workshop.comparing import CompareScreen
from game.app.screens.workshop.curtain import CurtainScreen
from game.app.screens.workshop.predicting import PredictScreen
from game.app.screens.workshop.reading import ReadingScreen
from game.app.screens.workshop.returning import ReturningScreen
from game.app.screens.workshop.writing import WriteScreen
from game.app.stage import Stage
from game.app.widgets import Button, Choice, TextField
from game.words import say
from game.workshop.contribution import PlanBet
from game.workshop.notebook import open_notebook

NAMES = (FORK, "whose_light", "one_step")


@pytest.mark.parametrize(
    ("name", "length"),
    [(FORK, 45), *(pytest.param(name, 120, marks=pytest.mark.slow) for name in NAMES)],
)
def test_each_exercise_runs_from_its_first_step_to_its_last_page(
    make_stage: Callable[..., Stage], name: str, length: int
) -> None:
    """Every step of a script, by keys alone: plans, lives, comparisons and words are all kept at the end."""
    stage = make_stage()
    stage.fresh_seed = lambda: 5
    hand, course = Hand(stage), begun(stage, name, Wishes(minutes=length))
    surface = pygame.Surface(stage.size)
    seen = []
    while not isinstance(stage.screen, ClosingScreen):
        step, screen = course.step, stage.screen
        assert step is not None
        seen.append(step.id)
        hand.wait(3)
        stage.draw(surface)
        if isinstance(screen, PredictScreen):
            draw_plan(stage, hand)
            while not isinstance(screen.focused, Button) or screen.focused.key is not Action.SKIP:
                hand.key(pygame.K_TAB)
            hand.key(pygame.K_RETURN)
        elif isinstance(screen, CompareScreen):
            assert [page.name for page in screen.pages[1:-1]] == list(step.pages)
            for _ in screen.pages[1:]:
                hand.key(pygame.K_RIGHT).wait(2)
                stage.draw(surface)
            hand.key(pygame.K_RETURN)
        elif isinstance(screen, WriteScreen):
            field = next(w for w in widgets(stage) if isinstance(w, TextField))
            screen.focus_on(field)
            for char in "it shone":
                hand.key(ord(char))
            hand.key(pygame.K_TAB, pygame.K_RETURN)
            course.settle()
            course.onward()
        else:
            hand.key(pygame.K_s)
            if step.kind == "play":
                live(stage, hand)
    hand.wait(2)
    stage.draw(surface)
    assert seen == [step.id for step, _ in exercise(name).steps_in(length)]
    made = open_notebook(exercise(name)).contribution
    kinds = {kind: [s.id for s, _ in exercise(name).steps_in(length) if s.kind == kind] for kind in ("play", "predict")}
    assert [life.step for life in made.lives] == kinds["play"]
    assert all(made.plans_at(step)[0].lanes for step in kinds["predict"])
    assert all(words.text == "it shone" and words.shared for words in made.words)


@pytest.mark.parametrize("name", [FORK, *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES[1:])])
def test_every_step_can_be_skipped_and_gone_back_to(make_stage: Callable[..., Stage], name: str) -> None:
    """On and on without doing anything leads to the closing page, and Esc all the way back and off."""
    stage = make_stage()
    hand, course = Hand(stage), begun(stage, name)
    count = len(course.steps)
    for index in range(count):
        assert course.index == index
        if course.step is not None and course.step.kind == "play":
            click(stage, hand, say("course.play.skip"))
        else:
            hand.key(pygame.K_s)
    assert isinstance(stage.screen, ClosingScreen)
    for index in reversed(range(count)):
        hand.key(pygame.K_ESCAPE)
        assert course.index == index
    hand.key(pygame.K_ESCAPE)
    assert stage.course is None
    assert isinstance(stage.screen, TitleScreen)
    assert open_notebook(exercise(name)).contribution.lives == ()


@pytest.mark.slow
def test_a_life_by_mouse_alone(make_stage: Callable[..., Stage]) -> None:
    """From the level list by clicks: the exercise, its first step, a plan on the map, its confidence, and on."""
    stage = make_stage()
    hand = Hand(stage)
    flow.go_to_levels(stage)
    hand.wait(5)
    click(stage, hand, say("course.choose.button"))
    assert isinstance(stage.screen, ChoosingScreen)
    label = say("course.choose.card", title=exercise(FORK).title, minutes=45)
    click(stage, hand, label)
    assert isinstance(stage.screen, ReadingScreen)
    click(stage, hand, say("course.onward"))
    screen = stage.screen
    assert isinstance(screen, PredictScreen)
    hand.wait(40)
    while not screen.map.draft.complete:
        lane = screen.map.draft.open_lanes[0]
        assert screen.map.view is not None
        channel = stage.library.geography(screen.map.level).channels[lane.id]
        x, y = screen.map.view.to_screen(channel.at(0.5))
        hand.click((screen.map.rect.left + x, screen.map.rect.top + y))
    sure = [w for w in widgets(stage) if isinstance(w, Choice)][1]
    screen.focus_on(sure)
    spot = sure._segments(stage, sure.rect.width)[4].move(sure.rect.topleft)
    hand.click(spot.center)
    course = stage.course
    assert course is not None
    plan = course.notebook.contribution.plans_at("fork_plans")[0]
    assert plan == PlanBet("", 4, screen.map.draft.lanes)


def test_three_plans_are_kept_apart(make_stage: Callable[..., Stage]) -> None:
    """Turning to another plan and back shows each with its own lanes, title and confidence."""
    stage = make_stage()
    hand, course = Hand(stage), begun(stage)
    hand.key(pygame.K_s)
    screen = stage.screen
    assert isinstance(screen, PredictScreen)
    draw_plan(stage, hand)
    screen._turn(1)
    assert screen.map.draft.lanes == ()
    title = next(w for w in widgets(stage) if isinstance(w, TextField))
    screen.focus_on(title)
    hand.key(*map(ord, "bold"))
    screen._turn(0)
    assert screen.map.draft.complete
    assert [plan.title for plan in course.notebook.contribution.plans_at("fork_plans")] == ["", "bold", ""]
    course.go(0)
    course.go(1)
    again = stage.screen
    assert isinstance(again, PredictScreen)
    assert again.drafts[0].complete
    assert again._plans()[1].title == "bold"


def test_two_plans_that_are_the_same_are_told_as_such(make_stage: Callable[..., Stage]) -> None:
    """The second plan by the same lanes names the first; with a lane less it is a plan of its own again."""
    stage = make_stage()
    hand, _ = Hand(stage), begun(stage)
    hand.key(pygame.K_s)
    screen = stage.screen
    assert isinstance(screen, PredictScreen)
    draw_plan(stage, hand)
    assert screen.note.text_ == say("course.predict.keys")
    screen._turn(1)
    draw_plan(stage, hand)
    assert screen.note.text_ == say("course.predict.same", number=1)
    screen._undo()
    assert screen.note.text_ == say("course.predict.keys")


@pytest.mark.slow
def test_the_plan_drives_along_and_settings_come_back(make_stage: Callable[..., Stage]) -> None:
    """The step says which ghosts there are; a person's own settings are as before when the course is over."""
    stage = make_stage(ghosts=("step_by_step",), mode="drive")
    kept: list[object] = []
    stage.on_settings = lambda settings: kept.append((settings.ghosts, settings.mode, settings.muted))
    hand, course = Hand(stage), begun(stage, wishes=Wishes(minutes=90))
    step = exercise(FORK).step("years_life")
    plan = exercise(FORK).level_of(step)
    lanes = wandered_plan(plan, random.Random(1))
    course.bet(exercise(FORK).step("years_plans"), 0, PlanBet("mine", 5, lanes))
    course.set_off(step)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    hand.wait(5)
    assert [ghost.name for ghost in drive.session.ghosts][:1] == ["plan"]
    assert drive.session.bets.plan == lanes
    assert (stage.settings.ghosts, stage.settings.mode) == (("plan",), "step")
    stage.change_settings(muted=True)
    course.leave()
    assert (stage.settings.ghosts, stage.settings.mode, stage.settings.muted) == (("step_by_step",), "drive", True)
    assert kept == [(("step_by_step",), "drive", True)]


def test_the_lives_of_a_workshop_stay_out_of_the_games_own(make_stage: Callable[..., Stage], own_home: Path) -> None:
    """No run file of the game is written by an exercise; leaving a life from the pause leads back to its step."""
    stage = make_stage()
    stage.home = own_home
    hand, course = Hand(stage), begun(stage)
    course.go(2)
    hand.key(pygame.K_s)
    live(stage, hand)
    assert isinstance(stage.screen, CompareScreen)
    course.go(2)
    course.set_off(exercise(FORK).step("fork_life"))
    hand.wait(5)
    hand.key(pygame.K_p)
    click(stage, hand, say("pause.leave"))
    assert isinstance(stage.screen, ReadingScreen)
    keep_lives(stage)
    assert not (own_home / "runs").exists()


@pytest.mark.slow
def test_a_life_can_be_lived_once_more_in_the_same_water(make_stage: Callable[..., Stage]) -> None:
    """From the comparison the same water comes again, and the new life takes the place of the old one."""
    stage = make_stage()
    stage.fresh_seed = lambda: 77
    hand, course = Hand(stage), begun(stage, "one_step")
    course.go([step.id for step in course.steps].index("life"))
    hand.key(pygame.K_s)
    live(stage, hand)
    screen = stage.screen
    assert isinstance(screen, CompareScreen)
    stage.fresh_seed = lambda: 78
    course.again(screen.session, 3)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    assert drive.session.seed == 77
    assert drive.session.life.lanes == screen.session.record.lanes[:3]


def test_the_curtain_takes_all_text_off_the_wall(make_stage: Callable[..., Stage]) -> None:
    """F8 hides everything and holds it, on a step and in a life; F8, Esc or a click bring it back."""
    stage = make_stage()
    hand = Hand(stage)
    stage.push(TitleScreen())
    hand.key(pygame.K_F8)
    assert not isinstance(stage.screen, CurtainScreen)
    course = begun(stage)
    course.go(2)
    for screen in ("step", "life"):
        if screen == "life":
            hand.key(pygame.K_s).wait(30)
        before = stage.screen
        for undo in (pygame.K_F8, pygame.K_ESCAPE, None):
            hand.key(pygame.K_F8)
            assert isinstance(stage.screen, CurtainScreen)
            assert stage.screen.transcript() == ""
            hand.key(pygame.K_F10)
            assert isinstance(stage.screen, CurtainScreen)
            first, second = pygame.Surface(stage.size), pygame.Surface(stage.size)
            stage.screen.draw(first)
            stage.backdrop().draw(second, stage.time)
            assert pygame.image.tobytes(first, "RGB") == pygame.image.tobytes(second, "RGB")
            if undo is None:
                hand.click((50, 50))
            else:
                hand.key(undo)
            assert stage.screen is before


def test_somebody_who_comes_again_goes_on_where_they_were(make_stage: Callable[..., Stage]) -> None:
    """Closed in the middle and opened again, the course shows the same step, under the same pseudonym."""
    stage = make_stage()
    course = begun(stage)
    course.go(4)
    name = course.notebook.contribution.pseudonym
    course.leave()
    again = begun(stage)
    assert (again.index, again.notebook.contribution.pseudonym) == (4, name)
    assert isinstance(stage.screen, ReturningScreen)
    Hand(stage).key(pygame.K_s)
    assert isinstance(stage.screen, WriteScreen)
    assert (again.index, again.notebook.contribution.pseudonym) == (4, name)


def test_an_exercise_is_told_in_another_language_where_one_is(make_stage: Callable[..., Stage]) -> None:
    """Spoken to in Chinese, the step that is shown has its Chinese text, and what was left is still there."""
    from game.words import speak

    stage = make_stage()
    course = begun(stage)
    course.go(1)
    course.bet(course.steps[1], 0, PlanBet("bold", 3))
    try:
        speak("zh")
        assert stage.screen is not None
        stage.screen.retell()
        assert course.exercise.title == "一个计划，一段人生"
        assert "四年的三个计划" in stage.screen.transcript()
        assert course.notebook.contribution.plans_at("fork_plans")[0].title == "bold"
    finally:
        speak("en")
