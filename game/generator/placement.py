"""Where the places of a level lie: columns from left to right, swaying a little, folded like a river where long.

Only sums, products and rounding to one decimal, so that every machine finds the same positions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from game.generator.dice import Dice

_ACROSS = 2.0
_DOWN = 1.5
_SWAY = (0.35, 0.3)
_LEAN = 0.4
_LONGEST_BAND = 2.2
_FEWEST_IN_BAND = 7
_TALLEST = 1.4

Position = tuple[float, float]


def placed(columns: Sequence[Sequence[int]], dice: Dice) -> list[Position]:
    """The position of every place, in map units (x right, y down), by number."""
    count = sum(map(len, columns))
    in_band = max(_FEWEST_IN_BAND, math.ceil(_LONGEST_BAND * math.sqrt(count)))
    tallest = max(4, math.ceil(_TALLEST * math.sqrt(count)))
    band_height = (min(tallest, max(map(len, columns))) + 0.6) * _DOWN
    where = []
    for c, column in enumerate(columns):
        band, along = divmod(c, in_band)
        # Every other band runs back, so that the way from one to the next is short.
        x = along if band % 2 == 0 else in_band - 1 - along
        lean = _LEAN * dice.between(-1, 1) if len(column) > 1 else 0.0
        for row in range(len(column)):
            # A column that is too tall for the map stands in several files, one beside the other.
            files = math.ceil(len(column) / tallest)
            height = (row - (len(column) - 1) / 2) / files
            aside = (row % files - (files - 1) / 2) * 0.9 / files
            sway = (dice.between(-1, 1) * _SWAY[0] / files, dice.between(-1, 1) * _SWAY[1])
            at = ((x + aside) * _ACROSS + sway[0], band * band_height + (height + lean) * _DOWN + sway[1])
            where.append((round(at[0], 1) + 0.0, round(at[1], 1) + 0.0))
    return where
