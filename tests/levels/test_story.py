"""The story: each chapter teaches one thing, and each lesson is an inequality between figures that are solved here."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from game.debrief import life_page
from game.files import read_level
from game.files.shelf import STORY, level_cards
from game.house import shipped_levels
from game.model import Level, draw_landscape
from game.session import Session
from game.simulate import live
from game.solver import Problem, Solution, StepByStep, plan_value, solve
from game.solver.rung import Rung
from game.words import say_in

CHAPTERS = sorted(path.stem for path in (shipped_levels() / STORY).glob("*.toml"))


@cache
def chapter(number: int) -> Level:
    """The level of this chapter, from 1."""
    stem = next(stem for stem in CHAPTERS if stem.startswith(f"{number}_"))
    return read_level(shipped_levels() / STORY / f"{stem}.toml")


@cache
def solved(number: int, value_function: str | None = None) -> Solution:
    """The solution of a chapter under one of its value functions."""
    level = chapter(number)
    return solve(level, level.weights(value_function), hindsight_samples=300)


def rungs_of(solution: Solution) -> dict[str, Rung]:
    """All rungs of a ladder by name."""
    ladder = solution.ladder
    named = ("follow_the_light", "naive_plan", "best_fixed_plan", "step_by_step", "optimal", "hindsight")
    return {name: getattr(ladder, name) for name in named} | {f"{m}": r for m, r in ladder.replan_every.items()}


def stepped(level: Level, value_function: str | None, seed: int) -> Session:
    """A life of one step at a time in the water of ``seed``, ready to be looked at."""
    weights = level.weights(value_function)
    session = Session(level, seed, value_function or level.default_value_function, weights)
    session.record = live(level, StepByStep(Problem(level, weights)), session.landscape)
    return session


def test_the_story_comes_first_and_in_order() -> None:
    """On the shelf the chapters stand first, by their numbers, and are told from the other levels."""
    cards = [card for card in level_cards() if card.shipped]
    assert [card.path.stem for card in cards if card.story] == CHAPTERS
    assert [card.story for card in cards] == sorted((card.story for card in cards), reverse=True)
    assert [stem.split("_")[0] for stem in CHAPTERS] == ["1", "2", "3", "4", "5", "6", "7", "8"]


@pytest.mark.parametrize("stem", CHAPTERS)
def test_a_chapter_has_its_words(stem: str) -> None:
    """Every chapter tells its story in a few paragraphs, and every lane and place has a name of its own."""
    level = chapter(int(stem.split("_")[0]))
    assert level.about.count("\n\n") >= 2
    assert all(lane.name != lane.id for lane in level.lanes)
    assert all(place.label != place.id for place in level.places)


@pytest.mark.parametrize("stem", CHAPTERS)
def test_a_chapter_is_told_whole_in_chinese(stem: str) -> None:
    """Nothing that somebody reads of a chapter is left in English in Chinese, or called like a light of one's own."""
    level = chapter(int(stem.split("_")[0])).told_in("zh")
    texts = [level.title, level.about, level.content_note, *(place.label for place in level.places)]
    texts += [lane.name for lane in level.lanes]
    texts += [level.function_label(name) for name in level.value_functions or ("mine",)]
    texts += [text for oracle in level.oracles for text in (oracle.label, oracle.words)]
    texts += [text for value in level.values for text in (value.label, value.about)]
    assert [text for text in texts if any(char.isascii() and char.isalpha() for char in text)] == []
    assert say_in("zh", "steering.written") not in texts


def test_toward_the_light_every_way_of_living_is_one() -> None:
    """At school nothing shifts: following the light is the best plan and the treasure map, and hindsight knows no more.

    By hand: the harder class of each year, 2 + 2.5 + 3 + 3.5 + 4 + 5 + 6 + 8 = 34.
    """
    rungs = rungs_of(solved(1))
    assert not chapter(1).currents
    assert {name: rung.value for name, rung in rungs.items()} == dict.fromkeys(rungs, 34.0)
    assert rungs["hindsight"].stderr == 0.0


def test_toward_the_light_brightness_only_grows() -> None:
    """In the one level where it does, the debrief finds no year that was dimmer than the one before."""
    assert life_page(stepped(chapter(1), None, 1)).dimmer == ()


def test_the_water_moves() -> None:
    """Looking up at every landing brings a quarter more than the best plan made at the wharf."""
    ladder = solved(2).ladder
    assert ladder.step_by_step.value > 1.25 * ladder.best_fixed_plan.value
    assert ladder.follow_the_light.value > ladder.best_fixed_plan.value


def test_the_water_has_a_spyglass_that_is_worth_its_price() -> None:
    """At the sandbank the lake is out of sight: to whom always knows best, looking is worth more than it costs."""
    level, ladder = chapter(2), solved(2).ladder
    assert level.sight == 1
    assert level.spyglass is not None
    assert min(level.spyglass.price) > 0
    assert ladder.unaided is not None
    assert ladder.optimal.value > 1.01 * ladder.unaided.value


def test_forks_following_the_light_falls_into_a_local_maximum() -> None:
    """At the forks the brightest lane leads to less than the best plan, which begins in the dim creek."""
    solution = solved(3)
    level, ladder = chapter(3), solution.ladder
    assert ladder.follow_the_light.value < 0.85 * ladder.best_fixed_plan.value
    first = level.lane(solution.best_plan.lanes[0])
    year_0 = {lane.id: lane.light[0][_start(level, lane.current)] for lane in level.lanes_from[level.start]}
    assert first.head == "creek_mouth"
    assert year_0[first.id] == min(year_0.values())


def test_forks_brightness_does_not_only_grow() -> None:
    """In each of twenty good lives at the forks some year is dimmer than the one before, and the debrief says so."""
    assert all(life_page(stepped(chapter(3), None, seed)).dimmer for seed in range(20))


def test_the_five_year_plan_loses_more_the_longer_it_is() -> None:
    """The curve of commitment falls all the way, with 1, 2, 5, 10 and 20 years on it; and a plan is asked for."""
    level, ladder = chapter(4), solved(4).ladder
    assert level.asks_plan
    assert level.years > 20
    assert {2, 5, 10, 20} <= set(ladder.replan_every)
    curve = [
        ladder.step_by_step,
        *(ladder.replan_every[m] for m in sorted(ladder.replan_every)),
        ladder.best_fixed_plan,
    ]
    values = [rung.value for rung in curve]
    assert all(shorter > longer for shorter, longer in pairwise(values))
    assert ladder.replan_every[5].value < 0.93 * ladder.step_by_step.value


def test_every_oracle_is_worth_less_than_looking_out_of_the_window() -> None:
    """Followed to the end, each of the four maps brings a good deal less of one's own light than one step at a time."""
    level, ladder = chapter(5), solved(5).ladder
    assert set(ladder.oracles) == {"parents", "professor", "guru", "peers"}
    for rung in ladder.oracles.values():
        assert rung.method == "exact"
        assert rung.value < 0.9 * ladder.step_by_step.value
    assert ladder.best_fixed_plan.value < 0.96 * ladder.step_by_step.value
    wrong = {oracle.name: oracle for oracle in level.oracles}
    assert wrong["parents"].still
    assert wrong["parents"].starts
    assert wrong["guru"].luckiest_of
    assert wrong["professor"].weights != wrong["peers"].weights != level.weights()


def test_the_numbers_go_up_and_the_craft_does_not() -> None:
    """Steering by citations brings three times the citations of the notebook and less than nothing of its light."""
    citations, notebook = solved(6, "citations"), solved(6, "notebook")
    counted, own = citations.best_plan.lanes, notebook.best_plan.lanes
    assert plan_value(citations.problem, counted) > 3 * plan_value(citations.problem, own)
    assert plan_value(notebook.problem, counted) < 0 < 50 < plan_value(notebook.problem, own)


def test_the_numbers_go_up_as_planned() -> None:
    """A count is easy to plan by: by citations a fixed plan loses nothing, by the notebook it loses a tenth."""
    citations, notebook = solved(6, "citations").ladder, solved(6, "notebook").ladder
    assert citations.step_by_step.value == pytest.approx(citations.best_fixed_plan.value, rel=1e-9)
    assert notebook.best_fixed_plan.value < 0.9 * notebook.step_by_step.value


def test_on_the_same_lanes_chasing_the_number_costs_craft() -> None:
    """At the desk and at the bench two lanes share their ends and their years, and the more cited one costs craft."""
    level = chapter(6)
    craft, recognition = (next(i for i, v in enumerate(level.values) if v.name == n) for n in ("craft", "recognition"))
    for chased, worked in (("slice", "properly"), ("rush", "hum")):
        a, b = level.lane(chased), level.lane(worked)
        assert (a.tail, a.head, a.years) == (b.tail, b.head, b.years)
        assert min(a.light[recognition]) > max(b.light[recognition]) - 1e-9
        assert max(a.light[craft]) < min(b.light[craft])


def test_citations_are_crisp_and_hard_to_put_down() -> None:
    """Only recognition is a number on the screen, and citations take three forks to let go of, the notebook none."""
    level = chapter(6)
    assert level.countable == ("recognition",)
    assert level.may_change
    assert dict(level.let_go) == {"citations": 3}
    assert level.is_crisp(level.weights("citations"))
    assert not level.is_crisp(level.weights("notebook"))
    assert level.default_value_function == "citations"


def test_the_train_runs_beside_the_same_water() -> None:
    """Level 7 has the currents of level 6 to the last digit, so that a seed is the same water in both."""
    six, seven = chapter(6), chapter(7)
    assert seven.currents == six.currents
    for seed in range(5):
        assert draw_landscape(seven, seed).states[: six.years + 1] == draw_landscape(six, seed).states
    of_six = {(lane.name, lane.tail, lane.head, lane.years, lane.current, lane.light) for lane in six.lanes}
    assert of_six < {(lane.name, lane.tail, lane.head, lane.years, lane.current, lane.light) for lane in seven.lanes}


def test_on_the_train_one_writes_and_ones_own_light_is_worth_more() -> None:
    """The slow train is where one writes, nothing holds on any more, and the water is bright by one's own light."""
    level, notebook = chapter(7), solved(7, "notebook")
    assert [lane.id for lane in level.lanes if lane.writes] == ["slow-train"]
    assert not level.let_go
    assert [value.name for value in level.values] == ["craft", "recognition", "people", "ease", "curiosity"]
    counted = solved(7, "citations").best_plan.lanes
    assert notebook.ladder.step_by_step.value > 60 > 0 > plan_value(notebook.problem, counted)


def test_the_mountain_is_the_largest_and_the_longest() -> None:
    """No shipped level has more places or lanes or years than the mountain, and on it one sees a single lane ahead."""
    mountain = chapter(8)
    others = [card.level for card in level_cards() if card.shipped and card.level not in (None, mountain)]
    assert mountain.sight == 1
    assert not mountain.almanac
    for level in others:
        assert level is not None
        assert len(level.places) < len(mountain.places)
        assert len(level.lanes) < len(mountain.lanes)
        assert level.years < mountain.years


def test_on_the_mountain_one_step_at_a_time_is_what_there_is() -> None:
    """One step at a time leads the best fixed plan by a tenth, and the treasure map adds next to nothing to it."""
    ladder = solved(8).ladder
    assert ladder.step_by_step.value > 1.1 * ladder.best_fixed_plan.value
    assert ladder.optimal.value < 1.03 * ladder.step_by_step.value


def _start(level: Level, current: str | None) -> int:
    return 0 if current is None else level.currents[level.current_index[current]].start
