"""The map on which a plan is drawn, lane by lane, by click or by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from game.app.action import NUMBERS, Action
from game.app.draw.bake import BakedWorld
from game.app.draw.map_frame import BoatMark, LaneMark, MapFrame
from game.app.draw.map_view import MapView
from game.app.draw.panel import draw_panel
from game.app.draw.thumbnail import starting_water
from game.app.jobs import Job
from game.app.plan_draft import PlanDraft
from game.app.screen import Point, PointerKind
from game.app.widgets import Widget, elided, fitting_size
from game.app.widgets.widget import draw_focus_ring
from game.model import Lane, Level
from game.words import say, years_long

if TYPE_CHECKING:
    from game.app.stage import Stage


class PlanMap(Widget):
    """Shows the level as it lies in year 0, and the draft on it; tells ``on_change`` of every new draft.

    Focused, the arrows go round the lanes that the plan can go on with, CONFIRM or a number takes one, UNDO takes the
    last one back.  A click takes the lane under it, or cuts the plan back to before it.
    """

    focusable = True

    def __init__(self, level: Level, draft: PlanDraft, on_change: Callable[[PlanDraft], None]) -> None:
        super().__init__()
        self.level, self.draft, self.on_change = level, draft, on_change
        self.view: MapView | None = None
        self.at = 0
        """Which of the draft's open lanes the keys point at."""
        self.under: str | None = None
        """The lane under the pointer."""
        self.most_height = 10_000
        """The greatest height in pixels, where the map lies on a pane that shows no more at once."""
        self._world: Job[BakedWorld] | None = None
        self._water = starting_water(level)

    def tell(self, level: Level) -> None:
        """The same level told in another language, from the next ``lay_out`` on."""
        self.level, self.draft = level, replace(self.draft, level=level)
        self.on_change(self.draft)

    def lay_out(self, stage: Stage) -> None:
        """Makes the picture for its ``rect``, plain at first, as soon as the places of the level are known."""
        geography = stage.library.geography(self.level)
        self.view, self._world = None, None
        if geography is not None and self.rect.width > 1 and self.rect.height > 1:
            self.view = MapView(
                self.level, geography, stage.palette, stage.type, self.rect.size, reduced_motion=stage.reduced_motion
            )
            self._world = stage.library.world(self.level, self.view.size)

    def update(self, stage: Stage) -> bool:
        """Puts in the baked world when it is done; whether nothing more is to come."""
        if self.view is None:
            self.lay_out(stage)
        elif self._world is not None and self._world.done:
            if self._world.result is not None:
                self.view.use(self._world.result)
            self._world = None
        return self.view is not None and self._world is None

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """As wide as there is room, in the proportion of a window."""
        return (width, max(stage.em(120), min(width * 9 // 16, self.most_height)))

    # --- drawing ------------------------------------------------------------------------------------------------------

    def frame(self, stage: Stage, focused: bool) -> MapFrame:
        """What the map shows now."""
        open_lanes = self.draft.open_lanes
        marks = {}
        for number, lane in enumerate(open_lanes):
            key = str(number + 1) if focused and number < len(NUMBERS) else None
            pointed = lane.id == self.under or (focused and self.under is None and number == self.at)
            marks[lane.id] = LaneMark(key=key, focused=pointed)
        return MapFrame(
            time=0.0 if stage.reduced_motion else stage.time,
            water=self._water,
            lanes=marks,
            place=self.draft.place,
            boats=(BoatMark(place=self.draft.place),),
            plan=self.draft.lanes,
        )

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the map, and strips above and below that say where the plan stands."""
        if focused:
            draw_focus_ring(surface, stage, self.rect, stage.px(4))
        shown = self.rect.clip(surface.get_clip())
        if shown.width < 1 or shown.height < 1:
            return
        if self.view is None:
            surface.fill(stage.palette.land[0], shown)
            picture = stage.type.render(say("app.wait"), 17, stage.palette.ink)
            surface.blit(picture, picture.get_rect(center=self.rect.center))
            return
        if shown == self.rect:
            self.view.draw(surface.subsurface(self.rect), self.frame(stage, focused))
        else:
            whole = pygame.Surface(self.rect.size)
            self.view.draw(whole, self.frame(stage, focused))
            surface.blit(whole, self.rect)
        self._draw_strip(surface, stage, self.plan_line(), self.rect.top + stage.em(12), 600)
        pointed = self.pointed()
        if pointed is not None and (focused or self.under is not None):
            line = lane_line(self.level, pointed)
            self._draw_strip(surface, stage, line, self.rect.bottom - stage.em(12) - stage.em(36), 500)

    def _draw_strip(self, surface: pygame.Surface, stage: Stage, line: str, top: int, weight: int) -> None:
        room = self.rect.width - stage.em(24) - 2 * stage.em(16)
        points = fitting_size(stage.type, line, (17, 15, 13), room, weight)
        line = elided(stage.type, line, points, room, weight)
        width = stage.type.width(line, points, weight) + 2 * stage.em(16)
        strip = pygame.Rect(self.rect.centerx - width // 2, top, width, stage.em(36))
        draw_panel(surface, strip, stage.palette, strip.height // 2)
        picture = stage.type.render(line, points, stage.palette.ink, weight=weight)
        surface.blit(picture, picture.get_rect(center=strip.center))

    def plan_line(self) -> str:
        """Where the plan stands, in one line."""
        draft = self.draft
        if not draft.lanes:
            return say("set_off.plan_none")
        place, count = self.level.place(draft.place).label, len(draft.lanes)
        lanes = say("set_off.one_lane") if count == 1 else say("set_off.lanes", count=count)
        if draft.complete:
            return say("set_off.plan_complete", lanes=lanes, place=place)
        return say("set_off.plan_open", lanes=lanes, place=place, left=years_long(draft.years_left))

    def pointed(self) -> Lane | None:
        """The lane that a click or CONFIRM would take, or that the pointer is on."""
        if self.under is not None:
            return self.level.lane(self.under)
        open_lanes = self.draft.open_lanes
        return open_lanes[self.at % len(open_lanes)] if open_lanes else None

    # --- choosing -----------------------------------------------------------------------------------------------------

    def press(self, stage: Stage, action: Action) -> bool:
        """Arrows point, CONFIRM and numbers take, UNDO takes back."""
        open_lanes = self.draft.open_lanes
        if action is Action.UNDO:
            self._become(self.draft.undone())
            return True
        if not open_lanes:
            return False
        step = {Action.LEFT: -1, Action.UP: -1, Action.RIGHT: 1, Action.DOWN: 1}.get(action)
        if step is not None:
            self.under = None
            self.at = (self.at + step) % len(open_lanes)
            return True
        if action is Action.CONFIRM:
            self._become(self.draft.extended(open_lanes[self.at % len(open_lanes)].id))
            return True
        if action in NUMBERS and NUMBERS.index(action) < len(open_lanes):
            self._become(self.draft.extended(open_lanes[NUMBERS.index(action)].id))
            return True
        return action in NUMBERS

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """Keeps track of the lane under the pointer."""
        if self.view is not None:
            self.under = self._lane_at(pos)
        return False

    def click(self, stage: Stage, pos: Point) -> None:
        """Takes the lane that was clicked, or cuts the plan back to before it."""
        lane = self._lane_at(pos)
        if lane is not None:
            self._become(self.draft.clicked(lane))

    def says(self) -> str:
        """Where the plan stands, and the lanes it can go on with."""
        rows = [f"  {number + 1}. {lane_line(self.level, lane)}" for number, lane in enumerate(self.draft.open_lanes)]
        return "\n".join([self.plan_line(), *rows])

    def _lane_at(self, pos: Point) -> str | None:
        """The lane at a position: an open one if there is a choice, and the only one that leads to a place clicked."""
        if self.view is None:
            return None
        spot = (pos[0] - self.rect.left, pos[1] - self.rect.top)
        place = self.view.place_at(spot)
        if place is not None:
            leading = [lane.id for lane in self.draft.open_lanes if lane.head == place]
            return leading[0] if len(leading) == 1 else None
        return self.view.lane_at(spot)

    def _become(self, draft: PlanDraft) -> None:
        if draft != self.draft:
            self.draft, self.at = draft, 0
            self.on_change(draft)


def lane_line(level: Level, lane: Lane) -> str:
    """A lane in one line: its name, where it leads, how long it takes."""
    place = level.place(lane.head).label
    return say("set_off.lane", name=lane.name or lane.id, place=place, years=years_long(lane.years))
