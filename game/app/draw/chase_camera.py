"""The chase camera: a pinhole above and behind the boat, level, with the horizon in the upper third.

A ground point ``d`` ahead of the camera and ``l`` to its right lies at column ``middle + f * l / d`` and row
``horizon + f * (HEIGHT - z) / d``, where ``z`` is its height and ``f`` the focal length in pixels; all lengths in world
units.  Rows below the horizon are therefore lines of one depth, which is what makes the floor quick to paint.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.app.draw.chase_frame import Pose

Floats = NDArray[np.float64]

HEIGHT = 27.0
"""How high the camera flies, in world units."""

BEHIND = 66.0
"""How far behind the boat it flies."""

HORIZON = 0.288
"""Where the horizon lies, as a part of the picture's height."""

FOCAL = 1.25
"""The focal length as a part of the picture's height."""

NEAR = 24.0
"""Nothing nearer than this is drawn."""

STEP_UP = 2.3
"""How high one level of land stands above the one below it, in world units."""

_SINKS = 0.4


def standing(down: Floats) -> Floats:
    """The part of its height that land is shown with, ``down`` (0 to 1) of the way from the horizon to the lowest row.

    Towards the lowest row it sinks to nothing, since what stood below that row would have to be painted, too.
    """
    left = np.minimum((1.0 - down) / _SINKS, 1.0)
    return np.asarray(left * (2.0 - left))


@dataclass(frozen=True)
class Camera3:
    """A camera for a picture of ``size``, behind a boat at ``pose``; ``middle`` is the column straight ahead."""

    size: tuple[int, int]
    pose: Pose
    middle: float

    @property
    def horizon(self) -> float:
        """The row of the horizon."""
        return self.size[1] * HORIZON

    @property
    def focal(self) -> float:
        """The focal length in pixels."""
        return self.size[1] * FOCAL

    @property
    def ahead(self) -> tuple[float, float]:
        """The unit vector of the line of sight."""
        return math.cos(self.pose.heading), math.sin(self.pose.heading)

    @property
    def eye(self) -> tuple[float, float]:
        """The world point below the camera."""
        x, y = self.ahead
        return self.pose.x - BEHIND * x, self.pose.y - BEHIND * y

    def seen_from(self, points: Floats) -> Floats:
        """World points (n, 2) as (depth, distance to the right) from the camera; shape (n, 2)."""
        (ax, ay), (ex, ey) = self.ahead, self.eye
        x, y = points[..., 0] - ex, points[..., 1] - ey
        seen = np.empty((*x.shape, 2))
        seen[..., 0], seen[..., 1] = x * ax + y * ay, y * ax - x * ay
        return seen

    def project(self, points: Floats, height: float = 0.0) -> Floats:
        """Pixel positions (n, 2) of world points at a height; points behind the camera are pulled to its front."""
        seen = self.seen_from(points)
        depth = np.maximum(seen[..., 0], NEAR * 0.5)
        column = self.middle + self.focal * seen[..., 1] / depth
        row = self.horizon + self.focal * (HEIGHT - height) / depth
        pixels = np.empty((*column.shape, 2))
        pixels[..., 0], pixels[..., 1] = column, row
        return pixels

    def outline(self, points: Floats) -> list[tuple[float, float]]:
        """The pixel corners of a ground polygon, cut off where it comes too near the camera; empty behind it."""
        seen = self.seen_from(points)
        depth, right = seen[:, 0], seen[:, 1]
        if (depth >= NEAR).all():
            return self._corners(depth, right)
        kept: list[tuple[float, float]] = []
        for i in range(len(depth)):
            d0, r0, d1, r1 = depth[i - 1], right[i - 1], depth[i], right[i]
            if (d0 >= NEAR) != (d1 >= NEAR):
                t = (NEAR - d0) / (d1 - d0)
                kept.append((NEAR, r0 + (r1 - r0) * t))
            if d1 >= NEAR:
                kept.append((float(d1), float(r1)))
        if len(kept) < 3:
            return []
        cut = np.array(kept)
        return self._corners(cut[:, 0], cut[:, 1])

    def _corners(self, depth: Floats, right: Floats) -> list[tuple[float, float]]:
        columns = np.clip(self.middle + self.focal * right / depth, -9000.0, 9000.0)
        rows = self.horizon + self.focal * HEIGHT / depth
        return list(zip(columns.tolist(), rows.tolist(), strict=True))

    def point(self, at: tuple[float, float], height: float = 0.0) -> tuple[float, float]:
        """The pixel position of one world point."""
        x, y = self.project(np.array([at]), height)[0]
        return float(x), float(y)

    def ground(self, position: tuple[float, float]) -> tuple[float, float]:
        """The world point on the ground under a pixel position; above the horizon, one far away in that direction."""
        below = max(position[1] - self.horizon, 6.0)
        depth = self.focal * HEIGHT / below
        right = (position[0] - self.middle) * depth / self.focal
        (ax, ay), (ex, ey) = self.ahead, self.eye
        return ex + depth * ax - right * ay, ey + depth * ay + right * ax
