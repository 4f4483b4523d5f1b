"""The chase on the drive: where the camera behind the boat is, its frames, and the world baked for it.

The camera's state moves in ``update`` alone; switching it on and off touches nothing of the life.
"""

from __future__ import annotations

import math
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import pygame

from game.app.boat import DRY_SPEED
from game.app.draw.chase_bake import ChaseWorld
from game.app.draw.chase_frame import ChaseFrame, Pose
from game.app.draw.chase_tier import TierChoice
from game.app.draw.chase_view import ChaseView
from game.app.draw.map_frame import MapFrame
from game.app.draw.palette import Palette
from game.app.jobs import Job
from game.app.moods import palettes_of
from game.app.screens.drive_ahead import Ahead
from game.app.screens.drive_forks import Fork
from game.app.screens.drive_hands import Hands
from game.app.screens.drive_hud import Hud
from game.app.screens.drive_showing import Showing
from game.app.screens.drive_voyage import Mode, Voyage
from game.simulate import Record, whereabouts

if TYPE_CHECKING:
    from game.app.stage import Stage

_AHEAD = 36.0
"""How far ahead along the channel the camera looks, in world units."""

_TURNING, _BANKING, _MOVING = 3.4, 5.0, 2.2
"""How fast the camera turns, the boat banks and the picture shifts, in parts of the way a second."""

_LOOKING, _WIDEST = 0.42, 0.75
_MINIMAPS = (88, 72, 58)


class Chase:
    """The view from behind the boat on one voyage; ``on`` while it is shown."""

    def __init__(self, stage: Stage, voyage: Voyage, hud: Hud) -> None:
        self.stage, self.voyage, self.hud = stage, voyage, hud
        self.on = False
        self.followed: Record | None = None
        """The ghost's life that is followed in place of the boat's own."""
        self.coming: Palette | None = None
        """The palette that this one will give way to."""
        self.ready = True
        """Whether nothing is left to make for the palette to come; where nobody looks, nothing is waited for."""
        self.view = self._new_view()
        self.pose = self._wanted(None, 0.5)
        self.choice = TierChoice()
        self.ahead = Ahead()
        self._world: ChaseWorld | None = None
        self._baking: Job[ChaseWorld] | None = None

    def _new_view(self) -> ChaseView:
        stage, voyage = self.stage, self.voyage
        return ChaseView(
            voyage.session.level, voyage.geography, stage.palette, stage.type, stage.size, stage.reduced_motion
        )

    # --- coming and going -------------------------------------------------------------------------------------------

    def switch(self, hands: Hands) -> None:
        """Shows the view from behind the boat, or shows it no longer; the camera is in its place at once."""
        self.on = not self.on
        if self.on:
            self.bake()
            self.pose = self._wanted(hands.marked, self._middle(hands.showing()))

    def lay_out(self) -> None:
        """Makes the view anew where the stage has another size, type or way of moving."""
        stage, view = self.stage, self.view
        if view.size != stage.size or view.type is not stage.type:
            self.view = self._new_view()
            self.view.tier = self.choice.tier
        self.view.reduced_motion = stage.reduced_motion

    def bake(self) -> None:
        """Has the world baked in the background, once."""
        if self._baking is None and self._world is None:
            self._baking = self.stage.library.chase(self.voyage.session.level, palettes_of(self.stage.settings))

    def leave(self) -> None:
        """Ends the background work."""
        if self._baking is not None:
            self._baking.cancel()
            self._baking = None

    # --- time -------------------------------------------------------------------------------------------------------

    def update(self, dt: float, hands: Hands) -> None:
        """Lets ``dt`` seconds pass: the camera follows, and takes the world when it is there."""
        if self._baking is not None and self._baking.done:
            self._world, self._baking = self._baking.result, None
        self._make_ready()
        if self.view.palette != self.stage.palette:
            self.view.recolour(self.stage.palette)
        if not self.on:
            return
        self.view.tier = self.choice.settle()
        wanted = self._wanted(hands.marked, self._middle(hands.showing()))
        if self.stage.reduced_motion:
            self.pose = wanted
            return
        here = self.pose
        turn = math.remainder(wanted.heading - here.heading, math.tau)
        heading = here.heading + turn * (1.0 - math.exp(-_TURNING * dt))
        bank = max(-1.0, min(1.0, 1.5 * turn + 0.35 * self.voyage.boat.lean))
        self.pose = replace(
            wanted,
            heading=math.remainder(heading, math.tau),
            bank=here.bank + (bank - here.bank) * (1.0 - math.exp(-_BANKING * dt)),
            bow=math.remainder(self._bow() - heading, math.tau),
            middle=here.middle + (wanted.middle - here.middle) * (1.0 - math.exp(-_MOVING * dt)),
        )

    def _make_ready(self) -> None:
        """Gives the view its world once all of it has been made ready, and then readies the light that comes next."""
        world, view, coming = self._world, self.view, self.coming
        self.ready = True
        if world is None:
            return
        if view.baked:
            if coming is not None:
                self.ready = self.ahead.ready((id(view), coming), lambda: view.ahead(coming)) or not self.on
        elif self.stage.jobs.in_process or self.ahead.ready(
            (id(view), view.palette), lambda: view.ahead(view.palette, world), haste=True
        ):
            view.use(world)

    def _wanted(self, marked: str | None, middle: float) -> Pose:
        """Where the camera would be if it were already there."""
        voyage = self.voyage
        if self.followed is not None:
            return self._behind_ghost(self.followed, middle)
        if voyage.leg is None:
            x, y = voyage.geography.places[voyage.next_place]
            mouth = next((mouth for mouth in voyage.mouths if mouth.lane == marked), None)
            look = 0.0 if mouth is None else max(-_WIDEST, min(_WIDEST, _LOOKING * mouth.angle))
            if voyage.mode is Mode.DRIVE and mouth is not None:
                look = max(-_WIDEST, min(_WIDEST, _LOOKING * voyage.boat.bearing))
            heading = voyage.heading + look
        else:
            channel, fraction = voyage.geography.channels[voyage.leg.lane], voyage.boat.fraction
            x, y = channel.at(fraction)
            behind = channel.at(fraction - 8.0 / max(channel.length, 1.0))
            ahead = channel.at(fraction + _AHEAD / max(channel.length, 1.0))
            heading = math.atan2(ahead[1] - behind[1], ahead[0] - behind[0])
            if math.dist(ahead, behind) < 6.0:
                heading = channel.heading(1.0)
        return Pose(x, y, heading, 0.0, math.remainder(self._bow() - heading, math.tau), middle)

    def _behind_ghost(self, record: Record, middle: float) -> Pose:
        """Behind a ghost where it is now; at a place it looks the way the ghost came, or will go."""
        geography, time = self.voyage.geography, self.voyage.time
        spot = whereabouts(record, time)
        if spot.lane is not None:
            channel = geography.channels[spot.lane]
            (x, y), heading = channel.at(spot.fraction), channel.heading(min(1.0, spot.fraction + 0.04))
        else:
            (x, y), came = geography.places[spot.place], [leg.lane for leg in record.legs if leg.after.year <= time]
            heading = geography.channels[came[-1]].heading(1.0) if came else self.voyage.heading
        return Pose(x, y, float(heading), 0.0, 0.0, middle)

    def _bow(self) -> float:
        """The direction in which the boat's bow points."""
        voyage = self.voyage
        if self.followed is not None:
            return self._behind_ghost(self.followed, 0.5).heading
        if voyage.leg is None:
            return voyage.heading + voyage.boat.bearing
        return voyage.geography.channels[voyage.leg.lane].heading(voyage.boat.fraction)

    def _pace(self) -> float:
        """How fast the boat runs, 0 to 1; nothing at a place."""
        voyage = self.voyage
        if self.followed is not None:
            afloat = whereabouts(self.followed, voyage.time).lane is not None
            return 0.6 if afloat and voyage.playing else 0.0
        if voyage.leg is None or (voyage.is_replay and not voyage.playing):
            return 0.0
        moving = min(1.0, voyage.boat.speed / (0.7 * DRY_SPEED))
        return moving * (0.2 + 0.8 * (voyage.swiftness - 1.0) / 1.4)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def frame(self, seen: MapFrame, fork: Fork, showing: Showing) -> ChaseFrame:
        """The frame of this moment, from what the map would show."""
        papers = self.hud.papers(showing)
        spot = self._minimap(papers)
        width, height = self.stage.size
        left, right = self.hud.free(showing, 0.345, 0.56)
        if right - left < 0.25 * width:
            left, right = 0, width
        top = max([0, *(each.bottom for each in papers if each.top < 0.1 * height and each.bottom < 0.5 * height)])
        if spot is not None and spot[1] + spot[2] > max(top, 0.345 * height):
            if spot[0] > width / 2:
                right = min(right, spot[0] - spot[2])
            else:
                left = max(left, spot[0] + spot[2])
        return ChaseFrame(
            map=seen,
            pose=self.pose,
            mouths=tuple(row.lane.id for row in fork.rows),
            pace=self._pace(),
            room=(left, top, max(0, right - left), round(0.62 * height) - top),
            papers=tuple((each.x, each.y, each.width, each.height) for each in papers),
            minimap=spot,
        )

    def draw(self, surface: pygame.Surface, frame: ChaseFrame) -> None:
        """Draws a frame, and takes note of how long that took."""
        begun = perf_counter()
        self.view.draw(surface, frame)
        self.choice.took((perf_counter() - begun) * 1000.0)

    def _middle(self, showing: Showing) -> float:
        """Where the boat is seen: in the middle, unless paper lies there."""
        width, height = self.stage.size
        left, right = self.hud.free(showing, 0.62, 0.86)
        half = 0.13 * height
        middle = width / 2
        if left > middle - half or right < middle + half:
            middle = (left + right) / 2
        return min(0.8, max(0.2, middle / width))

    def _minimap(self, papers: tuple[pygame.Rect, ...]) -> tuple[int, int, int] | None:
        """Where the minimap finds room: at the right below the bar, else at the left below the year's card."""
        stage = self.stage
        width, height = stage.size
        margin, gap = stage.px(22), stage.px(14)
        for side in (1, -1):
            above = [p.bottom for p in papers if p.top < 0.1 * height and (p.centerx > width / 2) == (side > 0)]
            for radius in map(stage.px, _MINIMAPS):
                column = width - margin - radius if side > 0 else margin + radius
                row = max([0, *above]) + gap + radius
                spot = pygame.Rect(column - radius - 4, row - radius - 4, 2 * radius + 8, 2 * radius + 8)
                if spot.bottom < 0.62 * height and spot.collidelist(papers) < 0:
                    return column, row, radius
        return None
