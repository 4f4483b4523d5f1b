"""A level file in exact numbers: its own decimals as fractions, and the expected light of its lanes.

Like `verify` this stands alone: nothing but Python's standard library, no code of the game's own reader or model.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import fsum, lcm
from typing import Any, NamedTuple

Numbers = list[Fraction]


class Lane(NamedTuple):
    """A lane; ``light`` has one number for each state of current number ``current`` (None: always the same)."""

    id: str
    tail: str
    head: str
    years: int
    current: int | None
    light: Numbers


class Chain(NamedTuple):
    """A current; ``shift`` over ``common`` is its transition matrix, [this year's state][next year's state]."""

    name: str
    start: int
    common: int
    shift: list[list[int]]


def number(text: str) -> Fraction:
    """The exact value of a number's text.  Raises ValueError, also where it would have hundreds of digits."""
    exponent = text.lower().partition("e")[2]
    if len(text) > 6000 or abs(int(exponent or 0)) > 400:
        raise ValueError(f"not a number: {text[:40]}")
    return Fraction(text)


class NotWeights(Exception):
    """A value function that the level does not have, or weights that are none."""


class World:
    """A level under one of its value functions or, where that is None, under ``weights``, a text for each value.

    Raises NotWeights, and ValueError, KeyError, TypeError, IndexError or AttributeError for a file that is no level.
    """

    def __init__(self, file: bytes, value_function: str | None, weights: Mapping[str, str] | None = None) -> None:
        text = file.decode("utf-8-sig").replace("\r\n", "\n")
        self.data: dict[str, Any] = tomllib.loads(text, parse_float=number)
        self.sha256 = hashlib.sha256(file).hexdigest()
        self.title, self.start = str(self.data["title"]), self.data["start"]
        self.years, self.sight = self.data["years"], self.data.get("sight", "all")
        self.values: list[str] = list(self.data.get("values", ["light"]))
        self.weights = self._weights(value_function, weights)
        currents: dict[str, Any] = self.data.get("currents", {})
        self.chains = [_chain(name, current) for name, current in currents.items()]
        self.arrival = {place: self._light(entry, 1)[0] for place, entry in self.data["places"].items()}
        self.leaving: dict[str, list[Lane]] = {place: [] for place in self.arrival}
        self.lanes: dict[str, Lane] = {}
        for entry, lane_id in zip(self.data["lanes"], self._lane_ids(), strict=True):
            i = list(currents).index(entry["current"]) if "current" in entry else None
            light = self._light(entry, 1 if i is None else len(self.chains[i].shift))
            lane = Lane(lane_id, entry["from"], entry["to"], entry.get("years", 1), i, light)
            if lane.id in self.lanes or lane.years < 1 or lane.head not in self.arrival:
                raise ValueError(f"not a lane: {lane_id}")
            self.lanes[lane_id] = lane
            self.leaving[lane.tail].append(lane)
        if not 1 <= self.years <= 100 or (self.sight != "all" and self.sight < 1):
            raise ValueError("years and sight are whole numbers from 1")
        self._rows: dict[tuple[int, int], list[list[int]]] = {}
        self._seen: dict[str, frozenset[int]] = {}

    def _weights(self, name: str | None, given: Mapping[str, str] | None) -> Numbers:
        functions = self.data.get("value_functions", {"mine": dict.fromkeys(self.values, 1)})
        try:
            if name is None and given is not None:
                return [number(given[value]) for value in self.values]
            return [_exact(functions[name].get(value, 0)) for value in self.values]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotWeights(f"{type(error).__name__}: {error}") from None

    def _columns(self, entry: dict[str, Any], states: int) -> list[Numbers]:
        """The light of a place or lane: for each value one number for each state."""
        light = entry.get("light", {})
        by_value = light if isinstance(light, dict) else {self.values[0]: light}
        amounts = [by_value.get(value, 0) for value in self.values]
        columns = [[_exact(x) for x in (a if isinstance(a, list) else [a] * states)] for a in amounts]
        if {states} != {*map(len, columns)}:
            raise ValueError(f"not light for {states} states: {amounts}")
        return columns

    def _light(self, entry: dict[str, Any], states: int) -> Numbers:
        columns = self._columns(entry, states)
        return [
            sum((w * column[a] for w, column in zip(self.weights, columns, strict=True)), Fraction(0))
            for a in range(states)
        ]

    def _lane_ids(self) -> Iterator[str]:
        between: dict[tuple[str, str], int] = {}
        for lane in self.data["lanes"]:
            ends = lane["from"], lane["to"]
            between[ends] = n = between.get(ends, 0) + 1
            yield lane.get("id", f"{ends[0]}->{ends[1]}" + (f"#{n}" if n > 1 else ""))

    def digest(self) -> str:
        """The level's digest as run files have it: SHA-256 of all that decides how a life goes, as floats in JSON."""
        rules: dict[str, Any] = {
            "years": self.years,
            "start": self.start,
            "sight": None if self.sight == "all" else self.sight,
            "values": self.values,
            "currents": [
                [chain.name, chain.start, _float_rows(self.data["currents"][chain.name])] for chain in self.chains
            ],
            "places": [
                [place, [float(column[0]) for column in self._columns(entry, 1)]]
                for place, entry in self.data["places"].items()
            ],
            "lanes": [
                [e.id, e.tail, e.head, e.years, entry.get("current"),
                 [[float(x) for x in column] for column in self._columns(entry, len(e.light))]]
                for e, entry in zip(self.lanes.values(), self.data["lanes"], strict=True)
            ],
        }  # fmt: skip
        if self.data.get("oracles"):
            rules["oracles"] = [[name, *self._oracle(entry)] for name, entry in self.data["oracles"].items()]
        if "spyglass" in self.data:
            glass = self.data["spyglass"]
            sight, (price,) = glass["sight"], zip(*self._columns({"light": glass.get("price", {})}, 1), strict=True)
            rules["spyglass"] = [None if sight == "all" else sight, [float(x) for x in price]]
        return hashlib.sha256(json.dumps(rules, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    def _oracle(self, entry: dict[str, Any]) -> list[object]:
        """What of an oracle counts for the digest; in a proof it has no say."""
        weights = entry.get("weights")
        theirs = None if weights is None else [float(_exact(weights.get(value, 0))) for value in self.values]
        starts = sorted((c, self.data["currents"][c]["states"].index(z)) for c, z in entry.get("starts", {}).items())
        return [theirs, starts, entry.get("still", False), entry.get("luckiest_of")]

    def open(self, year: int, place: str) -> list[Lane]:
        """The lanes that fit into the years left, in file order."""
        return [lane for lane in self.leaving[place] if year + lane.years <= self.years]

    def row(self, i: int, years: int, state: int) -> list[int]:
        """Chances of the states of current ``i``, ``years`` after ``state``, over ``common ** years``."""
        rows = self._rows.setdefault((i, state), [[int(b == state) for b in range(len(self.chains[i].shift))]])
        while len(rows) <= years:
            columns = zip(*self.chains[i].shift, strict=True)
            rows.append([sum(p * q for p, q in zip(rows[-1], column, strict=True)) for column in columns])
        return rows[years]

    def light(self, lane: Lane, age: int, state: int) -> Fraction:
        """The expected light of a lane, arrival included, taken ``age`` years after its current was in ``state``."""
        total = self.arrival[lane.head]
        if lane.current is None:
            return total + lane.years * lane.light[0]
        for years in range(age, age + lane.years):
            mean = sum(p * x for p, x in zip(self.row(lane.current, years, state), lane.light, strict=True))
            total += mean / self.chains[lane.current].common ** years
        return total

    def reward(self, lane: Lane, year: int) -> Fraction:
        """R_e(t): what a lane taken in ``year`` is expected to bring, as far as is known at the beginning."""
        return self.light(lane, year, 0 if lane.current is None else self.chains[lane.current].start)

    def seen_from(self, place: str) -> frozenset[int]:
        """The currents in sight of a place: those of the lanes reached over fewer than ``sight`` lanes."""
        if self.sight == "all":
            return frozenset(range(len(self.chains)))
        if place not in self._seen:
            reached = {place}
            for _ in range(min(self.sight, len(self.arrival)) - 1):
                reached |= {lane.head for near in reached for lane in self.leaving[near]}
            lanes = [lane for near in reached for lane in self.leaving[near]]
            self._seen[place] = frozenset(lane.current for lane in lanes if lane.current is not None)
        return self._seen[place]


def _exact(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise TypeError(f"not a number: {value!r}")
    return Fraction(value)


def _chain(name: str, current: dict[str, Any]) -> Chain:
    states: list[str] = current["states"]
    size = len(states)
    if "stay" in current:
        rows = _neighbours(_exact(current["stay"]), size)
    else:
        rows = [[_exact(chance) for chance in row] for row in current["shift"]]
    if {size} != {len(rows), *map(len, rows)} or any(min(row) < 0 or abs(sum(row) - 1) > 1e-6 for row in rows):
        raise ValueError(f"not the chances of a current: {name}")
    rows = [[chance / sum(row) for chance in row] for row in rows]
    common = lcm(*(chance.denominator for row in rows for chance in row))
    start = states.index(current.get("start", states[0]))
    return Chain(name, start, common, [[int(chance * common) for chance in row] for row in rows])


def _neighbours(stay: Any, size: int) -> list[list[Any]]:
    """The short form of a transition matrix: stays, or moves to a neighbouring state, each equally likely."""
    near = [[b for b in (a - 1, a + 1) if 0 <= b < size] for a in range(size)]
    return [
        [stay if b == a else (1 - stay) / len(near[a]) if b in near[a] else 0 * stay for b in range(size)]
        for a in range(size)
    ]


def _float_rows(current: dict[str, Any]) -> list[list[float]]:
    if "stay" in current:
        return _neighbours(float(current["stay"]), len(current["states"]))
    rows = [[float(chance) for chance in row] for row in current["shift"]]
    return [[chance / fsum(row) for chance in row] for row in rows]
