"""Notes of a borrowed map: how bright it says the lanes of a fork are; that of the way it would go is filled in."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.app.draw.air import pill
from game.app.draw.lens import Lens
from game.app.draw.map_frame import Lent
from game.app.draw.palette import Palette, mix
from game.app.draw.type import Type
from game.geography import Geography

_FRACTIONS = (0.34, 0.42, 0.5, 0.27, 0.58, 0.66)


def draw_lent(
    surface: pygame.Surface,
    geo: Geography,
    lens: Lens,
    palette: Palette,
    type_: Type,
    lent: Lent,
    taken: Sequence[pygame.Rect],
) -> None:
    """Draw what ``lent`` says of lanes, clear of the rectangles ``taken`` as far as that can be."""
    rim = palette.accent_ink if palette.night < 0.5 else palette.accent
    for lane, rect in lent_rects(geo, lens, type_, lent, taken).items():
        chosen = lane == lent.lane
        fill = palette.accent_ink if chosen else palette.paper
        surface.blit(pill(rect.size, fill, rim if chosen else mix(palette.paper, rim, 0.6)), rect)
        text = type_.render(lent.says[lane], 15, palette.paper if chosen else palette.ink, 600)
        surface.blit(text, text.get_rect(center=rect.center))


def lent_rects(
    geo: Geography, lens: Lens, type_: Type, lent: Lent, taken: Sequence[pygame.Rect]
) -> dict[str, pygame.Rect]:
    """Where the notes lie, by lane id: along their lanes, none over another; one without any room is left out."""
    rects: dict[str, pygame.Rect] = {}
    high = type_.height(15) + 4
    first = sorted(lent.says, key=lambda lane: lane != lent.lane)  # the way it would go has the first choice
    for lane in first:
        if lane not in geo.channels:
            continue
        rect = pygame.Rect(0, 0, type_.width(lent.says[lane], 15, 600) + high, high)
        spots = []
        for rank, fraction in enumerate(_FRACTIONS):
            x, y = lens.to_screen(geo.channels[lane].at(fraction))
            rect.center = (round(x), round(y))
            spots.append((rect.collidelist(list(taken)) >= 0, rank, rect.copy()))
        free = [spot for spot in spots if spot[2].inflate(4, 4).collidelist(list(rects.values())) < 0]
        if free:
            rects[lane] = min(free, key=lambda spot: spot[:2])[2]
    return rects
