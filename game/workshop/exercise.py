"""Exercises: a workshop as a row of steps with their minutes, as it was read from its folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from game.model import Level, Weights

Kind = Literal["talk", "write", "predict", "play", "compare", "debrief"]
KINDS: tuple[Kind, ...] = ("talk", "write", "predict", "play", "compare", "debrief")
THEMES = ("feeling", "facts", "learning", "own_life", "theory")
"""What a debrief can be about, in the order in which it is best held."""

PAGES = ("bets", "choice", "ladder", "plans", "commitment")
"""The pages of a life's debrief that a step may show, besides the life itself."""

GHOSTS = ("plan", "best_plan", "step_by_step")
OWN_WATER = "own"


@dataclass(frozen=True)
class Step:
    """One step of an exercise.  ``minutes`` has one number for each of the exercise's lengths; 0 leaves the step out.

    ``text`` is for those who take part, ``say`` for whoever leads.  ``level``, ``value_function``, ``seed`` (None: each
    has water of their own) and ``ghosts`` belong to steps that predict or play; ``of`` names the step that a comparison
    looks back on and ``pages`` what it shows; ``theme`` is what a debrief is about.
    """

    id: str
    kind: Kind
    title: str
    minutes: tuple[int, ...]
    text: str = ""
    say: str = ""
    questions: tuple[str, ...] = ()
    level: str = ""
    value_function: str = ""
    seed: int | None = None
    ghosts: tuple[str, ...] = ()
    plans: int = 3
    of: str = ""
    pages: tuple[str, ...] = ()
    theme: str = ""


@dataclass(frozen=True)
class Exercise:
    """A whole exercise.  ``levels`` holds the levels that its steps name, ``folder`` is where it was read from."""

    name: str
    title: str
    about: str
    aim: str
    audience: str
    lengths: tuple[int, ...]
    usual: int
    steps: tuple[Step, ...]
    levels: dict[str, Level] = field(hash=False)
    content_note: str = ""
    author: str = ""
    licence: str = ""
    language: str = "en"
    folder: Path = field(default=Path(), compare=False)

    def step(self, step_id: str) -> Step:
        """The step with this id.  Raises KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def steps_in(self, length: int) -> tuple[tuple[Step, int], ...]:
        """The steps of the script of ``length`` minutes, with their minutes.  Raises ValueError for another length."""
        at = self.lengths.index(length)
        return tuple((step, step.minutes[at]) for step in self.steps if step.minutes[at])

    def level_of(self, step: Step) -> Level:
        """The level that a step plays on or predicts for."""
        return self.levels[step.level]

    def value_function_of(self, step: Step) -> str:
        """The value function that a step steers by: its own, or else its level's first."""
        return step.value_function or self.level_of(step).default_value_function

    def weights_of(self, step: Step) -> Weights:
        """The weights of the value function that a step steers by."""
        return self.level_of(step).weights(self.value_function_of(step))

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what lives and predictions are checked against: the steps that have a level, and those."""
        rules = [
            [step.id, step.kind, self.level_of(step).digest, self.value_function_of(step), step.seed, step.plans]
            for step in self.steps
            if step.level
        ]
        return hashlib.sha256(json.dumps(rules, ensure_ascii=False).encode()).hexdigest()
