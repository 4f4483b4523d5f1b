"""Glows: light that is no number, as a soft spot whose strength is seen and cannot be read off."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.palette import Colour, Palette, mix

_REACH = (0.0, 0.5, 0.66, 0.84, 1.0)
_SOLID = (0, 190, 225, 245, 255)


def glow_picture(palette: Palette, strength: int, size: int) -> pygame.Surface:
    """A spot of light ``size`` pixels square, of a strength from 0 (an empty ring) to 4; not to be drawn on."""
    return _glow(mix(palette.accent, palette.light, 0.35), palette.soft_ink, strength, max(8, size))


@lru_cache(maxsize=64)
def _glow(colour: Colour, ring: Colour, strength: int, size: int) -> pygame.Surface:
    picture = pygame.Surface((size, size), pygame.SRCALPHA)
    if not strength:
        pygame.draw.circle(picture, (*ring, 150), (size / 2, size / 2), size * 0.16, max(1, size // 20))
        return picture
    ys, xs = np.mgrid[0:size, 0:size] + 0.5
    away = np.hypot(xs - size / 2, ys - size / 2) / (size / 2 * _REACH[strength])
    solid = np.clip(1.25 - 1.25 * away, 0.0, 1.0) ** 1.2 * _SOLID[strength]
    picture.fill((*colour, 0))
    alpha = pygame.surfarray.pixels_alpha(picture)
    alpha[:] = solid.T.astype(np.uint8)
    del alpha  # unlocks the surface
    return picture
