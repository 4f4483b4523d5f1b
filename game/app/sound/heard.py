"""What there is to hear at one moment.  A screen makes it from its state, as it makes its picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """How far a voyage has come.

    ``lanes`` is how many have been entered, ``light`` the light counted so far, ``aim`` where the helm points (any
    value that changes when it does), ``forking`` whether there is more than one way on, ``ghosts`` how many travel
    along.
    """

    lanes: int = 0
    year: int = 0
    light: float = 0.0
    aim: object = None
    choosing: bool = False
    forking: bool = False
    resting: bool = False
    ghosts: int = 0


@dataclass(frozen=True)
class Heard:
    """What is heard now.

    ``scene`` names what is shown.  ``wetness`` (0 to 1) is that of the water the boat is in, ``nearness`` (0 to 1) how
    near that water is, ``speed`` (0 to 1) the boat's.  ``mood`` and ``fullness`` (0 to 1, how much of the landscape
    carries water) lead the score.  ``hushed`` is for paper laid over a scene.  ``focus`` is any value that changes
    when the focus moves.
    """

    scene: str = ""
    mood: str = "day"
    wetness: float = 0.5
    nearness: float = 0.25
    speed: float = 0.0
    fullness: float = 0.45
    hushed: bool = False
    focus: object = None
    moment: Moment | None = None
