"""The debrief: a finished life and the solver's figures turned into the pages that explain it.

Nothing here draws.  Every figure on a page is the solver's own or is read off the life's record; a page whose figure
could not be had exactly says so through its ``method`` or by being None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.model import Level
from game.policy import FixedPlan
from game.session import Session
from game.simulate import live
from game.solver import (
    Decision,
    Ladder,
    PlanDistribution,
    Rung,
    Solution,
    Soundings,
    StepByStep,
    choice_and_luck,
    plan_distribution,
    plan_value,
    soundings,
)
from game.steering import Steering, hand_after

TOLERANCE = 1e-9
MARKED_FORKS = 3


@dataclass(frozen=True)
class LifePage:
    """Light year by year.  ``by_year[t]`` is the light of year ``t``, arrivals included; ``dimmer`` lists the years
    that brought less than the year before, so that an empty list is a life that never lost light.

    ``by_function`` has the sum of the whole life under every value function that it can be looked at by, with its
    name, that of the page first; ``steered`` are the names of those that were in hand, in order."""

    by_year: tuple[float, ...]
    by_value: tuple[tuple[str, float], ...]
    total: float
    dimmer: tuple[int, ...]
    places: tuple[tuple[int, str], ...]
    by_function: tuple[tuple[str, float], ...]
    steered: tuple[str, ...]


@dataclass(frozen=True)
class BetsPage:
    """What was expected and what came, all in the water of this life.

    An expectation was said by the light in which the life was begun (``said_by`` its name); looked at by another one it
    cannot be compared, and is None.

    ``plan_here`` is what the own plan would have brought in this water and ``plan_expected`` what it brings on average;
    both are None without a whole plan.
    """

    expectation: float | None
    plan: tuple[str, ...] | None
    plan_here: float | None
    plan_expected: float | None
    came: float
    best_plan_here: float
    stepping_here: float
    said_by: str


@dataclass(frozen=True)
class ChoiceAndLuckPage:
    """The identity ``total = value_at_start - regret + luck``, decision by decision.

    ``marked`` are the positions of at most three decisions where another lane looked better as things looked then;
    ``luckiest`` and ``unluckiest`` the positions of the legs in which chance gave and took most (None in a life
    without a decision, or where nothing could shift).  ``spyglass`` is what the level's spyglass adds on average to the
    treasure map, None where there is none or that is not known.
    """

    value_at_start: float
    decisions: tuple[Decision, ...]
    regret: float
    luck: float
    total: float
    marked: tuple[int, ...]
    luckiest: int | None
    unluckiest: int | None
    spyglass: float | None = None


@dataclass(frozen=True)
class LadderPage:
    """The rungs with this life's total beside them.  ``verdict`` compares one step at a time with the best fixed plan:
    "ahead", "equal", or "unclear" where only samples are to be had and they overlap."""

    ladder: Ladder
    you: float
    verdict: Literal["ahead", "equal", "unclear"]


@dataclass(frozen=True)
class PlansPage:
    """All fixed plans, by expected light and by what they would have brought in this very life.

    ``brighter_here`` of the plans in ``here`` would have brought more than this life did, ``level_here`` as much.
    """

    count: int
    expected: PlanDistribution
    here: PlanDistribution
    best: float
    stepping: Rung
    you: float
    brighter_here: int
    level_here: int


@dataclass(frozen=True)
class CommitmentPage:
    """Expected light against how long one commits: (years, rung), with None years for a plan kept for ever."""

    curve: tuple[tuple[int | None, Rung], ...]


@dataclass(frozen=True)
class Debrief:
    """Every page of one finished life; ``choice_and_luck`` is None where the treasure map was too large to keep, and
    ``declined`` then says how large."""

    life: LifePage
    bets: BetsPage
    choice_and_luck: ChoiceAndLuckPage | None
    declined: str
    ladder: LadderPage
    plans: PlansPage
    commitment: CommitmentPage
    treasure: Soundings | None = None
    """What the treasure map says at every place in every year; None where it was too large to draw."""


def debrief(session: Session, solution: Solution) -> Debrief:
    """The pages of ``session``'s life.  Raises ValueError while the life can still go on."""
    if not session.finished:
        raise ValueError("a life is explained when it has come to rest, and this one can still take a lane")
    return Debrief(
        life=life_page(session),
        bets=_bets_page(session, solution),
        choice_and_luck=_choice_and_luck_page(session, solution),
        declined=solution.declined,
        ladder=_ladder_page(session.light, solution.ladder),
        plans=_plans_page(session, solution),
        commitment=_commitment_page(solution.ladder),
        treasure=None if solution.treasure_map is None else soundings(solution.treasure_map, session.landscape),
    )


def life_page(session: Session) -> LifePage:
    """Light year by year; it needs no solver, so it can be shown while the rest is being worked out."""
    record, weights = session.record, session.weights
    by_year = record.light_by_year(weights, session.level.years)
    lived = by_year[: record.life.year]
    dimmer = tuple(t for t in range(1, len(lived)) if lived[t] < lived[t - 1] - _slack(lived[t - 1]))
    by_value = tuple((value.label, light) for value, light in zip(session.level.values, record.life.light, strict=True))
    places = ((0, record.start.place), *((leg.arrival.year, leg.arrival.place) for leg in record.legs))
    by_function = tuple((other.name, record.total(other.weights)) for other in _lights(session))
    return LifePage(by_year, by_value, record.total(weights), dimmer, places, by_function, _steered(session))


def _lights(session: Session) -> tuple[Steering, ...]:
    """The value functions that the life can be looked at by, the one it is looked at by first."""
    return (session.steering, *(other for other in session.lights if other != session.steering))


def _steered(session: Session) -> tuple[str, ...]:
    """The names of the value functions that were in hand one after another."""
    lanes = range(len(session.record.lanes) + 1)
    after = [hand_after(session.level, session.begun, session.turns, decisions).held.name for decisions in lanes]
    held = [session.begun.name, *after]
    return tuple(name for k, name in enumerate(held) if not k or held[k - 1] != name)


def _bets_page(session: Session, solution: Solution) -> BetsPage:
    plan = session.bets.plan if session.bets.plan and is_whole_plan(session.level, session.bets.plan) else None
    return BetsPage(
        expectation=session.bets.expectation if session.weights == session.begun.weights else None,
        plan=plan,
        plan_here=None if plan is None else _lived_light(session, FixedPlan(plan)),
        plan_expected=None if plan is None else plan_value(solution.problem, plan),
        came=session.light,
        best_plan_here=_lived_light(session, FixedPlan(solution.best_plan.lanes)),
        stepping_here=_lived_light(session, StepByStep(solution.problem)),
        said_by=session.begun.name,
    )


def is_whole_plan(level: Level, lanes: tuple[str, ...]) -> bool:
    """Whether ``lanes`` can be followed one after another from the start until no lane fits into the years left."""
    year, place = 0, level.start
    for lane_id in lanes:
        index = level.lane_index.get(lane_id)
        if index is None or level.lanes[index].tail != place:
            return False
        year, place = year + level.lanes[index].years, level.lanes[index].head
    fits = year <= level.years
    return fits and not any(year + lane.years <= level.years for lane in level.lanes_from[place])


def _lived_light(session: Session, policy: FixedPlan | StepByStep) -> float:
    return live(session.level, policy, session.landscape).total(session.weights)


def _choice_and_luck_page(session: Session, solution: Solution) -> ChoiceAndLuckPage | None:
    if solution.treasure_map is None or solution.treasure_map.keep != "all":
        return None
    decisions = choice_and_luck(solution.treasure_map, session.record, session.weights)
    by_regret = sorted(range(len(decisions)), key=lambda k: (-decisions[k].regret, k))
    lucks = [decision.luck for decision in decisions]
    slack = _slack(max((abs(decision.value) for decision in decisions), default=0.0))
    ladder = solution.ladder
    return ChoiceAndLuckPage(
        value_at_start=solution.treasure_map.value(session.record.start),
        decisions=decisions,
        regret=sum(decision.regret for decision in decisions),
        luck=sum(lucks),
        total=session.light,
        marked=tuple(sorted(k for k in by_regret[:MARKED_FORKS] if decisions[k].regret > slack)),
        luckiest=lucks.index(max(lucks)) if lucks and max(lucks) > slack else None,
        unluckiest=lucks.index(min(lucks)) if lucks and min(lucks) < -slack else None,
        spyglass=None if ladder.unaided is None else ladder.optimal.value - ladder.unaided.value,
    )


def _ladder_page(you: float, ladder: Ladder) -> LadderPage:
    lead = ladder.step_by_step.value - ladder.best_fixed_plan.value
    tolerance = _slack(ladder.best_fixed_plan.value)
    noise = 4 * ladder.step_by_step.stderr
    verdict: Literal["ahead", "equal", "unclear"]
    if lead > tolerance + noise:
        verdict = "ahead"
    else:
        verdict = "equal" if noise == 0 else "unclear"
    return LadderPage(ladder, you, verdict)


def _plans_page(session: Session, solution: Solution) -> PlansPage:
    here = plan_distribution(solution.problem, landscape=session.landscape)
    you = session.light
    tolerance = _slack(you)
    return PlansPage(
        count=solution.plan_count,
        expected=solution.plans,
        here=here,
        best=solution.best_plan.value,
        stepping=solution.ladder.step_by_step,
        you=you,
        brighter_here=int((here.values > you + tolerance).sum()),
        level_here=int((abs(here.values - you) <= tolerance).sum()),
    )


def _commitment_page(ladder: Ladder) -> CommitmentPage:
    middle = tuple(sorted(ladder.replan_every.items()))
    return CommitmentPage(((1, ladder.step_by_step), *middle, (None, ladder.best_fixed_plan)))


def _slack(light: float) -> float:
    """How far two lights of this size may lie apart and still be told as equal."""
    return TOLERANCE * max(1.0, abs(light))
