"""Places on the map with their names: rings with shapes, and labels laid once for every scale."""

from __future__ import annotations

import math
from collections.abc import Iterator

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
_FAR, _SPARSE = 0.42, 8.0


class Signposts:
    """The places of a level in a picture of one size."""

    def __init__(self, level: Level, geo: Geography, type_: Type, size: tuple[int, int]) -> None:
        self._geo, self._type, self._window = geo, type_, window_scale(size)
        self._size = size
        places = [(p.id, p.label, shape_of(level, p), is_goal(level, p)) for p in level.places]
        ways = {p.id: len(level.lanes_from[p.id]) for p in level.places}
        # where there is no room for all names, the beginning, the goals and the largest forks come first
        self._places = sorted(places, key=lambda p: (p[0] != level.start, not p[3], p[2] != "star", -ways[p[0]]))
        self._points = np.array([geo.places[place] for place, *_ in self._places]).reshape(-1, 2)
        self._courses = np.concatenate([np.empty((0, 2)), *(channel.points[::2] for channel in geo.channels.values())])
        self._laid: dict[float, list[pygame.Rect | None]] = {}
        self._seen: tuple[object, list[tuple[int, tuple[float, float]]]] = (None, [])
        self._posted: tuple[object, _Posted] | None = None
        self._crowd: tuple[object, list[pygame.Rect]] = (None, [])

    def draw_lamps(self, surface: pygame.Surface, palette: Palette, lens: Lens) -> None:
        """Draw the glow around every place at night."""
        for k, at in self._in_sight(lens):
            draw_lamp(surface, at, 4 * self._radius(lens, self._places[k][3]), palette)

    def draw(
        self, surface: pygame.Surface, palette: Palette, lens: Lens, laid_at: float, focused: str | None
    ) -> list[pygame.Rect]:
        """Draw rings and names and return the names' rectangles; ``laid_at`` is the scale labels are laid out for."""
        key = (palette, lens, laid_at, focused)
        if self._posted is None or self._posted[0] != key:
            self._posted = (key, self._post(palette, lens, laid_at, focused))
        surface.fblits(self._posted[1].drawn)
        return self._posted[1].names

    def _post(self, palette: Palette, lens: Lens, laid_at: float, focused: str | None) -> _Posted:
        rects, size = self._label_rects(laid_at), self._label_size(laid_at)
        posted = _Posted([], [])
        named: list[tuple[pygame.Surface, tuple[int, int]]] = []
        # the names lie above all rings, and that of the place in question above all names
        for k, (x, y) in sorted(self._in_sight(lens), key=lambda seen: self._places[seen[0]][0] == focused):
            place, label, shape, goal = self._places[k]
            glyph = palette.accent if place == focused else palette.rim
            ring = node(shape, self._radius(lens, goal), palette.node, palette.rim, glyph, goal)
            posted.drawn.append((ring, (round(x) - ring.get_width() // 2, round(y) - ring.get_height() // 2)))
        for k, (x, y) in sorted(self._in_sight(lens), key=lambda seen: self._places[seen[0]][0] != focused):
            place, label, _, goal = self._places[k]
            rect = rects[k]
            if rect is None and place == focused:
                wide, high = self._type.width(self._short(label, size), size), self._type.height(size)
                rect = pygame.Rect(-wide // 2, -self._radius(lens, goal) - 3 - high, wide, high)
            if rect is not None:
                at = rect.move(round(x), round(y))
                # seen from farther off than they were laid out for, names come closer: the later one waits
                if at.inflate(-4, -4).collidelist(posted.names) >= 0:
                    continue
                text = halo_text(self._type, self._short(label, size), size, palette.ink, palette.paper)
                named.append((text, (at.x - halo_margin(), at.y - halo_margin())))
                posted.names.append(at)
        posted.drawn.extend(reversed(named))
        return posted

    def prepare(self, palette: Palette, lens: Lens, laid_at: float) -> Iterator[None]:
        """Make the rings and names that a lens shows, one at every step."""
        rects, size = self._label_rects(laid_at), self._label_size(laid_at)
        for k, _ in self._in_sight(lens):
            _, label, shape, goal = self._places[k]
            node(shape, self._radius(lens, goal), palette.node, palette.rim, palette.rim, goal)
            if rects[k] is not None:
                halo_text(self._type, self._short(label, size), size, palette.ink, palette.paper)
            yield

    def label_rects(self, lens: Lens, laid_at: float) -> dict[str, pygame.Rect]:
        """Where the names of places in sight lie in the picture, by place id; without those that have no room."""
        laid, rects = self._label_rects(laid_at), {}
        for k, (x, y) in self._in_sight(lens):
            rect = laid[k]
            if rect is not None:
                rects[self._places[k][0]] = rect.move(round(x), round(y))
        return rects

    def crowd(self, lens: Lens, laid_at: float) -> list[pygame.Rect]:
        """Where the names and the rings of the places in sight lie; the list is kept, do not change it."""
        if self._crowd[0] != (lens, laid_at):
            rects = list(self.label_rects(lens, laid_at).values())
            for k, (x, y) in self._in_sight(lens):
                radius = self._radius(lens, self._places[k][3])
                rects.append(pygame.Rect(round(x) - radius, round(y) - radius, 2 * radius, 2 * radius))
            self._crowd = ((lens, laid_at), rects)
        return self._crowd[1]

    def _in_sight(self, lens: Lens) -> list[tuple[int, tuple[float, float]]]:
        """The places in sight by number, and where they lie in the picture."""
        if self._seen[0] != lens:
            at = lens.all_to_screen(self._points)
            x, y = at[:, 0], at[:, 1]
            there = (x > -160) & (x < self._size[0] + 160) & (y > -60) & (y < self._size[1] + 60)
            near = np.flatnonzero(there)
            self._seen = (lens, list(zip(near.tolist(), map(tuple, at[near].tolist()), strict=True)))
        return self._seen[1]

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
            # seen from so far that channels are threads, a map shows the names for which the land has room
            dearest, apart = (_SPARSE, 14) if scale < _FAR * self._window else (math.inf, 0)
            rects = placed(spots, lens.all_to_screen(self._courses), world, dearest=dearest, apart=apart)
            self._laid[key] = [
                rect and rect.move(-round(spot.point[0]), -round(spot.point[1]))
                for rect, spot in zip(rects, spots, strict=True)
            ]
        return self._laid[key]


class _Posted:
    """All that is drawn of the places, in order, and where their names lie."""

    def __init__(self, drawn: list[tuple[pygame.Surface, tuple[int, int]]], names: list[pygame.Rect]) -> None:
        self.drawn, self.names = drawn, names
