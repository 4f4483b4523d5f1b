"""Plan drafts: always feasible, complete when nothing fits any more."""

from __future__ import annotations

import random

from game.app.plan_draft import PlanDraft, draft_of
from game.files import read_level
from game.house import shipped_levels
from game.model import draw_landscape
from game.policy import FixedPlan
from game.simulate import live

LEVELS = [read_level(path) for path in sorted(shipped_levels().glob("*.toml"))]


def test_every_complete_draft_can_be_lived() -> None:
    """Whatever lanes are added until none is open, the plan leads a life to its end in any water."""
    stream = random.Random(7)
    for level in LEVELS:
        for seed in range(10):
            draft = PlanDraft(level)
            while draft.open_lanes:
                assert not draft.complete
                draft = draft.extended(stream.choice(draft.open_lanes).id)
            assert draft.complete
            record = live(level, FixedPlan(draft.lanes), draw_landscape(level, seed))
            assert record.lanes == draft.lanes
            assert (record.life.place, record.life.year) == (draft.place, draft.year)


def test_a_lane_that_does_not_leave_here_changes_nothing() -> None:
    """Only an open lane makes a draft longer."""
    level = LEVELS[0]
    draft = PlanDraft(level)
    far = next(lane for lane in level.lanes if lane.tail != level.start)
    assert draft.extended(far.id) == draft
    assert draft.extended("no such lane") == draft


def test_undo_takes_back_the_last_lane_and_stops_at_the_start() -> None:
    """Undone, a draft is what it was one lane before; an empty one stays empty."""
    level = LEVELS[0]
    empty = PlanDraft(level)
    one = empty.extended(empty.open_lanes[0].id)
    assert one.undone() == empty
    assert empty.undone() == empty


def test_a_click_on_a_planned_lane_cuts_the_plan_there() -> None:
    """Clicking an open lane adds it; clicking one that is planned takes it and all after it out again."""
    level = LEVELS[0]
    draft = PlanDraft(level)
    lanes = []
    for _ in range(3):
        lanes.append(draft.open_lanes[0].id)
        draft = draft.clicked(lanes[-1])
    assert draft.lanes == tuple(lanes)
    assert draft.clicked(lanes[1]).lanes == tuple(lanes[:1])


def test_a_draft_of_old_lanes_keeps_what_can_be_followed() -> None:
    """Lanes of another level, or out of order, end the draft where they cannot be followed."""
    level = LEVELS[0]
    first = PlanDraft(level).open_lanes[0].id
    assert draft_of(level, (first, "gone", first)).lanes == (first,)
    assert draft_of(level, None) == PlanDraft(level)
