"""The journey: a life's way on the map, and where the boat and the water were in the year looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.draw.bake import BakedWorld
from game.app.draw.map_frame import BoatMark, Camera, MapFrame, Seen
from game.app.draw.map_view import MapView
from game.app.draw.panel import rounded
from game.app.draw.shapes import outline, shape_of
from game.app.draw.svg import SvgPicture
from game.app.draw.type import Type
from game.app.jobs import Job
from game.app.screens.debrief.graph import Graph
from game.session import Session, water_of
from game.simulate import Whereabouts, whereabouts
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_SMALLER = 0.78  # the map is smaller here than on the water, and so are its names
_PATIENCE = 0.4  # seconds for which the size must stay before the world is baked for it


class Journey(Graph):
    """The map of a finished life.  It can be drawn before its geography is laid out, and then says so.

    ``close`` looks at it from close by, at the boat.
    """

    def __init__(self, session: Session, stage: Stage, close: bool = False) -> None:
        super().__init__()
        self.session, self.stage, self.close = session, stage, close
        self.place: str | None = None
        """A place to point out."""
        self._year = 0
        self._aim = 0.5
        self._time = 0.5
        self._view: MapView | None = None
        self._made_for: object = None
        self._water: tuple[int, dict[str, Seen]] | None = None
        self._overlay: pygame.Surface | None = None
        self._baking: Job[BakedWorld] | None = None
        self._age = 0.0

    def show(self, year: int, place: str | None = None) -> None:
        """Shows the water of ``year`` and lets the boat glide to where it was then, in the middle of the year.

        With a ``place`` it is shown at the beginning of the year, at the place, which is pointed out.
        """
        self._year, self.place = year, place
        self._aim = year + (0.5 if place is None else 0.0)

    def update(self, dt: float) -> None:
        """Moves the boat towards the year shown, and puts the map in as soon as it is laid out."""
        self.stage.library.update()
        target = min(self._aim, float(self.session.life.year))
        near = abs(target - self._time) < 0.01 or self.stage.reduced_motion
        self._time = target if near else self._time + (target - self._time) * min(1.0, 7.0 * dt)
        self.make()
        self._age += dt
        if self._view is not None and self._baking is None and self._age > _PATIENCE:
            self._baking = self.stage.library.world(self.session.level, self._view.size)
        baked = None if self._baking is None else self._baking.result
        if self._view is not None and not self._view.baked and baked is not None and baked.size == self._view.size:
            self._view.use(baked)

    def leave(self) -> None:
        """Gives up a picture that nobody will see."""
        if self._baking is not None:
            self._baking.cancel()

    def make(self) -> None:
        """Makes the picture for its ``rect``, if there is anything new to make it from."""
        stage = self.stage
        key = (self.rect.size, stage.type_scale)
        geography = stage.library.geography(self.session.level)
        if self._view is not None and self._view.palette != stage.palette:
            self._view.recolour(stage.palette)
            self._overlay = _frame_of(self._view.size, stage.px(14), stage.palette.paper)
        if geography is None or key == self._made_for or self.rect.width < 2 or self.rect.height < 2:
            return
        type_ = Type(stage.type_scale * _SMALLER)
        self._view = MapView(
            self.session.level, geography, stage.palette, type_, self.rect.size, reduced_motion=stage.reduced_motion
        )
        self._overlay = _frame_of(self.rect.size, stage.px(14), stage.palette.paper)
        self._made_for, self._age = key, 0.0
        self.leave()
        self._baking = None

    def least(self, stage: Stage, width: int) -> int:
        """A low picture at least; it takes all the room there is."""
        return max(stage.em(130), min(round(width * 0.5), stage.em(180)))

    def frame(self) -> MapFrame:
        """What the map shows."""
        session = self.session
        spot = whereabouts(session.record, self._time)
        resting = spot.lane is None
        boat = BoatMark(place=spot.place) if resting else BoatMark(lane=spot.lane, fraction=spot.fraction)
        return MapFrame(
            time=0.0 if self.stage.reduced_motion else self.stage.time,
            water=self._seen(),
            place=self.place,
            camera=self._camera(spot) if self.close else None,
            boats=(boat,),
            trail=session.record.lanes,
        )

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the map with round corners."""
        if self._view is None or self._overlay is None or self._view.size != self.rect.size:
            pygame.draw.rect(surface, stage.palette.land[0], self.rect, border_radius=stage.px(14))
            picture = stage.type.render(say("app.wait"), 17, stage.palette.ink)
            surface.blit(picture, picture.get_rect(center=self.rect.center))
            return
        picture = pygame.Surface(self.rect.size)
        self._view.draw(picture, self.frame())
        picture.blit(self._overlay, (0, 0))
        surface.blit(picture, self.rect)

    def sketch(self, picture: SvgPicture, stage: Stage) -> bool:
        """Draws the world with this year's water and the way as one picture, and over it the places, named in text."""
        view = self._view
        if view is None or view.size != self.rect.size or self.close:
            return False
        palette, left, top = stage.palette, self.rect.left, self.rect.top
        world = pygame.Surface(view.size)
        view.draw(world, self.frame(), names=False)
        picture.image(world, self.rect, stage.px(14))
        names, level = view.label_rects(), self.session.level
        for place in level.places:
            x, y = view.to_screen(view.geo.places[place.id])
            x, y, reach = left + x, top + y, stage.px(4)
            picture.disc(palette.rim, (x, y), stage.px(9))
            picture.disc(palette.node, (x, y), stage.px(7.5))
            picture.area(palette.rim, [(x + reach * a, y + reach * b) for a, b in outline(shape_of(level, place))])
            if place.id in names:
                name, wide = names[place.id], view.type.width(place.label, 15)
                foot = (left + name.centerx - wide / 2, top + name.centery + 0.35 * view.type.height(15))
                size = 15 * view.type.scale
                picture.text(place.label, foot, size, wide, palette.ink, 500, palette.paper)
        return True

    def _camera(self, spot: Whereabouts) -> Camera | None:
        if self._view is None:
            return None
        geo, whole = self._view.geo, self._view.whole
        centre = geo.places[spot.place] if spot.lane is None else geo.channels[spot.lane].at(spot.fraction)
        return Camera(
            (float(centre[0]), float(centre[1])), max(whole.zoom, min(2.2 * whole.zoom, self._view.close_zoom))
        )

    def _seen(self) -> dict[str, Seen]:
        if self._water is None or self._water[0] != self._year:
            session, year = self.session, self._year
            known = session.sightings(year)
            water = {}
            for lane in session.level.lanes:
                seen = water_of(session.level, lane, known, year)
                water[lane.id] = Seen(seen.wetness, seen.years_ago, seen.state is None)
            self._water = (year, water)
        return self._water[1]


def _frame_of(size: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> pygame.Surface:
    """A sheet of ``colour`` with a hole that has round corners."""
    frame = pygame.Surface(size, pygame.SRCALPHA)
    frame.fill((*colour, 255))
    frame.blit(rounded(size, radius, (0, 0, 0)), (0, 0), special_flags=pygame.BLEND_RGBA_SUB)
    return frame
