"""Dice: streams of chance that fall alike in every process, on every platform, in every version of Python.

``random.Random`` promises equal sequences of ``random()`` alone for equal seeds, so all else is built on that, and on
arithmetic that every machine rounds alike.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

EDITION = 1
"""Goes up when the generator changes what it makes of a seed."""

Item = TypeVar("Item")


class Dice:
    """One stream, named by what it is for: equal names, equal throws."""

    def __init__(self, *purpose: object) -> None:
        self._stream = random.Random("/".join(["water-lanes/generator", str(EDITION), *map(str, purpose)]))

    def fraction(self) -> float:
        """A number from 0 (inclusive) to 1 (exclusive)."""
        return self._stream.random()

    def below(self, count: int) -> int:
        """A whole number from 0 to ``count`` - 1."""
        return min(count - 1, int(self._stream.random() * count))

    def likely(self, chance: float) -> bool:
        """True with this chance."""
        return self._stream.random() < chance

    def between(self, least: float, most: float) -> float:
        """A number between two others."""
        return least + (most - least) * self._stream.random()

    def pick(self, items: Sequence[Item]) -> Item:
        """One of ``items``, each equally likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[Item], weights: Sequence[int]) -> Item:
        """One of ``items``, each as likely as its whole-numbered weight says."""
        throw = self.below(sum(weights))
        for item, weight in zip(items, weights, strict=True):
            throw -= weight
            if throw < 0:
                return item
        raise ValueError("no item has any weight")

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """``items`` in an order by chance, each order equally likely (Fisher and Yates)."""
        cards = list(items)
        for last in range(len(cards) - 1, 0, -1):
            other = self.below(last + 1)
            cards[last], cards[other] = cards[other], cards[last]
        return cards
