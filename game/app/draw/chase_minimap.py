"""The minimap: a round piece of the map from above, turned so that the boat looks up."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.boats import boat
from game.app.draw.chase_floor import ChaseFloor
from game.app.draw.chase_frame import ChaseFrame
from game.app.draw.palette import Colour, Palette
from game.app.draw.shapes import circle, node, shape_of, smooth
from game.geography import Geography
from game.model import Level

_UNITS = 250.0
"""How many world units the minimap is wide."""


class Minimap:
    """The minimap of one level."""

    def __init__(self, level: Level, geo: Geography) -> None:
        self._level, self._geo = level, geo
        self._face: dict[int, pygame.Surface] = {}
        self._ids = list(geo.places)
        self._points = np.array([geo.places[place] for place in self._ids]).reshape(-1, 2)

    def draw(
        self,
        surface: pygame.Surface,
        floor: ChaseFloor | None,
        frame: ChaseFrame,
        palette: Palette,
        spot: tuple[int, int, int],
    ) -> None:
        """Draw the minimap around ``spot`` (column, row, radius); without a floor there is none yet."""
        if floor is None:
            return
        column, row, radius = spot
        side, pose = 2 * radius, frame.pose
        cell = _UNITS / side
        ahead = 0.22 * _UNITS
        centre = (pose.x + ahead * math.cos(pose.heading), pose.y + ahead * math.sin(pose.heading))
        colours = floor.plan(side, centre, pose.heading, cell)
        face = self._face.setdefault(side, pygame.Surface((side, side), pygame.SRCALPHA))
        view = pygame.surfarray.pixels2d(face)
        view.T[:] = colours | _mask(side)
        del view
        self._draw_places(face, palette, centre, pose.heading, cell, frame.map.place)
        face.blit(_cut(side), (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
        ring = _ring(side, palette.paper, palette.rim)
        surface.blit(ring, (column - ring.get_width() // 2, row - ring.get_height() // 2))
        surface.blit(face, (column - radius, row - radius))
        edge = _edge(side, palette.paper)
        surface.blit(edge, (column - edge.get_width() // 2, row - edge.get_height() // 2))
        drawn = boat(palette, "player", -math.pi / 2, max(0.5, radius / 92))
        below = round(ahead / cell)
        surface.blit(drawn, (column - drawn.get_width() // 2, row + below - drawn.get_height() // 2))

    def _draw_places(
        self, face: pygame.Surface, palette: Palette, centre: tuple[float, float], heading: float, cell: float,
        ahead: str | None,
    ) -> None:  # fmt: skip
        side = face.get_width()
        cos, sin = math.cos(heading), math.sin(heading)
        dx, dy = (self._points - centre).T
        right, up = (dy * cos - dx * sin) / cell, (dx * cos + dy * sin) / cell
        for k in np.flatnonzero(np.hypot(right, up) < side / 2 + 14).tolist():
            place = self._ids[k]
            shape = shape_of(self._level, self._level.place(place))
            glyph = palette.accent if place == ahead else palette.rim
            drawn = node(shape, max(5, round(side / 16)), palette.node, palette.rim, glyph)
            corner = (side / 2 + right[k] - drawn.get_width() / 2, side / 2 - up[k] - drawn.get_height() / 2)
            face.blit(drawn, (round(corner[0]), round(corner[1])))


@lru_cache(maxsize=8)
def _mask(side: int) -> np.ndarray:
    return np.full((side, side), 0xFF000000, dtype=np.uint32)


@lru_cache(maxsize=8)
def _cut(side: int) -> pygame.Surface:
    disc = smooth((side, side), (255, 255, 255), [((255, 255, 255), circle(side * 3, side * 3, side * 3 - 6))])
    view = pygame.surfarray.pixels3d(disc)
    view[:] = 255
    del view
    return disc


@lru_cache(maxsize=8)
def _ring(side: int, paper: Colour, rim: Colour) -> pygame.Surface:
    """The soft shadow under the minimap."""
    whole = side + 24
    x = np.arange(whole) - whole / 2 + 0.5
    away = np.hypot(x[:, None] - 2, x[None, :] - 4)
    drawn = pygame.Surface((whole, whole), pygame.SRCALPHA)
    drawn.fill((*rim, 0))
    alpha = pygame.surfarray.pixels_alpha(drawn)
    alpha[:] = np.rint(80 * np.clip((side / 2 + 8 - away) / 9, 0, 1)).astype(np.uint8)
    del alpha
    return drawn


@lru_cache(maxsize=8)
def _edge(side: int, paper: Colour) -> pygame.Surface:
    """The rim of paper around the minimap."""
    whole, thick = side + 8, max(3.0, side / 36)
    x = np.arange(whole) - whole / 2 + 0.5
    away = np.hypot(x[:, None], x[None, :])
    drawn = pygame.Surface((whole, whole), pygame.SRCALPHA)
    drawn.fill((*paper, 0))
    alpha = pygame.surfarray.pixels_alpha(drawn)
    alpha[:] = np.rint(255 * np.clip(thick / 2 + 0.5 - np.abs(away - (side / 2 - 1)), 0, 1)).astype(np.uint8)
    del alpha
    return drawn
