"""What the debrief's pages say: the solver's figures, ties as ties, samples as samples, and nothing unkind."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from debrief_cases import CASES, done, failed, lived, shown

from game.app.certified import LIVES, Certified, certify
from game.app.jobs import Job
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.figures import change, count, figure, worth, worth_told, years
from game.app.screens.debrief.the_ladder import TheLadderPage, steps_of, ties_of
from game.app.stage import Stage
from game.debrief import LadderPage, debrief
from game.house import assets
from game.session import Session
from game.solver import Rung
from game.words import number


def told(stage: Stage, name: str, page: int) -> str:
    """What one page of a case says."""
    screen = shown(stage, name)
    screen.turn_to(page)
    return screen.transcript()


def test_the_ladder_says_the_solvers_figures(stage: Stage) -> None:
    """Every rung's figure, its sentence and its name in the field stand in the transcript."""
    _, solution = lived("grad")
    said = told(stage, "grad", 3)
    for step in steps_of(solution.ladder):
        assert f"{step.name}: {figure(step.rung.value)}" in said
    assert "open-loop feedback control (OLFC)" in said
    assert "Plans afresh at every place and takes only the first step." in said
    assert (
        f"+{figure(solution.ladder.step_by_step.value - solution.ladder.best_fixed_plan.value)} for looking up" in said
    )


def test_the_theorem_is_said_with_its_limits(stage: Stage) -> None:
    """Under the ladder stands the proved order, that it holds on average, and what is not proved."""
    said = told(stage, "grad", 3)
    assert "any fixed plan ≤ best fixed plan ≤ one step at a time ≤ treasure map ≤ hindsight" in said
    assert "on average, under this level’s own probabilities" in said
    assert "Not proved: anything about a single life" in said


def test_a_tie_is_told_as_a_tie(stage: Stage) -> None:
    """In still water the rungs are told as equal: in the lead, beside the bars, and in words."""
    said = told(stage, "tie", 3)
    assert "one step at a time and the best fixed plan bring exactly the same, 17" in said
    assert "The best fixed plan: 17 (= the naive plan)" in said
    assert re.search(r"A tie: .*one step at a time = .*the best fixed plan", said)
    assert "Here it makes no difference" in told(stage, "tie", 5)
    assert "here one step at a time brings just as much" in told(stage, "tie", 4)


def test_ties_are_only_between_exact_rungs() -> None:
    """Sampled rungs of the same value are no tie, exact ones within the tolerance are."""
    ladder = lived("tie")[1].ladder
    assert [step.key for step in ties_of(steps_of(ladder))[0]][-1] == "naive_plan"


def test_a_sampled_figure_has_as_many_digits_as_its_error() -> None:
    """The error has two digits that count, its figure as many after the point; an exact figure stands alone."""
    assert worth(Rung(1.0)) == ("1", "")
    assert worth(Rung(1.0, 0.0256, "sampled")) == ("1.000", "± 0.026, sampled")
    assert worth(Rung(133.93, 0.1, "sampled")) == ("133.93", "± 0.10, sampled")
    assert worth(Rung(-1234.5678, 12.3, "bound")) == ("−1,235", "at least; ± 12, sampled")
    assert worth(Rung(-0.0001, 0.5, "sampled")) == ("0.00", "± 0.50, sampled")
    assert worth(Rung(2.5e6, 1234.0, "sampled")) == ("2.5 million", "± 1,234, sampled")
    assert worth(Rung(3.0, math.inf, "sampled")) == ("3", "± ∞, sampled")


def test_samples_are_said_to_be_samples(stage: Stage) -> None:
    """Without a treasure map rungs carry their standard error, the optimum is a bound, and the plans are a sample."""
    said = told(stage, "sampled", 3)
    ladder = lived("sampled")[1].ladder
    assert worth_told(ladder.step_by_step) in said
    assert "at least; ±" in said
    plans = told(stage, "sampled", 4)
    assert f"A uniform sample of 20 of {lived('sampled')[1].plan_count:,} plans." in plans
    assert "of 200,000 plans, drawn at random from all" in told(stage, "huge", 4)
    assert "too large to draw" in told(stage, "sampled", 2)
    assert lived("sampled")[1].declined in told(stage, "sampled", 2)


def test_all_plans_are_said_to_be_all(stage: Stage) -> None:
    """Where every plan is listed the page says so, with their number, and how many would have brought more here."""
    session, solution = lived("grad")
    page = debrief(session, solution).plans
    screen = shown(stage, "grad")
    screen.turn_to(4)
    assert f"All {solution.plan_count} plans." in screen.transcript()
    assert screen.page.switch()
    assert f"{page.brighter_here} of {len(page.here.values)} plans would have brought more" in screen.transcript()
    assert "Nobody could have known" in screen.transcript()
    assert "There is one plan, and this is it." in told(stage, "one lane", 4)


def test_choice_and_luck_add_up_on_the_page(stage: Stage) -> None:
    """The waterfall's rows and the sum in words are the solver's, and at most three forks are told."""
    session, solution = lived("long names")
    page = debrief(session, solution).choice_and_luck
    assert page is not None
    said = told(stage, "long names", 2)
    assert f"At the start: {figure(page.value_at_start)}" in said
    assert f"What came: {figure(page.total)}" in said
    total, regret, luck = figure(page.total), figure(page.regret), figure(abs(page.luck))
    assert f"{figure(page.value_at_start)} − {regret} {'+' if page.luck >= 0 else '−'} {luck} = {total}" in said
    cards = [line for line in said.splitlines() if line.startswith("[ ] Year")]
    assert len(cards) == len(page.marked) <= 3
    for card, k in zip(cards, page.marked, strict=True):
        decision = page.decisions[k]
        assert figure(decision.value) in card
        assert figure(decision.q) in card
        assert session.level.lane(decision.best_lane).name in card
        assert session.level.lane(decision.lane).name in card
        assert session.level.place(decision.place).label in card
        assert f"Year {decision.year + 1}" in card


def test_the_first_page_answers_its_question(stage: Stage) -> None:
    """The first page says how many years were dimmer than the one before, every year's light, and the whole way."""
    session, solution = lived("grad")
    life = debrief(session, solution).life
    said = told(stage, "grad", 0)
    assert ("one" if len(life.dimmer) == 1 else str(len(life.dimmer))) + f" of {session.life.year} years" in said
    for year, light in enumerate(life.by_year):
        assert f"Year {year + 1}: {figure(light)}" in said
    assert "The way: school → “school->" in said
    assert "one year to live" in told(stage, "one lane", 0)
    assert "rested where it began" in told(stage, "nothing fits", 0)


def test_a_life_that_never_dims_is_told_as_rare(stage: Stage) -> None:
    """A life whose light never fell is told so, and that it is rare."""
    session, solution = lived("tie")
    rising = Session(session.level, 5, session.value_function, session.weights)
    for lane in ("a->b", *["b->b"] * 4):
        rising.choose(lane)
    screen = DebriefScreen(rising, done(solution))
    stage.reset(screen)
    assert "no year was dimmer than the one before. That is rare." in screen.transcript()


def test_bets_are_compared_and_none_is_fine(stage: Stage) -> None:
    """The bets page has the expectation, both figures of the plan and what came; without bets it says that is fine."""
    session, solution = lived("grad")
    bets = debrief(session, solution).bets
    said = told(stage, "grad", 1)
    assert bets.plan_here is not None
    assert bets.plan_expected is not None
    for light in (31.5, bets.plan_here, bets.plan_expected, bets.came, bets.best_plan_here, bets.stepping_here):
        assert figure(light) in said
    assert "You left your plan in year" in said
    assert "fine way to travel" in told(stage, "tie", 1)


def test_the_curve_says_where_its_scale_starts(stage: Stage) -> None:
    """How far ahead: every point's light is said, and that the scale does not start at 0."""
    session, solution = lived("grad")
    said = told(stage, "grad", 5)
    for _, rung in debrief(session, solution).commitment.curve:
        assert figure(rung.value) in said
    assert re.search(r"starts at \d+(\.\d+)?, not at 0", said)


def test_the_last_page_says_where_the_life_is_kept(stage: Stage, tmp_path: Path) -> None:
    """Again lists every way on and every fork, and says so where the life could not be kept in its home."""
    assert "kept" not in told(stage, "grad", 8)
    stage.home = tmp_path / "a file where a folder should be"
    stage.home.touch()
    said = told(stage, "grad", 8)
    for way in ("The same water, other choices", "New water", "By another light: “citations”", "Another level"):
        assert f"[ ] {way}" in said
    assert "could not be kept" in said
    forks = [line for line in said.splitlines() if re.match(r"Year \d+, .*: you took", line)]
    assert len(forks) >= 3
    assert "had no fork" in told(stage, "one lane", 8)


@pytest.mark.parametrize("name", CASES)
def test_no_life_is_judged(stage: Stage, name: str) -> None:
    """No page of any life has a grade, a ranking, a failure or a mistake in it, nor a brace left unfilled."""
    said = shown(stage, name).whole_transcript()
    assert not re.search(r"(?i)\b(mistake|fail|failed|wrong|grade|score|rank|bad|worse|should have (?!been\.))\b", said)
    assert "{" not in said
    assert "nan" not in said.lower().split()


def test_the_words_are_kind() -> None:
    """The words file has no text that blames anybody."""
    table = tomllib.loads((assets() / "words" / "en" / "debrief.toml").read_text(encoding="utf-8"))
    texts = [text for group in table.values() for text in (group.values() if isinstance(group, dict) else [group])]
    plain = [text for text in texts if isinstance(text, str)]
    assert len(plain) > 150
    assert not any(re.search(r"(?i)\bmistake|you failed|your fault\b", text) for text in plain)


@pytest.mark.parametrize(
    ("light", "text"),
    [
        (121.196, "121.2"),
        (-3.5, "−3.5"),
        (1234.5, "1,234.5"),
        (-0.0, "0"),
        (0.00321, "0.00321"),
        (1e8, "100 million"),
        (-2.5e9, "−2.5 billion"),
        (1.6e15, "1.60 × 10^15"),
        (1e-7, "0"),
    ],
)
def test_lights_as_people_read_them(light: float, text: str) -> None:
    """Lights have thousands apart, two digits after the point, large numbers in words and a proper minus."""
    assert figure(light) == text


def test_counts_years_and_changes() -> None:
    """Counts are exact up to a thousand billion; years count from one; changes carry their sign."""
    assert count(35_668_691) == "35,668,691"
    assert count(123 * 10**40) == "about 1.23 × 10^42"
    assert years(4, 5) == "Year 5"
    assert years(4, 7) == "Years 5 to 7"
    assert [change(x) for x in (2.0, -2.0, 0.0, 1e-12)] == ["+2", "−2", "0", "0"]


def test_a_page_that_waits_says_how_far_it_is(stage: Stage) -> None:
    """While the solver works, its stage and fraction are told, and the first and last page are whole."""
    job: Job[object] = Job(lambda: None, (), None)
    job._report("treasure_map", 0.42)
    screen = DebriefScreen(lived("grad")[0], job)
    stage.reset(screen)
    assert "Did it grow" in screen.transcript()
    screen.turn_to(3)
    stage.update()
    assert "Drawing the treasure map: 42 %" in screen.transcript()
    job._report("something new", 0.5)
    stage.update()
    assert "Working: 50 %" in screen.transcript()
    screen.turn_to(8)
    assert "New water" in screen.transcript()
    screen.turn_to(3)
    job._end(result=lived("grad")[1])
    for _ in range(3):
        stage.update()
    assert "One step at a time: 33.12" in screen.transcript()


def test_an_error_is_said_plainly(stage: Stage) -> None:
    """When the solver gives up its pages say so in its own words; the first and last page stay."""
    screen = DebriefScreen(lived("grad")[0], failed(MemoryError("no room left")))
    stage.reset(screen)
    for index in range(1, 8):
        screen.turn_to(index)
        assert "could not be worked out" in screen.transcript()
        assert "no room left" in screen.transcript()
    screen.turn_to(8)
    assert "New water" in screen.transcript()
    screen.turn_to(0)
    assert "The way: " in screen.transcript()


def proved(stage: Stage, name: str) -> str:
    """What the ladder of a case says is proved, once its certificate is there."""
    screen = shown(stage, name)
    screen.turn_to(3)
    screen.update(0.1)
    assert isinstance(screen.page, TheLadderPage)
    assert screen.page.certified.text_ in screen.transcript()
    return screen.page.certified.text_


def test_the_ladder_says_what_is_proved_of_this_level(stage: Stage) -> None:
    """With something to gain by looking up, the bound of all plans and the exact worth of stepping; else "equal"."""
    ladder = lived("grad")[1].ladder
    said = proved(stage, "grad")
    assert said.startswith("Proved for this level, in exact fractions: no fixed plan has more than")
    assert f"than {number(ladder.best_fixed_plan.value)}, and one step" in said
    assert said.endswith(f" {number(ladder.step_by_step.value)}.")
    assert "in exact fractions: equal. No fixed plan has more than 17," in proved(stage, "tie")


def test_what_takes_too_long_to_prove_exactly_is_lived() -> None:
    """Beyond the steps of work that are allowed the statement rests on lives, and says how many."""
    session, solution = lived("grad")
    found = certify(session.level, session.weights, solution.ladder, 1)
    assert (found.verdict, found.lives) == ("ahead", LIVES)
    assert found.bound < found.stepping < solution.ladder.step_by_step.value
    assert f"as {LIVES:,} lives in the same water show" in found.told()


def test_the_page_does_not_wait_for_its_proof(stage: Stage) -> None:
    """While the certificate is worked out the page says how far it is; without one it says why; both without a halt."""
    job: Job[Certified] = Job(lambda: None, (), None)  # type: ignore[arg-type, return-value]
    page = TheLadderPage(LadderPage(lived("grad")[1].ladder, 11.0, "ahead"), lambda: job)
    job._report("lives", 0.42)
    page.update(0.1)
    assert "in the background: 42 %" in page.certified.text_
    job._end(error=ValueError("not a number"))
    page.update(0.1)
    assert page.certified.text_ == "No proof of this level could be worked out here (not a number)."


def test_the_ladder_tells_the_best_of_the_borrowed_maps(stage: Stage) -> None:
    """Where maps are lent, what the best of them brings stands in the lead, beside what looking up is worth."""
    screen = shown(stage, "mouth")
    page = next(page for page in screen.pages if page.name == "ladder")
    assert isinstance(page, TheLadderPage)
    (captain,) = screen.session.level.oracles
    assert page.lead().endswith(f" The borrowed map: {captain.label}, with 3.")
    ladder = replace(page.page.ladder, oracles={**page.page.ladder.oracles, "aunt": Rung(3.25, 0.0, "exact")})
    aunt = replace(captain, name="aunt", label="Aunt Odile")
    both = TheLadderPage(replace(page.page, ladder=ladder), page._certify, (captain, aunt))
    assert both.lead().endswith(" Best of the borrowed maps: Aunt Odile, with 3.25.")
