"""Distances to the nearest of many points on a grid, by jump flooding (Rong and Tan 2006)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def distances(points: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float32]:
    """The distance from every grid point to the nearest of ``points`` (shape (n, 2)); shape (len(y), len(x)).

    The grid is uniform.  Points outside it count with the cell on its edge: distances near the edge are upper bounds.
    """
    cell = float(x[1] - x[0])
    height, width = len(y), len(x)
    nearest = np.full((height, width, 2), 1e9, dtype=np.float32)
    column = np.clip(np.rint((points[:, 0] - x[0]) / cell).astype(np.int64), 0, width - 1)
    row = np.clip(np.rint((points[:, 1] - y[0]) / cell).astype(np.int64), 0, height - 1)
    nearest[row, column] = points
    px, py = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
    best = np.hypot(nearest[..., 0] - px, nearest[..., 1] - py)
    jump = 1 << max(0, int(np.ceil(np.log2(max(height, width)))) - 1)
    jumps = []
    while jump:
        jumps.append(jump)
        jump //= 2
    for step in [*jumps, 2, 1]:
        for down in (-step, 0, step):
            for right in (-step, 0, step):
                if (down or right) and abs(down) < height and abs(right) < width:
                    _flood(nearest, best, px, py, down, right)
    return np.asarray(best, dtype=np.float32)


def _flood(
    nearest: NDArray[np.float32],
    best: NDArray[np.float32],
    px: NDArray[np.float32],
    py: NDArray[np.float32],
    down: int,
    right: int,
) -> None:
    """Let every cell hear of the point that its neighbour ``down`` rows and ``right`` columns away knows."""
    height, width = best.shape
    here = (slice(max(0, -down), height - max(0, down)), slice(max(0, -right), width - max(0, right)))
    there = (slice(max(0, down), height + min(0, down)), slice(max(0, right), width + min(0, right)))
    heard = nearest[there]
    far = np.hypot(heard[..., 0] - px[here], heard[..., 1] - py[here])
    nearer = far < best[here]
    best[here][nearer] = far[nearer]
    nearest[here][nearer] = heard[nearer]
