"""The map view: a pure function of the frame that answers where things are."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pygame
import pytest
import worlds
from frames import busy, water
from pictures import pixels

from game.app.draw.bake import bake_world
from game.app.draw.map_frame import Camera, LaneMark, MapFrame, Seen
from game.app.draw.map_view import MapView
from game.app.draw.palette import DAY, DUSK, mix
from game.app.draw.type import Type
from game.files import read_level
from game.geography import lay_out
from game.house import shipped_levels

SIZE = (640, 360)


def drawn(view: MapView, frame: MapFrame) -> np.ndarray:
    """The pixels of a frame on a fresh surface of a colour that no palette has."""
    surface = pygame.Surface(view.size)
    surface.fill((255, 0, 255))
    view.draw(surface, frame)
    return pixels(surface)


@pytest.mark.parametrize("palette", ["day", "dusk"])
def test_the_same_frame_gives_the_same_pixels(study_view, palette: str) -> None:  # type: ignore[no-untyped-def]
    """Whatever was drawn before, and by whichever view, one frame has one picture."""
    view, other = study_view(palette, False), study_view(palette, False)
    frame = busy(view.level)
    first = drawn(view, frame)
    drawn(view, MapFrame(time=91.7, water=water(view.level, 2), camera=Camera((300, 300), 1.31)))
    drawn(view, busy(view.level, 17.0))
    assert (drawn(view, frame) == first).all()
    assert (drawn(other, frame) == first).all()


def test_stakes_stand_while_the_water_goes_by(study_view) -> None:  # type: ignore[no-untyped-def]
    """Along channels that are kept the same the water moves, and every stake stays where it was."""
    view = study_view("day", False)
    kept = {lane.id: Seen(0.6, constant=True) for lane in view.level.lanes}
    one, two = (drawn(view, MapFrame(time=t, water=kept)) for t in (2.0, 7.3))
    free = {lane.id: Seen(0.6) for lane in view.level.lanes}
    bank = {tuple(colour) for colour in drawn(view, MapFrame(time=2.0, water=free)).reshape(-1, 3)}
    post = np.array(mix(DAY.bank, DAY.rim, 0.75))
    stakes = [(np.abs(picture.astype(int) - post).max(axis=2) <= 3) for picture in (one, two)]
    assert tuple(post) not in bank
    assert stakes[0].sum() > 60
    assert (stakes[0] == stakes[1]).all()
    assert (one != two).any(axis=2).sum() > 1000


def test_time_moves_the_water(study_view) -> None:  # type: ignore[no-untyped-def]
    """A tenth of a second later wet lanes look different, and dry ones do not."""
    view = study_view("day", False)
    one, two = (drawn(view, MapFrame(time=t, water=water(view.level))) for t in (2.0, 2.1))
    moved = np.abs(one - two).max(axis=2) > 24
    assert moved.sum() > 300
    still = {lane: Seen(0.0) for lane in view.geo.channels}
    one, two = (drawn(view, MapFrame(time=t, water=still)) for t in (2.0, 2.1))
    assert (np.abs(one - two).max(axis=2) > 24)[:570].sum() == 0


def test_reduced_motion_means_none(study_view) -> None:  # type: ignore[no-untyped-def]
    """With reduced motion a frame looks the same at any time, and the year turns at once."""
    view = study_view("day", True)
    frame = busy(view.level)
    assert (drawn(view, frame) == drawn(view, replace(frame, time=77.0))).all()
    assert (drawn(view, frame) == drawn(view, replace(frame, year_turn=0.1))).all()


def test_remembered_water_stands_still_and_is_faded(study_view) -> None:  # type: ignore[no-untyped-def]
    """Water seen years ago does not move, and is nearer to the land in colour than water seen now."""
    view = study_view("day", False)
    lane = next(iter(view.geo.channels))
    x, y = map(round, view.to_screen(view.geo.channels[lane].at(0.5)))
    box = (slice(x - 6, x + 6), slice(y - 6, y + 6))
    pictures = {}
    for ago in (0, 3):
        seen = {other: Seen(1.0, ago) for other in view.geo.channels}
        pictures[ago] = [drawn(view, MapFrame(time=t, water=seen))[box] for t in (1.0, 1.13)]
    assert (pictures[0][0] != pictures[0][1]).any()
    assert np.abs(pictures[3][0] - pictures[3][1]).max() < 8
    land = np.array(DAY.land[0])
    assert np.abs(pictures[3][0] - land).mean() < 0.75 * np.abs(pictures[0][0] - land).mean()


def test_a_turning_year_lies_between_its_neighbours(study_view) -> None:  # type: ignore[no-untyped-def]
    """Half way through the turn the picture lies between the old year's and the new one's."""
    view = study_view("day", False)
    before, after = water(view.level), water(view.level, 1)
    frames = [MapFrame(water=after, water_before=before, year_turn=t) for t in (0.0, 0.5, 1.0)]
    old, half, new = (drawn(view, frame) for frame in frames)
    assert (old == drawn(view, MapFrame(water=before))).mean() > 0.999
    low, high = np.minimum(old, new) - 3, np.maximum(old, new) + 3
    assert ((half >= low) & (half <= high)).mean() > 0.999


def test_places_and_lanes_are_found_where_they_are_drawn(study_view) -> None:  # type: ignore[no-untyped-def]
    """Asking for what lies under a place's or a lane's own pixel names it, through any camera."""
    view = study_view("day", False)
    for camera in (None, Camera((600.0, 320.0), 1.5), Camera((0.0, 9999.0), 1.2)):
        view.draw(pygame.Surface(SIZE), MapFrame(water=water(view.level), camera=camera))
        for place, point in view.geo.places.items():
            assert view.place_at(view.to_screen(point)) == place
        for lane, channel in view.geo.channels.items():
            assert view.lane_at(view.to_screen(channel.at(0.5))) == lane
        assert view.to_world(view.to_screen((123.0, 456.0))) == pytest.approx((123.0, 456.0))
    assert view.lane_at((-4000.0, -4000.0)) is None
    assert view.place_at((-4000.0, -4000.0)) is None


def test_the_camera_stays_in_the_world(study_view) -> None:  # type: ignore[no-untyped-def]
    """A camera far outside shows the world's corner, and one farther off than everything shows everything."""
    view = study_view("day", False)
    corner = drawn(view, MapFrame(water=water(view.level), camera=Camera((-5000.0, -5000.0), 1.5)))
    assert not (corner == (255, 0, 255)).all(axis=2).any()
    far, whole = (drawn(view, MapFrame(water=water(view.level), camera=c)) for c in (Camera((0.0, 0.0), 0.01), None))
    assert (far == whole).all()


def test_a_baked_world_pickles_and_is_the_same_every_time() -> None:
    """Baking twice gives equal arrays, and they survive the way from another process."""
    level = worlds.chain()
    geo = lay_out(level)
    one, two = (bake_world(level, geo, SIZE) for _ in range(2))
    back = pickle.loads(pickle.dumps(one))
    for baked in (two, back):
        for a, b in zip(one.sheets, baked.sheets, strict=True):
            assert (a.codes == b.codes).all()
            assert (a.water.pixels == b.water.pixels).all()
            assert (a.water.texels == b.water.texels).all()
        assert (one.trees == baked.trees).all()


def test_a_world_of_another_size_is_refused(study_view) -> None:  # type: ignore[no-untyped-def]
    """A world baked for one window does not pass for another."""
    level = worlds.chain()
    view = MapView(level, lay_out(level), DAY, Type(), (320, 180))
    with pytest.raises(ValueError, match="does not fit"):
        view.use(bake_world(level, view.geo, (640, 360)))


def test_recolouring_is_the_same_as_drawing_in_that_palette(study_view) -> None:  # type: ignore[no-untyped-def]
    """A day map recoloured to dusk has the pixels of a dusk map."""
    view = study_view("day", False)
    frame = busy(view.level)
    drawn(view, frame)
    view.recolour(DUSK)
    assert (drawn(view, frame) == drawn(study_view("dusk", False), frame)).all()


def test_marks_are_seen(study_view) -> None:  # type: ignore[no-untyped-def]
    """A key, a focus, a choice, a dimmed lane, a plan and a trail each change the picture near their lane."""
    view = study_view("day", True)
    lane = view.level.lanes[20].id
    bare = MapFrame(water=water(view.level))
    plain = drawn(view, bare)
    for marked in (
        replace(bare, lanes={lane: LaneMark(key="3")}),
        replace(bare, lanes={lane: LaneMark(focused=True)}),
        replace(bare, lanes={lane: LaneMark(chosen=True)}),
        replace(bare, lanes={lane: LaneMark(dim=True)}),
        replace(bare, plan=(lane,)),
        replace(bare, trail=(lane,)),
    ):
        changed = np.abs(drawn(view, marked) - plain).max(axis=2) > 20
        assert changed.sum() > 60
        points = np.array([view.to_screen(p) for p in view.geo.channels[lane].points])
        where = np.argwhere(changed)
        apart = np.hypot(*(where[:, None] - points[None]).transpose(2, 0, 1)).min(axis=1)
        assert apart.max() < 24


@pytest.mark.parametrize("file", sorted(shipped_levels().glob("*.toml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("text", [1.0, 1.5])
def test_names_do_not_lie_on_each_other(file, text: float) -> None:  # type: ignore[no-untyped-def]
    """On every level that comes with the game each place has its name, clear of all other names and rings."""
    pygame.font.init()
    level = read_level(file)
    view = MapView(level, lay_out(level), DAY, Type(text), (1280, 720))
    rects = view.label_rects()
    assert set(rects) == {place.id for place in level.places}
    listed = list(rects.values())
    assert all(rect.collidelist(listed[k + 1 :]) < 0 for k, rect in enumerate(listed))
    for place, point in view.geo.places.items():
        x, y = view.to_screen(point)
        for other, rect in rects.items():
            assert other == place or not rect.inflate(-2, -2).collidepoint(x, y)
