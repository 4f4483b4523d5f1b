"""Smooth noise: cubic B-splines over coarse grids of chance, evaluated as two matrix products."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def spline_rows(positions: NDArray[np.float64], count: int) -> Floats:
    """Weights of the uniform cubic B-spline with ``count`` coefficients at ``positions``, in grid cells from the first.

    Shape (len(positions), count); each row sums to 1; positions beyond the grid lean on its outermost coefficients.
    """
    cell = np.floor(positions).astype(np.int64)
    t = (positions - cell)[:, None]
    weights = (
        np.concatenate([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3], axis=1) / 6.0
    )
    rows = np.zeros((len(positions), count), dtype=np.float32)
    index = np.arange(len(positions))
    for k in range(4):
        np.add.at(rows, (index, np.clip(cell - 1 + k, 0, count - 1)), weights[:, k].astype(np.float32))
    return rows


class NoiseField:
    """Noise from 0 to 1 that is a function of world position alone, so every window shows the same hills.

    ``extent`` is (left, top, right, bottom) in world units; outside it the noise stays as at its edge.
    """

    def __init__(self, extent: tuple[float, float, float, float], seed: int) -> None:
        self._extent, self._seed = extent, seed

    def at(self, x: NDArray[np.float64], y: NDArray[np.float64], cell: float, stream: int) -> Floats:
        """Noise with features of about ``cell`` world units on the grid of ``y`` by ``x``; shape (len(y), len(x))."""
        left, top, right, bottom = self._extent
        across, down = int((right - left) / cell) + 4, int((bottom - top) / cell) + 4
        grid = np.random.default_rng([self._seed, stream]).random((down, across), dtype=np.float32)
        smooth = spline_rows((y - top) / cell + 1, down) @ grid @ spline_rows((x - left) / cell + 1, across).T
        # a B-spline flattens: stretch it back to fill 0 to 1
        return np.clip((smooth - 0.5) * 1.75 + 0.5, 0.0, 1.0).astype(np.float32)
