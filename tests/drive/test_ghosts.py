"""Ghosts: chosen by keys and by mouse, four at most, made in the background, and never of any effect on a life."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path

import pytest
from driving import Drive, Solved
from small_delta import begun

from game.app.action import Action
from game.app.lives import read_life, read_lives
from game.app.screens.drive_ghosts import Company, light_until
from game.app.screens.ghosts_sheet import GhostsSheet, lives_by_water
from game.app.screens.lives import LifeSheet, LivesScreen
from game.app.screens.set_off import SetOffScreen
from game.app.settings import GHOST_NAMES, MOST_GHOSTS
from game.app.widgets import Button, Toggle
from game.files import LevelEntry, run_of, write_run
from game.model import Level, Oracle
from game.policies import named_policy
from game.policy import FirstLane
from game.session import Session
from game.simulate import Record, live
from game.solver import Problem, Solution, solve


def kept(level: Level, folder: Path, seed: int = 5, years: int = 99) -> tuple[Session, Path]:
    """A life of somebody who always takes the first lane, kept in a folder."""
    session = begun(level, seed)
    while not session.finished and session.life.year < years:
        session.choose(FirstLane(level).choose(session.life))
    return session, write_run(run_of(session), folder)


def toggles(drive: Drive) -> dict[str, Toggle]:
    """The toggles on the sheet that is open, by their labels."""
    assert isinstance(drive.stage.screen, GhostsSheet)
    return {widget.label: widget for widget in drive.stage.screen.pane.children if isinstance(widget, Toggle)}


def button(drive: Drive, label: str) -> Button:
    """The button whose label begins so, on the sheet that is open."""
    screen = drive.stage.screen
    assert screen is not None
    widgets = [*screen.pane.children, *screen.buttons]  # type: ignore[attr-defined]
    return next(w for w in widgets if isinstance(w, Button) and w.label.startswith(label))


@pytest.fixture(scope="module")
def solution(level: Level) -> Solution:
    """The small level solved."""
    return solve(level, level.weights("mine"), hindsight_samples=50)


def finished(solution: Solution) -> Solved:
    """A job that has solved the level."""
    job = Solved((), None)
    job.result = solution  # type: ignore[assignment]
    return job


def test_ghosts_are_chosen_by_keys(level: Level, solution: Solution) -> None:
    """G opens the sheet; arrows and Enter call a ghost that lives the whole life of its policy in the same water."""
    drive = Drive(begun(level), solution_job=finished(solution)).wait(40)
    before = drive.session.record
    drive.press(Action.GHOSTS)
    sheet = drive.stage.screen
    assert isinstance(sheet, GhostsSheet)
    for wanted in ("A new plan every 2 years", "The treasure map"):
        for _ in range(12):
            if isinstance(sheet.focused, Toggle) and sheet.focused.label.startswith(wanted):
                break
            drive.press(Action.NEXT)
        drive.press(Action.CONFIRM).wait(40)
        drive.picture()
    assert [name for name in drive.screen.scene.company.shown if name in ("replan_2", "optimal")] == []
    drive.press(Action.GHOSTS)
    drive.wait(2)
    assert drive.stage.screen is drive.screen
    assert set(drive.screen.scene.company.shown) == {"best_plan", "step_by_step", "replan_2", "optimal"}
    problem = Problem(level, drive.session.weights)
    for ghost in drive.session.ghosts:
        name = "best_fixed_plan" if ghost.name == "best_plan" else ghost.name
        assert ghost.record == live(level, named_policy(name, problem), drive.session.landscape)
    assert drive.session.record == before
    assert {"replan_2", "optimal"} <= set(drive.stage.settings.ghosts)


def test_ghosts_are_chosen_by_mouse_and_four_are_the_most(level: Level, solution: Solution) -> None:
    """Clicks call ghosts until four are there; a fifth is refused in words until one is sent away."""
    session = begun(level)
    drive = Drive(session, solution_job=finished(solution)).wait(40)
    drive.click(drive.spot_of(Action.GHOSTS))
    for label in list(toggles(drive)):
        toggle = toggles(drive).get(label)
        if toggle is not None and not toggle.on and not label.startswith("Your plan"):
            drive.stage.screen.focus_on(toggle)  # type: ignore[union-attr]
            drive.click(toggle.rect.center).wait(30)
    assert isinstance(drive.stage.screen, GhostsSheet)
    assert len(drive.stage.screen.host.shown) == MOST_GHOSTS
    assert "Send one away first." in drive.stage.screen.transcript()
    assert sum(toggle.on for toggle in toggles(drive).values()) == MOST_GHOSTS
    gone = next(toggle for toggle in toggles(drive).values() if toggle.on)
    drive.stage.screen.focus_on(gone)
    drive.click(gone.rect.center).wait(2)
    assert len(drive.stage.screen.host.shown) == MOST_GHOSTS - 1
    drive.click(button(drive, "Done").rect.center)
    assert drive.stage.screen is drive.screen


def test_no_ghost_changes_a_life(level: Level, solution: Solution) -> None:
    """With none, some and all ghosts on the water the same choices make the same life, event by event."""
    lives = []
    for names in ((), ("best_plan",), ("step_by_step", "replan_2", "replan_5", "optimal")):
        drive = Drive(begun(level), solution_job=finished(solution))
        drive.stage.change_settings(ghosts=names)
        drive.screen.host._wanted = set(names)
        for name in names:
            drive.screen.host.switch(name, True)
        drive.wait(80)
        for lane in ("up", "race", "stay", "leave"):
            drive.screen.hands.choose(lane)
            drive.press(Action.SKIP).wait(3)
        lives.append((drive.session.record, drive.voyage.light, run_of(drive.session)))
        assert len(drive.screen.scene.company.shown) == len(names)
    assert lives[0] == lives[1] == lives[2]


def test_the_treasure_map_says_why_it_does_not_come(level: Level, solution: Solution) -> None:
    """Where the map is too large its ghost is refused in words, and nothing waits for it."""
    declined = dataclasses.replace(solution, treasure_map=None, declined="too large")
    drive = Drive(begun(level), solution_job=finished(declined)).wait(20).press(Action.GHOSTS)
    toggles(drive)["The treasure map"].switch()
    drive.wait(4)
    assert "The treasure map: the map is too large to draw here" in drive.stage.screen.transcript()  # type: ignore[union-attr]
    assert not drive.screen.host.arrivals.coming("optimal")


def test_light_of_a_ghost_by_hand(level: Level) -> None:
    """A ghost's light counts the years it has behind it and the places it has reached, and no more."""
    record: Record = live(level, FirstLane(level), begun(level).landscape)
    for year in range(record.life.year + 1):
        expected = [0.0, 0.0]
        for leg in record.legs:
            for spent in leg.years:
                if spent.year < year:
                    expected = [a + b for a, b in zip(expected, spent.light, strict=True)]
            if leg.after.year <= year:
                expected = [a + b for a, b in zip(expected, leg.arrival.light, strict=True)]
        assert light_until(record, year) == pytest.approx(tuple(expected))


def test_the_company_never_has_more_than_it_may() -> None:
    """Whoever joins and in which order, at most four are shown and everybody who came is known."""
    for names in itertools.permutations(GHOST_NAMES[:6], 5):
        company = Company((), ())
        for name in names:
            company = company.joined(name, True)
        assert len(company.shown) == MOST_GHOSTS
        assert company.names == names
        company = company.switched(names[0], False).joined(names[4], True)
        assert company.shown == (*names[1:4], names[4])


# --- kept lives ------------------------------------------------------------------------------------------------------


def test_an_earlier_life_drives_along(level: Level, tmp_path: Path) -> None:
    """A life kept in this water can be called; one of other water cannot, and the sheet offers its water instead."""
    same, _ = kept(level, tmp_path / "runs")
    kept(level, tmp_path / "runs", seed=9)
    drive = Drive(begun(level))
    drive.stage.home = tmp_path
    drive.press(Action.GHOSTS)
    label = next(label for label in toggles(drive) if label.startswith("Life of"))
    toggles(drive)[label].switch()
    assert drive.session.ghosts[-1].record == same.record
    assert len(toggles(drive)) < 12
    button(drive, "Life of").on_press()
    screen = drive.stage.screen
    assert isinstance(screen, SetOffScreen)
    assert (screen.seed, len(screen.companions)) == (9, 1)
    screen.set_off()
    assert drive.stage.screen.session.ghosts[0].record.life.year > 0  # type: ignore[union-attr]


def test_lives_can_be_watched_raced_and_deleted(level: Level, tmp_path: Path) -> None:
    """The list shows every file with its light; one is watched, one raced, one deleted after a second press."""
    session, path = kept(level, tmp_path / "runs")
    (tmp_path / "runs" / "broken.json").write_text("{", encoding="utf-8")
    drive = Drive(begun(level))
    drive.stage.home = tmp_path
    drive.stage.library.entries = (LevelEntry(tmp_path / "x.toml", level, (), False),)
    lives = LivesScreen()
    drive.stage.push(lives)
    drive.wait(2).picture()
    said = lives.transcript()
    assert f"A small delta: {session.light:g} light" in said
    assert "This file is no run that can be read." in said
    drive.stage.push(LifeSheet(path, friend=False))
    drive.wait(2).picture()
    assert isinstance(drive.stage.screen, LifeSheet)
    button(drive, "Let it drive beside you").on_press()
    assert drive.session.ghosts[-1].record == session.record
    drive.stage.push(LifeSheet(path, friend=False))
    drive.wait(2)
    button(drive, "Delete").on_press()
    assert path.exists()
    drive.wait(1).press(Action.DOWN, Action.UP)
    drive.wait(1)
    button(drive, "Delete").on_press()
    drive.wait(1)
    button(drive, "Press again").on_press()
    assert not path.exists()
    again, path = kept(level, tmp_path / "runs")
    drive.stage.push(LifeSheet(path, friend=False))
    drive.wait(2)
    button(drive, "Watch it").on_press()
    replay = drive.stage.screen
    assert replay.script == again.record.lanes  # type: ignore[union-attr]
    for _ in range(5000):
        drive.wait()
        if replay.voyage.resting:  # type: ignore[union-attr]
            break
    assert replay.session.record == again.record  # type: ignore[union-attr]


def test_a_friends_run_from_other_water_says_so(level: Level, tmp_path: Path) -> None:
    """A run file dropped on a life in other water tells both seeds and leads to its own water, never into this life."""
    _, path = kept(level, tmp_path, seed=77)
    drive = Drive(begun(level))
    drive.stage.library.entries = ()
    drive.stage.push(LifeSheet(path, friend=True))
    drive.wait(2).picture()
    said = drive.stage.screen.transcript()  # type: ignore[union-attr]
    assert "seed 77" in said
    assert "seed 5" in said
    assert "Let it drive beside you" not in said
    assert "Delete" not in said
    assert drive.session.ghosts == []


HOSTILE = {
    "no JSON": b"\xff\xfe\x00life",
    "too deep": b"[" * 100_000,
    "a list": b"[]",
    "half a character": b'{"format": 1, "level": {"title": "\\ud800"}}',
    "a lane that is not open": {"choices": ["leave"], "waypoints": []},
    "no such lane": {"choices": ["a" * 5000], "waypoints": []},
    "elsewhere": {"waypoints": "moved"},
    "another level": {"level": {"title": "\x1b[31mRed\n" * 50, "digest": "0" * 64, "file": "../../etc/passwd"}},
    "too few weights": {"weights": [1.0]},
    "endless weights": {"weights": [1e400]},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_friends_file_holds(level: Level, tmp_path: Path, name: str) -> None:
    """A file that is no life of this level gives a sentence and no ghost; it is shown without harm."""
    _, path = kept(level, tmp_path)
    evil = HOSTILE[name]
    if isinstance(evil, bytes):
        path.write_bytes(evil)
    else:
        document = json.loads(path.read_text(encoding="utf-8"))
        if evil.get("waypoints") == "moved":
            document["waypoints"][0]["place"] = "sea"
        else:
            document |= evil
        path.write_text(json.dumps(document), encoding="utf-8")
    life = read_life(path, True, (level,))
    assert life.record is None
    assert life.problem
    assert "\x1b" not in life.problem
    drive = Drive(begun(level))
    drive.stage.library.entries = ()
    drive.stage.push(LifeSheet(path, friend=True))
    drive.wait(2).picture()
    assert "Watch it" not in drive.stage.screen.transcript()  # type: ignore[union-attr]


def test_folders_that_are_not_there_hold_no_lives(tmp_path: Path, level: Level) -> None:
    """Missing folders, and folders in the place of files, are read without complaint."""
    (tmp_path / "runs" / "folder.json").mkdir(parents=True)
    lives = read_lives(tmp_path / "runs", tmp_path / "friends", (level,))
    assert [life.record for life in lives] == [None]
    assert lives_by_water(lives, level, 5) == ([], [])


def test_a_run_left_on_the_way_is_a_life_too(tmp_path: Path, level: Level) -> None:
    """An unfinished life is kept, listed as unfinished, and its ghost stays where it was left."""
    session, path = kept(level, tmp_path, years=2)
    life = read_life(path, False, (level,))
    assert life.record == session.record


def test_an_oracle_drives_along(level: Level) -> None:
    """A level's oracle can be chosen under its own name; its ghost lives as it does; no setting keeps it."""
    elders = Oracle("elders", "The elders of the mill", still=True)
    level = dataclasses.replace(level, oracles=(elders,))
    drive = Drive(begun(level), oracles=("The elders of the mill",)).wait(4)
    policy = named_policy("oracle:elders", Problem(level, drive.session.weights))
    assert drive.session.ghosts[-1].record == live(level, policy, drive.session.landscape)
    drive.press(Action.GHOSTS)
    toggle = toggles(drive)["The elders of the mill"]
    assert toggle.on
    toggle.switch()
    drive.wait(1).press(Action.GHOSTS)
    assert drive.screen.scene.company.shown == ()
    assert set(drive.stage.settings.ghosts) <= set(GHOST_NAMES)
