"""Makes every sound of the game: ``python make_sounds.py [NAME …]`` writes them beside this script as OGG Vorbis.

The same program writes the same files, byte for byte, with the same encoder.  Needs ``soundfile``, which the extra
``assets`` brings; ``sounds()`` alone needs nothing but numpy.
"""

from __future__ import annotations

import io
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from synthesis import cues, score, water  # noqa: E402
from synthesis.tones import RATE, Sound  # noqa: E402

LOOP, CUE = -24.0, -21.0
"""Root mean square of a loop, and of the loudest tenth of a second of a cue, in decibels under full scale."""

HIGHEST = 0.89
"""The highest peak of any sound, a decibel under full scale; a louder one is made softer as a whole."""

LAP = 2048
"""Samples of its other end that a loop's file carries at either end; ``game.app.sound.deck`` cuts them off."""

PARTS: dict[str, tuple[Callable[[], Sound], float, float]] = {
    **{f"water_{name}": (make, LOOP, 0.1) for name, make in water.LOOPS.items()},
    **{f"ground_{mood}": (partial(score.ground, mood), LOOP, 0.2) for mood in score.MOODS},
    **{f"ripple_{mood}": (partial(score.ripple, mood), LOOP, 0.2) for mood in score.MOODS},
    **{f"cue_{name}": (make, CUE, 0.3) for name, make in cues.CUES.items()},
}
"""Name of a sound -> what makes it, how loud it is made, the quality of its encoding from 0 to 1."""


def loudness(sound: Sound, loop: bool) -> float:
    """Decibels under full scale: of the whole of a loop, of the loudest tenth of a second of anything else."""
    power = np.mean(sound.reshape(len(sound), -1) ** 2, axis=1)
    if not loop:
        window = min(len(power), RATE // 10)
        sums = np.cumsum(np.concatenate([[0.0], power]))
        power = (sums[window:] - sums[:-window]) / window
        return float(10.0 * np.log10(np.max(power)))
    return float(10.0 * np.log10(np.mean(power)))


def made(name: str) -> Sound:
    """A sound as it is shipped, of shape (samples, 2) or (samples,), before it is encoded."""
    make, wanted, _ = PARTS[name]
    sound = make()
    sound = sound - np.mean(sound, axis=0)
    sound = sound * 10.0 ** ((wanted - loudness(sound, wanted == LOOP)) / 20.0)
    return sound * min(1.0, HIGHEST / float(np.max(np.abs(sound))))


def encoded(sound: Sound, quality: float) -> bytes:
    """The sound as OGG Vorbis."""
    import soundfile

    target = io.BytesIO()
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    with soundfile.SoundFile(
        target, "w", RATE, channels, format="OGG", subtype="VORBIS", compression_level=1.0 - quality
    ) as file:
        for start in range(0, len(sound), 8192):  # the encoder's stack does not hold a whole loop
            file.write(sound[start : start + 8192])
    return numbered(target.getvalue())


def numbered(ogg: bytes, serial: int = 0x57A7E4) -> bytes:
    """The same stream under a fixed number, since encoders draw one at random; checksums are made anew (RFC 3533)."""
    pages, at = bytearray(ogg), 0
    while at < len(pages):
        segments = pages[at + 26]
        end = at + 27 + segments + sum(pages[at + 27 : at + 27 + segments])
        struct.pack_into("<I", pages, at + 14, serial)
        struct.pack_into("<I", pages, at + 22, 0)
        struct.pack_into("<I", pages, at + 22, _checksum(pages[at:end]))
        at = end
    return bytes(pages)


def _checksum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
    return value


def _table_entry(value: int) -> int:
    value <<= 24
    for _ in range(8):
        value = (value << 1 & 0xFFFFFFFF) ^ (0x04C11DB7 if value & 0x80000000 else 0)
    return value


_TABLE = [_table_entry(value) for value in range(256)]


def main(names: list[str]) -> None:
    """Writes the sounds with these names, or all of them, and prints what each takes."""
    whole = 0
    for name in names or PARTS:
        sound = made(name)
        written = np.concatenate([sound[-LAP:], sound, sound[:LAP]]) if PARTS[name][1] == LOOP else sound
        (HERE / f"{name}.ogg").write_bytes(content := encoded(written, PARTS[name][2]))
        whole += len(content)
        peak, seconds = float(np.max(np.abs(sound))), len(sound) / RATE
        loud = loudness(sound, PARTS[name][1] == LOOP)
        print(f"{name:16} {seconds:5.1f} s {loud:6.1f} dB, peak {peak:.2f}, {len(content) / 1000:6.1f} kB")
    print(f"{whole / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
