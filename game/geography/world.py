"""The geography of a level: a world of a certain size, its places and its channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.geography.channel import Channel, Point
from game.geography.courses import courses
from game.geography.positions import positions
from game.geography.spacing import CHANNEL_WIDTH, PLACE_RADIUS
from game.model import Level

__all__ = ["CHANNEL_WIDTH", "PLACE_RADIUS", "Geography", "lay_out"]


@dataclass(frozen=True, eq=False)
class Geography:
    """A laid-out level: ``size`` in world units (y runs down), places by id, channels by lane id."""

    size: tuple[float, float]
    places: Mapping[str, Point]
    channels: Mapping[str, Channel]


def lay_out(level: Level) -> Geography:
    """The geography of ``level``, the same for the same level in every process.

    The world is 1280×720 for up to about 24 places and grows, in the same proportion, with more.
    """
    where, size = positions(level)
    return Geography(size, where, courses(level, where, size))
