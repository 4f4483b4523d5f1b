"""What the sheets of paper on the drive say at one moment, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.app.action import Action
from game.app.screens.drive_cards import PlaceCard, RestCard, WaterCard, YearCard
from game.app.screens.drive_forks import Fork, Row
from game.app.screens.drive_lent import LentCard
from game.app.screens.drive_time_bar import Reel

Dock = tuple[Literal["right", "left"], Literal["apart", "above", "beside"]]
"""Which bottom corner the panel of the fork lies in, and whether the other card is apart from it, above or beside."""

DOCKS: tuple[Dock, ...] = (
    ("right", "above"),
    ("left", "above"),
    ("right", "apart"),
    ("left", "apart"),
    ("right", "beside"),
    ("left", "beside"),
)
"""All docks, the usual one first."""

Target = str | Action | tuple[str, int]
"""What a press on the paper means: a lane's id, an action, or ("page", step)."""


@dataclass(frozen=True)
class BarButton:
    """A word in the bar at the top and what pressing it asks for."""

    label: str
    action: Action


@dataclass(frozen=True)
class LegendEntry:
    """A state of water and how it looks."""

    label: str
    wetness: float
    constant: bool = False


@dataclass(frozen=True)
class Showing:
    """Everything that the sheets say at one moment."""

    year: YearCard
    side: Row | WaterCard | PlaceCard | None = None
    fork: Fork | None = None
    focus: str | None = None
    title: str = ""
    hint: str = ""
    dock: Dock = DOCKS[0]
    bar: tuple[BarButton, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    notice: str = ""
    rest: RestCard | None = None
    reel: Reel | None = None
    lent: LentCard | None = None
    small_map: bool = False
