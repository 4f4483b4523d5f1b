"""Prints how many decisions a second the simulator makes, and how tight and how quick the bounds are.

Run:  python tests/bench/bench_simulator.py         (nothing is asserted: figures depend on the machine)

Rates are medians of five runs.  The plain loop is the game's own step, one life after another, through the first of the
same landscapes, in the same process.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from common_problem import common_level, median_seconds

from game.model import Current, Lane, Level, Place, neighbour_shift
from game.solver import (
    Problem,
    ReplanEvery,
    StepByStep,
    bounds,
    count_plans,
    simulate,
    solution_as_table,
    solve,
    treasure_map,
)
from game.solver.charted import charted_map, charted_replanning
from game.solver.planner import Planner
from game.solver.simulation import Chooser, Living, live_alone, live_replanning
from game.solver.tally import pair_means
from game.solver.water import Water, paired_water

PAIRS = 2**14
ALONE = 100


def large_level(sight: int | None, seed: int = 1) -> Level:
    """60 places, 200 lanes of one to three years, 40 currents of three states, 30 years."""
    dice = random.Random(seed)
    flows = tuple(
        Current(f"c{i}", ("dry", "flow", "surge"), neighbour_shift(3, dice.uniform(0.4, 0.9)), dice.randrange(3))
        for i in range(40)
    )
    lanes = []
    for k in range(200):
        head = (k + 1) % 60 if k < 60 else dice.randrange(60)
        light = tuple(sorted(round(dice.uniform(0, 6), 2) for _ in range(3)))
        years = dice.choice((1, 1, 1, 2, 3))
        lanes.append(Lane(f"l{k}", f"l{k}", f"p{k % 60}", f"p{head}", years, dice.choice(flows).name, (light,)))
    nodes = tuple(Place(f"p{k}", f"p{k}", (0.0,)) for k in range(60))
    return Level("60 places, 200 lanes, 40 currents, 30 years", 30, "p0", nodes, tuple(lanes), flows, sight)


class Rate(NamedTuple):
    """Decisions a second of one policy: in a plain loop, of many lives at once, and in a whole experiment.

    ``parted`` is how far the light of any life lies apart between the first two.
    """

    name: str
    plain: float
    together: float
    whole: float
    parted: float


def rates_of(currents: int) -> Iterator[Rate]:
    """The rates on the common problem; medians of five, but the whole experiment once."""
    level = common_level(currents)
    problem = Problem(level, level.weights())
    chart = treasure_map(problem, 2**33)
    water = paired_water(problem, PAIRS, 1)
    few = Water(np.ascontiguousarray(water.states[:, :, :ALONE]))
    planner = Planner(problem)
    stepping = charted_replanning(chart.space, 1, 2**33)
    rows: list[tuple[str, Living, Chooser]] = [
        ("the treasure map, as a table", charted_map(chart).live, chart),
        ("one step at a time, as a table", stepping.live, StepByStep(problem)),
        ("one step at a time, planned anew", lambda w: live_replanning(planner, w, 1).lives, StepByStep(problem)),
        ("two-year plans, planned anew", lambda w: live_replanning(planner, w, 2).lives, ReplanEvery(problem, 2)),
    ]
    for name, live, chooser in rows:
        together = live(water)[1] / median_seconds(lambda live=live: live(water))  # type: ignore[misc]
        alone = live_alone(problem, chooser, few)
        parted = float(np.abs(alone.light - live(few)[0]).max())
        plain = alone.decisions / median_seconds(lambda chooser=chooser: live_alone(problem, chooser, few))  # type: ignore[misc]
        lives = 4_000_000 if "table" in name else 400_000
        began = time.perf_counter()
        seen = simulate(problem, {name: live}, lives=lives, seed=1)
        whole = seen.decisions[name] / (time.perf_counter() - began)
        yield Rate(name, plain, together, whole, parted)


def rates(currents: int) -> None:
    """Prints decisions a second on the common problem."""
    level = common_level(currents)
    problem = Problem(level, level.weights())
    drawing = median_seconds(lambda: paired_water(problem, PAIRS, 1)) / (2 * PAIRS)
    print(f"common problem, {currents} currents; landscapes drawn at {drawing * 1e6:.2f} us each (one thread)")
    print(f"  {'policy':34}{'plain loop':>12}{'one thread':>12}{'ratio':>10}{'experiment':>14}   (decisions a second)")
    for name, plain, together, whole, _ in rates_of(currents):
        print(f"  {name:34}{plain:12,.0f}{together:12,.0f}{together / plain:9,.0f}x{whole:14,.0f}")
    print("  (the last column is a whole experiment: drawing, the best plan as a control, and the policy)")


def variances(currents: int) -> None:
    """Prints how many times fewer lives it takes for the same error, by pairs, by controls and by penalties."""
    level = common_level(currents)
    problem = Problem(level, level.weights())
    chart = treasure_map(problem, 2**33)
    seen = simulate(problem, {"map": charted_map(chart).live}, lives=200_000, seed=3)
    water = paired_water(problem, 50_000, 9)
    light = charted_map(chart).live(water)[0]
    plain = light.var(ddof=1) / 2
    pairs = pair_means(light).var(ddof=1)
    controlled = seen.rung("map").stderr ** 2 * seen.tally.units
    found = bounds(problem, samples=10_000, seed=1)
    paid = (found.guided or found.lower).stderr ** 2 * found.lives / 2
    print(f"common problem, {currents} currents; variance against independent lives:")
    print(f"  pairs {plain / pairs:.1f}x, with the best plan as control {plain / controlled:.1f}x, "
          f"less penalties {plain / paid:.0f}x fewer lives for the same error")  # fmt: skip


def tightness() -> None:
    """Prints bounds beside the optimum where both are known."""
    print(f"  {'currents':>8}{'best plan':>12}{'lower':>18}{'optimum':>12}{'upper':>18}{'hindsight':>12}"
          f"{'gap shut':>10}{'seconds':>9}")  # fmt: skip
    for currents in (5, 7, 9, 10):
        level = common_level(currents)
        problem = Problem(level, level.weights())
        worth = treasure_map(problem, 2**33, keep="worth").worth
        began = time.perf_counter()
        found = bounds(problem, seed=1)
        spent = time.perf_counter() - began
        shut = 1 - (found.upper.value - worth) / (found.hindsight.value - worth)
        lower, upper = (f"{r.value:.4f} ± {r.stderr:.4f}" for r in (found.lower, found.upper))
        print(f"  {currents:8}{found.best_plan.value:12.4f}{lower:>18}{worth:12.4f}{upper:>18}"
              f"{found.hindsight.value:12.4f}{shut:10.1%}{spent:9.1f}")  # fmt: skip


def coverage_of() -> tuple[dict[float, int], float, float]:
    """On a hundred small levels: how often intervals contain the optimum, how far above it bound and hindsight lie."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "solver"))
    from waters import random_level

    inside = {0.8: 0, 0.95: 0, 0.99: 0}
    widths = []
    for seed in range(100):
        level, weights = random_level(seed)
        problem = Problem(level, weights)
        worth = treasure_map(problem).worth
        found = bounds(problem, samples=2_000, seed=seed)
        for confidence in inside:
            low, high = found.interval(confidence)
            inside[confidence] += low - 1e-9 <= worth <= high + 1e-9
        widths.append((found.upper.value - worth, found.hindsight.value - worth))
    above, hindsight = np.mean(widths, axis=0).tolist()
    return inside, above, hindsight


def coverage() -> None:
    """Prints how often intervals contain the optimum, on a hundred small levels."""
    inside, above, hindsight = coverage_of()
    told = ", ".join(f"{hits} of 100 at {confidence:.0%}" for confidence, hits in inside.items())
    print(f"small levels: the interval contains the optimum {told}")
    print(f"  on average the upper bound lies {above:.4f} above it, hindsight {hindsight:.4f}")


def large() -> None:
    """Prints the whole ladder of a level far too large for a treasure map."""
    for sight in (None, 2):
        level = large_level(sight)
        began = time.perf_counter()
        solution = solve(level, level.weights())
        spent = time.perf_counter() - began
        print(f"{count_plans(solution.problem):.3g} plans; the whole answer in {spent:.1f} s")
        print(solution_as_table(solution, level, "mine"))
        print()


if __name__ == "__main__":
    rates(7)
    rates(10)
    variances(7)
    print("bounds on the common problem:")
    tightness()
    coverage()
    large()
