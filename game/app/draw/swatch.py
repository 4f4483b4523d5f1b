"""Swatches: small pills of channel for legends and readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.palette import Palette
from game.app.draw.panel import rounded
from game.app.draw.water import PERIOD, REACH, Look, pattern, pattern_steps
from game.app.draw.water_scale import water_speed


def water_swatch(
    palette: Palette, wetness: float, size: tuple[int, int], time: float = 0.0, constant: bool = False
) -> pygame.Surface:
    """A pill of channel of ``size`` pixels, its water flowing to the right; shared, do not draw on it."""
    samples = max(1, size[1]) / (2 * REACH)
    rows = round(PERIOD * samples)
    shift = round(water_speed(wetness) * (0.25 if constant else 1.0) * time * samples) % rows
    return _pill(palette, Look(round(wetness, 3), constant), (max(2, size[0]), max(2, size[1])), shift)


def prepare_swatches(palette: Palette, looks: Iterable[Look], high: int) -> Iterator[None]:
    """Make what pills of these looks, ``high`` pixels high, are cut from, a little at every step."""
    high = max(2, high)
    for look in looks:
        for stakes in (False, True) if look.constant else (False,):
            yield from pattern_steps(palette, look, high, high / (2 * REACH), stakes)


@lru_cache(maxsize=400)
def _pill(palette: Palette, look: Look, size: tuple[int, int], shift: int) -> pygame.Surface:
    samples = size[1] / (2 * REACH)
    texture = pattern(palette, look, size[1], samples, stakes=False)
    rows = np.arange(size[0])
    shown = texture[(rows - shift) % len(texture)]
    if look.constant:
        # its stakes stand while the water goes by
        staked, bare = (each[rows % len(each)] for each in (pattern(palette, look, size[1], samples), texture))
        shown = np.where(staked != bare, staked, shown)
    pill = pygame.Surface(size, pygame.SRCALPHA)
    view = pygame.surfarray.pixels2d(pill)
    view[:] = shown | np.uint32(0xFF000000)
    del view
    pill.blit(rounded(size, size[1] // 2, (255, 255, 255)), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return pill
