"""The world behind the boat: how land stands in it, which lane a cell goes to, and what lines a channel."""

from __future__ import annotations

import numpy as np
import pytest
import worlds

from game.app.draw.chase_bake import LAND, STEEP, bake_chase
from game.app.draw.chase_camera import HEIGHT, STEP_UP, standing
from game.app.draw.chase_scatter import KINDS
from game.app.draw.raster import Claims, Ribbon, ribbon
from game.app.draw.water import STAKES_AT
from game.geography import lay_out
from game.geography.spacing import PLACE_RADIUS

SHAPE = (400, 700)


def test_land_sinks_towards_the_lowest_row_and_no_row_overtakes_another() -> None:
    """Far away land stands at its full height, in the lowest row at none, and rows keep their order on every level."""
    down = np.linspace(0.01, 1.0, 500)
    stands = standing(down)
    assert (stands[down < 0.55] == 1.0).all()
    assert stands[-1] == 0.0
    assert (np.diff(stands) <= 0).all()
    for level in range(1, 8):
        raised = down * (1 - level * STEP_UP / HEIGHT * stands)
        assert (np.diff(raised) > 0).all()
        assert raised[-1] == down[-1]


def claimed(courses: list[np.ndarray]) -> tuple[np.ndarray, list[Ribbon]]:
    """The lane of every pixel of a picture at scale 1, and the ribbons of the courses."""
    claims, strips = Claims(courses, SHAPE[0] * SHAPE[1]), []
    for k, course in enumerate(courses):
        strips.append(ribbon(course, 1.0, (0.0, 0.0), SHAPE, 12.5))
        claims.claim(k, strips[-1].rows.astype(np.int64) * SHAPE[1] + strips[-1].columns, strips[-1])
    return claims.lane.reshape(SHAPE), strips


def line(start: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    """A straight course in steps of about five units."""
    return np.linspace(start, end, round(np.hypot(end[0] - start[0], end[1] - start[1]) / 5) + 1)


def test_lanes_that_part_slowly_are_parted_in_the_middle() -> None:
    """Where two lanes leave one place at a narrow angle each pixel goes to the nearer, all along their ways."""
    courses = [line((30.0, 200.0), (650.0, 140.0)), line((30.0, 200.0), (650.0, 260.0))]
    lane, strips = claimed(courses)
    away = np.full((2, *SHAPE), 99.0)
    for k, strip in enumerate(strips):
        away[k, strip.rows, strip.columns] = np.abs(strip.across)
    both = (away < 99.0).all(axis=0) & (np.abs(away[0] - away[1]) > 0.1)
    assert both.sum() > 1000
    assert (lane[both] == away.argmin(axis=0)[both]).all()


@pytest.mark.parametrize("column", [60.0, 340.0])
def test_where_lanes_of_different_places_cross_the_later_runs_over(column: float) -> None:
    """The later lane has its whole width where it crosses an earlier one, on its way or near its beginning."""
    courses = [line((30.0, 200.0), (650.0, 200.0)), line((column, 10.0), (column, 390.0))]
    lane, strips = claimed(courses)
    assert (lane[strips[1].rows, strips[1].columns] == 1).all()
    assert (lane[200, [35, 300, 400, 640]] == 0).all()


def test_cells_where_two_lanes_meet_name_a_piece_of_both() -> None:
    """A meeting joins two different lanes, that of the cell first; cells of the texture name it."""
    level = worlds.study()
    world = bake_chase(level, lay_out(level))
    count = len(world.pieces.tx)
    lane_of = np.repeat(np.arange(len(world.lanes)), np.diff(world.pieces.starts))
    own, other, _ = world.meetings.T
    assert len(own) > 100
    assert (lane_of[own] != lane_of[other]).all()
    code = world.texture & (STEEP - np.uint32(1))
    named = code[code >= LAND + count] - (LAND + count)
    assert set(named.tolist()) == set(range(len(world.meetings)))


def test_stakes_line_the_channels_that_are_kept_the_same_and_no_others() -> None:
    """Each stake stands on a bank of a lane without a current, beside no place, and every such lane has some."""
    level = worlds.career()
    geo = lay_out(level)
    stands = bake_chase(level, geo).stands
    stakes = stands.at[stands.kind == KINDS.index("stake")].astype(np.float64)
    kept = [lane.id for lane in level.lanes if lane.current is None]
    assert kept
    off = np.array(
        [np.hypot(*(stakes[:, None] - geo.channels[lane].points[None]).transpose(2, 0, 1)).min(axis=1) for lane in kept]
    )
    assert (np.abs(off.min(axis=0) - STAKES_AT) < 1.5).all()
    assert set(off.argmin(axis=0).tolist()) == set(range(len(kept)))
    places = np.array(list(geo.places.values()))
    assert np.hypot(*(stakes[:, None] - places[None]).transpose(2, 0, 1)).min() > PLACE_RADIUS
