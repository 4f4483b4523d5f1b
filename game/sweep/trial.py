"""One trial: a level made from its recipe and solved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from game.generator import Recipe, generate
from game.generator.appraisal import Appraisal, appraise
from game.solver import Rung

MEMORY_LIMIT = 2**29
"""The room in bytes for an exact answer: the same on every machine, so that the same levels are solved exactly."""

_DIGITS = 12
_ROOMS = ("model", "policy.py", "simulate.py", "solver", "generator", "sweep/trial.py")


@dataclass(frozen=True)
class Figures:
    """The expected light of three ways to live on one level, to 12 digits; not ``exact``: the last two are sampled."""

    best_fixed_plan: float
    step_by_step: float
    optimal: float
    exact: bool

    @property
    def gap(self) -> float:
        """What the best fixed plan lacks of the optimum; 0 where the two count as equal."""
        return self._appraisal.gap

    @property
    def loss(self) -> float:
        """The gap as a share of the optimum."""
        return self._appraisal.loss

    @property
    def _appraisal(self) -> Appraisal:
        return Appraisal(Rung(self.best_fixed_plan), Rung(self.step_by_step), Rung(self.optimal))


def solved(recipe: Recipe) -> Figures:
    """The figures of the level of a recipe: the same wherever they are worked out.

    Digits beyond the twelfth are left out: they may depend on how a processor adds.
    """
    appraisal = appraise(generate(recipe), memory_limit=MEMORY_LIMIT)
    rungs = (appraisal.best_fixed_plan, appraisal.step_by_step, appraisal.optimal)
    plan, stepping, optimal = (float(f"{rung.value:.{_DIGITS}g}") for rung in rungs)
    return Figures(plan, stepping, optimal, appraisal.exact)


@cache
def program_digest() -> str:
    """SHA-256 (hex) of the code that makes and solves levels; figures of equal programs can stand in one table."""
    game = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in _ROOMS:
        path = game / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            # A checkout may have the line ends of its system.
            text = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{file.relative_to(game).as_posix()}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()
