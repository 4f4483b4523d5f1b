"""Bindings: chosen, exchanged, kept, put back, and never so that somebody is locked out."""

from __future__ import annotations

import json

import pygame
import pytest
from diary import Diary
from gamepad import Gamepads
from hand import Hand
from hypothesis import given as over
from hypothesis import strategies as st

from game.app import flow
from game.app.action import KEYMAP, PADMAP, Action, key_text
from game.app.bindings import (
    BUTTONS,
    DEFAULT,
    FIXED_BUTTONS,
    FIXED_KEYS,
    Bindings,
    bindings_of,
    give,
    kept,
)
from game.app.screens.bindings import BindingRow, BindingsScreen
from game.app.stage import Stage

KEYS = st.sampled_from([*KEYMAP, (pygame.K_x, 0), (pygame.K_F5, 0), (pygame.K_g, pygame.KMOD_CTRL)])
GIFTS = st.lists(st.tuples(st.sampled_from(list(Action)), KEYS | st.sampled_from(BUTTONS)), max_size=12)


def rows(screen: BindingsScreen, pad: bool) -> dict[Action, BindingRow]:
    """The rows of one device by action."""
    return {w.action: w for w in screen._all() if isinstance(w, BindingRow) and w.pad is pad}


def sheet(stage: Stage) -> BindingsScreen:
    """The sheet of keys and buttons over a screen that writes down what it is told."""
    stage.push(Diary())
    flow.show_bindings(stage)
    assert isinstance(stage.screen, BindingsScreen)
    return stage.screen


@over(GIFTS)
def test_nobody_is_locked_out(gifts: list[tuple[Action, object]]) -> None:
    """Whatever is given to what, every action keeps a key, those with a button a button, and the fixed ones theirs."""
    bindings = DEFAULT
    for action, trigger in gifts:
        bindings = give(bindings, action, trigger).bindings  # type: ignore[arg-type]
    assert all(bindings.of(action) for action in Action)
    assert all(bindings.of(action, pad=True) for action in PADMAP.values())
    assert {k: a for k, a in bindings.keys.items() if k in FIXED_KEYS} == dict(FIXED_KEYS)
    assert {b: a for b, a in bindings.pad.items() if b in FIXED_BUTTONS} == dict(FIXED_BUTTONS)


@over(GIFTS)
def test_what_is_chosen_is_read_back(gifts: list[tuple[Action, object]]) -> None:
    """Bindings that went through the settings file ask for the same with the same keys and name them in order."""
    bindings = DEFAULT
    for action, trigger in gifts:
        bindings = give(bindings, action, trigger).bindings  # type: ignore[arg-type]
    again = bindings_of(json.loads(json.dumps(kept(bindings))))
    assert dict(again.keys) == dict(bindings.keys)
    assert dict(again.pad) == dict(bindings.pad)


@over(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda each: (
            st.lists(each, max_size=4)
            | st.dictionaries(st.sampled_from(["keys", "pad", "UP", "GHOSTS", "BACK", "x"]), each, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_whatever_lies_in_the_file_leaves_a_way(found: object) -> None:
    """Any JSON in the place of the bindings gives tables in which every action has its key."""
    bindings = bindings_of(found)
    assert all(bindings.of(action) for action in Action)
    assert {k: a for k, a in bindings.keys.items() if k in FIXED_KEYS} == dict(FIXED_KEYS)


def test_usual_bindings_leave_nothing_in_the_file() -> None:
    """Only what differs is kept, so that a later version may choose better usual keys."""
    assert kept(DEFAULT) == {}
    assert bindings_of({}) == Bindings(dict(KEYMAP), dict(PADMAP))
    given = give(DEFAULT, Action.GHOSTS, (pygame.K_F5, 0))
    assert kept(given.bindings) == {"keys": {"GHOSTS": [[pygame.K_F5, 0]]}}


def test_a_key_of_another_action_is_exchanged() -> None:
    """The view's only key given to the ghosts leaves the view with the ghosts' one; of two keys one goes without."""
    given = give(DEFAULT, Action.GHOSTS, (pygame.K_v, 0))
    assert (given.taken_from, given.exchanged) == (Action.VIEW, (pygame.K_g, 0))
    assert given.bindings.keys[pygame.K_v, 0] is Action.GHOSTS
    assert given.bindings.keys[pygame.K_g, 0] is Action.VIEW
    given = give(DEFAULT, Action.GHOSTS, (pygame.K_h, 0))
    assert (given.taken_from, given.exchanged) == (Action.HELP, None)
    assert given.bindings.of(Action.HELP) == ((pygame.K_F1, 0),)
    assert (pygame.K_g, 0) not in given.bindings.keys


@pytest.mark.parametrize("trigger", [*FIXED_KEYS, *FIXED_BUTTONS])
def test_fixed_triggers_are_refused(trigger: object) -> None:
    """Arrows, Enter, Escape and the cross cannot be given to anything else, and nothing changes by asking."""
    given = give(DEFAULT, Action.GHOSTS, trigger)  # type: ignore[arg-type]
    assert given.refused in (*FIXED_KEYS.values(), *FIXED_BUTTONS.values())
    assert given.bindings is DEFAULT


def test_a_key_is_chosen_on_the_sheet(stage: Stage) -> None:
    """A line is chosen, a key pressed: it asks for the action at once, the old one does not, and prompts name it."""
    screen, hand = sheet(stage), Hand(stage)
    screen.focus_on(rows(screen, pad=False)[Action.GHOSTS])
    hand.key(pygame.K_RETURN, pygame.K_F5)
    assert key_text(Action.GHOSTS) == "F5"
    assert "F5" in rows(screen, pad=False)[Action.GHOSTS].badges
    assert "F5" in screen._told
    hand.key(pygame.K_ESCAPE)
    diary = stage.screen
    assert isinstance(diary, Diary)
    diary.told.clear()
    hand.key(pygame.K_g, pygame.K_F5)
    assert [told for told in diary.told if isinstance(told, Action)] == [Action.GHOSTS]


def test_a_button_is_chosen_on_the_sheet_and_everything_put_back(stage: Stage) -> None:
    """The main buttons of a pad can change places, and one button of the sheet puts all back."""
    screen, pads = sheet(stage), Gamepads(stage).plug()
    screen.focus_on(rows(screen, pad=True)[Action.CONFIRM])
    pads.press("a", "b")
    assert stage.settings.bindings["pad"]["CONFIRM"] == ["b"]
    assert key_text(Action.CONFIRM) == "B"
    assert key_text(Action.BACK) == "A"
    reset = next(w for w in screen._all() if getattr(w, "label", "").startswith("Everything as it was"))
    screen.focus_on(reset)
    pads.press("b")
    assert stage.settings.bindings == {}
    assert key_text(Action.CONFIRM) == "A"


def test_waiting_can_be_given_up(stage: Stage) -> None:
    """Escape, a click, or a button while a key is waited for leave everything as it was; modifiers alone wait on."""
    screen, hand, pads = sheet(stage), Hand(stage), Gamepads(stage).plug()
    for give_up in (lambda: hand.key(pygame.K_ESCAPE), lambda: hand.click((3, 3)), lambda: pads.press("x")):
        screen.focus_on(rows(screen, pad=False)[Action.VIEW])
        hand.key(pygame.K_RETURN)
        assert screen._waiting is not None
        hand.key(pygame.K_LSHIFT)
        assert screen._waiting is not None
        give_up()
        assert screen._waiting is None
        assert stage.screen is screen
    assert stage.settings.bindings == {}


def test_a_chord_can_be_chosen(stage: Stage) -> None:
    """A key with Ctrl held is one chord, told with both names."""
    screen, hand = sheet(stage), Hand(stage)
    screen.focus_on(rows(screen, pad=False)[Action.LIST])
    hand.key(pygame.K_RETURN).key(pygame.K_j, mod=pygame.KMOD_LCTRL)
    assert key_text(Action.LIST) == "Ctrl + J"
    assert bindings_of(stage.settings.bindings).keys[pygame.K_j, pygame.KMOD_CTRL] is Action.LIST
