"""An evening: people in turn in the same water, each by their own light, and all lives on one map without an order."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from hand import Hand
from lives import to_the_end

from game.app import flow
from game.app.draw.paths import DASHES, path_colours
from game.app.evening import Evening, begin_evening, show_together
from game.app.screens.debrief import DebriefScreen
from game.app.screens.drive import DriveScreen
from game.app.screens.levels import LevelsScreen
from game.app.screens.lives_together import LivesTogetherScreen, life_note
from game.app.screens.set_off import SetOffScreen
from game.app.screens.together import HandOverSheet, InviteSheet
from game.app.stage import Stage
from game.app.widgets import Button, Choice, TextField, Widget
from game.files import level_from_text, read_run
from game.model import Level

LEVEL = """
format = 1
title = "Two springs"
about = "A short way."
years = 3
start = "a"
[values]
craft = "Work"
people = "Company"
[value_functions]
mine = { craft = 1 }
theirs = { people = 1 }
[currents.river]
states = ["dry", "flow"]
stay = 0.6
[places.a]
at = [0, 0]
[places.b]
at = [4, -1]
[places.c]
at = [4, 2]
[[lanes]]
id = "up"
from = "a"
to = "b"
current = "river"
light = { craft = [1, 3] }
[[lanes]]
id = "down"
from = "a"
to = "c"
light = { people = 2 }
[[lanes]]
id = "stay-b"
from = "b"
to = "b"
light = { craft = 1 }
[[lanes]]
id = "stay-c"
from = "c"
to = "c"
light = { people = 1.5 }
"""


@pytest.fixture
def level() -> Level:
    """A level on which two ideas of light part at the first fork."""
    return level_from_text(LEVEL)


@pytest.fixture
def evening_stage(stage: Stage, level: Level, own_home: Path) -> Stage:
    """A stage before setting off on the level, with a home for runs."""
    stage.home = own_home
    flow.go_to_set_off(stage, level, seed=11)
    Hand(stage).wait(5)
    return stage


def button(stage: Stage, text: str) -> Widget:
    """A button of the top screen by its label, wherever on it."""
    screen = stage.screen
    children = [*screen.widgets, *getattr(getattr(screen, "pane", None), "children", ())]  # type: ignore[union-attr]
    children += getattr(getattr(screen, "page", None), "children", [])
    return next(w for w in children if isinstance(w, Button) and w.label == text)


def live_by_keys(stage: Stage, first: int) -> None:
    """Sets off, takes the lane with a number and then the only one there is, and goes on when the life rests."""
    hand = Hand(stage)
    assert isinstance(stage.screen, SetOffScreen)
    hand.key(pygame.K_s).wait(5)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    hand.key(first).wait(30)
    while not drive.session.finished:
        hand.key(pygame.K_1, pygame.K_s).wait(30)
    for _ in range(60):
        if stage.screen is not drive:
            break
        hand.key(pygame.K_s).wait(20)
    assert stage.screen is not drive


def test_two_people_live_in_one_water_by_keys_alone(evening_stage: Stage) -> None:
    """From setting off to both lives on one map by keyboard: names, turns, value functions, a run file each."""
    stage = evening_stage
    hand, screen = Hand(stage), stage.screen
    assert isinstance(screen, SetOffScreen)
    screen.focus_on(button(stage, "Several people, one after another"))
    hand.key(pygame.K_RETURN)
    sheet = stage.screen
    assert isinstance(sheet, InviteSheet)
    assert len(set(sheet.pseudonyms)) == 4
    sheet.focus_on(next(w for w in sheet.pane.children if isinstance(w, TextField)))
    hand.key(*map(ord, "ada"))
    assert sheet.names == ("ada", sheet.pseudonyms[1])
    sheet.focus_on(button(stage, "Begin"))
    hand.key(pygame.K_RETURN).wait(5)
    first = stage.screen
    assert isinstance(first, SetOffScreen)
    assert "ada, it is your turn: 1 of 2" in first.transcript()
    assert "Several people" not in first.transcript()
    live_by_keys(stage, pygame.K_1)
    between = stage.screen
    assert isinstance(between, HandOverSheet)
    assert f"{sheet.pseudonyms[1]}, your turn" in between.transcript()
    # Nothing of the first life is told to the second.
    assert not re.search(r"\d", between.transcript().replace(sheet.pseudonyms[1], ""))
    hand.key(pygame.K_RETURN).wait(5)
    second = stage.screen
    assert isinstance(second, SetOffScreen)
    assert second.seed == 11
    whose = next(w for w in second.pane.children if isinstance(w, Choice))
    second.focus_on(whose)
    hand.key(pygame.K_RIGHT)
    assert second.value_function == "theirs"
    live_by_keys(stage, pygame.K_2)
    together = stage.screen
    assert isinstance(together, LivesTogetherScreen)
    one, two = together.evening.lives
    assert one.landscape == two.landscape
    assert (one.record.lanes[0], two.record.lanes[0]) == ("up", "down")
    told = together.transcript()
    assert "ada: a → b → b → b" in told
    assert f"{sheet.pseudonyms[1]}: a → c → c → c" in told
    assert life_note(two) == "5 light, as “theirs” counts it. craft: 0, people: 5"
    assert stage.home is not None
    runs = [read_run(file) for file in sorted((stage.home / "runs").glob("*.json"))]
    assert sorted((run.seed, run.value_function) for run in runs) == [(11, "mine"), (11, "theirs")]
    assert "ada" not in "".join(file.read_text(encoding="utf-8") for file in (stage.home / "runs").glob("*.json"))


def ended(level: Level, people: int = 3) -> Evening:
    """An evening that is over, with a life each that went up, down, up, …."""
    from game.session import Session

    names = ("river otter", "quiet heron", "mossy vole", "late swift")[:people]
    evening = Evening(level, 4, names)
    for k in range(people):
        name = ("mine", "theirs")[k % 2]
        session = Session(level, 4, name, level.weights(name))
        session.choose(("up", "down")[k % 2])
        evening.add(to_the_end(session))
    return evening


def test_the_lives_stand_in_the_order_of_the_turns_and_without_a_rank(stage: Stage, level: Level) -> None:
    """Cards come as the turns came, whoever had more light, and no word on the page compares them."""
    stage.evening = ended(level)
    show_together(stage)
    screen = stage.screen
    assert isinstance(screen, LivesTogetherScreen)
    Hand(stage).wait(5)
    told = screen.transcript()
    assert [told.index(name) for name in ("river otter", "quiet heron", "mossy vole")] == sorted(
        told.index(name) for name in ("river otter", "quiet heron", "mossy vole")
    )
    assert not re.search(r"\b(best|winner|won|first place|rank|more than|less than|1st|score)\b", told)
    assert stage.evening is None


def test_a_life_is_looked_back_on_by_a_click_and_the_map_shows_whose_it_is(stage: Stage, level: Level) -> None:
    """The card under the pointer makes its way stand out; a click lays its debrief over all, and BACK comes home."""
    stage.evening = ended(level)
    show_together(stage)
    screen = stage.screen
    assert isinstance(screen, LivesTogetherScreen)
    assert screen.page is not None
    hand = Hand(stage).wait(60)
    surface = pygame.Surface(stage.size)
    stage.draw(surface)
    plain = pygame.image.tobytes(surface.subsurface(screen.page.paths.rect), "RGB")
    card = screen.page.cards[1]
    hand.move(card.rect.center).wait(1)
    assert screen.page.paths.looked_at == 1
    stage.draw(surface)
    assert pygame.image.tobytes(surface.subsurface(screen.page.paths.rect), "RGB") != plain
    hand.click(card.rect.center)
    debrief = stage.screen
    assert isinstance(debrief, DebriefScreen)
    assert debrief.session is screen.evening.lives[1]
    hand.wait(3)
    stage.pop()
    assert stage.screen is screen


def test_people_may_stop_early_and_the_list_ends_an_evening(evening_stage: Stage, level: Level) -> None:
    """After a turn one may say that it is enough; going to the list of levels forgets who was to come."""
    stage = evening_stage
    begin_evening(stage, Evening(level, 11, ("a", "b", "c")))
    Hand(stage).wait(3)
    live_by_keys(stage, pygame.K_1)
    assert isinstance(stage.screen, HandOverSheet)
    Hand(stage).key(pygame.K_ESCAPE).wait(3)
    together = stage.screen
    assert isinstance(together, LivesTogetherScreen)
    assert len(together.evening.lives) == 1
    Hand(stage).key(pygame.K_s).wait(3)
    assert isinstance(stage.screen, SetOffScreen)
    assert stage.evening is not None
    assert stage.evening.names == ("a", "b", "c")
    flow.go_to_levels(stage)
    assert isinstance(stage.screen, LevelsScreen)
    assert stage.evening is None


def test_by_mouse_alone(evening_stage: Stage) -> None:
    """Inviting, choosing how many, and beginning are clicks; four people get four fields."""
    stage = evening_stage
    hand, screen = Hand(stage), stage.screen
    assert isinstance(screen, SetOffScreen)
    invite = button(stage, "Several people, one after another")
    screen.focus_on(invite)
    stage.draw(pygame.Surface(stage.size))
    hand.click(invite.rect.center)
    sheet = stage.screen
    assert isinstance(sheet, InviteSheet)
    choice = next(w for w in sheet.pane.children if isinstance(w, Choice))
    segments = choice._segments(stage, choice.rect.width)
    hand.click(segments[2].move(choice.rect.topleft).center)
    assert sheet.people == 4
    assert len([w for w in sheet.pane.children if isinstance(w, TextField)]) == 4
    hand.click(button(stage, "Begin").rect.center).wait(3)
    assert stage.evening is not None
    assert len(stage.evening.names) == 4


@pytest.mark.parametrize("size", [(1280, 720), (800, 450)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_can_be_reached(
    make_stage: Callable[..., Stage], level: Level, size: tuple[int, int], scale: float
) -> None:
    """In small windows and large letters the buttons stay in the window and the page scrolls to its end."""
    stage = make_stage(size, text_scale=scale)
    stage.evening = ended(level, 4)
    show_together(stage)
    screen = stage.screen
    assert isinstance(screen, LivesTogetherScreen)
    assert screen.page is not None
    Hand(stage).wait(3)
    stage.draw(pygame.Surface(stage.size))
    assert all(stage.size[0] >= widget.rect.right and stage.size[1] >= widget.rect.bottom for widget in screen.foot)
    last = screen.page.cards[-1]
    screen.focus_on(last)
    assert screen.page.rect.contains(last.rect) or last.rect.height > screen.page.rect.height


def test_ways_are_told_apart_by_more_than_colour() -> None:
    """Each of four ways has dashes of its own and a colour of its own."""
    from game.app.draw.palette import DAY, DUSK, ROSE

    assert len(set(DASHES)) == 4
    for palette in (DAY, DUSK, ROSE):
        assert len(set(path_colours(palette))) == 4


def test_an_evening_awaits_only_its_own_water(level: Level) -> None:
    """A life in other water, on another level or after the last turn is no turn."""
    evening = Evening(level, 4, ("a", "b"))
    assert evening.awaits(level, 4)
    assert not evening.awaits(level, 5)
    assert not evening.awaits(level_from_text(LEVEL.replace("years = 3", "years = 2")), 4)
    assert not ended(level, 2).awaits(level, 4)
