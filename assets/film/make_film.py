"""Makes the looping picture at the head of the README from the frames of a film.

    water-lanes demo 02_twenty_years --film FRAMES
    python make_film.py FRAMES ../../tests/readme/film.webp

The picture is an animated WebP, ``--width`` pixels wide, that runs at the film's own speed for ever.  Needs Pillow.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image

RATE = 15
"""Frames a second, as in ``game.app.film``."""


def looping(frames: list[Path], width: int, step: int, quality: int) -> bytes:
    """The film as an animated WebP: every ``step``-th frame, made smaller."""
    pictures = []
    for frame in frames[::step]:
        with Image.open(frame) as whole:
            height = round(whole.height * width / whole.width)
            pictures.append(whole.convert("RGB").resize((width, height), Image.Resampling.LANCZOS))
    data = io.BytesIO()
    duration = round(1000 * step / RATE)
    pictures[0].save(
        data, "WEBP", save_all=True, append_images=pictures[1:], duration=duration, loop=0, quality=quality, method=4
    )
    return data.getvalue()


def main() -> None:
    """Writes the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frames", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=560)
    parser.add_argument("--quality", type=int, default=36, help="0 to 100")
    parser.add_argument("--step", type=int, default=1, help="take every so many-th frame")
    asked = parser.parse_args()
    frames = sorted(asked.frames.glob("*.png"))
    if not frames:
        parser.error(f"there are no frames in {asked.frames}")
    data = looping(frames, asked.width, asked.step, asked.quality)
    asked.picture.write_bytes(data)
    print(f"{len(frames[:: asked.step])} frames, {len(data)} bytes")


if __name__ == "__main__":
    main()
