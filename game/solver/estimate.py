"""What an exact answer will take, told before anything is allocated."""

from __future__ import annotations

from dataclasses import dataclass

from game.solver.information import LASTING, MEMORY_LIMIT, InformationSpace, Keep
from game.solver.problem import Problem
from game.solver.schedule import Schedule

_AXIS, _LANE, _ENTRY, _CHOICE, _GROUP = 0.5e-9, 0.85e-9, 1.2e-9, 3e-9, 1e-4
"""Seconds on one thread of a machine of today: an entry's axis, its lane, itself, its choice; a group of nodes."""

_SECOND_THREAD = 0.5
"""What another thread adds, as all of them wait for the same memory."""


@dataclass(frozen=True)
class Estimate:
    """The size of a treasure map: ``bytes`` of memory, ``disk`` bytes of files, about ``seconds`` of time.

    ``nodes`` is the number of arrays, ``entries`` that of all their entries.
    """

    bytes: int
    disk: int
    seconds: float
    nodes: int
    entries: int


def estimate(problem: Problem, limit: int = MEMORY_LIMIT, *, keep: Keep = "all", on_disk: bool = False) -> Estimate:
    """The size of the treasure map that keeps ``keep``, in memory or ``on_disk``.

    In full sight this takes milliseconds whatever the size.  With limited sight nodes have to be listed: raises
    TooLarge when those found take more than ``limit`` bytes.
    """
    looking = problem.level.spyglass is not None
    if looking:
        keep = "all"  # as `game.solver.bellman.treasure_map` does
    nothing_lasts = problem.level.sight is None or on_disk
    room = None if problem.level.sight is None else limit
    lasting = 0 if nothing_lasts else LASTING[keep]
    space = InformationSpace(problem, room, lasting=lasting, looking=looking, mapped=on_disk)
    return size_of(Schedule(space, keep), on_disk)


def size_of(schedule: Schedule, on_disk: bool = False) -> Estimate:
    """The size of a backward induction as it is scheduled."""
    space = schedule.space
    seconds = 0.0
    entry = _ENTRY + (_CHOICE if schedule.keep != "worth" else 0.0)
    for groups in space.groups:
        for group in groups:
            lanes = sum(map(len, group.lanes)) * _LANE
            seconds += group.entries * (lanes + len(group.nodes) * (_AXIS * len(group.seen) + entry)) + _GROUP
    seconds /= 1 + _SECOND_THREAD * (schedule.threads - 1)
    return Estimate(
        bytes=schedule.working + schedule.listing + (0 if on_disk else schedule.lasting),
        disk=schedule.lasting if on_disk else 0,
        seconds=seconds,
        nodes=space.node_count,
        entries=space.entries,
    )
