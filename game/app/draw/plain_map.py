"""The plain map: flat paper and still water, drawn at once, before the world is baked and for thumbnails."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pygame

from game.app.draw.lens import Lens
from game.app.draw.map_frame import Seen
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.water_scale import water_colour, water_width
from game.geography import Geography
from game.geography.spacing import BANK_WIDTH, CHANNEL_WIDTH

_DRY = Seen(0.0)


def draw_plain(
    surface: pygame.Surface, geo: Geography, palette: Palette, lens: Lens, water: Mapping[str, Seen]
) -> None:
    """Draw land, sea and channels over the whole surface."""
    surface.fill(palette.land[0])
    _draw_sea(surface, geo, palette, lens)
    bank = mix(palette.bank, palette.bed, 0.25)
    sides = {lane: _sides(channel.points) for lane, channel in geo.channels.items()}
    for lane in geo.channels:
        _ribbon(surface, geo, lane, sides, lens, BANK_WIDTH / 2 - 1, bank)
    for lane in geo.channels:
        _ribbon(surface, geo, lane, sides, lens, CHANNEL_WIDTH / 2 + 1, palette.bed)
    for lane in geo.channels:
        seen = water.get(lane, _DRY)
        width = water_width(seen.wetness) * CHANNEL_WIDTH / 2
        if width > 0.5:
            _ribbon(surface, geo, lane, sides, lens, width, water_colour(palette, seen.wetness))


def _draw_sea(surface: pygame.Surface, geo: Geography, palette: Palette, lens: Lens) -> None:
    width, height = surface.get_size()
    x = lens.to_screen((geo.size[0] - 52, 0))[0]
    edge = [(x + 10 * np.sin(y / 61) + 6 * np.sin(y / 23), y) for y in range(0, height + 8, 8)]
    for shift, colour in ((-5.0, palette.shine), (0.0, palette.sea[0]), (26.0, palette.sea[1])):
        points = [(px + shift * lens.scale, py) for px, py in edge]
        pygame.draw.polygon(surface, colour, [*points, (max(width, x) + 60, height), (max(width, x) + 60, 0)])


def _sides(points: np.ndarray) -> np.ndarray:
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.column_stack([-along[:, 1], along[:, 0]])


def _ribbon(
    surface: pygame.Surface,
    geo: Geography,
    lane: str,
    sides: Mapping[str, np.ndarray],
    lens: Lens,
    half: float,
    colour: Colour,
) -> None:
    points, across = geo.channels[lane].points, sides[lane]
    left, right = lens.all_to_screen(points - half * across), lens.all_to_screen(points + half * across)
    # short quadrilaterals, because a whole ribbon may cross itself
    for i in range(0, len(points) - 1, 2):
        j = min(i + 2, len(points) - 1)
        pygame.draw.polygon(surface, colour, [left[i], left[j], right[j], right[i]])
