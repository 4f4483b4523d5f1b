"""The map: the whole landscape from above, with its water, places, names, boats and marks.

``MapView.draw`` is a pure function of the frame: the same frame gives the same pixels.
"""

from __future__ import annotations

import numpy as np
import pygame

from game.app.draw.boats import boat
from game.app.draw.labels import Spot, halo_margin, halo_text, placed
from game.app.draw.lens import Lens, lens_for, whole_zoom, window_scale
from game.app.draw.map_frame import BoatMark, Camera, LaneMark, MapFrame, Seen
from game.app.draw.palette import Palette
from game.app.draw.plain_map import draw_plain
from game.app.draw.shapes import is_goal, node, shape_of
from game.app.draw.type import Type
from game.geography import PLACE_RADIUS, Geography
from game.geography.spacing import BANK_WIDTH
from game.model import Level

__all__ = ["BoatMark", "Camera", "LaneMark", "MapFrame", "MapView", "Seen"]

_GOAL = 26 / 15


class MapView:
    """The map of one level in a picture of one size; usable at once, and handsome once its world is baked."""

    def __init__(
        self,
        level: Level,
        geo: Geography,
        palette: Palette,
        type_: Type,
        size: tuple[int, int],
        reduced_motion: bool = False,
    ) -> None:
        self.level, self.geo, self.type = level, geo, type_
        self.size = (max(1, int(size[0])), max(1, int(size[1])))
        self.reduced_motion = reduced_motion
        self.palette = palette
        self._lens = lens_for(geo, self.size, None)
        self._plain: tuple[object, pygame.Surface] | None = None
        self._labels: dict[float, list[pygame.Rect | None]] = {}

    @property
    def whole(self) -> Camera:
        """The camera that shows the whole world."""
        return Camera((self.geo.size[0] / 2, self.geo.size[1] / 2), whole_zoom(self.geo))

    def recolour(self, palette: Palette) -> None:
        """Draw in another palette from now on."""
        self.palette = palette

    def draw(self, surface: pygame.Surface, frame: MapFrame) -> None:
        """Draw the frame over the surface's top left ``size`` pixels."""
        self._lens = lens = lens_for(self.geo, self.size, frame.camera)
        surface.blit(self._land(frame, lens), (0, 0))
        self._draw_places(surface, frame, lens)
        for mark in frame.boats:
            self._draw_boat(surface, mark, lens)

    def lane_at(self, pos: tuple[float, float]) -> str | None:
        """The lane under a pixel position, as last drawn; None where there is none within reach."""
        x, y = self._lens.to_world(pos)
        reach = max(BANK_WIDTH * 0.75, 12.0 / self._lens.scale)
        best: tuple[float, str] | None = None
        for lane, channel in self.geo.channels.items():
            away = float(np.hypot(channel.points[:, 0] - x, channel.points[:, 1] - y).min())
            if away <= reach and (best is None or away < best[0]):
                best = (away, lane)
        return best[1] if best else None

    def place_at(self, pos: tuple[float, float]) -> str | None:
        """The place under a pixel position, as last drawn; None where there is none within reach."""
        x, y = self._lens.to_world(pos)
        reach = max(PLACE_RADIUS * 1.4, 12.0 / self._lens.scale)
        near = [((px - x) ** 2 + (py - y) ** 2, place) for place, (px, py) in self.geo.places.items()]
        distance, place = min(near)
        return place if distance <= reach**2 else None

    def to_screen(self, point: tuple[float, float]) -> tuple[float, float]:
        """The pixel position of a world point, as last drawn."""
        return self._lens.to_screen(point)

    def to_world(self, pos: tuple[float, float]) -> tuple[float, float]:
        """The world point at a pixel position, as last drawn."""
        return self._lens.to_world(pos)

    def _land(self, frame: MapFrame, lens: Lens) -> pygame.Surface:
        key = (lens, self.palette, tuple(sorted((lane, seen.wetness) for lane, seen in frame.water.items())))
        if self._plain is None or self._plain[0] != key:
            picture = pygame.Surface(self.size)
            draw_plain(picture, self.geo, self.palette, lens, frame.water)
            self._plain = (key, picture)
        return self._plain[1]

    def _draw_places(self, surface: pygame.Surface, frame: MapFrame, lens: Lens) -> None:
        p = self.palette
        rects = self._label_rects(lens)
        for place, rect in zip(self.level.places, rects, strict=True):
            x, y = lens.to_screen(self.geo.places[place.id])
            radius = self._radius(lens, is_goal(self.level, place))
            glyph = p.accent if frame.place == place.id else p.rim
            drawn = node(shape_of(self.level, place), radius, p.node, p.rim, glyph, is_goal(self.level, place))
            surface.blit(drawn, (round(x) - drawn.get_width() // 2, round(y) - drawn.get_height() // 2))
            if rect is not None:
                text = halo_text(self.type, place.label, 17, p.ink, p.paper)
                surface.blit(text, (round(x) + rect.x - halo_margin(), round(y) + rect.y - halo_margin()))

    def _label_rects(self, lens: Lens) -> list[pygame.Rect | None]:
        """Where labels lie, relative to their places, for one scale."""
        key = round(lens.scale, 3)
        if key not in self._labels:
            spots = [
                Spot(
                    lens.to_screen(self.geo.places[place.id]),
                    self._radius(lens, is_goal(self.level, place)),
                    (self.type.width(place.label, 17), self.type.height(17)),
                )
                for place in self.level.places
            ]
            courses = lens.all_to_screen(np.concatenate([c.points[::2] for c in self.geo.channels.values()]))
            rects = placed(spots, courses, pygame.Rect(-(10**6), -(10**6), 2 * 10**6, 2 * 10**6))
            self._labels[key] = [
                rect and rect.move(-round(spot.point[0]), -round(spot.point[1]))
                for rect, spot in zip(rects, spots, strict=True)
            ]
        return self._labels[key]

    def _radius(self, lens: Lens, goal: bool) -> int:
        scale = max(0.4 * window_scale(self.size), min(lens.scale, 1.35 * window_scale(self.size)))
        return max(4, round(PLACE_RADIUS * scale * (_GOAL if goal else 1.0)))

    def _draw_boat(self, surface: pygame.Surface, mark: BoatMark, lens: Lens) -> None:
        if mark.lane is not None:
            channel = self.geo.channels[mark.lane]
            (x, y), (nx, ny) = channel.at(mark.fraction), channel.normal(mark.fraction)
            x, y = x + 5 * mark.lateral * nx, y + 5 * mark.lateral * ny
            heading = channel.heading(mark.fraction)
        elif mark.place is not None:
            (x, y), heading = self.geo.places[mark.place], 0.0
        else:
            return
        drawn = boat(self.palette, mark.style, heading if mark.heading is None else mark.heading, lens.scale)
        sx, sy = lens.to_screen((x, y))
        surface.blit(drawn, (round(sx - drawn.get_width() / 2), round(sy - drawn.get_height() / 2)))
