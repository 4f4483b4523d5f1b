"""The boat: how it runs along a lane, drifts in the basin before a fork, and which mouth it steers into.

Pure kinematics in world units, seconds and radians (y points down, so angles grow clockwise and to the boat's right).
Everything moves in ticks of ``TICK`` seconds: time that does not fill a tick is kept in ``Boat.owed``, so the same
inputs at the same moments give the same boat, however the time between them was cut into frames.

Driving decides which lane is taken and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

TICK = 1 / 120
"""Seconds of one step of the kinematics."""

DRY_SPEED = 44.0
"""World units a second on a dry bed of ordinary length."""

SHORT_YEAR, LONG_YEAR = 90.0, 230.0
"""World units between which a year's share of a lane is felt as it is; beyond them the boat's pace makes up for it."""

WINDING_UP = 2.4
"""How much slower than a dry bed's a surge's pace is taken on, of 4 parts of the way a second."""

PULL, MOST_PULL = 0.05, 9.0
"""How strongly, and at most, a bend pulls a boat in deep water; at most it is held 0.4 of the way to the bank."""

NOTHING_OWED = 1e-6
"""A tick counts as due when less than this part of it is missing, so that rounding never costs one."""


@dataclass(frozen=True)
class Stretch:
    """A lane as the boat feels it: its length in world units, and its wetness (0 to 1) in each of its years.

    ``bends`` is how it bends from its beginning to its end, in radians a world unit, positive to the right.
    """

    length: float
    wetness: tuple[float, ...]
    bends: tuple[float, ...] = ()

    def year_at(self, fraction: float) -> int:
        """Which of the lane's years (from 0) the boat is in, with ``fraction`` of the lane behind it."""
        return min(int(fraction * len(self.wetness) + 1e-9), len(self.wetness) - 1)

    def bend_at(self, fraction: float) -> float:
        """How the lane bends with ``fraction`` of it behind."""
        return self.bends[min(int(fraction * len(self.bends)), len(self.bends) - 1)] if self.bends else 0.0

    def wetness_at(self, fraction: float) -> float:
        """How wet the lane is where and when the boat has ``fraction`` of it behind."""
        return self.wetness[self.year_at(fraction)]


@dataclass(frozen=True)
class Boat:
    """A boat on a lane, or, with ``fraction`` 1, in the basin at the end of it.

    ``lateral`` is where it is across the channel, from -1 (left bank) to 1 (right bank), ``lean`` how fast that
    changes a second, ``aim`` where the helm points.  ``speed`` is in world units a second, ``bearing`` the angle by
    which it has turned from the lane's end towards a mouth, ``waited`` the seconds spent in the basin.
    """

    fraction: float = 0.0
    lateral: float = 0.0
    lean: float = 0.0
    aim: float = 0.0
    speed: float = 0.0
    bearing: float = 0.0
    waited: float = 0.0
    owed: float = 0.0

    @property
    def arrived(self) -> bool:
        """Whether the whole lane lies behind."""
        return self.fraction >= 1.0


@dataclass(frozen=True)
class Mouth:
    """The beginning of a lane at a fork: the lane's id, its angle from straight ahead, the ``aim`` that leads in."""

    lane: str
    angle: float
    aim: float


def swiftness(wetness: float) -> float:
    """How many times as fast as on a dry bed the boat runs in water of this ``wetness``: 1 to 2.4."""
    return 1.0 + 1.4 * wetness


def cruising_speed(stretch: Stretch, fraction: float) -> float:
    """World units a second that the water of ``stretch`` carries a boat at ``fraction`` of it.

    Slower in the basin before the fork, so that there is always time.
    """
    share = stretch.length / len(stretch.wetness)
    felt = min(max(share, SHORT_YEAR), LONG_YEAR)
    speed = DRY_SPEED * swiftness(stretch.wetness_at(fraction)) * share / felt
    basin = min(60.0, 0.35 * stretch.length)
    to_go = (1.0 - fraction) * stretch.length
    return speed * (0.4 + 0.6 * min(to_go / basin, 1.0))


def run(boat: Boat, stretch: Stretch, dt: float) -> Boat:
    """The boat after ``dt`` seconds on a lane.  At its end it stops, and keeps the time left over for the basin."""
    ticks, owed = _due(boat.owed + dt)
    while ticks and not boat.arrived:
        boat = _ran(boat, stretch)
        ticks -= 1
    return replace(boat, owed=owed + ticks * TICK)


def _ran(boat: Boat, stretch: Stretch) -> Boat:
    wetness = stretch.wetness_at(boat.fraction)
    carried = cruising_speed(stretch, boat.fraction)
    # A boat has weight: a surge winds it up slowly, a dry bed brakes it soon.  The way it brings along dies down at
    # once where it would rush it through a lane drawn short.
    grip = 4.0 - WINDING_UP * wetness if carried > boat.speed else 4.0
    speed = min(boat.speed + (carried - boat.speed) * min(1.0, grip * TICK), 2.0 * carried)
    fraction = min(1.0, boat.fraction + speed * TICK / stretch.length)
    # Deep water carries the boat towards the outside of a bend.
    pull = -PULL * wetness * speed * speed * stretch.bend_at(fraction)
    lateral, lean = _leaned(boat, 60.0 - 38.0 * wetness, min(MOST_PULL, max(-MOST_PULL, pull)))
    return replace(boat, fraction=fraction, speed=speed, lateral=lateral, lean=lean)


def drift(boat: Boat, mouths: Sequence[Mouth], dt: float) -> Boat:
    """The boat after ``dt`` seconds in the basin: it slides across and turns its bow towards the mouth it aims at."""
    ticks, owed = _due(boat.owed + dt)
    towards = mouths[mouth_at(mouths, boat.aim)].angle if mouths else 0.0
    for _ in range(ticks):
        lateral, lean = _leaned(boat, stiffness=40.0)
        bearing = boat.bearing + (towards - boat.bearing) * min(1.0, 5.0 * TICK)
        speed = boat.speed * (1.0 - min(1.0, 2.0 * TICK))
        boat = replace(boat, lateral=lateral, lean=lean, bearing=bearing, speed=speed, waited=boat.waited + TICK)
    return replace(boat, owed=owed)


def _leaned(boat: Boat, stiffness: float, pull: float = 0.0) -> tuple[float, float]:
    # A damped spring towards the aim: soft in deep water, which pulls at the boat, and stiff on a dry bed.
    push = pull + stiffness * (boat.aim - boat.lateral) - 1.7 * math.sqrt(stiffness) * boat.lean
    lean = boat.lean + push * TICK
    return min(1.0, max(-1.0, boat.lateral + lean * TICK)), lean


def _due(seconds: float) -> tuple[int, float]:
    ticks = int(seconds / TICK + NOTHING_OWED)
    return ticks, max(0.0, seconds - ticks * TICK)


def sideways(boat: Boat, stretch: Stretch) -> float:
    """Where the boat is seen across the channel (-1 to 1): its ``lateral``, a dry bed's rattle, deep water's sway.

    Made from the distance run alone, so that it is the same whenever it is asked for.
    """
    metres = boat.fraction * stretch.length
    wetness = stretch.wetness_at(boat.fraction)
    rattle = 0.10 * (1.0 - wetness) ** 2 * (math.sin(1.9 * metres) + 0.6 * math.sin(3.1 * metres + 1.0))
    sway = 0.12 * wetness * math.sin(0.055 * metres)
    moving = min(1.0, boat.speed / DRY_SPEED)
    return min(1.0, max(-1.0, 0.75 * boat.lateral + moving * (rattle + sway)))


def mouths_of(heading: float, exits: Iterable[tuple[str, float]]) -> tuple[Mouth, ...]:
    """The mouths of a fork from left to right, for a boat that comes in at ``heading``.

    ``exits`` are (lane, exit angle).  The one that lies most nearly straight ahead gets aim 0, so a boat that does not
    steer takes it; those to its left share the aims from -1, those to its right the aims up to 1.  Lanes at equal
    angles keep the order of ``exits``.
    """
    turned = sorted(((turn(heading, angle), i, lane) for i, (lane, angle) in enumerate(exits)), key=lambda m: m[:2])
    if not turned:
        return ()
    ahead = min(range(len(turned)), key=lambda i: (abs(turned[i][0]), turned[i][1]))
    right = len(turned) - 1 - ahead
    aims = [(i - ahead) / ahead if i < ahead else (i - ahead) / right if i > ahead else 0.0 for i in range(len(turned))]
    return tuple(Mouth(lane, angle, aim) for (angle, _, lane), aim in zip(turned, aims, strict=True))


def turn(heading: float, angle: float) -> float:
    """The angle from ``heading`` to ``angle``, from -pi (exclusive) to pi; positive is to the right."""
    return math.pi - (math.pi - (angle - heading)) % math.tau


def mouth_at(mouths: Sequence[Mouth], aim: float) -> int:
    """The number (from 0, from the left) of the mouth that ``aim`` leads into: the one whose own aim is nearest.

    Raises ValueError where there is no mouth.
    """
    if not mouths:
        raise ValueError("a fork without mouths has none to aim at")
    return min(range(len(mouths)), key=lambda i: (abs(mouths[i].aim - aim), abs(mouths[i].aim)))


def tapped(boat: Boat, mouths: Sequence[Mouth], side: int) -> Boat:
    """The boat after one tap of the helm to the left (``side`` -1) or right (1): it aims at the next mouth that way."""
    if not mouths:
        return replace(boat, aim=min(1.0, max(-1.0, boat.aim + 0.5 * side)))
    towards = min(max(mouth_at(mouths, boat.aim) + side, 0), len(mouths) - 1)
    return replace(boat, aim=mouths[towards].aim)


def aimed(boat: Boat, mouths: Sequence[Mouth], lane: str) -> Boat:
    """The boat with its helm on the mouth of ``lane``; unchanged where that lane has no mouth here."""
    return next((replace(boat, aim=mouth.aim) for mouth in mouths if mouth.lane == lane), boat)


def pointed(boat: Boat, mouths: Sequence[Mouth], heading: float, angle: float) -> Boat:
    """The boat with its helm on the mouth whose exit lies nearest to the direction ``angle``, seen from the fork."""
    if not mouths:
        return boat
    wanted = turn(heading, angle)
    nearest = min(mouths, key=lambda mouth: abs(turn(wanted, mouth.angle)))
    return replace(boat, aim=nearest.aim)


def patience(mouths: Sequence[Mouth], decided: bool = False) -> float:
    """Seconds for which a boat drifts in the basin before it enters the mouth it aims at.

    Fewer where it was ``decided`` on the way which mouth that is: then it need only turn its bow.
    """
    if len(mouths) == 1:
        return 0.6
    return 1.0 if decided else min(2.6 + 0.5 * len(mouths), 6.0)


def linger(boat: Boat, mouths: Sequence[Mouth], decided: bool = False, seconds: float = 0.9) -> Boat:
    """The boat given at least ``seconds`` more in the basin, because somebody is still steering."""
    return replace(boat, waited=min(boat.waited, max(0.0, patience(mouths, decided) - seconds)))


def entered(boat: Boat) -> Boat:
    """The boat at the beginning of the lane whose mouth it has entered; it keeps its speed, sway and the time owed."""
    return Boat(lateral=0.5 * boat.lateral, speed=boat.speed, owed=boat.owed)
