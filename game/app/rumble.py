"""Rumble: what a gamepad lets be felt between two moments, found by comparing them as the cues of sound are."""

from __future__ import annotations

from game.app.sound.cues import cues_between
from game.app.sound.heard import Heard

SURGE = 0.95
"""How wet the water under the boat is when it can be felt."""

DRY = 0.05
"""How wet a bed is at most when its stones can be felt."""

Rumble = tuple[float, float, float]
"""How strongly the heavy and the light motor turn (0 to 1 each), and for how many seconds."""

_OF_CUE: dict[str, Rumble] = {
    "rest": (0.45, 0.25, 0.60),
    "arrival": (0.35, 0.15, 0.22),
    "fork": (0.10, 0.35, 0.14),
}
_OF_SURGE: Rumble = (0.55, 0.30, 0.40)
_OF_DRY: Rumble = (0.0, 0.22, 0.30)


def rumble_between(before: Heard, after: Heard) -> Rumble | None:
    """What is felt from one moment to a later one, or None.

    A fork, a place, the rest of a life, a year in a surge, and a year on a dry bed, which only the light motor tells.
    """
    cues = cues_between(before, after)
    felt = next((_OF_CUE[cue] for cue in _OF_CUE if cue in cues), None)
    if felt is None and after.speed > 0.0 and ({"enter", "year"} & set(cues)):
        return _OF_SURGE if after.wetness >= SURGE else _OF_DRY if after.wetness <= DRY else None
    return felt
