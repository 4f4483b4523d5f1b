"""Lit lanes: how bright every lane is by the light in hand, as a figure where that is counted, else as a glow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pygame

from game.app.draw.glow import glow_picture
from game.app.draw.labels import halo_text
from game.app.draw.lens import Lens
from game.app.draw.palette import Palette
from game.app.draw.type import Type
from game.geography import Geography

Lit = str | int
"""A figure to write, or the strength of a glow from 0 to 4."""

_SPOTS = (0.36, 0.5, 0.64)
_FIGURE_AT = (0.5, 0.42, 0.58, 0.34, 0.66)
_GLOW = 62.0
"""The size of a glow in pixels of the 1280×720 design."""


def draw_glows(surface: pygame.Surface, geo: Geography, lens: Lens, palette: Palette, lit: Mapping[str, Lit]) -> None:
    """Draws the glows of lanes, which lie under all that is written."""
    for lane, strength in lit.items():
        if isinstance(strength, int) and strength and lane in geo.channels:
            spot = glow_picture(palette, strength, round(_GLOW * lens.scale))
            for fraction in _SPOTS:
                surface.blit(spot, spot.get_rect(center=_at(geo, lens, lane, fraction)))


def draw_figures(
    surface: pygame.Surface,
    geo: Geography,
    lens: Lens,
    palette: Palette,
    type_: Type,
    lit: Mapping[str, Lit],
    taken: Sequence[pygame.Rect],
) -> None:
    """Draws the figures of lanes; one that finds no room clear of ``taken`` and the others waits."""
    laid = list(taken)
    for lane, figure in lit.items():
        if isinstance(figure, str) and lane in geo.channels:
            picture = halo_text(type_, figure, 17, palette.accent_ink, palette.paper, 600)
            for fraction in _FIGURE_AT:
                rect = picture.get_rect(center=_at(geo, lens, lane, fraction))
                if rect.inflate(-4, -4).collidelist(laid) < 0:
                    surface.blit(picture, rect)
                    laid.append(rect)
                    break


def _at(geo: Geography, lens: Lens, lane: str, fraction: float) -> tuple[int, int]:
    x, y = lens.to_screen(geo.channels[lane].at(fraction))
    return round(x), round(y)
