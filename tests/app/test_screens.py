"""The screens before the drive, by keyboard alone and by mouse alone, as a person would go through them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from hand import Hand

from game.app import flow
from game.app.action import NUMBERS, Action
from game.app.screens.help import HelpScreen
from game.app.screens.levels import ContentNoteScreen, LevelsScreen, ProblemsScreen
from game.app.screens.set_off import SetOffScreen, flowing
from game.app.screens.settings import SettingsScreen
from game.app.screens.title import TitleScreen
from game.app.stage import Stage
from game.app.widgets import Button, Choice, Form, Toggle
from game.files import read_level
from game.house import shipped_levels
from game.session import Session

FILES = sorted(shipped_levels().glob("*.toml"))
FIRST, LONG = read_level(FILES[0]), read_level(FILES[1])


def button(form: Form, label: str) -> Button:
    """The button with this beginning of a label."""
    return next(w for w in form._all() if isinstance(w, Button) and w.label.startswith(label))


def at_title(stage: Stage) -> Hand:
    """A hand at the title, with the levels read."""
    stage.push(TitleScreen())
    return Hand(stage).wait(5)


def test_enter_at_the_title_goes_to_the_first_level(stage: Stage) -> None:
    """One key press at the title leads before the first level that there is."""
    at_title(stage).key(pygame.K_RETURN)
    assert isinstance(stage.screen, SetOffScreen)
    assert stage.screen.level.title == FIRST.title


def test_enter_before_the_levels_are_read_is_not_lost(stage: Stage) -> None:
    """Somebody quicker than the disk still gets to the level, as soon as it has been read."""
    stage.shown = False
    stage.push(TitleScreen())
    hand = Hand(stage).key(pygame.K_RETURN)
    assert isinstance(stage.screen, TitleScreen)
    stage.shown = True
    hand.wait(3)
    assert isinstance(stage.screen, SetOffScreen)


def test_play_remembers_the_level_played_last(stage: Stage) -> None:
    """After another level was opened, Play begins that one."""
    flow.go_to_set_off(stage, LONG, FILES[1])
    flow.go_to_title(stage)
    Hand(stage).wait(5).key(pygame.K_RETURN)
    assert isinstance(stage.screen, ContentNoteScreen)
    assert stage.screen.level.title == LONG.title


@pytest.mark.parametrize("by", ["keys", "mouse"])
def test_from_title_to_a_level_and_back(stage: Stage, by: str) -> None:
    """Title, levels, content note, before setting off, and back again: by keys alone, and by mouse alone."""
    hand = at_title(stage)

    def press(label: str, key: int) -> None:
        assert isinstance(stage.screen, Form)
        if by == "keys":
            hand.key(key)
        else:
            hand.click(button(stage.screen, label).rect.center)

    press("Levels", pygame.K_l)
    levels = stage.screen
    assert isinstance(levels, LevelsScreen)
    hand.wait(5)
    card = next(card for card in levels._cards if card.entry.level == LONG)
    if by == "keys":
        for _ in range(20):
            if levels.focused is card:
                break
            hand.key(pygame.K_RIGHT)
        hand.key(pygame.K_RETURN)
    else:
        hand.click(card.rect.center)
    assert isinstance(stage.screen, ContentNoteScreen)
    press("Another level", pygame.K_ESCAPE)
    assert isinstance(stage.screen, LevelsScreen)
    levels = stage.screen
    card = next(card for card in levels._cards if card.entry.level == LONG)
    if by == "keys":
        hand.key(pygame.K_RETURN)
    else:
        hand.click(card.rect.center)
    press("Go on", pygame.K_RETURN)
    assert isinstance(stage.screen, SetOffScreen)
    press("Back", pygame.K_ESCAPE)
    assert isinstance(stage.screen, LevelsScreen)
    press("Back", pygame.K_ESCAPE)
    assert isinstance(stage.screen, TitleScreen)
    press("Quit", pygame.K_ESCAPE)
    assert not stage.running


def test_a_content_note_is_shown_once(stage: Stage) -> None:
    """Having gone on past the note, one is not asked again until the next start."""
    flow.go_to_level(stage, LONG)
    Hand(stage).key(pygame.K_RETURN)
    flow.go_to_level(stage, LONG)
    assert isinstance(stage.screen, SetOffScreen)


def test_a_broken_file_shows_all_its_problems(stage: Stage, own_home: Path) -> None:
    """A card that cannot be played leads to every problem of its file, and back."""
    (own_home / "levels").mkdir(parents=True)
    (own_home / "levels" / "broken.toml").write_text("format = 1\nyears = 0\nwhat = 1\n", encoding="utf-8")
    stage.push(TitleScreen())
    stage.push(LevelsScreen())
    hand = Hand(stage).wait(5)
    assert isinstance(stage.screen, LevelsScreen)
    card = next(card for card in stage.screen._cards if card.entry.level is None)
    assert len(card.entry.faults) > 2
    hand.click(card.rect.center)
    assert isinstance(stage.screen, ProblemsScreen)
    said = stage.screen.transcript()
    assert all(fault.text in said for fault in card.entry.faults)
    hand.key(pygame.K_ESCAPE)
    assert isinstance(stage.screen, LevelsScreen)


def test_the_cards_tell_what_a_fixed_plan_loses(stage: Stage) -> None:
    """First that it is being worked out, later by how much, in light and in percent."""
    stage.push(TitleScreen())
    stage.push(LevelsScreen())
    assert isinstance(stage.screen, LevelsScreen)
    screen = stage.screen
    assert "worked out" in screen.transcript()
    Hand(stage).wait(10)
    lines = [card.lines[-1][0] for card in screen._cards]
    assert all("loses" in line and line.endswith("%") for line in lines)


def test_the_list_has_parts(stage: Stage, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The story stands first, then more water, then what is one's own, each part under its heading."""
    monkeypatch.setattr("game.files.shelf.STORY", "story")
    (own_home / "levels").mkdir(parents=True)
    (own_home / "levels" / "mine.toml").write_bytes(FILES[0].read_bytes())
    stage.push(TitleScreen())
    stage.push(LevelsScreen())
    stage.library.update()
    assert isinstance(stage.screen, LevelsScreen)
    stage.screen.enter()
    stage.screen.layout(stage.size)
    said = stage.screen.transcript()
    parts = [said.index(text) for text in ("The story", "Toward the light", "The mountain", "More water", "Your own")]
    assert parts == sorted(parts)
    rects = [card.rect for card in stage.screen._cards]
    assert all(not a.colliderect(b) for i, a in enumerate(rects) for b in rects[:i])


def test_a_dropped_file_is_opened(stage: Stage, tmp_path: Path) -> None:
    """A level file dropped on the window leads to it at once, and a broken one to its problems."""
    stage.on_file = lambda path: flow.open_file(stage, path)
    hand = at_title(stage)
    sound, broken = tmp_path / "sound.toml", tmp_path / "broken.toml"
    sound.write_bytes(FILES[0].read_bytes())
    broken.write_bytes(b"\x00\xff")
    stage.handle(pygame.event.Event(pygame.DROPFILE, file=str(sound)))
    hand.wait(3)
    assert isinstance(stage.screen, SetOffScreen)
    assert stage.screen.level.title == FIRST.title
    stage.handle(pygame.event.Event(pygame.DROPFILE, file=str(broken)))
    hand.wait(3)
    assert isinstance(stage.screen, ProblemsScreen)


def test_a_plan_is_drawn_by_keys(stage: Stage) -> None:
    """With the focus on the map, arrows point, Enter and numbers take, Backspace takes back."""
    screen = SetOffScreen(FIRST, seed=1)
    stage.push(screen)
    screen.focus_on(screen.map)
    hand = Hand(stage).key(pygame.K_RIGHT, pygame.K_RETURN)
    assert screen.draft.lanes == (screen.level.lanes_from[FIRST.start][1].id,)
    hand.key(pygame.K_3, pygame.K_1, pygame.K_9)
    assert len(screen.draft.lanes) == 3
    assert screen.bets.plan is None
    hand.key(pygame.K_BACKSPACE)
    assert len(screen.draft.lanes) == 2
    hand.key(pygame.K_1, pygame.K_1)
    assert screen.draft.complete
    assert screen.bets.plan == screen.draft.lanes


def test_a_plan_is_drawn_by_mouse(stage: Stage) -> None:
    """A click on a lane takes it, a click on a planned one cuts the plan there, the button takes one back."""
    screen = SetOffScreen(FIRST, seed=1)
    stage.push(screen)
    hand = Hand(stage).wait(1)
    stage.draw(pygame.Surface(stage.size))
    view = screen.map.view
    assert view is not None

    def middle(lane: str) -> tuple[float, float]:
        x, y = view.to_screen(view.geo.channels[lane].at(0.5))
        return (x + screen.map.rect.left, y + screen.map.rect.top)

    for _ in range(3):
        hand.click(middle(screen.draft.open_lanes[0].id))
    planned = screen.draft.lanes
    assert len(planned) == 3
    hand.click(screen.undo.rect.center)
    assert screen.draft.lanes == planned[:2]
    hand.click(middle(planned[0]))
    assert screen.draft.lanes == ()


def test_whose_value_function_is_chosen_with_its_weights_shown(stage: Stage) -> None:
    """Choosing another value function shows its weights, and the life is steered by them."""
    screen = SetOffScreen(LONG, seed=1)
    stage.push(screen)
    choice = next(w for w in screen._all() if isinstance(w, Choice))
    assert "craft × 1" in screen.transcript()
    choice.choose("citations")
    assert "recognition × 1" in screen.transcript()
    assert screen.weights == LONG.weights("citations")


def test_an_expectation_can_be_typed_or_turned(stage: Stage) -> None:
    """The expected light is typed as a number, or turned up by the wheel; without one there is no bet."""
    screen = SetOffScreen(FIRST, seed=1)
    stage.push(screen)
    assert screen.bets.expectation is None
    screen.focus_on(screen.number)
    hand = Hand(stage).key(pygame.K_1, pygame.K_2)
    assert screen.bets.expectation == 12
    hand.wheel(screen.number.rect.center, 1)
    assert screen.bets.expectation == 13


def test_enter_in_the_field_sets_off(stage: Stage) -> None:
    """Having typed an expectation one need not look for the button."""
    from game.app.screens.drive import DriveScreen

    screen = SetOffScreen(FIRST, seed=1)
    stage.push(screen)
    screen.focus_on(screen.number)
    Hand(stage).key(pygame.K_7, pygame.K_RETURN)
    assert isinstance(stage.screen, DriveScreen)
    assert stage.screen.session.bets.expectation == 7


def test_the_ghosts_live_in_the_same_water(stage: Stage) -> None:
    """The solver's ghosts that are ready at the start drive through the landscape of the same seed."""
    screen = SetOffScreen(FIRST, seed=5)
    stage.push(screen)
    job = screen._ghosts[screen.value_function]
    assert job.ok
    session = Session(FIRST, 5, "mine", FIRST.weights())
    for name, record in job.result or []:
        assert name in ("best_plan", "step_by_step")
        for leg in record.legs:
            for spent in leg.years:
                lane = FIRST.lane(spent.lane)
                if lane.current is not None:
                    index = FIRST.current_index[lane.current]
                    assert spent.state == session.landscape.state(spent.year, index)


def test_a_story_flows_whatever_its_file_looks_like() -> None:
    """Line breaks of the file are not line breaks on the screen, empty lines are paragraphs."""
    assert flowing("One\ntwo\r\nthree.\n\n  \n\nFour.\n") == "One two three.\n\nFour."


def test_settings_count_at_once(stage: Stage, own_home: Path) -> None:
    """Each setting changed on its screen is changed on the stage, by keys and by mouse."""
    stage.home = own_home
    at_title(stage).key(pygame.K_o)
    screen = stage.screen
    assert isinstance(screen, SettingsScreen)
    hand = Hand(stage)
    hand.key(pygame.K_DOWN, pygame.K_RIGHT, pygame.K_RIGHT)
    assert stage.settings.text_scale == 1.5
    toggle = next(w for w in screen._all() if isinstance(w, Toggle))
    screen.focus_on(toggle)
    hand.click(toggle.rect.center)
    assert stage.settings.reduced_motion
    palettes = [w for w in screen._all() if isinstance(w, Choice)][2]
    screen.focus_on(palettes)
    hand.key(pygame.K_RIGHT, pygame.K_RIGHT)
    assert stage.palette.name == "dusk"


def test_kept_lives_are_deleted_on_the_second_press(stage: Stage, own_home: Path) -> None:
    """The button asks once, is taken back by any other key, and deletes the runs and nothing else in their folder."""
    (own_home / "runs").mkdir(parents=True)
    (own_home / "levels").mkdir()
    runs = ("runs/life-1-0123abcd.json", "runs/the-first-fork-12-0123abcd-2.json")
    for name in (*runs, "runs/package.json", "levels/mine.toml"):
        (own_home / name).write_text("{}", encoding="utf-8")
    stage.home = own_home
    at_title(stage).key(pygame.K_o)
    screen = stage.screen
    assert isinstance(screen, SettingsScreen)
    hand = Hand(stage)
    screen.focus_on(button(screen, "Delete"))
    hand.key(pygame.K_RETURN, pygame.K_UP)
    assert button(screen, "Delete all 2")
    screen.focus_on(button(screen, "Delete"))
    hand.key(pygame.K_RETURN, pygame.K_RETURN)
    assert sorted(path.name for path in own_home.rglob("*.*")) == ["mine.toml", "package.json"]


def test_help_names_every_key(stage: Stage) -> None:
    """There is no action in the keymap that the help does not explain, by the name of its key."""
    at_title(stage).key(pygame.K_F1)
    screen = stage.screen
    assert isinstance(screen, HelpScreen)
    said = screen.transcript()
    for name in ("Enter", "Esc", "Tab", "F1", "F11", "Alt + Enter", "Bksp", "PgUp"):
        assert name in said
    told = {part for row in _help_actions() for part in row}
    assert told | set(NUMBERS) == set(Action)


def _help_actions() -> list[tuple[Action, ...]]:
    from game.app.screens.help import _GROUPS

    return [row if isinstance(row, tuple) else (row,) for _, rows in _GROUPS for row in rows]


def test_a_click_beside_a_sheet_takes_it_off(stage: Stage) -> None:
    """Sheets close by Escape, by their button and by a click beside them."""
    hand = at_title(stage)
    for close in (
        lambda: hand.key(pygame.K_ESCAPE),
        lambda: hand.click((5, 5)),
        lambda: hand.click(button(stage.screen, "Back").rect.center),  # type: ignore[arg-type]
    ):
        flow.show_credits(stage)
        close()
        assert isinstance(stage.screen, TitleScreen)


def test_reduced_motion_holds_the_title_still(make_stage: Callable[..., Stage]) -> None:
    """With reduced motion the title is the same picture however long one looks."""
    stage = make_stage((800, 450), reduced_motion=True)
    hand = at_title(stage).wait(5)
    pictures = []
    for _ in range(3):
        surface = pygame.Surface(stage.size)
        stage.draw(surface)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
        hand.wait(60)
    assert len(set(pictures)) == 1
