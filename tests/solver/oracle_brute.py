"""Oracles by brute force: every path of their world priced year by year, from the level's own data alone.

What an oracle believes of a current that it does not look at is found by following every way that the current can go
from where it thinks that it began; of any other, from the list of all landscapes that fit what has been seen.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from functools import cache

from brute import BruteForce, Path, Possible

from game.model import Landscape, Lane, Level, Oracle, Weights, draw_landscape


class BruteOracle:
    """An oracle on a small level: what it believes of every path, and what following it brings in the real world."""

    def __init__(self, level: Level, weights: Weights, oracle: Oracle) -> None:
        self.level = level
        self.oracle = oracle
        self.world = BruteForce(level, weights)  # the real one, in the light of whoever follows
        self.weights = oracle.weights if oracle.weights is not None else weights
        self.starts = {current.name: current.start for current in level.currents} | dict(oracle.starts)
        self.lucky = self._luckiest(oracle.luckiest_of) if oracle.luckiest_of else None
        self.chance_of = cache(self._chance_of)

    def _luckiest(self, count: int) -> Landscape:
        """The landscape, of those drawn for the oracle, whose brightest path is the brightest; the first of equals."""
        level = BruteForce(self.level, self.weights).level
        name = f"{level.digest}/{self.oracle.name}"
        seed = int(hashlib.sha256(name.encode()).hexdigest()[:12], 16)
        drawn = [draw_landscape(_begun(level, self.starts), seed + k) for k in range(count)]
        best = [
            max(sum(self._lane_light(k, year, water) for k, year in self._years(path)) for path in self._all_paths())
            for water in drawn
        ]
        return drawn[self.world.first_best(best)]

    def _all_paths(self) -> list[Path]:
        return self.world.paths(0, self.level.start)

    def _years(self, path: Path, year: int = 0) -> Iterator[tuple[int, int]]:
        """The lanes of a path with the years in which they are taken."""
        for k in path:
            yield k, year
            year += self.level.lanes[k].years

    def _light(self, lane: Lane, state: int) -> float:
        """A year's light in the oracle's eyes."""
        return sum(w * light[state] for w, light in zip(self.weights, lane.light, strict=True))

    def _arrival(self, lane: Lane) -> float:
        return sum(w * light for w, light in zip(self.weights, self.level.place(lane.head).light, strict=True))

    def _lane_light(self, k: int, year: int, water: Landscape) -> float:
        """The light of a whole lane in one landscape."""
        lane = self.level.lanes[k]
        total = self._arrival(lane)
        for t in range(year, year + lane.years):
            total += self._light(lane, 0 if lane.current is None else water.states[t][self.world.current[lane.current]])
        return total

    def _chance_of(self, name: str, year: int) -> dict[int, float]:
        """The chance of each state of a current that nobody looks at, by following every way it can go."""
        current = self.level.currents[self.world.current[name]]
        if self.oracle.still or year == 0:
            return {self.starts[name]: 1.0}
        after: dict[int, float] = {}
        for state, chance in self.chance_of(name, year - 1).items():
            for to, step in enumerate(current.shift[state]):
                after[to] = after.get(to, 0.0) + chance * step
        return after

    def believed(self, path: Path, year: int, possible: Possible) -> float:
        """How bright the oracle says a path is, where the landscapes ``possible`` fit what was seen."""
        total = 0.0
        for k, t in self._years(path, year):
            lane = self.level.lanes[k]
            if self.lucky is not None:
                total += self._lane_light(k, t, self.lucky)
                continue
            total += self._arrival(lane)
            for spent in range(t, t + lane.years):
                total += self._believed_year(lane, spent, possible)
        return total

    def _believed_year(self, lane: Lane, year: int, possible: Possible) -> float:
        if lane.current is None:
            return self._light(lane, 0)
        if self.oracle.still or lane.current in dict(self.oracle.starts):
            return sum(chance * self._light(lane, z) for z, chance in self.chance_of(lane.current, year).items())
        i, world = self.world.current[lane.current], self.world
        mass = sum(world.chance[w] for w in possible)
        return sum(world.chance[w] * self._light(lane, world.water[w][1][year][i]) for w in possible) / mass

    def plan(self, year: int, place: str, possible: Possible) -> Path:
        """The path that the oracle would go."""
        paths = self.world.paths(year, place)
        return paths[self.world.first_best([self.believed(path, year, possible) for path in paths])]

    def brightness(self, k: int, year: int, possible: Possible) -> float:
        """How bright the oracle says it is to take a lane."""
        tail = self.level.lanes[k].tail
        return max(self.believed(path, year, possible) for path in self.world.paths(year, tail) if path[0] == k)

    @property
    def worth(self) -> float:
        """What it brings on average to follow the oracle, in the light of whoever follows."""

        def live(year: int, place: str, possible: Possible) -> float:
            path = self.plan(year, place, possible)
            return self.world._after(path[0], year, possible, live) if path else 0.0

        return live(0, self.level.start, self.world.everything)


def _begun(level: Level, starts: dict[str, int]) -> Level:
    """The level with other start states."""
    currents = tuple(dataclasses.replace(current, start=starts[current.name]) for current in level.currents)
    return dataclasses.replace(level, currents=currents)
