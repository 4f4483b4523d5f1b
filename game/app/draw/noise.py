"""Smooth noise: uniform cubic B-splines over coarse grids of chance.

Splines are evaluated by their four weights, not as matrix products, so the same numbers come out on every machine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Spline:
    """A cubic B-spline with ``count`` coefficients along one axis, ready to be evaluated at given positions.

    ``positions`` are in cells from the first coefficient; beyond the grid the outermost coefficients go on.
    """

    def __init__(self, positions: NDArray[np.float64], count: int) -> None:
        cell = np.floor(positions).astype(np.int64)
        t = positions - cell
        weights = np.array([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3]) / 6.0
        self._weights = weights.astype(np.float32)
        self._index = [np.clip(cell - 1 + k, 0, count - 1) for k in range(4)]

    def rows(self, grid: Floats) -> Floats:
        """The spline along the first axis of ``grid``; shape (positions, grid's columns)."""
        made = self._weights[0][:, None] * grid[self._index[0]]
        for k in range(1, 4):
            made += self._weights[k][:, None] * grid[self._index[k]]
        return np.asarray(made, dtype=np.float32)

    def columns(self, grid: Floats) -> Floats:
        """The spline along the second axis of ``grid``; shape (grid's rows, positions)."""
        made = np.take(grid, self._index[0], axis=1) * self._weights[0]
        for k in range(1, 4):
            made += np.take(grid, self._index[k], axis=1) * self._weights[k]
        return np.asarray(made, dtype=np.float32)


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
        smooth = Spline((x - left) / cell + 1, across).columns(Spline((y - top) / cell + 1, down).rows(grid))
        # a B-spline flattens: stretch it back to fill 0 to 1
        return np.clip((smooth - 0.5) * 1.75 + 0.5, 0.0, 1.0).astype(np.float32)
