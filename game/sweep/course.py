"""The course of a sweep: from its grid, by way of the journal and a crew, to the rows of its table."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from game.sweep.crew import by_cluster, by_processes
from game.sweep.grid import Grid
from game.sweep.journal import Journal
from game.sweep.table import Row, rows_of

Done = Callable[[int, int], None]
"""Told how many levels are solved, and of how many; may raise to interrupt."""


def journal_path(table: Path) -> Path:
    """Where the journal of a sweep lies: beside its table."""
    return table.with_name(table.name + ".journal")


def cores() -> int:
    """How many processors there are for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_sweep(
    grid: Grid, journal: Path, *, jobs: int | None = None, cluster: str | None = None, done: Done | None = None
) -> tuple[Row, ...]:
    """Solves all levels of a grid without faults, and returns the rows of its table.

    With ``jobs`` processes (None: one for each core), or on the ``cluster`` at an address; the rows are the same to the
    bit.  What the journal holds is not solved again, and whatever ends this call early, what was solved is in it.
    Raises ForeignJournal, WorkerLost, ClusterFault, and OSError where the journal cannot be written.
    """
    work = grid.work
    with Journal(journal) as kept:
        left = tuple(recipe for recipe in work if recipe not in kept.known)
        finished = len(work) - len(left)
        if done:
            done(finished, len(work))
        if left:
            crew = by_processes(left, jobs or cores()) if cluster is None else by_cluster(left, cluster)
            with contextlib.closing(crew) as answers:
                for recipe, figures in answers:
                    kept.keep(recipe, figures)
                    finished += 1
                    if done:
                        done(finished, len(work))
        return rows_of(grid, kept.known)
