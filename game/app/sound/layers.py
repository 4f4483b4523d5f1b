"""Layers: how loud each loop is, from what there is to hear.

All loops run all the time and only their loudness changes.  As a lane gets wetter the dry layers (wind, rattle) only
get softer and the wet ones (trickle, flow, surge, hull) only louder; a faster boat makes each of them louder.
"""

from __future__ import annotations

from game.app.sound.heard import Heard

MOODS = ("day", "dusk", "rose")
DRY = ("water_wind", "water_rattle")
WET = ("water_trickle", "water_flow", "water_surge", "water_hull")
WATER = (*DRY, *WET)
SCORE = tuple(f"{part}_{mood}" for mood in MOODS for part in ("ground", "ripple"))
LAYERS = (*WATER, *SCORE)
"""The names of all loops, which are those of their files."""

_HUSHED_WATER, _HUSHED_SCORE = 0.3, 0.6


def levels(heard: Heard) -> dict[str, float]:
    """The level of every layer, from 0 to 1, before anybody's volumes."""
    return {**_water(heard), **_score(heard)}


def _water(heard: Heard) -> dict[str, float]:
    wet, speed = heard.wetness, min(max(heard.speed, 0.0), 1.0)
    carried = 0.55 + 0.45 * speed
    near = heard.nearness * (_HUSHED_WATER if heard.hushed else 1.0)
    found = {
        "water_wind": 0.75 * carried * (1.0 - eased(wet, 0.0, 0.6)),
        "water_rattle": 0.8 * speed * (1.0 - eased(wet, 0.0, 0.35)),
        "water_trickle": 0.5 * carried * eased(wet, 0.0, 0.35),
        "water_flow": 0.75 * carried * eased(wet, 0.25, 0.7),
        "water_surge": 0.95 * carried * eased(wet, 0.6, 1.0),
        "water_hull": 0.45 * speed * eased(wet, 0.05, 0.45),
    }
    return {name: level * near for name, level in found.items()}


def _score(heard: Heard) -> dict[str, float]:
    near = _HUSHED_SCORE if heard.hushed else 1.0
    found = dict.fromkeys(SCORE, 0.0)
    mood = heard.mood if heard.mood in MOODS else MOODS[0]
    found[f"ground_{mood}"] = 0.8 * near
    found[f"ripple_{mood}"] = 0.6 * near * eased(heard.fullness, 0.1, 0.8)
    return found


def eased(value: float, low: float, high: float) -> float:
    """0 up to ``low``, 1 from ``high``, and a smooth rise between them."""
    part = min(max((value - low) / (high - low), 0.0), 1.0)
    return part * part * (3.0 - 2.0 * part)
