"""The problem on which solvers are compared, and how a figure is taken.

N places with three lanes each, K currents of three states on the lanes at random, T years, everything in sight; the
light of a lane depends on its own current.  Every lane takes a year, so that the peers can be given the problem as a
stationary one.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import numpy as np

from game.model import Current, Lane, Level, Place, normalised


def common_level(
    currents: int, places: int = 12, lanes: int = 3, years: int = 12, states: int = 3, seed: int = 1
) -> Level:
    """The common problem; each current is on about as many lanes as any other."""
    dice = random.Random(seed)
    flows = []
    for i in range(currents):
        shift = tuple(normalised([dice.random() + 0.05 for _ in range(states)]) for _ in range(states))
        flows.append(Current(f"c{i}", tuple(f"s{k}" for k in range(states)), shift, dice.randrange(states)))
    deck = [flows[k % currents].name for k in range(places * lanes)]
    dice.shuffle(deck)
    made = []
    for n in range(places):
        for k in range(lanes):
            head = (n + 1) % places if k == 0 else dice.randrange(places)
            light = tuple(round(dice.uniform(0, 6), 2) for _ in range(states))
            made.append(Lane(f"l{n}_{k}", "", f"p{n}", f"p{head}", 1, deck.pop(), (light,)))
    nodes = tuple(Place(f"p{n}", "", (0.0,)) for n in range(places))
    return Level("common problem", years, "p0", nodes, tuple(made), tuple(flows))


def median_seconds(work: Callable[[], object], times: int = 5, patience: float = 60.0) -> float:
    """The median time of a call over ``times`` calls, fewer when together they would take more than ``patience``."""
    took: list[float] = []
    while len(took) < times and (not took or sum(took) + took[-1] <= patience):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def median_times(work: Callable[[], object], times: int = 5) -> tuple[float, float]:
    """The medians of the seconds by the clock and of the processor's seconds, of all threads, that calls take.

    On a machine that has other work the second tells more.
    """
    clock, processor = [], []
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return statistics.median(clock), statistics.median(processor)


def bandwidth(entries: int = 2**24) -> float:
    """Bytes a second of main memory on one thread: the triad ``a = b + s c`` of the STREAM benchmark, in two calls.

    The first reads ``c`` and writes ``a``, the second reads ``a`` and ``b`` and writes ``a``: 40 bytes an entry.
    """
    a, b, c = np.zeros(entries), np.ones(entries), np.ones(entries)

    def triad() -> None:
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)

    return 40 * entries / median_seconds(triad, 7)
