"""The score: for each light of the day (Day, Dusk, Rose) a *ground* and a *ripple*, loops of eight slow chords.

The three lights share their length, their bars and the seven notes of D major, and chords that follow one another in
different lights have notes in common, so one light can give way to the next at any moment.  The ground is always there;
the ripple joins as the landscape fills with water.  Notes are counted in semitones, 60 being the C in the middle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synthesis.tones import Sound, bell, dice, echoing, key, lay, pad, silence, stereo, string

BAR = 5.6
"""Seconds of a chord."""

Melody = tuple[tuple[float, int], ...]
"""Pairs of when, in eighths of a bar, and which note."""


@dataclass(frozen=True)
class Chord:
    """A bass note, the notes held over it, and what the keys play in its bar."""

    bass: int
    held: tuple[int, ...]
    keys: Melody


DAY = (
    Chord(38, (57, 62, 64, 66), ((0, 78), (3, 76), (4, 74))),
    Chord(43, (59, 62, 66), ((2, 71),)),
    Chord(47, (57, 62, 66), ((0, 74), (3, 76), (4, 78))),
    Chord(45, (57, 62, 64), ((2, 76), (6, 69))),
    Chord(42, (57, 62, 64, 69), ((0, 78), (3, 81), (4, 78))),
    Chord(43, (59, 62, 66, 69), ((2, 74), (5, 71))),
    Chord(40, (55, 59, 62, 66), ((0, 71), (2, 74), (4, 76))),
    Chord(45, (55, 57, 62, 64), ((2, 74), (6, 69))),
)
DUSK = (
    Chord(35, (57, 61, 62, 66), ((0, 74), (4, 73))),
    Chord(43, (59, 62, 66), ((1, 71),)),
    Chord(38, (57, 62, 64, 66), ((0, 69), (3, 66))),
    Chord(42, (57, 61, 64), ((2, 64), (5, 69))),
    Chord(47, (57, 62, 66), ((0, 66), (3, 69), (6, 71))),
    Chord(40, (55, 59, 62, 66), ((2, 67), (6, 66))),
    Chord(43, (55, 59, 62), ((1, 71), (4, 74))),
    Chord(45, (57, 59, 64), ((2, 69), (6, 64))),
)
ROSE = (
    Chord(43, (59, 62, 66, 69), ((0, 71), (5, 74))),
    Chord(40, (55, 59, 62, 66), ((2, 78),)),
    Chord(42, (57, 62, 64, 66), ((0, 76), (4, 74))),
    Chord(45, (57, 59, 64), ((3, 69),)),
    Chord(47, (57, 62, 66), ((0, 74), (5, 78))),
    Chord(43, (59, 62, 66), ((2, 81),)),
    Chord(36, (55, 59, 62, 64), ((0, 79), (4, 76))),
    Chord(38, (57, 62, 64, 66), ((1, 78), (5, 74))),
)
MOODS = {"day": DAY, "dusk": DUSK, "rose": ROSE}
"""Name of a light -> its chords."""

SECONDS = BAR * len(DAY)
"""How long a loop of the score lasts."""


def ground(mood: str) -> Sound:
    """The held chords, the bass under them, and a melody of a few keys, in a wide hall."""
    rng = dice(f"ground {mood}")
    held, played = silence(SECONDS), silence(SECONDS)
    for bar, chord in enumerate(MOODS[mood]):
        at = bar * BAR
        for note in chord.held:
            # Higher notes are held more softly, or they would hide the lower ones.
            lay(held, pad(note, 1.75 * BAR, rng), at - 0.35 * BAR, 0.2 * (60.0 / note) ** 2)
        lay(held, pad(chord.bass, 1.6 * BAR, rng), at - 0.25 * BAR, 0.22)
        for eighth, note in chord.keys:
            when = at + eighth * BAR / 8 + float(rng.uniform(0.0, 0.02))
            side = (note - 73) / 24 + float(rng.uniform(-0.1, 0.1))
            lay(played, stereo(key(note - (12 if mood == "dusk" else 0)), side), when, float(rng.uniform(0.8, 1.1)))
    return echoing(held, rng, 2.8, 0.35, 1500.0) + echoing(played, rng, 3.4, 0.5, 2400.0)


def ripple(mood: str) -> Sound:
    """Broken chords over the ground: a harp by day, glass at dusk, a slow low harp when the light is rose."""
    rng = dice(f"ripple {mood}")
    circle = silence(SECONDS)
    steps = {"day": 16, "dusk": 8, "rose": 12}[mood]
    for bar, chord in enumerate(MOODS[mood]):
        ladder = sorted({*chord.held, *(note + 12 for note in chord.held)})
        way = [*ladder, *ladder[-2:0:-1]]
        shift = int(rng.integers(len(way)))
        for step in range(steps):
            if rng.random() < (0.18 if mood == "day" else 0.3):
                continue
            note = way[(step + shift) % len(way)]
            when = (bar + step / steps) * BAR + float(rng.normal(0.0, 0.008))
            loud = (0.9 if step % 4 == 0 else 0.6) * float(rng.uniform(0.6, 1.0))
            sound = bell(note + 12, 2.4) * 0.8 if mood == "dusk" else string(note, bright=0.9 if mood == "day" else 0.7)
            lay(circle, stereo(sound, 0.6 * np.sin(1.7 * step + bar)), when, 0.3 * loud)
    return echoing(circle, rng, 2.6, 0.45, 3000.0)
