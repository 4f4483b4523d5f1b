"""The gallery: every screen there is, each brought up on a stage by name.

Whoever makes a new screen hangs it here, and the tests of layout, contrast and reach take it up; a test says which
screens are missing.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from debrief_cases import shown
from hand import Hand
from known_levels import MOUTH
from lives import to_the_end

import game.app.screens
from game.app import flow
from game.app.course import Course, Wishes
from game.app.evening import Evening, hand_over, invite
from game.app.screen import Screen
from game.app.screens.drive import DriveScreen
from game.app.screens.levels import ContentNoteScreen, LevelsScreen, ProblemsScreen
from game.app.screens.lives import LifeSheet
from game.app.screens.sandbox import SandboxScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.sheet import SheetScreen
from game.app.screens.title import TitleScreen
from game.app.screens.whose_light import WhoseLightScreen
from game.app.screens.workshop.comparing import CompareScreen
from game.app.screens.workshop.curtain import CurtainScreen
from game.app.screens.write_light import WriteLightScreen
from game.app.stage import Stage
from game.app.widgets import TextField
from game.files import read_level, run_of, write_run
from game.generator import Recipe
from game.house import shipped_levels
from game.model import Level
from game.session import Bets, Session
from game.solver import solve
from game.workshop.courier import Inn
from game.workshop.shelf import exercise_named

EXERCISES = {name: exercise_named(name) for name in ("one_plan_one_life", "whose_light", "one_step")}
"""The exercises that come with the game, read before any test takes the story off the shelf."""

BROKEN = 'format = 1\ntitle = "x"\nyears = 900\nsigth = 3\nstart = "nowhere"\n'


@cache
def level(name: str) -> Level:
    """A level that comes with the game."""
    return read_level(next(iter(sorted(shipped_levels().rglob(f"*{name}.toml")))))


def session(name: str, lanes: int = 0, **more: object) -> Session:
    """A life on a level in the water of seed 11, with some lanes lived; all of them where there are fewer."""
    played = level(name)
    made = Session(played, 11, played.default_value_function, played.weights(), **more)  # type: ignore[arg-type]
    while lanes and not made.finished:
        made.choose(made.open_lanes[0].id)
        lanes -= 1
    return made


LIVED = time.mktime((2026, 3, 14, 15, 9, 26, 0, 0, -1))
"""When the kept lives were lived, so that their list reads the same on every day."""


def prepare(home: Path) -> None:
    """A user folder with a broken level file and two lives."""
    (home / "levels").mkdir(parents=True, exist_ok=True)
    (home / "levels" / "a_level_with_a_rather_long_name.toml").write_text(BROKEN, encoding="utf-8")
    for lanes in (2, 99):
        run = write_run(run_of(session("first_fork", lanes)), home / "runs")
        os.utime(run, (LIVED, LIVED))


def _title(stage: Stage) -> None:
    stage.push(TitleScreen())


def _levels(stage: Stage) -> None:
    _title(stage)
    stage.push(LevelsScreen())


def _problems(stage: Stage) -> None:
    _levels(stage)
    Hand(stage).wait(5)
    stage.push(ProblemsScreen(next(entry for entry in stage.library.entries or () if entry.level is None)))


def _note(stage: Stage) -> None:
    _levels(stage)
    stage.push(ContentNoteScreen(level("twenty_years"), None))


def _set_off(stage: Stage) -> None:
    screen = SetOffScreen(level("twenty_years"), seed=1, bets=Bets(None, 31.5))
    stage.push(screen)
    Hand(stage).wait(2)
    for _ in range(3):
        screen.map._become(screen.map.draft.extended(screen.map.draft.open_lanes[0].id))
    screen.focus_on(screen.map)


def _drive(name: str, lanes: int, mode: str = "step", chase: bool = False, on: int = 0) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.change_settings(mode=mode)
        flow.begin_life(stage, session(name, lanes))
        Hand(stage).wait(30)
        drive = stage.screen
        assert isinstance(drive, DriveScreen)
        if chase:
            drive.switch_view()
        if on:
            drive.hands.choose(drive.session.open_lanes[0].id)
        Hand(stage).wait(on or 90)

    return show


def _replay(stage: Stage) -> None:
    lived = session("twenty_years", 99)
    again = session("twenty_years")
    flow.begin_life(stage, again, script=lived.record.lanes)
    Hand(stage).wait(240)


def _lent(stage: Stage) -> None:
    life = Session(MOUTH, 3, "mine", MOUTH.weights())
    life.choose("down")
    flow.begin_life(stage, life)
    Hand(stage).wait(30)
    assert isinstance(stage.screen, DriveScreen)
    stage.screen.borrow_map()
    Hand(stage).wait(90)


def _list(stage: Stage) -> None:
    _drive("twenty_years", 3)(stage)
    assert isinstance(stage.screen, DriveScreen)
    stage.screen.open_list()


def _ghosts(stage: Stage) -> None:
    stage.push(TitleScreen())
    screen = SetOffScreen(level("twenty_years"), seed=1)
    stage.push(screen)
    Hand(stage).wait(3)
    screen.choose_ghosts()


def _lives(stage: Stage) -> None:
    _title(stage)
    Hand(stage).wait(3)
    flow.show_lives(stage)


def _life(stage: Stage) -> None:
    _lives(stage)
    assert stage.runs is not None
    stage.push(LifeSheet(next(iter(sorted(stage.runs.glob("*.json")))), False))


def _pause(stage: Stage) -> None:
    _drive("first_fork", 1)(stage)
    assert isinstance(stage.screen, DriveScreen)
    flow.pause(stage, stage.screen.session)


def _text(stage: Stage) -> None:
    stage.copy_text = lambda text: None
    shown(stage, "grad").read()


def _whose_light(stage: Stage) -> None:
    _drive("twenty_years", 3)(stage)
    assert isinstance(stage.screen, DriveScreen)
    stage.push(WhoseLightScreen(stage.screen.session, lambda told: None))


def _write_light(stage: Stage) -> None:
    stage.push(TitleScreen())
    played = level("twenty_years")
    stage.push(WriteLightScreen(played, session("twenty_years").steering, lambda written: None))


def _letters(stage: Stage) -> None:
    stage.push(TitleScreen())
    flow.pick_letters(stage, TextField("A sentence", "What I count", lambda text: None))


def _debrief(page: int, case: str = "grad") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        screen = shown(stage, case)
        Hand(stage).wait(5)
        screen.turn_to(page)
        Hand(stage).wait(70)

    return show


def _course(name: str, index: int, page: int = 0, *, asking: bool = False) -> Callable[[Stage], None]:
    """A step of an exercise, by its number, with a life lived at the first step that is played."""

    def show(stage: Stage) -> None:
        held = EXERCISES[name]
        course = Course(stage, held, Wishes(90, None, Inn("127.0.0.1", 9, "ABCDEF")))
        course.notebook.contribution = replace(course.notebook.contribution, pseudonym="drifting butterfly")
        step = next(step for step in course.steps if step.kind == "play")
        played = held.level_of(step)
        lived = to_the_end(Session(played, step.seed or 1, held.value_function_of(step), held.weights_of(step)))
        course.notebook.contribution = course.notebook.contribution.with_life(step.id, run_of(lived))
        course.index = index if index >= 0 else len(course.steps)
        course.asking = asking
        flow.begin_course(stage, course)
        course._stop.set()
        Hand(stage).wait(5)
        screen = stage.screen
        if isinstance(screen, CompareScreen):
            screen.turn_to(page)
            Hand(stage).wait(70)

    return show


def _invite(stage: Stage) -> None:
    _set_off(stage)
    invite(stage, level("twenty_years"), 5)


def _evening(lived: int) -> Callable[[Stage], None]:
    """An evening of three people of whom some have lived."""

    def shown_so(stage: Stage) -> None:
        stage.evening = Evening(level("twenty_years"), 5, ("river otter", "quiet heron", "mossy vole"))
        for _ in range(lived):
            stage.evening.add(session("twenty_years", 99))
        hand_over(stage)

    return shown_so


def _over_title(show: Callable[[Stage], None]) -> Callable[[Stage], None]:
    def shown_over(stage: Stage) -> None:
        stage.push(TitleScreen())
        show(stage)

    return shown_over


def _sandbox(stage: Stage) -> None:
    stage.push(TitleScreen())
    stage.push(SandboxScreen(Recipe(places=5, lanes=10, currents=2, years=5, seed=7)))
    Hand(stage).wait(60)


GALLERY: dict[str, Callable[[Stage], None]] = {
    "title": _title,
    "levels": _levels,
    "problems": _problems,
    "note": _note,
    "set_off": _set_off,
    "ghosts": _ghosts,
    "lives": _lives,
    "life": _life,
    "pause": _pause,
    "help": _over_title(flow.show_help),
    "settings": _over_title(flow.show_settings),
    "bindings": _over_title(flow.show_bindings),
    "saves": _over_title(flow.choose_saves),
    "actions": _over_title(flow.show_actions),
    "credits": _over_title(flow.show_credits),
    "fork": _drive("twenty_years", 2),
    "lane": _drive("twenty_years", 6, on=50),
    "helm": _drive("twenty_years", 10, mode="drive"),
    "rest": _drive("first_fork", 99),
    "chase_fork": _drive("twenty_years", 2, chase=True),
    "chase_helm": _drive("twenty_years", 10, mode="drive", chase=True),
    "chase_lane": _drive("twenty_years", 6, chase=True, on=50),
    "replay": _replay,
    "list": _list,
    "lent": _lent,
    "whose_light": _whose_light,
    "write_light": _write_light,
    "letters": _letters,
    "sandbox": _sandbox,
    "text": _text,
    "exercises": _over_title(flow.choose_exercise),
    "course_returning": _course("one_plan_one_life", 0, asking=True),
    "course_read": _course("one_plan_one_life", 0),
    "course_before_life": _course("whose_light", 3),
    "course_predict": _course("one_plan_one_life", 1),
    "course_write": _course("one_step", 6),
    "course_talk": _course("one_step", 9),
    "course_compare": _course("one_plan_one_life", 3, page=1),
    "course_onward": _course("one_plan_one_life", 3, page=3),
    "course_closing": _course("one_plan_one_life", -1),
    "invite": _invite,
    "hand_over": _evening(1),
    "together": _evening(3),
    "debrief_looks": _debrief(2, "mouth"),
    "debrief_oracles": _debrief(3, "mouth"),
    **{f"debrief_{page}": _debrief(page) for page in range(9)},
}
"""Every screen, and every page of the debrief."""


def screen_classes() -> set[type[Screen]]:
    """The classes of screens that the game has, without those that only others are made from."""
    for found in pkgutil.walk_packages(game.app.screens.__path__, "game.app.screens."):
        importlib.import_module(found.name)
    classes: set[type[Screen]] = set()
    open_ = [Screen]
    while open_:
        for each in open_.pop().__subclasses__():
            open_.append(each)
            if (
                each.__module__.startswith("game.app.screens.")
                and each is not SheetScreen
                and not each.__subclasses__()
            ):
                classes.add(each)
    # The curtain is made to have nothing on it; its own test sees to that.
    return classes - {CurtainScreen}


__all__ = ["GALLERY", "level", "prepare", "screen_classes", "session", "solve"]
