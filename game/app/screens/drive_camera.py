"""The camera: a small map is seen whole, on a large one the view follows the boat softly; wheel and drag go first."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from game.app.action import Action
from game.app.draw.lens import NO_MARGINS, Margins
from game.app.draw.map_frame import Camera
from game.geography import Geography

Point = tuple[float, float]

NEARLY_WHOLE = 0.55
"""Worlds that fit the window at this zoom or more are seen whole."""

READABLE = 1.0
"""The zoom at which the view follows the boat through larger worlds."""

CLOSE = 1.5
"""The zoom of the view from close by."""

CLOSEST = 2.4
"""As near as the wheel goes."""

_GLANCE = 0.14
"""The part of the window by which a glance to one side moves the map."""

_FOLLOWING = 2.6
"""How fast the view follows, in parts of the way a second."""


@dataclass(frozen=True)
class View:
    """Where one looks in a world of ``size``: the middle, the zoom, and how far somebody has dragged it off the boat.

    ``zoom`` is None while nobody has changed it; ``whole`` is the zoom that shows all of the world between ``margins``,
    where the paper lies.
    """

    size: Point
    whole: float
    centre: Point
    zoom: float | None = None
    offset: Point = (0.0, 0.0)
    margins: Margins = NO_MARGINS

    @property
    def usual(self) -> float:
        """The zoom when nobody has changed it."""
        return self.whole if self.whole >= NEARLY_WHOLE else READABLE

    @property
    def camera(self) -> Camera:
        """The camera for the map view, with no more of what lies outside the world than must be."""
        zoom = self.usual if self.zoom is None else self.zoom
        x, y = self._middle(zoom)
        across, down = self.margins.lean
        return Camera((x + across / zoom, y + down / zoom), zoom)

    def _middle(self, zoom: float) -> Point:
        """The world point in the middle between the margins."""
        x, y = (
            _within(centre + offset, side, length / zoom / 2)
            for centre, offset, side, length in zip(self.centre, self.offset, self.size, self.margins.room, strict=True)
        )
        return x, y

    def following(self, boat: Point, dt: float) -> View:
        """The view after ``dt`` seconds of following a boat; with ``dt`` infinite it is there at once."""
        part = 1.0 if math.isinf(dt) else 1.0 - math.exp(-_FOLLOWING * dt)
        x, y = self.centre
        return replace(self, centre=(x + (boat[0] - x) * part, y + (boat[1] - y) * part))

    def zoomed(self, steps: float, about: Point) -> View:
        """The view after turning the wheel by ``steps``; the world point ``about`` stays where it is."""
        before = self.usual if self.zoom is None else self.zoom
        zoom = min(max(before * 1.15**steps, self.whole), max(CLOSEST, self.whole))
        if zoom <= self.whole * 1.001:
            return replace(self, zoom=None if self.usual == self.whole else self.whole, offset=(0.0, 0.0))
        kept = 1.0 - before / zoom
        centre = tuple(c + (a - c) * kept for c, a in zip(self._middle(before), about, strict=True))
        return replace(self, zoom=zoom)._centred_on((centre[0], centre[1]))

    def dragged(self, dx: float, dy: float) -> View:
        """The view after the world was dragged by so many world units."""
        x, y = self._middle(self.usual if self.zoom is None else self.zoom)
        return self._centred_on((x - dx, y - dy))

    def stepped(self, steps: float) -> View:
        """The view so many turns of the wheel nearer, still on the boat, or with its middle where it was dragged to."""
        if self.offset == (0.0, 0.0):
            return replace(self.zoomed(steps, self.centre), offset=(0.0, 0.0))
        return self.zoomed(steps, self._middle(self.usual if self.zoom is None else self.zoom))

    def rejoined(self) -> View:
        """The same view, from where it follows the boat again."""
        x, y = (centre + offset for centre, offset in zip(self.centre, self.offset, strict=True))
        return replace(self, centre=(x, y), offset=(0.0, 0.0))

    def turned(self, across: int, down: int) -> View:
        """The view a part of the window to the right and downwards."""
        zoom = self.usual if self.zoom is None else self.zoom
        width, height = self.margins.room
        return self.dragged(-across * _GLANCE * width / zoom, -down * _GLANCE * height / zoom)

    def recentred(self) -> View:
        """The usual view; asked for again, the other of the whole map and the view from close by."""
        if self.offset != (0.0, 0.0) or self.zoom not in (None, CLOSE, self.whole):
            return replace(self, zoom=None, offset=(0.0, 0.0))
        if self.zoom is not None:
            return replace(self, zoom=None)
        return replace(self, zoom=CLOSE if self.usual == self.whole else self.whole)

    def _centred_on(self, point: Point) -> View:
        inside = [min(max(p, 0.0), side) for p, side in zip(point, self.size, strict=True)]
        return replace(self, offset=(inside[0] - self.centre[0], inside[1] - self.centre[1]))


def _within(centre: float, side: float, reach: float) -> float:
    return side / 2 if 2 * reach >= side else min(max(centre, reach), side - reach)


def view_of(geography: Geography, whole: float, boat: Point, margins: Margins = NO_MARGINS) -> View:
    """The view at the beginning, on the boat; ``whole`` is the zoom at which the whole world is seen."""
    return View(geography.size, whole, boat, margins=margins)


LOOKS: Mapping[Action, Callable[[View], View]] = {
    Action.NEARER: lambda view: view.stepped(1.5),
    Action.FARTHER: lambda view: view.stepped(-1.5),
    Action.LOOK_LEFT: lambda view: view.turned(-1, 0),
    Action.LOOK_RIGHT: lambda view: view.turned(1, 0),
    Action.LOOK_UP: lambda view: view.turned(0, -1),
    Action.LOOK_DOWN: lambda view: view.turned(0, 1),
}
"""What may be asked of the camera by keys and buttons, and the view that answers."""
