"""Contributions: what one person leaves at a workshop under a pseudonym: predictions, lives, written words."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from game.files import Run

CONFIDENCES = (1, 2, 3, 4, 5)
"""How sure somebody feels of a plan, from not at all to very."""


@dataclass(frozen=True)
class PlanBet:
    """A plan drawn before a life: lane ids, a title, and how sure it feels (None where that was left out)."""

    title: str = ""
    confidence: int | None = None
    lanes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was put into it."""
        return not self.lanes and not self.title.strip() and self.confidence is None


@dataclass(frozen=True)
class Prediction:
    """The plans drawn at the step ``step``."""

    step: str
    plans: tuple[PlanBet, ...]


@dataclass(frozen=True)
class LivedLife:
    """The life lived at the step ``step``."""

    step: str
    run: Run


@dataclass(frozen=True)
class Words:
    """What was written to question number ``question`` (from 0) of a step; ``shared`` is the tick of who wrote it."""

    step: str
    question: int
    text: str
    shared: bool = False


@dataclass(frozen=True)
class Contribution:
    """All that one person leaves.

    ``ticket`` is a number drawn by chance that lets its owner, and nobody else, replace or take back the file;
    ``serial`` grows with every time it is handed out, so that the latest is known.
    """

    exercise: str
    digest: str
    pseudonym: str
    ticket: str
    serial: int = 0
    predictions: tuple[Prediction, ...] = ()
    lives: tuple[LivedLife, ...] = ()
    words: tuple[Words, ...] = ()

    def shared(self) -> Contribution:
        """What may leave the hands of its owner: words only where they are ticked, and no sentence out of a life."""
        return replace(
            self,
            lives=tuple(LivedLife(life.step, _unspoken(life.run)) for life in self.lives),
            words=tuple(word for word in self.words if word.shared and word.text.strip()),
        )

    def with_plan(self, step: str, number: int, plan: PlanBet, of: int) -> Contribution:
        """The contribution with plan ``number`` (from 0) of ``of`` at a step."""
        plans = list(self.plans_at(step)) + [PlanBet()] * of
        plans[number] = plan
        kept = tuple(other for other in self.predictions if other.step != step)
        found = Prediction(step, tuple(plans[:of]))
        return replace(self, predictions=kept if all(p.empty for p in found.plans) else (*kept, found))

    def plans_at(self, step: str) -> tuple[PlanBet, ...]:
        """The plans drawn at a step."""
        return next((prediction.plans for prediction in self.predictions if prediction.step == step), ())

    def with_life(self, step: str, run: Run) -> Contribution:
        """The contribution with a life in the place of any life before it at that step."""
        return replace(self, lives=(*(life for life in self.lives if life.step != step), LivedLife(step, run)))

    def life_at(self, step: str) -> Run | None:
        """The life lived at a step, if there is one."""
        return next((life.run for life in self.lives if life.step == step), None)

    def with_words(self, words: Words) -> Contribution:
        """The contribution with words in the place of those before them at that question."""
        kept = tuple(w for w in self.words if (w.step, w.question) != (words.step, words.question))
        return replace(self, words=(*kept, words) if words.text or words.shared else kept)

    def words_at(self, step: str, question: int) -> Words:
        """What was written at a question; empty words where nothing was."""
        found = (w for w in self.words if (w.step, w.question) == (step, question))
        return next(found, Words(step, question, ""))


def _unspoken(run: Run) -> Run:
    """The run without the sentences that somebody may have written about the light they steered by."""
    turns = tuple(replace(turn, to=replace(turn.to, sentence="")) for turn in run.turns)
    return replace(run, sentence="", turns=turns)


def fresh_ticket() -> str:
    """A ticket that nobody can guess: 32 hexadecimal digits."""
    return secrets.token_hex(16)
