"""What is drawn looks as it did: reference pictures with a small tolerance."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
import worlds
from frames import busy, water
from pictures import compare

from game.app.draw.backdrop import Backdrop
from game.app.draw.map_frame import Camera, MapFrame
from game.app.draw.map_view import MapView, thumbnail
from game.app.draw.palette import DAY, PALETTES, ROSE
from game.app.draw.type import Type
from game.geography import lay_out

SIZE = (640, 360)


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_the_map_with_everything_on_it(study_view, palette: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The study's map, busy, in each palette."""
    surface = pygame.Surface(SIZE)
    view = study_view(palette, False)
    view.draw(surface, busy(view.level))
    compare(surface, f"map_{palette}", tmp_path)


def test_the_map_close_by(study_view, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The same world with the camera near the crossroads."""
    surface = pygame.Surface(SIZE)
    view = study_view("day", True)
    frame = MapFrame(water=water(view.level), camera=Camera(view.geo.places["Crossroads"], view.close_zoom))
    view.draw(surface, frame)
    compare(surface, "map_close", tmp_path)


def test_the_map_before_it_is_baked(tmp_path: Path) -> None:
    """The plain map of a chain of braided lanes."""
    level = worlds.chain()
    surface = pygame.Surface(SIZE)
    view = MapView(level, lay_out(level), DAY, Type(0.62), SIZE)
    view.draw(surface, MapFrame(water=water(level)))
    compare(surface, "map_plain", tmp_path)


def test_a_single_place_with_loops(tmp_path: Path) -> None:
    """Three loops around one place, baked."""
    level = worlds.loops()
    surface = pygame.Surface(SIZE)
    view = MapView(level, lay_out(level), ROSE, Type(0.62), SIZE)
    view.use(view.bake())
    view.draw(surface, MapFrame(water=water(level), place="here"))
    compare(surface, "map_loops", tmp_path)


def test_the_backdrop(tmp_path: Path) -> None:
    """Sky, mountain and sea in rose."""
    surface = pygame.Surface(SIZE)
    Backdrop(SIZE, ROSE).draw(surface, 4.0)
    compare(surface, "backdrop_rose", tmp_path)


def test_a_thumbnail(tmp_path: Path) -> None:
    """The small map of a level that is laid out by program."""
    level = worlds.career()
    compare(thumbnail(level, lay_out(level), DAY, (320, 180)), "thumbnail", tmp_path)
