"""Bindings: which key and which button of a gamepad asks for what, when somebody has chosen their own.

Only what differs from the tables in :mod:`game.app.action` is kept in the settings.  Whatever is chosen, nobody can be
locked out: the keys and buttons in ``FIXED_KEYS`` and ``FIXED_BUTTONS`` always do what they do, a key that another
action had is given back to it in exchange, and so no action is ever left without one that had one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pygame

from game.app.action import KEYMAP, PADMAP, Action, Chord

FIXED_KEYS: Mapping[Chord, Action] = {
    (key, 0): KEYMAP[key, 0]
    for key in (pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT, pygame.K_RETURN, pygame.K_ESCAPE)
}
"""Keys that cannot be given to anything else."""

FIXED_BUTTONS: Mapping[str, Action] = {button: PADMAP[button] for button in ("up", "down", "left", "right")}
"""Buttons that cannot be given to anything else."""

Trigger = Chord | str
"""What asks for an action: a chord of the keyboard, or the name of a gamepad's button."""

_LONGEST = 8  # chords that a settings file may name for one action


@dataclass(frozen=True)
class Bindings:
    """Both tables as they are in force, in the order in which keys are named."""

    keys: Mapping[Chord, Action]
    pad: Mapping[str, Action]

    def of(self, action: Action, pad: bool = False) -> tuple[Trigger, ...]:
        """What asks for an action on the keyboard, or on a gamepad."""
        table: Mapping[Any, Action] = self.pad if pad else self.keys
        return tuple(trigger for trigger, asked in table.items() if asked is action)


DEFAULT = Bindings(KEYMAP, PADMAP)
"""The tables that the game comes with."""


@dataclass(frozen=True)
class Given:
    """What came of giving a trigger to an action: the bindings, the action that had it before and what that has now.

    ``refused`` is the action that keeps the trigger whatever is wished; then nothing has changed.
    """

    bindings: Bindings
    taken_from: Action | None = None
    exchanged: Trigger | None = None
    refused: Action | None = None


def give(bindings: Bindings, action: Action, trigger: Trigger) -> Given:
    """The bindings in which ``trigger`` asks for ``action``, in place of what did so before.

    An action that loses its last trigger by that gets the first one that ``action`` had.
    """
    pad = isinstance(trigger, str)
    fixed: Mapping[Any, Action] = FIXED_BUTTONS if pad else FIXED_KEYS
    table: dict[Any, Action] = dict(bindings.pad if pad else bindings.keys)
    if fixed.get(trigger, action) is not action:
        return Given(bindings, refused=fixed[trigger])
    before = table.get(trigger)
    if before is action and trigger in fixed:
        return Given(bindings)
    loose = [old for old, asked in table.items() if asked is action and old not in fixed]
    others = [old for old, asked in table.items() if asked is before and old != trigger]
    exchanged = None
    for old in loose:
        del table[old]
    if before is not None and before is not action and not others:
        spare = loose or _first_free(table, pad)
        if not spare:
            return Given(bindings, refused=before)
        exchanged = spare[0]
        table[exchanged] = before
    table[trigger] = action
    ordered = _ordered(table, pad)
    changed = Bindings(bindings.keys, ordered) if pad else Bindings(ordered, bindings.pad)
    return Given(changed, None if before is action else before, exchanged)


def _first_free(table: Mapping[Any, Action], pad: bool) -> list[Trigger]:
    """A trigger of the usual table that nothing uses, for an action that would have none."""
    usual: Mapping[Any, Action] = PADMAP if pad else KEYMAP
    return [trigger for trigger in usual if trigger not in table][:1]


def _ordered(table: Mapping[Any, Action], pad: bool) -> dict[Any, Action]:
    """The table with chosen triggers before the usual ones, so that they are the ones that are named."""
    usual: Mapping[Any, Action] = PADMAP if pad else KEYMAP
    own = {trigger: action for trigger, action in table.items() if usual.get(trigger) is not action}
    chords = {trigger: action for trigger, action in usual.items() if table.get(trigger) is action}
    return {**own, **chords}


# --- as they are kept -------------------------------------------------------------------------------------------------


def kept(bindings: Bindings) -> dict[str, dict[str, list[Any]]]:
    """What differs from the usual tables, ready for JSON: by device, the triggers of every action that differ."""
    found: dict[str, dict[str, list[Any]]] = {}
    for device, pad in (("keys", False), ("pad", True)):
        changed: dict[str, list[Any]] = {}
        for action in Action:
            triggers = bindings.of(action, pad)
            if set(triggers) != set(DEFAULT.of(action, pad)):
                changed[action.name] = [
                    list(trigger) if isinstance(trigger, tuple) else trigger for trigger in triggers
                ]
        if changed:
            found[device] = changed
    return found


def bindings_of(found: object) -> Bindings:
    """The bindings that were kept; whatever makes no sense in ``found`` is as if it had never been chosen."""
    tables = []
    for device, pad in (("keys", False), ("pad", True)):
        usual: Mapping[Any, Action] = PADMAP if pad else KEYMAP
        fixed: Mapping[Any, Action] = FIXED_BUTTONS if pad else FIXED_KEYS
        changed = found.get(device) if isinstance(found, dict) else None
        chosen: dict[Any, Action] = {}
        named: set[Action] = set()
        for name, triggers in changed.items() if isinstance(changed, dict) else ():
            if not isinstance(name, str) or name not in Action.__members__ or not isinstance(triggers, list):
                continue
            action = Action[name]
            read = [trigger for each in triggers[:_LONGEST] if (trigger := _trigger(each, pad)) is not None]
            read = [t for t in read if fixed.get(t, action) is action and chosen.get(t, action) is action]
            if read:
                named.add(action)
                chosen.update(dict.fromkeys(read, action))
        table = {t: a for t, a in usual.items() if a not in named and t not in chosen} | chosen
        table.update(fixed)
        # An action that would be left with nothing, by a file written by hand, gets its usual triggers back.
        lost = set(usual.values()) - set(table.values())
        table.update({t: a for t, a in usual.items() if a in lost})
        tables.append(_ordered(table, pad))
    return Bindings(*tables)


def _trigger(found: object, pad: bool) -> Trigger | None:
    if pad:
        return found if isinstance(found, str) and found in BUTTONS else None
    if isinstance(found, list) and len(found) == 2 and all(type(part) is int and 0 <= part < 2**31 for part in found):
        return (found[0], found[1])
    return None


BUTTONS: tuple[str, ...] = (
    *("a", "b", "x", "y", "back", "guide", "start", "left_stick", "right_stick", "left_shoulder", "right_shoulder"),
    *("up", "down", "left", "right", "misc", "paddle_1", "paddle_2", "paddle_3", "paddle_4", "touchpad"),
    *("left_trigger", "right_trigger"),
    *(f"{stick}_stick_{way}" for stick in ("left", "right") for way in ("up", "down", "left", "right")),
)
"""The names of all buttons; the first 21 stand in the order of SDL's numbers."""
