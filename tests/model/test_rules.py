"""Lives: one pure step, its events, and what is known after it."""

from __future__ import annotations

import dataclasses

import pytest

from game.model import (
    Arrival,
    Current,
    Lane,
    LaneNotOpen,
    Level,
    Place,
    Rest,
    Sighting,
    Value,
    YearOnLane,
    begin,
    draw_landscape,
    neighbour_shift,
    open_lanes,
    step,
)
from game.model.landscape import Landscape

RIVER = Current("river", ("dry", "flow"), ((0.5, 0.5), (0.25, 0.75)), 1)
BROOK = Current("brook", ("dry", "trickle", "flow"), neighbour_shift(3, 0.5), 0)


def level(sight: int | None = None) -> Level:
    """Two places: a river lane of three years out, a brook lane back, and a bank beside it without a current."""
    return Level(
        title="Out and back",
        years=5,
        start="a",
        sight=sight,
        values=(Value("craft"), Value("people")),
        currents=(RIVER, BROOK),
        places=(Place("a", "A", (0.0, 0.5)), Place("b", "B", (2.0, 0.0))),
        lanes=(
            Lane("out", "Out", "a", "b", 3, "river", ((1.0, 3.0), (0.0, 1.0))),
            Lane("back", "Back", "b", "a", 1, "brook", ((0.0, 1.0, 2.0), (0.0, 0.0, 0.0))),
            Lane("bank", "Bank", "b", "a", 2, None, ((0.25,), (0.25,))),
        ),
    )


WATER = Landscape(((1, 0), (0, 1), (1, 2), (0, 1), (1, 0), (0, 0)))


def test_a_step_collects_each_year_and_the_arrival() -> None:
    """Taking a lane collects its light year by year in the state of its current, then the light of the place."""
    life, events = step(level(), begin(level()), "out", WATER)
    assert events == (
        YearOnLane(0, "out", 0, 1, (3.0, 1.0)),
        YearOnLane(1, "out", 1, 0, (1.0, 0.0)),
        YearOnLane(2, "out", 2, 1, (3.0, 1.0)),
        Arrival(3, "b", (2.0, 0.0)),
    )
    assert (life.year, life.place, life.light, life.lanes) == (3, "b", (9.0, 2.0), ("out",))


def test_the_start_gives_no_light() -> None:
    """Nobody arrives at the start, so its own light is not collected there."""
    assert begin(level()).light == (0.0, 0.0)


def test_a_life_rests_when_no_lane_fits() -> None:
    """A lane that would end after the horizon cannot be taken, and the last step says that the life rests."""
    there, _ = step(level(), begin(level()), "out", WATER)
    back, events = step(level(), there, "back", WATER)
    assert open_lanes(level(), back) == ()
    assert events[-1] == Rest(4, "a")


def test_a_lane_from_elsewhere_or_too_long_is_refused() -> None:
    """A lane that does not leave here, or does not fit, raises and changes nothing."""
    with pytest.raises(LaneNotOpen, match="'back' cannot be taken from 'a' in year 0"):
        step(level(), begin(level()), "back", WATER)
    late = dataclasses.replace(begin(level()), year=3)
    with pytest.raises(LaneNotOpen):
        step(level(), late, "out", WATER)


def test_with_full_sight_everything_is_seen_on_arrival() -> None:
    """Sight "all" shows every current's state in the year of arrival."""
    life, _ = step(level(), begin(level()), "out", WATER)
    assert life.known == (Sighting(0, 3), Sighting(1, 3))


def test_with_sight_of_one_lane_only_the_next_water_is_seen() -> None:
    """Sight 1 shows the currents of the lanes that leave here; the lane's own was felt a year before arrival."""
    life, _ = step(level(1), begin(level(1)), "out", WATER)
    assert life.known == (Sighting(1, 2), Sighting(1, 3))


def test_a_lane_without_a_current_shows_nothing_on_the_way() -> None:
    """What was known before a lane without a current is still known, and no newer, where it is out of sight."""
    there, _ = step(level(1), begin(level(1)), "out", WATER)
    home, _ = step(level(1), there, "bank", WATER)
    assert home.known == (Sighting(0, 5), Sighting(1, 3))


def test_sight_counts_lanes() -> None:
    """Sight h shows the currents of all lanes that can be reached over fewer than h lanes."""
    assert level(1).seen_from == {"a": frozenset({0}), "b": frozenset({1})}
    assert level(2).seen_from == {"a": frozenset({0, 1}), "b": frozenset({0, 1})}


def test_a_landscape_is_the_same_for_the_same_seed() -> None:
    """A seed draws the same water every time; this row was written down once and must never change."""
    drawn = draw_landscape(level(), 7)
    assert drawn == draw_landscape(level(), 7)
    assert drawn != draw_landscape(level(), 8)
    assert drawn.states == ((1, 0), (1, 1), (1, 1), (1, 1), (1, 0), (0, 1))


def test_another_current_leaves_the_water_of_the_first_as_it_was() -> None:
    """Each current has a stream of its own."""
    alone = dataclasses.replace(level(), currents=(RIVER,), lanes=level().lanes[:1])
    pair = draw_landscape(level(), 3).states
    assert [row[0] for row in pair] == [row[0] for row in draw_landscape(alone, 3).states]


def test_drawn_water_follows_the_chain() -> None:
    """Over many landscapes the share of each state a year on agrees with the row it was drawn from."""
    lives = 4000
    flows = sum(draw_landscape(level(), seed).state(1, 0) for seed in range(lives)) / lives
    assert abs(flows - 0.75) < 4 * (0.75 * 0.25 / lives) ** 0.5


def test_the_short_form_moves_to_neighbours_only() -> None:
    """``stay`` leaves the rest to the neighbouring states in equal parts, and an end state has one neighbour."""
    assert neighbour_shift(3, 0.5) == ((0.5, 0.5, 0.0), (0.25, 0.5, 0.25), (0.0, 0.5, 0.5))


def test_the_digest_sees_rules_and_not_words() -> None:
    """A label may be mended without making old runs strange; a changed light may not."""
    words = dataclasses.replace(level(), title="Other", about="More", author="Somebody")
    rules = dataclasses.replace(level(), years=6)
    assert words.digest == level().digest
    assert rules.digest != level().digest
