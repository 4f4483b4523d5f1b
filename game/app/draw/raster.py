"""Rasters of channels: which pixels of a picture a channel covers, and where along and across it each of them lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Ribbon:
    """The pixels near one curve.

    ``rows`` and ``columns`` (int32), ``along`` (distance from the curve's beginning) and ``across`` (distance from the
    curve, positive on the right-hand side), the last two in world units; all of shape (n,).
    """

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    along: Floats
    across: Floats


def ribbon(
    points: NDArray[np.float64], scale: float, corner: tuple[float, float], shape: tuple[int, int], reach: float
) -> Ribbon:
    """The pixels within ``reach`` world units of a polyline, in a picture of ``shape`` (rows, columns).

    The picture shows ``scale`` pixels a world unit with the world point ``corner`` in its top left corner.
    """
    path = (points - corner) * scale
    starts, steps = path[:-1], np.diff(path, axis=0)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    travelled = np.concatenate([[0.0], np.cumsum(lengths)])
    side = math.ceil(reach * scale + lengths.max() / 2) + 1
    middles = np.floor(starts + steps / 2).astype(np.int64)
    box = np.arange(-side, side + 1)
    columns = middles[:, 0, None, None] + box[None, None, :] + np.zeros((1, len(box), 1), dtype=np.int64)
    rows = middles[:, 1, None, None] + box[None, :, None] + np.zeros((1, 1, len(box)), dtype=np.int64)
    x = (columns + 0.5 - starts[:, 0, None, None]).astype(np.float32)
    y = (rows + 0.5 - starts[:, 1, None, None]).astype(np.float32)
    unit = (steps / lengths[:, None]).astype(np.float32)[:, :, None, None]
    t = x * unit[:, 0] + y * unit[:, 1]
    v = y * unit[:, 0] - x * unit[:, 1]
    t_on = np.clip(t, 0.0, lengths.astype(np.float32)[:, None, None])
    distance = np.hypot(t - t_on, v)
    keep = (distance <= reach * scale) & (columns >= 0) & (columns < shape[1]) & (rows >= 0) & (rows < shape[0])
    along = (travelled[:-1, None, None] + t_on)[keep].astype(np.float32)
    distance = distance[keep]
    across = np.where(v[keep] >= 0, distance, -distance)
    rows, columns = rows[keep], columns[keep]
    # a pixel met by several steps of the curve belongs to the nearest: sort by pixel, then by distance
    order = np.lexsort((distance, rows * shape[1] + columns))
    flat = (rows * shape[1] + columns)[order]
    first = np.ones(len(flat), dtype=bool)
    first[1:] = flat[1:] != flat[:-1]
    order = order[first]
    return Ribbon(
        rows[order].astype(np.int32),
        columns[order].astype(np.int32),
        (along[order] / scale).astype(np.float32),
        (across[order] / scale).astype(np.float32),
    )


@dataclass(frozen=True, eq=False)
class Waterways:
    """All channels of a picture, lane by lane.

    ``pixels`` are flat pixel numbers and ``texels`` the matching numbers in a lane's pattern (row along, column
    across); those of lane k are ``starts[k]:starts[k + 1]``.  ``texture`` is the pattern's (columns across, samples a
    world unit).
    """

    pixels: NDArray[np.int32]
    texels: NDArray[np.int32]
    starts: NDArray[np.int64]
    texture: tuple[int, float]


def waterways(
    courses: list[NDArray[np.float64]], scale: float, corner: tuple[float, float], shape: tuple[int, int], reach: float
) -> Waterways:
    """The pixels of all channels, each given to one lane.

    Where two lanes meet near their ends a pixel goes to the nearer; where they cross on their way the later lane of
    the list runs over the earlier one.
    """
    samples = 2.0 * scale
    columns = math.ceil(2 * reach * samples)
    owner = np.full(shape[0] * shape[1], -1, dtype=np.int32)
    cost = np.full(shape[0] * shape[1], np.inf, dtype=np.float32)
    texel = np.zeros(shape[0] * shape[1], dtype=np.int32)
    for k, course in enumerate(courses):
        strip = ribbon(course, scale, corner, shape, reach)
        flat = strip.rows.astype(np.int64) * shape[1] + strip.columns
        length = float(np.hypot(*np.diff(course, axis=0).T).sum())
        from_end = np.minimum(strip.along, length - strip.along)
        over = np.clip((from_end - 46.0) / 10.0, 0.0, 1.0) * (k + 1) * 64.0
        own = np.abs(strip.across) - over
        wins = own < cost[flat]
        taken = flat[wins]
        cost[taken] = own[wins]
        owner[taken] = k
        row = np.floor(strip.along[wins] * samples).astype(np.int32)
        column = np.clip(np.floor((strip.across[wins] + reach) * samples), 0, columns - 1).astype(np.int32)
        texel[taken] = row * columns + column
    covered = np.flatnonzero(owner >= 0)
    order = np.argsort(owner[covered], kind="stable")
    pixels = covered[order]
    starts = np.searchsorted(owner[pixels], np.arange(len(courses) + 1))
    return Waterways(pixels.astype(np.int32), texel[pixels], starts.astype(np.int64), (columns, samples))
