"""The scale of water: what a wetness of 0 (dry) to 1 (surge) looks like.

Four anchors, dry, trickle, flow and surge, lie at 0, 1/3, 2/3 and 1; a level's own states are spread between them.
"""

from __future__ import annotations

import numpy as np

from game.app.draw.palette import Colour, Palette, mix

_AT = (0.0, 1 / 3, 2 / 3, 1.0)
_WIDTH = (0.0, 0.30, 0.74, 1.05)
_SPEED = (0.0, 9.0, 26.0, 58.0)


def water_width(wetness: float) -> float:
    """The part of the channel's width that is under water, 0 to 1.05."""
    return float(np.interp(wetness, _AT, _WIDTH))


def water_speed(wetness: float) -> float:
    """How fast the water's pattern moves, in world units a second."""
    return float(np.interp(wetness, _AT, _SPEED))


def water_colour(palette: Palette, wetness: float) -> Colour:
    """The main colour of the water; that of a trickle for anything drier."""
    if wetness <= _AT[1]:
        return palette.trickle
    if wetness <= _AT[2]:
        return mix(palette.trickle, palette.flow, (wetness - _AT[1]) * 3)
    return mix(palette.flow, palette.surge, min(1.0, (wetness - _AT[2]) * 3))
