"""The boat: the same at any cutting of time, every mouth in reach, straight ahead by default."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.app.boat import (
    TICK,
    Boat,
    Stretch,
    aimed,
    cruising_speed,
    drift,
    entered,
    linger,
    mouth_at,
    mouths_of,
    patience,
    pointed,
    run,
    sideways,
    swiftness,
    tapped,
    turn,
)

STRETCH = Stretch(260.0, (0.0, 1.0, 0.4))
MOUTHS = mouths_of(0.0, [("a", -0.9), ("b", -0.2), ("c", 0.4), ("d", 2.0)])
angles = st.lists(st.floats(-math.pi, math.pi, allow_nan=False), min_size=1, max_size=14)


def motion(boat: Boat) -> Boat:
    return replace(boat, owed=0.0)


@settings(max_examples=60, deadline=None)
@given(
    pieces=st.lists(st.floats(0.0001, 0.09), min_size=1, max_size=60),
    taps=st.lists(st.sampled_from([-1, 0, 1]), min_size=4, max_size=4),
)
def test_cutting_of_time(pieces: list[float], taps: list[int]) -> None:
    """The same taps at the same moments give the same boat in one big frame and in many uneven ones."""
    whole, cut = Boat(), Boat()
    for tap in taps:
        whole = run(tapped(whole, MOUTHS, tap), STRETCH, sum(pieces))
        cut = tapped(cut, MOUTHS, tap)
        for piece in pieces:
            cut = run(cut, STRETCH, piece)
        whole_basin, cut_basin = drift(whole, MOUTHS, sum(pieces)), cut
        for piece in pieces:
            cut_basin = drift(cut_basin, MOUTHS, piece)
        assert motion(cut) == motion(whole)
        assert motion(cut_basin) == motion(whole_basin)
        assert cut.owed == pytest.approx(whole.owed, abs=1e-9)


def test_frame_rates() -> None:
    """A boat seen at 30, 60 and 144 frames a second is in the same place after the same whole second."""
    seen = []
    for rate in (30, 60, 144):
        boat = tapped(Boat(), MOUTHS, 1)
        for _ in range(rate):
            boat = run(boat, STRETCH, 1 / rate)
        seen.append(motion(boat))
    assert seen[0] == seen[1] == seen[2]


@given(angles)
def test_every_mouth_by_taps(exits: list[float]) -> None:
    """From straight ahead every mouth is reached by tapping towards it, one tap a mouth, and no tap leaves the fork."""
    mouths = mouths_of(0.3, [(str(i), angle) for i, angle in enumerate(exits)])
    start = mouth_at(mouths, 0.0)
    assert mouths[start].aim == 0.0
    for wanted in range(len(mouths)):
        boat = Boat()
        for _ in range(abs(wanted - start)):
            boat = tapped(boat, mouths, 1 if wanted > start else -1)
        assert mouth_at(mouths, boat.aim) == wanted
    for side in (-1, 1):
        boat = Boat()
        for _ in range(40):
            boat = tapped(boat, mouths, side)
        assert mouth_at(mouths, boat.aim) == (0 if side < 0 else len(mouths) - 1)


@given(angles)
def test_every_mouth_by_pointer(exits: list[float]) -> None:
    """Pointing in the direction of a mouth, seen from the fork, aims at it (or at one in the very same direction)."""
    heading = -1.2
    mouths = mouths_of(heading, [(str(i), angle) for i, angle in enumerate(exits)])
    for mouth in mouths:
        boat = pointed(Boat(), mouths, heading, heading + mouth.angle)
        reached = mouths[mouth_at(mouths, boat.aim)]
        assert abs(turn(mouth.angle, reached.angle)) < 1e-9
        by_name = aimed(Boat(), mouths, mouth.lane)
        assert mouths[mouth_at(mouths, by_name.aim)] == mouth


@given(angles, st.floats(-7, 7))
def test_default_is_straight(exits: list[float], heading: float) -> None:
    """A boat that nobody steers goes into the mouth that turns it least."""
    mouths = mouths_of(heading, [(str(i), angle) for i, angle in enumerate(exits)])
    boat = drift(run(Boat(), STRETCH, 30.0), mouths, patience(mouths))
    taken = mouths[mouth_at(mouths, boat.aim)]
    assert abs(taken.angle) == min(abs(mouth.angle) for mouth in mouths)
    assert [mouth.angle for mouth in mouths] == sorted(mouth.angle for mouth in mouths)


def test_left_is_left() -> None:
    """For a boat that heads right on the screen, where y points down, the mouth above is on its left."""
    mouths = mouths_of(0.0, [("below", 0.5), ("above", -0.5), ("on", 0.01)])
    assert [mouth.lane for mouth in mouths] == ["above", "on", "below"]
    assert [mouth.aim for mouth in mouths] == [-1.0, 0.0, 1.0]


def test_water_is_faster() -> None:
    """The wetter the lane the sooner its end is reached, and the basin before the fork slows every boat down."""
    times = []
    for wetness in (0.0, 0.5, 1.0):
        boat, ticks = Boat(), 0
        while not boat.arrived:
            before = boat.fraction
            boat = run(boat, Stretch(200.0, (wetness,)), TICK)
            ticks += 1
            assert boat.fraction > before
        assert boat.speed < 0.75 * 44.0 * swiftness(wetness)
        times.append(ticks * TICK)
    assert times[0] > 1.5 * times[1] > 1.5 * times[2]
    assert 1.5 < times[2] < times[0] < 8.0


@pytest.mark.parametrize("length", [20.0, 400.0, 3000.0])
def test_every_year_can_be_seen(length: float) -> None:
    """However short or long a lane is drawn, a year on it lasts between half a second and eight."""
    for wetness in (0.0, 1.0):
        boat, ticks = Boat(speed=60.0), 0
        while not boat.arrived:
            boat = run(boat, Stretch(length, (wetness,)), TICK)
            ticks += 1
        assert 0.5 < ticks * TICK < 8.0


def test_dry_beds_rattle() -> None:
    """On a dry bed the boat jumps from side to side; in deep water it sways slowly; both stay between the banks."""

    def jumps(wetness: float) -> float:
        stretch, boat, total, before = Stretch(300.0, (wetness,)), Boat(speed=50.0), 0.0, 0.0
        for _ in range(240):
            boat = run(boat, stretch, 1 / 60)
            now = sideways(boat, stretch)
            assert -1.0 <= now <= 1.0
            total, before = total + abs(now - before), now
        return total

    assert jumps(0.0) > 3 * jumps(1.0) > 0


def test_steering_gains_time() -> None:
    """Somebody who still steers when the basin's time is nearly up is given a moment more, at most all of it."""
    late = Boat(fraction=1.0, waited=patience(MOUTHS) - 0.01)
    assert patience(MOUTHS) - linger(late, MOUTHS).waited == pytest.approx(0.9)
    early = Boat(fraction=1.0, waited=0.2)
    assert linger(early, MOUTHS) == early
    assert linger(Boat(waited=0.5), MOUTHS[:1]).waited == 0.0


def test_a_new_lane_starts_straight() -> None:
    """In a new lane the helm is straight again, whatever it was before; the boat keeps its way."""
    boat = entered(Boat(fraction=1.0, lateral=0.8, aim=1.0, speed=33.0, bearing=0.7, waited=3.0))
    assert (boat.fraction, boat.aim, boat.bearing, boat.waited) == (0.0, 0.0, 0.0, 0.0)
    assert boat.speed == 33.0


def test_no_mouth() -> None:
    """At the end of a life there is no mouth: the helm moves and nothing breaks; asking for one is an error."""
    assert mouths_of(1.0, []) == ()
    assert tapped(Boat(), (), -1).aim == -0.5
    assert pointed(Boat(), (), 0.0, 1.0) == Boat()
    assert drift(Boat(), (), 1.0).waited == pytest.approx(1.0)
    with pytest.raises(ValueError, match="without mouths"):
        mouth_at((), 0.0)


def test_deep_water_carries_the_boat_out_of_a_bend() -> None:
    """In a bend to the right a surge carries the boat to the left, a dry bed does not; straight on it comes back."""
    bend = (1 / 60,) * 30 + (0.0,) * 70
    outward = {}
    for wetness in (0.0, 0.5, 1.0):
        stretch, boat, seen = Stretch(900.0, (wetness,), bend), Boat(), []
        while not boat.arrived:
            boat = run(boat, stretch, 1 / 60)
            seen.append(boat.lateral)
        outward[wetness] = min(seen)
        assert abs(seen[-1]) < 0.02
        assert max(seen) < 0.1
    assert outward[0.0] == 0.0
    assert -0.5 < outward[1.0] < outward[0.5] < -0.02


def test_a_surge_winds_up_and_a_dry_bed_brakes_soon() -> None:
    """From rest a surge takes longer to nine tenths of its pace than a dry bed, and it lies far higher."""

    def until(wetness: float) -> tuple[float, float]:
        stretch, boat, passed = Stretch(5000.0, (wetness,)), Boat(), 0.0
        pace = cruising_speed(stretch, 0.0)
        while boat.speed < 0.9 * pace:
            boat, passed = run(boat, stretch, 1 / 120), passed + 1 / 120
        return passed, pace

    (dry, slow), (surge, fast) = until(0.0), until(1.0)
    assert dry < 0.7 < 1.0 < surge < 2.0
    assert fast > 2.3 * slow
    braking = Boat(speed=fast)
    for _ in range(60):
        braking = run(braking, Stretch(5000.0, (0.0,)), 1 / 60)
    assert braking.speed < 1.2 * slow
