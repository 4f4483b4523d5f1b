"""Soundings against the treasure map itself, against values by hand, and against the average of all landscapes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from game.files import read_level
from game.model import Landscape, Level, Sighting, begin, draw_landscape
from game.model.life import Life
from game.policy import FirstLane
from game.simulate import live
from game.solver import NotKept, Problem, soundings, treasure_map
from game.solver.soundings import Soundings

GOLDEN = Path(__file__).parent.parent / "golden"


def sounded(level: Level, landscape: Landscape) -> Soundings:
    """The soundings of a level in a landscape."""
    return soundings(treasure_map(Problem(level, level.weights())), landscape)


def landscapes(level: Level) -> list[tuple[Landscape, float]]:
    """Every landscape of a small level with its probability, current by current and year by year."""
    columns = []
    for current in level.currents:
        paths = [((current.start,), 1.0)]
        for _ in range(level.years):
            paths = [
                ((*path, state), chance * current.shift[path[-1]][state])
                for path, chance in paths
                for state in range(current.size)
                if current.shift[path[-1]][state] > 0
            ]
        columns.append(paths)
    found = []
    for choice in itertools.product(*columns):
        chance = 1.0
        for _, part in choice:
            chance *= part
        found.append((Landscape(tuple(zip(*(path for path, _ in choice), strict=True))), chance))
    return found


def test_the_last_year_by_hand() -> None:
    """With one year left the fork is worth its brightest lane of that year: 4 on the left, 5 on the right, 1.5 else."""
    level = read_level(GOLDEN / "fork.toml")
    for left, right in itertools.product((0, 1), repeat=2):
        landscape = Landscape(((0, 0),) * 3 + ((left, right),) + ((0, 0),))
        found = sounded(level, landscape).years[3]["fork"]
        assert found.here == max(4.0 * left, 5.0 * right, 1.5)
        assert found.lane == ("right" if right else "left" if left else "bank")
        assert found.ways == 1


@pytest.mark.parametrize("name", ["fork", "fog"])
def test_the_average_is_that_of_all_landscapes(name: str) -> None:
    """What is expected at the start is the mean, over every landscape there is, of what it comes to in each."""
    path = GOLDEN / f"{name}.toml"
    level = replace(read_level(path), years=4)
    chart = treasure_map(Problem(level, level.weights()))
    total: dict[tuple[int, str], float] = {}
    everything = landscapes(level)
    assert sum(chance for _, chance in everything) == pytest.approx(1.0)
    for landscape, chance in everything:
        for year, found in enumerate(soundings(chart, landscape).years):
            for place, sounding in found.items():
                total[year, place] = total.get((year, place), 0.0) + chance * sounding.here
    shown = soundings(chart, everything[0][0])
    for year, found in enumerate(shown.years):
        for place, sounding in found.items():
            assert sounding.expected == pytest.approx(total[year, place], abs=1e-9)
    start = shown.years[0][level.start]
    assert start.here == pytest.approx(chart.worth)
    assert start.expected == pytest.approx(chart.worth)


def test_full_sight_is_the_map_asked_directly() -> None:
    """Where all can be seen a sounding is V of anybody who stands there, however they came."""
    level = read_level(GOLDEN / "grad.toml")
    chart = treasure_map(Problem(level, level.weights()))
    landscape = draw_landscape(level, 3)
    found = soundings(chart, landscape)
    for year, places in enumerate(found.years):
        known = tuple(Sighting(state, year) for state in landscape.states[year])
        for place, sounding in places.items():
            life = Life(year, place, known, begin(level).light)
            assert sounding.here == pytest.approx(chart.value(life), abs=1e-12)
            if sounding.lane is not None:
                assert sounding.lane == chart.choose(life)
    record = live(level, FirstLane(level), landscape)
    for leg in record.legs:
        assert found.years[leg.before.year][leg.before.place].here == pytest.approx(chart.value(leg.before))
    assert found.situations == sum(values.size for values in chart.values.values())


def test_a_map_without_values_gives_no_soundings() -> None:
    """A treasure map that keeps its policy alone cannot be sounded, and says so."""
    level = read_level(GOLDEN / "fork.toml")
    with pytest.raises(NotKept):
        soundings(treasure_map(Problem(level, level.weights()), keep="policy"), draw_landscape(level, 1))
