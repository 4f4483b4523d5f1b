"""What looking up brings, worked out exactly or lived life by life; as independent of the game as `verify`.

All that a life can know of a current is the state in which it was last seen, and when.  One step at a time makes the
best fixed plan from what it knows, takes its first lane and looks again; U is what it has from there on.  V, the
treasure map, is what the best choice has (Bellman's equation).

    U = r_e + E[U at the head of e],  e the plan's first lane;     V = max over open lanes e of  r_e + E[V at its head].

The expectation over what is seen on arrival is taken over one current after another.  Everything is a whole number over
one common denominator, and a division that leaves a rest is an error.  Only where plans are compared light counts to 24
decimals: plans that differ by no more than a TIE-th are equal, and the one whose lane comes first in the file wins.
"""

from __future__ import annotations

import hashlib
import random
import sys
from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate
from math import ceil, isqrt, lcm, prod
from typing import NamedTuple

from game.proof.world import Lane, World

LIMIT = 12_000_000  # steps of work; ten million take some five seconds
LARGEST = 2**13  # bits of the common denominator
SIGMAS, CONFIDENCE = 4, "0.99996"  # the mean of many lives is that likely to be at most so many deviations too high
COARSE, TIE = 10**24, 10**9
MOST_LIVES = 10**5

Progress = Callable[[str, float], None]  # told the stage and the fraction done; may raise to interrupt
Spot = tuple[int, str]  # a year and a place
Known = tuple[tuple[int, int, int], ...]  # number, state last seen, and year of that, of each current that can matter
Pending = tuple[tuple[int, int, int, int], ...]  # the same, and the year in which it will be seen next


class TooMuchWork(Exception):
    """More steps than were allowed."""


class Lives(NamedTuple):
    """Lives in the same landscapes as a plan.

    How many; how far they are ahead in the mean; the standard deviation of that mean, rounded up; and the SHA-256 of
    all landscapes and leads, by which other lives are told apart even where they are ahead by as much.
    """

    number: int
    lead: Fraction
    deviation: Fraction
    sha256: str


class Amounts(dict[int, list[int]]):
    """The expected light of a lane by the age of what is known, then by state, in parts of 1 / ``parts``."""

    def __init__(self, world: World, lane: Lane, parts: int) -> None:
        self.world, self.lane, self.parts = world, lane, parts

    def __missing__(self, age: int) -> list[int]:
        light = [self.world.light(self.lane, age, state) * self.parts for state in range(len(self.lane.light))]
        self[age] = [round(x) for x in light]
        return self[age]


class Guide:
    """One step at a time: which lane it takes.  ``left`` is how many steps of work may still be done."""

    def __init__(self, world: World, limit: int) -> None:
        self.world, self.left = world, limit
        coarse = {lane_id: Amounts(world, lane, COARSE) for lane_id, lane in world.lanes.items()}
        self._ahead: dict[Spot, list[Spot]] = {}
        self._chosen: dict[tuple[Spot, Known], Lane] = {}
        self._moves: dict[Spot, list[tuple[Amounts, Lane, Spot]]] = {}
        self._matters: dict[Spot, frozenset[int]] = {}
        for year in reversed(range(world.years + 1)):
            for place in world.arrival:
                lanes = [(lane, (year + lane.years, lane.head)) for lane in world.open(year, place)]
                self._moves[year, place] = [(coarse[lane.id], lane, after) for lane, after in lanes]
                through = {lane.current for lane, _ in lanes if lane.current is not None and len({*lane.light}) > 1}
                self._matters[year, place] = frozenset(through).union(*(self._matters[after] for _, after in lanes))

    def spend(self, steps: int) -> None:
        """Counts work.  Raises TooMuchWork."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchWork("working this out exactly would take too long")

    def beginning(self) -> tuple[Spot, Known]:
        """Year and place of the beginning, and what is known then."""
        spot = (0, self.world.start)
        return spot, tuple((i, self.world.chains[i].start, 0) for i in sorted(self._matters[spot]))

    def arrive(self, after: Spot, lane: Lane, known: Known) -> Pending:
        """What was known when a lane was taken, and when each current that then can matter will have been seen.

        A place shows the currents in its sight; the water of the lane itself was felt in the year before.
        """
        year, head = after
        sight, matters = self.world.seen_from(head), self._matters[after]
        return tuple(
            (i, state, seen, year if i in sight else max(seen, year - 1) if i == lane.current else seen)
            for i, state, seen in known
            if i in matters
        )

    def first_lane(self, spot: Spot, known: Known) -> Lane:
        """The first lane of the best fixed plan from what is known."""
        key = (spot, known)
        if key not in self._chosen:
            self._chosen[key] = self._plan(spot, known)
        return self._chosen[key]

    def _plan(self, spot: Spot, known: Known) -> Lane:
        last: dict[int | None, tuple[int, int]] = {i: (state, seen) for i, state, seen in known}
        worth: dict[Spot, int] = {}
        here: list[int] = []
        for at in self._spots_ahead(spot):
            still, here = (0, at[0]), []
            self.spend(len(self._moves[at]))
            for amounts, lane, after in self._moves[at]:
                state, seen = last.get(lane.current, still)
                here.append(amounts[at[0] - seen][state] + worth[after])
            worth[at] = max(here, default=0)
        enough = worth[spot] - max(COARSE, abs(worth[spot])) // TIE
        return next(lane for (_, lane, _), w in zip(self._moves[spot], here, strict=True) if w >= enough)

    def _spots_ahead(self, spot: Spot) -> list[Spot]:
        """Every year and place that can be reached from ``spot``, the latest first and itself last."""
        if spot not in self._ahead:
            found, new = {spot}, [spot]
            while new:
                ahead = {after for at in new for _, _, after in self._moves[at]}
                new = list(ahead - found)
                found |= ahead
            self._ahead[spot] = sorted(found, reverse=True)
        return self._ahead[spot]


def derive(world: World, free: bool, limit: int) -> Fraction:
    """The exact V (``free``: every lane may be chosen) or U (the step's lane is taken) from the beginning.

    Raises TooMuchWork.
    """
    guide = Guide(world, limit)
    spot, known = guide.beginning()
    amounts = [*world.arrival.values(), *(x for lane in world.lanes.values() for x in lane.light)]
    scale = lcm(*(x.denominator for x in amounts)) * prod(world.chains[i].common ** world.years for i, _, _ in known)
    guide.spend(limit + 1 if scale.bit_length() > LARGEST else 0)
    rewards = {lane_id: Amounts(world, lane, scale) for lane_id, lane in world.lanes.items()}
    values: dict[tuple[Spot, Known], int] = {}
    means: dict[tuple[Spot, Pending], int] = {}

    def value(spot: Spot, known: Known) -> int:
        year, place = spot
        lanes = world.open(year, place)
        if (spot, known) not in values:
            if lanes and not free:
                lanes = [guide.first_lane(spot, known)]
            last: dict[int | None, tuple[int, int]] = {i: (state, seen) for i, state, seen in known}
            worth = []
            for lane in lanes:
                state, seen = last.get(lane.current, (0, year))
                after = (year + lane.years, lane.head)
                worth.append(rewards[lane.id][year - seen][state] + mean(after, guide.arrive(after, lane, known)))
            values[spot, known] = max(worth, default=0)
        return values[spot, known]

    def mean(after: Spot, pending: Pending) -> int:
        if (after, pending) not in means:
            k = next((k for k, (_, _, seen, sees) in enumerate(pending) if seen != sees), None)
            if k is None:
                means[after, pending] = value(after, tuple(one[:3] for one in pending))
            else:
                i, state, seen, sees = pending[k]
                row, total = world.row(i, sees - seen, state), 0
                guide.spend(len(row) + len(pending))
                for new, chance in enumerate(row):
                    if chance:
                        total += chance * mean(after, (*pending[:k], (i, new, sees, sees), *pending[k + 1 :]))
                means[after, pending], rest = divmod(total, world.chains[i].common ** (sees - seen))
                if rest:
                    raise ArithmeticError("the common denominator is not common")
        return means[after, pending]

    for lane in world.open(*spot):
        # What can be seen at the first place is told apart already before the first step of work.
        pending = guide.arrive((lane.years, lane.head), lane, known)
        seen = prod(sum(map(bool, world.row(i, sees, state))) for i, state, _, sees in pending)
        if free or lane is guide.first_lane(spot, known):
            guide.spend(limit + 1 if seen > limit else 0)
    frames = sys.getrecursionlimit()
    sys.setrecursionlimit(max(frames, 1000 + 4 * (world.years + 1) * (len(world.chains) + 2)))
    try:
        return Fraction(value(spot, known), scale)
    finally:
        sys.setrecursionlimit(frames)


def live(world: World, plan: list[str], count: int, seed: int, progress: Progress | None = None) -> Lives:
    """Lives one step at a time, and by ``plan``, in the game's landscapes of ``count`` seeds from ``seed`` on."""
    if not 2 <= count <= MOST_LIVES:
        raise ValueError(f"lives must be 2 to {MOST_LIVES}")
    guide = Guide(world, sys.maxsize)
    leads: list[Fraction] = []
    told = hashlib.sha256()
    for k in range(seed, seed + count):
        water = _water(world, k)
        spot, known = guide.beginning()
        lead, year = Fraction(0), 0
        for lane_id in plan:
            lead -= _collected(world, water, world.lanes[lane_id], year)
            year += world.lanes[lane_id].years
        while world.open(*spot):
            lane = guide.first_lane(spot, known)
            lead += _collected(world, water, lane, spot[0])
            spot = (spot[0] + lane.years, lane.head)
            pending = guide.arrive(spot, lane, known)
            known = tuple((i, state if seen == sees else water[i][sees], sees) for i, state, seen, sees in pending)
        leads.append(lead)
        if progress:
            progress("sampling", len(leads) / count)
        told.update(f"{k} {water} {lead};".encode())
    mean = sum(leads, Fraction(0)) / count
    variance = sum(((lead - mean) ** 2 for lead in leads), Fraction(0)) / (count - 1) / count
    return Lives(count, mean, Fraction(isqrt(ceil(variance * COARSE)) + 1, isqrt(COARSE)), told.hexdigest())


def _collected(world: World, water: list[list[int]], lane: Lane, year: int) -> Fraction:
    years = range(year, year + lane.years)
    states = [0 if lane.current is None else water[lane.current][t] for t in years]
    return sum((lane.light[state] for state in states), world.arrival[lane.head])


def _water(world: World, seed: int) -> list[list[int]]:
    """The state of each current in each year, as the game draws it for a seed: a stream of its own for each current."""
    water = []
    for chain in world.chains:
        stream, states = random.Random(f"water-lanes/{seed}/{chain.name}"), [chain.start]
        for _ in range(world.years):
            edges = [-(-total * 2**53 // chain.common) for total in accumulate(chain.shift[states[-1]])]
            states.append(bisect_right(edges, int(stream.random() * 2**53)))
        water.append(states)
    return water
