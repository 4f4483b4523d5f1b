"""What is known so far: means of a sample, their errors, and samples drawn part by part until there is enough.

A sample comes in *parts*, each drawn from random numbers of its own, so that part ``k`` is the same whatever happens to
the others.  Parts are counted in their order and without gaps: how many there are depends on the budget, what is in
them does not.  Each part is a few *columns* of numbers, one for every independent unit (a pair of antithetic
landscapes, say), and columns of the same unit may depend on each other as they like.

Means and the cross products about them are merged by the update of Chan, Golub and LeVeque (1983, "Algorithms for
computing the sample variance").  A column whose expectation is known is a control variate for the others:

    mean(x) - beta . (mean(c) - E c),    beta = cov(c, c)^-1 cov(c, x)

(Glasserman, *Monte Carlo Methods in Financial Engineering*, section 4.1).
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from game.solver.blocks import processors
from game.solver.problem import Floats

_BETWEEN = 0.1
"""Seconds after which progress is told again."""

Check = Callable[[], None]
"""Called often by whoever works on something that may not be wanted any more; raises if it is not."""


class Enough(Exception):
    """Raised by whoever watches, in answer to progress, to be given what is known so far."""


class _Unwanted(Exception):
    """Ends a part that will not be counted."""


@dataclass
class Tally:
    """Running means of named columns: ``units`` counted, ``means`` and cross products ``products`` about the means.

    ``least`` and ``greatest`` are the extremes of each column so far.
    ``complete`` is False when the sample was ended before all of its parts were counted.
    """

    names: tuple[str, ...]
    units: int = 0
    complete: bool = True
    means: Floats = field(init=False)
    products: Floats = field(init=False)
    least: Floats = field(init=False)
    greatest: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.means = np.zeros(len(self.names))
        self.products = np.zeros((len(self.names), len(self.names)))
        self.least = np.full(len(self.names), np.inf)
        self.greatest = np.full(len(self.names), -np.inf)

    def add(self, columns: Sequence[Floats]) -> None:
        """Counts a part: one array of shape (units,) for each name."""
        values = np.stack(columns)
        count = values.shape[1]
        means = values.mean(axis=1)
        about = values - means[:, None]
        shift = means - self.means
        together = self.units + count
        self.products += about @ about.T + np.outer(shift, shift) * (self.units * count / together)
        self.means = self.means + shift * (count / together)
        self.units = together
        self.least = np.minimum(self.least, values.min(axis=1))
        self.greatest = np.maximum(self.greatest, values.max(axis=1))

    def mean(self, name: str) -> float:
        """The mean of a column."""
        return float(self.means[self.names.index(name)])

    def estimate(self, name: str, controls: Mapping[str, float] | None = None) -> tuple[float, float]:
        """The expectation of a column and its standard error; ``controls`` are columns with known expectations.

        With too few units to tell an error it is infinite.
        """
        at, mean = self.names.index(name), self.mean(name)
        known = [self.names.index(control) for control in controls or {}]
        left = self.units - 1 - len(known)
        if left < 1:
            return mean, float("inf")
        spread = float(self.products[at, at])
        if known and controls:
            across = self.products[known, at]
            # The pseudoinverse leaves out controls that never vary, or that say the same as others.
            slopes = np.linalg.pinv(self.products[np.ix_(known, known)], rcond=1e-10, hermitian=True) @ across
            mean -= float(slopes @ (self.means[known] - np.array(list(controls.values()))))
            spread -= float(slopes @ across)
        return mean, float(np.sqrt(max(0.0, spread) / left / self.units))

    def extent(self, name: str) -> float:
        """How far the extremes of a column lie apart."""
        at = self.names.index(name)
        return float(self.greatest[at] - self.least[at])

    def difference(self, name: str, other: str) -> tuple[float, float]:
        """How far the expectation of one column lies above that of another, and the standard error of that."""
        a, b = self.names.index(name), self.names.index(other)
        spread = float(self.products[a, a] + self.products[b, b] - 2 * self.products[a, b])
        error = float(np.sqrt(max(0.0, spread) / (self.units - 1) / self.units)) if self.units > 1 else float("inf")
        return float(self.means[a] - self.means[b]), error


def pair_means(values: Floats) -> Floats:
    """The means of the pairs of `game.solver.water.paired_water`, shape (pairs,), from values in its landscapes."""
    pairs = len(values) // 2
    return 0.5 * (values[:pairs] + values[pairs:])


def tallied(
    names: Sequence[str],
    part: Callable[[int, Check], Sequence[Floats]],
    parts: int,
    *,
    seconds: float | None = None,
    progress: Callable[[float], None] | None = None,
    threads: int | None = None,
    patient: bool = False,
) -> Tally:
    """The tally of the parts 0 to ``parts - 1``, or of as many of them as there was time for.

    At least one part is counted, and of those that are not done after ``seconds`` no other.  ``progress`` is told the
    fraction done (of the parts, or of the time if that is more), again and again while parts are worked out, and may
    raise: with `Enough` the tally so far is returned, if anything is in it, and passed on if nothing is, unless who
    asks is ``patient``: then the first part is waited for.  Anything else passes on.  Parts are worked out by
    ``threads`` (as many as there are processors); each is given a check to call often, which ends it once nobody wants
    it any more.
    """
    tally = Tally(tuple(names))
    began = time.monotonic()
    over, halted = False, threading.Event()

    def check(k: int) -> None:
        if halted.is_set() or (over and k > counted):  # where it is over, the first part alone may still be wanted
            raise _Unwanted

    def tell() -> None:
        nonlocal over
        spent = (time.monotonic() - began) / seconds if seconds else 0.0
        over = over or spent >= 1.0
        if progress and not (over and patient):
            try:
                progress(min(1.0, max(counted / parts, spent)))
            except Enough:
                over = True
                if not (tally.units or patient):
                    raise

    ahead: deque[Future[Sequence[Floats]]] = deque()
    counted = begun = 0
    with ThreadPoolExecutor(threads or processors()) as pool:
        try:
            while counted < parts and not (over and tally.units):
                while begun < parts and len(ahead) < (1 if over else 2 * (threads or processors())):
                    ahead.append(pool.submit(part, begun, partial(check, begun)))
                    begun += 1
                if not wait([ahead[0]], _BETWEEN).done:
                    tell()
                    continue
                tally.add(ahead.popleft().result())
                counted += 1
                tell()
        finally:
            halted.set()
            for late in ahead:
                late.cancel()
    tally.complete = counted == parts
    return tally
