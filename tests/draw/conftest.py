"""Drawing without a display, and the maps that several tests look at."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
import worlds

from game.app.draw.map_view import MapView
from game.app.draw.palette import PALETTES
from game.app.draw.type import Type
from game.geography import lay_out

SMALL = (640, 360)


@pytest.fixture(scope="session")
def study_view() -> Callable[[str, bool], MapView]:
    """Maps of the study level in 640×360, baked once, by palette name and reduced motion."""
    pygame.font.init()
    level = worlds.study()
    geo = lay_out(level)
    baked = MapView(level, geo, PALETTES["day"], Type(0.5), SMALL).bake()

    def view(palette: str = "day", still: bool = False) -> MapView:
        made = MapView(level, geo, PALETTES[palette], Type(0.62), SMALL, reduced_motion=still)
        made.use(baked)
        return made

    return view
