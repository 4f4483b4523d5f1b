"""What is proved of a level, worked out beside the debrief: the certificate that ``water-lanes prove`` writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from game.model import Level, Weights
from game.proof.verify import LIVES
from game.solver import Ladder
from game.words import number, say

WORK, WORK_HERE = 80_000_000, 2_000_000
"""The steps of exact work in the background, some seconds, and where somebody waits for it."""


@dataclass(frozen=True)
class Certified:
    """What a certificate states: its ``verdict`` ("ahead", "equal" or "open"), the bound of all fixed plans, and what
    one step at a time has, exactly, or at least with the certificate's own confidence after so many ``lives``."""

    verdict: str
    bound: float
    stepping: float
    lives: int | None

    def told(self) -> str:
        """In one or two plain sentences."""
        how = "exact" if self.lives is None else "lived"
        parts = {"bound": number(self.bound), "stepping": number(self.stepping), "lives": f"{self.lives or 0:,}"}
        return say(f"debrief.ladder.certified_{self.verdict}_{how}", **parts)


def certify(
    level: Level,
    weights: Weights,
    ladder: Ladder,
    work: int = WORK,
    *,
    progress: Callable[[str, float], None] | None = None,
) -> Certified:
    """The certificate of a level as it was played, in short; ``ladder`` is the solver's answer, which has to agree.

    What takes more than ``work`` steps to work out exactly is lived.

    Raises what `game.proof.prove.prove` raises.
    """
    from game.files.level_text import level_as_toml
    from game.proof.prove import prove

    exact = {value.name: f"{Decimal(repr(float(w))):f}" for value, w in zip(level.values, weights, strict=True)}
    claims = prove(
        level_as_toml(level).encode(),
        None,
        exact,
        limit=work,
        chart=False,
        known=ladder,
        progress=progress,
    )
    return _in_short(claims)


def _in_short(claims: dict[str, Any]) -> Certified:
    lives = None if claims["method"] == "exact" else LIVES
    return Certified(claims["verdict"], float(claims["bound"]), float(claims["one_step_at_a_time"]), lives)
