"""Steering: by whose idea of light somebody lives, and how that changes in the middle of a life.

**Changing.**  A *turn* is made at a place, between two lanes, where the level ``may_change``, or on a lane that
``writes`` (it counts as made behind that lane).  It asks for another value function.  If the one in hand is not in
the level's ``let_go``, the other one is in hand at once.  If ``let_go`` says n > 1, a turn only opens the hand a
little: the other one is in hand with the n-th fork at which a turn was made, and the last one wanted is the one that
comes.  Forks in between do not close the hand again, and several turns at one fork open it no further than one.

**Scoring.**  Lanes are taken one after another, but a life is looked back on as a whole: all its light, from the first
year on, is summed under the value function that is in hand at the end.  The sums under the others that it was steered
by stand beside it, and every page of the debrief can be had under any of them: choice, luck, plans and the ladder are
then those of somebody who cared for that light from the first year on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.model import Level, Weights
from game.words import say

WRITTEN = "written"
"""The name of a value function that somebody wrote, unless the level has one of that name."""

LONGEST_SENTENCE = 280
"""So many characters at most has the sentence of somebody's own."""


@dataclass(frozen=True)
class Steering:
    """A value function to live by: its name in the level, or WRITTEN, its weights, and a sentence of one's own."""

    name: str
    weights: Weights
    sentence: str = ""


@dataclass(frozen=True)
class Turn:
    """After ``decisions`` lanes somebody asked for the value function ``to``."""

    decisions: int
    to: Steering


@dataclass(frozen=True)
class Hand:
    """What is in hand, and while it is being put down: what for, and at how many ``forks`` of ``asked`` that was said.

    ``asked`` is 1 for what is put down at once; ``forks`` are the numbers of lanes that had been taken by then.
    """

    held: Steering
    asked: int = 1
    wanted: Steering | None = None
    forks: tuple[int, ...] = ()

    @property
    def opened(self) -> int:
        """At how many forks the hand has been opened since it took hold."""
        return len(self.forks)


def called(level: Level, name: str) -> str:
    """What people call the value function ``name``: a level's own by its label, a written one in words of the game."""
    return (
        say("steering.written") if name == WRITTEN and name not in level.value_functions else level.function_label(name)
    )


class TurnRefused(ValueError):
    """A turn where none can be made."""


def taking(level: Level, steering: Steering) -> Hand:
    """The hand that has just taken hold of a value function."""
    known = level.value_functions.get(steering.name) == steering.weights
    return Hand(steering, level.let_go.get(steering.name, 1) if known else 1)


def turned(level: Level, hand: Hand, turn: Turn) -> Hand:
    """The hand after one turn."""
    if turn.to == hand.held:
        return taking(level, hand.held)
    forks = hand.forks if turn.decisions in hand.forks else (*hand.forks, turn.decisions)
    if len(forks) >= hand.asked:
        return taking(level, turn.to)
    return Hand(hand.held, hand.asked, turn.to, forks)


def hand_after(level: Level, begun: Steering, turns: Iterable[Turn], decisions: int) -> Hand:
    """What is in hand after ``decisions`` lanes, and after the turns made at that place."""
    hand = taking(level, begun)
    for turn in turns:
        if turn.decisions <= decisions:
            hand = turned(level, hand, turn)
    return hand


def may_turn(level: Level, lanes: tuple[str, ...]) -> bool:
    """Whether a turn can be made after these lanes: where the level allows it, or when the last of them writes."""
    return level.may_change or (bool(lanes) and level.lane(lanes[-1]).writes)


def require_turn(level: Level, lanes: tuple[str, ...], turn: Turn) -> None:
    """Makes sure that a turn can be made after these lanes, and that it is one.  Raises TurnRefused."""
    if not may_turn(level, lanes):
        raise TurnRefused(f"no other value function can be taken up after {len(lanes)} lanes of {level.title!r}")
    if len(turn.to.weights) != len(level.values):
        raise TurnRefused(f"{len(turn.to.weights)} weights where {level.title!r} has {len(level.values)} values")
