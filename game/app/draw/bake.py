"""Baking: the heavy, palette-free part of the map, worked out once for a level and a window size.

``bake_world`` is a pure function of values that pickle and returns what pickles, so it can run in another process.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.app.draw.lens import NO_MARGINS, Margins, Region, region, whole_zoom, window_scale
from game.app.draw.raster import Waterways, waterways
from game.app.draw.terrain import LAND_RAMP, SEA_RAMP, TONES, Relief, codes, relief
from game.app.draw.tint import SEA_PHASES
from game.app.draw.water import REACH
from game.geography import Geography
from game.model import Level

CLOSE_ZOOM = 1.5
"""The camera's zoom at which the close sheet is sharp, for worlds that are not very large."""

_MOST_PIXELS = 9_500_000


@dataclass(frozen=True, eq=False)
class Sheet:
    """The world at one scale (pixels a world unit): ``codes`` of the land (rows, columns), the pixels of all channels,
    and those of the sea with their place in the sea's moving table."""

    scale: float
    codes: NDArray[np.uint16]
    water: Waterways
    sea_pixels: NDArray[np.int32]
    sea_texels: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class BakedWorld:
    """A world baked for a window ``size``: sheets from the smallest scale to the largest, all showing ``part``.

    ``trees`` has a row (x, y, size, kind) for each tree, from the top of the map down; ``lanes`` are the ids of the
    lanes in the order of every sheet's channels.
    """

    size: tuple[int, int]
    part: Region
    sheets: tuple[Sheet, ...]
    trees: NDArray[np.float32]
    lanes: tuple[str, ...]


def bake_world(
    level: Level, geo: Geography, size: tuple[int, int], margins: Margins = NO_MARGINS, close: float = CLOSE_ZOOM
) -> BakedWorld:
    """The baked world of a laid-out level for a window of ``size`` pixels that keeps its margins free.

    It is sharp when it is seen whole and at the zoom ``close``.
    """
    part = region(geo, size, margins)
    land = relief(geo, part)
    lanes = tuple(lane.id for lane in level.lanes)
    courses = [geo.channels[lane].points for lane in lanes]
    sheets = tuple(_sheet(land, part, scale, courses) for scale in sheet_scales(geo, size, margins, close))
    return BakedWorld(size, part, sheets, _trees(land, courses, geo), lanes)


def sheet_scales(
    geo: Geography, size: tuple[int, int], margins: Margins = NO_MARGINS, close: float = CLOSE_ZOOM
) -> tuple[float, float]:
    """The scales of the two sheets: the whole world, and close by, in pixels a world unit."""
    whole = window_scale(size) * whole_zoom(geo, margins)
    part = region(geo, size, margins)
    most = math.sqrt(_MOST_PIXELS / (part.width * part.height))
    return whole, max(whole * 1.2, min(close * window_scale(size), most))


def _sheet(land: Relief, part: Region, scale: float, courses: list[NDArray[np.float64]]) -> Sheet:
    shape = (math.ceil(part.height * scale - 1e-6), math.ceil(part.width * scale - 1e-6))
    painted = codes(land, part, scale, shape)
    water = waterways(courses, scale, (part.left, part.top), shape, REACH)
    sea = np.flatnonzero(painted.ravel() >= LAND_RAMP * TONES)
    depth = painted.ravel()[sea].astype(np.int64) // TONES - LAND_RAMP
    rows = sea // shape[1]
    phase = np.floor(SEA_PHASES * (0.5 + 0.5 * np.sin(rows / scale / 47.0)) * 0.999).astype(np.int64)
    return Sheet(scale, painted, water, sea.astype(np.int32), (phase * SEA_RAMP + depth).astype(np.int32))


def _trees(land: Relief, courses: list[NDArray[np.float64]], geo: Geography) -> NDArray[np.float32]:
    """Trees in the woods of the middle levels, none near water, scattered by chance that depends on the world alone."""
    chance = np.random.default_rng(land.seed + 1)
    step = 13.0
    x, y = np.meshgrid(np.arange(land.x[0], land.x[-1], step), np.arange(land.y[0], land.y[-1], step))
    x = x.ravel() + (chance.random(x.size) - 0.5) * step * 1.5
    y = y.ravel() + (chance.random(y.size) - 0.5) * step * 1.5
    column = np.clip(np.rint((x - land.x[0]) / (land.x[1] - land.x[0])).astype(int), 0, len(land.x) - 1)
    row = np.clip(np.rint((y - land.y[0]) / (land.y[1] - land.y[0])).astype(int), 0, len(land.y) - 1)
    height, wood = land.height[row, column], land.wood[row, column]
    stands = (height > 1.25) & (height < 6.4) & (wood > 0.76) & (land.inland[row, column] > 20)
    stands &= chance.random(x.size) < 0.3 + 1.2 * (wood - 0.76)
    size, kind = 0.78 + 0.62 * chance.random(x.size) ** 2, chance.integers(0, 2, x.size)
    trees = np.column_stack([x, y, size, kind])[stands]
    return trees[np.argsort(trees[:, 1], kind="stable")].astype(np.float32)
