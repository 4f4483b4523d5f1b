"""Sheets on the drive: at every size of window and text none lies over another, and none hides the boat."""

from __future__ import annotations

import itertools

import pytest
from driving import Drive
from small_delta import begun

from game.app.action import Action
from game.app.settings import Settings
from game.model import Level

SIZES = [(1280, 720), (800, 450), (640, 360)]
TEXTS = [1.0, 1.5, 1.75, 2.0]


def check(drive: Drive) -> None:
    """No sheet lies over another."""
    rects = drive.screen.hud.papers(drive.screen.showing())
    assert [(a, b) for a, b in itertools.combinations(rects, 2) if a.colliderect(b)] == []


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["map", "chase"])
def test_no_sheet_lies_over_another(level: Level, size: tuple[int, int], text: float, view: str) -> None:
    """At a fork, with a lane looked at, on a lane and at rest, as seen from above and from behind."""
    drive = Drive(begun(level), size, settings=Settings(text_scale=text))
    drive.picture()
    if view == "chase":
        drive.press(Action.VIEW).wait(2)
    check(drive)
    check(drive.press(Action.DOWN))
    drive.screen.hands.choose("over")
    for _ in range(3):
        check(drive.wait(20))
        drive.press(Action.CONFIRM)
    check(drive.wait(2))
    while not drive.voyage.resting:
        drive.screen.hands.choose(drive.session.open_lanes[-1].id)
        drive.press(Action.SKIP)
    check(drive.wait(2))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_in_a_replay_the_bars_keep_apart(level: Level, size: tuple[int, int], text: float) -> None:
    """The bar at the top, the time bar and the cards lie apart at every moment, whichever boat is followed."""
    other = begun(level)
    for lane in ("down", "wade", "stay"):
        other.choose(lane)
    session = begun(level)
    session.add_record("somebody with quite a long name", other.record)
    drive = Drive(session, size, settings=Settings(text_scale=text), script=("up", "race by night", "stay", "leave"))
    for _ in range(6):
        check(drive.wait(60))
        drive.press(Action.NEXT)


@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_no_card_that_nobody_asked_for_hides_the_boat(level: Level, size: tuple[int, int], text: float) -> None:
    """On the way and at a fork the card of the water or the place lies neither over the boat nor over the next fork."""
    for first in ("up", "over", "down"):
        drive = Drive(begun(level), size, settings=Settings(text_scale=text))
        drive.picture()
        drive.screen.hands.choose(first)
        for _ in range(5):
            drive.wait(30).picture()
            showing, view = drive.screen.showing(), drive.screen.view
            assert view is not None
            card = drive.screen.hud.sheets._side_card(showing.side)
            sheets = drive.screen.hud._arranged(showing).sheets
            cards = [sheet.rect for sheet in sheets if sheet.written is card]
            assert not any(rect.collidepoint(point) for rect in cards for point in drive.screen.scene.keep_clear(view))
