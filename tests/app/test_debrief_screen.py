"""Using the debrief: by keys alone and by mouse alone, at any moment, with drawing that changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from debrief_cases import done, lived, shown
from hand import Hand

from game.app import flow
from game.app.action import Action
from game.app.draw.palette import contrast
from game.app.jobs import Jobs
from game.app.keeping import keep_run
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.again import AgainPage, Forks
from game.app.screens.debrief.graph import Bars, Columns
from game.app.screens.debrief.page import Card
from game.app.screens.debrief.turning import Dots
from game.app.screens.transcript import TranscriptScreen
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.widgets import Button


def pixels(stage: Stage) -> bytes:
    """The frame as it stands."""
    surface = pygame.Surface(stage.size)
    stage.draw(surface)
    return pygame.image.tobytes(surface, "RGB")


def widget(screen: DebriefScreen, kind: type) -> object:
    """The first widget of a kind on the page turned up, or below it."""
    return next(w for w in (*screen.page.children, *screen.widgets) if isinstance(w, kind))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What was asked of the way through the game, in order."""
    calls: list[tuple[object, ...]] = []
    for name in ("same_water", "new_water", "from_fork", "go_to_levels", "go_to_title", "go_to_set_off", "show_help"):
        monkeypatch.setattr(flow, name, lambda stage, *rest, name=name, **named: calls.append((name, *rest[1:], named)))
    return calls


def test_arrows_turn_the_pages(stage: Stage) -> None:
    """Right and left go through all nine pages and stop at the ends; numbers turn to a page at once."""
    screen = shown(stage, "grad")
    hand = Hand(stage)
    seen = [screen.page.name]
    for _ in range(9):
        hand.key(pygame.K_RIGHT)
        seen.append(screen.page.name)
    pages = ["life", "bets", "choice", "ladder", "plans", "commitment", "treasure", "learning", "again"]
    assert seen == [*pages, "again"]
    hand.key(pygame.K_LEFT)
    assert screen.page.name == "learning"
    hand.key(pygame.K_1)
    assert screen.page.name == "life"
    hand.key(pygame.K_9)
    assert screen.page.name == "again"


def test_the_pointer_turns_the_pages(stage: Stage) -> None:
    """The buttons and the dots turn pages by clicks alone."""
    screen = shown(stage, "grad")
    hand = Hand(stage)
    forward = next(w for w in screen.widgets if isinstance(w, Button))
    hand.click(forward.rect.center)
    assert screen.index == 1
    dots = widget(screen, Dots)
    assert isinstance(dots, Dots)
    hand.click((dots.rect.left + dots.rect.width * 4.5 / 9, dots.rect.centery))
    assert screen.page.name == "plans"


def test_this_very_life_is_one_key_or_click_away(stage: Stage) -> None:
    """M and a click on its button switch between the average and this very life, and back."""
    screen = shown(stage, "grad")
    screen.turn_to(4)
    hand = Hand(stage)
    hand.key(pygame.K_m)
    assert "In this very life" in screen.page.lead()
    button = next(w for w in screen.page.children if isinstance(w, Button))
    hand.click(button.rect.center)
    assert "In this very life" not in screen.page.lead()


def test_keys_look_at_every_rung(stage: Stage) -> None:
    """Down focuses the ladder and goes through its rungs; the one looked at is told with its name in the field."""
    screen = shown(stage, "grad")
    screen.turn_to(3)
    hand = Hand(stage)
    hand.key(pygame.K_DOWN)
    bars = screen.focused
    assert isinstance(bars, Bars)
    fields = set()
    for _ in range(bars.items):
        fields.add(screen.page.field.text_)  # type: ignore[attr-defined]
        hand.key(pygame.K_DOWN)
    for _ in range(2 * bars.items):
        if screen.focused is bars:
            fields.add(screen.page.field.text_)  # type: ignore[attr-defined]
        hand.key(pygame.K_UP)
    assert "In the field: perfect-information bound." in fields
    assert "In the field: myopic, greedy." in fields


def test_the_pointer_looks_at_what_it_is_over(stage: Stage) -> None:
    """Moving over a rung tells of it, moving over a year shows it on the map."""
    screen = shown(stage, "grad")
    hand = Hand(stage)
    columns = widget(screen, Columns)
    assert isinstance(columns, Columns)
    hand.move(columns.item_rects(stage)[4].center).wait(1)
    assert columns.item == 4
    assert "Year 5" in screen.page.told.text_  # type: ignore[attr-defined]
    screen.turn_to(3)
    bars = widget(screen, Bars)
    assert isinstance(bars, Bars)
    hand.move(bars.item_rects(stage)[0].center).wait(1)
    assert "Hindsight" in screen.page.rung_name.text_  # type: ignore[attr-defined]


def test_the_whole_life_can_be_read_and_copied(stage: Stage) -> None:
    """L on any page shows the life year by year and every page as one text, which one button copies whole."""
    copied: list[str] = []
    stage.copy_text = copied.append
    screen, hand = shown(stage, "grad"), Hand(stage)
    hand.wait(3).key(pygame.K_l)
    text = stage.screen
    assert isinstance(text, TranscriptScreen)
    text.copy()
    assert copied == [text.text_]
    for page in screen.pages:
        assert page.title() in copied[0]
    for leg in screen.session.record.legs:
        assert screen.session.level.lane(leg.lane).name in copied[0]
    hand.key(pygame.K_l)
    assert stage.screen is screen


def test_every_way_on_can_be_taken(stage: Stage, asked: list[tuple[object, ...]]) -> None:
    """Again: same water, new water, another value function, levels, title and a fork are asked for as chosen."""
    screen = shown(stage, "grad")
    screen.turn_to(8)
    cards = [w for w in screen.page.children if isinstance(w, Card)]
    hand = Hand(stage)
    for card in cards:
        screen.focus_on(card)
        hand.click(card.rect.center)
        if stage.screen is not screen:
            hand.key(pygame.K_ESCAPE)
    assert [call[0] for call in asked] == ["same_water", "new_water", "go_to_set_off", "go_to_levels"]
    assert asked[2][-1] == {"seed": 5, "value_function": "citations"}


def test_a_fork_is_chosen_by_keys_and_by_clicks(stage: Stage, asked: list[tuple[object, ...]]) -> None:
    """The forks of the life are chosen with up and down or by a click, and gone on from with Enter or the button."""
    screen = shown(stage, "grad")
    screen.turn_to(8)
    page = screen.page
    assert isinstance(page, AgainPage)
    forks = next(w for w in page.children if isinstance(w, Forks))
    screen.focus_on(forks)
    hand = Hand(stage)
    hand.key(pygame.K_DOWN, pygame.K_RETURN)
    hand.click(forks.item_rects(stage)[0].center)
    hand.click(next(w for w in page.children if type(w) is Button).rect.center)
    assert [call[:2] for call in asked] == [("from_fork", page.forks[1]), ("from_fork", page.forks[0])]


def test_a_marked_fork_can_be_gone_on_from(stage: Stage, asked: list[tuple[object, ...]]) -> None:
    """A fork marked under choice and luck leads back to it when it is chosen with Enter."""
    screen = shown(stage, "long names")
    screen.turn_to(2)
    hand = Hand(stage)
    hand.key(pygame.K_TAB, pygame.K_RETURN)
    session, solution = lived("long names")
    from game.debrief import debrief

    marked = debrief(session, solution).choice_and_luck
    assert marked is not None
    assert asked == [("from_fork", marked.marked[0], {})]


def test_escape_leads_to_the_last_page_and_then_out(stage: Stage, asked: list[tuple[object, ...]]) -> None:
    """Esc never throws a life away at once: it turns to the last page, and from there to the levels."""
    screen = shown(stage, "grad")
    hand = Hand(stage)
    hand.key(pygame.K_ESCAPE)
    assert screen.page.name == "again"
    hand.key(pygame.K_ESCAPE, pygame.K_h)
    assert [call[0] for call in asked] == ["go_to_levels", "show_help"]


def test_the_life_is_kept_and_the_page_says_where(make_stage: Callable[..., Stage], tmp_path: Path) -> None:
    """With a home the life is written into it, and the last page names the file."""
    stage = make_stage()
    stage.home = tmp_path
    screen = shown(stage, "grad")
    screen.turn_to(8)
    kept = keep_run(stage, screen.session)
    assert kept is not None
    assert kept.exists()
    assert str(kept) in screen.transcript()


def test_graphs_grow_unless_motion_is_reduced(make_stage: Callable[..., Stage]) -> None:
    """A page's graphs grow from nothing within a second; with reduced motion they are there at once."""
    stage = make_stage()
    screen = shown(stage, "grad")
    screen.turn_to(3)
    assert screen.page.progress == 0
    Hand(stage).wait(60)
    assert screen.page.progress == 1
    still = make_stage(reduced_motion=True)
    screen = shown(still, "grad")
    screen.turn_to(3)
    assert screen.page.progress == 1


def test_drawing_changes_nothing(stage: Stage) -> None:
    """Every page drawn twice gives the same pixels, growing or grown."""
    screen = shown(stage, "grad")
    hand = Hand(stage)
    for index in range(8):
        screen.turn_to(index)
        hand.wait(10)
        assert pixels(stage) == pixels(stage)


@pytest.mark.parametrize("mood", ["auto", "day", "dusk"])
def test_titles_can_be_read_on_the_sky(make_stage: Callable[..., Stage], mood: str) -> None:
    """Behind every letter of title and lead the sky is dark enough: a contrast of 4.5 and more."""
    stage = make_stage(palette=mood, reduced_motion=True)
    screen = shown(stage, "grad")
    for index in range(8):
        screen.turn_to(index)
        page = screen.page
        texts = page._title, page._lead
        for text in texts:
            text.text_ = ""
        surface = pygame.Surface(stage.size)
        screen.draw(surface)
        for text, said in zip(texts, (page.title(), page.lead()), strict=True):
            text.text_ = said
            lines = text.lines(stage, text.rect.width)
            wide = max(stage.type.width(line, text.text_size, text.weight) for line in lines)
            for x in range(text.rect.left, text.rect.left + wide, 7):
                for y in range(text.rect.top + 4, text.rect.bottom - 4, 5):
                    behind = surface.get_at((x, y))[:3]
                    assert contrast(stage.palette.foam, behind) >= 4.5, (page.name, x, y, behind)


def test_a_small_window_scrolls_to_everything(make_stage: Callable[..., Stage]) -> None:
    """At 800×450 with the largest letters the wheel and the keys reach the foot of every page."""
    stage = make_stage((800, 450), text_scale=2.0)
    screen = shown(stage, "grad")
    hand = Hand(stage)
    for index in range(8):
        screen.turn_to(index)
        hand.wheel((400, 200), -3)
        assert screen.page.offset > 0
        hand.key(pygame.K_END)
        assert screen.page.offset == screen.page.most > 0
        hand.key(pygame.K_HOME)
        assert screen.page.offset == 0


def test_what_is_focused_comes_into_view(make_stage: Callable[..., Stage]) -> None:
    """Going through a page with Tab and through a graph with Down keeps what is looked at inside the window."""
    stage = make_stage((800, 450), text_scale=2.0, reduced_motion=True)
    screen = shown(stage, "grad")
    screen.turn_to(3)
    hand = Hand(stage)
    hand.key(pygame.K_TAB)
    bars = screen.focused
    assert isinstance(bars, Bars)
    for _ in range(bars.items - bars.item - 1):
        hand.key(pygame.K_DOWN)
        band = bars.item_rect(stage)
        assert screen.page.rect.top <= band.top
        assert band.bottom <= screen.page.rect.bottom


def test_resizing_in_the_middle_keeps_the_page(stage: Stage) -> None:
    """A new window size lays the same page out anew, with what was looked at still looked at."""
    screen = shown(stage, "grad")
    screen.turn_to(3)
    Hand(stage).key(pygame.K_DOWN, pygame.K_DOWN)
    item = screen.focused.item  # type: ignore[union-attr]
    for size in ((800, 450), (1920, 1080), (640, 360), (700, 1200)):
        stage.resize(size)
        stage.update()
        pixels(stage)
        assert screen.page.name == "ladder"
        assert screen.focused.item == item  # type: ignore[union-attr]


@pytest.mark.slow
def test_a_thousand_random_errands_do_no_harm(stage: Stage, asked: list[tuple[object, ...]]) -> None:
    """Keys, clicks, wheels and sizes in any order raise nothing on any page."""
    chance = random.Random(7)
    keys = [pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_TAB, pygame.K_RETURN, pygame.K_m]
    keys += [pygame.K_PAGEDOWN, pygame.K_PAGEUP, pygame.K_END, pygame.K_HOME, pygame.K_3, pygame.K_9, pygame.K_ESCAPE]
    shown(stage, "long names")
    hand = Hand(stage)
    for k in range(1000):
        what = chance.random()
        spot = (chance.random() * stage.size[0], chance.random() * stage.size[1])
        if what < 0.6:
            hand.key(chance.choice(keys))
        elif what < 0.85:
            hand.click(spot)
        elif what < 0.97:
            hand.wheel(spot, chance.choice((-2, 2)))
        else:
            stage.resize(chance.choice(((1280, 720), (800, 450), (640, 360), (1600, 900))))
        if k % 50 == 0:
            pixels(stage)
    assert isinstance(stage.screen, DebriefScreen)


def test_the_pages_come_from_another_process() -> None:
    """With real background work the debrief is put together in another process, and the window never waits for it."""
    stage = Stage((1280, 720), Settings(), Jobs())
    try:
        session, solution = lived("grad")
        screen = DebriefScreen(session, done(solution))
        stage.reset(screen)
        screen.turn_to(3)
        assert "being worked out" in screen.transcript()
        job = screen._debrief_job
        assert job is not None
        clock = pygame.time.Clock()
        for _ in range(600):
            stage.update()
            if "33.12" in screen.transcript():
                break
            clock.tick(60)
        assert job.error is None
        assert "One step at a time: 33.12" in screen.transcript()
    finally:
        stage.quit()
        stage.jobs.close()


def test_leaving_gives_up_the_work(stage: Stage) -> None:
    """A debrief that is left gives up work that nobody will see, and leaves the solver's own job alone."""
    screen = shown(stage, "grad")
    stage.quit()
    assert not stage.running
    assert screen.solution_job.error is None


def test_actions_nobody_wants_are_harmless(stage: Stage) -> None:
    """Every action there is can be pressed on every page."""
    screen = shown(stage, "one lane")
    for index in range(8):
        for action in Action:
            if action not in (Action.BACK, Action.HELP, Action.SETTINGS, Action.CONFIRM, Action.LIST):
                screen.turn_to(index)
                screen.press(action)
    assert stage.screen is screen


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_click_saves_the_picture_of_every_page(
    make_stage: Callable[..., Stage], tmp_path: Path, scale: float
) -> None:
    """Below every page stands a button with the key that saves its picture; a click on it leaves the file."""
    stage = make_stage(text_scale=scale, reduced_motion=True)
    stage.home = tmp_path
    screen = shown(stage, "grad")
    hand = Hand(stage)
    for page in range(len(screen.pages)):
        screen.turn_to(page)
        hand.wait(1)
        button = next(each for each in screen.widgets if isinstance(each, Button) and each.key is Action.SAVE)
        before = len(list(tmp_path.rglob("*.png")))
        hand.click(button.rect.center)
        assert len(list(tmp_path.rglob("*.png"))) > before
