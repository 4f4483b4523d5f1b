"""Every screen looks as it did: in three palettes, with text at 100 and 200 %, the drive in both views.

The references are small: the three palettes of a screen side by side in one strip, scaled down.  A picture that differs
is left in full beside a strip of both.  ``WATER_LANES_NEW_PICTURES=1 pytest tests/app/test_screen_pictures.py -m slow``
keeps the pictures of now as the new references, and takes away those of screens that are no more.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest
from gallery import GALLERY, prepare
from hand import Hand

from game.app.stage import Stage

REFERENCES = Path(__file__).resolve().parent / "screen_pictures"
RENEWING = bool(os.environ.get("WATER_LANES_NEW_PICTURES"))
MOODS, TEXTS = ("day", "dusk", "rose"), (1.0, 2.0)
SMALL = (192, 108)
STEPS = 16
"""Levels of a colour that the references are rounded to, so that they stay small."""

MEAN, FAR, SHARE = 3.0, 44, 0.012
"""Mean difference of a channel allowed; a pixel counts as far off beyond FAR; the share of such pixels allowed."""

pytestmark = pytest.mark.slow


def name_of(screen: str, text: float) -> str:
    """The name of a strip."""
    return f"{screen}_{round(100 * text)}"


def rounded(surface: pygame.Surface) -> pygame.Surface:
    """The picture scaled down, its colours rounded."""
    small = pygame.transform.smoothscale(surface, SMALL)
    colours = pygame.surfarray.array3d(small)
    return pygame.surfarray.make_surface((colours // STEPS * STEPS + STEPS // 2).astype(np.uint8))


def difference(one: pygame.Surface, two: pygame.Surface) -> np.ndarray:
    """By how much two pictures of one size differ, channel by channel."""
    a, b = (pygame.surfarray.array3d(each).astype(np.int16) for each in (one, two))
    assert a.shape == b.shape
    return np.abs(a - b)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", GALLERY)
def test_a_screen_looks_as_it_did(
    name: str, text: float, make_stage: Callable[..., Stage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen in all three palettes is, but for a little, what its strip of references shows."""
    # Some screens tell where files lie; that has to read the same on every machine.
    monkeypatch.chdir(tmp_path)
    home = Path("home")
    monkeypatch.setenv("WATER_LANES_HOME", str(home))
    prepare(home)
    strip = pygame.Surface((len(MOODS) * SMALL[0], SMALL[1]))
    full = []
    for k, mood in enumerate(MOODS):
        stage = make_stage(text_scale=text, palette=mood)
        stage.home = home
        GALLERY[name](stage)
        Hand(stage).wait(25)
        full.append(pygame.Surface(stage.size))
        stage.draw(full[-1])
        strip.blit(rounded(full[-1]), (k * SMALL[0], 0))
    file = REFERENCES / f"{name_of(name, text)}.png"
    if RENEWING:
        file.parent.mkdir(exist_ok=True)
        pygame.image.save(strip, file)
    reference = pygame.image.load(file)
    off = difference(strip, reference)
    if off.mean() <= MEAN and (off.max(axis=2) > FAR).mean() <= SHARE:
        return
    beside = pygame.Surface((strip.get_width(), 2 * strip.get_height() + 4))
    beside.blit(reference, (0, 0))
    beside.blit(strip, (0, strip.get_height() + 4))
    pygame.image.save(beside, tmp_path / f"{file.stem}_both.png")
    for mood, picture in zip(MOODS, full, strict=True):
        pygame.image.save(picture, tmp_path / f"{file.stem}_{mood}.png")
    pytest.fail(
        f"{file.stem} differs from its reference (mean {off.mean():.2f}, {(off.max(axis=2) > FAR).mean():.1%} far off);"
        f" both, one above the other, and the pictures in full are in {tmp_path}"
    )


def test_there_is_a_reference_for_every_screen_and_no_other() -> None:
    """The folder of references holds the strips of all screens, and together they stay small."""
    wanted = {f"{name_of(name, text)}.png" for name in GALLERY for text in TEXTS}
    if RENEWING:
        for file in REFERENCES.iterdir():
            if file.name not in wanted:
                file.unlink()
    assert {file.name for file in REFERENCES.iterdir()} == wanted
    assert sum(file.stat().st_size for file in REFERENCES.iterdir()) < 3_000_000
