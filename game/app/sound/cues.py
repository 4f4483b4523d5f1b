"""Cues: which short sounds lie between two moments.

They are found by comparing what was to be heard a tick ago with what is now, so whatever led from the one to the other
(a key, the pointer, a replay, years that were skipped) sounds the same.  A cue is named like its file.
"""

from __future__ import annotations

import math

from game.app.sound.heard import Heard, Moment

NOTES = 8
"""How many bells tell of light, from ``light_0``, the lowest."""

CUES = (
    *("focus", "press", "page", "helm", "enter", "fork", "year", "arrival", "rest", "joined", "dim"),
    *(f"light_{note}" for note in range(NOTES)),
)
"""The names of all cues."""

LOUD: dict[str, float] = {"focus": 0.28, "press": 0.5, "page": 0.3, "helm": 0.5, "year": 0.7, "joined": 0.4}
"""How loud a cue is, from 0 to 1; those not named are at ``USUAL``."""

USUAL = 0.75

GAPS: dict[str, float] = {"year": 0.7, "enter": 0.6, "fork": 0.6, "arrival": 0.6, "focus": 0.05}
"""Seconds that have to pass before a cue may sound again; those not named wait for ``SHORTEST``."""

SHORTEST = 0.12


def cues_between(before: Heard, after: Heard) -> tuple[str, ...]:
    """The cues that lead from one moment to a later one."""
    if before.scene != after.scene:
        return ("page",)
    found: list[str] = []
    if before.moment is not None and after.moment is not None:
        found += _on_the_voyage(before.moment, after.moment)
    if not found and before.focus != after.focus and after.focus is not None:
        found.append("focus")
    return tuple(found)


def _on_the_voyage(before: Moment, after: Moment) -> list[str]:
    if after.lanes < before.lanes or after.year < before.year:
        return ["page"]  # taken back: what was gathered since goes without a sound of its own
    found = []
    if after.lanes > before.lanes:
        found.append("enter")
    if after.resting and not before.resting:
        found.append("rest")
    elif after.choosing and (not before.choosing or after.lanes > before.lanes):
        found.append("fork" if after.forking else "arrival")
    if after.year > before.year and not after.resting:
        found.append("year")
    if after.light > before.light:
        found.append(f"light_{note_of(after.light - before.light)}")
    elif after.light < before.light:
        found.append("dim")
    if after.ghosts > before.ghosts:
        found.append("joined")
    if not found and after.aim != before.aim and after.aim is not None:
        found.append("helm")
    return found


def note_of(light: float) -> int:
    """Which bell tells of so much light at once: the more, the higher, by doublings."""
    return min(NOTES - 1, int(2.0 * math.log2(1.0 + light)))
