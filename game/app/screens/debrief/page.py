"""A page of the debrief: one question as its title, an answer below it, and sheets of paper with figures.

A page is a scroll pane: where text is large or the window small its sheets stand one below another and scroll, so that
nothing is ever cut.  Where there is room the sheets stand side by side and their graphs fill them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.draw.palette import mix
from game.app.draw.panel import draw_panel
from game.app.screen import Point
from game.app.screens.debrief.graph import Graph
from game.app.widgets import Button, ScrollPane, Text, Widget, draw_focus_ring
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_DARK = 178  # how dark the sky is made behind letters, of 255
_ABREAST = 860
"""From this width on, in em, sheets stand side by side."""


class Paper(Widget):
    """The sheet of paper behind what is written on it."""

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the sheet with its shadow."""
        draw_panel(surface, self.rect, stage.palette, stage.px(20))


class Veil(Widget):
    """Darkens the sky behind a page's title, so that light letters can be read; ``reach`` is where letters end."""

    def __init__(self) -> None:
        super().__init__()
        self.reach = 0

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the veil from the left edge of the window, fading beyond the letters."""
        palette = stage.palette
        dark = min(palette.ink, palette.paper, key=sum)
        full = min(1.0, self.reach / max(1, self.rect.width))
        surface.blit(_veil(self.rect.size, round(full, 2), dark), self.rect)


@dataclass
class Sheet:
    """Widgets from top to bottom on one piece of paper, which takes ``share`` of the width beside the others."""

    widgets: Sequence[Widget]
    share: float = 1.0
    paper: Paper = field(default_factory=Paper)


class Page(ScrollPane):
    """One question.  Subclasses give ``name`` (its key in the words), the title, the lead and the sheets."""

    name = ""

    def __init__(self) -> None:
        super().__init__()
        self.progress = 1.0
        self.stale = False
        """Whether texts on the page have changed, so that it must be placed again."""
        self._sheets: list[Sheet] = []
        self._title = Text("", 34, 600, "sky")
        self._lead = Text("", 17, 500, "sky")
        self._veil = Veil()

    # --- for subclasses -----------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The question that the page asks."""
        return say(f"debrief.{self.name}.title")

    def lead(self) -> str:
        """The answer in one or two sentences."""
        return ""

    def sheets(self) -> list[Sheet]:
        """What the page shows, made once."""
        return []

    def switch(self) -> bool:
        """Shows the page's other side, if it has one; whether it has."""
        return False

    def update(self, dt: float) -> None:
        """Called every tick while the page is turned up."""

    def leave(self) -> None:
        """Called when the page is given up for good."""

    # --- the page -----------------------------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        """The page's short name, for turning to it."""
        return say(f"debrief.{self.name}.label")

    def fill(self) -> None:
        """Makes the widgets anew."""
        self._sheets = self.sheets()
        papers: list[Widget] = [sheet.paper for sheet in self._sheets]
        contents = [widget for sheet in self._sheets for widget in sheet.widgets]
        self.children = [self._veil, self._title, self._lead, *papers, *contents]
        self.stale = True

    def place(self, stage: Stage, rect: pygame.Rect) -> None:
        """Places everything for a view of ``rect``, scrolled as far as it was."""
        self.rect = rect.copy()
        offset, self.offset = self.offset, 0
        self._title.text_, self._lead.text_ = self.title(), self.lead()
        top, reach = rect.top + stage.px(22), 0
        column = min(rect.width, stage.em(760))
        for text in (self._title, self._lead):
            wide, high = text.size(stage, column)
            text.rect = pygame.Rect(rect.left, top, wide, high if text.text_ else 0)
            top += text.rect.height
            lines = text.lines(stage, column)
            reach = max(reach, *(stage.type.width(line, text.text_size, text.weight) for line in lines))
        if self._abreast(stage, rect):
            # Two lines are kept for every lead, so that sheets do not jump from page to page.
            top = max(top, self._lead.rect.top + round(2.24 * stage.type.height(17)))
        self._veil.reach = rect.left + reach
        self._veil.rect = pygame.Rect(0, 0, min(stage.size[0], self._veil.reach + stage.px(360)), top + stage.em(22))
        self._place_sheets(stage, rect, top + stage.em(8))
        self.offset = offset
        self.settle(stage.px(14))
        self.stale = False

    def advance(self, dt: float, still: bool) -> None:
        """Lets the graphs grow for ``dt`` seconds more; ``still`` shows them grown at once."""
        if self.progress < 1.0 or still:
            self.progress = 1.0 if still else min(1.0, self.progress + dt / 0.9)
            for child in self.children:
                if isinstance(child, Graph):
                    child.progress = self.progress
        self.update(dt)

    def transcript(self) -> str:
        """The page as plain text: title, lead, and what every widget says."""
        said = [widget.says() for sheet in self._sheets for widget in sheet.widgets]
        return "\n".join(part for part in (self.title(), self.lead(), *said) if part)

    def draw_children(self, surface: pygame.Surface, stage: Stage, focused: Widget | None) -> None:
        """Draws what of the page is in view, with room for shadows at the sides, and fades it out where it goes on."""
        clip = surface.get_clip()
        view = pygame.Rect(0, self.rect.top, surface.get_width(), self.rect.height)
        fade = self._fade(surface, stage.px(28)) if self.offset < self.most else None
        surface.set_clip(view.clip(clip))
        for child in self.children:
            if child.rect.colliderect(view):
                child.draw(surface, stage, child is focused)
        surface.set_clip(clip)
        if fade is not None:
            surface.blit(fade, (0, self.rect.bottom - fade.get_height()))
        if self.most:
            bar = self._bar(stage)
            draw_panel(surface, bar, stage.palette, bar.width // 2, shadow=False, colour=stage.palette.paper)

    def _fade(self, surface: pygame.Surface, height: int) -> pygame.Surface:
        """What lies behind the foot of the page now, clear at its top and solid at its bottom."""
        strip = pygame.Rect(0, self.rect.bottom - height, surface.get_width(), height)
        behind = pygame.Surface(strip.size, pygame.SRCALPHA)
        behind.blit(surface, (0, 0), strip)
        behind.blit(_ramp(strip.size), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return behind

    def reveal_item(self, graph: Graph, stage: Stage) -> None:
        """Scrolls so that what is looked at in a graph can be seen."""
        spot = Widget()
        spot.rect = graph.item_rect(stage)
        self.reveal(spot, stage.em(16))

    @staticmethod
    def _abreast(stage: Stage, rect: pygame.Rect) -> bool:
        """Whether there is room for sheets side by side."""
        return rect.width / stage.type_scale >= _ABREAST

    def _place_sheets(self, stage: Stage, rect: pygame.Rect, top: int) -> None:
        gap, pad = stage.px(24), stage.em(24)
        abreast = self._abreast(stage, rect) and len(self._sheets) > 1
        room = rect.bottom - top - stage.px(14)
        shares = sum(sheet.share for sheet in self._sheets)
        spare = rect.width - gap * (len(self._sheets) - 1)
        widths = [round(spare * sheet.share / shares) if abreast else rect.width for sheet in self._sheets]
        heights = [
            self._tall(stage, sheet, width - 2 * pad) + 2 * pad
            for sheet, width in zip(self._sheets, widths, strict=True)
        ]
        if abreast:
            heights = [max(room, *heights)] * len(heights)
        left = rect.left
        for sheet, width, height in zip(self._sheets, widths, heights, strict=True):
            sheet.paper.rect = pygame.Rect(left, top, width, height)
            self._place_on(stage, sheet, sheet.paper.rect.inflate(-2 * pad, -2 * pad))
            if abreast:
                left += width + gap
            else:
                top += height + gap

    def _tall(self, stage: Stage, sheet: Sheet, width: int) -> int:
        heights = [widget.size(stage, width)[1] for widget in sheet.widgets]
        return sum(heights) + stage.em(10) * max(0, len(heights) - 1)

    def _place_on(self, stage: Stage, sheet: Sheet, inner: pygame.Rect) -> None:
        extra = max(0, inner.height - self._tall(stage, sheet, inner.width))
        graphs = sum(1 for widget in sheet.widgets if isinstance(widget, Graph) and widget.stretches)
        y = inner.top
        for widget in sheet.widgets:
            wide, high = widget.size(stage, inner.width)
            if isinstance(widget, Graph) and widget.stretches:
                high += extra // graphs
            widget.rect = pygame.Rect(inner.left, y, wide, high)
            y += high + stage.em(10)


@lru_cache(maxsize=8)
def _veil(size: tuple[int, int], full: float, colour: tuple[int, int, int]) -> pygame.Surface:
    """A veil as dark as it gets up to the part ``full`` of its width, then fading; it fades at its foot as well."""
    small = pygame.Surface((96, 24), pygame.SRCALPHA)
    for x in range(96):
        beyond = max(0.0, (x / 95 - full) / max(1e-6, 1.0 - full))
        for y in range(24):
            foot = min(1.0, (24 - y) / 7)
            small.set_at((x, y), (*colour, round(_DARK * (1.0 - beyond) ** 2 * foot * foot * (3 - 2 * foot))))
    return pygame.transform.smoothscale(small, size)


@lru_cache(maxsize=4)
def _ramp(size: tuple[int, int]) -> pygame.Surface:
    """White, from clear at the top to solid at the bottom."""
    ramp = pygame.Surface(size, pygame.SRCALPHA)
    for y in range(size[1]):
        ramp.fill((255, 255, 255, round(255 * (y + 1) / size[1])), (0, y, size[0], 1))
    return ramp


class Card(Button):
    """Something to choose, told in two sizes: a name, and under it some sentences that wrap."""

    def __init__(self, label: str, note: str, on_press: Callable[[], None], key: Action | None = None) -> None:
        super().__init__(label, on_press, key)
        self.note = note

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width, and the height of all lines."""
        name, note = self._lines(stage, width)
        tall = len(name) * stage.type.height(17) + len(note) * stage.type.height(15)
        return (width, tall + 2 * stage.em(9))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the card, and the ring if focused."""
        palette, type_, radius = stage.palette, stage.type, stage.em(12)
        ground = mix(palette.paper, palette.bed, 0.4 if self.hovered or focused else 0.22)
        if focused:
            draw_focus_ring(surface, stage, self.rect, radius)
        draw_panel(surface, self.rect, palette, radius, shadow=False, colour=ground)
        name, note = self._lines(stage, self.rect.width)
        x, y = self.rect.left + stage.em(14), self.rect.top + stage.em(9)
        for line in name:
            surface.blit(type_.render(line, 17, palette.ink, 600), (x, y))
            y += type_.height(17)
        for line in note:
            surface.blit(type_.render(line, 15, palette.ink), (x, y))
            y += type_.height(15)

    def says(self) -> str:
        """The name and the note, with a box as every button has one."""
        return f"[ ] {self.label}" + (f": {self.note}" if self.note else "")

    def _lines(self, stage: Stage, width: int) -> tuple[list[str], list[str]]:
        room = width - 2 * stage.em(14)
        name = stage.type.wrap(self.label, 17, room, 600)
        return name, stage.type.wrap(self.note, 15, room) if self.note else []

    def click(self, stage: Stage, pos: Point) -> None:
        """A click chooses it."""
        self.on_press()


class Told(Text):
    """A paragraph that changes with what is looked at; two lines are kept for it, so that nothing below it jumps."""

    def __init__(self) -> None:
        super().__init__("", 17)

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The height of its lines, of two at least."""
        return (width, max(super().size(stage, width)[1], round(2.24 * stage.type.height(17))))


def heading(text: str) -> Text:
    """The name of a sheet."""
    return Text(text, 24, 600)


def small(text: str) -> Text:
    """A remark in small soft letters."""
    return Text(text, 15, 500, "soft")


def plain(text: str) -> Text:
    """A paragraph."""
    return Text(text, 17)
