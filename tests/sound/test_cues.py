"""Cues: which sounds lie between two moments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.app.sound.cues import CUES, NOTES, cues_between, note_of
from game.app.sound.heard import Heard, Moment

ON_LANE = Moment(lanes=1, year=3, light=2.0, aim="a", ghosts=1)


def between(**changes: object) -> tuple[str, ...]:
    """The cues between a moment on a lane and the same one with some values changed."""
    return cues_between(Heard(moment=ON_LANE), Heard(moment=replace(ON_LANE, **changes)))


@pytest.mark.parametrize(
    ("changes", "cues"),
    [
        ({}, ()),
        ({"year": 4}, ("year",)),
        ({"year": 6}, ("year",)),
        ({"year": 4, "light": 3.0}, ("year", "light_2")),
        ({"light": 1.0}, ("dim",)),
        ({"year": 4, "choosing": True, "forking": True}, ("fork", "year")),
        ({"year": 4, "choosing": True}, ("arrival", "year")),
        ({"year": 4, "resting": True, "light": 17.0}, ("rest", "light_7")),
        ({"lanes": 2}, ("enter",)),
        ({"ghosts": 2}, ("joined",)),
        ({"aim": "b"}, ("helm",)),
        ({"aim": None}, ()),
        ({"lanes": 2, "aim": "b"}, ("enter",)),
        ({"lanes": 0, "year": 1, "light": 0.0, "choosing": True}, ("page",)),
    ],
)
def test_what_happens_is_heard(changes: dict[str, object], cues: tuple[str, ...]) -> None:
    """Each thing that happens on a voyage has its cue, and nothing that did not happen sounds."""
    assert between(**changes) == cues
    assert set(cues) <= set(CUES)


def test_another_scene_turns_a_page() -> None:
    """Going from one screen to another sounds like paper, whatever else differs."""
    assert cues_between(Heard("title"), Heard("drive", focus=3, moment=ON_LANE)) == ("page",)


def test_the_focus_ticks() -> None:
    """Moving the focus ticks, losing it does not, and what happens on the voyage comes before it."""
    assert cues_between(Heard(focus=1), Heard(focus=2)) == ("focus",)
    assert cues_between(Heard(focus=1), Heard(focus=None)) == ()
    arrived = replace(ON_LANE, choosing=True, forking=True)
    assert cues_between(Heard(moment=ON_LANE), Heard(focus=1, moment=arrived)) == ("fork",)


def test_more_light_is_a_higher_bell() -> None:
    """The bell is never lower for more light, and there is one for any amount."""
    notes = [note_of(light) for light in (1e-9, 0.4, 1.0, 2.0, 4.0, 9.0, 30.0, 1e12)]
    assert notes == sorted(notes)
    assert (notes[0], notes[-1]) == (0, NOTES - 1)
