"""Floats: light that has just been gathered, rising for a moment where it covers nothing that one has to read.

On a lane it rises from the boat.  At a place the mouths and their keys lie around the boat, so there it rises beside
the card of the year, which counts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.app.desk import Desk
from game.app.draw.labels import halo_text

FLOATING = 1.6
"""Seconds for which light floats up."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Float:
    """Light that has just been gathered: its text, where in the world, for how many seconds it has been rising, and
    whether the boat had come to a place."""

    text: str
    at: Point
    age: float = 0.0
    at_place: bool = False


def draw_float(surface: pygame.Surface, desk: Desk, each: Float, spot: Point) -> None:
    """Draws a float that rises from a point of the picture."""
    rise = desk.px(42) + desk.px(40) * _risen(each)
    text = _written(desk, each, 24)
    surface.blit(text, text.get_rect(center=(round(spot[0]), round(spot[1] - rise))))


def draw_beside(surface: pygame.Surface, desk: Desk, each: Float, papers: Sequence[pygame.Rect]) -> None:
    """Draws a float that rises beside the first of the sheets, which is the card of the year, if there is room."""
    card, others = papers[0], papers[1:]
    left = card.right + desk.em(8)
    for size in (24, 19, 17, 15):
        text = _written(desk, each, size)
        way = pygame.Rect(left, card.top, text.get_width(), card.height)
        if way.right <= desk.size[0] and way.collidelist(others) < 0:
            low, high = card.bottom - text.get_height(), card.centery - text.get_height() // 2
            surface.blit(text, (left, round(low + (high - low) * _risen(each))))
            return


def _risen(each: Float) -> float:
    """How much of its way it has risen, 0 to 1."""
    return 1.0 - (1.0 - each.age / FLOATING) ** 2


def _written(desk: Desk, each: Float, size: int) -> pygame.Surface:
    left = 1.0 - each.age / FLOATING
    text = halo_text(desk.type, each.text, size, desk.palette.accent_ink, desk.palette.paper, 600).copy()
    text.set_alpha(round(255 * min(1.0, 2.2 * left)))
    return text
