"""Policies: given what can be seen, which lane?

A person, a plan, a recorded life and Bellman's optimum all answer the same question, so all of them can be followed,
raced against and put on the ladder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from game.model import Level, Life, open_lanes, shown


class Policy(Protocol):
    """Anything that chooses lanes.  A policy may look at the life (year, place, what is known) and at nothing else."""

    def choose(self, life: Life) -> str:
        """The id of one of the lanes that can be taken now.  Only asked while there is one."""
        ...


@runtime_checkable
class Looking(Policy, Protocol):
    """A policy that knows what to do with a spyglass.  All others never look."""

    def looks(self, life: Life) -> bool:
        """Whether it looks through the spyglass now, before it chooses.  Only asked while there is something to see."""
        ...


def wants_look(level: Level, policy: Policy, life: Life) -> bool:
    """Whether ``policy`` looks through the spyglass now; never where that would show nothing new."""
    return isinstance(policy, Looking) and bool(shown(level, life)) and policy.looks(life)


class FixedPlan:
    """A sequence of lanes, decided before the start, that never looks up (open loop)."""

    def __init__(self, lanes: Sequence[str]) -> None:
        self.lanes = tuple(lanes)

    def choose(self, life: Life) -> str:
        """The next lane of the plan.  Raises ValueError where the plan has come to its end."""
        taken = len(life.lanes)
        if taken >= len(self.lanes):
            raise ValueError(f"the plan has {len(self.lanes)} lanes and none for year {life.year} at {life.place!r}")
        return self.lanes[taken]


class FirstLane:
    """Takes the first lane of the file that is open: the drift of somebody who never chooses."""

    def __init__(self, level: Level) -> None:
        self.level = level

    def choose(self, life: Life) -> str:
        """The first open lane in file order."""
        return open_lanes(self.level, life)[0].id
