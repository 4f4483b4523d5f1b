"""Layers: what is loud when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.app.sound.heard import Heard
from game.app.sound.layers import DRY, LAYERS, MOODS, SCORE, WATER, WET, levels

NEAR = Heard(nearness=1.0, speed=1.0)
STEPS = [i / 40 for i in range(41)]


@pytest.mark.parametrize("speed", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("name", WATER)
def test_water_follows_the_wetness(name: str, speed: float) -> None:
    """From the driest to the wettest lane, dry layers only get softer and wet ones only louder."""
    found = [levels(replace(NEAR, wetness=wet, speed=speed))[name] for wet in STEPS]
    assert found == sorted(found, reverse=name in DRY)


@pytest.mark.parametrize("wetness", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_a_faster_boat_is_never_softer(wetness: float) -> None:
    """No layer of the water gets softer as the boat gets faster, and some layer gets louder."""
    slow, fast = (levels(replace(NEAR, wetness=wetness, speed=speed)) for speed in (0.1, 0.9))
    assert all(fast[name] >= slow[name] for name in WATER)
    assert sum(fast[name] for name in WATER) > sum(slow[name] for name in WATER)


def test_every_state_of_water_sounds_different() -> None:
    """Dry, trickle, flow and surge are each led by another layer."""
    led = []
    for wetness in (0.0, 1 / 3, 2 / 3, 1.0):
        found = levels(replace(NEAR, wetness=wetness, speed=0.5))
        led.append(max((*DRY[:1], *WET[:3]), key=found.__getitem__))
    assert led == ["water_wind", "water_trickle", "water_flow", "water_surge"]


@pytest.mark.parametrize("mood", MOODS)
def test_the_score_follows_light_and_water(mood: str) -> None:
    """Only the ground and the ripple of the mood play, and the ripple is louder in a fuller landscape."""
    found = [levels(Heard(mood=mood, fullness=full)) for full in STEPS]
    ripples = [each[f"ripple_{mood}"] for each in found]
    assert ripples == sorted(ripples)
    assert ripples[0] == 0.0 < ripples[-1]
    for each in found:
        assert {name for name in SCORE if each[name]} <= {f"ground_{mood}", f"ripple_{mood}"}
        assert each[f"ground_{mood}"] == found[0][f"ground_{mood}"] > 0


def test_levels_are_levels() -> None:
    """Every layer has a level from 0 to 1 whatever is heard, and paper over the scene makes none of them louder."""
    for heard in (Heard(), NEAR, Heard(mood="noon", wetness=1.0, speed=7.0, fullness=2.0), Heard(nearness=0.0)):
        found, hushed = levels(heard), levels(replace(heard, hushed=True))
        assert set(found) == set(LAYERS)
        assert all(0.0 <= level <= 1.0 for level in found.values())
        assert all(hushed[name] <= found[name] for name in LAYERS)
