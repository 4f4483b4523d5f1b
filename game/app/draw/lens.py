"""The lens: how world units become pixels of the picture, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.app.draw.map_frame import Camera
from game.geography import Geography

DESIGN = (1280, 720)
"""The size at which one pixel is one world unit when a small level is seen whole."""


@dataclass(frozen=True)
class Lens:
    """``scale`` pixels a world unit, and the world point ``(left, top)`` in the top left corner of the picture."""

    scale: float
    left: float
    top: float

    def to_screen(self, point: tuple[float, float]) -> tuple[float, float]:
        """The pixel position of a world point."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    def to_world(self, position: tuple[float, float]) -> tuple[float, float]:
        """The world point at a pixel position."""
        return position[0] / self.scale + self.left, position[1] / self.scale + self.top

    def all_to_screen(self, points: np.ndarray) -> np.ndarray:
        """Pixel positions of world points; shape (n, 2) in and out."""
        return (points - (self.left, self.top)) * self.scale


@dataclass(frozen=True)
class Region:
    """The part of the world that pictures of a given size may show: the world, widened to the window's proportion."""

    left: float
    top: float
    width: float
    height: float


def window_scale(size: tuple[int, int]) -> float:
    """How much larger a window is than the design's 1280×720, by its tighter side."""
    return min(size[0] / DESIGN[0], size[1] / DESIGN[1])


def whole_zoom(geo: Geography) -> float:
    """The camera's zoom at which the whole world is seen: 1 for a small level, less for a large one."""
    return min(DESIGN[0] / geo.size[0], DESIGN[1] / geo.size[1])


def region(geo: Geography, size: tuple[int, int]) -> Region:
    """What a window of ``size`` shows when the whole world is seen."""
    scale = window_scale(size) * whole_zoom(geo)
    width, height = size[0] / scale, size[1] / scale
    return Region((geo.size[0] - width) / 2, (geo.size[1] - height) / 2, width, height)


def lens_for(geo: Geography, size: tuple[int, int], camera: Camera | None) -> Lens:
    """The lens of a camera, kept inside the region; without a camera the one that shows everything."""
    all_of_it = region(geo, size)
    least = size[0] / all_of_it.width
    if camera is None:
        return Lens(least, all_of_it.left, all_of_it.top)
    scale = max(least, camera.zoom * window_scale(size))
    width, height = size[0] / scale, size[1] / scale
    left = min(max(camera.centre[0] - width / 2, all_of_it.left), all_of_it.left + all_of_it.width - width)
    top = min(max(camera.centre[1] - height / 2, all_of_it.top), all_of_it.top + all_of_it.height - height)
    # the corner falls on a whole pixel of the baked picture, so panning never blurs it
    left = all_of_it.left + round((left - all_of_it.left) * scale) / scale
    top = all_of_it.top + round((top - all_of_it.top) * scale) / scale
    return Lens(scale, left, top)
