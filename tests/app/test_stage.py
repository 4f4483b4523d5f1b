"""The stage: the stack, input, time, scale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from diary import Diary
from hand import Hand

from game.app.action import KEYMAP, Action, action_of, chord_text, key_text, keys_of
from game.app.screen import Screen
from game.app.stage import SMALLEST, TICK, Stage


def test_a_pushed_screen_is_entered_and_laid_out(stage: Stage) -> None:
    """Pushing enters and lays out the new screen and leaves the one below alone."""
    below, above = Diary(), Diary()
    stage.push(below)
    below.told.clear()
    stage.push(above)
    assert above.told == ["enter", ("layout", (1280, 720))]
    assert below.told == []
    assert stage.screen is above


def test_popping_leaves_the_top_and_enters_the_one_below(stage: Stage) -> None:
    """The uncovered screen is entered and laid out again, and the last one off ends the game."""
    below, above = Diary(), Diary()
    stage.push(below)
    stage.push(above)
    below.told.clear()
    stage.pop()
    assert above.told[-1] == "leave"
    assert below.told == ["enter", ("layout", (1280, 720))]
    stage.pop()
    assert not stage.running


def test_reset_enters_only_the_last_screen(stage: Stage) -> None:
    """A stack built anew leaves all old screens and enters the top one alone; the others wait until uncovered."""
    old, first, last = Diary(), Diary(), Diary()
    stage.push(old)
    stage.reset(first, last)
    assert old.told[-1] == "leave"
    assert first.told == []
    assert last.told[0] == "enter"
    stage.pop()
    assert first.told[0] == "enter"


def test_quitting_leaves_every_screen_and_stops(stage: Stage) -> None:
    """A closed window tells whoever keeps lives, then leaves all screens, top first, once."""
    kept = []
    stage.on_quit = lambda: kept.append(len(stage.screens))
    screens = [Diary(), Diary()]
    for screen in screens:
        stage.push(screen)
    stage.handle(pygame.event.Event(pygame.QUIT))
    stage.handle(pygame.event.Event(pygame.QUIT))
    stage.update()
    assert kept == [2]
    assert [screen.told.count("leave") for screen in screens] == [1, 1]
    assert not stage.running


def test_only_the_top_screen_gets_ticks_and_keys(stage: Stage) -> None:
    """A tick of a sixtieth of a second and a key press reach the top screen and no other."""
    below, above = Diary(), Diary()
    stage.push(below)
    stage.push(above)
    below.told.clear()
    Hand(stage).key(pygame.K_g)
    assert below.told == []
    assert above.told[-2:] == [Action.GHOSTS, TICK]


def test_typed_characters_are_not_actions_while_text_is_wanted(stage: Stage) -> None:
    """With a text field in focus a letter is a letter, backspace a backspace, and Escape still an action."""
    screen = Diary()
    screen.wants_text = True
    stage.push(screen)
    screen.told.clear()
    Hand(stage).key(pygame.K_g, pygame.K_BACKSPACE, pygame.K_ESCAPE)
    assert [told for told in screen.told if told != TICK] == [("text", "g"), ("text", "\b"), Action.BACK]


def test_a_held_key_is_one_press_except_for_arrows(stage: Stage) -> None:
    """Key repeat of the desktop repeats arrows, so that lists scroll, and nothing else."""
    screen = Diary()
    stage.push(screen)
    screen.told.clear()
    for key in (pygame.K_RETURN, pygame.K_RETURN, pygame.K_DOWN, pygame.K_DOWN):
        stage.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
    assert screen.told == [Action.CONFIRM, Action.DOWN, Action.DOWN]


def test_a_window_too_small_shows_the_smallest_layout_scaled(make_stage: Callable[..., Stage]) -> None:
    """In a tiny window the layout stops shrinking, and the pointer still points where it seems to."""
    stage = make_stage((320, 180))
    screen = Diary()
    stage.push(screen)
    assert stage.size == SMALLEST
    Hand(stage).click((160, 90))
    assert ("down", (SMALLEST[0] / 2, SMALLEST[1] / 2), 1, 0) in screen.told
    stage.draw(pygame.Surface((320, 180)))


def test_resizing_lays_out_anew(stage: Stage) -> None:
    """Once the corner is let go the new window size reaches the top screen, once, and lengths follow it."""
    screen = Diary()
    stage.push(screen)
    screen.told.clear()
    for wide in range(1300, 1930, 10):
        stage.handle(pygame.event.Event(pygame.VIDEORESIZE, w=wide, h=1080, size=(wide, 1080)))
        stage.update()
    Hand(stage).wait(20)
    assert [told for told in screen.told if told != TICK] == [("layout", (1920, 1080))]
    assert stage.px(100) == 150


def test_a_click_while_the_window_changes_lands_where_it_seems_to(stage: Stage) -> None:
    """Between two sizes the old layout is shown scaled, and the pointer is scaled with it."""
    screen = Diary()
    stage.push(screen)
    stage.handle(pygame.event.Event(pygame.VIDEORESIZE, w=2560, h=1440, size=(2560, 1440)))
    stage.draw(pygame.Surface((2560, 1440)))
    stage.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(1280, 720), button=1))
    assert screen.told[-1] == ("down", (640, 360), 1, 0)


def test_a_larger_text_size_is_laid_out_and_kept(stage: Stage) -> None:
    """Changing the text size scales the type at once, lays out anew and is told to whoever keeps settings."""
    kept = []
    stage.on_settings = kept.append
    screen = Diary()
    stage.push(screen)
    screen.told.clear()
    height = stage.type.height(17)
    stage.change_settings(text_scale=2.0)
    assert stage.type.height(17) > 1.8 * height
    assert screen.told == [("layout", (1280, 720))]
    assert kept[-1].text_scale == 2.0


def test_the_wheel_is_told_once(stage: Stage) -> None:
    """A turn of the wheel comes as one wheel event where the pointer is, not also as button 4."""
    screen = Diary()
    stage.push(screen)
    hand = Hand(stage).move((30, 40))
    screen.told.clear()
    stage.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(30, 40), button=4))
    hand.wheel((30, 40), 1)
    assert [told for told in screen.told if told[0] == "wheel"] == [("wheel", (30.0, 40.0), 0, 1.0)]


def test_a_dropped_file_is_handed_on(stage: Stage) -> None:
    """A file dropped on the window reaches whoever opens files, as a path."""
    dropped = []
    stage.on_file = dropped.append
    stage.handle(pygame.event.Event(pygame.DROPFILE, file="/somewhere/level.toml"))
    assert dropped == [Path("/somewhere/level.toml")]


def test_full_screen_is_one_key_and_one_chord(stage: Stage) -> None:
    """F11 and Alt+Enter ask for full screen, also while text is being typed."""
    asked = []
    stage.on_full_screen = lambda: asked.append(True)
    screen = Diary()
    screen.wants_text = True
    stage.push(screen)
    Hand(stage).key(pygame.K_F11).key(pygame.K_RETURN, mod=pygame.KMOD_LALT)
    assert len(asked) == 2


def test_reduced_motion_cuts_between_screens(make_stage: Callable[..., Stage]) -> None:
    """With reduced motion the new screen is there at once; without, the old one fades."""
    for reduced, differ in ((True, False), (False, True)):
        stage = make_stage(reduced_motion=reduced)
        surface = pygame.Surface(stage.size)
        stage.push(Coloured((200, 0, 0)))
        stage.draw(surface)
        stage.push(Coloured((0, 0, 200)))
        stage.update()
        stage.draw(surface)
        assert (surface.get_at((5, 5))[0] > 0) is differ


class Coloured(Screen):
    """A screen of one colour."""

    def __init__(self, colour: tuple[int, int, int]) -> None:
        self.colour = colour

    def draw(self, surface: pygame.Surface) -> None:
        """Fills the surface."""
        surface.fill(self.colour)


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_a_key_with_a_name(action: Action) -> None:
    """No action is out of reach of the keyboard, and its key can be named on the screen."""
    assert keys_of(action)
    assert key_text(action).strip()
    assert all(chord_text(chord) for chord in keys_of(action))


def test_chords_win_over_plain_keys_and_modifiers_silence_them() -> None:
    """Shift+Tab is not Tab, Alt+Enter is not Enter, and Ctrl+G is nobody's business."""
    assert action_of(pygame.K_TAB, pygame.KMOD_LSHIFT) is Action.PREVIOUS
    assert action_of(pygame.K_TAB, 0) is Action.NEXT
    assert action_of(pygame.K_RETURN, pygame.KMOD_LALT) is Action.FULLSCREEN
    assert action_of(pygame.K_g, pygame.KMOD_LCTRL) is None
    assert action_of(pygame.K_g, pygame.KMOD_CAPS | pygame.KMOD_NUM) is Action.GHOSTS
    assert set(KEYMAP.values()) == set(Action)


def test_a_key_is_named_once_and_not_by_the_number_pad() -> None:
    """Where the number pad does the same as another key, only that other one is named."""
    assert [chord_text(chord) for chord in keys_of(Action.ONE)] == ["1"]
    assert [chord_text(chord) for chord in keys_of(Action.CONFIRM)] == ["Enter", "Space"]
