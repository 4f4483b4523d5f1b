"""The debrief's figures against hand-worked ones and against independent computation."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from known_levels import golden

from game.debrief import Debrief, debrief, is_whole_plan, life_page
from game.model import Landscape, Level, open_lanes
from game.policy import FixedPlan
from game.session import Bets, Session
from game.simulate import live
from game.solver import Rung, Solution, solve


def life_in(level: Level, states: tuple[tuple[int, ...], ...], *lanes: str, bets: Bets | None = None) -> Session:
    """The life along ``lanes`` in water that is written down, year by year."""
    session = Session(level, 0, level.default_value_function, level.weights(), bets or Bets())
    session.landscape = Landscape(states)
    for lane in lanes:
        session.choose(lane)
    return session


def fork_life(bets: Bets | None = None) -> tuple[Session, Solution, Debrief]:
    """Two rivers, left 1 0 0 1 and right 0 1 1 0 (flow is 1), lived left, bank, right, left.

    Light is 4 on the left in flow, 5 on the right in flow, 1.5 on the bank: 4, then 1.5, then 5, then 4.
    """
    level = golden("fork")
    states = ((1, 0), (0, 1), (0, 1), (1, 0), (0, 0))
    session = life_in(level, states, "left", "bank", "right", "left", bets=bets)
    solution = solve(level, level.weights(), hindsight_samples=100)
    return session, solution, debrief(session, solution)


def test_light_year_by_year() -> None:
    """The first page has every year's light, the years that fell, and the places with the years they were reached."""
    page = fork_life()[2].life
    assert page.by_year == (4, 1.5, 5, 4)
    assert page.dimmer == (1, 3)
    assert page.total == 14.5
    assert page.by_value == (("light", 14.5),)
    assert page.places == tuple((year, "fork") for year in range(5))


def test_the_life_page_needs_no_solver() -> None:
    """The first page alone is the same as the first page of the whole debrief."""
    session, _, whole = fork_life()
    assert life_page(session) == whole.life


def test_arrival_counts_for_the_year_that_led_to_it() -> None:
    """A place's light is added to the last year of the lane that reached it, and values are weighed."""
    level = golden("grad")
    session = life_in(level, ((1, 0),) * 8, "school->phd", "phd->lab", *["lab->lab"] * 4)
    # mine = craft + recognition / 4: school->phd in flow 3 + 1/4 a year for two years, the PhD 3/4 on arrival;
    # phd->lab dry 1 + 1/8, the lab 1.5 on arrival; lab->lab 2.25 + 1/16 and 1.5 again on each arrival
    expected = [3.25, 3.25 + 0.75, 1.125 + 1.5, *[2.3125 + 1.5] * 4]
    assert life_page(session).by_year == pytest.approx(expected)
    assert life_page(session).dimmer == (2,)


def test_bets_are_lived_in_the_same_water() -> None:
    """The own plan, the best fixed plan and one step at a time are lived in this life's water, not on average."""
    plan = ("right", "right", "right", "right")
    _, solution, found = fork_life(Bets(plan, 12.0))
    page = found.bets
    assert page.expectation == 12.0
    assert page.plan == plan
    assert page.plan_here == 0 + 5 + 5 + 0
    # P(right flows) from dry is 0, 0.3, 0.36, 0.372: the chain 0.7 0.3 / 0.5 0.5 started dry
    assert page.plan_expected == pytest.approx(5 * (0 + 0.3 + 0.36 + 0.372))
    assert solution.best_plan.lanes == ("left", "left", "right", "right")
    assert page.best_plan_here == 4 + 0 + 5 + 0
    # the brightest lane of each year: with a choice afresh every year that is what replanning does here
    assert page.stepping_here == 4 + 5 + 5 + 4
    assert page.came == 14.5


@pytest.mark.parametrize(
    ("lanes", "whole"),
    [
        (("left",) * 4, True),
        (("left",) * 3, False),
        (("left",) * 5, False),
        (("left", "left", "nowhere", "left"), False),
        ((), False),
    ],
)
def test_whole_plans(lanes: tuple[str, ...], whole: bool) -> None:
    """A plan is whole when it can be followed from the start to the end of the years, and no further."""
    assert is_whole_plan(golden("fork"), lanes) is whole


def test_a_plan_that_is_not_whole_is_no_bet() -> None:
    """A plan that ends early is not lived and has no expected light."""
    page = fork_life(Bets(("left",), None))[2].bets
    assert page.plan is None
    assert page.plan_here is None
    assert page.plan_expected is None


def test_choice_and_luck_worked_by_hand() -> None:
    """In Two rivers, where V is a sum over years of the best lane's chances, regret and luck are as worked by hand."""
    _, _, found = fork_life()
    page = found.choice_and_luck
    assert page is not None
    # Lanes all lead back to the fork, so V(s) is the sum over the years to come of E[max(4 L, 5 R, 1.5)].
    # Year 1 (left dry, right flows): the right gives 5, the bank 1.5: regret 3.5.  No other year loses anything but
    # for what is best at sight: year 0 left 4 (right dry), year 2 right 5, year 3 left 4 (right dry).
    assert [round(decision.regret, 9) for decision in page.decisions] == [0, 3.5, 0, 0]
    assert page.marked == (1,)
    assert page.decisions[1].best_lane == "right"
    after = np.array([[0.7, 0.3], [0.5, 0.5]])

    def best(left: np.ndarray, right: np.ndarray) -> float:
        return float(sum(left[i] * right[j] * max(4 * i, 5 * j, 1.5) for i, j in itertools.product((0, 1), repeat=2)))

    left, right, value = np.array([0.0, 1.0]), np.array([1.0, 0.0]), 0.0
    for _ in range(4):
        value += best(left, right)
        left, right = left @ after, right @ after
    assert page.value_at_start == pytest.approx(value, abs=1e-12)
    assert page.total == pytest.approx(page.value_at_start - page.regret + page.luck, abs=1e-9)
    assert page.total == 14.5


def test_the_identity_holds_on_every_life_of_a_level() -> None:
    """Total = value at the start − regret + luck, to 1e-9, for every path through Grad school in three waters."""
    level = golden("grad")
    solution = solve(level, level.weights(), hindsight_samples=0)
    for seed in range(3):
        session = Session(level, seed, "mine", level.weights())
        for lanes in itertools.islice(_paths(session), 40):
            session.rewind(0)
            for lane in lanes:
                session.choose(lane)
            page = debrief(session, solution).choice_and_luck
            assert page is not None
            assert page.total == pytest.approx(page.value_at_start - page.regret + page.luck, abs=1e-9)
            assert all(decision.regret >= 0 for decision in page.decisions)


def _paths(session: Session) -> itertools.chain[tuple[str, ...]]:
    def on(lanes: tuple[str, ...]) -> list[tuple[str, ...]]:
        session.rewind(0)
        for lane in lanes:
            session.choose(lane)
        leading = [lane.id for lane in open_lanes(session.level, session.life)]
        return [path for lane in leading for path in on((*lanes, lane))] if leading else [lanes]

    return itertools.chain(on(()))


def test_at_most_three_forks_are_marked_and_in_order() -> None:
    """Only the three forks that gave up most are marked, in the order of the life, and none that gave up nothing."""
    level = golden("fork")
    session = life_in(level, ((1, 0), (0, 1), (0, 1), (1, 1), (0, 0)), "right", "bank", "bank", "left")
    page = debrief(session, solve(level, level.weights(), hindsight_samples=0)).choice_and_luck
    assert page is not None
    # given up: 4 (right dry against left in flow), 3.5, 3.5, and 1 (left 4 against right 5)
    assert [round(decision.regret, 9) for decision in page.decisions] == [4, 3.5, 3.5, 1]
    assert page.marked == (0, 1, 2)


def test_luck_is_none_where_nothing_shifts() -> None:
    """In still water no leg is lucky or unlucky, and the sum of luck is nothing."""
    level = golden("still")
    session = life_in(level, ((),) * 6, "a->c", *["c->c"] * 4)
    page = debrief(session, solve(level, level.weights())).choice_and_luck
    assert page is not None
    assert (page.luckiest, page.unluckiest) == (None, None)
    assert page.luck == 0
    assert page.regret == 17 - 11


def test_a_tie_is_equal_and_a_lead_is_ahead() -> None:
    """The verdict is "equal" in still water and "ahead" in Two rivers, where the gap is the golden one."""
    still = golden("still")
    session = life_in(still, ((),) * 6, "a->b", *["b->b"] * 4)
    found = debrief(session, solve(still, still.weights()))
    assert found.ladder.verdict == "equal"
    assert found.ladder.you == 17
    page = fork_life()[2].ladder
    assert page.verdict == "ahead"
    assert page.ladder.step_by_step.value - page.ladder.best_fixed_plan.value == pytest.approx(14.2236 - 9.66)


def test_samples_that_do_not_part_the_rungs_are_unclear() -> None:
    """A sampled lead within four standard errors is told neither as a lead nor as a tie."""
    session, solution, _ = fork_life()
    close = replace(solution.ladder, step_by_step=Rung(9.7, 0.02, "sampled"))
    assert debrief(session, replace(solution, ladder=close)).ladder.verdict == "unclear"
    clear = replace(solution.ladder, step_by_step=Rung(9.8, 0.02, "sampled"))
    assert debrief(session, replace(solution, ladder=clear)).ladder.verdict == "ahead"


def test_every_plan_is_counted_on_average_and_here() -> None:
    """The page counts the plans that would have brought more in this water as living all 81 of them does."""
    session, solution, found = fork_life()
    page = found.plans
    lived = [
        live(session.level, FixedPlan(lanes), session.landscape).total(session.weights)
        for lanes in itertools.product(("left", "right", "bank"), repeat=4)
    ]
    assert page.count == 81
    assert page.here.values == pytest.approx(np.sort(lived))
    assert page.brighter_here == sum(light > 14.5 for light in lived)
    assert page.level_here == sum(light == 14.5 for light in lived)
    assert page.expected.complete
    assert page.best == pytest.approx(max(page.expected.values)) == pytest.approx(solution.best_plan.value)


def test_commitment_runs_from_one_step_to_for_ever() -> None:
    """The curve starts with one step at a time, ends with the best fixed plan, and is the golden one in between."""
    level = golden("grad")
    session = life_in(level, ((1, 0),) * 8, "school->phd", "phd->lab", *["lab->lab"] * 4)
    curve = debrief(session, solve(level, level.weights(), hindsight_samples=0)).commitment.curve
    assert [years for years, _ in curve] == [1, 2, 3, 5, None]
    known = [33.118391416312505, 32.678152499062506, 31.821773625000002, 31.1593663125, 30.284375062499997]
    assert [rung.value for _, rung in curve] == pytest.approx(known, abs=1e-9)


def test_without_a_treasure_map_the_page_says_why() -> None:
    """Where the treasure map was declined there is no page of choice and luck, but the solver's own sentence."""
    level = golden("fork")
    session = fork_life()[0]
    found = debrief(session, solve(level, level.weights(), hindsight_samples=50, memory_limit=0))
    assert found.choice_and_luck is None
    assert found.declined
    assert found.ladder.ladder.optimal.method == "bound"


def test_an_unfinished_life_is_not_explained() -> None:
    """A life that can still take a lane raises ValueError."""
    level = golden("fork")
    session = life_in(level, ((1, 0),) * 5, "left")
    with pytest.raises(ValueError, match="come to rest"):
        debrief(session, solve(level, level.weights(), hindsight_samples=0))


def test_equal_lights_are_told_by_their_size() -> None:
    """In light of a hundred million, rounding makes no year dimmer and no fork marked."""
    level = golden("fork")
    big = replace(
        level,
        lanes=tuple(
            replace(lane, light=tuple(tuple(x * 1e8 / 3 for x in row) for row in lane.light)) for lane in level.lanes
        ),
    )
    session = life_in(big, ((1, 0), (0, 1), (0, 1), (1, 0), (0, 0)), "left", "right", "right", "left")
    found = debrief(session, solve(big, big.weights(), hindsight_samples=0))
    assert found.choice_and_luck is not None
    assert found.choice_and_luck.marked == ()
    assert found.life.dimmer == (3,)
