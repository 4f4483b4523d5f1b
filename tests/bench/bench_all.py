"""Prints one table of all that the solver has to show: ratios are taken in this run, times are medians of five or more.

Run:  python tests/bench/bench_all.py [--quick | --full] [--only SECTION ...]     (the peers need the extra ``peers``)

--quick stays with small sizes (a minute or two); --full goes on to seven currents flattened, ten in micro-steps, and
14 and 16 currents exactly, which takes three quarters of an hour and 10 GB.  Nothing is asserted: figures depend on
the machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from typing import NamedTuple

import bench_simulator
import bench_solver
from common_problem import common_level, median_seconds
from peers import FLAT, OURS, STEPS, Answer, answer_of

from game.solver import Problem
from game.solver.comparison import Comparison
from game.solver.induction import Induction
from game.solver.information import InformationSpace
from game.solver.kronecker import Kronecker
from game.solver.schedule import Schedule

AGREEMENT = 1e-9

STUDY = {6: 0.7, 7: 2.4, 8: 7.3, 9: 22.0, 10: 81.0, 11: 240.0, 12: 860.0, 14: 5_800.0, 16: 59_000.0}
"""Milliseconds that a numpy study took for the worth alone, on two cores of another machine."""

STUDY_WITH_POLICY = {12: 1_050.0}
"""The same with the policy."""


class Row(NamedTuple):
    """A line of the table: what was measured, the figure, what stands beside it, their ratio, what is asked for."""

    what: str
    figure: str
    beside: str = ""
    ratio: str = ""
    asked: str = ""

    def print(self) -> None:
        """The line, at once."""
        print(
            f"{self.what:46} {self.figure:>22}   {self.beside:46} {self.ratio:>10}   {self.asked}".rstrip(), flush=True
        )


def peers(quick: bool, full: bool, seconds: float, gigabytes: float) -> Iterator[Row]:
    """The common problem by other solvers, flattened and one current at a time."""
    yield Row("THE COMMON PROBLEM BY OTHER SOLVERS", "seconds", "", "this one is", "asked")
    for currents in (4, 5) if quick else (5, 6, 7) if full else (5, 6):
        asked = "1,000x the best of them" if currents == 7 else ""
        yield from _compared(f"K = {currents}, every landscape in a row", currents, False, seconds, gigabytes, asked)
    for currents in (6,) if quick else (8, 10) if full else (6, 8):
        asked = {8: "25x the best of QuantEcon and Storm", 10: "90x the best of QuantEcon and Storm"}.get(currents, "")
        yield from _compared(f"K = {currents}, one current at a time", currents, True, seconds, gigabytes, asked)


def _compared(title: str, currents: int, steps: bool, seconds: float, gigabytes: float, asked: str) -> Iterator[Row]:
    own = answer_of(OURS, steps, currents, seconds, gigabytes)
    if isinstance(own, str):
        yield Row(title, own)
        return
    yield Row(title, f"{own.took:.5f}", f"this solver; {own.spent:.5f} of processors; {own.built:.4f} s to build")
    took, spent = [], []
    for name in STEPS if steps else FLAT:
        answer = answer_of(name, steps, currents, seconds, gigabytes)
        if isinstance(answer, Answer):
            took.append(answer.took)
            spent.append(answer.spent)
            yield _beside(name, own, answer)
        else:
            yield Row(f"  {name}", "", answer)
    if took:
        yield Row("  the best of them", f"{min(took):.5f}", "", f"{min(took) / own.took:,.0f}x", asked)
        yield Row(
            "  the best of them, by processor time", f"{min(spent):.5f}", "", f"{min(spent) / own.spent:,.0f}x", asked
        )


def _beside(name: str, own: Answer, answer: Answer) -> Row:
    parted = abs(answer.value - own.value)
    agrees = "agrees to 1e-9" if parted <= AGREEMENT else f"DIFFERS by {parted:.1e}"
    return Row(
        f"  {name}",
        f"{answer.took:.5f}",
        f"{agrees}; {answer.spent:.5f} of processors; {answer.built:.1f} s to build",
        f"{answer.took / own.took:,.0f}x",
    )


def sizes(quick: bool, full: bool) -> Iterator[Row]:
    """The common problem by this solver alone: time, memory, and what bounds it."""
    yield Row("EXACT, THREE STATES A CURRENT", "milliseconds", "", "study", "asked")
    limits = {(12, "policy"): "1,500 ms, 700 MB", (14, "worth"): "10,000 ms", (14, "policy"): "10,000 ms"}
    limits[16, "worth"] = "120,000 ms, 9 GiB"
    for currents in range(6, 11 if quick else 13):
        yield _prepared(currents)
    for currents in (8, 10) if quick else (10, 12, 14, 16) if full else (10, 12):
        for keep in ("worth", "policy") if currents < 16 else ("worth",):
            row = bench_solver.apart("--one", currents, keep, 5)
            beside = f"{row['megabytes']:,.0f} MB at most; told {1e3 * row['told_seconds']:,.0f} ms, "
            beside += f"{row['before'] + row['told_megabytes']:,.0f} MB"
            what = f"K = {currents}, {keep}, with all preparation"
            study = STUDY_WITH_POLICY if keep == "policy" else STUDY
            ratio = f"{1e-3 * study[currents] / row['seconds']:.1f}x" if currents in study else ""
            wanted = limits.get((currents, keep), "")
            yield Row(what, f"{1e3 * row['seconds']:,.1f}", beside, ratio, wanted)


def _prepared(currents: int) -> Row:
    level = common_level(currents)
    schedule = Schedule(InformationSpace(Problem(level, level.weights()), 2**34, lasting=0), "worth")
    induction = Induction(schedule)
    took = median_seconds(induction.run, 25 if currents < 10 else 5)
    beside = f"{schedule.space.entries:,} state-steps; study {STUDY[currents]:,} ms"
    return Row(
        f"K = {currents}, worth, prepared", f"{1e3 * took:,.2f}", beside, f"{1e-3 * STUDY[currents] / took:.1f}x"
    )


def bounds_of_speed(quick: bool) -> Iterator[Row]:
    """What a state-step takes on one thread beside what memory alone would take, and where the time goes."""
    rate = bench_solver.apart("--bandwidth")["bandwidth"]
    yield Row("WHAT BOUNDS IT (ONE THREAD)", "ns a state-step", f"triad: {rate / 1e9:.1f} GB/s", "memory alone")
    for currents in (9, 10) if quick else (9, 10, 11, 12):
        level = common_level(currents)
        schedule = Schedule(InformationSpace(Problem(level, level.weights()), 2**34, lasting=0), "worth")
        induction, each = Induction(schedule), 1e9 / schedule.space.entries
        took = median_seconds(lambda i=induction: i.run(1)) * each  # type: ignore[misc]
        with Stopwatch(Kronecker, "apply") as products, Stopwatch(Comparison, "greatest") as comparing:
            induction.run(1)
        # Values are read and written by the contraction of the lead axes, and again by that of the tail axes.
        memory = 1e9 * 4 * 8 / rate
        parts = {
            "products of matrices": products.seconds * each,
            "comparing lanes": comparing.seconds * each,
        }
        most = max(parts, key=lambda name: parts[name])
        told = ", ".join(f"{name} {ns:.1f}" for name, ns in parts.items())
        bound = "memory" if memory > 0.5 * took else f"{most} in the cache"
        yield Row(f"K = {currents}", f"{took:.2f}", told, f"{memory:.1f}", f"bound by {bound}")


class Stopwatch:
    """The seconds spent in a method of a class while this context is open."""

    def __init__(self, kind: type, name: str) -> None:
        self._kind, self._name, self._method = kind, name, getattr(kind, name)
        self.seconds = 0.0

    def __enter__(self) -> Stopwatch:
        def timed(*given: object) -> object:
            began = time.perf_counter()
            answer = self._method(*given)
            self.seconds += time.perf_counter() - began
            return answer

        setattr(self._kind, self._name, timed)
        return self

    def __exit__(self, *error: object) -> None:
        setattr(self._kind, self._name, self._method)


def growth() -> Iterator[Row]:
    """How the cost grows: exponents fitted to medians."""
    yield Row("GROWTH OF THE COST (ONE THREAD)", "fitted exponent", "over", "", "expected")
    for name, values, slope, expected in bench_solver.growth():
        yield Row(name, f"{slope:.2f}", f"{values[0]} to {values[-1]}", "", expected)


def simulator() -> Iterator[Row]:
    """Decisions a second, against the game's own step in a plain loop."""
    yield Row("THE SIMULATOR (ONE THREAD)", "decisions a second", "", "plain loop", "asked")
    asked = {"the treasure map": "5,000,000", "one step": "1,000,000"}
    for currents in (7, 10):
        for rate in bench_simulator.rates_of(currents):
            wanted = next((figure for begin, figure in asked.items() if rate.name.startswith(begin)), "")
            agrees = "" if rate.parted <= AGREEMENT else f"; DIFFERS by {rate.parted:.1e}"
            whole = f"plain loop {rate.plain:,.0f}; a whole experiment {rate.whole:,.0f}{agrees}"
            ratio = f"{rate.together / rate.plain:,.0f}x"
            yield Row(f"K = {currents}, {rate.name}", f"{rate.together:,.0f}", whole, ratio, wanted)


def intervals() -> Iterator[Row]:
    """How often the interval from bounds contains the optimum, on a hundred levels small enough to know it."""
    yield Row("BOUNDS ON A HUNDRED SMALL LEVELS", "contain the optimum", "", "", "asked")
    inside, above, hindsight = bench_simulator.coverage_of()
    for confidence, hits in inside.items():
        yield Row(f"interval of {confidence:.0%}", f"{hits} of 100", "", "", f"about {100 * confidence:.0f} or more")
    yield Row("how far above it, on average", f"{above:.4f}", f"hindsight {hindsight:.4f}", f"{hindsight / above:.1f}x")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--full", action="store_true", help="also the largest sizes")
    parser.add_argument("--seconds", type=float, default=900, help="a peer's time limit, for building and five runs")
    parser.add_argument("--gigabytes", type=float, default=16, help="a peer's room in memory")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS, help="these sections alone")
    asked = parser.parse_args()
    print(bench_solver.machine())
    sections = {
        "peers": lambda: peers(asked.quick, asked.full, asked.seconds, asked.gigabytes),
        "sizes": lambda: sizes(asked.quick, asked.full),
        "bandwidth": lambda: bounds_of_speed(asked.quick),
        "growth": growth,
        "simulator": simulator,
        "intervals": intervals,
    }
    for name in asked.only:
        for row in sections[name]():
            row.print()


SECTIONS = ("peers", "sizes", "bandwidth", "growth", "simulator", "intervals")

if __name__ == "__main__":
    main()
