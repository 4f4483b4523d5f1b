"""The debrief's page about learning: learners begin when it is turned up, and it tells what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest
from hand import Hand
from lives import to_the_end

from game.app import flow
from game.app.jobs import Jobs
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.learning import Curve, LearningPage
from game.app.settings import Settings
from game.app.stage import Stage
from game.files import read_level, shipped_level
from game.house import shipped_levels
from game.session import Session


def looking_back(stage: Stage, name: str) -> tuple[DebriefScreen, LearningPage]:
    """The debrief of a life on a shipped level, with the page about learning turned up."""
    level = read_level(shipped_levels() / f"{name}.toml")
    session = to_the_end(Session(level, 5, level.default_value_function, level.weights()))
    flow.end_life(stage, session)
    screen = stage.screen
    assert isinstance(screen, DebriefScreen)
    Hand(stage).wait(3)
    at = [page.name for page in screen.pages].index("learning")
    screen.turn_to(at)
    page = screen.page
    assert isinstance(page, LearningPage)
    return screen, page


def test_a_small_level_is_learned_when_the_page_is_turned_up(
    make_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lead says how many lives it took, and UP and DOWN go through the numbers of lives."""
    monkeypatch.setattr("game.app.screens.debrief.learning.lives_for", lambda years: 300)
    stage = make_stage()
    screen, page = looking_back(stage, "01_the_first_fork")
    hand = Hand(stage).wait(3)
    assert page.curve is not None
    assert "needs 15 lives to be worth as much as the best fixed plan, and 150 to come within 1 %" in page.lead()
    told = screen.transcript()
    assert "After one life" in told
    assert "After 300 lives: 15.22 in the middle" in told
    hand.wait(80)
    surface = pygame.Surface(stage.size)
    stage.draw(surface)
    chart = next(child for child in page.children if isinstance(child, Curve))
    assert chart.rect.height > 200
    screen.focus_on(chart)
    before = page.point.text_
    hand.key(pygame.K_UP)
    assert page.point.text_ != before
    assert chart.item == len(page.curve.lives) - 2
    hand.move(chart.item_rects(stage)[0].center)
    assert page.point.text_.startswith("After one life")


def test_a_large_level_waits_to_be_asked_where_there_is_no_background(
    make_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work done on the spot would hold up everything, so there is a button; pressed, the learners live."""
    monkeypatch.setattr("game.app.screens.debrief.learning.lives_for", lambda years: 2)
    stage = make_stage()
    screen, page = looking_back(stage, "story/3_forks")
    hand = Hand(stage).wait(10)
    assert page.job is None
    assert "Let them learn" in "".join(child.says() for child in page.children)
    hand.key(pygame.K_TAB, pygame.K_RETURN).wait(3)
    assert page.curve is not None
    assert "did not come to be worth as much" in screen.transcript()


@pytest.fixture
def waiting() -> Iterator[LearningPage]:
    """The page of a life on a stage whose jobs never begin: their queue has no workers."""
    jobs = Jobs(workers=0)
    path = shipped_level("first_fork")
    assert path is not None
    level = read_level(path)
    page = LearningPage(Session(level, 5, "mine", level.weights()), Stage((1280, 720), Settings(), jobs))
    page.fill()
    page.update(0.0)
    yield page
    jobs.close()


def test_it_says_how_far_it_has_come_and_ends_with_the_page(waiting: LearningPage) -> None:
    """While learners live the page tells the part that is done; given up, it ends the work."""
    job = waiting.job
    assert job is not None
    for fraction, told in ((0.37, "Living to learn: 37 %"), (0.5, "Living to learn: 50 %")):
        job._report("learning", fraction)
        waiting.update(0.0)
        assert told in waiting.transcript()
    waiting.leave()
    assert job.done
    assert job.error is not None


def test_a_failure_is_told_in_plain_words(waiting: LearningPage) -> None:
    """Where learning fails the page says why, and how to read it stays."""
    assert waiting.job is not None
    waiting.job._end(error=MemoryError("no room"))
    waiting.update(0.0)
    assert "no room" in waiting.transcript()
    assert "tabular Q-learning" in waiting.transcript()
