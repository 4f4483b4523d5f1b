"""The treasure map's page: every year by keys, pointer and play, both its sides, and honest words where it is none."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from debrief_cases import done, lived, shown
from hand import Hand
from known_levels import golden
from lives import to_the_end

from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.figures import figure
from game.app.screens.debrief.the_treasure_map import TreasureMapPage
from game.app.stage import Stage
from game.debrief import debrief
from game.session import Session
from game.solver import solve, soundings

PAGE = 6


def opened(stage: Stage, name: str = "grad") -> tuple[DebriefScreen, TreasureMapPage]:
    """The page of a case, turned up."""
    screen = shown(stage, name)
    screen.turn_to(PAGE)
    assert isinstance(screen.page, TreasureMapPage)
    return screen, screen.page


def test_the_page_says_what_the_solver_says(stage: Stage) -> None:
    """Every place of every year stands in the transcript with the light the treasure map still sees there."""
    session, solution = lived("grad")
    screen, page = opened(stage)
    said = screen.transcript()
    found = soundings(solution.treasure_map, session.landscape)  # type: ignore[arg-type]
    for year in range(session.level.years):
        for place, sounding in found.years[year].items():
            assert f"{session.level.place(place).label} {figure(sounding.here)}" in said
    assert figure(solution.ladder.optimal.value) in page.lead()
    assert f"{found.situations:,}" in said
    told = debrief(session, solution).choice_and_luck
    assert told is not None
    for decision in told.decisions:
        page.rail.look(decision.year)
        assert figure(decision.value) in page.told.text_


def test_the_years_go_by_keys_pointer_and_play(stage: Stage) -> None:
    """UP and DOWN, a drag along the rail, and the play button move the years; play stops at the last one."""
    screen, page = opened(stage)
    hand = Hand(stage)
    hand.key(pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN)
    assert page.rail.item == page.map.year == 2
    hand.key(pygame.K_UP)
    assert page.map.year == 1
    spots = page.rail.item_rects(stage)
    stage.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=spots[4].center, button=1))
    assert page.map.year == 4
    stage.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=spots[6].center, rel=(0, 0), buttons=(1, 0, 0)))
    assert page.map.year == 6
    stage.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=spots[6].center, button=1))
    stage.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=spots[0].center, rel=(0, 0), buttons=(0, 0, 0)))
    assert page.map.year == 6
    hand.click(page.play.rect.center)
    assert page.playing
    assert page.map.year == 0
    seen = set()
    for _ in range(60 * 20):
        hand.wait(1)
        seen.add(page.map.year)
    assert seen == set(range(page.rail.items))
    assert not page.playing
    screen.focus_on(page.rail)
    hand.key(pygame.K_RETURN)
    assert page.playing


def test_the_other_side_is_the_average(stage: Stage) -> None:
    """One key shows what is to be expected as of the first year, and says which of the two is shown."""
    session, solution = lived("grad")
    _, page = opened(stage)
    found = soundings(solution.treasure_map, session.landscape)  # type: ignore[arg-type]
    here = page.defined.text_
    Hand(stage).key(pygame.K_m)
    assert page.defined.text_ != here
    for year in range(session.level.years):
        for place, sounding in found.years[year].items():
            assert page.map.value(year, place) == sounding.expected
    assert page.map.frame().plan == ()
    Hand(stage).key(pygame.K_m)
    assert page.defined.text_ == here
    assert page.map.frame().plan


@pytest.mark.parametrize(("size", "text"), [((1280, 720), 1.0), ((1280, 720), 2.0), ((800, 450), 1.25)])
def test_figures_stay_on_the_map(make_stage: Callable[..., Stage], size: tuple[int, int], text: float) -> None:
    """At every size the brightest place has its figure, all lie inside the picture, and none hides most of another."""
    stage = make_stage(size, text_scale=text)
    _, page = opened(stage)
    for year in range(page.rail.items):
        page.rail.look(year)
        Hand(stage).wait(2)
        pills = page.map.pills(stage)
        assert page.map.brightest(year) in pills
        assert all(page.map.rect.contains(pill) for pill in pills.values())
        rects = list(pills.values())
        for k, one in enumerate(rects):
            for other in rects[k + 1 :]:
                both = one.clip(other)
                assert both.width * both.height < 0.5 * one.width * one.height
        frame = pygame.Surface(stage.size)
        stage.draw(frame)


def test_a_map_that_does_not_fit_is_declined_in_words(stage: Stage) -> None:
    """Where the map is too large the page says how large it would be, and shows no figure."""
    screen = shown(stage, "sampled")
    screen.turn_to(PAGE)
    said = screen.transcript()
    assert "too large to draw" in said
    assert lived("sampled")[1].declined in said


def test_limited_sight_is_defined_on_the_page(stage: Stage) -> None:
    """With limited sight the page says for whose knowledge its figures are, on both sides."""
    level = golden("fog")
    session = to_the_end(Session(level, 3, level.default_value_function, level.weights()))
    screen = DebriefScreen(session, done(solve(level, level.weights(), hindsight_samples=50)))
    stage.reset(screen)
    screen.turn_to(PAGE)
    assert "With limited sight that depends on what was seen on the way." in screen.transcript()
    Hand(stage).key(pygame.K_m)
    assert "With limited sight that depends on what was seen on the way." in screen.transcript()


@pytest.mark.parametrize("size", [(1280, 720), (640, 360)])
def test_figures_give_way_in_order_of_importance(make_stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    """In large text the brightest place keeps its figure, and so does the one where the life stood, in every year."""
    stage = make_stage(size, text_scale=2.0)
    _, page = opened(stage)
    Hand(stage).wait(3)
    stage.draw(pygame.Surface(stage.size))
    record = page.session.record
    for year, found in enumerate(page.soundings.years):
        page.rail.look(year)
        Hand(stage).wait(70)
        stage.draw(pygame.Surface(stage.size))
        ranked = sorted(found, key=page.map._rank)
        assert ranked[0] == page.map.brightest(year)
        stood = [leg.before.place for leg in record.legs if leg.before.year == year]
        assert [place for place in stood if place not in ranked[:2]] == []
        pills = page.map.pills(stage)
        assert [place for place in (ranked[0], *stood) if place not in pills] == []
        ways = {lane.head for place in stood for lane in page.session.level.lanes_from[place]}
        first = [place for place in ranked if place in {ranked[0], *stood, *ways}]
        assert not stood or ranked[: len(first)] == first
