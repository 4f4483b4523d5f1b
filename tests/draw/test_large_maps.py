"""Large maps and what is made ready ahead: names that find room, and pixels that do not depend on what came before."""

from __future__ import annotations

from functools import cache

import numpy as np
import pygame
import pytest
import worlds
from frames import busy, water
from pictures import pixels

from game.app.draw.lens import Lens
from game.app.draw.map_frame import Camera, MapFrame
from game.app.draw.map_view import MapView
from game.app.draw.palette import DAY, DUSK
from game.app.draw.sight import Sight
from game.app.draw.type import Type
from game.geography import Geography, lay_out
from game.model import Level

SIZE = (640, 360)


@cache
def large(placed: bool) -> tuple[Level, Geography]:
    """A level of 200 places and 500 lanes, laid out by its file or by the program."""
    level = worlds.scattered(200, 500, placed=placed)
    return level, lay_out(level)


def drawn(view: MapView, frame: MapFrame) -> np.ndarray:
    """The pixels of a frame."""
    surface = pygame.Surface(view.size)
    view.draw(surface, frame)
    return pixels(surface)


@pytest.mark.parametrize("placed", [True, False])
def test_from_afar_names_wait_for_room(placed: bool) -> None:
    """Seen whole, no name lies over another name or a place or leaves the world, and the beginning has its name."""
    level, geo = large(placed)
    view = MapView(level, geo, DAY, Type(), (1280, 720))
    view.draw(pygame.Surface((1280, 720)), MapFrame(water=water(level)))
    rects = view.label_rects()
    assert level.start in rects
    assert 10 < len(rects) < len(level.places)
    listed = list(rects.values())
    assert all(rect.inflate(8, 8).collidelist(listed[k + 1 :]) < 0 for k, rect in enumerate(listed))
    for place, point in geo.places.items():
        x, y = view.to_screen(point)
        assert all(other == place or not rect.collidepoint(x, y) for other, rect in rects.items())
    assert all(pygame.Rect(-2, -2, 1284, 724).contains(rect) for rect in listed)


def test_the_place_in_question_always_has_its_name() -> None:
    """A place without room for its name is named all the same while it is the one that is asked about."""
    level, geo = large(False)
    view = MapView(level, geo, DAY, Type(), (1280, 720), reduced_motion=True)
    bare = MapFrame(water=water(level))
    plain = drawn(view, bare)
    nameless = next(place.id for place in level.places if place.id not in view.label_rects())
    named = drawn(view, MapFrame(water=water(level), place=nameless))
    x, y = map(round, view.to_screen(geo.places[nameless]))
    above = (slice(max(0, x - 40), x + 40), slice(max(0, y - 30), max(1, y - 8)))
    assert np.abs(named - plain)[above].max() > 60


def test_near_by_all_places_have_their_names_clear_of_each_other() -> None:
    """Seen from near by no name lies over another."""
    level, geo = large(True)
    view = MapView(level, geo, DAY, Type(), (1280, 720))
    camera = Camera(geo.places[level.places[90].id], 1.0)
    view.draw(pygame.Surface((1280, 720)), MapFrame(water=water(level), camera=camera))
    listed = list(view.label_rects().values())
    assert listed
    assert all(rect.collidelist(listed[k + 1 :]) < 0 for k, rect in enumerate(listed))


def test_what_a_lens_shows_is_all_that_lies_there() -> None:
    """Every lane with a point in the picture is among those in sight, and none whose box lies elsewhere."""
    level, geo = large(True)
    sight, lens = Sight(geo), Lens(0.9, 700.0, 300.0)
    seen = set(sight.through(lens, SIZE))
    for lane, channel in geo.channels.items():
        x, y = lens.all_to_screen(channel.points).T
        inside = ((x >= 0) & (x <= SIZE[0]) & (y >= 0) & (y <= SIZE[1])).any()
        assert lane in seen or not inside
        beyond = max(-x.max(), x.min() - SIZE[0], -y.max(), y.min() - SIZE[1])
        assert lane not in seen or beyond < 20
    assert 0 < len(seen) < len(level.lanes)


def test_the_sea_laps_wherever_one_looks_and_whatever_one_saw_before(study_view) -> None:  # type: ignore[no-untyped-def]
    """Coming back to the coast later shows it as a view does that has never looked away."""
    view, other = study_view("day", False), study_view("day", False)
    coast, inland = Camera((1200.0, 300.0), 1.5), Camera((200.0, 300.0), 1.5)
    low = Camera((1200.0, 600.0), 1.5)
    for time, camera in ((1.0, coast), (2.0, inland), (3.1, low), (3.1, inland)):
        drawn(view, MapFrame(time=time, water=water(view.level), camera=camera))
    back = MapFrame(time=3.1, water=water(view.level, 1), camera=coast)
    assert (drawn(view, back) == drawn(other, back)).all()


def test_light_made_ready_ahead_is_the_same_light(study_view) -> None:  # type: ignore[no-untyped-def]
    """A map that was made ready for dusk looks, once recoloured, as one that was not; half ready does no harm."""
    ready, half, plain = (study_view("day", False) for _ in range(3))
    frame = busy(plain.level)
    for view in (ready, half, plain):
        drawn(view, frame)
    steps = list(ready.ahead(DUSK))
    assert len(steps) > 10
    begun = half.ahead(DUSK)
    for _ in range(5):
        next(begun)
    for view in (ready, half, plain):
        view.recolour(DUSK)
    assert (drawn(ready, frame) == drawn(plain, frame)).all()
    assert (drawn(half, frame) == drawn(plain, frame)).all()
