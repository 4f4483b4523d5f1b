"""The voyage: years come one by one, nothing ahead is shown, and steering changes nothing but the lane."""

from __future__ import annotations

import math
import random

import pytest
from small_delta import begun, small_level

from game.app import boat as boats
from game.app.screens.drive_voyage import Mode, Voyage
from game.geography import Geography
from game.model import Arrival, LaneNotOpen, Level, Rest, Sighting, YearOnLane, scalarised
from game.session import Session

TICK = 1 / 60


def arrive(voyage: Voyage) -> list[object]:
    """Lets time pass to the end of the lane; the events that were shown."""
    shown: list[object] = []
    while voyage.leg is not None:
        shown += voyage.update(TICK)
    return shown


def lived_by_steps(level: Level, geography: Geography, seed: int, choices: random.Random) -> Session:
    session = begun(level, seed)
    voyage = Voyage(session, geography)
    while not voyage.resting:
        voyage.choose(choices.choice(session.open_lanes).id)
        arrive(voyage)
    return session


@pytest.mark.parametrize("reduced_motion", [False, True])
def test_a_lane_comes_year_by_year(level: Level, geography: Geography, reduced_motion: bool) -> None:
    """Each year of a lane is shown once, in order, its light is counted when it is over, and the sum is the model's."""
    session = begun(level)
    voyage = Voyage(session, geography, reduced_motion=reduced_motion)
    voyage.choose("over")
    years, lights, events = [voyage.year], [voyage.light], []
    for _ in range(2000):
        events += voyage.update(TICK)
        if voyage.year != years[-1]:
            years.append(voyage.year)
        if voyage.light != lights[-1]:
            lights.append(voyage.light)
        if voyage.leg is None:
            break
    assert years == [0, 1, 2, 3]
    leg = session.record.legs[0]
    assert tuple(events) == leg.events
    running, expected = (0.0, 0.0), [(0.0, 0.0)]
    for spent in leg.years[:2]:
        running = (running[0] + spent.light[0], running[1] + spent.light[1])
        expected.append(running)
    expected = [light for i, light in enumerate(expected) if i == 0 or light != expected[i - 1]]
    assert lights[: len(expected)] == expected
    assert lights[-1] == session.life.light
    assert scalarised(voyage.light, session.weights) == session.light


def test_time_runs_with_the_lane(level: Level, geography: Geography) -> None:
    """The calendar follows the boat: it never runs back, and a year turns where a year's share of the lane ends."""
    session = begun(level)
    voyage = Voyage(session, geography)
    voyage.choose("over")
    before = voyage.time
    while voyage.leg is not None:
        voyage.update(TICK)
        assert voyage.time >= before
        assert voyage.year == int(voyage.time + 1e-9)
        before = voyage.time
    assert voyage.time == 3.0
    assert voyage.place == "town"


@pytest.mark.parametrize("sight", [None, 1, 2])
def test_no_water_ahead(geography: Geography, sight: int | None) -> None:
    """At no moment of any life is a sighting of a later year shown, nor anything that the level's sight forbids."""
    level = small_level(sight)
    choices = random.Random(3)
    for seed in range(6):
        session = begun(level, seed)
        voyage = Voyage(session, geography)
        while not voyage.resting:
            voyage.choose(choices.choice(session.open_lanes).id)
            leg = voyage.leg
            assert leg is not None
            felt = level.lane(leg.lane).current
            while voyage.leg is not None:
                known = voyage.sightings()
                assert all(seen.year <= voyage.year for seen in known)
                for i, seen in enumerate(known):
                    assert seen.state == session.landscape.state(seen.year, i)
                    if sight is not None and level.currents[i].name != felt:
                        assert seen == leg.before.known[i]
                assert [voyage.water(lane) for lane in level.lanes if lane.current is None] == [
                    voyage.water(level.lane("down"))
                ]
                voyage.update(0.21)
            assert voyage.sightings() == session.life.known


def test_in_fog_the_past_stays(fog: Level, geography: Geography) -> None:
    """With sight 1 the canal, not seen on the way up the brook, is still shown as it was in year 0."""
    voyage = Voyage(begun(fog), geography)
    voyage.choose("up")
    while voyage.year == 0:
        voyage.update(TICK)
    canal = fog.current_index["canal"]
    assert voyage.sightings()[canal] == Sighting(0, 0)
    assert voyage.water(fog.lane("over")).years_ago == 1


def test_both_modes_live_the_same_life(level: Level, geography: Geography) -> None:
    """The same lanes, steered into or chosen by number, give the same record, event for event."""
    for seed in range(8):
        walked = lived_by_steps(level, geography, seed, random.Random(seed))
        session = begun(level, seed)
        voyage = Voyage(session, geography, mode=Mode.DRIVE)
        waggle = random.Random(99 - seed)
        for wanted in walked.record.lanes:
            while voyage.choosing or voyage.leg is not None:
                before = session.record.lanes
                if voyage.choosing:
                    mouths = [mouth.lane for mouth in voyage.mouths]
                    while voyage.aimed != wanted:
                        side = 1 if mouths.index(wanted) > mouths.index(voyage.aimed or "") else -1
                        voyage.steer(side)
                    if voyage.moored:
                        voyage.steer(0)
                elif waggle.random() < 0.05:
                    voyage.steer(waggle.choice([-1, 1]))
                voyage.update(TICK)
                if session.record.lanes != before:
                    break
        arrive(voyage)
        assert session.record == walked.record


def test_hands_off(level: Level, geography: Geography) -> None:
    """A boat that has been cast off and is never steered takes at every fork the mouth straightest ahead."""
    session = begun(level)
    voyage = Voyage(session, geography, mode=Mode.DRIVE)
    voyage.aim_at(next(mouth.lane for mouth in voyage.mouths if mouth.aim == 0.0))
    straight = []
    for _ in range(60 * 240):
        if voyage.choosing and not (straight and straight[-1][0] == len(voyage.travelled)):
            mouths = voyage.mouths
            straight.append((len(voyage.travelled), min(mouths, key=lambda mouth: abs(mouth.angle)).lane))
        voyage.update(TICK)
        if voyage.resting:
            break
    assert voyage.resting
    assert session.record.lanes == tuple(lane for _, lane in straight)


def test_moored(level: Level, geography: Geography) -> None:
    """Until somebody takes the helm the boat waits at its first fork, however long that takes."""
    voyage = Voyage(begun(level), geography, mode=Mode.DRIVE)
    for _ in range(60 * 60):
        voyage.update(TICK)
    assert voyage.choosing
    assert voyage.patience == 1.0
    voyage.steer(1)
    for _ in range(60 * 10):
        voyage.update(TICK)
    assert voyage.travelled


def test_steering_ahead_of_the_fork(level: Level, geography: Geography) -> None:
    """The helm can be set for the next fork while still on the lane, by tap and by pointer, and it is kept."""
    for how in ("tap", "pointer"):
        voyage = Voyage(begun(level), geography, mode=Mode.DRIVE)
        voyage.choose("up")
        mouths = voyage.mouths
        assert {mouth.lane for mouth in mouths} == {"grind", "race", "race by night"}
        for wanted in mouths:
            if how == "tap":
                while voyage.aimed != wanted.lane:
                    aims = [mouth.lane for mouth in mouths]
                    voyage.steer(1 if aims.index(wanted.lane) > aims.index(voyage.aimed or "") else -1)
            else:
                angle = voyage.heading + wanted.angle
                x, y = geography.places["mill"]
                voyage.aim_towards(x + 40 * math.cos(angle), y + 40 * math.sin(angle))
            assert voyage.aimed == wanted.lane
        arrive(voyage)
        assert voyage.aimed == mouths[-1].lane
        assert voyage.choosing


def test_a_course_set_on_the_way_is_held(level: Level, geography: Geography) -> None:
    """Set on the way, the helm leads on after a moment, but only where the fork's water is still as it looked then."""
    waits: dict[bool, set[int]] = {False: set(), True: set()}
    for seed in range(24):
        voyage = Voyage(begun(level, seed), geography, mode=Mode.DRIVE)
        voyage.choose("up")
        voyage.steer(1)
        voyage.decide()
        foreseen = [voyage.water(level.lane(mouth.lane)).state for mouth in voyage.mouths]
        arrive(voyage)
        changed = foreseen != [voyage.water(level.lane(mouth.lane)).state for mouth in voyage.mouths]
        wanted, ticks = voyage.aimed, 0
        while voyage.choosing:
            voyage.update(TICK)
            ticks += 1
        assert voyage.travelled[-1] == wanted
        waits[changed].add(ticks)
    assert waits[False]
    assert waits[True]
    assert max(waits[False]) * TICK < 1.5
    assert min(waits[True]) * TICK > 3.0


@pytest.mark.parametrize("reduced_motion", [False, True])
def test_skip_at_every_moment(level: Level, geography: Geography, reduced_motion: bool) -> None:
    """Wherever on a lane one skips, a year or the rest of it, the events and the light come out the same."""
    for ticks in (0, 1, 7, 40, 111, 200, 333):
        for by_year in (True, False):
            session = begun(level)
            voyage = Voyage(session, geography, reduced_motion=reduced_motion)
            voyage.choose("over")
            events: list[object] = []
            for _ in range(ticks):
                events += voyage.update(TICK)
            while voyage.leg is not None:
                year = voyage.year
                events += voyage.skip_year() if by_year else voyage.skip_lane()
                assert voyage.year == year + 1 or not by_year
            assert tuple(events) == session.record.legs[0].events
            assert voyage.light == session.life.light
            assert voyage.skip_year() == voyage.skip_lane() == ()


def test_the_end(level: Level, geography: Geography) -> None:
    """A life that fits no more lane rests: that is the last event, and nothing can happen after it."""
    session = begun(level)
    voyage = Voyage(session, geography)
    for lane in ("up", "race", "leave"):
        voyage.choose(lane)
        events = arrive(voyage)
    assert isinstance(events[-1], Rest)
    assert isinstance(events[-2], Arrival)
    assert isinstance(events[0], YearOnLane)
    assert voyage.resting
    assert voyage.year == 5
    assert voyage.mouths == ()
    assert voyage.aimed is None
    voyage.steer(1)
    voyage.aim_towards(0, 0)
    assert voyage.update(5.0) == ()
    with pytest.raises(LaneNotOpen):
        voyage.choose("stay")


def test_choosing_on_the_way(level: Level, geography: Geography) -> None:
    """Between two places no lane can be chosen."""
    voyage = Voyage(begun(level), geography)
    voyage.choose("up")
    with pytest.raises(RuntimeError, match="only be chosen at a place"):
        voyage.choose("race")


def test_replay(level: Level, geography: Geography) -> None:
    """A replay takes the recorded lanes by itself; it can be held, stepped on and stepped back."""
    lanes = ("up", "race", "stay", "leave")
    session = begun(level)
    voyage = Voyage(session, geography, script=lanes)
    for _ in range(60 * 120):
        voyage.update(TICK)
    assert voyage.resting
    assert session.record.lanes == lanes
    voyage.take_back()
    voyage.take_back()
    assert session.record.lanes == ("up", "race")
    assert voyage.choosing
    voyage.playing = False
    for _ in range(600):
        voyage.update(TICK)
    assert session.record.lanes == ("up", "race")
    voyage.take_next()
    assert session.record.lanes == ("up", "race", "stay")
    voyage.take_next()
    assert voyage.leg is None
    voyage.take_next()
    voyage.take_next()
    assert voyage.resting
    assert session.record.lanes == lanes


def test_a_life_taken_up_again(level: Level, geography: Geography) -> None:
    """A session that already has lanes behind it starts at its fork, heading the way it came."""
    session = begun(level)
    session.choose("up")
    voyage = Voyage(session, geography)
    assert voyage.choosing
    assert voyage.year == 2
    assert voyage.heading == pytest.approx(geography.channels["up"].heading(1.0))


def test_frames_do_not_matter(level: Level, geography: Geography) -> None:
    """A second cut into uneven frames moves the voyage exactly as far as sixty ticks do, through lanes and basins."""

    def run(frames: list[float]) -> tuple[object, ...]:
        session = begun(level)
        voyage = Voyage(session, geography, mode=Mode.DRIVE)
        voyage.steer(0)
        for frame in frames:
            voyage.update(frame)
        boat = voyage.boat
        return session.record.lanes, boat.fraction, boat.lateral, boat.waited, voyage.time

    even = run([TICK] * 60 * 40)
    uneven = run([TICK / 4, TICK * 1.75, TICK] * 20 * 40)
    slow = run([TICK * 2] * 30 * 40)
    assert even == uneven
    assert even[0] == slow[0]
    assert abs(even[4] - slow[4]) < 0.06
    assert pytest.approx(TICK / 2) == boats.TICK
