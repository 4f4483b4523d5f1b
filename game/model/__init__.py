"""The rules: currents, landscapes, levels and lives, as pure functions of frozen values."""

from game.model.current import Current, neighbour_shift, normalised
from game.model.landscape import Landscape, draw_landscape
from game.model.level import Lane, Level, Place, Value, Weights, scalarised
from game.model.life import (
    Arrival,
    Event,
    LaneNotOpen,
    Life,
    Look,
    NothingToLookAt,
    Rest,
    Sighting,
    YearOnLane,
    begin,
    look,
    open_lanes,
    shown,
    step,
)
from game.model.oracle import Oracle
from game.model.spyglass import Spyglass
from game.model.telling import Texts

__all__ = [
    "Arrival",
    "Current",
    "Event",
    "Landscape",
    "Lane",
    "LaneNotOpen",
    "Level",
    "Life",
    "Look",
    "NothingToLookAt",
    "Oracle",
    "Place",
    "Rest",
    "Sighting",
    "Spyglass",
    "Texts",
    "Value",
    "Weights",
    "YearOnLane",
    "begin",
    "draw_landscape",
    "look",
    "neighbour_shift",
    "normalised",
    "open_lanes",
    "scalarised",
    "shown",
    "step",
]
