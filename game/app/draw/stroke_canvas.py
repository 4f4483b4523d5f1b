"""The canvas on which a channel's pattern is painted: one period along the channel, bank to bank across it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.app.draw.palette import Colour
from game.geography.spacing import BANK_WIDTH

Floats = NDArray[np.float64]

PERIOD = 216.0
"""The length after which a pattern repeats, in world units; all spacings divide it."""

REACH = BANK_WIDTH / 2 + 0.5
"""How far a pattern reaches from the middle of its channel, in world units."""


class Canvas:
    """A pattern being painted.

    ``colour`` has shape (rows, columns, 3); ``s`` (rows, 1) is the distance along the channel, ``v`` (1, columns) that
    across it, negative on the left; ``soft`` is the size of one sample.  All in world units.  Strokes wrap round.
    """

    def __init__(self, columns: int, samples: float) -> None:
        self.samples = samples
        self.soft = 1.0 / samples
        count = round(PERIOD * samples)
        self.s: Floats = ((np.arange(count) + 0.5) / count * PERIOD)[:, None]
        self.v: Floats = ((np.arange(columns) + 0.5) / columns * 2 * REACH - REACH)[None, :]
        self.colour: Floats = np.zeros((count, columns, 3))

    def paint(self, colour: Colour, cover: Floats | float, rows: NDArray[np.int64] | None = None) -> None:
        """Lay ``colour`` over the whole canvas, or over ``rows`` of it, where ``cover`` (0 to 1) says."""
        wanted = np.array(colour, dtype=np.float64)
        if rows is None:
            cover = np.broadcast_to(cover, self.colour.shape[:2])
            self.colour += (wanted - self.colour) * cover[..., None]
        else:
            under = self.colour[rows]
            self.colour[rows] = under + (wanted - under) * np.clip(cover, 0.0, 1.0)[..., None]

    def rows(self, start: float, length: float) -> tuple[NDArray[np.int64], Floats]:
        """The rows from ``start`` over ``length``, wrapped, and their unwrapped positions as a column."""
        first = int(np.floor(start * self.samples))
        count = min(len(self.s), int(np.ceil(length * self.samples)) + 1)
        numbers = np.arange(first, first + count, dtype=np.int64)
        positions = np.asarray((numbers + 0.5) / self.samples, dtype=np.float64)
        return numbers % len(self.s), positions[:, None]

    def band(self, middle: Floats | float, half: Floats | float) -> Floats:
        """Cover of a band along the channel: everything within ``half`` of ``middle``, its edge one sample soft."""
        cover = np.clip((half - np.abs(self.v - middle)) / (2 * self.soft) + 0.5, 0.0, 1.0)
        return np.asarray(cover * np.ones_like(self.s), dtype=np.float64)

    def dot(self, colour: Colour, at: float, across: float, radius: float, strength: float) -> None:
        """Paint a dot."""
        rows, s = self.rows(at - radius - 1.0, 2 * radius + 2.0)
        cover = np.clip((radius - np.hypot(s - at, self.v - across)) / self.soft + 0.5, 0.0, 1.0)
        self.paint(colour, cover * strength, rows)

    def stroke(
        self,
        colour: Colour,
        at: float,
        length: float,
        across: float,
        half: float,
        strength: float,
        taper: bool = True,
        bend: float = 0.0,
    ) -> None:
        """Paint a stroke along the channel from ``at``; tapered to both ends, or even; ``bend`` lets it sway."""
        rows, s = self.rows(at, length)
        u = np.clip((s - at) / length * 2 - 1, -1.0, 1.0)
        width = half * np.sqrt(np.maximum(0.0, 1 - u**2)) if taper else half * np.ones_like(u)
        middle = across + bend * np.sin(s / 9)
        cover = np.clip((width - np.abs(self.v - middle)) / (2 * self.soft) + 0.5, 0.0, 1.0)
        cover = cover * np.clip(width / self.soft, 0.0, 1.0)
        self.paint(colour, cover * strength, rows)

    def waves(self, seed: int, amount: float) -> Floats:
        """A smooth wandering along the channel that repeats with the period; shape (rows, 1)."""
        chance = np.random.default_rng(seed)
        total = np.zeros_like(self.s)
        for turns in (2, 3, 5, 8):
            total += np.sin(2 * np.pi * (self.s / PERIOD * turns + chance.random())) / turns**0.5
        return amount * total / 1.7
