"""The geography of levels: places in the world, channels between them, the same every time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from draw import worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from game.geography import PLACE_RADIUS, Geography, lay_out
from game.model import Lane, Level, Place

ATS = st.none() | st.tuples(st.integers(-5, 5).map(float), st.integers(-3, 3).map(float))


@st.composite
def levels(draw: st.DrawFn) -> Level:
    """Small levels of any form: some places with positions, some equal, lanes parallel, back, looping, unreachable."""
    count = draw(st.integers(1, 9))
    places = tuple(Place(f"p{k}", f"Place {k}", (0.0,), draw(ATS)) for k in range(count))
    ends = st.integers(0, count - 1)
    joins = draw(st.lists(st.tuples(ends, ends, st.integers(1, 5)), min_size=1, max_size=18))
    lanes = tuple(
        Lane(f"lane{k}", f"Lane {k}", f"p{a}", f"p{b}", years, None, ((1.0,),)) for k, (a, b, years) in enumerate(joins)
    )
    return Level("Any", 9, "p0", places, lanes)


def placed(*ats: tuple[float, float], joins: str = "") -> Level:
    """A level with places a, b, c … at the given points and a lane for every pair of letters."""
    places = tuple(Place(chr(97 + k), chr(97 + k), (0.0,), at) for k, at in enumerate(ats))
    lanes = tuple(
        Lane(f"{join}{k}", join, join[0], join[1], 1, None, ((1.0,),)) for k, join in enumerate(joins.split())
    )
    return Level("Placed", 5, "a", places, lanes)


def nearest(geo: Geography, lane: str, place: str) -> float:
    """The least distance between a lane's channel and a place."""
    return float(np.hypot(*(geo.channels[lane].points - geo.places[place]).T).min())


@settings(max_examples=60, deadline=None)
@given(levels())
def test_every_lane_runs_from_its_place_to_its_place(level: Level) -> None:
    """Each channel starts at the place its lane leaves and ends at the one it reaches."""
    geo = lay_out(level)
    assert set(geo.channels) == {lane.id for lane in level.lanes}
    for lane in level.lanes:
        points = geo.channels[lane.id].points
        assert math.dist(points[0], geo.places[lane.tail]) < 1e-6
        assert math.dist(points[-1], geo.places[lane.head]) < 1e-6


@settings(max_examples=40, deadline=None)
@given(levels())
def test_everything_lies_in_the_world(level: Level) -> None:
    """Places keep a margin, channels stay inside the world, and every number is finite."""
    geo = lay_out(level)
    width, height = geo.size
    for x, y in geo.places.values():
        assert 60 <= x <= width - 60
        assert 60 <= y <= height - 60
    for channel in geo.channels.values():
        assert np.isfinite(channel.points).all()
        assert (channel.points > 0).all()
        assert (channel.points < geo.size).all()


@settings(max_examples=40, deadline=None)
@given(levels())
def test_places_never_lie_on_each_other(level: Level) -> None:
    """Any two places lie at least two rings apart, even where the level puts them on one spot."""
    where = list(lay_out(level).places.values())
    for k, a in enumerate(where):
        for b in where[k + 1 :]:
            assert math.dist(a, b) > 2 * PLACE_RADIUS


@settings(max_examples=25, deadline=None)
@given(levels())
def test_the_same_level_has_the_same_geography(level: Level) -> None:
    """Laying a level out twice gives the same numbers to the last bit."""
    one, two = lay_out(level), lay_out(level)
    assert one.size == two.size
    assert one.places == two.places
    assert all((one.channels[e].points == two.channels[e].points).all() for e in one.channels)


@settings(max_examples=40, deadline=None)
@given(levels())
def test_parallel_lanes_keep_apart(level: Level) -> None:
    """Lanes between the same two places, either way, lie at least a channel's width apart in the middle."""
    geo = lay_out(level)
    for k, a in enumerate(level.lanes):
        for b in level.lanes[k + 1 :]:
            if a.tail != a.head and {a.tail, a.head} == {b.tail, b.head}:
                assert math.dist(geo.channels[a.id].at(0.5), geo.channels[b.id].at(0.5)) >= 24


def test_no_channel_runs_through_a_foreign_place() -> None:
    """A lane straight over another place bends around it."""
    geo = lay_out(placed((0, 0), (1, 0), (2, 0), joins="ac ab bc ac ca"))
    for lane in ("ac0", "ac3", "ca4"):
        assert nearest(geo, lane, "b") > 2 * PLACE_RADIUS


@pytest.mark.parametrize("make", [worlds.study, worlds.career, lambda: worlds.scattered(60, 110, placed=False)])
def test_channels_keep_clear_of_places_in_larger_levels(make) -> None:  # type: ignore[no-untyped-def]
    """In whole levels hardly a channel comes near a place that is not its own, and none crosses its middle."""
    level = make()
    geo = lay_out(level)
    touching = 0
    for lane in level.lanes:
        for place in geo.places:
            if place not in (lane.tail, lane.head):
                away = nearest(geo, lane.id, place)
                assert away > 4
                touching += away < PLACE_RADIUS + 8
    assert touching <= len(level.lanes) // 25


def test_loops_are_loops() -> None:
    """A lane back to its own place reaches well out, encloses ground, and loops of one place keep apart."""
    level = worlds.loops(3)
    geo = lay_out(level)
    centre = geo.places["here"]
    tips = []
    for channel in geo.channels.values():
        x, y = channel.points.T
        assert abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2 > 3000
        tips.append(channel.points[np.hypot(x - centre[0], y - centre[1]).argmax()])
        assert math.dist(tips[-1], centre) > 80
    assert min(math.dist(tips[a], tips[b]) for a, b in ((0, 1), (1, 2), (0, 2))) > 80


def test_positions_of_the_level_are_kept() -> None:
    """Given positions keep their order and their proportions, up to the permitted stretch."""
    geo = lay_out(placed((0, 0), (10, 0), (10, 5), (4, 2), joins="ab bc cd"))
    a, b, c, d = (np.array(geo.places[place]) for place in "abcd")
    assert a[0] < d[0] < b[0] == c[0]
    assert a[1] == b[1] < d[1] < c[1]
    assert (d[0] - a[0]) / (b[0] - a[0]) == pytest.approx(0.4)
    assert 1 / 1.71 < (b[0] - a[0]) / (c[1] - b[1]) / 2 < 1.71


def test_time_runs_from_left_to_right() -> None:
    """Without positions, places that can be reached later lie further right in a level with one way onwards."""
    geo = lay_out(worlds.chain(placed=False))
    across = [x for x, _ in geo.places.values()]
    assert across == sorted(across)
    assert across[-1] - across[0] > 600


def test_some_positions_given_and_some_not() -> None:
    """Places with a position are pinned in it; the others find room around them."""
    level = worlds.career()
    places = tuple(
        Place(p.id, p.label, p.light, (float(k % 3), float(k)) if k < 4 else None) for k, p in enumerate(level.places)
    )
    geo = lay_out(Level(level.title, level.years, level.start, places, level.lanes, level.currents))
    ys = [geo.places[p.id][1] for p in places[:4]]
    assert ys == sorted(ys)
    assert len({geo.places[p.id] for p in places}) == len(places)


def test_the_world_grows_with_the_level() -> None:
    """A small level fills 1280×720; one of 200 places has a larger world, in which they keep their distance."""
    assert lay_out(worlds.study()).size == (1280, 720)
    geo = lay_out(worlds.scattered(200, 500))
    assert geo.size[0] > 3000
    assert geo.size[0] / geo.size[1] == pytest.approx(16 / 9)
    where = np.array(list(geo.places.values()))
    apart = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) + 1e9 * np.eye(len(where))
    assert np.quantile(apart.min(axis=1), 0.05) > 60
