"""Actions: what a person can ask a screen for, and the one table of keys that ask for it.

Screens only ever see actions, so another table (rebound keys, a gamepad; :mod:`game.app.bindings`) changes nothing in
them.  ``IN_FORCE`` is what holds just now, and ``key_text`` names an action as whoever plays can ask for it: by the key
or by the gamepad's button, whichever was used last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import Literal

import pygame

from game.words import MissingWords, language, say, say_in


class Action(Enum):
    """One thing to ask for.  The same action may mean different things on different screens."""

    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    CONFIRM = auto()
    BACK = auto()
    NEXT = auto()
    PREVIOUS = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    HOME = auto()
    END = auto()
    PAUSE = auto()
    HELP = auto()
    SETTINGS = auto()
    MODE = auto()
    VIEW = auto()
    GHOSTS = auto()
    SKIP = auto()
    UNDO = auto()
    LIST = auto()
    LOOK = auto()
    BORROW = auto()
    FULLSCREEN = auto()
    MUTE = auto()
    MENU = auto()
    LIGHT = auto()
    SAVE = auto()
    NEARER = auto()
    FARTHER = auto()
    LOOK_LEFT = auto()
    LOOK_RIGHT = auto()
    LOOK_UP = auto()
    LOOK_DOWN = auto()
    CURTAIN = auto()
    ONE = auto()
    TWO = auto()
    THREE = auto()
    FOUR = auto()
    FIVE = auto()
    SIX = auto()
    SEVEN = auto()
    EIGHT = auto()
    NINE = auto()


NUMBERS: tuple[Action, ...] = (
    Action.ONE,
    Action.TWO,
    Action.THREE,
    Action.FOUR,
    Action.FIVE,
    Action.SIX,
    Action.SEVEN,
    Action.EIGHT,
    Action.NINE,
)
"""The number actions in order: ``NUMBERS[0]`` is ONE."""

Chord = tuple[int, int]
"""A pygame key code and the modifiers it needs (0, or a mask such as ``pygame.KMOD_ALT``)."""

KEYMAP: Mapping[Chord, Action] = {
    (pygame.K_RETURN, pygame.KMOD_ALT): Action.FULLSCREEN,
    (pygame.K_TAB, pygame.KMOD_SHIFT): Action.PREVIOUS,
    (pygame.K_LEFT, pygame.KMOD_SHIFT): Action.LOOK_LEFT,
    (pygame.K_RIGHT, pygame.KMOD_SHIFT): Action.LOOK_RIGHT,
    (pygame.K_UP, pygame.KMOD_SHIFT): Action.LOOK_UP,
    (pygame.K_DOWN, pygame.KMOD_SHIFT): Action.LOOK_DOWN,
    (pygame.K_UP, 0): Action.UP,
    (pygame.K_DOWN, 0): Action.DOWN,
    (pygame.K_LEFT, 0): Action.LEFT,
    (pygame.K_RIGHT, 0): Action.RIGHT,
    (pygame.K_RETURN, 0): Action.CONFIRM,
    (pygame.K_KP_ENTER, 0): Action.CONFIRM,
    (pygame.K_SPACE, 0): Action.CONFIRM,
    (pygame.K_ESCAPE, 0): Action.BACK,
    (pygame.K_TAB, 0): Action.NEXT,
    (pygame.K_PAGEUP, 0): Action.PAGE_UP,
    (pygame.K_PAGEDOWN, 0): Action.PAGE_DOWN,
    (pygame.K_HOME, 0): Action.HOME,
    (pygame.K_END, 0): Action.END,
    (pygame.K_p, 0): Action.PAUSE,
    (pygame.K_F1, 0): Action.HELP,
    (pygame.K_h, 0): Action.HELP,
    (pygame.K_o, 0): Action.SETTINGS,
    (pygame.K_m, 0): Action.MODE,
    (pygame.K_v, 0): Action.VIEW,
    (pygame.K_g, 0): Action.GHOSTS,
    (pygame.K_s, 0): Action.SKIP,
    (pygame.K_BACKSPACE, 0): Action.UNDO,
    (pygame.K_u, 0): Action.UNDO,
    (pygame.K_l, 0): Action.LIST,
    (pygame.K_t, 0): Action.LOOK,
    (pygame.K_b, 0): Action.BORROW,
    (pygame.K_F11, 0): Action.FULLSCREEN,
    (pygame.K_n, 0): Action.MUTE,
    (pygame.K_F9, 0): Action.MUTE,
    (pygame.K_F10, 0): Action.MENU,
    (pygame.K_k, 0): Action.MENU,
    (pygame.K_c, 0): Action.LIGHT,
    (pygame.K_e, 0): Action.SAVE,
    (pygame.K_PLUS, 0): Action.NEARER,
    (pygame.K_EQUALS, 0): Action.NEARER,
    (pygame.K_KP_PLUS, 0): Action.NEARER,
    (pygame.K_MINUS, 0): Action.FARTHER,
    (pygame.K_KP_MINUS, 0): Action.FARTHER,
    (pygame.K_F8, 0): Action.CURTAIN,
    **{(pygame.K_1 + i, 0): action for i, action in enumerate(NUMBERS)},
    **{(pygame.K_KP_1 + i, 0): action for i, action in enumerate(NUMBERS)},
}
"""Every key that means something, and what it means."""

PADMAP: Mapping[str, Action] = {
    "a": Action.CONFIRM,
    "b": Action.BACK,
    "x": Action.SKIP,
    "y": Action.VIEW,
    "up": Action.UP,
    "down": Action.DOWN,
    "left": Action.LEFT,
    "right": Action.RIGHT,
    "left_stick_up": Action.UP,
    "left_stick_down": Action.DOWN,
    "left_stick_left": Action.LEFT,
    "left_stick_right": Action.RIGHT,
    "left_shoulder": Action.PREVIOUS,
    "right_shoulder": Action.NEXT,
    "left_trigger": Action.PAGE_UP,
    "right_trigger": Action.PAGE_DOWN,
    "start": Action.PAUSE,
    "back": Action.MENU,
    "left_stick": Action.MODE,
    "right_stick": Action.LIST,
    "right_stick_left": Action.UNDO,
    "right_stick_right": Action.GHOSTS,
    "right_stick_up": Action.HOME,
    "right_stick_down": Action.END,
}
"""Every button of a gamepad that means something by itself; all else is asked for from the sheet of MENU.

Buttons have the names that SDL gives those of every known pad, spelled out; sticks count as buttons four ways.
"""


@dataclass
class InForce:
    """What is in force: the tables of keys and buttons, the device used last, and whose signs its buttons bear.

    ``changes`` counts the changes, so that what was drawn with older names can be told from what is new.
    """

    keys: Mapping[Chord, Action] = field(default_factory=lambda: KEYMAP)
    pad: Mapping[str, Action] = field(default_factory=lambda: PADMAP)
    device: Literal["keys", "pad"] = "keys"
    make: Literal["letters", "shapes"] = "letters"
    changes: int = 0


IN_FORCE = InForce()
"""The bindings of the one window there is; set by whoever takes its events."""


@dataclass
class _Known:
    """The chords of the actions that were asked for, in the keymap they were looked up in."""

    keymap: Mapping[Chord, Action] | None = None
    known: dict[Action, tuple[Chord, ...]] = field(default_factory=dict)


_CHORDS = _Known()
_MODIFIERS = pygame.KMOD_ALT | pygame.KMOD_SHIFT | pygame.KMOD_CTRL | pygame.KMOD_META


def action_of(key: int, modifiers: int = 0, keymap: Mapping[Chord, Action] | None = None) -> Action | None:
    """The action that a key asks for together with the modifiers held down, or None.

    A chord with the modifier wins; with Alt, Ctrl or Meta held a plain key means nothing, so that the desktop's own
    shortcuts do not play the game.
    """
    keymap = IN_FORCE.keys if keymap is None else keymap
    for (code, needed), action in keymap.items():
        if needed and code == key and modifiers & needed:
            return action
    if modifiers & (_MODIFIERS & ~pygame.KMOD_SHIFT):
        return None
    return keymap.get((key, 0))


def keys_of(action: Action, keymap: Mapping[Chord, Action] | None = None) -> tuple[Chord, ...]:
    """The chords that ask for an action, in the order of the table, without those of the number pad."""
    if keymap is None:
        if _CHORDS.keymap is not IN_FORCE.keys:
            _CHORDS.keymap, _CHORDS.known = IN_FORCE.keys, {}
        if action not in _CHORDS.known:
            _CHORDS.known[action] = keys_of(action, IN_FORCE.keys)
        return _CHORDS.known[action]
    chords = tuple(chord for chord, asked in keymap.items() if asked is action)
    return tuple(chord for chord in chords if not pygame.K_KP_ENTER <= chord[0] <= pygame.K_KP_9) or chords


def buttons_of(action: Action, padmap: Mapping[str, Action] | None = None) -> tuple[str, ...]:
    """The buttons of a gamepad that ask for an action, in the order of the table."""
    return tuple(button for button, asked in (IN_FORCE.pad if padmap is None else padmap).items() if asked is action)


def key_text(action: Action, keymap: Mapping[Chord, Action] | None = None) -> str:
    """The name of what asks for an action, such as "Esc" or, where a gamepad was used last, "B"; "" for nothing."""
    if keymap is None and IN_FORCE.device == "pad":
        buttons = buttons_of(action)
        return button_text(buttons[0]) if buttons else ""
    chords = keys_of(action, keymap)
    return chord_text(chords[0]) if chords else ""


def button_text(button: str) -> str:
    """A gamepad's button as it is called on the device; the words come from ``app.pad``."""
    if IN_FORCE.make == "shapes" and button in ("a", "b", "x", "y"):
        return say(f"app.pad.shape_{button}")
    try:
        return say(f"app.pad.{button}")
    except MissingWords:
        return button


def chord_text(chord: Chord) -> str:
    """A chord as a person reads it, such as "Alt + Enter"; the words come from ``app.key``."""
    return _chord_text(chord, language())


@lru_cache(maxsize=512)
def _chord_text(chord: Chord, spoken: str) -> str:
    def name(code: int) -> str:
        plain = _KEY_WORDS.get(code)
        if plain is not None:
            try:
                return say_in(spoken, f"app.key.{plain}")
            except MissingWords:
                return plain
        return pygame.key.name(code).upper()

    code, modifiers = chord
    held = [word for mask, word in _MODIFIER_WORDS if modifiers & mask]
    return " + ".join([*(say_in(spoken, f"app.key.{word}") for word in held), name(code)])


_MODIFIER_WORDS = (
    (pygame.KMOD_CTRL, "ctrl"),
    (pygame.KMOD_ALT, "alt"),
    (pygame.KMOD_SHIFT, "shift"),
)
_KEY_WORDS = {
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_RETURN: "enter",
    pygame.K_KP_ENTER: "enter",
    pygame.K_SPACE: "space",
    pygame.K_ESCAPE: "escape",
    pygame.K_TAB: "tab",
    pygame.K_PAGEUP: "page_up",
    pygame.K_PAGEDOWN: "page_down",
    pygame.K_HOME: "home",
    pygame.K_END: "end",
    pygame.K_BACKSPACE: "backspace",
    pygame.K_DELETE: "delete",
    pygame.K_INSERT: "insert",
}
