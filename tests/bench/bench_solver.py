"""Prints how long the exact solver takes, how much memory, and how its cost grows.

Run:  python tests/bench/bench_solver.py [--quick | --full]      (nothing is asserted: figures depend on the machine)

--quick stops at 10 currents; --full goes on to 14 and 16, which takes minutes and 5 GiB.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
from common_problem import bandwidth, common_level, median_seconds

from game.model import Current, Lane, Level, Place, neighbour_shift
from game.solver import Problem, TooLarge, best_fixed_plan, count_plans, estimate, plan_distribution, treasure_map
from game.solver.blocks import processors
from game.solver.evaluation import evaluate_policies
from game.solver.information import InformationSpace

ROOM = 2**34


def machine() -> str:
    """The processors, memory and versions that figures depend on, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = f", {os.getloadavg()[0]:.1f} of them busy" if hasattr(os, "getloadavg") else ""
    return (
        f"{processors()} processors ({platform.machine()}){busy}; {memory:.0f} GiB; "
        f"Python {platform.python_version()}, numpy {np.__version__}"
    )


def peak_megabytes() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def measure_map(currents: int, keep: str, times: int) -> dict[str, float]:
    """The figures of one treasure map of the common problem."""
    level = common_level(currents)
    problem = Problem(level, level.weights())
    told = estimate(problem, keep=keep)  # type: ignore[arg-type]
    before = peak_megabytes()
    worth = 0.0

    def draw() -> None:
        nonlocal worth
        worth = treasure_map(problem, ROOM, keep=keep).worth  # type: ignore[arg-type]

    seconds = median_seconds(draw, times, patience=float("inf"))
    return {
        "seconds": seconds,
        "told_seconds": told.seconds,
        "megabytes": peak_megabytes(),
        "before": before,
        "told_megabytes": told.bytes / 2**20,
        "entries": told.entries,
        "worth": worth,
    }


def apart(*options: object) -> dict[str, float]:
    """What this script answers to the options in a process of its own, whose peak memory is its own too."""
    call = [sys.executable, __file__, *map(str, options)]
    answer: dict[str, float] = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
    return answer


def common_problem(sizes: list[int], copy: float) -> None:
    """The table of the common problem: worth alone, and worth with policy."""
    print("the common problem: 12 places, 3 lanes each, K currents of 3 states, 12 years, everything in sight")
    print(
        "  K  keeps     seconds      told   MB peak      told    state-steps   ns each   copies of memory in that time"
    )
    for currents in sizes:
        for keep in ("worth", "policy"):
            if keep == "policy" and currents > 14:
                continue
            row = apart("--one", currents, keep, 7 if currents < 13 else 1)
            each = row["seconds"] / row["entries"]
            copies = f"{each * copy / 16:8.1f}" if currents >= 9 else ""
            print(
                f" {currents:2}  {keep:7} {row['seconds']:9.4f} {row['told_seconds']:9.4f} {row['megabytes']:9.0f} "
                f"{row['before'] + row['told_megabytes']:9.0f} {row['entries']:14,.0f} {each * 1e9:9.2f}   {copies}",
                flush=True,
            )
    print(
        "  A state-step is one landscape at one place in one year.  Memory is crossed about twice a year, as two copies"
    )
    print("  would; the rest is multiplications within the cache: 18 flops for every two currents, and the comparison.")


def growth() -> Iterator[tuple[str, list[int], float, str]]:
    """How the cost grows: what grows, over which values, the exponent fitted to medians, and the one expected."""

    def seconds(**changes: int) -> float:
        level = common_level(**{"currents": 9, **changes})
        problem = Problem(level, level.weights())
        return median_seconds(lambda: treasure_map(problem, ROOM, keep="worth", threads=1), 5)

    def fit(
        name: str, sizes: list[float], values: list[int], key: str, expected: str, **fixed: int
    ) -> tuple[str, list[int], float, str]:
        took = [seconds(**fixed, **{key: value}) for value in values]
        return name, values, float(np.polyfit(np.log(sizes), np.log(took), 1)[0]), expected

    powers = [9, 10, 11, 12]
    landscapes = [float(3**k) for k in powers]
    more = math.log(powers[-1] / powers[0]) / math.log(landscapes[-1] / landscapes[0])
    yield fit(
        "landscapes (by currents)", landscapes, powers, "currents", f"1 to {1 + more:.2f} (a pass for two currents)"
    )
    values = [6, 12, 24, 48]
    yield fit("places", [float(v) for v in values], values, "places", "1 (those reached in time)")
    values = [2, 4, 8, 16]
    yield fit("lanes from each place", [float(v) for v in values], values, "lanes", "below 1 (expectations are shared)")
    values = [12, 24, 48, 96]
    yield fit("years", [float(v) for v in values], values, "years", "1 (the first and last are cheaper)")
    values = [3, 4, 5, 6]
    yield fit("states of each of 7 currents", [float(v) for v in values], values, "states", "7 to 8", currents=7)


def replanning(sizes: list[int]) -> None:
    """One step at a time beside the treasure map."""
    print("one step at a time and following the light, together, beside the treasure map with its policy")
    for currents in sizes:
        level = common_level(currents)
        problem = Problem(level, level.weights())
        space = InformationSpace(problem, ROOM)
        chart = median_seconds(lambda p=problem: treasure_map(p, ROOM, keep="policy"))  # type: ignore[misc]
        step = median_seconds(lambda s=space: evaluate_policies(s, [1], ROOM))  # type: ignore[misc]
        plans = median_seconds(lambda s=space: evaluate_policies(s, [1, 2, 3, 5, 10], ROOM), 3)  # type: ignore[misc]
        print(
            f" {currents:2}  treasure map {chart:8.4f} s   one step {step:8.4f} s ({step / chart:4.1f} x)   "
            f"with plans of 2, 3, 5 and 10 years {plans:8.4f} s ({plans / chart:4.1f} x)",
            flush=True,
        )


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


def large_levels(full: bool) -> None:
    """Levels of another kind: longer lanes, limited sight, more currents than fit."""
    print("other levels")
    for name, level in (
        ("seven currents of 3 and 4 states", large_level(20, 40, (3, 4, 3, 4, 3, 4, 3), 20, None)),
        ("seven currents of 4 states", large_level(20, 40, (4,) * 7, 20, None)),
        ("sight one lane ahead", large_level(20, 40, (3, 3, 3), 12, 1)),
        ("sight two lanes ahead", large_level(20, 60, (4,) * 7, 20, 2)),
        ("twenty currents", large_level(20, 40, (3,) * 20, 20, None)),
        ("two hundred places, a hundred years", large_level(200, 800, (4,) * 40, 100, None)),
    ):
        problem = Problem(level, level.weights())
        began = time.perf_counter()
        best_fixed_plan(problem)
        plans = plan_distribution(problem)
        counted = time.perf_counter() - began
        print(f"  {name}: {count_plans(problem):.3g} plans, {len(plans.values)} of them in {counted:.2f} s", flush=True)
        try:
            began = time.perf_counter()
            chart = treasure_map(problem)
        except TooLarge as too_large:
            print(f"    {too_large}")
            continue
        mapped = time.perf_counter() - began
        print(f"    treasure map in {mapped:.2f} s, {chart.space.node_count} nodes, {chart.space.entries:,} entries")
        if full or chart.space.entries < 2**22:
            began = time.perf_counter()
            evaluate_policies(chart.space, [1, 2, 3, 5, 10], ROOM)
            print(f"    all policies in {time.perf_counter() - began:.2f} s, at most {peak_megabytes():.0f} MB so far")


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="stop at 10 currents")
    parser.add_argument("--full", action="store_true", help="go on to 14 and 16 currents")
    parser.add_argument("--bandwidth", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--one", nargs=3, metavar=("K", "KEEP", "TIMES"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure_map(int(asked.one[0]), asked.one[1], int(asked.one[2]))))
        return
    if asked.bandwidth:
        print(json.dumps({"bandwidth": bandwidth()}))
        return
    copy = apart("--bandwidth")["bandwidth"]
    print(f"triad bandwidth of main memory, one thread: {copy / 1e9:.1f} GB/s")
    common_problem(list(range(6, 11 if asked.quick else 13)) + ([14, 16] if asked.full else []), copy)
    replanning([6, 8, 10] if asked.quick else [6, 8, 10, 12])
    if not asked.quick:
        print("growth of the cost, fitted over the range")
        for name, values, slope, expected in growth():
            print(f"  {name:40} {values[0]} to {values[-1]}: {slope:5.2f}   expected {expected}", flush=True)
        large_levels(asked.full)


if __name__ == "__main__":
    main()
