"""What people leave: in a folder, in an inbox, taken back, deleted, and never seen by whoever comes next."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from attending import FORK, begun, click, live, widgets
from hand import Hand
from workshop.open_inbox import files, serving, there
from workshop.people import exercise

from game.app import flow
from game.app.action import Action
from game.app.course import Wishes
from game.app.screens.levels import LevelsScreen
from game.app.screens.title import TitleScreen
from game.app.screens.workshop.choosing import ChoosingScreen
from game.app.screens.workshop.reading import ReadingScreen
from game.app.screens.workshop.returning import ReturningScreen
from game.app.screens.workshop.writing import WriteScreen
from game.app.stage import Stage
from game.app.widgets import Button, Text, TextField, Toggle
from game.cli import main
from game.words import say
from game.workshop.contribution import Words
from game.workshop.courier import Inn
from game.workshop.gathering import gather
from game.workshop.notebook import workshop_folder


def test_the_inbox_of_the_room_is_typed_in_where_an_exercise_is_chosen(make_stage: Callable[..., Stage]) -> None:
    """With an address alone one is told how both look; with both the course knows where to send; empty it does not."""
    stage = make_stage()
    hand = Hand(stage)
    label = say("course.choose.card", title=exercise(FORK).title, minutes=45)

    def typed(number: int, text: str) -> None:
        screen = stage.screen
        assert isinstance(screen, ChoosingScreen)
        screen.focus_on([w for w in widgets(stage) if isinstance(w, TextField)][number])
        for char in text:
            hand.key(ord(char))

    def chosen() -> None:
        next(w for w in widgets(stage) if isinstance(w, Button) and w.label == label).press(stage, Action.CONFIRM)

    flow.choose_exercise(stage)
    typed(0, "192.168.1.5")
    chosen()
    assert isinstance(stage.screen, ChoosingScreen)
    assert stage.course is None
    assert any(isinstance(w, Text) and "ABC-DEF" in w.text_ for w in widgets(stage))
    typed(1, "abc-def")
    chosen()
    course = stage.course
    assert course is not None
    assert course.courier.there == Inn("192.168.1.5", 8765, "abc-def")
    course.leave()
    workshop_folder().rename(workshop_folder().with_name("elsewhere"))
    flow.choose_exercise(stage)
    chosen()
    course = stage.course
    assert course is not None
    assert course.courier.there is None


def test_the_next_person_at_the_same_computer_sees_nothing_of_the_one_before(
    make_stage: Callable[..., Stage], tmp_path: Path
) -> None:
    """Asked first whose notebook it is, they begin with an empty one; what still waited is sent, and all is forgotten.

    Deleting one's own leaves what the other has.
    """
    with serving(tmp_path) as server:
        stage = make_stage()
        hand, course = Hand(stage), begun(stage)
        course.write(Words("notes", 0, "for me alone", False))
        course.write(Words("notes", 1, "for all", True))
        course.courier.to(there(server))
        course.notebook.hand_over(course.courier)
        first = course.notebook.contribution
        course.leave()

        course = begun(stage, wishes=Wishes(inn=there(server)))
        assert isinstance(stage.screen, ReturningScreen)
        assert not any(isinstance(w, Text) and "for me" in w.text_ for w in widgets(stage))
        click(stage, hand, say("course.returning.anew"))
        assert course.index == 0
        assert isinstance(stage.screen, ReadingScreen)
        assert course.notebook.empty
        assert course.notebook.contribution.ticket != first.ticket
        assert course.courier.there == there(server)
        end = time.monotonic() + 20
        while not files(tmp_path):
            assert time.monotonic() < end
            time.sleep(0.02)
        (sent,) = gather(tmp_path, exercise(FORK)).contributions
        assert (sent.ticket, [words.text for words in sent.words]) == (first.ticket, ["for all"])

        course.write(Words("notes", 0, "mine", False))
        course.go(len(course.steps))
        click(stage, hand, say("course.closing.forget"))
        click(stage, hand, say("course.closing.sure"))
        (aside,) = (folder for folder in workshop_folder().iterdir() if folder.name != FORK)
        assert not (workshop_folder() / FORK / "notebook.json").exists()
        assert "for me alone" in (aside / "notebook.json").read_text(encoding="utf-8")
        course.close()
        assert main(["workshop", "forget"]) == 0
        assert not workshop_folder().exists()
        assert files(tmp_path) == []


def test_handing_in_taking_back_and_deleting_on_the_closing_page(
    make_stage: Callable[..., Stage], tmp_path: Path
) -> None:
    """The page writes one's own page and the file, takes the file back, and after two presses leaves nothing."""
    stage = make_stage()
    hand, course = Hand(stage), begun(stage, wishes=Wishes(into=tmp_path))
    course.go(2)
    hand.key(pygame.K_s)
    live(stage, hand)
    course.go(len(course.steps))
    click(stage, hand, say("course.closing.page"))
    page = (workshop_folder() / FORK / "my_page.html").read_text(encoding="utf-8")
    assert "Down the Mill" in page
    click(stage, hand, say("course.closing.hand_in"))
    assert len(gather(tmp_path, exercise(FORK)).contributions) == 1
    click(stage, hand, say("course.closing.take_back"))
    assert list(tmp_path.iterdir()) == []
    click(stage, hand, say("course.closing.hand_in"))
    name = course.notebook.contribution.ticket
    click(stage, hand, say("course.closing.forget"))
    assert workshop_folder().exists()
    click(stage, hand, say("course.closing.sure"))
    assert not workshop_folder().exists()
    assert list(tmp_path.iterdir()) == []
    assert course.notebook.contribution.ticket != name


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_files_are_handed_in_before_the_debrief(make_stage: Callable[..., Stage], tmp_path: Path, scale: float) -> None:
    """At the page to write on there is a button; it tells where the file is, which holds the ticked line just typed."""
    stage = make_stage(text_scale=scale)
    hand, course = Hand(stage), begun(stage, wishes=Wishes(into=tmp_path))
    course.go(next(i for i, step in enumerate(course.steps) if step.kind == "write"))
    assert any(step.kind == "debrief" for step in course.steps[course.index :])
    screen = stage.screen
    assert isinstance(screen, WriteScreen)
    screen.focus_on(next(w for w in widgets(stage) if isinstance(w, TextField)))
    for char in "it shone":
        hand.key(ord(char))
    hand.key(pygame.K_TAB, pygame.K_RETURN)
    click(stage, hand, say("course.closing.hand_in"))
    (made,) = gather(tmp_path, exercise(FORK)).contributions
    assert [words.text for words in made.words] == ["it shone"]
    (path,) = tmp_path.glob("*.json")
    assert str(path) in screen.told.text_
    stage.draw(pygame.Surface(stage.size))
    assert screen.pane.rect.contains(screen.told.rect)
    assert isinstance(screen.focused, Button)


def test_an_inbox_gets_what_is_handed_in_as_one_goes(make_stage: Callable[..., Stage], tmp_path: Path) -> None:
    """Nothing is sent without the tick; with it the life is in the inbox soon after its end, and can be taken back."""
    with serving(tmp_path) as server:
        stage = make_stage()
        hand, course = Hand(stage), begun(stage, wishes=Wishes(inn=there(server)))
        toggle = next(w for w in widgets(stage) if isinstance(w, Toggle))
        assert not toggle.on
        course.go(2)
        hand.key(pygame.K_s)
        live(stage, hand)
        assert files(tmp_path) == []
        course.go(0)
        toggle = next(w for w in widgets(stage) if isinstance(w, Toggle))
        toggle.click(stage, (0, 0))
        course.settle()
        end = time.monotonic() + 20
        while not files(tmp_path):
            assert time.monotonic() < end
            time.sleep(0.02)
        (made,) = gather(tmp_path, exercise(FORK)).contributions
        assert [life.step for life in made.lives] == ["fork_life"]
        course.take_back()
        assert files(tmp_path) == []
        course.leave()
        assert isinstance(stage.screen, TitleScreen)
        flow.go_to_levels(stage)
        assert isinstance(stage.screen, LevelsScreen)
