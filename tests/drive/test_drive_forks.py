"""The fork as it is read: what is kept of it is what would be read anew, at every moment of a life."""

from __future__ import annotations

import math
import random

import pytest
from driving import Drive
from small_delta import begun, small_level

from game.app.action import Action
from game.app.screens.drive_forks import KEYS, ForkReader, fork_of
from game.steering import Steering
from game.words import LANGUAGES, speak


@pytest.mark.parametrize("sight", [None, 1])
def test_a_fork_that_is_kept_is_the_fork_there_is(sight: int | None) -> None:
    """Whatever changes, the year, the page, the way of steering, the light or the language, it is read anew."""
    drive = Drive(begun(small_level(sight)))
    reader, choices = ForkReader(drive.voyage), random.Random(4)
    seen = set()
    while not drive.voyage.resting:
        if drive.voyage.choosing:
            drive.screen.hands.choose(choices.choice(drive.session.open_lanes).id)
        for change in range(6):
            drive.wait(7)
            if change == 1:
                drive.press(Action.MODE)
            elif change == 2:
                own = (choices.random(), 1.0)
                drive.session._looked_at_by = Steering("mine", own)
            elif change == 3:
                speak(LANGUAGES[1])
            for page, per_page in ((0, KEYS), (0, 1), (1, 1)):
                fork = fork_of(drive.voyage, page, per_page)
                assert reader.read(page, per_page) == fork
                assert reader.read(page, per_page) is reader.read(page, per_page)
                seen.add(str(fork))
            speak(LANGUAGES[0])
    assert len(seen) > 20


def test_a_lane_has_the_same_key_at_every_visit() -> None:
    """Whichever way the boat comes to a fork, and at the helm or not, each lane has the key that it had before."""
    keys: dict[str, dict[str, str]] = {}
    headings: dict[str, set[float]] = {}
    for seed in range(12):
        drive, choices = Drive(begun(small_level(), seed)), random.Random(seed)
        if seed % 2:
            drive.press(Action.MODE)
        while not drive.voyage.resting:
            fork = drive.screen.hands.fork
            found = {row.lane.id: row.key for row in fork.rows}
            assert sorted(found.values()) == [str(k + 1) for k in range(len(found))]
            if len(found) == len(drive.session.level.lanes_from[fork.place]):
                assert keys.setdefault(fork.place, found) == found
                headings.setdefault(fork.place, set()).add(round(drive.voyage.heading, 3))
            drive.screen.hands.choose(choices.choice(drive.session.open_lanes).id)
            drive.voyage.skip_lane()
    assert max(map(len, headings.values())) > 1
    assert max(map(len, keys.values())) > 1


def test_keys_go_round_the_place() -> None:
    """On the map all that leads to the left comes before all that leads to the right, and the order is a clock's."""
    drive = Drive(begun(small_level()))
    while not drive.voyage.resting:
        ways = [drive.voyage.way_out(row.lane.id) for row in drive.screen.hands.fork.rows]
        sides = [math.cos(way) > 0.1 for way in ways if abs(math.cos(way)) > 0.1]
        assert sides == sorted(sides)
        turned = [(way - math.pi / 2 - 0.1) % math.tau for way in ways]
        assert turned == sorted(turned)
        drive.screen.hands.choose(drive.session.open_lanes[0].id)
        drive.voyage.skip_lane()
