"""Quality tiers: how finely the chase view paints its floor, chosen by how long frames have been taking."""

from __future__ import annotations

import statistics
from collections import deque

TIERS = (1.0, 0.75, 0.5)
"""The floor's width as a part of the picture's, the finest first: native, 960 and 640 of 1280 pixels."""

USUAL = 1
"""The tier one begins with: on a machine of two slow cores it leaves room for all else that a frame has to do."""

_WINDOW = 45
_TOO_LONG, _TOO_LONG_AT_TIMES, _SHORT = 10.5, 13.5, 6.0
_AT_TIMES = 0.95
_PATIENCE = 6


class TierChoice:
    """The tier to paint with, from the milliseconds that frames took; it steps down soon and up with hesitation.

    A tier is too slow when half of its frames take too long, or one in twenty far too long: those are what one feels.
    """

    def __init__(self, start: int = USUAL) -> None:
        self.tier = start
        self._taken: deque[float] = deque(maxlen=_WINDOW)
        self._calm = 0
        self._given_up: set[int] = set()

    def took(self, milliseconds: float) -> None:
        """Takes in one frame."""
        self._taken.append(milliseconds)

    def settle(self) -> int:
        """The tier from now on; it changes at most once for every window of frames."""
        if len(self._taken) < _WINDOW:
            return self.tier
        median = statistics.median(self._taken)
        at_times = sorted(self._taken)[int(_AT_TIMES * _WINDOW)]
        self._taken.clear()
        if (median > _TOO_LONG or at_times > _TOO_LONG_AT_TIMES) and self.tier < len(TIERS) - 1:
            # a tier that was too slow once is not tried again, so that the picture does not go to and fro
            self._given_up.add(self.tier)
            self.tier, self._calm = self.tier + 1, 0
        elif at_times < _SHORT and self.tier > 0 and self.tier - 1 not in self._given_up:
            self._calm += 1
            if self._calm >= _PATIENCE:
                self.tier, self._calm = self.tier - 1, 0
        else:
            self._calm = 0
        return self.tier
