"""Checks a certificate against its level file and trusts nobody: ``python -m game.proof.verify CERT.json LEVEL.toml``.

This module, `world` and `feedback` share no code with the game, its model, its solver or its reader of files.  They use
nothing but Python's standard library and compute with whole numbers and exact fractions of the file's own decimals.

**No fixed plan has more than the bound.**  The expected light R_e(t) of lane e taken in year t needs only the marginals
of the lane's own current.  Let there be a number W(t, n) for every year and place that a life can reach, with

    W(t, n) >= R_e(t) + W(t + d(e), head(e))  for every lane e that fits,      W(t, n) >= 0  where none does.

Adding these up along any plan shows that it has at most W(0, start).  Each W must also be the least such number (where
the certificate says so, rounded up) and the plan the first in file order that leads along them, so that no other number
and no other plan passes.  What one step at a time has is worked out, or lived, by `feedback`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

from game.proof.feedback import CONFIDENCE, LIMIT, SIGMAS, Lives, Progress, TooMuchWork, derive, live
from game.proof.world import NotWeights, World, number

GRID = 10**12  # what is rounded is a whole number of these parts
TIE = Fraction(1, 10**9)  # values that differ by no more, as a share of the greater where that is above 1, are equal
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError)
KEYS = ["ahead_by", "certificate", "fixed_plans", "level", "statement", "stepping", "treasure_map", "value_function",
        "verdict", "weights"]  # fmt: skip

# The statement is part of the format: it reads the same in every language and is compared letter by letter.
STATEMENT = "On average, under this level's own chances, no fixed plan has more than {}{}."
SECOND_HALF = {
    ("exact", "ahead"): "; one step at a time has {}",
    ("exact", "equal"): ", and one step at a time has the same",
    ("lived", "ahead"): "; one step at a time has {} or more, with confidence {}",
    ("lived", "open"): "; one step at a time has {} or more, with confidence {}, which leaves open whether it is ahead",
}


class Refuted(Exception):
    """A claim that does not hold: the part of the certificate, what it says there, and what is so."""

    def __init__(self, part: str, said: object, found: object) -> None:
        super().__init__(part, str(said), str(found))
        self.part, self.said, self.found = part, str(said), str(found)


class Unreadable(Exception):
    """A certificate or a level that cannot be read, or stepping that takes too long to work out: which, why."""


def written(value: Fraction) -> str:
    """A number as text, exactly: as a decimal where one ends, else as p/q."""
    odd = value.denominator
    twos = (odd & -odd).bit_length() - 1
    odd >>= twos
    fives = 0
    while odd % 5 == 0:
        odd, fives = odd // 5, fives + 1
    places = max(twos, fives)
    if odd > 1 or not places:
        return str(value)
    whole, part = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{places}}"


def rounded(value: Fraction, direction: Callable[[Fraction], int], parts: int = GRID) -> Fraction:
    """``value`` as a whole number of ``parts``, by ``floor`` or ``ceil``."""
    return Fraction(direction(value * parts), parts)


def statement(bound: Fraction, least: Fraction, method: str) -> tuple[str, str]:
    """The verdict, and the statement that a bound on plans and a value of stepping (or a bound below it) imply."""
    tie = TIE * max(Fraction(1), abs(bound))
    same = method == "exact" and least >= bound - 200 * tie  # as many near ties as there can be decisions, and more
    verdict = "ahead" if least > bound + tie else "equal" if same else "open"
    digits = 10**6
    while verdict == "ahead" and rounded(least, floor, digits) <= rounded(bound, ceil, digits):
        digits *= 10
    half = SECOND_HALF[method, verdict].format(written(rounded(least, floor, digits)), CONFIDENCE)
    return verdict, STATEMENT.format(written(rounded(bound, ceil, digits)), half)


def verify(certificate: bytes, level: bytes, limit: int = LIMIT, progress: Progress | None = None) -> list[str]:
    """What of a certificate was checked, by name; raises Refuted at the first claim that does not hold, or Unreadable.

    ``limit`` is the work that may be spent on working out exactly what looking up has.
    """
    try:
        claims = json.loads(certificate, object_pairs_hook=_once)
    except UNREADABLE as error:
        raise Unreadable("certificate", f"{type(error).__name__}: {error}") from None
    try:
        _claim("keys", sorted(claims), KEYS)
        world = World(level, claims["value_function"], claims["weights"])
        digest = world.digest()
    except NotWeights as error:
        raise Refuted("weights", claims["value_function"], error) from None
    except UNREADABLE as error:
        raise Unreadable("level", f"{type(error).__name__}: {error}") from None
    try:
        return _verify(claims, world, digest, limit, progress)
    except TooMuchWork as error:
        raise Unreadable("stepping", error) from None
    except UNREADABLE as error:
        raise Refuted("form", type(error).__name__, error) from None


def _verify(claims: Any, world: World, digest: str, limit: int, progress: Progress | None) -> list[str]:
    plans, stepping = claims["fixed_plans"], claims["stepping"]
    _claim("keys of fixed_plans", sorted(plans), ["bound", "plan", "potentials", "rounding", "slack", "value"])
    _claim("certificate", claims["certificate"], 1)
    for key, own in {"title": world.title, "digest": digest, "sha256": world.sha256}.items():
        _claim(f"level {key}", claims["level"].pop(key), own)
    _claim("level", claims["level"], {})
    weights = {value: written(weight) for value, weight in zip(world.values, world.weights, strict=True)}
    _claim("weights", claims["weights"], weights)
    bound = check_potentials(world, plans)
    value = check_plan(world, plans["plan"], plans["potentials"])
    if plans["rounding"] == "up":
        value = rounded(value, floor)
    _claim("fixed_plans value", plans["value"], written(value))
    _claim("fixed_plans bound", plans["bound"], written(bound))
    _claim("fixed_plans slack", plans["slack"], written(bound - value))
    # What the claims imply is cheap to check, so it comes before what looking up takes to work out.
    exact = stepping["method"] == "exact"
    least = number(stepping["value" if exact else "at_least"])
    verdict, sentence = statement(bound, least, "exact" if exact else "lived")
    _claim("verdict", claims["verdict"], verdict)
    _claim("ahead_by", claims["ahead_by"], written(least - bound) if verdict == "ahead" else None)
    _claim("statement", claims["statement"], sentence)
    checked = ["potentials", "plan", "statement"]
    if exact:
        _claim("stepping", stepping, {"method": "exact", "value": written(derive(world, False, limit))})
        checked.append("stepping_exact")
    else:
        lives, seed = stepping["lives"], stepping["seed"]
        _claim("stepping", stepping, lived(live(world, plans["plan"], lives, seed, progress), value, int(seed)))
        checked.append("stepping_lived")
    if claims["treasure_map"] is not None:
        _claim("treasure_map", claims["treasure_map"], written(derive(world, True, limit)))
        checked.append("treasure_map")
    return checked


def lived(lives: Lives, value: Fraction, seed: int) -> dict[str, Any]:
    """What a certificate says of lives that were lived beside a plan worth ``value``; all rounded to be safe."""
    mean, deviation = rounded(value + lives.lead, floor), rounded(lives.deviation, ceil)
    return {
        "method": "lived", "lives": lives.number, "seed": seed, "mean": written(mean), "stderr": written(deviation),
        "sha256": lives.sha256, "confidence": CONFIDENCE, "at_least": written(mean - SIGMAS * deviation),
    }  # fmt: skip


def check_potentials(world: World, plans: dict[str, Any]) -> Fraction:
    """The bound W(0, start), once every year and place that a life can reach has the least W that bounds its plans."""
    reached: list[set[str]] = [{world.start}, *(set[str]() for _ in range(world.years))]
    for year, places in enumerate(reached):
        for lane in (lane for place in places for lane in world.open(year, place)):
            reached[year + lane.years].add(lane.head)
    texts = plans["potentials"]
    _claim("potentials", [sorted(row) for row in texts], [sorted(places) for places in reached])
    potential = [{place: number(text) for place, text in row.items()} for row in texts]
    any_rounded = False
    for year, place in [(t, n) for t in reversed(range(len(texts))) for n in texts[t]]:
        part, w = f"potential of {place!r} in year {year}", potential[year][place]
        least = max((world.reward(lane, year) + potential[year + lane.years][lane.head]
                     for lane in world.open(year, place)), default=Fraction(0))  # fmt: skip
        if w < least:
            raise Refuted(part, texts[year][place], f">= {written(least)}")
        up = rounded(least, ceil) if plans["rounding"] == "up" else least
        any_rounded |= up != least
        _claim(part, texts[year][place], written(up))
    _claim("rounding", plans["rounding"], "up" if any_rounded else "none")
    return potential[0][world.start]


def check_plan(world: World, plan: list[str], texts: list[dict[str, str]]) -> Fraction:
    """The exact value of a plan, once it is found to be the first in file order that the potentials lead along."""
    year, place, value = 0, world.start, Fraction(0)
    for lane_id in [*plan, None]:
        worth = {e.id: world.reward(e, year) + number(texts[year + e.years][e.head]) for e in world.open(year, place)}
        _claim("plan", lane_id, next((lane for lane, w in worth.items() if w == max(worth.values())), None))
        if lane_id is not None:
            lane = world.lanes[lane_id]
            value, year, place = value + world.reward(lane, year), year + lane.years, lane.head
    return value


def _claim(part: str, said: object, found: object) -> None:
    # To Python 1 and True and 1.0 are equal; to a certificate they are not.
    if json.dumps(said, sort_keys=True) != json.dumps(found, sort_keys=True):
        raise Refuted(part, said, found)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key that stands twice")
    return dict(pairs)


if __name__ == "__main__":
    try:
        print(*verify(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes()), sep="\n")
    except (Refuted, Unreadable) as error:
        print(*error.args, sep="\n", file=sys.stderr)
        sys.exit(1 if isinstance(error, Refuted) else 2)
