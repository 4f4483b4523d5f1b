"""Plan drafts: a plan being drawn lane by lane, before the first year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.model import Lane, Level, begin, open_lanes


@dataclass(frozen=True)
class PlanDraft:
    """The lanes planned so far on ``level``; every draft is feasible, and complete when no further lane fits."""

    level: Level
    lanes: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The year in which the last lane planned comes to its end."""
        return sum(self.level.lane(lane).years for lane in self.lanes)

    @property
    def place(self) -> str:
        """The place where the last lane planned leads."""
        return self.level.lane(self.lanes[-1]).head if self.lanes else self.level.start

    @property
    def years_left(self) -> int:
        """The years that are not planned yet."""
        return self.level.years - self.year

    @property
    def open_lanes(self) -> tuple[Lane, ...]:
        """The lanes that the plan can go on with, in file order."""
        return open_lanes(self.level, replace(begin(self.level), year=self.year, place=self.place))

    @property
    def complete(self) -> bool:
        """Whether the plan leads to the end, so that it can be followed with closed eyes."""
        return bool(self.lanes) and not self.open_lanes

    def extended(self, lane: str) -> PlanDraft:
        """The draft with one more lane; the same draft if that lane cannot be taken there."""
        if all(lane != other.id for other in self.open_lanes):
            return self
        return replace(self, lanes=(*self.lanes, lane))

    def undone(self) -> PlanDraft:
        """The draft without its last lane."""
        return replace(self, lanes=self.lanes[:-1])

    def cut_before(self, lane: str) -> PlanDraft:
        """The draft up to the last time that it takes ``lane``; the same draft if it never does."""
        if lane not in self.lanes:
            return self
        last = len(self.lanes) - 1 - self.lanes[::-1].index(lane)
        return replace(self, lanes=self.lanes[:last])

    def clicked(self, lane: str) -> PlanDraft:
        """The draft after a click on a lane: one more where that fits, else cut back to before it."""
        longer = self.extended(lane)
        return longer if longer != self else self.cut_before(lane)


def draft_of(level: Level, lanes: tuple[str, ...] | None) -> PlanDraft:
    """A draft of these lanes, as far as they can be followed on the level."""
    draft = PlanDraft(level)
    for lane in lanes or ():
        longer = draft.extended(lane)
        if longer == draft:
            break
        draft = longer
    return draft
