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

_APART, _PARTED, _SIDE_BY_SIDE = 46.0, 190.0, 0.8
"""How far from a place two lanes are parting, however aslant, and nearly side by side, in world units; the cosine of
how aslant that is."""

_STRIDE, _FINE = 6.0, 4.0  # world units between the ways that are known of a lane; steps of a distance to a unit

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
    low = np.floor(np.minimum(path[:-1], path[1:]) - reach - 0.5).astype(np.int64)
    high = np.ceil(np.maximum(path[:-1], path[1:]) + reach + 0.5).astype(np.int64)
    # only the part of the picture that the path lies in is looked at
    corner = np.clip(low.min(axis=0), 0, shape[::-1])
    low, high = (np.clip(each, corner, shape[::-1]) - corner for each in (low, high))
    path, shape = path - corner, (int(high[:, 1].max()), int(high[:, 0].max()))
    boxes = np.hstack([low, high]).tolist()
    nearest = np.full(shape, reach * reach, dtype=np.float32)
    along, aside = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    met = np.zeros(shape, dtype=np.bool_)
    x = np.arange(shape[1], dtype=np.float32) + np.float32(0.5)
    y = (np.arange(shape[0], dtype=np.float32) + np.float32(0.5))[:, None]
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
    at = np.flatnonzero(met)
    rows, columns = at // max(1, shape[1]) + corner[1], at % max(1, shape[1]) + corner[0]
    nearest, along, aside = (each.reshape(-1)[at] for each in (nearest, along, aside))
    across = np.copysign(np.sqrt(nearest), aside)
    size = np.float32(scale)
    across = np.asarray(across / size, dtype=np.float32)
    return Ribbon(rows.astype(np.int32), columns.astype(np.int32), along / size, across)


def eased(course: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """The course in steps as long as bends allow when a picture shows ``scale`` pixels a world unit."""
    length = float(np.hypot(*np.diff(course, axis=0).T).sum())
    step = math.sqrt(8 * _TIGHTEST * _ERROR / scale)
    return resampled(course, max(2, math.ceil(length / step) + 1)) if step * (len(course) - 1) > length else course


class Claims:
    """Which lane each pixel of a picture goes to, as one lane after another claims those near it.

    ``lane`` (int16, one for each pixel) is the number of the lane, -1 where there is none.
    """

    def __init__(self, courses: list[NDArray[np.float64]], pixels: int) -> None:
        self.lane = np.full(pixels, -1, dtype=np.int16)
        self._along = np.zeros(pixels, dtype=np.uint16)
        self._away = np.full(pixels, np.inf, dtype=np.float16)
        self._length = np.array([float(np.hypot(*np.diff(course, axis=0).T).sum()) for course in courses])
        ends = np.array([np.concatenate([course[0], course[-1]]) for course in courses]).reshape(-1, 2)
        self._ends = np.unique(np.rint(ends), axis=0, return_inverse=True)[1].reshape(-1, 2)
        counts = [max(2, math.ceil(length / _STRIDE) + 1) for length in self._length.tolist()]
        self._first = np.cumsum([0, *counts])[:-1]
        lines = [resampled(course, count) for course, count in zip(courses, counts, strict=True)]
        steps = [np.gradient(line, axis=0) for line in lines]
        self._way = np.concatenate([step / np.maximum(np.hypot(*step.T), 1e-9)[:, None] for step in steps or [ends]])
        self._stride = self._length / np.maximum(np.array(counts) - 1, 1)

    def claim(self, k: int, pixels: NDArray[np.int64], strip: Ribbon) -> NDArray[np.bool_]:
        """Which pixels of a ribbon, given by their numbers, go to lane ``k``: they are its own from now on."""
        wins = np.ones(len(pixels), dtype=bool)
        met = np.flatnonzero(self.lane[pixels] >= 0)
        if len(met):
            there, along, away = pixels[met], strip.along[met], np.abs(strip.across[met])
            other = self.lane[there].astype(np.int64)
            their_along = np.asarray(self._along[there] / _FINE, dtype=np.float32)
            their_away = self._away[there].astype(np.float32)
            over = self._over(k, along, other, their_along)
            wins[met] = away - their_away < over
        taken = pixels[wins]
        self.lane[taken] = k
        self._along[taken] = np.minimum(strip.along[wins] * _FINE, 65535)
        self._away[taken] = np.abs(strip.across[wins])
        return wins

    def _over(
        self, k: int, along: Floats, other: NDArray[np.int64], their_along: Floats
    ) -> NDArray[np.float64]:  # fmt: skip
        """How high lane ``k`` lies over the others that it meets: not at all near a place at which both end.

        Where both part from there nearly side by side it does not for a long way.
        """
        far = np.full(len(along), np.inf)
        for mine, out in enumerate((along, self._length[k] - along)):
            for theirs, their_out in enumerate((their_along, self._length[other] - their_along)):
                one_place = self._ends[other, theirs] == self._ends[k, mine]
                far = np.where(one_place, np.minimum(far, np.maximum(out, their_out)), far)
        ways = []
        for lane, at in ((np.full(len(other), k), along), (other, their_along)):
            ways.append(self._way[self._first[lane] + np.rint(at / self._stride[lane]).astype(np.int64)])
        parting = (far < _PARTED) & (np.abs((ways[0] * ways[1]).sum(axis=1)) > _SIDE_BY_SIDE)
        return np.where(parting, 0.0, np.clip((far - _APART) / 10.0, 0.0, 1.0) * (k - other) * 64.0)


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

    Where two lanes meet near their ends, or part slowly from one place, a pixel goes to the nearer; where they cross on
    their way the later lane of the list runs over the earlier one.
    """
    samples = 2.0 * scale
    columns = math.ceil(2 * reach * samples)
    claims = Claims(courses, shape[0] * shape[1])
    texel = np.zeros(shape[0] * shape[1], dtype=np.int32)
    bounds = np.tile(np.array([0, -1, 0, -1], dtype=np.int32), (len(courses), 1))
    for k, course in enumerate(courses):
        strip = ribbon(eased(course, scale), scale, corner, shape, reach)
        flat = strip.rows.astype(np.int64) * shape[1] + strip.columns
        wins = claims.claim(k, flat, strip)
        taken = flat[wins]
        row = np.floor(strip.along[wins] * samples).astype(np.int32)
        if len(strip.rows):
            bounds[k] = strip.columns.min(), strip.columns.max(), strip.rows.min(), strip.rows.max()
        column = np.clip(np.floor((strip.across[wins] + reach) * samples), 0, columns - 1).astype(np.int32)
        texel[taken] = row * columns + column
    covered = np.flatnonzero(claims.lane >= 0)
    order = np.argsort(claims.lane[covered], kind="stable")
    pixels = covered[order]
    starts = np.searchsorted(claims.lane[pixels], np.arange(len(courses) + 1))
    return Waterways(pixels.astype(np.int32), texel[pixels], starts.astype(np.int64), bounds, (columns, samples))
