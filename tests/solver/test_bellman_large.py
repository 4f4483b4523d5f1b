"""The treasure map of larger landscapes: cut into blocks, kept in part or on disk, and its size told first."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from waters import random_level

from game.files import read_level, shipped_level
from game.model import Current, Lane, Level, Place, begin, draw_landscape, normalised, open_lanes
from game.simulate import live
from game.solver import NotKept, Problem, TooLarge, blocks, estimate, evaluation, information, open_loop, treasure_map
from game.solver.evaluation import evaluate_policies
from game.solver.information import InformationSpace, Keep
from game.solver.schedule import Schedule


def river_land(currents: int, places: int = 5, years: int = 6, longest: int = 1, seed: int = 1) -> Level:
    """Places with three lanes each, currents of two to four states on them in turn, lanes of 1 to ``longest`` years."""
    dice = random.Random(seed)
    flows = []
    for i in range(currents):
        size = 2 + (i + seed) % 3
        shift = tuple(normalised([dice.random() + 0.05 for _ in range(size)]) for _ in range(size))
        flows.append(Current(f"c{i}", tuple(f"s{k}" for k in range(size)), shift, dice.randrange(size)))
    lanes = []
    for k in range(3 * places):
        tail, current = k % places, flows[k % currents]
        head = (tail + 1) % places if k < places else dice.randrange(places)
        light = tuple(round(dice.uniform(0, 6), 2) for _ in range(current.size))
        lanes.append(
            Lane(
                f"l{k}",
                "",
                f"p{tail}",
                f"p{head}",
                1 if k < places else dice.randint(1, longest),
                current.name,
                (light,),
            )
        )
    nodes = tuple(Place(f"p{k}", "", (float(k % 2),)) for k in range(places))
    return Level("river land", years, "p0", nodes, tuple(lanes), tuple(flows))


def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes blocks so small that even these levels are cut along lead axes and in panels."""
    monkeypatch.setattr(blocks, "_NARROWEST", 1)
    monkeypatch.setattr(blocks, "_PANEL", 64)
    monkeypatch.setattr(blocks, "_BLOCK", 128)
    monkeypatch.setattr(open_loop, "_BLOCK", 128)
    monkeypatch.setattr(information, "_SMALL", 0)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("longest", [1, 2, 3])
def test_blocks_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch, longest: int, threads: int) -> None:
    """Cut along lead axes, in panels, by several threads and written over itself, the map is that of whole arrays."""
    level = river_land(6, longest=longest, seed=longest)
    problem = Problem(level, (1.0,))
    whole = treasure_map(problem, threads=1)
    policies = evaluate_policies(whole.space, [1, 2, 3])
    small_blocks(monkeypatch)
    cut = treasure_map(problem, threads=threads)
    assert set(cut.values) <= {*whole.values, *cut.values}
    for seed in range(20):
        life = begin(level)
        landscape = draw_landscape(level, seed)
        record = live(level, whole, landscape)
        for leg in record.legs:
            assert cut.value(leg.before) == pytest.approx(whole.value(leg.before), abs=1e-9)
            for lane in open_lanes(level, leg.before):
                assert cut.q(leg.before, lane.id) == pytest.approx(whole.q(leg.before, lane.id), abs=1e-9)
        assert live(level, cut, landscape).lanes == record.lanes
        assert cut.choose(life) == whole.choose(life)
    for keep in ("policy", "worth"):
        assert treasure_map(problem, keep=keep, threads=threads).worth == pytest.approx(whole.worth, abs=1e-9)
    monkeypatch.setattr(evaluation, "_SHARED", 0)
    follow, replanning = evaluate_policies(cut.space, [1, 2, 3], threads=threads)
    assert follow == pytest.approx(policies[0], abs=1e-9)
    assert replanning == pytest.approx(policies[1], abs=1e-9)


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_what_is_kept_does_not_change_what_is_found(seed: int) -> None:
    """With all, the policy or the worth alone kept, worth and policy are the same, for both kinds of sight."""
    level, weights = random_level(seed)
    problem = Problem(level, weights)
    everything = treasure_map(problem)
    policy = treasure_map(problem, keep="policy")
    worth = treasure_map(problem, keep="worth")
    assert policy.worth == pytest.approx(everything.worth, abs=1e-12)
    assert worth.worth == pytest.approx(everything.worth, abs=1e-12)
    assert policy.choices.keys() == everything.choices.keys()
    for node, choices in everything.choices.items():
        np.testing.assert_array_equal(policy.choices[node], choices)


def test_a_map_says_what_it_does_not_keep() -> None:
    """Asked for values or a policy that were not kept, a map raises NotKept, not a wrong answer."""
    level = river_land(3)
    problem = Problem(level, (1.0,))
    life = live(level, treasure_map(problem), draw_landscape(level, 1)).legs[1].before
    policy, worth = treasure_map(problem, keep="policy"), treasure_map(problem, keep="worth")
    assert policy.choose(life)
    with pytest.raises(NotKept, match="no values"):
        policy.value(life)
    with pytest.raises(NotKept, match="no values"):
        policy.q(begin(level), level.lanes[0].id)
    with pytest.raises(NotKept, match="no policy"):
        worth.choose(life)


def test_a_map_on_disk_is_the_map(tmp_path: Path) -> None:
    """Written to a folder, values and policy are those of a map in memory, and count as files, not as memory."""
    problem = Problem(river_land(5), (1.0,))
    memory, disk = treasure_map(problem), treasure_map(problem, folder=tmp_path)
    for node, values in memory.values.items():
        np.testing.assert_array_equal(disk.values[node], values)
        if node in memory.choices:
            np.testing.assert_array_equal(disk.choices[node], memory.choices[node])
    told = estimate(problem, on_disk=True)
    files = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert told.disk <= files <= told.disk + 200 * len(list(tmp_path.iterdir()))
    assert told.bytes < estimate(problem).bytes


@pytest.mark.parametrize("keep", ["all", "policy", "worth"])
@pytest.mark.parametrize("longest", [1, 3])
def test_the_size_is_told_before_anything_is_allocated(keep: information.Keep, longest: int) -> None:
    """The estimate costs little memory itself, and the map then takes hardly more than it says."""
    problem = Problem(river_land(10, longest=longest), (1.0,))
    tracemalloc.start()
    told = estimate(problem, keep=keep)
    asked = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    treasure_map(problem, limit=told.bytes, keep=keep, threads=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert asked < 2**20
    assert told.entries * information.LASTING[keep] <= told.bytes
    assert peak <= told.bytes + 2**23  # the blocks that a thread works on are not counted
    assert 0 < told.seconds < 10
    with pytest.raises(TooLarge) as refused:
        treasure_map(problem, limit=told.bytes - 1, keep=keep)
    assert refused.value.bytes_needed == told.bytes


def test_one_stack_of_arrays_is_enough_in_full_sight() -> None:
    """Kept for its worth alone, a long life takes hardly more memory than a short one."""
    short, long = (estimate(Problem(river_land(9, years=years), (1.0,)), keep="worth") for years in (8, 80))
    assert long.entries > 10 * short.entries
    assert long.bytes < 1.1 * short.bytes + 8192 * (long.nodes - short.nodes)


def test_expectations_are_shared_by_all_lanes_that_arrive_together() -> None:
    """There is one expectation for each head and duration, however many lanes lead there."""
    level = river_land(4, places=4, longest=2)
    problem = Problem(level, (1.0,))
    schedule = Schedule(InformationSpace(problem), "all")
    for year, forecast in enumerate(schedule.forecasts):
        asked = sum(len(batch.rows) for batch in forecast.batches)
        out = problem.departures(year)
        here = [problem.reachable(year, int(place)) for place in problem.tail[out.lanes]]
        arrivals = {(int(h), int(d)) for h, d, r in zip(out.heads, out.durations, here, strict=True) if r}
        assert asked <= len(arrivals) * len({g.seen for g in schedule.space.groups[year]})


@pytest.mark.parametrize("keep", ["all", "policy", "worth"])
def test_places_where_a_life_rests_leave_room_for_those_before_them(keep: Keep) -> None:
    """Where nothing shifts, the arrays of resting places are handed on to years with more places, whatever is kept."""
    path = shipped_level("toward_the_light")
    assert path is not None
    level = read_level(path)
    assert treasure_map(Problem(level, level.weights()), keep=keep).worth == pytest.approx(34.0, abs=1e-9)
