"""Cues: the short sounds, each of one channel, dying away to nothing.

All that have a pitch keep to D, E, F sharp, A and B, which sound well over every chord of the score.
"""

from __future__ import annotations

from collections.abc import Callable

from synthesis.tones import (
    Sound,
    band,
    bell,
    dice,
    echoing,
    key,
    lay,
    pad,
    rounded,
    samples,
    shaped_noise,
    silence,
    string,
    struck,
)
from synthesis.water import bubble

LIGHTS = (74, 76, 78, 81, 83, 86, 88, 90)
"""The notes of the bells that tell of light, from low to high."""


def swish(name: str, seconds: float, centre: float, octaves: float, attack: float) -> Sound:
    """Noise around ``centre`` hertz that swells for ``attack`` of its time and dies away in the rest."""
    noise = shaped_noise(samples(seconds), dice(name), band(centre, octaves))
    return rounded(noise, attack * seconds, (1.0 - attack) * seconds)


def in_hall(name: str, seconds: float, parts: list[tuple[Sound, float, float]], wet: float = 0.35) -> Sound:
    """Sounds laid one after another, ``(sound, at, gain)``, in a small hall, gone after ``seconds``."""
    circle = silence(seconds + 2.0, 1)
    for sound, at, gain in parts:
        lay(circle, sound[:, None] if sound.ndim == 1 else sound.mean(axis=1)[:, None], at, gain)
    rung = echoing(circle, dice(name), 1.6, wet)[: samples(seconds), 0]
    return rounded(rung, 0.001, 0.35 * seconds)


def focus() -> Sound:
    """A tick of soft wood."""
    return struck(620.0, 0.09, ((1.0, 1.0, 0.09), (2.7, 0.3, 0.04)), attack=0.002)


def press() -> Sound:
    """Two taps of soft wood, the second one higher."""
    low = struck(392.0, 0.14, ((1.0, 1.0, 0.16), (2.7, 0.25, 0.06)), attack=0.002)
    high = struck(587.3, 0.18, ((1.0, 1.0, 0.2), (2.7, 0.2, 0.06)), attack=0.002)
    return in_hall("press", 0.4, [(low, 0.0, 0.8), (high, 0.055, 0.8)], wet=0.2)


def page() -> Sound:
    """A sheet of paper laid down."""
    parts = [(swish("page", 0.26, 2600.0, 0.9, 0.35), 0.0, 0.5), (swish("page down", 0.12, 700.0, 0.8, 0.1), 0.17, 0.5)]
    return in_hall("page hall", 0.45, parts, wet=0.15)


def helm() -> Sound:
    """A paddle dipped into water."""
    dips = [(bubble(0.007, 0.4, 0.09), 0.05, 0.7), (bubble(0.0045, 0.5, 0.06), 0.12, 0.5)]
    return in_hall("helm hall", 0.4, [(swish("helm", 0.24, 900.0, 0.8, 0.3), 0.0, 0.3), *dips], wet=0.2)


def enter() -> Sound:
    """A boat taken up by its lane: a swell, and bubbles behind it."""
    rng = dice("enter")
    parts = [
        (swish("enter", 1.3, 520.0, 1.2, 0.35), 0.0, 0.5),
        (swish("enter foam", 0.9, 1900.0, 0.8, 0.4), 0.15, 0.16),
    ]
    for _ in range(16):
        drop = bubble(float(rng.uniform(0.003, 0.01)), float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.05, 0.12)))
        parts.append((drop, float(rng.uniform(0.25, 1.0)), float(rng.uniform(0.1, 0.5))))
    return in_hall("enter hall", 1.6, parts, wet=0.25)


def fork() -> Sound:
    """Two strings that ask: a fork lies ahead."""
    return in_hall("fork", 2.2, [(string(69, 2.0, 0.8), 0.0, 0.8), (string(76, 2.0, 0.8), 0.16, 0.7)], wet=0.45)


def year() -> Sound:
    """A year turning: a breath of air over a low gong."""
    gong = struck(146.8, 2.8, ((1.0, 1.0, 3.0), (1.51, 0.3, 1.8), (2.02, 0.4, 1.6), (2.9, 0.12, 0.9)), attack=0.03)
    breath = swish("year", 1.9, 800.0, 0.8, 0.45)
    return in_hall("year hall", 2.8, [(breath, 0.0, 0.22), (gong, 0.12, 0.55)], wet=0.4)


def arrival() -> Sound:
    """Three keys going up: the boat has come to a place."""
    notes = [(key(note), 0.13 * i, 0.7) for i, note in enumerate((62, 69, 78))]
    return in_hall("arrival", 3.0, notes, wet=0.4)


def rest() -> Sound:
    """The boat has come to rest: one wide chord, and bells far above it."""
    rng = dice("rest")
    parts = [(pad(note, 6.5, rng), 0.0, 0.22) for note in (38, 50, 57, 62, 64, 66)]
    parts += [(bell(note), 0.9 + 0.45 * i, 0.22) for i, note in enumerate((74, 78, 81, 86))]
    return in_hall("rest hall", 7.0, parts, wet=0.45)


def joined() -> Sound:
    """A ghost joins: two bells, very soft."""
    return in_hall("joined", 2.2, [(bell(81), 0.0, 0.4), (bell(78), 0.2, 0.4)], wet=0.6)


def dim() -> Sound:
    """Light that goes: one low key."""
    return in_hall("dim", 2.4, [(key(50), 0.0, 0.8), (key(57), 0.02, 0.3)], wet=0.4)


def light(note: int) -> Callable[[], Sound]:
    """What makes the bell of one note that tells of light."""
    return lambda: in_hall(f"light {note}", 2.2, [(bell(note, 2.2), 0.0, 0.8), (bell(note + 12, 1.2), 0.02, 0.1)])


CUES: dict[str, Callable[[], Sound]] = {
    "focus": focus,
    "press": press,
    "page": page,
    "helm": helm,
    "enter": enter,
    "fork": fork,
    "year": year,
    "arrival": arrival,
    "rest": rest,
    "joined": joined,
    "dim": dim,
    **{f"light_{i}": light(note) for i, note in enumerate(LIGHTS)},
}
"""Name of a cue -> what makes it."""
