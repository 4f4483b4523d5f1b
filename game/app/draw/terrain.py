"""The land: a height field cut into eight levels of paper, lit from the upper left, with a coast on the right.

Every pixel becomes a *code*, ``ramp * TONES + tone``: where it lies between the levels (or how far into the sea), and
how much shadow or light falls on it.  A palette turns codes into colours with one table, so one world serves all.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.app.draw.lens import Region
from game.app.draw.nearness import distances
from game.app.draw.noise import NoiseField, Spline
from game.geography import Geography

Floats = NDArray[np.float32]

STEPS = 16
"""Ramp entries from one level of land to the next."""

LAND_RAMP = 7 * STEPS + 1
SEA_RAMP = 136
"""Ramp entries of the shore and the sea, half a world unit each, from ``SHORE`` units inland outwards."""

SHORE = 8.0
TONES = 48
SHADES = 32
"""Tones 0 to 31 are shadow, the others light."""

CELL = 8.0
"""The step of the coarse grid on which land is worked out, in world units."""

_MARGIN = 64.0

_GULF_REACH = 545.0
"""How far the land goes on to the right of the world, in world units, beside the gulf that the last places lie on."""

_GULF = (118.0, 262.0)
"""How far above and below the last places the gulf's shores begin to part, and where they are fully apart."""


@dataclass(frozen=True, eq=False)
class Relief:
    """The land on a coarse grid of shape (len(y), len(x)): height in levels, distance inland, where woods stand."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    height: Floats
    inland: Floats
    wood: Floats
    seed: int


def relief(geo: Geography, part: Region, cell: float = CELL) -> Relief:
    """The land around the channels of ``geo`` in a part of the world, on a grid with ``cell`` world units a step."""
    seed = zlib.crc32(repr(sorted((k, round(x), round(y)) for k, (x, y) in geo.places.items())).encode())
    x = np.arange(part.left - _MARGIN, part.left + part.width + _MARGIN + cell, cell)
    y = np.arange(part.top - _MARGIN, part.top + part.height + _MARGIN + cell, cell)
    width, height = geo.size
    noise = NoiseField((-width, -height, 2 * width, 2 * height), seed)
    water = np.concatenate([np.empty((0, 2)), *(channel.points for channel in geo.channels.values())])
    # a ring of points around each place keeps a little more land flat there
    turns = np.arange(8) * (np.pi / 4)
    ring = 13.0 * np.column_stack([np.cos(turns), np.sin(turns)])
    places = (np.array(list(geo.places.values()))[:, None, :] + ring).reshape(-1, 2)
    away = distances(np.concatenate([water, places]), x, y)
    inland = _inland(geo, water, noise, x, y)
    return Relief(x, y, _heights(away, inland, noise, x, y), inland, noise.at(x, y, 66.0, 9), seed)


def _heights(away: Floats, inland: Floats, noise: NoiseField, x: NDArray[np.float64], y: NDArray[np.float64]) -> Floats:
    """Heights in levels: flat beside water and the sea, terraces beyond, high where the broad noise is high."""
    broad, middle, fine = noise.at(x, y, 210.0, 1), noise.at(x, y, 74.0, 2), noise.at(x, y, 34.0, 3)
    sway = np.clip((away - 26.0) / 46.0, 0.0, 1.0)
    d = _softened(away) - 26.0 - 12.0 * noise.at(x, y, 130.0, 4) + sway * (38.0 * (middle - 0.5) + 17.0 * (fine - 0.5))
    rise = d / (6.2 + 0.1 * np.clip(d, 0.0, 150.0))
    top = 1.5 + 7.0 * broad**1.1 + 2.3 * (middle - 0.5) + 0.7 * (fine - 0.5)
    high = _lesser(np.asarray(rise, np.float32), np.asarray(top, np.float32), 0.55)
    beach = (inland - 15.0 + 26.0 * (noise.at(x, y, 95.0, 7) - 0.35)) / 8.0
    return np.asarray(_lesser(high, np.asarray(beach, np.float32), 0.4) + 0.4, dtype=np.float32)


def _lesser(a: Floats, b: Floats, round_: float) -> Floats:
    """The lesser of two heights, with the crease between them rounded over about ``round_`` levels."""
    return np.asarray(-round_ * np.logaddexp(-a / round_, -b / round_), dtype=np.float32)


def _softened(field: Floats) -> Floats:
    """A field blurred over two or three cells, so that the ridges between channels have no sharp creases."""
    weights = np.array([1.0, 4.0, 6.0, 4.0, 1.0], dtype=np.float32) / 16
    for axis in (0, 1):
        wide = np.pad(field, [(2, 2) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        parts = [np.take(wide, np.arange(k, k + field.shape[axis]), axis=axis) * weights[k] for k in range(5)]
        field = np.asarray(sum(parts), dtype=np.float32)
    return field


def _inland(
    geo: Geography, water: NDArray[np.float64], noise: NoiseField, x: NDArray[np.float64], y: NDArray[np.float64]
) -> Floats:
    """The distance to the coast, positive on land; the coast keeps to the right of every channel."""
    width = geo.size[0]
    sway = noise.at(np.array([width]), y, 150.0, 5)[:, 0] - 0.5
    small = noise.at(np.array([width]), y, 44.0, 6)[:, 0] - 0.5
    coast = width - 56.0 + 64.0 * sway + 14.0 * small + _gulf(geo, y, 110.0 * sway + 50.0 * small)
    ordered = water[np.argsort(water[:, 1], kind="stable")]
    first = np.searchsorted(ordered[:, 1], y - 40.0, side="right")
    end = np.searchsorted(ordered[:, 1], y + 40.0, side="left")
    farthest = np.array([ordered[a:b, 0].max(initial=-np.inf) for a, b in zip(first, end, strict=True)]) + 34.0
    coast = np.maximum(coast, np.minimum(farthest, width + 60.0))
    coast = np.convolve(np.pad(coast, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    slope = np.gradient(coast, y)
    return ((coast[:, None] - x[None, :]) / np.sqrt(1 + slope[:, None] ** 2)).astype(np.float32)


def _gulf(geo: Geography, y: NDArray[np.float64], sway: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the coast draws back at each height: not at the places farthest right, far above and below them.

    ``sway`` moves the shores up and down at each height, in world units; the head of the gulf stays where it is.
    """
    places = np.array(list(geo.places.values()))
    last = places[places[:, 0] > places[:, 0].max() - 120.0, 1]
    away = np.abs(y[:, None] - last[None, :]).min(axis=1)
    away += sway * np.clip(away / _GULF[1], 0.0, 1.0)
    part = np.clip((away - _GULF[0]) / (_GULF[1] - _GULF[0]), 0.0, 1.0)
    return np.asarray(_GULF_REACH * part**2 * (3.0 - 2.0 * part))


def codes(land: Relief, part: Region, scale: float, shape: tuple[int, int]) -> NDArray[np.uint16]:
    """The code of every pixel of a picture of ``shape`` (rows, columns) showing ``part`` at ``scale`` pixels a unit."""
    cell = land.x[1] - land.x[0]
    across = Spline((part.left + (np.arange(shape[1]) + 0.5) / scale - land.x[0]) / cell, len(land.x))
    height, inland = across.columns(land.height), across.columns(land.inland)
    made = np.empty(shape, dtype=np.uint16)
    reach = max(1, round(8.5 * scale))
    chance = np.random.default_rng(land.seed)
    # in bands of rows, so that every array stays in the cache
    for top in range(0, shape[0], 128):
        count = min(128, shape[0] - top)
        lines = np.arange(top - reach, top + count + 1)
        down = Spline((part.top + (lines + 0.5) / scale - land.y[0]) / cell, len(land.y))
        made[top : top + count] = _band(down.rows(height), down.rows(inland), scale, reach, chance)
    return made


def _band(high: Floats, inland: Floats, scale: float, reach: int, chance: np.random.Generator) -> NDArray[np.uint16]:
    """Codes of the rows after the first ``reach`` and before the last, which only cast shadow and give slopes."""
    across = np.gradient(high, axis=1) if high.shape[1] > 1 else np.zeros_like(high)
    slope = np.hypot(np.gradient(high, axis=0), across)
    nearest = np.maximum(np.rint(high), 0.0)
    level = nearest - 1.0 + np.clip((high - nearest) / np.maximum(slope, 0.004) + 0.5, 0.0, 1.0)
    # above the highest level that has a colour of its own there are more sheets of the same paper
    level = np.clip(level, 0.0, 10.0)
    here = level[reach:-1]
    dark = np.zeros_like(here)
    offsets = 7
    for k in range(1, offsets + 1):
        step = k * 8.0 / offsets * scale
        down, right = max(1, round(step * 0.95)), max(1, round(step * 0.72))
        above = np.empty_like(here)
        above[:, right:] = level[reach - down : level.shape[0] - 1 - down, :-right]
        above[:, :right] = here[:, :right]
        dark += np.clip(above - here, 0.0, 1.35) * (1.0 - 0.55 * k / offsets)
    shade = np.minimum(dark / (offsets * 0.72), 1.0)
    lit = np.zeros_like(here)
    lit[:, 1:] = np.clip(here[:, 1:] - level[reach - 1 : -2, :-1], 0.0, 1.0)
    grain = chance.random(here.shape, dtype=np.float32)
    tone = np.clip(shade * (SHADES - 4) + 1.7 * grain, 0, SHADES - 1)
    light = SHADES + np.clip(lit * (TONES - SHADES - 1), 0, TONES - SHADES - 1)
    tone = np.where((lit > 0.12) & (shade < 0.3), light, tone)
    ramp = np.minimum(here, 7.0) * STEPS
    sea = inland[reach:-1]
    ramp = np.where(sea < SHORE, LAND_RAMP + np.clip((SHORE - sea) * 2.0, 0, SEA_RAMP - 1), ramp)
    tone = np.where(sea < SHORE, np.minimum(tone, 2.0), tone)
    return (np.rint(ramp).astype(np.uint16) * TONES + tone.astype(np.uint16)).astype(np.uint16)
