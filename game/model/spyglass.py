"""The spyglass: looking further than the level's sight, at a price in light."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spyglass:
    """``sight`` is how many lanes ahead it shows (None: everything), ``price`` what a look costs, by value.

    No price is below 0.
    """

    sight: int | None
    price: tuple[float, ...]
