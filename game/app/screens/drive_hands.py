"""Hands: what a person does on the drive with keys and pointer, turned into choices, turns of the helm and looks.

Step by step a number, arrows and confirm, or a click choose a lane.  At the helm a tap moves to the next mouth and the
bow turns to the pointer.  In a replay the same keys hold it and take it on or back.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from game.app.action import NUMBERS, Action
from game.app.draw.chase_view import ChaseView
from game.app.draw.map_view import MapView
from game.app.screen import Point, PointerKind
from game.app.screens.drive_forks import Fork, ForkReader
from game.app.screens.drive_hud import Hud
from game.app.screens.drive_replay import ReplayHands, reel_of
from game.app.screens.drive_scene import Scene
from game.app.screens.drive_showing import Showing, Target
from game.app.screens.drive_voyage import Mode, Voyage
from game.words import say

DRAG = 7.0
"""Pixels of the 1280×720 design that a press may wander before it drags the map."""

SETTLING = 0.4
"""Seconds after entering a lane in which clicks on the map mean nothing, so that a double click skips no year."""

_ARROWS = {
    Action.LEFT: -1,
    Action.UP: -1,
    Action.PREVIOUS: -1,
    Action.RIGHT: 1,
    Action.DOWN: 1,
    Action.NEXT: 1,
}

_DECIDING = frozenset({*_ARROWS, *NUMBERS, Action.CONFIRM} - {Action.DOWN})
"""What says at the helm, while still on the way, which mouth it is to be."""


class Hands:
    """The hands on a voyage; ``on_action`` is asked for what was clicked in the bar or on the last card."""

    def __init__(self, voyage: Voyage, scene: Scene, hud: Hud, on_action: Callable[[Action], None]) -> None:
        self.voyage, self.scene, self.hud, self.on_action = voyage, scene, hud, on_action
        self.view: MapView | ChaseView | None = None
        """What the pointer points at."""
        self.focus: str | None = None
        """The lane that CONFIRM would take, step by step."""
        self.hovered: str | None = None
        """The lane under the pointer, open or not."""
        self.hovered_place: str | None = None
        self.pointed: Target | None = None
        """What the pointer points at on the sheets of paper."""
        self._forks = ForkReader(voyage)
        self._page = 0
        self._pressed: tuple[Point, Target | None] | None = None
        self._dragging = False
        self._leaning = False
        self.since = 0.0
        """Seconds since a lane was entered, or since the beginning."""
        self._scrubbing = False
        parted = lambda: self.drop_script("drive.replay.parted")  # noqa: E731
        self.replay = ReplayHands(voyage, scene, self.entered, parted)

    # --- what there is ----------------------------------------------------------------------------------------------

    @property
    def replaying(self) -> bool:
        """Whether a record is being played."""
        return self.voyage.replaying

    @property
    def steering(self) -> bool:
        """Whether somebody is at the helm."""
        return self.voyage.mode is Mode.DRIVE and not self.replaying

    @property
    def fork(self) -> Fork:
        """The fork the boat lies at or comes to, with the page that is open."""
        per_page = self.hud.per_page(len(self.voyage.mouths))
        return self._forks.read(self._page, per_page)

    @property
    def marked(self) -> str | None:
        """The lane that is marked: the focus step by step, the mouth the helm is on, the recorded one in a replay."""
        if self.replaying:
            return self.voyage.script[0] if self.voyage.choosing and self.voyage.script else None
        if self.steering:
            return self.voyage.aimed
        return self.focus if self.voyage.choosing else None

    def showing(self) -> Showing:
        """What the sheets of paper say."""
        showing = self.scene.showing(self.fork, self.marked, self.hovered, self.hovered_place)
        showing = replace(showing, reel=reel_of(self.voyage, self.scene))
        if isinstance(self.view, ChaseView):
            return self.hud.lightened(showing)
        return showing if self.view is None else self.hud.giving_way(showing, self.scene.keep_clear(self.view))

    # --- what happens -----------------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        """Lets time pass."""
        self.since += dt

    def entered(self) -> None:
        """A lane has been entered: its news begins, and the next fork comes into view."""
        self.let_go()
        self.focus = None
        self._page, self.since = 0, 0.0
        self.scene.set_out()
        self.settle()

    def let_go(self) -> None:
        """Forgets what the pointer was doing."""
        self.hovered = self.hovered_place = self.pointed = self._pressed = None
        self._dragging = self._scrubbing = False

    def settle(self) -> None:
        """Lays the panel of the fork where it hides least of what matters now."""
        if self.view is None:
            return
        if self.steering:
            self._page = self.fork.page_of(self.marked)
        fork = self.fork
        points = self.scene.look_at(self.view, fork) if isinstance(self.view, MapView) else self.view.keep_clear()
        # The card of a lane is the tallest, so that is what there must be room for.
        showing = self.scene.showing(fork, self.marked, fork.rows[0].lane.id if fork.rows else None)
        self.scene.dock = self.hud.clearer_dock(showing, points, self.scene.dock)

    def choose(self, lane: str) -> None:
        """Enters a lane that is open."""
        self.voyage.choose(lane)
        self.entered()

    def turn_page(self, step: int) -> None:
        """Shows the next or the previous lanes of a fork with many; the mark goes along, so that it stays in sight."""
        fork = self.fork
        page = (self._page + step) % fork.pages
        if page == self._page:
            return
        first = fork.rows[page * fork.per_page].lane.id
        self._page = page
        if self.steering:
            self._aim_at(first)
        elif self.focus is not None:
            self.focus = first

    def drop_script(self, notice: str) -> None:
        """Ends a replay; from here on somebody chooses, in the life's own boat."""
        self.voyage.script, self.voyage.is_replay = [], False
        self.voyage.session.forget_turns_ahead()
        self.scene.followed = None
        self.scene.jumped()
        self.scene.say(say(notice))

    # --- keys -------------------------------------------------------------------------------------------------------

    def press(self, action: Action) -> None:
        """Hands an action to the replay, the lane, the helm or the fork."""
        self.hovered = self.hovered_place = None
        if self.replaying:
            self.replay.press(action)
        elif self.voyage.leg is not None:
            self._press_on_lane(action)
        elif self.voyage.choosing:
            self._press_at_helm(action) if self.steering else self._press_at_fork(action)
        self._page = self.fork.page_of(self.marked)

    def _press_on_lane(self, action: Action) -> None:
        if action is Action.SKIP:
            self.scene.take_in(self.voyage.skip_lane())
        elif self.steering:
            self._steer(action)
            if action in _DECIDING:
                self.voyage.decide()
        elif action is Action.CONFIRM:
            self.scene.take_in(self.voyage.skip_year())

    def _press_at_helm(self, action: Action) -> None:
        voyage = self.voyage
        if action in (Action.CONFIRM, Action.UP, Action.SKIP):
            if voyage.aimed is not None:
                self.choose(voyage.aimed)
        elif action is Action.DOWN:
            voyage.moored = not voyage.moored
        else:
            self._steer(action)

    def _press_at_fork(self, action: Action) -> None:
        if action in _ARROWS:
            self.focus = self.fork.neighbour(self.focus, _ARROWS[action])
        elif action in NUMBERS:
            lane = self.fork.keyed(NUMBERS.index(action) + 1)
            if lane is not None:
                self.choose(lane)
        elif action is Action.CONFIRM:
            if self.focus is not None:
                self.choose(self.focus)
            else:
                self.focus = self.fork.neighbour(None, 1)
        elif action in (Action.PAGE_UP, Action.PAGE_DOWN):
            self.focus = self.focus or self.fork.neighbour(None, 1)
            self.turn_page(1 if action is Action.PAGE_DOWN else -1)

    def _steer(self, action: Action) -> None:
        if action in (Action.LEFT, Action.PREVIOUS, Action.RIGHT, Action.NEXT):
            self.voyage.steer(_ARROWS[action])
        elif action in NUMBERS:
            lane = self.fork.keyed(NUMBERS.index(action) + 1)
            if lane is not None:
                self.voyage.aim_at(lane)
        elif action in (Action.PAGE_UP, Action.PAGE_DOWN):
            self.turn_page(1 if action is Action.PAGE_DOWN else -1)

    def stick(self, x: float, y: float) -> None:
        """At the helm: from above the bow turns to where the stick points, from behind the boat leans with it.

        Let go of, it leaves the helm on the mouth it had come to.
        """
        voyage = self.voyage
        if not (x or y):
            if self._leaning:
                self._leaning = False
                if voyage.aimed is not None:
                    voyage.aim_at(voyage.aimed)
            return
        self._leaning = True
        if isinstance(self.view, ChaseView):
            voyage.lean(x)
            voyage.decide()
        else:
            fork_x, fork_y = voyage.geography.places[voyage.next_place]
            voyage.aim_towards(fork_x + 100.0 * x, fork_y + 100.0 * y)
            voyage.decide()
            if voyage.choosing and voyage.moored:
                voyage.steer(0)

    # --- pointer ----------------------------------------------------------------------------------------------------

    def pointer(self, kind: PointerKind, pos: Point, button: int, amount: float) -> None:
        """Hovering looks, clicking takes, the wheel zooms, dragging moves the map; at the helm the bow follows."""
        if self.view is None:
            return
        if kind == "wheel":
            self._wheel(self.view, pos, amount)
        elif self._scrubs(kind, pos, button):
            pass
        elif kind == "move":
            if not self._drag(self.view, pos):
                self._hover(self.view, pos)
        elif kind == "down":
            self._pressed, self._dragging = (pos, self.hud.target_at(self.showing(), pos)), False
        elif kind == "up" and self._pressed is not None:
            target, dragged = self._pressed[1], self._dragging
            self._pressed, self._dragging = None, False
            if button == 1 and not dragged and target == self.hud.target_at(self.showing(), pos):
                self._click(self.view, pos, target)

    def _scrubs(self, kind: PointerKind, pos: Point, button: int) -> bool:
        """Whether the pointer has hold of the time bar of a replay, and takes it along."""
        bar = self.hud.time_bar(self.showing()) if self.replaying else None
        if bar is None or (kind == "down" and (button != 1 or not bar.covers(pos))):
            self._scrubbing = False
            return False
        if kind == "down" or (kind == "move" and self._scrubbing):
            self.replay.seek(bar.time_at(pos))
            self._scrubbing = True
            return True
        was, self._scrubbing = self._scrubbing, False
        return was

    def _wheel(self, view: MapView | ChaseView, pos: Point, amount: float) -> None:
        showing = self.showing()
        if not self.hud.covers(showing, pos):
            if isinstance(view, ChaseView):
                return
            self.scene.view = self.scene.view.zoomed(amount, view.to_world(pos))
        elif amount and isinstance(self.hud.target_at(showing, pos), str | tuple):
            self.turn_page(-1 if amount > 0 else 1)

    def _drag(self, view: MapView | ChaseView, pos: Point) -> bool:
        """Whether the pointer is dragging the map; behind the boat there is nothing to drag."""
        if self._pressed is None or self._pressed[1] is not None or isinstance(view, ChaseView):
            return False
        x, y = self._pressed[0]
        if not self._dragging and math.dist(pos, (x, y)) <= self.hud.stage.px(DRAG):
            return False
        unit = math.dist(view.to_world((0, 0)), view.to_world((1, 0)))
        self.scene.view = self.scene.view.dragged((pos[0] - x) * unit, (pos[1] - y) * unit)
        self._pressed, self._dragging = (pos, None), True
        return True

    def _hover(self, view: MapView | ChaseView, pos: Point) -> None:
        showing = self.showing()
        self.pointed = self.hud.target_at(showing, pos)
        self.hovered = self.hovered_place = None
        if isinstance(self.pointed, str):
            self._point_at(self.pointed)
        elif not self.hud.covers(showing, pos):
            self._look_at(view, pos)

    def _look_at(self, view: MapView | ChaseView, pos: Point) -> None:
        """The pointer is on the map: at the helm the bow turns to it, else the lane or the place under it is shown."""
        lane, place = self._under(view, pos)
        if lane is not None and self.fork.row(lane) is not None:
            self._point_at(lane)
        elif self.steering:
            self.voyage.aim_towards(*view.to_world(pos))
        else:
            self.hovered, self.hovered_place = lane, place

    def _point_at(self, lane: str) -> None:
        if self.steering:
            self._aim_at(lane)
        elif self.voyage.choosing and not self.replaying:
            self.focus = self.hovered = lane
        else:
            self.hovered = lane

    def _aim_at(self, lane: str) -> None:
        """Turns the helm without casting off."""
        moored = self.voyage.moored
        self.voyage.aim_at(lane)
        self.voyage.moored = moored

    def _under(self, view: MapView | ChaseView, pos: Point) -> tuple[str | None, str | None]:
        """The lane and the place under the pointer; a place that one open lane alone leads to stands for that lane."""
        place = view.place_at(pos)
        if place is None:
            return view.lane_at(pos), None
        leading = [row.lane.id for row in self.fork.rows if row.lane.head == place]
        return (leading[0] if len(leading) == 1 else None), place

    def _click(self, view: MapView | ChaseView, pos: Point, target: Target | None) -> None:
        if isinstance(target, Action):
            self.on_action(target)
        elif isinstance(target, tuple):
            self.turn_page(target[1])
        elif isinstance(target, str):
            self._take(target)
        elif not self.hud.covers(self.showing(), pos):
            lane, _ = self._under(view, pos)
            if lane is not None and self.fork.row(lane) is not None:
                self._take(lane)
            elif self.steering and self.voyage.choosing:
                self._look_at(view, pos)
                self.voyage.steer(0)
            elif self.voyage.leg is not None and not self.steering and not self.replaying and self.since > SETTLING:
                self.scene.take_in(self.voyage.skip_year())

    def _take(self, lane: str) -> None:
        """A lane was clicked: at a fork it is entered; on the way there the helm is put on it."""
        if self.replaying:
            return
        if self.voyage.choosing:
            self.choose(lane)
        elif self.steering:
            self.voyage.aim_at(lane)
            self.voyage.decide()
