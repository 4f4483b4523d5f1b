"""Tones: what all sounds are made of.

A sound is an array of floats of shape (samples,) or (samples, 2), left before right, at ``RATE`` samples a second.  A
*circle* is a sound whose end runs into its beginning: everything laid into it past its end comes in again at its
beginning, so it loops without a seam.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]

RATE = 44_100
"""Samples a second."""


def dice(name: str) -> np.random.Generator:
    """The random numbers that belong to a name: always the same ones."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def samples(seconds: float) -> int:
    """How many samples last so long."""
    return round(seconds * RATE)


def pitch(note: float) -> float:
    """The frequency in hertz of a note counted in semitones, where 69 is 440 Hz."""
    return 440.0 * 2.0 ** ((note - 69.0) / 12.0)


def silence(seconds: float, channels: int = 2) -> Sound:
    """Nothing, of shape (samples, channels), to lay sounds into."""
    return np.zeros((samples(seconds), channels))


def stereo(sound: Sound, side: float = 0.0) -> Sound:
    """One channel as two, from the left (-1) to the right (1), equally loud wherever it stands."""
    angle = (side + 1.0) * np.pi / 4.0
    return sound[:, None] * np.array([np.cos(angle), np.sin(angle)])


def lay(circle: Sound, sound: Sound, at: float, gain: float = 1.0) -> None:
    """Adds a sound to a circle, beginning ``at`` seconds; what runs past the end comes in at the beginning."""
    start = samples(at) % len(circle)
    while len(sound):
        part = min(len(sound), len(circle) - start)
        circle[start : start + part] += gain * sound[:part]
        sound, start = sound[part:], 0


def rounded(sound: Sound, attack: float, release: float) -> Sound:
    """A sound that rises and falls along half a cosine, over so many seconds at either end."""
    shape = np.ones(len(sound))
    rise, fall = min(samples(attack), len(sound)), min(samples(release), len(sound))
    shape[:rise] *= 0.5 - 0.5 * np.cos(np.pi * (np.arange(rise) + 0.5) / rise)
    shape[len(sound) - fall :] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(fall) + 0.5) / fall)
    return sound * (shape if sound.ndim == 1 else shape[:, None])


def shaped_noise(length: int, rng: np.random.Generator, strength: Callable[[Sound], Sound]) -> Sound:
    """A circle of ``length`` samples of noise whose spectrum is ``strength(hertz)``, with a root mean square of 1.

    A spectrum of random phases, turned back into time: whatever repeats after ``length`` samples has no seam.
    """
    hertz = np.fft.rfftfreq(length, 1.0 / RATE)
    amplitudes = strength(np.maximum(hertz, 1.0))
    amplitudes[0] = 0.0
    spectrum = amplitudes * np.exp(2j * np.pi * rng.random(len(hertz)))
    sound = np.fft.irfft(spectrum, length)
    return sound / np.sqrt(np.mean(sound**2))


def band(centre: float, octaves: float) -> Callable[[Sound], Sound]:
    """A hill of the spectrum around ``centre`` hertz, falling to a third ``octaves`` away from it."""
    return lambda hertz: np.exp(-((np.log2(hertz / centre) / octaves) ** 2)) / np.sqrt(hertz)


def breathing(length: int, rng: np.random.Generator, slowest: int, fastest: int, depth: float) -> Sound:
    """A slow wave around 1, between 1 - depth and 1 + depth, that turns a whole number of times in ``length``."""
    turns = np.arange(slowest, fastest + 1)
    phase = 2.0 * np.pi * rng.random(len(turns))
    time = np.arange(length) / length
    wave = sum(np.cos(2.0 * np.pi * n * time + p) / np.sqrt(n) for n, p in zip(turns, phase, strict=True))
    return 1.0 + depth * wave / np.max(np.abs(wave))


def echoing(circle: Sound, rng: np.random.Generator, seconds: float, wet: float, dark: float = 3200.0) -> Sound:
    """A circle in a soft hall whose echo has died down by 60 dB after ``seconds``; high tones die first.

    The echo is convolved round the circle, so that the end rings on in the beginning.
    """
    length = len(circle)
    reach = min(length, samples(1.3 * seconds))
    time = np.arange(reach) / RATE
    hertz = np.fft.rfftfreq(length, 1.0 / RATE)
    softer = 1.0 / (1.0 + (hertz / dark) ** 2)
    rings = np.empty_like(circle)
    for side in range(circle.shape[1]):
        hall = np.zeros(length)
        hall[:reach] = rng.standard_normal(reach) * 10.0 ** (-3.0 * time / seconds)
        hall[: samples(0.012)] = 0.0
        hall /= np.sqrt(np.sum(hall**2))
        rings[:, side] = np.fft.irfft(np.fft.rfft(circle[:, side]) * np.fft.rfft(hall) * softer, length)
    return (1.0 - wet) * circle + wet * rings


def struck(
    frequency: float, seconds: float, partials: tuple[tuple[float, float, float], ...], attack: float = 0.004
) -> Sound:
    """Something struck once: ``partials`` are (times the frequency, strength, seconds until it has died by 60 dB)."""
    time = np.arange(samples(seconds)) / RATE
    sound = np.zeros(len(time))
    for times, strength, dying in partials:
        if times * frequency < 0.4 * RATE:
            sound += strength * 10.0 ** (-3.0 * time / dying) * np.sin(2.0 * np.pi * times * frequency * time)
    return rounded(sound, attack, min(0.3, seconds / 3.0))


def bell(note: float, seconds: float = 3.0) -> Sound:
    """A soft bell of glass."""
    parts = ((1.0, 1.0, 3.2), (2.0, 0.34, 2.2), (2.76, 0.16, 1.1), (4.1, 0.07, 0.6), (5.4, 0.05, 0.35))
    return struck(pitch(note), seconds, parts, attack=0.006)


def string(note: float, seconds: float = 2.6, bright: float = 1.0) -> Sound:
    """A plucked string; a brighter one has more of the high partials."""
    parts = tuple(
        (k * (1.0 + 0.00012 * k * k), bright ** (k - 1) / k**1.35, 2.4 / (0.6 + 0.4 * k)) for k in range(1, 9)
    )
    return struck(pitch(note), seconds, parts)


def key(note: float, seconds: float = 3.6) -> Sound:
    """A key of a piano with felt between hammer and string."""
    parts = tuple(
        (k * (1.0 + 0.0003 * k * k), 1.0 / k**1.9, 4.2 / (0.7 + 0.3 * k) * (60.0 / note)) for k in range(1, 7)
    )
    return struck(pitch(note), seconds, parts, attack=0.014)


def pad(note: float, seconds: float, rng: np.random.Generator) -> Sound:
    """A warm held note of shape (samples, 2): three voices a few cents apart, breathing, that swells and dies away."""
    time = np.arange(samples(seconds)) / RATE
    sound = np.zeros((len(time), 2))
    for cents, side in ((-4.5, -0.7), (0.0, 0.0), (4.5, 0.7)):
        frequency = pitch(note + cents / 100.0)
        voice = np.zeros(len(time))
        for k in range(1, 8):
            soft = 1.0 / (k**1.5 * (1.0 + (k * frequency / 1400.0) ** 2))
            sway = 1.0 + 0.25 * np.sin(2.0 * np.pi * ((0.11 + 0.05 * k) * time + rng.random()))
            voice += soft * sway * np.sin(2.0 * np.pi * (k * frequency * time + rng.random()))
        sound += stereo(voice, side)
    return rounded(sound, 0.34 * seconds, 0.42 * seconds)
