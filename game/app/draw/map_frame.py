"""What one frame of the map shows, as plain values: the map view draws these and knows nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Seen:
    """The water of a lane as it is known: its wetness (0 dry to 1 surge) and how many years ago it was seen.

    ``constant`` marks a lane without a current: the same every year.
    """

    wetness: float
    years_ago: int = 0
    constant: bool = False


@dataclass(frozen=True)
class LaneMark:
    """What a screen says about a lane: the key that takes it, that it is focused, chosen, or out of question."""

    key: str | None = None
    focused: bool = False
    chosen: bool = False
    dim: bool = False


@dataclass(frozen=True)
class BoatMark:
    """A boat on a lane (``fraction`` of the way, ``lateral`` -1 left bank to 1 right bank) or resting at a place.

    ``heading`` in radians overrides the channel's own; ``style`` is "player" or "ghost".
    """

    lane: str | None = None
    place: str | None = None
    fraction: float = 0.0
    lateral: float = 0.0
    style: Literal["player", "ghost"] = "player"
    name: str = ""
    heading: float | None = None


@dataclass(frozen=True)
class Lent:
    """A borrowed map: the lanes of its way, what it says of the lanes of a fork, and which of them it would take."""

    path: tuple[str, ...]
    says: Mapping[str, str]
    lane: str | None = None


@dataclass(frozen=True)
class Camera:
    """Where one looks: the world point in the middle, and screen pixels a world unit (at a window of 1280×720)."""

    centre: tuple[float, float]
    zoom: float = 1.0


@dataclass(frozen=True)
class MapFrame:
    """One frame of the map.

    ``time`` is in seconds; ``water`` by lane id (lanes left out lie dry); ``place`` is focused; ``trail`` are lanes
    travelled, ``plan`` lanes of the player's own plan, ``lent`` the map of somebody else, ``lit`` how bright lanes are,
    as a figure or the strength of a glow (0 to 4); without a ``camera`` the whole world is shown; ``year_turn`` runs
    from 0 to 1 while ``water_before`` gives way to ``water``.
    """

    time: float = 0.0
    water: Mapping[str, Seen] = field(default_factory=dict)
    lanes: Mapping[str, LaneMark] = field(default_factory=dict)
    place: str | None = None
    boats: Sequence[BoatMark] = ()
    trail: Sequence[str] = ()
    plan: Sequence[str] = ()
    lent: Lent | None = None
    lit: Mapping[str, str | int] = field(default_factory=dict)
    camera: Camera | None = None
    year_turn: float = 1.0
    water_before: Mapping[str, Seen] | None = None
