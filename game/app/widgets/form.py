"""Forms: screens made of widgets.  The form moves the focus, by keys and by pointer, and hands on what happens."""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from game.app.action import Action
from game.app.screen import Point, PointerKind, Screen
from game.app.sound.heard import Heard
from game.app.widgets.button import Button
from game.app.widgets.pane import ScrollPane
from game.app.widgets.widget import Widget

_DIRECTIONS = {Action.UP: (0, -1), Action.DOWN: (0, 1), Action.LEFT: (-1, 0), Action.RIGHT: (1, 0)}


class Form(Screen):
    """A screen with ``widgets``; those inside a :class:`ScrollPane` count as its own.

    Actions go to the focused widget first, then to the button whose ``key`` they are, then they move the focus (arrows
    to the nearest widget that way, NEXT and PREVIOUS round all of them), then they scroll.  What nobody wanted goes
    to ``press_other``.
    """

    def __init__(self) -> None:
        self.widgets: list[Widget] = []
        self.focused: Widget | None = None
        self._pressed: Widget | None = None
        self._held: Widget | None = None

    # --- for subclasses -----------------------------------------------------------------------------------------------

    def press_other(self, action: Action) -> None:
        """Takes an action that no widget had a use for."""

    def pointer_other(self, kind: PointerKind, pos: Point, button: int, amount: float) -> None:
        """Takes a pointer event that no widget had a use for."""

    def draw_widgets(self, surface: pygame.Surface) -> None:
        """Draws all widgets in order, with the focus ring where the focus is."""
        for widget in self.widgets:
            if isinstance(widget, ScrollPane):
                widget.draw_children(surface, self.stage, self.focused)
            else:
                widget.draw(surface, self.stage, widget is self.focused)

    def focus_on(self, widget: Widget | None) -> None:
        """Puts the focus on a widget and brings it into view."""
        self.focused = widget
        pane = self._pane_of(widget)
        if pane is not None and widget is not None:
            pane.reveal(widget, self.stage.em(10))

    def transcript(self) -> str:
        """What all widgets say, one after another."""
        return "\n".join(said for widget in self.widgets if (said := widget.says()))

    def spoken(self) -> str:
        """What the widget with the focus says."""
        return self.focused.says() if self.focused is not None else ""

    def heard(self) -> Heard:
        """Far water, and where the focus is."""
        focus = next((i for i, widget in enumerate(self._all()) if widget is self.focused), None)
        return Heard(scene=type(self).__name__, mood=self.mood, focus=focus)

    # --- the screen ---------------------------------------------------------------------------------------------------

    @property
    def wants_text(self) -> bool:  # type: ignore[override]
        """Whether the focused widget is one to type into."""
        return self.focused is not None and self.focused.wants_text

    def press(self, action: Action) -> None:
        """Hands an action to whoever has a use for it."""
        if self.focused is not None and self.focused.press(self.stage, action):
            return
        for button in self._all():
            if isinstance(button, Button) and button.key is action and button.enabled:
                self.stage.sound.play("press")
                button.on_press()
                return
        if action in _DIRECTIONS and self._move(_DIRECTIONS[action]):
            return
        if action in (Action.NEXT, Action.PREVIOUS) and self._cycle(1 if action is Action.NEXT else -1):
            return
        for widget in self.widgets:
            if isinstance(widget, ScrollPane) and widget.press(self.stage, action):
                return
        self.press_other(action)

    def pointer(self, kind: PointerKind, pos: Point, button: int = 0, amount: float = 0) -> None:
        """Hovers, focuses and clicks what lies under the pointer; the wheel scrolls the pane under it."""
        if self._held is not None and kind != "wheel":
            held, self._held = self._held, None if kind == "up" else self._held
            held.pointer(self.stage, kind, pos, button, amount)
            return
        under = self._under(pos)
        for widget in self._all():
            widget.hovered = widget is under and widget.enabled
        if under is not None and under.pointer(self.stage, kind, pos, button, amount):
            if kind == "down" and under.drags:
                self.focused = self._held = under
            return
        for pane in self.widgets:
            if isinstance(pane, ScrollPane):
                near = pane.rect.inflate(self.stage.px(40), 0).collidepoint(pos) or kind != "wheel"
                if near and pane.pointer(self.stage, kind, pos, button, amount):
                    return
        if kind == "down" and button == 1:
            self._pressed = under
            if under is not None and under.focusable and under.enabled:
                self.focused = under
                return
        elif kind == "up" and button == 1:
            pressed, self._pressed = self._pressed, None
            if pressed is not None:
                if pressed is under and under.focusable:
                    under.click(self.stage, pos)
                return
        self.pointer_other(kind, pos, button, amount)

    def text(self, char: str) -> None:
        """Types into the focused field."""
        if self.focused is not None:
            self.focused.text(self.stage, char)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _all(self) -> Iterator[Widget]:
        for widget in self.widgets:
            if isinstance(widget, ScrollPane):
                yield from widget.children
            else:
                yield widget

    def _reachable(self) -> list[Widget]:
        return [widget for widget in self._all() if widget.focusable and widget.enabled]

    def _pane_of(self, widget: Widget | None) -> ScrollPane | None:
        return next((pane for pane in self.widgets if isinstance(pane, ScrollPane) and widget in pane.children), None)

    def _under(self, pos: Point) -> Widget | None:
        for widget in reversed(list(self._all())):
            pane = self._pane_of(widget)
            if widget.rect.collidepoint(pos) and (pane is None or pane.rect.collidepoint(pos)):
                return widget
        return None

    def _cycle(self, step: int) -> bool:
        reachable = self._reachable()
        if not reachable:
            return False
        if self.focused not in reachable:
            self.focus_on(reachable[0 if step > 0 else -1])
        else:
            self.focus_on(reachable[(reachable.index(self.focused) + step) % len(reachable)])
        return True

    def _move(self, direction: tuple[int, int]) -> bool:
        """Moves the focus to the nearest widget in a direction; whether there was one."""
        reachable = self._reachable()
        if self.focused not in reachable:
            return self._cycle(1)
        here, best, nearest = self.focused.rect, None, float("inf")
        for widget in reachable:
            if widget is self.focused:
                continue
            there = widget.rect
            if direction[0]:
                along = (there.centerx - here.centerx) * direction[0]
                aside = max(0, there.top - here.bottom, here.top - there.bottom) + abs(there.centery - here.centery) / 8
                beyond = (there.left >= here.centerx) if direction[0] > 0 else (there.right <= here.centerx)
            else:
                along = (there.centery - here.centery) * direction[1]
                aside = max(0, there.left - here.right, here.left - there.right) + abs(there.centerx - here.centerx) / 8
                beyond = (there.top >= here.centery) if direction[1] > 0 else (there.bottom <= here.centery)
            distance = along + 3 * aside
            if beyond and along > 0 and distance < nearest:
                best, nearest = widget, distance
        if best is None:
            return False
        self.focus_on(best)
        return True
