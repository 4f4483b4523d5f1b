"""Large arrays worked on in blocks that fit into the processor's cache, by several threads.

An array with one axis a current is seen as ``rows x width``: the *lead* axes make the rows, the *tail* axes the width.
A block is one row of every array of a stack.  What is done to each entry alone, and what is contracted along tail axes,
is done block by block; lead axes are contracted in *panels*, a few columns of all rows.  So a whole backup crosses main
memory about twice, however many passes it makes.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from math import prod
from types import TracebackType
from typing import NamedTuple

import numpy as np

from game.solver.problem import Floats, Integers

_BLOCK = 2**17
"""Entries of a block over all arrays of its stack: with its neighbours of the same work it stays in the cache."""

_NARROWEST = 243
"""A block's width at least, where there is so much: shorter rows cost more in calls than the cache gives back."""

_PANEL = 2**16
"""Entries of a panel."""


class Split(NamedTuple):
    """How an array is seen in blocks: ``lead`` axes make ``rows`` rows of ``width`` entries."""

    lead: int
    rows: int
    width: int


def split_of(sizes: Sequence[int], stack: int, most: int | None = None) -> Split:
    """The widest split for which a block of a ``stack`` of arrays with these axes has at most ``most`` entries."""
    most = _BLOCK if most is None else most
    lead, width = len(sizes), 1
    while lead and (width * sizes[lead - 1] * stack <= most or width * sizes[lead - 1] <= _NARROWEST):
        lead -= 1
        width *= sizes[lead]
    return Split(lead, prod(sizes[:lead]), width)


def panels(split: Split, widest: int) -> list[slice]:
    """The columns of all rows, cut into panels of at most ``widest`` columns."""
    wide = min(split.width, widest, max(32, _PANEL // split.rows))
    return [slice(first, min(first + wide, split.width)) for first in range(0, split.width, wide)]


def spread(
    inner: tuple[int, ...], outer: tuple[int, ...], sizes: tuple[int, ...], lead: int
) -> tuple[Integers, Integers]:
    """Where an array with fewer axes is read when it is spread over more: its row for each row, column for each column.

    ``inner`` and ``outer`` are the currents of its own axes and of all axes, ascending; ``sizes`` those of all axes, of
    which the first ``lead`` make the rows.
    """
    return _places(inner, outer[:lead], sizes[:lead]), _places(inner, outer[lead:], sizes[lead:])


@lru_cache(maxsize=64)
def _places(inner: tuple[int, ...], axes: tuple[int, ...], sizes: tuple[int, ...]) -> Integers:
    place: Integers = np.zeros(1, dtype=np.intp)
    for axis, size in zip(axes, sizes, strict=True):
        digits = np.arange(size, dtype=np.intp)
        place = np.add.outer(place * size, digits).reshape(-1) if axis in inner else np.repeat(place, size)
    place.setflags(write=False)
    return place


class Workspace:
    """Buffers of one thread, by name; each grows when more is asked of it, and is used again and again."""

    def __init__(self) -> None:
        self._buffers: dict[str, Floats] = {}

    def floats(self, name: str, *shape: int) -> Floats:
        """The buffer of this name as an array of this shape, with whatever was left in it."""
        size = prod(shape)
        if name not in self._buffers or self._buffers[name].size < size:
            self._buffers[name] = np.empty(size)
        return self._buffers[name][:size].reshape(shape)

    def spare(self, size: int) -> tuple[Floats, Floats]:
        """Two flat buffers of ``size`` entries for the passes of a `Kronecker`."""
        return self.floats("spare", size), self.floats("spare too", size)


class Team:
    """Threads that share out tasks, each with a workspace of its own; a context manager.

    The caller is one of them: with one thread everything happens in the caller.  ``check`` is called by the caller
    after each of its tasks; what it raises stops the others too.  ``workspaces`` are those of an earlier team, or none;
    the list is filled up and stays with whoever gave it.
    """

    def __init__(
        self,
        threads: int = 1,
        check: Callable[[], None] | None = None,
        workspaces: list[Workspace] | None = None,
    ) -> None:
        self.threads = threads
        self._check = check
        self._workspaces = [] if workspaces is None else workspaces
        self._workspaces.extend(Workspace() for _ in range(threads - len(self._workspaces)))
        self._others = ThreadPoolExecutor(threads - 1) if threads > 1 else None

    def __enter__(self) -> Team:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._others:
            self._others.shutdown()

    def share(self, work: Callable[[Workspace], Callable[[int], None]], tasks: int) -> None:
        """Does tasks 0 to ``tasks - 1`` in any order; ``work(workspace)`` is what one thread does them with."""
        ahead = itertools.count()
        stopped = False

        def run(workspace: Workspace, check: Callable[[], None] | None) -> None:
            nonlocal stopped
            try:
                do = work(workspace)
                while not stopped and (task := next(ahead)) < tasks:
                    do(task)
                    if check:
                        check()
            except BaseException:
                stopped = True
                raise

        helpers = self._workspaces[1 : min(tasks, self.threads)] if self._others else []
        started = [self._others.submit(run, workspace, None) for workspace in helpers] if self._others else []
        try:
            run(self._workspaces[0], self._check)
        finally:
            for one in started:
                one.exception()
        for one in started:
            one.result()


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
