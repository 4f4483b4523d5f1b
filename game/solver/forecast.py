"""What the groups of one year ask about later ones: expectations, computed once each and read block by block.

All lanes that arrive at a place at the same time from nodes with the same sightings share the expectation of its value.
Expectations of the arrays of one group given the same sightings have the same factors: they form a *batch*, and each
pass is one matrix multiplication for all of them.

A batch whose arrays keep the axes of the only group that asks is *fused*: its lead axes are contracted beforehand,
panel by panel, and its tail axes in the very block in which the group reads them.  All others are *ready* before any
group reads them, and are spread over the axes that they lack as they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np

from game.solver.blocks import Split, Team, Workspace, panels, split_of, spread
from game.solver.information import Drift, Group, InformationSpace, Node, Sightings
from game.solver.kronecker import Kronecker
from game.solver.problem import Floats


class Chances:
    """The Kronecker products of a space, each made once."""

    def __init__(self, space: InformationSpace) -> None:
        self.space = space
        self._made: dict[tuple[Drift, ...], Kronecker] = {}

    def given(self, drifts: tuple[Drift, ...]) -> Kronecker:
        """The expectation over currents that drifted so."""
        if drifts not in self._made:
            self._made[drifts] = Kronecker([self.space.factor(drift) for drift in drifts])
        return self._made[drifts]


class Batch:
    """The expectations, given ``drifted``, of some arrays of the group ``after``: those numbered ``rows``, in order.

    ``entries`` is the size of each; ``askers`` are the groups that ask.
    """

    def __init__(self, space: InformationSpace, after: Group, drifted: Sightings) -> None:
        self.after = after
        self.drifted = drifted
        self.drifts = space.drifts(after.seen, drifted)
        self.sizes = tuple(space.problem.sizes[current] for current, _ in drifted)
        self.entries = prod(self.sizes)
        self.rows: dict[int, int] = {}
        self.askers: dict[Group, None] = {}

    @property
    def keeps_axes(self) -> bool:
        """Whether the expectations have the axes of the arrays they are of."""
        return self.entries == self.after.entries

    @property
    def fused(self) -> bool:
        """Whether the tail axes are contracted while the only group that asks reads."""
        return len(self.askers) == 1 and self.keeps_axes and self.drifted == next(iter(self.askers)).seen

    @property
    def picked(self) -> slice | list[int]:
        """The rows as an index of the group's stack."""
        return span(list(self.rows))


def span(rows: list[int]) -> slice | list[int]:
    """An index of these rows: a slice where they are consecutive, since that copies nothing."""
    if not rows:
        return slice(0, 0)
    return slice(rows[0], rows[-1] + 1) if rows == list(range(rows[0], rows[-1] + 1)) else rows


class Outlook:
    """The expectations that one group reads, side by side.

    ``parts`` are (batch, numbers in it, place of the first among all), ``size`` is how many there are in all, ``slots``
    the place of each node that was asked about, in the order of asking.
    """

    def __init__(self, group: Group, found: Sequence[tuple[Batch, int]]) -> None:
        self.group = group
        self.size = 0
        self.parts: list[tuple[Batch, list[int], int]] = []
        rows: dict[Batch, set[int]] = {}
        for batch, row in found:
            rows.setdefault(batch, set()).add(row)
        first: dict[Batch, dict[int, int]] = {}
        for batch, asked in rows.items():
            first[batch] = {row: self.size + k for k, row in enumerate(sorted(asked))}
            self.parts.append((batch, [batch.rows[row] for row in sorted(asked)], self.size))
            self.size += len(asked)
        self.slots = [first[batch][row] for batch, row in found]


class Forecast:
    """All expectations that the groups of one year ask for.

    ``asked`` are groups with the nodes that each asks about, in any order and repeated; ``outlooks`` has one entry for
    each of them.
    """

    def __init__(self, space: InformationSpace, asked: Sequence[tuple[Group, Sequence[Node]]]) -> None:
        batches: dict[tuple[Group, Sightings], Batch] = {}
        found: list[list[tuple[Batch, int]]] = []
        for group, nodes in asked:
            by_group: dict[Group, Batch] = {}
            found.append([])
            for node in nodes:
                to, row = space.where[node]
                batch = by_group.get(to)
                if batch is None:
                    drifted = space.drifted(group.seen, to.seen)
                    if (to, drifted) not in batches:
                        batches[to, drifted] = Batch(space, to, drifted)
                    batch = by_group[to] = batches[to, drifted]
                    batch.askers[group] = None
                batch.rows[row] = 0
                found[-1].append((batch, row))
        self.batches = list(batches.values())
        for batch in self.batches:
            batch.rows = {row: k for k, row in enumerate(sorted(batch.rows))}
        self.outlooks = [Outlook(group, asks) for (group, _), asks in zip(asked, found, strict=True)]


class Reader:
    """Reads the expectations of an outlook for one block after another; made once, for any stacks."""

    def __init__(self, outlook: Outlook, split: Split, chances: Chances, fuse: bool) -> None:
        self._reads: list[tuple[Batch, Callable[[Workspace, Floats, int, Floats], None]]] = []
        for batch, positions, first in outlook.parts:
            rows = slice(first, first + len(positions))
            if fuse and batch.fused:
                read = _fused(split, chances.given(batch.drifts[split.lead :]), rows)
            else:
                read = _ready(outlook.group, split, batch, span(positions), rows)
            self._reads.append((batch, read))

    def read(self, workspace: Workspace, stacks: dict[Batch, Floats], block: int, out: Floats) -> None:
        """Writes all expectations of one block to ``out``, shape (size of the outlook, width).

        ``stacks`` has the expectations of each batch, or what is contracted of them so far.
        """
        for batch, read in self._reads:
            read(workspace, stacks[batch], block, out)


def _fused(split: Split, kronecker: Kronecker, rows: slice) -> Callable[[Workspace, Floats, int, Floats], None]:
    count = rows.stop - rows.start

    def read(workspace: Workspace, stack: Floats, block: int, out: Floats) -> None:
        seen = stack.reshape(-1, split.rows, split.width)[:, block, :, None]
        kronecker.apply(seen, out[rows, :, None], workspace.spare(count * kronecker.spare))

    return read


def _ready(
    group: Group, split: Split, batch: Batch, picked: slice | list[int], rows: slice
) -> Callable[[Workspace, Floats, int, Floats], None]:
    currents = tuple(current for current, _ in batch.drifted)
    lead, columns = spread(currents, group.currents, group.sizes, split.lead)
    inner = int(columns[-1]) + 1

    def read(workspace: Workspace, stack: Floats, block: int, out: Floats) -> None:
        here = stack.reshape(len(stack), -1, inner)[picked, lead[block]]
        if 1 < inner < split.width:
            np.take(here, columns, axis=1, out=out[rows], mode="clip")
        else:
            out[rows] = here

    return read


def contract_lead(team: Team, batch: Batch, chances: Chances, split: Split, source: Floats, out: Floats) -> None:
    """Contracts the lead axes of a batch from the stack ``source`` of its group into ``out``, which may be its rows.

    Both have shape (arrays, entries).  ``out[k]`` is made of ``source[rows[k]]``.
    """
    kronecker = chances.given(batch.drifts[: split.lead])
    columns = panels(split, kronecker.widest)
    rows = list(batch.rows)

    def work(workspace: Workspace) -> Callable[[int], None]:
        def contract(task: int) -> None:
            row, panel = divmod(task, len(columns))
            seen = source[rows[row]].reshape(1, split.rows, split.width)[:, :, columns[panel]]
            made = out[row].reshape(1, split.rows, split.width)[:, :, columns[panel]]
            kronecker.apply(seen, made, workspace.spare(kronecker.spare * seen.shape[2]))

        return contract

    team.share(work, len(rows) * len(columns))


def contract(team: Team, batch: Batch, chances: Chances, source: Floats, out: Floats) -> None:
    """The whole expectation of a batch, from the stack ``source`` of its group into ``out``, shape (rows, entries)."""
    split = split_of(batch.after.sizes, 1) if batch.keeps_axes else Split(0, 1, batch.after.entries)
    if split.lead:
        contract_lead(team, batch, chances, split, source, out)
        source, rows = out, list(range(len(batch.rows)))
    else:
        rows = list(batch.rows)
    kronecker = chances.given(batch.drifts[split.lead :])
    many = max(1, min(len(rows), 2**16 // kronecker.spare))
    tasks = [(first, block) for first in range(0, len(rows), many) for block in range(split.rows)]

    def work(workspace: Workspace) -> Callable[[int], None]:
        def contract_tail(task: int) -> None:
            first, block = tasks[task]
            last = min(first + many, len(rows))
            seen = source.reshape(len(source), split.rows, split.width)[span(rows[first:last]), block, :, None]
            made = out.reshape(len(out), split.rows, -1)[first:last, block, :, None]
            kronecker.apply(seen, made, workspace.spare((last - first) * kronecker.spare))

        return contract_tail

    team.share(work, len(tasks))
