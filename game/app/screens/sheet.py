"""Sheets: paper laid over whatever is on the stage, with a heading, things to read or choose, and buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pygame

from game.app.action import Action
from game.app.draw.panel import around, draw_panel
from game.app.screen import Point, PointerKind
from game.app.sound.heard import Heard
from game.app.widgets import Button, Form, Heading, ScrollPane, Widget, place_row
from game.app.widgets.layout import row_height
from game.words import say


class SheetScreen(Form):
    """A sheet over the screen below it.  Subclasses fill ``body`` and ``buttons``; BACK takes the sheet off."""

    breadth = 720
    """The width of the sheet in the 1280×720 design."""

    gap = 16.0
    """The space between the widgets of the sheet, growing with the text."""

    def __init__(self, title: Callable[[], str]) -> None:
        super().__init__()
        self.title = title
        """Gives the heading, in the language spoken when the sheet is filled."""
        self.heading = Heading("", 34)
        self.pane = ScrollPane()
        self.buttons: list[Widget] = []
        self.sheet = pygame.Rect(0, 0, 0, 0)
        self._veil: pygame.Surface | None = None

    @property
    def mood(self) -> str:  # type: ignore[override]
        """The mood of the screen below."""
        below = self._below()
        return below.mood if below is not None else "day"

    # --- for subclasses -----------------------------------------------------------------------------------------------

    def body(self) -> Sequence[Widget]:
        """The widgets of the sheet, top to bottom; made anew each time the sheet is entered."""
        return ()

    def foot(self) -> Sequence[Widget]:
        """The buttons under them."""
        return [Button(say("app.back"), self.close, key=Action.BACK)]

    def place(self, width: int) -> None:
        """Places the children of the pane; by default one below another."""
        stage, y = self.stage, self.pane.rect.top
        for widget in self.pane.children:
            if isinstance(widget, Heading):
                y += stage.em(10)
            wide, high = widget.size(stage, width)
            widget.rect = pygame.Rect(self.pane.rect.left, y, wide, high)
            y = widget.rect.bottom + stage.em(self.gap)

    def close(self) -> None:
        """Takes the sheet off."""
        self.stage.pop()

    # --- the screen ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Fills the sheet."""
        self.fill()

    def fill(self) -> None:
        """Makes the widgets anew, with the focus where it was as far as that is known."""
        self.heading.text_ = self.title()
        at = self._reachable().index(self.focused) if self.focused in self._reachable() else None
        self.pane.children = list(self.body())
        self.buttons = list(self.foot())
        self.widgets = [self.heading, self.pane, *self.buttons]
        reachable = self._reachable()
        first = at if at is not None else self.first_focus()
        self.focused = reachable[min(first, len(reachable) - 1)] if reachable else None

    def first_focus(self) -> int:
        """Which of the focusable widgets has the focus at first."""
        return 0

    def layout(self, size: tuple[int, int]) -> None:
        """Places the sheet in the middle, as high as what is on it, at most as high as the window."""
        stage = self.stage
        margin, pad = max(stage.px(24), 8), stage.em(24)
        cramped = size[1] < stage.em(460)
        if cramped:
            margin, pad = 6, stage.em(14)
        self.heading.sizes = (24, 19, 17) if cramped else (34, 24, 19, 17)
        width = min(size[0] - 2 * margin, max(stage.px(self.breadth), stage.em(self.breadth * 0.8)))
        inner = width - 2 * pad - stage.px(10)
        high = self.heading.size(stage, inner)[1]
        buttons = row_height(stage, self.buttons, inner) if self.buttons else 0
        gap = stage.em(8 if cramped else 16)
        room = size[1] - 2 * margin - 2 * pad - high - buttons - 2 * gap
        self.pane.rect = pygame.Rect(0, 0, inner, room)
        self.place(inner)
        self.pane.settle(stage.em(4))
        body = min(room, self.pane.height)
        height = body + (size[1] - 2 * margin - room)
        self.sheet = pygame.Rect((size[0] - width) // 2, (size[1] - height) // 2, width, height)
        left, top = self.sheet.left + pad, self.sheet.top + pad
        self.heading.rect = pygame.Rect(left, top, inner, high)
        offset, self.pane.offset = self.pane.offset, 0
        self.pane.rect = pygame.Rect(left, top + high + gap, inner, body)
        self.place(inner)
        self.pane.offset = offset
        self.pane.settle(stage.em(4))
        place_row(stage, self.buttons, left, self.pane.rect.bottom + gap, inner)
        self._veil = None
        below = self._below()
        if below is not None:
            below.layout(size)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the screen below as it stands, dimmed, and the sheet on it."""
        below = self._below()
        if below is not None:
            below.draw(surface)
        else:
            surface.fill(self.stage.palette.land[1])
        if self._veil is None or self._veil.get_size() != surface.get_size():
            self._veil = pygame.Surface(surface.get_size())
            self._veil.fill((16, 18, 32))
            self._veil.set_alpha(110)
        for part in around(surface.get_rect(), self.sheet.inflate(-2 * self.stage.px(20), -2 * self.stage.px(20))):
            surface.blit(self._veil, part, part)
        draw_panel(surface, self.sheet, self.stage.palette, self.stage.px(20))
        self.draw_widgets(surface)

    def heard(self) -> Heard:
        """The screen below as if from farther off, and where the focus is on the sheet."""
        here, below = super().heard(), self._below()
        if below is None:
            return here
        return replace(below.heard(), scene=here.scene, focus=here.focus, hushed=True, moment=None)

    def press_other(self, action: Action) -> None:
        """BACK takes the sheet off even where no button says so."""
        if action is Action.BACK:
            self.close()

    def pointer_other(self, kind: PointerKind, pos: Point, button: int, amount: float) -> None:
        """A click beside the sheet takes it off."""
        if kind == "down" and button == 1 and not self.sheet.collidepoint(pos):
            self.close()

    def _below(self) -> Form | None:
        screens = self.stage.screens
        at = screens.index(self) if self in screens else 0
        return screens[at - 1] if at else None  # type: ignore[return-value]
