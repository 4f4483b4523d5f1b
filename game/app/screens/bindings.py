"""Keys and buttons: every action with what asks for it on the keyboard and on a gamepad, to be chosen anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action, button_text, chord_text
from game.app.bindings import BUTTONS, Trigger, bindings_of, give, kept
from game.app.screen import Point, PointerKind
from game.app.screens.actions import name_of
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Heading, Text, Widget, draw_focus_ring, draw_key, key_width
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_MODIFIER_KEYS = frozenset(
    {pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LALT, pygame.K_RALT}
    | {pygame.K_LMETA, pygame.K_RMETA, pygame.K_CAPSLOCK, pygame.K_NUMLOCKCLEAR, pygame.K_MODE}
)
_HELD = (pygame.KMOD_CTRL, pygame.KMOD_ALT, pygame.KMOD_SHIFT)


class BindingRow(Button):
    """An action and its badges; pressed, it waits for a key or a button to be given to it."""

    def __init__(self, action: Action, badges: Sequence[str], waiting: bool, pad: bool, screen: BindingsScreen) -> None:
        super().__init__(name_of(action), partial(screen.wait_for, action, pad))
        self.action, self.pad, self.badges, self.waiting = action, pad, list(badges), waiting

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; two lines where name and badges do not fit into one."""
        return (width, stage.em(40) if self._one_line(stage, width) else stage.em(68))

    def _one_line(self, stage: Stage, width: int) -> bool:
        return stage.type.width(self.label, 17) + stage.em(40) + self._badges_width(stage) <= width

    def _badges_width(self, stage: Stage) -> int:
        if self.waiting:
            return stage.type.width(self._wait_text(), 15, 600)
        return sum(key_width(stage, badge) + stage.em(6) for badge in self.badges)

    def _wait_text(self) -> str:
        return say("bindings.press_button" if self.pad else "bindings.press_key")

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the name at the left and the badges at the right or below."""
        palette, radius = stage.palette, stage.em(10)
        if focused:
            draw_focus_ring(surface, stage, self.rect, radius)
        elif self.hovered:
            pygame.draw.rect(surface, palette.paper_edge, self.rect, border_radius=radius)
        one_line = self._one_line(stage, self.rect.width)
        middle = self.rect.centery if one_line else self.rect.top + stage.em(20)
        name = stage.type.render(self.label, 17, palette.ink)
        surface.blit(name, name.get_rect(midleft=(self.rect.left + stage.em(10), middle)))
        left = self.rect.right - self._badges_width(stage) - stage.em(6) if one_line else self.rect.left + stage.em(10)
        middle = middle if one_line else self.rect.top + stage.em(48)
        if self.waiting:
            told = stage.type.render(self._wait_text(), 15, palette.accent_ink, weight=600)
            surface.blit(told, told.get_rect(midleft=(left, middle)))
            return
        for badge in self.badges:
            left += draw_key(surface, stage, badge, left, middle, palette.ink, palette.paper) + stage.em(6)

    def says(self) -> str:
        """The action and what asks for it."""
        named = self._wait_text() if self.waiting else " / ".join(self.badges) or say("bindings.nothing")
        return f"[ ] {self.label}: {named}"


class BindingsScreen(SheetScreen):
    """All actions twice, for the keyboard and for gamepads, and a button that puts everything back as it was."""

    breadth = 860
    gap = 4.0

    def __init__(self) -> None:
        super().__init__(lambda: say("bindings.title"))
        self._waiting: tuple[Action, bool] | None = None
        self._told = ""

    def body(self) -> Sequence[Widget]:
        """What to do, what came of it last, and the rows."""
        bound = bindings_of(self.stage.settings.bindings)
        rows: list[Widget] = [Text(say("bindings.about"), size=15, tone="soft")]
        if self._told:
            rows.append(Text(self._told, weight=600, tone="accent"))
        rows.append(Button(say("bindings.reset"), self._reset))
        rows[-1].enabled = bool(self.stage.settings.bindings)
        for pad in (False, True):
            rows.append(Heading(say("bindings.pad" if pad else "bindings.keys"), 19))
            for action in Action:
                badges = list(dict.fromkeys(_named(trigger) for trigger in bound.of(action, pad)))
                rows.append(BindingRow(action, badges, (action, pad) == self._waiting, pad, self))
        return rows

    def wait_for(self, action: Action, pad: bool) -> None:
        """From now on the next key, or the next button, is given to an action."""
        self._waiting, self._told = (action, pad), ""
        self._show()

    # --- what comes while it waits ------------------------------------------------------------------------------------

    def key_down(self, key: int, modifiers: int) -> bool:
        """Takes the key that is waited for; Escape gives up waiting."""
        if self._waiting is None:
            return False
        action, pad = self._waiting
        if key == pygame.K_ESCAPE and (pad or action is not Action.BACK):
            self._give_up()
        elif not pad and key not in _MODIFIER_KEYS:
            held = next((mask for mask in _HELD if modifiers & mask), 0)
            self._give(action, (key, held))
        return True

    def button_down(self, button: str) -> bool:
        """Takes the button that is waited for; while a key is waited for, any button gives up."""
        if self._waiting is None:
            return False
        action, pad = self._waiting
        if pad and button in BUTTONS:
            self._give(action, button)
        else:
            self._give_up()
        return True

    def pointer(self, kind: PointerKind, pos: Point, button: int = 0, amount: float = 0) -> None:
        """A click gives up waiting."""
        if self._waiting is not None:
            if kind == "down":
                self._give_up()
            return
        super().pointer(kind, pos, button, amount)

    def asked(self, action: Action) -> bool:
        """While it waits nothing else is asked for."""
        return self._waiting is not None

    def renamed(self) -> None:
        """The rows name their keys."""
        self._show()

    # --- what is done -------------------------------------------------------------------------------------------------

    def _give(self, action: Action, trigger: Trigger) -> None:
        given = give(bindings_of(self.stage.settings.bindings), action, trigger)
        self._waiting = None
        if given.refused is not None:
            self._told = say("bindings.refused", key=_named(trigger), action=name_of(given.refused))
        elif given.taken_from is not None and given.exchanged is not None:
            self._told = say(
                "bindings.exchanged",
                key=_named(trigger),
                action=name_of(action),
                other=name_of(given.taken_from),
                instead=_named(given.exchanged),
            )
        elif given.taken_from is not None:
            self._told = say(
                "bindings.taken", key=_named(trigger), action=name_of(action), other=name_of(given.taken_from)
            )
        else:
            self._told = say("bindings.given", key=_named(trigger), action=name_of(action))
        self.stage.change_settings(bindings=kept(given.bindings))
        self._show()

    def _give_up(self) -> None:
        self._waiting, self._told = None, say("bindings.as_before")
        self._show()

    def _reset(self) -> None:
        self._told = say("bindings.all_back")
        self.stage.change_settings(bindings={})
        self._show()

    def _show(self) -> None:
        """Writes the rows anew, with the focus where it was."""
        row = self.focused if isinstance(self.focused, BindingRow) else None
        offset = self.pane.offset
        self.fill()
        self.pane.offset = offset
        again = (w for w in self.pane.children if isinstance(w, BindingRow))
        same = next((w for w in again if row is not None and (w.action, w.pad) == (row.action, row.pad)), None)
        if same is not None:
            self.focused = same
        self.layout(self.stage.size)
        if self.focused is not None:
            self.focus_on(self.focused)


def _named(trigger: Trigger) -> str:
    return button_text(trigger) if isinstance(trigger, str) else chord_text(trigger)
