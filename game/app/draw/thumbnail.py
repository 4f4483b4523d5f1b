"""Thumbnails: a level's map as small as a card."""

from __future__ import annotations

import pygame

from game.app.draw.lens import lens_for
from game.app.draw.map_frame import Seen
from game.app.draw.palette import Palette
from game.app.draw.plain_map import PlainMap
from game.geography import PLACE_RADIUS, Geography
from game.model import Level

_FINE = 2
_STEADY = 0.5


def thumbnail(level: Level, geo: Geography, palette: Palette, size: tuple[int, int]) -> pygame.Surface:
    """The level's map with the water of year 0 in ``size`` pixels: land, channels, places as dots, the start filled."""
    fine = (max(2, size[0]) * _FINE, max(2, size[1]) * _FINE)
    picture = pygame.Surface(fine)
    lens = lens_for(geo, fine, None)
    PlainMap(geo, fine, fineness=1.0).draw(picture, palette, lens, starting_water(level))
    radius = max(2.6 * _FINE, PLACE_RADIUS * lens.scale)
    for place, point in geo.places.items():
        x, y = lens.to_screen(point)
        pygame.draw.circle(picture, palette.rim, (x, y), radius * 1.25)
        pygame.draw.circle(picture, palette.accent if place == level.start else palette.node, (x, y), radius * 0.85)
    return pygame.transform.smoothscale(picture, (max(2, size[0]), max(2, size[1])))


def starting_water(level: Level) -> dict[str, Seen]:
    """The water of every lane in year 0; a lane without a current always carries the same."""
    water = {}
    for lane in level.lanes:
        if lane.current is None:
            water[lane.id] = Seen(_STEADY, constant=True)
        else:
            current = level.currents[level.current_index[lane.current]]
            water[lane.id] = Seen(current.wetness(current.start))
    return water
