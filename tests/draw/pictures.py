"""Reference pictures: comparing what is drawn with what was drawn before.

Run the tests with ``WATER_LANES_NEW_PICTURES=1`` to keep the pictures of this machine as the new references.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pygame
import pytest

REFERENCES = Path(__file__).resolve().parent / "pictures"
MEAN, FAR, SHARE = 1.2, 40, 0.012
"""Mean difference of a channel allowed; a pixel counts as far off beyond FAR; the share of such pixels allowed."""


def pixels(surface: pygame.Surface) -> np.ndarray:
    """The picture's colours as integers, shape (width, height, 3)."""
    return pygame.surfarray.array3d(surface).astype(np.int16)


def compare(surface: pygame.Surface, name: str, scratch: Path) -> None:
    """Fail, and leave both pictures side by side in ``scratch``, when the picture differs from its reference."""
    file = REFERENCES / f"{name}.png"
    if os.environ.get("WATER_LANES_NEW_PICTURES"):
        file.parent.mkdir(exist_ok=True)
        pygame.image.save(surface, file)
    reference = pygame.image.load(file)
    off = np.abs(pixels(surface) - pixels(reference))
    if off.mean() <= MEAN and (off.max(axis=2) > FAR).mean() <= SHARE:
        return
    width, height = reference.get_size()
    both = pygame.Surface((2 * width + 8, height))
    both.blit(reference, (0, 0))
    both.blit(surface, (width + 8, 0))
    beside = scratch / f"{name}.png"
    pygame.image.save(both, beside)
    pytest.fail(f"{name} differs from its reference (mean {off.mean():.2f}); both, side by side, are in {beside}")
