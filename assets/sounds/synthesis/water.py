"""Water: the loops that are heard by how wet the lane is and how fast the boat runs.

Running water is two things at once: a steady rush (shaped noise) and single bubbles, each a short sine that rises as
the bubble nears the surface and closes.  (Marcel Minnaert, "On musical air-bubbles and the sounds of running water",
Philosophical Magazine 16, 1933: a bubble of radius r metres sings at about 3.26 / r hertz.)
"""

from __future__ import annotations

import numpy as np

from synthesis.tones import RATE, Sound, band, breathing, dice, lay, rounded, samples, shaped_noise, silence, stereo

SECONDS = 12.0
"""How long a loop of water lasts."""


def bubble(radius: float, rising: float, seconds: float) -> Sound:
    """One bubble of ``radius`` metres that rises in pitch by the part ``rising`` while it dies away."""
    time = np.arange(samples(seconds)) / RATE
    frequency = 3.26 / radius
    turns = frequency * (time + rising * time**2 / (2.0 * seconds))
    return rounded(np.exp(-5.0 * time / seconds) * np.sin(2.0 * np.pi * turns), 0.002, 0.4 * seconds)


def bubbles(name: str, a_second: float, smallest: float, largest: float, spread: float = 0.8) -> Sound:
    """A circle of bubbles at random moments, ``a_second`` of them, their radii in metres between two bounds."""
    rng = dice(name)
    circle = silence(SECONDS)
    for _ in range(round(a_second * SECONDS)):
        radius = smallest * (largest / smallest) ** rng.random()
        seconds = float(rng.uniform(0.025, 0.07) * (radius / smallest) ** 0.5)
        one = bubble(radius, float(rng.uniform(0.05, 0.35)), seconds)
        lay(circle, stereo(one, float(rng.uniform(-spread, spread))), float(rng.uniform(0, SECONDS)), rng.random() ** 2)
    return circle / np.sqrt(np.mean(circle**2))


def rush(name: str, centre: float, octaves: float, depth: float, turns: tuple[int, int] = (3, 17)) -> Sound:
    """A circle of noise around ``centre`` hertz, swelling and easing, half of it the same on both sides."""
    rng, length = dice(name), samples(SECONDS)
    middle, left, right = (shaped_noise(length, rng, band(centre, octaves)) for _ in range(3))
    sways = [breathing(length, rng, *turns, depth) for _ in range(2)]
    return np.stack([(0.7 * middle + 0.7 * left) * sways[0], (0.7 * middle + 0.7 * right) * sways[1]], axis=1)


def wind() -> Sound:
    """Wind over a dry bed: it comes and goes, and whistles a little."""
    return rush("wind", 340.0, 0.9, 0.6, (1, 5)) + 0.35 * rush("wind high", 900.0, 0.35, 0.9, (2, 9))


def rattle() -> Sound:
    """Pebbles under a hull: short knocks of wood and stone, in handfuls."""
    rng = dice("rattle")
    circle = silence(SECONDS)
    for _ in range(round(15 * SECONDS)):
        time = np.arange(samples(0.06)) / RATE
        frequency = float(rng.choice([310.0, 420.0, 560.0, 760.0, 1150.0]) * rng.uniform(0.9, 1.1))
        knock = np.exp(-time * rng.uniform(90.0, 220.0)) * np.sin(2.0 * np.pi * frequency * time)
        knock += 0.25 * np.exp(-time * 600.0) * rng.standard_normal(len(time))
        at = float(rng.uniform(0, SECONDS))
        lay(circle, stereo(rounded(knock, 0.0015, 0.02), float(rng.uniform(-0.6, 0.6))), at, 0.15 + rng.random() ** 2)
    return circle / np.sqrt(np.mean(circle**2)) + 0.18 * rush("gravel", 700.0, 0.8, 0.5, (5, 29))


def trickle() -> Sound:
    """A little water among stones: single bubbles over a thin hiss."""
    return bubbles("trickle", 26.0, 0.0016, 0.0045) + 0.22 * rush("trickle hiss", 1500.0, 0.9, 0.3)


def flow() -> Sound:
    """A stream: a steady rush with many bubbles in it."""
    return 0.8 * bubbles("flow", 70.0, 0.0022, 0.009) + 0.75 * rush("flow rush", 620.0, 1.1, 0.3)


def surge() -> Sound:
    """A river in spate: deep, wide, with foam on it."""
    foam = rush("surge foam", 1700.0, 0.9, 0.45)
    return (
        rush("surge deep", 170.0, 1.1, 0.35, (2, 9)) + 0.4 * foam + 0.35 * bubbles("surge bubbles", 60.0, 0.005, 0.016)
    )


def hull() -> Sound:
    """Water along the planks: slow, deep gurgles with a slap now and then."""
    slaps = rush("hull", 420.0, 0.6, 0.85, (6, 19))
    return 0.7 * bubbles("hull bubbles", 14.0, 0.006, 0.014, 0.4) + 0.6 * slaps


LOOPS = {"wind": wind, "rattle": rattle, "trickle": trickle, "flow": flow, "surge": surge, "hull": hull}
"""Name of a loop -> what makes it."""
