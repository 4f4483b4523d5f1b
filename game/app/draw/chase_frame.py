"""What one frame of the chase view shows: a frame of the map, and where one looks at it from."""

from __future__ import annotations

from dataclasses import dataclass

from game.app.draw.map_frame import MapFrame


@dataclass(frozen=True)
class Pose:
    """Where the camera follows: the world point under the boat's middle, and the direction of sight in radians.

    ``bank`` is how far the boat leans over, -1 (to the left) to 1; ``bow`` the angle of its bow from the line of sight;
    ``middle`` is the part of the picture's width at which the boat is seen.
    """

    x: float
    y: float
    heading: float
    bank: float = 0.0
    bow: float = 0.0
    middle: float = 0.5


@dataclass(frozen=True)
class ChaseFrame:
    """One frame of the chase view.

    ``map`` says what is on the water, ``pose`` where it is seen from, ``mouths`` which lanes leave the fork ahead, from
    left to right, and ``pace`` how fast the boat runs, from 0 (it lies still) to 1 (a surge carries it).  ``room`` is
    the part of the picture (left, top, width, height) in which names may hang, ``papers`` the rectangles that paper
    lies on, ``minimap`` its column, row and radius, all in pixels; without one there is no minimap.
    """

    map: MapFrame
    pose: Pose
    mouths: tuple[str, ...] = ()
    pace: float = 0.0
    room: tuple[int, int, int, int] | None = None
    papers: tuple[tuple[int, int, int, int], ...] = ()
    minimap: tuple[int, int, int] | None = None
