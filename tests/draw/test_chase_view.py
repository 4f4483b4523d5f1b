"""The chase view: a pure function of its frame, in every palette, that names the mouths where they can be read."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest
import worlds
from frames import water
from pictures import compare, pixels

from game.app.draw.chase_bake import COLUMNS, SAMPLES, ChaseWorld, bake_chase
from game.app.draw.chase_camera import Camera3
from game.app.draw.chase_frame import ChaseFrame, Pose
from game.app.draw.chase_tier import TIERS, TierChoice
from game.app.draw.chase_view import ChaseView
from game.app.draw.chase_water import BLOCK, ChaseWater
from game.app.draw.map_frame import BoatMark, LaneMark, Lent, MapFrame, Seen
from game.app.draw.palette import DAY, DUSK, PALETTES
from game.app.draw.type import Type
from game.app.draw.water import REACH, Look, looks_of, pattern
from game.files import read_level
from game.geography import Geography, lay_out
from game.house import shipped_levels
from game.model import Level

SIZE = (640, 360)
Make = Callable[..., ChaseView]


def surge_ahead(level: Level, geo: Geography, time: float = 3.0, fraction: float = 0.5) -> ChaseFrame:
    """A boat on a surge that comes to a fork, with ghosts before it, a plan, and the water turning."""
    lane = next((lane for lane in level.lanes if lane.id == "Crossroads>Market Town"), level.lanes[0])
    channel, leaving = geo.channels[lane.id], level.lanes_from[lane.head]
    x, y = channel.at(fraction)
    ghosts = [
        BoatMark(lane.id, None, min(1.0, fraction + 0.16 * (k + 1)), (-0.6, 0.6)[k % 2], "ghost", f"Ghost {k}")
        for k in range(3)
    ]
    return ChaseFrame(
        map=MapFrame(
            time=time,
            water=water(level) | {lane.id: Seen(1.0), leaving[0].id: Seen(2 / 3, 2)},
            water_before=water(level, 1),
            year_turn=0.6,
            lanes={each.id: LaneMark(str(k + 1), focused=k == 0) for k, each in enumerate(leaving[:9])},
            place=lane.head,
            boats=(*ghosts, BoatMark(lane.id, None, fraction)),
            plan=(lane.id,),
        ),
        pose=Pose(x, y, channel.heading(fraction), bank=0.4, bow=0.1),
        mouths=tuple(each.id for each in leaving),
        pace=0.9,
        minimap=(590, 60, 44),
    )


@pytest.fixture(scope="module")
def study_world() -> tuple[Level, Geography, ChaseWorld]:
    """The study level, laid out and baked once."""
    level = worlds.study()
    geo = lay_out(level)
    return level, geo, bake_chase(level, geo, looks_of(level)[:1], tuple(PALETTES.values()))


@pytest.fixture
def study(study_world: tuple[Level, Geography, ChaseWorld]) -> Make:
    """Chase views of the study level, baked, by palette name and reduced motion."""
    level, geo, world = study_world

    def view(palette: str = "day", still: bool = False) -> ChaseView:
        made = ChaseView(level, geo, PALETTES[palette], Type(0.62), SIZE, still)
        made.use(world)
        return made

    return view


def drawn(view: ChaseView, frame: ChaseFrame) -> np.ndarray:
    """The pixels of a frame on a fresh surface of a colour that no palette has."""
    surface = pygame.Surface(view.size)
    surface.fill((255, 0, 255))
    view.draw(surface, frame)
    return pixels(surface)


def test_the_same_frame_gives_the_same_pixels(study: Make) -> None:
    """Whatever was drawn before, at whichever tier and by whichever view, one frame has one picture."""
    view, other = study(), study()
    frame = surge_ahead(view.level, view.geo)
    first = drawn(view, frame)
    view.tier = 2
    drawn(view, surge_ahead(view.level, view.geo, 77.0, 0.9))
    view.recolour(DUSK)
    drawn(view, surge_ahead(view.level, view.geo, 5.0, 0.1))
    view.recolour(DAY)
    view.tier = 0
    assert (drawn(view, frame) == first).all()
    assert (drawn(other, frame) == first).all()


@pytest.mark.parametrize("palette", sorted(PALETTES))
@pytest.mark.parametrize("tier", range(len(TIERS)))
def test_every_palette_fills_the_picture(study: Make, palette: str, tier: int) -> None:
    """Each palette at each tier covers every pixel, and the sky is not the colour of the ground."""
    view = study(palette)
    view.tier = tier
    made = drawn(view, surge_ahead(view.level, view.geo))
    assert not (made == (255, 0, 255)).all(axis=2).any()
    assert np.abs(made[:, :20].mean(axis=(0, 1)) - made[:, -60:].mean(axis=(0, 1))).max() > 20


def test_coarser_tiers_show_the_same_world(study: Make) -> None:
    """Seen at a coarser tier the picture stays nearly what it was, and words stay exactly what they were."""
    view = study("day", True)
    frame = surge_ahead(view.level, view.geo)
    native = drawn(view, frame)
    for tier in (1, 2):
        view.tier = tier
        coarse = drawn(view, frame)
        assert np.abs(coarse - native).mean() < 9
        rect = next(iter(view.mouth_rects().values())).inflate(-8, -8)
        box = (slice(rect.left, rect.right), slice(rect.top, rect.bottom))
        assert (coarse[box] == native[box]).all()


def test_reduced_motion_means_none(study: Make) -> None:
    """With reduced motion a frame looks the same at any time and pace, and the year turns at once."""
    view = study("day", True)
    frame = surge_ahead(view.level, view.geo)
    first = drawn(view, frame)
    for other in (
        replace(frame, map=replace(frame.map, time=91.0)),
        replace(frame, map=replace(frame.map, year_turn=0.1)),
        replace(frame, pace=0.2),
    ):
        assert (drawn(view, other) == first).all()


def test_time_moves_the_water_and_not_the_land(study: Make) -> None:
    """A tenth of a second later the surge under the boat has moved, and the land beside it has not."""
    view = study()
    level, geo = view.level, view.geo
    frame = replace(surge_ahead(level, geo), pace=0.0)
    frame = replace(frame, map=replace(frame.map, boats=(), year_turn=1.0))
    one, two = (drawn(view, replace(frame, map=replace(frame.map, time=t))) for t in (2.0, 2.1))
    moved = np.abs(one - two).max(axis=2) > 24
    assert moved[300:340, 320:].sum() > 200
    assert moved[500:, 300:].sum() == 0


def test_a_surge_shines_on_its_banks_at_night(study_world: tuple[Level, Geography, ChaseWorld]) -> None:
    """At dusk a surge makes its banks lighter than its pattern has them; a dry bed does not, nor does water by day."""
    _, _, world = study_world
    column, lighter = round((REACH - 10.2) * SAMPLES), {}
    for palette in (DAY, DUSK):
        for wet in (0.0, 1.0):
            flowing = ChaseWater(world, palette)
            flowing.flow(dict.fromkeys(world.lanes, Seen(wet)), None, 1.0, frozenset(), 0.0)
            shown = flowing.table[:BLOCK].reshape(-1, COLUMNS)[:, column]
            plain = pattern(palette, Look(wet), COLUMNS, SAMPLES, stakes=False)[:, column]
            pad = (len(shown) - len(plain)) // 2  # what is repeated at both ends
            shown = shown[pad : pad + len(plain)]
            bright, before = (float((c >> 16 & 255).mean() + (c & 255).mean()) for c in (shown, plain))
            lighter[palette.name, wet] = bright - before
    assert lighter.pop(("dusk", 1.0)) > 30
    assert set(lighter.values()) == {0.0}


def test_before_it_is_baked_there_is_a_plain_floor(study: Make) -> None:
    """The view is usable at once, and its signs hang where they will hang."""
    whole = study()
    plain = ChaseView(whole.level, whole.geo, DAY, Type(0.62), SIZE)
    assert not plain.baked
    frame = surge_ahead(whole.level, whole.geo)
    made = drawn(plain, frame)
    assert not (made == (255, 0, 255)).all(axis=2).any()
    drawn(whole, frame)
    assert plain.mouth_rects() == whole.mouth_rects()


def test_what_is_drawn_is_found_again(study: Make) -> None:
    """A ground point goes to the screen and back; a lane and a place ahead are found at their own pixels."""
    view = study()
    frame = surge_ahead(view.level, view.geo)
    drawn(view, frame)
    channel = view.geo.channels["Crossroads>Market Town"]
    at = channel.at(0.8)
    assert view.to_world(view.to_screen(at)) == pytest.approx(at, abs=0.01)
    assert view.lane_at(view.to_screen(at)) == "Crossroads>Market Town"
    assert view.place_at(view.to_screen(view.geo.places["Market Town"])) == "Market Town"
    for lane, rect in view.mouth_rects().items():
        assert view.lane_at(rect.center) == lane
    assert view.lane_at((10, 5)) is None
    assert view.place_at((10, 5)) is None


def test_a_camera_behind_the_boat_sees_it_in_the_middle() -> None:
    """Whatever the direction, the point it follows lies on the middle column, and what lies ahead is above it."""
    for heading in np.linspace(-3, 3, 9):
        camera = Camera3(SIZE, Pose(100.0, 50.0, float(heading)), 320.0)
        x, y = camera.point((100.0, 50.0))
        assert x == pytest.approx(320.0)
        ax, ay = camera.ahead
        assert camera.horizon < camera.point((100.0 + 90 * ax, 50.0 + 90 * ay))[1] < y
        assert camera.point((100.0 - 20 * ay, 50.0 + 20 * ax))[0] > 330


@pytest.mark.parametrize("file", sorted(shipped_levels().glob("*.toml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (800, 450), (1920, 1080)])
def test_mouths_have_their_names_clear_of_each_other(file: Path, text: float, size: tuple[int, int]) -> None:
    """At every fork of the levels that come with the game each mouth has a board, inside its room, over no other."""
    level = read_level(file)
    geo = lay_out(level)
    view = ChaseView(level, geo, DAY, Type(max(0.8, size[1] / 720) * text), size, True)
    room = (0, 0, round(size[0] * 0.66), round(size[1] * 0.62))
    surface = pygame.Surface(size)
    for place in level.places:
        leaving = level.lanes_from[place.id]
        if not leaving:
            continue
        x, y = geo.places[place.id]
        for heading in (0.0, 2.5):
            marks = {lane.id: LaneMark(str(k + 1)) for k, lane in enumerate(leaving[:9])}
            seen = MapFrame(lanes=marks, place=place.id, boats=(BoatMark(place=place.id),))
            mouths = tuple(lane.id for lane in leaving)
            view.draw(surface, ChaseFrame(seen, Pose(x, y, heading), mouths, room=room))
            rects = view.mouth_rects()
            assert set(rects) == set(marks)
            listed = list(rects.values())
            assert all(rect.collidelist(listed[k + 1 :]) < 0 for k, rect in enumerate(listed))
            assert all(pygame.Rect(room).contains(rect) for rect in listed)


@pytest.mark.slow
def test_odd_worlds_draw() -> None:
    """One place with loops, three lanes side by side, and many lanes at one fork: all draw from every direction."""
    for level in (worlds.loops(), worlds.chain(), worlds.loops(12)):
        geo = lay_out(level)
        view = ChaseView(level, geo, DAY, Type(0.62), (320, 180))
        view.use(bake_chase(level, geo))
        for lane in level.lanes[:3]:
            for fraction in (0.0, 0.5, 1.0):
                assert not (drawn(view, _on(level, geo, lane.id, fraction)) == (255, 0, 255)).all(axis=2).any()


def _on(level: Level, geo: Geography, lane: str, fraction: float) -> ChaseFrame:
    """The boat on a lane, coming to its head."""
    channel, head = geo.channels[lane], level.lane(lane).head
    mouths = tuple(each.id for each in level.lanes_from[head])
    marks = {each: LaneMark(str(k + 1)) for k, each in enumerate(mouths[:9])}
    seen = MapFrame(water=water(level), lanes=marks, place=head, boats=(BoatMark(lane, None, fraction),))
    return ChaseFrame(seen, Pose(*channel.at(fraction), channel.heading(fraction)), mouths, pace=1.0)


def test_a_world_of_another_level_is_refused(study: Make) -> None:
    """A baked world survives pickling, and does not pass for another level's."""
    level = worlds.chain()
    world = pickle.loads(pickle.dumps(bake_chase(level, lay_out(level))))
    with pytest.raises(ValueError, match="another level"):
        study().use(world)


def test_the_tier_steps_down_when_frames_take_long_and_does_not_go_to_and_fro() -> None:
    """Slow frames lower the tier once a window, fast ones raise it only after a while and never to one given up."""
    choice = TierChoice(0)

    def frames(milliseconds: float, windows: int = 1) -> int:
        for _ in range(windows):
            for _ in range(45):
                choice.took(milliseconds)
            choice.settle()
        return choice.tier

    assert frames(9.0) == 0
    assert frames(15.0) == 1
    assert frames(9.0) == 1
    assert frames(4.0, 20) == 1, "the native tier was too slow once"
    choice = TierChoice(0)
    for k in range(45):
        choice.took(16.0 if k % 15 == 0 else 8.0)
    assert choice.settle() == 1, "one frame in fifteen was far too long"
    assert frames(30.0, 5) == len(TIERS) - 1
    choice = TierChoice(2)
    assert frames(4.0, 5) == 2
    assert frames(4.0) == 1
    for _ in range(44):
        choice.took(99.0)
    assert choice.settle() == 1, "the window is not full yet"


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_the_chase_with_everything_in_it(study: Make, palette: str, tmp_path: Path) -> None:
    """The study level behind the boat, in each palette."""
    view = study(palette)
    surface = pygame.Surface(SIZE)
    view.draw(surface, surge_ahead(view.level, view.geo))
    compare(surface, f"chase_{palette}", tmp_path)


def test_the_way_of_a_lent_map_is_buoyed(study: Make) -> None:
    """A lent map's way shows behind the boat as well, apart from the plan's, by the other bank."""
    view, size = study(still=True), SIZE
    level = view.level
    frame = surge_ahead(level, view.geo)
    bare = replace(frame, map=replace(frame.map, plan=(), lanes={}))
    lane = frame.map.plan[0]
    planned = replace(bare, map=replace(bare.map, plan=(lane,)))
    lent = replace(bare, map=replace(bare.map, lent=Lent((lane, "no such lane"), {})))
    shots = []
    for each in (bare, planned, lent):
        surface = pygame.Surface(size)
        view.draw(surface, each)
        shots.append(pixels(surface).astype(int))
    changed = [np.abs(shot - shots[0]).sum(axis=2) > 0 for shot in shots[1:]]
    assert all(20 < each.sum() < 0.02 * each.size for each in changed)
    assert not (changed[0] & changed[1]).any()
