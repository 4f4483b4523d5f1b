"""Prints how long the solver takes and how much memory, on a large level with full sight and others.

Run:  python tests/bench/bench_solver.py            (nothing is asserted: figures depend on the machine)
"""

from __future__ import annotations

import random
import resource
import sys
import time

from game.files import read_level
from game.house import shipped_levels
from game.model import Current, Lane, Level, Place, neighbour_shift
from game.solver import Problem, TooLarge, best_fixed_plan, count_plans, ladder, plan_distribution, treasure_map
from game.solver.ladder import hindsight_rung


def large_level(places: int, lanes: int, sizes: tuple[int, ...], years: int, sight: int | None, seed: int = 1) -> Level:
    """A connected level with lanes of 1 to 3 years in which every current matters nearly everywhere."""
    dice = random.Random(seed)
    names = [f"p{i}" for i in range(places)]
    currents = tuple(
        Current(
            f"c{i}", tuple(f"s{k}" for k in range(m)), neighbour_shift(m, dice.uniform(0.4, 0.9)), dice.randrange(m)
        )
        for i, m in enumerate(sizes)
    )
    made = []
    for k in range(lanes):
        tail = names[k % places]
        head = names[(k + 1) % places] if k < places else dice.choice(names)
        current = dice.choice(currents)
        light = tuple(sorted(round(dice.uniform(0, 6), 2) for _ in range(current.size)))
        made.append(Lane(f"l{k}", f"l{k}", tail, head, dice.choice((1, 1, 1, 2, 3)), current.name, (light,)))
    nodes = tuple(Place(name, name, (0.0,)) for name in names)
    return Level("large", years, "p0", nodes, tuple(made), currents, sight)


def measure(name: str, level: Level) -> None:
    """Prints the figures of one level."""
    began = time.perf_counter()
    problem = Problem(level, level.weights())
    plans = plan_distribution(problem)
    counted = time.perf_counter() - began
    try:
        chart = treasure_map(problem)
    except TooLarge as too_large:
        print(f"{name}: {too_large}")
        chart = None
    mapped = time.perf_counter() - began
    rungs = ladder(problem, chart, hindsight_samples=0)
    laddered = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    hindsight_rung(problem, best_fixed_plan(problem), chart, 10_000, 0, lambda stage, fraction: None)
    hindsight = time.perf_counter() - began - laddered
    print(f"{name}:")
    print(
        f"  {count_plans(problem):.3g} plans, {'all' if plans.complete else 'some'} of them listed in {counted:.2f} s"
    )
    if chart:
        size = f"{sum(map(len, chart.space.nodes))} nodes, {chart.space.entries} entries"
        print(f"  treasure map in {mapped - counted:.2f} s ({size})")
    print(f"  whole ladder but hindsight in {laddered:.2f} s, hindsight of 10,000 in {hindsight:.2f} s")
    print(f"  peak memory of all so far {peak:.0f} MB")
    worths = rungs.best_fixed_plan.value, rungs.step_by_step.value, rungs.optimal.value
    print("  best fixed plan {:.3f}, one step at a time {:.3f}, treasure map {:.3f}".format(*worths))


if __name__ == "__main__":
    for path in sorted(shipped_levels().glob("*.toml")):
        measure(path.stem, read_level(path))
    measure("seven currents of 3 and 4 states", large_level(20, 40, (3, 4, 3, 4, 3, 4, 3), 20, None))
    measure("seven currents of 4 states", large_level(20, 40, (4,) * 7, 20, None))
    measure("one lane ahead", large_level(20, 40, (3, 3, 3), 12, 1))
    measure("twenty currents", large_level(20, 40, (3,) * 20, 20, None))
    measure("two hundred places, a hundred years", large_level(200, 800, (4,) * 40, 100, None))
    measure("two lanes ahead", large_level(20, 60, (4,) * 7, 20, 2))
