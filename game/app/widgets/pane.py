"""Scroll panes: a window onto widgets that need more room than there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.screen import Point, PointerKind
from game.app.widgets.widget import Widget

if TYPE_CHECKING:
    from game.app.stage import Stage


class ScrollPane(Widget):
    """Shows ``children`` through its ``rect``; wheel, page keys, HOME and END scroll it, and so does dragging its bar.

    ``layout``: set ``rect``, place the children in stage pixels as if nothing were scrolled (the first one at
    ``rect.top``), then call ``settle``.  The form puts the focus on the children and keeps the focused one in view.
    """

    def __init__(self, children: Sequence[Widget] = ()) -> None:
        super().__init__()
        self.children: list[Widget] = list(children)
        self.offset = 0
        self.height = 0
        """The height in pixels of everything in it."""
        self._dragged = False

    @property
    def most(self) -> int:
        """The largest offset."""
        return max(0, self.height - self.rect.height)

    def settle(self, padding: int = 0) -> None:
        """Takes the children's places as they are now for the unscrolled ones, and scrolls back to where it was."""
        bottom = max((child.rect.bottom for child in self.children), default=self.rect.top)
        self.height = bottom - self.rect.top + padding
        wanted, self.offset = self.offset, 0
        self.scroll_to(wanted)

    def scroll_to(self, offset: float) -> bool:
        """Moves the children so that ``offset`` pixels are above the view; whether anything moved."""
        offset = round(min(max(0, offset), self.most))
        delta, self.offset = self.offset - offset, offset
        for child in self.children:
            child.rect.move_ip(0, delta)
        return delta != 0

    def reveal(self, child: Widget, margin: int) -> None:
        """Scrolls as little as is needed to show a child with ``margin`` pixels around it, its top first."""
        below = child.rect.bottom + margin - self.rect.bottom
        above = self.rect.top - (child.rect.top - margin)
        if below > 0:
            self.scroll_to(self.offset + below)
            above = self.rect.top - (child.rect.top - margin)
        if above > 0:
            self.scroll_to(self.offset - above)

    def draw_children(self, surface: pygame.Surface, stage: Stage, focused: Widget | None) -> None:
        """Draws the children inside the view, and a bar if not everything can be seen."""
        clip = surface.get_clip()
        view = self.rect.inflate(2 * stage.px(8), 0)  # room for shadows and the focus ring at the sides
        surface.set_clip(view.clip(clip))
        for child in self.children:
            if child.rect.colliderect(view):
                child.draw(surface, stage, child is focused)
        surface.set_clip(clip)
        if self.most:
            bar = self._bar(stage)
            pygame.draw.rect(surface, stage.palette.soft_ink, bar, border_radius=bar.width // 2)

    def press(self, stage: Stage, action: Action) -> bool:
        """Page keys, HOME, END and, when nothing else wants them, UP and DOWN scroll."""
        page = self.rect.height * 0.85
        targets = {
            Action.PAGE_UP: self.offset - page,
            Action.PAGE_DOWN: self.offset + page,
            Action.HOME: 0.0,
            Action.END: float(self.most),
            Action.UP: self.offset - stage.em(40),
            Action.DOWN: self.offset + stage.em(40),
        }
        return action in targets and self.scroll_to(targets[action])

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """The wheel scrolls; the bar can be dragged."""
        if kind == "wheel":
            return self.scroll_to(self.offset - amount * stage.em(56))
        if kind == "down" and button == 1 and self.most:
            self._dragged = self._bar(stage).inflate(stage.px(12), self.rect.height).collidepoint(pos)
        elif kind == "up":
            dragged, self._dragged = self._dragged, False
            return dragged
        if self._dragged:
            length = self._bar(stage).height
            travel = max(1, self.rect.height - length)
            self.scroll_to((pos[1] - self.rect.top - length / 2) / travel * self.most)
        return self._dragged

    def says(self) -> str:
        """What the children say, one after another."""
        return "\n".join(said for child in self.children if (said := child.says()))

    def _bar(self, stage: Stage) -> pygame.Rect:
        length = max(stage.px(28), round(self.rect.height * self.rect.height / max(1, self.height)))
        top = self.rect.top + round((self.rect.height - length) * self.offset / max(1, self.most))
        return pygame.Rect(self.rect.right + stage.px(4), top, max(4, stage.px(6)), length)
