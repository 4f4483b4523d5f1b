"""Tints: the tables that turn the codes of the land and of the sea into a palette's colours."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.terrain import LAND_RAMP, SEA_RAMP, SHADES, SHORE, STEPS, TONES

_DEEPEST = 0.74
_BRIGHTEST = 0.72
SURF = (max(0, int(2 * (SHORE - 2.0))), min(SEA_RAMP, int(2 * (SHORE + 17.5))))
"""Between which steps of the sea's ramp there is ever foam."""

SEA_PHASES = 16
"""How many rows of the coast move in their own time."""


def packed(colours: NDArray[np.floating]) -> NDArray[np.uint32]:
    """Colours of shape (…, 3), 0 to 255, as pixels of a surface without alpha; shape (…)."""
    whole = np.clip(np.rint(colours), 0, 255).astype(np.uint32)
    return np.asarray(whole[..., 0] << 16 | whole[..., 1] << 8 | whole[..., 2], dtype=np.uint32)


def land_tint(palette: Palette) -> NDArray[np.uint32]:
    """The colour of every code of the land and the still sea; shape ((LAND_RAMP + SEA_RAMP) * TONES,)."""
    ramp = np.concatenate([_land_ramp(palette), sea_ramp(palette, 0.0, 0.0)])
    shade = np.minimum(np.arange(SHADES) / (SHADES - 1), 1.0)[None, :, None] * _DEEPEST
    under = ramp * np.array(palette.shadow) / 255
    dark = ramp[:, None, :] * (1 - shade) + under[:, None, :] * shade
    light = (np.arange(1, TONES - SHADES + 1) / (TONES - SHADES))[None, :, None] * _BRIGHTEST
    bright = ramp[:, None, :] * (1 - light) + np.array(palette.shine) * light
    return packed(np.concatenate([dark, bright], axis=1)).ravel()


def _land_ramp(palette: Palette) -> NDArray[np.float64]:
    levels = np.array(palette.land, dtype=np.float64)
    at = np.arange(LAND_RAMP) / STEPS
    return np.column_stack([np.interp(at, np.arange(8), levels[:, c]) for c in range(3)])


def sea_ramp(palette: Palette, time: float, phase: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Colours from the beach out to sea, half a world unit each, at a moment; shape (…, SEA_RAMP, 3) for phases (…)."""
    return _lapped(_still_sea(palette), np.arange(SEA_RAMP) / 2 - SHORE, palette, time, phase)


def _still_sea(palette: Palette) -> NDArray[np.float64]:
    """Colours from the beach out to sea without any foam; shape (SEA_RAMP, 3)."""
    out = np.arange(SEA_RAMP) / 2 - SHORE
    wet = mix(palette.land[0], palette.bed, 0.8)
    stops: list[tuple[float, Colour]] = [
        (-SHORE, palette.land[0]), (-2.2, mix(palette.land[0], palette.bed, 0.5)), (-0.8, wet),
        (0.4, mix(palette.sea[0], palette.foam, 0.12)), (8.0, palette.sea[0]),
        (34.0, mix(palette.sea[0], palette.sea[1], 0.75)), (60.0, palette.sea[1]),
    ]  # fmt: skip
    at = [stop[0] for stop in stops]
    return np.column_stack([np.interp(out, at, [stop[1][c] for stop in stops]) for c in range(3)])


def _lapped(
    ramp: NDArray[np.float64],
    out: NDArray[np.float64],
    palette: Palette,
    time: float,
    phase: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """Colours of the sea ``out`` world units from the beach with its lines of foam; shape (…, n, 3) for phases (…)."""
    phase = np.asarray(phase, dtype=np.float64)[..., None]
    swing = np.sin(2 * np.pi * (time / 7.0 + phase))
    lap = np.sin(2 * np.pi * (time / 5.0 + phase * 2))
    foam = np.array(palette.foam if palette.night < 0.5 else palette.shine, dtype=np.float64)
    lines = ((0.3 + 0.5 * lap, 1.2, 0.85), (6.6 + 1.0 * swing, 0.55, 0.62), (14.0 + 1.8 * swing, 0.55, 0.34))
    for line, half, strength in lines:
        cover = np.clip(half + 0.5 - np.abs(out - line), 0.0, 1.0)[..., None] * strength
        ramp = ramp * (1 - cover) + foam * cover
    return ramp


def sea_tints(palette: Palette, time: float) -> NDArray[np.uint32]:
    """The sea's colours at a moment, for every phase of the coast; shape (SEA_PHASES * SEA_RAMP,)."""
    still, (first, end) = _far_sea(palette), SURF
    tints, out = still[0].copy(), np.arange(first, end) / 2 - SHORE
    phases = np.arange(SEA_PHASES) / SEA_PHASES
    tints[:, first:end] = packed(_lapped(still[1][first:end], out, palette, time, phases))
    return tints.ravel()


@lru_cache(maxsize=16)
def _far_sea(palette: Palette) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """The sea without any foam: its tints for every phase, shape (SEA_PHASES, SEA_RAMP), and its ramp."""
    ramp = _still_sea(palette)
    return np.tile(packed(ramp), (SEA_PHASES, 1)), ramp
