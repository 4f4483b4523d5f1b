"""Checks a certificate against its level file and trusts nobody: ``python verify.py CERTIFICATE.json LEVEL.toml``.

This file is all that has to be trusted, to be read from top to bottom.  It shares no code with the game, needs Python's
standard library alone, and computes in exact fractions of the level file's own decimals.  Whatever a certificate says
is worked out anew from the level file, written down, and compared line by line.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tomllib
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import accumulate, zip_longest
from math import ceil, floor, isqrt
from pathlib import Path
from statistics import mean, variance
from typing import Any

PARTS = 10**12  # light is written in whole parts of this size: twelve decimals, rounded to the safe side
LIMIT = 80_000_000  # steps of work that looking up may take; some ten seconds
LIVES = 1000  # in the game's water of the seeds 0 to 999: nobody can pick it
SIGMAS, CONFIDENCE = 4, "0.99996"  # a mean of many lives is that likely to be at most so many deviations too high

Spot = tuple[int, str]  # a year and a place
Known = dict[str, tuple[int, int]]  # of each current that can matter: the state last seen, and the year of that
Pending = tuple[tuple[str, int, int, int], ...]  # name, state last seen, its year, and the year that is to be seen
Progress = Callable[[str, float], None]  # told the stage and the fraction done; may raise to interrupt


class Refuted(Exception):
    """The certificate does not hold: which line of it, what it says there, and what is so."""


class Unreadable(Exception):
    """A certificate or a level that cannot be read, or stepping that takes too long to work out: which, why."""


# 1  The level


@dataclass(eq=False)
class Lane:
    """A lane; ``light`` is a year's, in each state of its current."""

    id: str
    head: str
    years: int
    current: str
    light: list[Fraction]


class Level:
    """A level file, its light weighed by one of its value functions, or by weights of one's own, a text for each."""

    def __init__(self, file: bytes, steering: Any) -> None:
        data = tomllib.loads(file.decode("utf-8-sig"), parse_float=number)
        self.title, self.sha256, self.years = data["title"], hashlib.sha256(file).hexdigest(), data["years"]
        values = data.get("values", ["light"])
        if isinstance(steering, str):
            weights = data.get("value_functions", {"mine": dict.fromkeys(values, 1)})[steering]
            self.weights = {value: Fraction(weights.get(value, 0)) for value in values}
            self.steering: Any = steering
        else:
            self.weights = {value: number(steering[value]) for value in values}
            self.steering = {value: str(weight) for value, weight in self.weights.items()}
        # A lane without a current lies in still water, which has one state.
        currents = data.get("currents", {}) | {"": {"states": ["still"], "stay": 1}}
        self.start = {name: at["states"].index(at.get("start", at["states"][0])) for name, at in currents.items()}
        self.shift = {name: shift(current) for name, current in currents.items()}
        self.arrival = {place: self._weighed(entry, 1)[0] for place, entry in data["places"].items()}
        self.sight = len(self.arrival) if data.get("sight", "all") == "all" else data["sight"]
        self.leaving: dict[str, list[Lane]] = {place: [] for place in self.arrival}
        lanes, between = list[Lane](), list[tuple[str, str]]()
        for entry in data["lanes"]:
            tail, head, current = entry["from"], entry["to"], entry.get("current", "")
            between.append((tail, head))
            n = between.count((tail, head))
            lane_id = entry.get("id", f"{tail}->{head}" + (f"#{n}" if n > 1 else ""))
            light = self._weighed(entry, len(self.shift[current]))
            lanes.append(Lane(lane_id, head, entry.get("years", 1), current, light))
            self.leaving[tail].append(lanes[-1])
        wholes = [data["format"], self.years, self.sight, *(lane.years for lane in lanes)]
        if {*map(type, wholes)} != {int} or min(wholes) < 1 or data["format"] != 1 or self.years > 100:
            raise ValueError("not format 1, or no whole number of years or sight")
        if len({lane.id for lane in lanes}) < len(lanes):
            raise ValueError("two lanes with one id")
        # What these work out they keep.
        self.chances, self.light, self.ways = cache(self._chances), cache(self._light), cache(self._ways)
        self.ahead, self.matters, self.in_sight = cache(self._ahead), cache(self._matters), cache(self._in_sight)
        self.spot: Spot = (0, data["start"])
        self.known: Known = {name: (self.start[name], 0) for name in sorted(self.matters(self.spot))}

    def _weighed(self, entry: dict[str, Any], states: int) -> list[Fraction]:
        """The light of a place or lane in each state: a list has one number for each, a number is the same in all."""
        light = entry.get("light", 0)
        by_value = light if isinstance(light, dict) else {next(iter(self.weights)): light}
        total = [Fraction(0)] * states
        for value, weight in self.weights.items():
            amount = by_value.get(value, 0)
            amounts = amount if isinstance(amount, list) else [amount] * states
            total = [a + weight * x for a, x in zip(total, amounts, strict=True)]
        return total

    def _chances(self, current: str, state: int, years: int) -> list[Fraction]:
        """The chance of each state, ``years`` after ``state``."""
        states = range(len(self.shift[current]))
        if years == 0:
            return [Fraction(a == state) for a in states]
        before = self.chances(current, state, years - 1)
        return [sum((before[a] * self.shift[current][a][b] for a in states), Fraction(0)) for b in states]

    def _light(self, lane: Lane, state: int, age: int) -> tuple[Fraction, int]:
        """What a lane brings on average, arrival included, if its current was in ``state`` ``age`` years before it.

        Exactly, and rounded up to whole parts.
        """
        total = self.arrival[lane.head]
        for years in range(age, age + lane.years):
            total += sum(p * x for p, x in zip(self.chances(lane.current, state, years), lane.light, strict=True))
        return total, ceil(total * PARTS)

    def expected(self, lane: Lane, year: int, known: Known) -> tuple[Fraction, int]:
        """The same for a lane taken in ``year``, by what is known; what is not known makes no difference."""
        state, seen = known.get(lane.current, (0, year))
        return self.light(lane, state, year - seen)

    def _ways(self, spot: Spot) -> list[tuple[Lane, Spot]]:
        """The lanes that fit into the years left, in file order, and where each leads."""
        year, place = spot
        return [(e, (year + e.years, e.head)) for e in self.leaving[place] if year + e.years <= self.years]

    def _ahead(self, spot: Spot) -> list[Spot]:
        """Every year and place that can be reached from a spot, the latest first and itself last."""
        found, new = {spot}, {spot}
        while new:
            new = {after for at in new for _, after in self.ways(at)} - found
            found |= new
        return sorted(found, reverse=True)

    def _matters(self, spot: Spot) -> frozenset[str]:
        """The currents that light can still depend on."""
        here = {lane.current for lane, _ in self.ways(spot) if len({*lane.light}) > 1}
        return frozenset(here).union(*(self.matters(after) for _, after in self.ways(spot)))

    def _in_sight(self, place: str) -> frozenset[str]:
        """The currents that a place shows: those of the lanes reached over fewer than ``sight`` lanes."""
        reached = {place}
        for _ in range(min(self.sight, len(self.arrival)) - 1):
            reached |= {lane.head for near in reached for lane in self.leaving[near]}
        return frozenset(lane.current for near in reached for lane in self.leaving[near])


def number(text: str) -> Fraction:
    """The exact value of a number's text.  Raises ValueError, also where it would have hundreds of digits."""
    if abs(int(text.lower().partition("e")[2] or 0)) > 400:
        raise ValueError(f"not a number: {text}")
    return Fraction(text)


def shift(current: dict[str, Any]) -> list[list[Fraction]]:
    """The chances of a current's states, ``[this year's][next year's]``."""
    states = range(len(current["states"]))
    if "stay" in current:
        # What does not stay moves to a neighbouring state, each equally likely.
        stay = Fraction(current["stay"])
        move = [(1 - stay) / (1 if a in (0, states[-1]) else 2) for a in states]
        rows = [[stay if a == b else move[a] * (abs(a - b) == 1) for b in states] for a in states]
    else:
        rows = [[Fraction(chance) for chance in row] for row in current["shift"]]
    square = {len(states)} == {len(rows), *map(len, rows)}
    if not square or any(min(row) < 0 or abs(float(sum(row)) - 1) > 1e-6 for row in rows):
        raise ValueError(f"not the chances of {current['states']}")
    return [[chance / sum(row) for chance in row] for row in rows]


# 2  Fixed plans


def potentials(level: Level, spot: Spot, known: Known) -> dict[Spot, int]:
    """W(t, n) for each year and place ahead: no fixed plan has more light in the years from there on.

    What lane e is expected to bring in year t, R_e(t), needs only the chances of its own current.  Take

        W(t, n) = max over the lanes e that fit of  R_e(t) + W(t + d(e), head(e)),      W(t, n) = 0  where none does.

    So each lane of a plan brings at most W where it begins less W where it ends; adding up, the plan has at most W of
    its beginning.  Each R_e(t) is rounded up to whole parts, which keeps this true.
    """
    worth: dict[Spot, int] = {}
    for at in level.ahead(spot):
        ways = [level.expected(lane, at[0], known)[1] + worth[after] for lane, after in level.ways(at)]
        worth[at] = max(ways, default=0)
    return worth


def best_way(level: Level, spot: Spot, known: Known, worth: dict[Spot, int]) -> tuple[Lane, Spot]:
    """The first lane of the best fixed plan, and where it leads; of lanes within a thousand-millionth, the first."""
    ways, enough = level.ways(spot), worth[spot] - max(PARTS, abs(worth[spot])) // 10**9
    return next(way for way in ways if level.expected(way[0], spot[0], known)[1] + worth[way[1]] >= enough)


def best_plan(level: Level, worth: dict[Spot, int]) -> tuple[list[str], Fraction]:
    """The best fixed plan, and what it brings on average, exactly."""
    plan, value, spot = list[str](), Fraction(0), level.spot
    while level.ways(spot):
        lane, after = best_way(level, spot, level.known, worth)
        plan.append(lane.id)
        value += level.expected(lane, spot[0], level.known)[0]
        spot = after
    return plan, value


# 3  Looking up.  All that a life can know of a current is in which state it was last seen, and when.


def arriving(level: Level, lane: Lane, after: Spot, known: Known) -> Pending:
    """What was known when a lane was taken and matters at its end, and when each current will have been seen by then.

    A place shows the currents in its sight; the water of the lane itself was felt in the year before.
    """
    year, place = after
    in_sight, matters = level.in_sight(place), level.matters(after)
    return tuple(
        (name, state, seen, year if name in in_sight else year - 1 if name == lane.current else seen)
        for name, (state, seen) in known.items()
        if name in matters
    )


def looking_up(level: Level, free: bool, limit: int) -> Fraction:
    """What one step at a time has from the beginning: to take the first lane of the best plan, and look again.

    If one is ``free`` to take any lane it is the treasure map instead, the best that looking up can bring.
    Raises Unreadable where that takes more than ``limit`` steps of work.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 10_000))  # a hundred years, each with many currents to see
    values: dict[tuple[Spot, Pending], Fraction] = {}
    left = limit

    def value(spot: Spot, pending: Pending) -> Fraction:
        """The mean over what is seen on arrival, one current after another, of what the lane taken then brings."""
        nonlocal left
        if (spot, pending) in values:
            return values[spot, pending]
        unseen = [k for k, (_, _, seen, sees) in enumerate(pending) if seen < sees]
        left -= 150 + (0 if free or unseen else 10 * len(level.ahead(spot)))  # a plan takes its time, too
        if left < 150 * 2 ** len(unseen):
            raise Unreadable("stepping", "working this out exactly would take too long")
        total = Fraction(0)
        if unseen:
            k = unseen[0]
            name, state, seen, sees = pending[k]
            for new, chance in enumerate(level.chances(name, state, sees - seen)):
                if chance:
                    total += chance * value(spot, (*pending[:k], (name, new, sees, sees), *pending[k + 1 :]))
        elif level.ways(spot):
            known = {name: (state, seen) for name, state, seen, _ in pending}
            ways = level.ways(spot) if free else [best_way(level, spot, known, potentials(level, spot, known))]
            total = max(
                level.expected(lane, spot[0], known)[0] + value(after, arriving(level, lane, after, known))
                for lane, after in ways
            )
        left -= (total.denominator.bit_length() // 256) ** 2  # long numbers take longer
        values[spot, pending] = total
        return total

    return value(level.spot, tuple((name, *last, 0) for name, last in level.known.items()))


# 4  Lives


def lived(level: Level, progress: Progress | None = None) -> Fraction:
    """What one step at a time has at least, as lives show, each beside the best plan in the same water.

    Their mean lead, less some deviations of that mean, is added to what the plan is worth.
    """
    worth = potentials(level, level.spot, level.known)
    best = cache(lambda spot, known: best_way(level, spot, dict(known), potentials(level, spot, dict(known))))
    leads: list[Fraction] = []
    for seed in range(LIVES):
        water = {name: drawn(level, name, seed) for name in level.shift}
        leads.append(life(level, water, best, True) - life(level, water, best, False))
        if progress:
            progress("sampling", len(leads) / LIVES)
    deviation = Fraction(isqrt(ceil(variance(leads) / LIVES * PARTS**2)) + 1, PARTS)
    return best_plan(level, worth)[1] + mean(leads) - SIGMAS * deviation


def life(level: Level, water: dict[str, list[int]], best: Callable[..., tuple[Lane, Spot]], looks_up: bool) -> Fraction:
    """The light of a life in water that has each current's state in each year.  The plan's life is never looking up."""
    total, spot, known = Fraction(0), level.spot, level.known
    while level.ways(spot):
        lane, after = best(spot, tuple(known.items()))
        total += sum((lane.light[state] for state in water[lane.current][spot[0] : after[0]]), level.arrival[lane.head])
        if looks_up:
            known = {name: (water[name][year], year) for name, _, _, year in arriving(level, lane, after, known)}
        spot = after
    return total


def drawn(level: Level, current: str, seed: int) -> list[int]:
    """The state of a current in each year, as the game draws it."""
    dice, states = random.Random(f"water-lanes/{seed}/{current}"), [level.start[current]]
    while len(states) < level.years:
        states.append(bisect_right([*accumulate(level.shift[current][states[-1]])], Fraction(dice.random())))
    return states


# 5  The certificate


def about_plans(level: Level) -> dict[str, Any]:
    """What a certificate says of the level and of fixed plans; the potentials by year and place."""
    worth = potentials(level, level.spot, level.known)
    plan, value = best_plan(level, worth)
    return {
        "certificate": 2,
        "level": level.title,
        "sha256": level.sha256,
        "value_function": level.steering,
        "bound": written(worth[level.spot]),
        "plan": plan,
        "plan_has": written(floor(value * PARTS)),
        "potentials": {f"{year} {place}": written(worth[year, place]) for year, place in reversed(worth)},
    }


def about_looking_up(level: Level, method: str, stepping: Fraction, treasure_map: Fraction | None) -> dict[str, Any]:
    """What it says of looking up, and in short: the same in every language."""
    bound, has = potentials(level, level.spot, level.known)[level.spot], floor(stepping * PARTS)
    sure = "" if method == "exact" else f" or more, with confidence {CONFIDENCE}"
    if has > bound:
        verdict, second = "ahead", f"; one step at a time has {written(has)}{sure}"
    elif method == "exact" and bound - has <= max(PARTS, abs(bound)) // 10**6:  # more than all ties of a life
        verdict, second = "equal", ", and one step at a time has the same"
    else:
        verdict, second = "open", f"; whether one step at a time has more is open, it has {written(has)}{sure}"
    first = f"On average, under this level's own chances, no fixed plan has more than {written(bound)}"
    return {
        "method": method,
        "one_step_at_a_time": written(has),
        "treasure_map": None if treasure_map is None else written(floor(treasure_map * PARTS)),
        "verdict": verdict,
        "statement": first + second + ".",
    }


def written(parts: int) -> str:
    """A number of parts as a decimal."""
    before, behind = divmod(abs(parts), PARTS)
    return f"{'-' if parts < 0 else ''}{before}.{behind:012}".rstrip("0").rstrip(".")


def verify(certificate: bytes, file: bytes, limit: int = LIMIT, progress: Progress | None = None) -> list[str]:
    """What of a certificate was checked, by name.  Raises Refuted where a line does not hold, or Unreadable."""
    try:
        said, claims = certificate.decode().splitlines(), json.loads(certificate)
        steering, chart = claims["value_function"], claims["treasure_map"] is not None
        method = "exact" if claims["method"] == "exact" else "lived"
    except Exception as error:
        raise Unreadable("certificate", f"{type(error).__name__}: {error}") from None
    try:
        level = Level(file, steering)
        plans = about_plans(level)
        begins = lines(plans)[:-2]
    except Exception as error:
        raise Unreadable("level", f"{type(error).__name__}: {error}") from None
    compare(said[: len(begins)], begins)  # before what takes longer
    stepping = looking_up(level, False, limit) if method == "exact" else lived(level, progress)
    treasure_map = looking_up(level, True, limit) if chart else None
    compare(said, lines(plans | about_looking_up(level, method, stepping, treasure_map)))
    return ["potentials", "plan", "statement", f"stepping_{method}"] + ["treasure_map"] * chart


def lines(certificate: dict[str, Any]) -> list[str]:
    """The lines of a certificate's file."""
    return json.dumps(certificate, indent=1).splitlines()


def compare(said: list[str], found: list[str]) -> None:
    """Raises Refuted at the first line that differs."""
    for n, (line, own) in enumerate(zip_longest(said, found, fillvalue="-"), 1):
        if line != own:
            raise Refuted(n, line.strip(), own.strip())


if __name__ == "__main__":
    try:
        print(*verify(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes()), sep="\n")
    except (Refuted, Unreadable) as error:
        print(*error.args, sep="\n", file=sys.stderr)
        sys.exit(1 if isinstance(error, Refuted) else 2)
