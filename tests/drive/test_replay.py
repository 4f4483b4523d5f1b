"""Replays: held, stepped by forks and by years, scrubbed by keys and pointer, at any speed, behind any boat."""

from __future__ import annotations

import pytest
from driving import Drive
from small_delta import begun

from game.app.action import Action
from game.app.screens.drive_time_bar import SPEEDS
from game.app.screens.drive_voyage import Voyage
from game.app.settings import Settings
from game.geography import Geography
from game.model import LaneNotOpen, Level, scalarised
from game.policy import FirstLane
from game.simulate import Record, whereabouts
from game.words import speak

LANES = ("up", "race", "stay", "leave")


def lived(level: Level) -> Record:
    """The recorded life in the water of a new session."""
    session = begun(level)
    for lane in LANES:
        session.choose(lane)
    return session.record


def replay(level: Level, **how: object) -> Drive:
    """A replay of the recorded life, with a ghost beside it."""
    session = begun(level)
    session.add_ghost("plan", FirstLane(level))
    return Drive(session, script=LANES, **how)


@pytest.mark.parametrize("still", [False, True])
def test_any_moment_can_be_sought(level: Level, geography: Geography, still: bool) -> None:
    """At every moment sought, in any order, the boat is where the recorded life was, with the light it then had."""
    record = lived(level)
    voyage = Voyage(begun(level), geography, script=LANES, reduced_motion=still)
    assert voyage.recorded_years == record.life.year
    moments = [k / 4 for k in range(4 * record.life.year + 1)]
    for time in (*moments, *reversed(moments), moments[-1], 0.0, 2.75):
        voyage.seek(time)
        spot = whereabouts(record, time)
        assert (voyage.leg.lane if voyage.leg else None) == (spot.lane if spot.fraction else None)
        assert voyage.year == min(int(time), record.life.year)
        if voyage.leg is not None and not still:
            assert voyage.time == pytest.approx(time)
        shown = sum(event.year < int(time) for leg in record.legs for event in leg.years)
        assert sum(len(leg.years) for leg in voyage.session.record.legs if leg.after.year <= time) <= shown
        assert (*voyage.travelled, *voyage.script) == LANES
    voyage.seek(float(record.life.year))
    assert voyage.resting
    assert voyage.session.record == record
    assert voyage.light == record.life.light


def test_seeking_stops_where_the_record_does_not_fit(level: Level, geography: Geography) -> None:
    """A record that takes a lane that is not open is sought up to that fork, and says so."""
    voyage = Voyage(begun(level), geography, script=("up", "leave", "no such lane"))
    with pytest.raises(LaneNotOpen):
        voyage.seek(9.0)
    assert voyage.travelled == ("up",)
    assert voyage.choosing


def test_a_replay_by_keys(level: Level) -> None:
    """Keys hold it, step it by forks and years, send it to either end and set its speed; at rest it can go back."""
    drive = replay(level)
    voyage, end = drive.voyage, lived(level).life.year
    drive.press(Action.DOWN)
    assert (voyage.time, voyage.playing) == (1.0, False)
    drive.wait(120)
    assert voyage.time == 1.0
    drive.press(Action.DOWN, Action.DOWN, Action.UP)
    assert voyage.time == 2.0
    drive.press(Action.RIGHT)
    assert voyage.travelled == LANES[:2]
    drive.press(Action.LEFT)
    assert voyage.travelled == LANES[:1]
    drive.press(Action.PAGE_DOWN)
    assert (voyage.resting, voyage.time) == (True, float(end))
    drive.picture()
    drive.press(Action.UP)
    assert voyage.time == end - 1.0
    drive.press(Action.PAGE_UP)
    assert voyage.time == 0.0
    assert drive.session.record.lanes == ()
    drive.press(Action.PAGE_DOWN, Action.CONFIRM)
    assert drive.finished == [drive.session]


def test_the_end_of_an_unfinished_record(level: Level) -> None:
    """Sought, it is held and can be left again; gone on from, somebody chooses at the usual speed, in the own boat."""
    session = begun(level)
    session.add_ghost("plan", FirstLane(level))
    drive = Drive(session, script=LANES[:2])
    voyage, scene = drive.voyage, drive.screen.scene
    drive.press(Action.FOUR, Action.NEXT, Action.PAGE_DOWN).wait(200)
    assert scene.followed is not None
    assert (voyage.travelled, voyage.replaying) == (LANES[:2], True)
    assert drive.screen.hud.time_bar(drive.screen.showing()) is not None
    drive.press(Action.PAGE_UP)
    assert voyage.travelled == ()
    drive.press(Action.PAGE_DOWN, Action.CONFIRM).wait(2)
    assert not voyage.replaying
    assert scene.followed is None
    assert "From here on you choose." in drive.screen.transcript()
    assert scalarised(voyage.light, session.weights) == pytest.approx(scene.light)
    drive.press(Action.ONE)
    ticks = 0
    while voyage.leg is not None:
        drive.wait()
        ticks += 1
    assert ticks > 30


def test_a_replay_is_as_fast_as_asked(level: Level) -> None:
    """Twice the speed takes half the ticks, to within the ticks of its four lanes and forks."""
    ticks = {}
    for number, speed in ((Action.TWO, SPEEDS[1]), (Action.THREE, SPEEDS[2]), (Action.FOUR, SPEEDS[3])):
        drive = replay(level).press(number)
        assert drive.voyage.pace == speed
        waited = 0
        while not drive.voyage.resting:
            drive.wait()
            waited += 1
        ticks[speed] = waited
    for speed, waited in ticks.items():
        assert waited == pytest.approx(ticks[1.0] / speed, abs=10)


def test_a_replay_by_pointer(level: Level) -> None:
    """The time bar follows a press and a drag; its words choose speed and boat; letting go lets go of it."""
    drive = replay(level)
    bar = drive.screen.hud.time_bar(drive.screen.showing())
    assert bar is not None
    years = lived(level).life.year
    for part in (0.5, 0.9, 0.2):
        spot = (bar.rail.left + part * bar.rail.width, bar.rail.centery)
        drive.screen.pointer("down" if part == 0.5 else "move", spot, 1)
        assert drive.voyage.time == pytest.approx(part * years, abs=0.02)
    drive.screen.pointer("up", spot, 1)
    before = drive.voyage.time
    drive.screen.pointer("move", (bar.rail.right, bar.rail.centery))
    assert drive.voyage.time == before
    drive.click(drive.spot_of(Action.FOUR))
    assert drive.voyage.pace == SPEEDS[3]
    drive.click(drive.spot_of(Action.NEXT))
    assert drive.screen.scene.followed is drive.session.ghosts[0]
    drive.click(drive.spot_of(Action.RIGHT)).picture()


def test_another_boat_can_be_followed(level: Level) -> None:
    """Following a ghost moves the camera to it and shows its light, in both views; the life stays as it is."""
    drive = replay(level)
    ghost = drive.session.ghosts[0]
    drive.press(Action.DOWN, Action.DOWN, Action.DOWN, Action.NEXT).wait(2)
    scene, time = drive.screen.scene, drive.voyage.time
    spot = whereabouts(ghost.record, time)
    geography = drive.voyage.geography
    there = geography.places[spot.place] if spot.lane is None else geography.channels[spot.lane].at(spot.fraction)
    assert scene.boat_at() == pytest.approx(there)
    lit = sum(ghost.record.light_by_year(drive.session.weights, level.years)[: int(time)])
    assert scene.showing(drive.screen.hands.fork, None).year.light == f"{lit:g}"
    marks = {mark.style: mark for mark in scene.frame(0.0, drive.screen.hands.fork, None, None).boats}
    assert marks["ghost"].name == "This life"
    assert (marks["player"].lane, marks["player"].place) == (spot.lane, None if spot.lane else spot.place)
    drive.picture()
    drive.press(Action.VIEW).wait(2).picture()
    x, y = drive.screen.chase.pose.x, drive.screen.chase.pose.y
    assert (x, y) == pytest.approx(there)
    drive.press(Action.NEXT)
    assert scene.followed is None
    assert scalarised(drive.voyage.light, drive.session.weights) == pytest.approx(scene.gathered())


@pytest.mark.parametrize(("size", "text"), [((1280, 720), 2.0), ((800, 450), 1.0), ((640, 360), 1.25)])
def test_the_time_bar_fits_everywhere(level: Level, size: tuple[int, int], text: float) -> None:
    """At any size of window and text the bar lies inside the picture and no card lies on it."""
    drive = replay(level, size=size, settings=Settings(text_scale=text))
    drive.press(Action.DOWN)
    showing = drive.screen.showing()
    bar = drive.screen.hud.time_bar(showing)
    assert bar is not None
    assert drive.picture().get_rect().contains(bar.rect)
    assert all(bar.rect.contains(spot) for spot, _ in bar.targets)
    others = [rect for rect in drive.screen.hud.papers(showing) if rect != bar.rect]
    overlapping = [rect for rect in others if rect.colliderect(bar.rect)]
    assert not overlapping


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("text", [1.0, 1.5, 2.0])
def test_no_sheet_of_a_replay_hides_another(level: Level, spoken: str, text: float) -> None:
    """However large the text, the bar of a replay leaves room for the card of the water, on lanes and at forks."""
    speak(spoken)
    drive = replay(level, settings=Settings(text_scale=text, language=spoken))
    for _ in range(12):
        papers = drive.screen.hud.papers(drive.screen.showing())
        hidden = [(one, other) for i, one in enumerate(papers) for other in papers[:i] if one.colliderect(other)]
        assert not hidden
        drive.wait(40)


def test_a_life_in_play_has_no_time_bar(level: Level) -> None:
    """Nobody can turn back the time of a life in play."""
    drive = Drive(begun(level))
    assert drive.screen.hud.time_bar(drive.screen.showing()) is None
