"""When a count may be shown: the rule by which a group's picture singles nobody out.

Of a group smaller than FEWEST nothing is shown but the words that were shared.  In a larger group a count of fewer than
FEW people is not shown, and so that it cannot be worked out from the others and their sum, the smallest other count
beside it, however large, is not shown either, until those hidden add up to at least FEW people or nothing is left to
hide (cell suppression with complementary suppression; L. Willenborg and T. de Waal, *Elements of Statistical Disclosure
Control*, 2001, chapter 6).  In distributions neighbouring bins are joined until each holds at least FEW people.
"""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5
"""Of fewer people than this a group's picture shows no figure."""

FEW = 3
"""A count of fewer people than this is not shown."""


def shown(counts: Sequence[int]) -> list[int | None]:
    """The counts of one fork that may be shown; None for those that are not.  A count of 0 is shown as it is.

    What is hidden has at least two cells and at least FEW people, unless everything that is not 0 is hidden.
    """
    hidden = {i for i, count in enumerate(counts) if 0 < count < FEW}
    while hidden and (len(hidden) < 2 or sum(counts[i] for i in hidden) < FEW):
        others = [i for i, count in enumerate(counts) if count and i not in hidden]
        if not others:
            break
        hidden.add(min(others, key=lambda i: (counts[i], i)))
    return [None if i in hidden else count for i, count in enumerate(counts)]


def joined(edges: Sequence[float], counts: Sequence[int]) -> tuple[list[float], list[int]]:
    """Bins joined from the left until each that is left holds FEW people; ``edges`` has one more than counts."""
    new_edges, new_counts, waiting = [edges[0]], list[int](), 0
    for i, count in enumerate(counts):
        waiting += count
        if waiting >= FEW:
            new_edges.append(edges[i + 1])
            new_counts.append(waiting)
            waiting = 0
    if new_counts:
        new_counts[-1] += waiting
        new_edges[-1] = edges[-1]
    return new_edges, new_counts
