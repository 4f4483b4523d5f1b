"""Rasters of channels: which pixels of a picture a channel covers, and where along and across it each of them lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.geography.channel import resampled

Floats = NDArray[np.float32]

_CROWDED = 1200
"""More pixels than this around every step of a curve are looked at one step after the other."""

_TIGHTEST, _ERROR = 30.0, 0.2
"""The radius of the tightest bends in world units, and by how many pixels a straight step may cut one."""


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
    if (2 * side + 1) ** 2 > _CROWDED:
        return _step_by_step(path, lengths, travelled, scale, shape, reach * scale)
    box = np.arange(-side, side + 1)
    columns, rows = middles[:, :1] + box, middles[:, 1:] + box
    x = (columns + 0.5 - starts[:, :1]).astype(np.float32)[:, None, :]
    y = (rows + 0.5 - starts[:, 1:]).astype(np.float32)[:, :, None]
    unit = (steps / lengths[:, None]).astype(np.float32)[:, :, None, None]
    # few arrays of the whole size, since this is most of what baking takes
    beyond = x * unit[:, 0] + y * unit[:, 1]
    aside = y * unit[:, 0] - x * unit[:, 1]
    on = np.clip(beyond, 0.0, lengths.astype(np.float32)[:, None, None])
    beyond -= on
    square = beyond * beyond + aside * aside
    inside_x, inside_y = (columns >= 0) & (columns < shape[1]), (rows >= 0) & (rows < shape[0])
    keep = (square <= (reach * scale) ** 2) & inside_x[:, None, :] & inside_y[:, :, None]
    segment, row, column = np.nonzero(keep)
    distance = np.sqrt(square[keep])
    along = (travelled[segment] + on[keep]).astype(np.float32)
    across = np.copysign(distance, aside[keep])
    rows, columns = rows[segment, row], columns[segment, column]
    # a pixel met by several steps of the curve belongs to the nearest: sort by pixel, then by distance
    flat = rows * shape[1] + columns
    fine = 1 << 20
    order = np.argsort(flat * fine + (distance * (0.999 * fine / (reach * scale))).astype(np.int64), kind="stable")
    flat = flat[order]
    first = np.ones(len(flat), dtype=bool)
    first[1:] = flat[1:] != flat[:-1]
    order = order[first]
    return Ribbon(
        rows[order].astype(np.int32),
        columns[order].astype(np.int32),
        (along[order] / scale).astype(np.float32),
        (across[order] / scale).astype(np.float32),
    )


def _step_by_step(
    path: NDArray[np.float64],
    lengths: NDArray[np.float64],
    travelled: NDArray[np.float64],
    scale: float,
    shape: tuple[int, int],
    reach: float,
) -> Ribbon:
    """The ribbon of a path in pixels, found one step of the curve after the other, each in the box around it.

    It gives what looking at all steps at once gives, and takes a quarter of the time where there are many pixels.
    """
    low = np.floor(np.minimum(path[:-1], path[1:]) - reach - 0.5).astype(np.int64).clip(0, shape[::-1])
    high = np.ceil(np.maximum(path[:-1], path[1:]) + reach + 0.5).astype(np.int64).clip(0, shape[::-1])
    # only as much of the picture as the curve needs, which may be a small part of it
    corner, end = low.min(axis=0), high.max(axis=0)
    boxes = np.hstack([low - corner, high - corner]).tolist()
    (first_column, first_row), (width, height) = corner.tolist(), (end - corner).tolist()
    nearest = np.full((height, width), reach * reach, dtype=np.float32)
    along, aside = np.zeros((2, height, width), dtype=np.float32)
    met = np.zeros((height, width), dtype=np.bool_)
    x = np.arange(first_column, first_column + width, dtype=np.float32) + np.float32(0.5)
    y = (np.arange(first_row, first_row + height, dtype=np.float32) + np.float32(0.5))[:, None]
    directions = (np.diff(path, axis=0) / lengths[:, None]).astype(np.float32)
    for k, (left, top, right, bottom) in enumerate(boxes):
        box = (slice(top, bottom), slice(left, right))
        to_x, to_y = x[box[1]] - np.float32(path[k, 0]), y[box[0]] - np.float32(path[k, 1])
        beyond = to_x * directions[k, 0] + to_y * directions[k, 1]
        off = to_y * directions[k, 0] - to_x * directions[k, 1]
        on = np.clip(beyond, np.float32(0.0), np.float32(lengths[k]))
        beyond -= on
        square = beyond * beyond + off * off
        # where two steps meet they are equally near, and the earlier one keeps the pixel
        closer = square < nearest[box] * np.float32(1.0 - 4e-6)
        np.copyto(nearest[box], square, where=closer)
        np.copyto(along[box], on + np.float32(travelled[k]), where=closer)
        np.copyto(aside[box], off, where=closer)
        met[box] |= closer
    rows, columns = np.nonzero(met)
    across = np.copysign(np.sqrt(nearest[met]), aside[met])
    size = np.float32(scale)
    across = np.asarray(across / size, dtype=np.float32)
    rows, columns = (rows + first_row).astype(np.int32), (columns + first_column).astype(np.int32)
    return Ribbon(rows, columns, along[met] / size, across)


def eased(course: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """The course in steps as long as bends allow when a picture shows ``scale`` pixels a world unit."""
    length = float(np.hypot(*np.diff(course, axis=0).T).sum())
    step = math.sqrt(8 * _TIGHTEST * _ERROR / scale)
    return resampled(course, max(2, math.ceil(length / step) + 1)) if step * (len(course) - 1) > length else course


@dataclass(frozen=True, eq=False)
class Waterways:
    """All channels of a picture, lane by lane.

    ``pixels`` are flat pixel numbers and ``texels`` the matching numbers in a lane's pattern (row along, column
    across); those of lane k are ``starts[k]:starts[k + 1]``, and they lie in columns ``bounds[k, 0]`` to ``[k, 1]`` and
    rows ``[k, 2]`` to ``[k, 3]``, the last ones included.  ``texture`` is the pattern's (columns across, samples a
    world unit).
    """

    pixels: NDArray[np.int32]
    texels: NDArray[np.int32]
    starts: NDArray[np.int64]
    bounds: NDArray[np.int32]
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
    bounds = np.tile(np.array([0, -1, 0, -1], dtype=np.int32), (len(courses), 1))
    for k, course in enumerate(courses):
        strip = ribbon(eased(course, scale), scale, corner, shape, reach)
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
        if len(strip.rows):
            bounds[k] = strip.columns.min(), strip.columns.max(), strip.rows.min(), strip.rows.max()
        column = np.clip(np.floor((strip.across[wins] + reach) * samples), 0, columns - 1).astype(np.int32)
        texel[taken] = row * columns + column
    covered = np.flatnonzero(owner >= 0)
    order = np.argsort(owner[covered], kind="stable")
    pixels = covered[order]
    starts = np.searchsorted(owner[pixels], np.arange(len(courses) + 1))
    return Waterways(pixels.astype(np.int32), texel[pixels], starts.astype(np.int64), bounds, (columns, samples))
