"""Writes certificates: what the verifier works out from a level file, once the solver has found the same.

What looking up has is worked out exactly where that takes no more than a limit of work, and otherwise shown by lives in
the game's own landscapes.  Whoever looks up here does so without a spyglass, if the level has one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from game.files import level_from_text
from game.proof.verify import (
    LIMIT,
    Level,
    Progress,
    Unreadable,
    about_looking_up,
    about_plans,
    lines,
    lived,
    looking_up,
)
from game.solver import Ladder, Problem, TooLarge, best_fixed_plan, fitting_map, ladder

AGREEMENT = 1e-9


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
    limit: int = LIMIT,
    chart: bool = True,
    known: Ladder | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The certificate of a level file, ready for `as_text`: the same for the same arguments.

    ``value_function`` names one of the level's; if it is None, ``weights`` has a number, as text, for each value.
    What takes more than ``limit`` steps to work out exactly is lived.  The treasure map's worth is left out if that
    takes more, or if not ``chart``; ``known`` is what the solver has found already, if it has.

    Raises LevelFaults for a file that is no level, Unreadable for numbers that cannot be read exactly, and
    Disagreement.
    """
    level = level_from_text(file.decode("utf-8-sig"))
    try:
        exact = Level(file, value_function if weights is None else dict(weights))
        certificate = about_plans(exact)
    except Exception as error:
        raise Unreadable("level", f"{type(error).__name__}: {error}") from error
    certificate |= _looked_up(exact, limit, chart, progress)
    if level.spyglass is not None:
        known = None  # it knows the worth of stepping with looks, and what is proved is without any
    level = dataclasses.replace(level, oracles=(), spyglass=None)
    _agree(Problem(level, tuple(float(weight) for weight in exact.weights.values())), certificate, known)
    return certificate


def as_text(certificate: dict[str, Any]) -> str:
    """A certificate as it stands in its file; only ASCII, and the verifier knows no other way to write it."""
    return "\n".join(lines(certificate)) + "\n"


def _looked_up(level: Level, limit: int, chart: bool, progress: Progress | None) -> dict[str, Any]:
    """What the certificate says of looking up: exactly, and of the treasure map too, as far as the limit allows it."""
    try:
        stepping = looking_up(level, False, limit)
    except Unreadable:
        return about_looking_up(level, "lived", lived(level, progress), None)
    try:
        treasure_map = looking_up(level, True, limit) if chart else None
    except Unreadable:
        treasure_map = None
    return about_looking_up(level, "exact", stepping, treasure_map)


def _agree(problem: Problem, certificate: dict[str, Any], known: Ladder | None) -> None:
    """Compares with the solver, as far as both have an exact answer.  Raises Disagreement."""
    found = [("best_fixed_plan", best_fixed_plan(problem).value, certificate["bound"])]
    if certificate["method"] == "exact":
        try:
            rungs = known or ladder(problem, fitting_map(problem), hindsight_samples=0)
        except TooLarge:
            pass
        else:
            if rungs.step_by_step.method == "exact":
                found.append(("step_by_step", rungs.step_by_step.value, certificate["one_step_at_a_time"]))
            if certificate["treasure_map"] is not None and rungs.optimal.method == "exact":
                found.append(("optimal", rungs.optimal.value, certificate["treasure_map"]))
    for part, solver, written in found:
        proof = float(Fraction(written))
        if abs(solver - proof) > AGREEMENT * max(1.0, abs(proof)):
            raise Disagreement(part, solver, proof)
