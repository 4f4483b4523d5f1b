"""Odd sizes, odd levels and odd texts are drawn without complaint."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest
import worlds
from frames import water

from game.app.draw.backdrop import Backdrop
from game.app.draw.map_frame import BoatMark, Camera, LaneMark, MapFrame, Seen
from game.app.draw.map_view import MapView, thumbnail
from game.app.draw.palette import DAY, ROSE
from game.app.draw.panel import draw_panel
from game.app.draw.swatch import water_swatch
from game.app.draw.type import Type
from game.geography import lay_out


@pytest.mark.parametrize("size", [(1, 1), (2, 50), (50, 2), (900, 40), (40, 700)])
def test_pictures_of_any_size(size: tuple[int, int]) -> None:
    """Maps, plain and baked, backdrops, thumbnails, swatches and panels can be tiny or very narrow."""
    level = worlds.study()
    geo = lay_out(level)
    surface = pygame.Surface(size)
    view = MapView(level, geo, DAY, Type(0.5), size)
    frame = MapFrame(1.0, water(level), boats=[BoatMark(place="Spring")], camera=Camera((3.0, 4.0), 3.0))
    view.draw(surface, frame)
    view.use(view.bake())
    view.draw(surface, frame)
    Backdrop(size, ROSE).draw(surface, 3.0)
    thumbnail(level, geo, DAY, size)
    water_swatch(DAY, 0.5, size, 1.0)
    draw_panel(surface, (0, 0, *size), DAY)


@pytest.mark.parametrize("text", ["", "\x00a", "a\nb", "x" * 5000, "\u200b", "🎉", "e\u0301", "\t", "مرحبا", "\ud800"])
def test_texts_of_any_kind(text: str) -> None:
    """Signs that cannot be drawn leave a space; nothing is too long, too strange or too empty to render."""
    type_ = Type()
    for tracked in (False, True):
        surface = type_.render(text, 17, DAY.ink, 600, tracked)
        assert surface.get_height() == type_.height(17)
    assert type_.wrap(text[:200], 17, 100)
    assert type_.width(type_.shortened(text, 17, 90), 17) <= 90


def test_a_letter_and_its_mark_are_one() -> None:
    """A letter followed by a combining mark looks like the letter with that mark."""
    type_ = Type()
    assert type_.width("e\u0301te", 24) == type_.width("éte", 24)


def test_a_level_without_lanes_or_with_long_names() -> None:
    """A lone place can be looked at, and names as long as a story are cut to what a map has room for."""
    level = worlds.study()
    lone = replace(level, places=level.places[:1], lanes=())
    wordy = replace(level, places=tuple(replace(p, label=p.label * 40) for p in level.places))
    for odd in (lone, wordy):
        view = MapView(odd, lay_out(odd), DAY, Type(), (320, 180))
        surface = pygame.Surface((320, 180))
        view.draw(surface, MapFrame())
        view.use(view.bake())
        view.draw(surface, MapFrame())
        assert all(rect.width < 320 for rect in view.label_rects().values())


def test_marks_on_lanes_that_are_not_there() -> None:
    """Water, keys and boats of lanes and places that the level does not have are passed over."""
    level = worlds.chain()
    view = MapView(level, lay_out(level), DAY, Type(), (320, 180))
    frame = MapFrame(
        water={"no": Seen(3.0, 100)},
        lanes={"no": LaneMark("1", focused=True)},
        boats=[BoatMark(lane="no"), BoatMark()],
        place="no",
        trail=("no",),
        plan=("no",),
    )
    view.draw(pygame.Surface((320, 180)), frame)
