"""The fork as it is read: what is kept of it is what would be read anew, at every moment of a life."""

from __future__ import annotations

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
