"""What a backward induction will compute and where it will put it, decided before anything is allocated.

Values that are not asked for again are written over: the lead axes of a group's expectations are contracted in its own
stack, and the group that alone reads them puts its values there, block after block.  So in full sight one stack of
arrays is enough for all years.
"""

from __future__ import annotations

import numpy as np

from game.solver.blocks import Split, processors, split_of
from game.solver.forecast import Batch, Forecast, Outlook
from game.solver.information import NODE_BYTES, Group, InformationSpace, Keep
from game.solver.spyglass import Glances

_SHARED = 2**21
"""Entries of a group from which on several threads pay."""

_MOST_THREADS = 8
"""More would only wait for the same memory."""


class Schedule:
    """The plan of a backward induction on all groups of ``space``.

    Attributes:
        forecasts: by year, what the groups with open lanes ask for.
        splits: how each such group is worked on.
        heir: the group that takes over the stack of a group.
        last_use: the earliest year that asks for a group's values.
        glances: by year, the looks through the spyglass; empty where there is none.
        rows: how many arrays a group's stack has room for.
        listing, lasting, working: bytes of the list of nodes, of what is kept for good, and the most that is needed
            beside them.
    """

    def __init__(self, space: InformationSpace, keep: Keep) -> None:
        self.space = space
        self.keep = keep
        lanes = max((len(node) for groups in space.groups for group in groups for node in group.lanes), default=1)
        self.choice_type = np.min_scalar_type(max(1, lanes - 1))
        self.forecasts: list[Forecast] = []
        self.splits: dict[Group, Split] = {}
        self.heir: dict[Group, Group] = {}
        self.last_use: dict[Group, int] = {}
        for year, groups in enumerate(space.groups):
            asking = [(g, [node for moves in g.moves for node in moves]) for g in groups if g.lanes[0]]
            forecast = Forecast(space, asking)
            self.forecasts.append(forecast)
            for outlook in forecast.outlooks:
                self.splits[outlook.group] = split_of(outlook.group.sizes, max(outlook.size, len(outlook.group.nodes)))
            for batch in forecast.batches:
                self.last_use.setdefault(batch.after, year)
        if keep != "all":
            for year, forecast in enumerate(self.forecasts):
                for outlook in forecast.outlooks:
                    self._inherit(year, forecast, outlook)
        self.glances = [Glances(space, year) for year in range(len(space.groups))] if space.looking else []
        self._make_room()
        self._add_up()

    @property
    def threads(self) -> int:
        """As many threads as pay: one where all is over before they would have started."""
        largest = max((len(group.nodes) * group.entries for group in self.splits), default=0)
        return min(processors(), _MOST_THREADS) if largest >= _SHARED else 1

    def in_place(self, batch: Batch) -> bool:
        """Whether the lead axes of a fused batch are contracted where its arrays are."""
        return self.heir.get(batch.after) in batch.askers

    def contracts_lead(self, batch: Batch) -> bool:
        """Whether a fused batch has lead axes to contract beforehand."""
        return self.splits[next(iter(batch.askers))].lead > 0

    def _inherit(self, year: int, forecast: Forecast, outlook: Outlook) -> None:
        """Looks for a stack that the group may write over: one that nobody else, and nobody later, asks for."""
        for batch, _, _ in outlook.parts:
            alone = sum(other.after is batch.after for other in forecast.batches) == 1
            whole = batch.picked == slice(0, len(batch.rows))
            if batch.fused and alone and whole and self.last_use[batch.after] == year:
                self.heir[batch.after] = outlook.group
                return

    def _make_room(self) -> None:
        """A stack that is handed on has room for the largest of its groups."""
        self.rows = {group: len(group.nodes) for groups in self.space.groups for group in groups}
        for groups in self.space.groups:
            for group in groups:
                if group in self.heir:
                    self.rows[group] = max(self.rows[group], self.rows[self.heir[group]])
        for groups in reversed(self.space.groups):
            for group in groups:
                if group in self.heir:
                    self.rows[self.heir[group]] = self.rows[group]

    def _add_up(self) -> None:
        """The bytes of it all, by going through the years as the induction will."""
        space, item = self.space, self.choice_type.itemsize
        inherited = set(self.heir.values())
        self.listing, self.lasting = NODE_BYTES * space.node_count, 0
        if self.keep == "all":
            self.lasting += 8 * space.entries
        if self.keep != "worth":
            self.lasting += item * space.entries
        self.lasting += sum(glances.entries for glances in self.glances)
        now = self.working = 0
        for year in reversed(range(len(self.forecasts))):
            beside = 0
            for batch in self.forecasts[year].batches:
                if self.owns_stack(batch):
                    beside += 8 * len(batch.rows) * batch.entries
            if self.keep != "all":
                now += sum(8 * self.rows[g] * g.entries for g in space.groups[year] if g not in inherited)
            looking = self.glances[year].bytes_needed if self.glances else 0
            self.working = max(self.working, now + max(beside, looking))
            if self.keep != "all":
                for later in range(year, min(year + space.longest, len(self.forecasts) - 1) + 1):
                    for group in space.groups[later]:
                        if self.last_use.get(group) == year and group not in self.heir:
                            now -= 8 * self.rows[group] * group.entries

    def owns_stack(self, batch: Batch) -> bool:
        """Whether the expectations of a batch need a stack of their own."""
        if batch.fused:
            return self.contracts_lead(batch) and not self.in_place(batch)
        return True
