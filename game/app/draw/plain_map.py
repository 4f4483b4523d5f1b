"""The plain map: soft land and still water, drawn at once, before the world is baked and for thumbnails."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pygame

from game.app.draw.lens import NO_MARGINS, Lens, Margins, Region, region
from game.app.draw.map_frame import Seen
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.sight import Sight
from game.app.draw.terrain import CELL, codes, relief
from game.app.draw.tint import land_tint
from game.app.draw.water_scale import water_colour, water_width
from game.geography import Geography
from game.geography.channel import STEP
from game.geography.spacing import BANK_WIDTH, CHANNEL_WIDTH

_DRY = Seen(0.0)
_COARSE = 0.6
_THREAD = 7.5  # pixels


class PlainMap:
    """The plain map of one geography for pictures of one size: the land is worked out once, coarsely."""

    def __init__(
        self, geo: Geography, size: tuple[int, int], margins: Margins = NO_MARGINS, fineness: float = _COARSE
    ) -> None:
        self._geo, self._size = geo, size
        self._part = region(geo, size, margins)
        self._scale = size[0] / self._part.width * fineness
        self._codes: np.ndarray | None = None
        self._land: tuple[Palette, pygame.Surface] | None = None
        self._sides: dict[str, np.ndarray] = {}
        self._sight = Sight(geo)

    def draw(self, surface: pygame.Surface, palette: Palette, lens: Lens, water: Mapping[str, Seen]) -> None:
        """Draw land, sea and channels over the whole surface."""
        land = self._land_in(palette)
        left, top = (lens.left - self._part.left) * self._scale, (lens.top - self._part.top) * self._scale
        shown = self._scale / lens.scale
        view = pygame.Rect(round(left), round(top), round(self._size[0] * shown), round(self._size[1] * shown))
        view = view.clamp(land.get_rect()).clip(land.get_rect())
        surface.blit(pygame.transform.smoothscale(land.subsurface(view), self._size), (0, 0))
        shown_lanes = self._sight.through(lens, self._size)
        rim = mix(palette.land[0], palette.shine if palette.night < 0.5 else palette.land[3], 0.4)
        beds = (
            (BANK_WIDTH / 2, rim),
            (BANK_WIDTH / 2 - 1.4, mix(palette.bank, palette.bed, 0.3)),
            (CHANNEL_WIDTH / 2 + 0.6, palette.bed),
        )
        # from afar a channel is a thread, and its rim cannot be seen
        thread = BANK_WIDTH * lens.scale < _THREAD
        for half, colour in beds[1::2] if thread else beds:
            for lane in shown_lanes:
                self._ribbon(surface, lane, lens, half, colour)
        for lane in shown_lanes:
            seen = water.get(lane, _DRY)
            half = water_width(seen.wetness) * CHANNEL_WIDTH / 2
            if half > 0.5:
                self._ribbon(surface, lane, lens, half, water_colour(palette, seen.wetness))

    def _land_in(self, palette: Palette) -> pygame.Surface:
        """The land of the whole region in a palette."""
        if self._land is None or self._land[0] != palette:
            if self._codes is None:
                self._codes = _coarse_codes(self._geo, self._part, self._scale)
            picture = pygame.Surface((self._codes.shape[1], self._codes.shape[0]), depth=32)
            view = pygame.surfarray.pixels2d(picture)
            view[:] = land_tint(palette)[self._codes].T
            del view
            self._land = (palette, picture)
        return self._land[1]

    def _ribbon(self, surface: pygame.Surface, lane: str, lens: Lens, half: float, colour: Colour) -> None:
        points = self._geo.channels[lane].points
        if BANK_WIDTH * lens.scale < _THREAD:
            few = points[:: max(1, int(3.0 / (STEP * lens.scale)))]
            line = lens.all_to_screen(np.concatenate([few, points[-1:]]))
            pygame.draw.lines(surface, colour, False, line.tolist(), max(1, round(2 * half * lens.scale)))
            return
        if lane not in self._sides:
            self._sides[lane] = _sides(points)
        half = max(half, 0.45 / lens.scale)
        across = self._sides[lane] * half
        left, right = lens.all_to_screen(points - across).tolist(), lens.all_to_screen(points + across).tolist()
        # short quadrilaterals, because a whole ribbon may cross itself
        for i in range(0, len(points) - 1, 2):
            j = min(i + 2, len(points) - 1)
            pygame.draw.polygon(surface, colour, [left[i], left[j], right[j], right[i]])


def _coarse_codes(geo: Geography, part: Region, scale: float) -> np.ndarray:
    land = relief(geo, part, max(CELL, 6.0 / scale))
    shape = (max(1, math.ceil(part.height * scale - 1e-6)), max(1, math.ceil(part.width * scale - 1e-6)))
    return codes(land, part, scale, shape)


def _sides(points: np.ndarray) -> np.ndarray:
    """Unit vectors to the right-hand side at every point."""
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.column_stack([-along[:, 1], along[:, 0]])
