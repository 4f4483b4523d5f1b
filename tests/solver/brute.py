"""The ladder by brute force: every path and every joint landscape, one by one, from the level's own data alone.

Nothing here is shared with the solver.  What a life knows is the list of all landscapes that fit what it has seen, with
their probabilities; no belief, no power of a matrix and no sufficient statistic is ever computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from game.model import Landscape, Lane, Level, Weights

Path = tuple[int, ...]
Possible = Sequence[int]


class BruteForce:
    """All landscapes of a small level, and every rung of the ladder from them."""

    def __init__(self, level: Level, weights: Weights) -> None:
        self.level = level
        self.weights = weights
        self.number = {lane.id: k for k, lane in enumerate(level.lanes)}
        self.current = {current.name: i for i, current in enumerate(level.currents)}
        self.water = list(self._landscapes())
        self.chance = [chance for chance, _ in self.water]
        self._light = {
            (k, year): [self._lane_light(lane, year, states) for _, states in self.water]
            for k, lane in enumerate(level.lanes)
            for year in range(level.years - lane.years + 1)
        }
        self._paths: dict[tuple[int, str], list[Path]] = {}
        self._sights = {place.id: self._in_sight(place.id) for place in level.places}

    def _landscapes(self) -> Iterator[tuple[float, tuple[tuple[int, ...], ...]]]:
        """Every landscape of positive chance up to the last year that matters, with its chance."""

        def grow(
            chance: float, states: tuple[tuple[int, ...], ...]
        ) -> Iterator[tuple[float, tuple[tuple[int, ...], ...]]]:
            if len(states) == self.level.years:
                yield chance, states
                return
            nexts: list[tuple[float, tuple[int, ...]]] = [(chance, ())]
            for current, now in zip(self.level.currents, states[-1], strict=True):
                nexts = [
                    (p * step, (*row, after))
                    for p, row in nexts
                    for after, step in enumerate(current.shift[now])
                    if step > 0
                ]
            for p, row in nexts:
                yield from grow(p, (*states, row))

        yield from grow(1.0, (tuple(current.start for current in self.level.currents),))

    def landscapes(self) -> Iterator[tuple[float, Landscape]]:
        """The same as the game's own landscapes; the water after the last year is that of the last year."""
        for chance, states in self.water:
            yield chance, Landscape((*states, states[-1]))

    def _year_light(self, lane: Lane, states: tuple[int, ...]) -> float:
        state = 0 if lane.current is None else states[self.current[lane.current]]
        return sum(w * by_state[state] for w, by_state in zip(self.weights, lane.light, strict=True))

    def _lane_light(self, lane: Lane, year: int, states: tuple[tuple[int, ...], ...]) -> float:
        head = next(place for place in self.level.places if place.id == lane.head)
        arrival = sum(w * x for w, x in zip(self.weights, head.light, strict=True))
        return arrival + sum(self._year_light(lane, states[year + k]) for k in range(lane.years))

    def _in_sight(self, place: str) -> set[int]:
        if self.level.sight is None:
            return set(range(len(self.level.currents)))
        near, seen = {place}, set()
        for _ in range(self.level.sight):
            leaving = [lane for lane in self.level.lanes if lane.tail in near]
            seen |= {self.current[lane.current] for lane in leaving if lane.current is not None}
            near |= {lane.head for lane in leaving}
        return seen

    def open(self, year: int, place: str) -> list[int]:
        """Lanes that can be taken."""
        return [
            k for k, lane in enumerate(self.level.lanes) if lane.tail == place and year + lane.years <= self.level.years
        ]

    def paths(self, year: int, place: str) -> list[Path]:
        """Every complete path, in lexicographic file order."""
        key = (year, place)
        if key not in self._paths:
            lanes = self.open(year, place)
            self._paths[key] = [
                (k, *rest)
                for k in lanes
                for rest in self.paths(year + self.level.lanes[k].years, self.level.lanes[k].head)
            ] or [()]
        return self._paths[key]

    def path_light(self, path: Path, water: int, year: int = 0) -> float:
        """The light of a path in one landscape."""
        total = 0.0
        for k in path:
            total += self._light[k, year][water]
            year += self.level.lanes[k].years
        return total

    def mean(self, path: Path, possible: Possible, year: int = 0) -> float:
        """The expected light of a path, given which landscapes are possible."""
        mass = sum(self.chance[w] for w in possible)
        return sum(self.chance[w] * self.path_light(path, w, year) for w in possible) / mass

    @staticmethod
    def first_best(values: Sequence[float]) -> int:
        """The first that counts as equal to the best."""
        best = max(values)
        return next(i for i, value in enumerate(values) if value >= best - 1e-9 * max(1.0, abs(best)))

    def observed(self, k: int, year: int, water: int) -> tuple[int, ...]:
        """All that is seen by taking lane ``k``: the lane's own current each year, then the view at its head."""
        lane, states = self.level.lanes[k], self.water[water][1]
        felt = (
            ()
            if lane.current is None
            else tuple(states[year + j][self.current[lane.current]] for j in range(lane.years))
        )
        arrival = year + lane.years
        # After the last year nothing can be chosen any more, so nothing that is seen then matters.
        seen = () if arrival >= self.level.years else tuple(states[arrival][i] for i in sorted(self._sights[lane.head]))
        return felt + seen

    def split(self, path: Path, year: int, possible: Possible) -> list[list[int]]:
        """The possible landscapes, parted by all that is seen along a path."""
        groups: dict[tuple[tuple[int, ...], ...], list[int]] = {}
        for w in possible:
            t, seen = year, []
            for k in path:
                seen.append(self.observed(k, t, w))
                t += self.level.lanes[k].years
            groups.setdefault(tuple(seen), []).append(w)
        return list(groups.values())

    @cached_property
    def everything(self) -> list[int]:
        """All landscapes: what is possible before anybody moves."""
        return list(range(len(self.water)))

    @cached_property
    def best_plan(self) -> tuple[Path, float]:
        """The first best fixed plan and its worth."""
        return self.plan_from(0, self.level.start, self.everything)

    def plan_from(self, year: int, place: str, possible: Possible) -> tuple[Path, float]:
        """The first best path from here, given which landscapes are possible."""
        paths = self.paths(year, place)
        values = [self.mean(path, possible, year) for path in paths]
        return paths[self.first_best(values)], max(values)

    @cached_property
    def plan_values(self) -> list[float]:
        """The worth of every fixed plan, ascending."""
        return sorted(self.mean(path, self.everything) for path in self.paths(0, self.level.start))

    @cached_property
    def naive(self) -> tuple[Path, float]:
        """The best path in water that stays as it begins, and its true worth."""
        start = tuple(current.start for current in self.level.currents)
        still = [
            sum(self._lane_light(self.level.lanes[k], 0, (start,) * self.level.lanes[k].years) for k in path)
            for path in self.paths(0, self.level.start)
        ]
        path = self.paths(0, self.level.start)[self.first_best(still)]
        return path, self.mean(path, self.everything)

    @cached_property
    def hindsight(self) -> float:
        """The mean of the best path of each landscape."""
        paths = self.paths(0, self.level.start)
        return sum(self.chance[w] * max(self.path_light(path, w) for path in paths) for w in self.everything)

    @cached_property
    def optimal(self) -> float:
        """The worth of the best policy."""
        return self._optimal(0, self.level.start, self.everything)

    def _optimal(self, year: int, place: str, possible: Possible) -> float:
        lanes = self.open(year, place)
        if not lanes:
            return 0.0
        return max(self._after(k, year, possible, self._optimal) for k in lanes)

    def _after(self, k: int, year: int, possible: Possible, rest) -> float:  # type: ignore[no-untyped-def]
        """Light of a lane and of ``rest`` after it, weighted by chance (not divided by what is possible)."""
        lane = self.level.lanes[k]
        now = sum(self.chance[w] * self._light[k, year][w] for w in possible)
        return now + sum(rest(year + lane.years, lane.head, group) for group in self.split((k,), year, possible))

    def replanning(self, m: int) -> float:
        """The worth of a new best plan every ``m`` years."""

        def live(year: int, place: str, possible: Possible) -> float:
            plan, _ = self.plan_from(year, place, possible)
            if not plan:
                return 0.0
            taken, t = 0, year
            while taken < len(plan) and t < year + m:
                t += self.level.lanes[plan[taken]].years
                taken += 1
            part = plan[:taken]
            light = sum(self.chance[w] * self.path_light(part, w, year) for w in possible)
            head = self.level.lanes[part[-1]].head
            return light + sum(live(t, head, group) for group in self.split(part, year, possible))

        return live(0, self.level.start, self.everything)

    @cached_property
    def greedy(self) -> float:
        """The worth of following the light."""

        def live(year: int, place: str, possible: Possible) -> float:
            lanes = self.open(year, place)
            if not lanes:
                return 0.0
            mass = sum(self.chance[w] for w in possible)
            now = [
                sum(self.chance[w] * self._year_light(self.level.lanes[k], self.water[w][1][year]) for w in possible)
                / mass
                for k in lanes
            ]
            return self._after(lanes[self.first_best(now)], year, possible, live)

        return live(0, self.level.start, self.everything)
