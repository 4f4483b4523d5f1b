"""The lens: how world units become pixels of the picture, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.app.draw.map_frame import Camera
from game.geography import Geography

DESIGN = (1280, 720)
"""The size at which one pixel is one world unit when a small level is seen whole."""


class Margins(NamedTuple):
    """What the edges of a picture are kept free for, in pixels at 1280×720: the whole world is shown between them."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    @property
    def room(self) -> tuple[float, float]:
        """Width and height that are left at 1280×720."""
        return DESIGN[0] - self.left - self.right, DESIGN[1] - self.top - self.bottom

    @property
    def lean(self) -> tuple[float, float]:
        """How far the middle of a picture lies right of and below the middle of what is left, at 1280×720."""
        return (self.right - self.left) / 2, (self.bottom - self.top) / 2


NO_MARGINS = Margins()


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


def whole_zoom(geo: Geography, margins: Margins = NO_MARGINS) -> float:
    """The camera's zoom at which the whole world is seen: 1 for a small level without margins, else less."""
    width, height = margins.room
    return min(width / geo.size[0], height / geo.size[1])


def region(geo: Geography, size: tuple[int, int], margins: Margins = NO_MARGINS) -> Region:
    """What a window of ``size`` shows when the whole world is seen between the margins."""
    zoom = whole_zoom(geo, margins)
    scale = window_scale(size) * zoom
    width, height = size[0] / scale, size[1] / scale
    across, down = margins.lean
    return Region((geo.size[0] - width) / 2 + across / zoom, (geo.size[1] - height) / 2 + down / zoom, width, height)


def lens_for(geo: Geography, size: tuple[int, int], camera: Camera | None, margins: Margins = NO_MARGINS) -> Lens:
    """The lens of a camera, kept inside the region; without a camera the one that shows everything."""
    all_of_it = region(geo, size, margins)
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
