"""Places on the map with their names: rings with shapes, and labels laid once for every scale."""

from __future__ import annotations

import numpy as np
import pygame

from game.app.draw.air import draw_lamp
from game.app.draw.labels import Spot, halo_margin, halo_text, placed
from game.app.draw.lens import Lens, window_scale
from game.app.draw.palette import Palette
from game.app.draw.shapes import is_goal, node, shape_of
from game.app.draw.type import Type
from game.geography import PLACE_RADIUS, Geography
from game.model import Level

_GOAL = 26 / 15
_LONGEST = 15


class Signposts:
    """The places of a level in a picture of one size."""

    def __init__(self, level: Level, geo: Geography, type_: Type, size: tuple[int, int]) -> None:
        self._geo, self._type, self._window = geo, type_, window_scale(size)
        self._size = size
        self._places = [(p.id, p.label, shape_of(level, p), is_goal(level, p)) for p in level.places]
        self._courses = np.concatenate([np.empty((0, 2)), *(channel.points[::2] for channel in geo.channels.values())])
        self._laid: dict[float, list[pygame.Rect | None]] = {}

    def draw_lamps(self, surface: pygame.Surface, palette: Palette, lens: Lens) -> None:
        """Draw the glow around every place at night."""
        for place, _, _, goal in self._places:
            x, y = lens.to_screen(self._geo.places[place])
            if self._in_sight(x, y):
                draw_lamp(surface, (x, y), 4 * self._radius(lens, goal), palette)

    def draw(
        self, surface: pygame.Surface, palette: Palette, lens: Lens, laid_at: float, focused: str | None
    ) -> list[pygame.Rect]:
        """Draw rings and names and return the names' rectangles; ``laid_at`` is the scale labels are laid out for."""
        rects = self._label_rects(laid_at)
        size = self._label_size(laid_at)
        drawn_names = []
        for (place, label, shape, goal), rect in zip(self._places, rects, strict=True):
            x, y = lens.to_screen(self._geo.places[place])
            if not self._in_sight(x, y):
                continue
            glyph = palette.accent if place == focused else palette.rim
            ring = node(shape, self._radius(lens, goal), palette.node, palette.rim, glyph, goal)
            surface.blit(ring, (round(x) - ring.get_width() // 2, round(y) - ring.get_height() // 2))
            if rect is not None:
                at = rect.move(round(x), round(y))
                text = halo_text(self._type, self._short(label, size), size, palette.ink, palette.paper)
                surface.blit(text, (at.x - halo_margin(), at.y - halo_margin()))
                drawn_names.append(at)
        return drawn_names

    def label_rects(self, lens: Lens, laid_at: float) -> dict[str, pygame.Rect]:
        """Where the names of places lie in the picture, by place id; places without room for theirs are left out."""
        rects = {}
        for (place, *_), rect in zip(self._places, self._label_rects(laid_at), strict=True):
            if rect is not None:
                x, y = lens.to_screen(self._geo.places[place])
                rects[place] = rect.move(round(x), round(y))
        return rects

    def _in_sight(self, x: float, y: float) -> bool:
        return -160 < x < self._size[0] + 160 and -60 < y < self._size[1] + 60

    def _label_size(self, scale: float) -> int:
        return 17 if scale > 0.62 * self._window else 15 if scale > 0.42 * self._window else 13

    def _short(self, label: str, size: int) -> str:
        """A name cut to what a map has room for."""
        return self._type.shortened(label, size, round(_LONGEST * size * self._type.scale))

    def _radius(self, lens: Lens, goal: bool) -> int:
        scale = min(max(lens.scale, 0.4 * self._window), 1.35 * self._window)
        return max(4, round(PLACE_RADIUS * scale * (_GOAL if goal else 1.0)))

    def _label_rects(self, scale: float) -> list[pygame.Rect | None]:
        """Where labels lie, relative to their places, for one scale."""
        key = round(scale, 4)
        if key not in self._laid:
            lens, size = Lens(scale, 0.0, 0.0), self._label_size(scale)
            spots = [
                Spot(
                    lens.to_screen(self._geo.places[place]),
                    self._radius(lens, goal),
                    (self._type.width(self._short(label, size), size), self._type.height(size)),
                )
                for place, label, _, goal in self._places
            ]
            world = pygame.Rect(0, 0, round(self._geo.size[0] * scale), round(self._geo.size[1] * scale))
            rects = placed(spots, lens.all_to_screen(self._courses), world)
            self._laid[key] = [
                rect and rect.move(-round(spot.point[0]), -round(spot.point[1]))
                for rect, spot in zip(rects, spots, strict=True)
            ]
        return self._laid[key]
