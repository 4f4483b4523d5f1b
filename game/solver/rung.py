"""What a way of living is worth, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rung:
    """An expected light: ``method`` "exact" (``stderr`` 0), "sampled", or "bound" (by sampling, of the optimum)."""

    value: float
    stderr: float = 0.0
    method: str = "exact"
