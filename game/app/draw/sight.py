"""Sight: which channels a lens can show, from the boxes around them, so that nothing else is looked at."""

from __future__ import annotations

import numpy as np

from game.app.draw.lens import Lens
from game.geography import Geography
from game.geography.spacing import BANK_WIDTH


class Sight:
    """The boxes around all channels of a geography, banks and all."""

    def __init__(self, geo: Geography) -> None:
        self._lanes = list(geo.channels)
        corners = [[*channel.points.min(axis=0), *channel.points.max(axis=0)] for channel in geo.channels.values()]
        self._boxes = np.array(corners).reshape(-1, 4) + np.array([-1.0, -1.0, 1.0, 1.0]) * BANK_WIDTH / 2

    def through(self, lens: Lens, size: tuple[int, int], reach: float = 0.0) -> list[str]:
        """The lanes whose boxes, ``reach`` world units wider, show in a picture of ``size``, in their usual order."""
        right, bottom = lens.to_world(size)
        return self._within(lens.left - reach, lens.top - reach, right + reach, bottom + reach)

    def around(self, x: float, y: float, reach: float) -> list[str]:
        """The lanes whose boxes come within ``reach`` world units of a world point."""
        return self._within(x - reach, y - reach, x + reach, y + reach)

    def _within(self, left: float, top: float, right: float, bottom: float) -> list[str]:
        boxes = self._boxes
        there = (boxes[:, 0] <= right) & (boxes[:, 1] <= bottom) & (boxes[:, 2] >= left) & (boxes[:, 3] >= top)
        return [self._lanes[k] for k in np.flatnonzero(there).tolist()]
