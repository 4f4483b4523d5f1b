"""Oracles: people who lend you their map, each defined by how that map is wrong.

An oracle is somebody else's map, followed in your world.  What is written here is only in what its world differs from
yours; `game.solver.oracle` says what follows from that at a fork.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Oracle:
    """Somebody with a map of a world of their own; what is left out is as it is in your world.

    ``weights`` are theirs, one number for each value of the level (None: they steer by yours).  ``starts`` has pairs of
    a current's name and the number of the state that they believe it began in.  ``still`` means that nothing shifts in
    their world.  ``luckiest_of`` = n: their world is the one landscape, of n drawn, in which a life could become the
    brightest, and they take what shone there for the way of the world.
    """

    name: str
    label: str
    words: str = ""
    weights: tuple[float, ...] | None = None
    starts: tuple[tuple[str, int], ...] = ()
    still: bool = False
    luckiest_of: int | None = None
