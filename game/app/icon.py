"""The picture of the game on the desktop's bars: a boat on a round of water."""

from __future__ import annotations

import pygame

from game.app.draw.boats import boat
from game.app.draw.palette import DAY


def icon(side: int = 64) -> pygame.Surface:
    """The icon, ``side`` pixels wide and high, with nothing round the disc."""
    fine = 4 * side
    picture = pygame.Surface((fine, fine), pygame.SRCALPHA)
    middle, radius = (fine // 2, fine // 2), fine * 15 // 32
    pygame.draw.circle(picture, DAY.rim, middle, radius)
    pygame.draw.circle(picture, DAY.flow, middle, radius * 9 // 10)
    for row, shade in ((0.32, DAY.trickle), (0.68, DAY.surge)):
        y = round(fine * row)
        pygame.draw.line(picture, shade, (fine // 4, y), (fine * 3 // 4, y), fine // 24)
    drawn = boat(DAY, "player", 0.0, side / 13)
    picture.blit(drawn, drawn.get_rect(center=middle))
    return pygame.transform.smoothscale(picture, (side, side))
