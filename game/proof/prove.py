"""Writes certificates: potentials that bound every fixed plan, a plan that reaches the bound, and what stepping has.

The potentials are those of backward induction over year and place,

    W(t, n) = max over open lanes e of  R_e(t) + W(t + d(e), head(e)),        W(t, n) = 0 where none is open,

in exact fractions of the level file's own decimals; where these would have hundreds of digits each is rounded up to 12
decimals, and the plan's value is rounded down.  What looking up has is worked out exactly where that takes no more than
a limit of work, and otherwise estimated from lives in the game's own landscapes.  Nothing is written that the solver
does not agree with.  Whoever looks up here does so without a spyglass, if the level has one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from game.files import level_from_text
from game.proof.feedback import LIMIT, Progress, TooMuchWork, derive, live
from game.proof.verify import UNREADABLE, Unreadable, lived, rounded, statement, written
from game.proof.world import World
from game.solver import Ladder, Problem, TooLarge, best_fixed_plan, fitting_map, ladder

LONGEST = 1000
"""Bits of a potential's denominator up to which it is written exactly: some 300 digits."""

AGREEMENT = 1e-9

Potentials = list[dict[str, Fraction]]


class Disagreement(Exception):
    """The solver and the proof have different numbers, so that one of them is wrong: ``part``, both numbers."""

    def __init__(self, part: str, solver: float, proof: float) -> None:
        super().__init__(part, solver, proof)
        self.part, self.solver, self.proof = part, solver, proof


def prove(
    file: bytes,
    value_function: str | None,
    weights: Mapping[str, str] | None = None,
    *,
    lives: int = 1000,
    seed: int = 0,
    limit: int = LIMIT,
    chart: bool = True,
    known: Ladder | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The certificate of a level file, ready for ``json.dumps``: the same for the same arguments.

    ``value_function`` names one of the level's; if it is None, ``weights`` has a number, as text, for each value.
    ``lives`` and ``seed`` are for levels where working everything out exactly takes more than ``limit`` steps.
    The treasure map's worth is left out if not ``chart``; ``known`` is what the solver has found already, if it has.

    Raises LevelFaults for a file that is no level, Unreadable for numbers that are too long to be exact, NotWeights,
    and Disagreement.
    """
    level = level_from_text(file.decode("utf-8-sig"))
    try:
        world = World(file, value_function, weights)
    except UNREADABLE as error:
        raise Unreadable("level", error) from error
    potentials, rounding = potentials_of(world)
    bound = potentials[0][world.start]
    plan = plan_of(world, potentials)
    value = plan_value(world, plan)
    if rounding == "up":
        value = rounded(value, floor)
    stepping, optimum = _worked_out(world, limit, chart)
    if stepping is None:
        stepping = lived(live(world, plan, lives, seed, progress), value, seed)
    least = Fraction(stepping["value"] if stepping["method"] == "exact" else stepping["at_least"])
    verdict, sentence = statement(bound, least, stepping["method"])
    if level.spyglass is not None:
        known = None  # it knows the worth of stepping with looks, and what is proved is without any
    level = dataclasses.replace(level, oracles=(), spyglass=None)
    problem = Problem(level, tuple(float(weight) for weight in world.weights))
    _agree(problem, value, least if stepping["method"] == "exact" else None, optimum, known)
    return {
        "certificate": 1,
        "level": {"title": world.title, "digest": world.digest(), "sha256": world.sha256},
        "value_function": value_function,
        "weights": {name: written(weight) for name, weight in zip(world.values, world.weights, strict=True)},
        "statement": sentence,
        "verdict": verdict,
        "ahead_by": written(least - bound) if verdict == "ahead" else None,
        "fixed_plans": {
            "bound": written(bound),
            "plan": plan,
            "value": written(value),
            "slack": written(bound - value),
            "rounding": rounding,
            "potentials": [{place: written(w) for place, w in row.items()} for row in potentials],
        },
        "stepping": stepping,
        "treasure_map": None if optimum is None else written(optimum),
    }


def potentials_of(world: World) -> tuple[Potentials, str]:
    """``W[year][place]`` for what a life can reach, places in file order, and how they are rounded: "none" or "up"."""
    exact = _backward(world, False)
    if all(w.denominator.bit_length() <= LONGEST for row in exact for w in row.values()):
        return exact, "none"
    return _backward(world, True), "up"


def plan_of(world: World, potentials: Potentials) -> list[str]:
    """The lanes of the first plan in file order that the potentials lead along."""
    plan, year, place = [], 0, world.start
    while lanes := world.open(year, place):
        worth = [world.reward(lane, year) + potentials[year + lane.years][lane.head] for lane in lanes]
        lane = lanes[worth.index(max(worth))]
        plan.append(lane.id)
        year, place = year + lane.years, lane.head
    return plan


def plan_value(world: World, plan: list[str]) -> Fraction:
    """The expected light of a plan, exactly."""
    year, value = 0, Fraction(0)
    for lane in (world.lanes[lane_id] for lane_id in plan):
        value += world.reward(lane, year)
        year += lane.years
    return value


def _backward(world: World, round_up: bool) -> Potentials:
    potentials: Potentials = [{} for _ in range(world.years + 1)]
    reached = _reached(world)
    for year in reversed(range(world.years + 1)):
        for place in world.arrival:
            if place in reached[year]:
                after = [
                    world.reward(lane, year) + potentials[year + lane.years][lane.head]
                    for lane in world.open(year, place)
                ]
                best = max(after, default=Fraction(0))
                potentials[year][place] = rounded(best, ceil) if round_up else best
    return potentials


def _reached(world: World) -> list[set[str]]:
    """The places that a life can be at in each year."""
    reached: list[set[str]] = [set() for _ in range(world.years + 1)]
    reached[0].add(world.start)
    for year, places in enumerate(reached):
        for place in places:
            for lane in world.open(year, place):
                reached[year + lane.years].add(lane.head)
    return reached


def _worked_out(world: World, limit: int, chart: bool) -> tuple[dict[str, Any] | None, Fraction | None]:
    """What the certificate says of stepping, and the worth of the treasure map, if they can be worked out exactly."""
    try:
        stepping = {"method": "exact", "value": written(derive(world, False, limit))}
    except TooMuchWork:
        return None, None
    try:
        return stepping, derive(world, True, limit) if chart else None
    except TooMuchWork:
        return stepping, None


def _agree(
    problem: Problem, value: Fraction, stepping: Fraction | None, optimum: Fraction | None, known: Ladder | None
) -> None:
    """Compares with the solver, as far as it has an exact answer.  Raises Disagreement."""
    found: list[tuple[str, float, Fraction]] = [("best_fixed_plan", best_fixed_plan(problem).value, value)]
    if stepping is not None:
        try:
            rungs = known or ladder(problem, fitting_map(problem), hindsight_samples=0)
        except TooLarge:
            pass
        else:
            if rungs.step_by_step.method == "exact":
                found.append(("step_by_step", rungs.step_by_step.value, stepping))
            if optimum is not None and rungs.optimal.method == "exact":
                found.append(("optimal", rungs.optimal.value, optimum))
    for part, solver, proof in found:
        if abs(solver - proof) > AGREEMENT * max(1.0, abs(float(proof))):
            raise Disagreement(part, solver, float(proof))
