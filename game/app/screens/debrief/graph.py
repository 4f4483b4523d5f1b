"""Graphs: charts as widgets, with something to look at in each that keys and pointer can reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.draw.chart_bars import BarChart, bar_rects, bars_height, draw_bars
from game.app.draw.chart_columns import ColumnChart, column_rects, columns_height, draw_columns
from game.app.draw.chart_histogram import HistogramChart, draw_histogram, histogram_height
from game.app.draw.chart_line import LineChart, draw_line, line_height, point_rects
from game.app.draw.chart_marks import Canvas
from game.app.draw.svg import SvgPicture
from game.app.screen import Point, PointerKind
from game.app.widgets import Widget, draw_focus_ring
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


class Graph(Widget):
    """A chart that fills the room it is given.  UP and DOWN go through its ``items``; so does the pointer.

    ``item`` is the one looked at; ``on_look`` is told when it changes.  Subclasses measure, draw, and say where items
    are.
    """

    def __init__(self, items: int = 0, item: int = 0, on_look: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self.items, self.item, self.on_look = items, item, on_look
        self.progress = 1.0
        self.focusable = items > 0
        self.stretches = True
        """Whether it takes the room that is left on its sheet."""

    def least(self, stage: Stage, width: int) -> int:
        """The least height in pixels at which it can be read."""
        return stage.em(120)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """Where each item is."""
        return []

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the chart into ``rect`` with ``item`` looked at."""

    def sketch(self, picture: SvgPicture, stage: Stage) -> bool:
        """Draws it into a picture to be saved, at its ``rect``; whether there was a chart to draw."""
        self.draw_chart(picture, stage, None)
        return True

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width and the least height."""
        return (width, self.least(stage, width))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the chart, and the ring around what is looked at if focused."""
        self.draw_chart(surface, stage, self.item if self.items else None)
        if focused and self.items:
            draw_focus_ring(surface, stage, self.item_rect(stage), stage.em(8))

    def item_rect(self, stage: Stage) -> pygame.Rect:
        """Where the item looked at is; the whole graph if it has none."""
        rects = self.item_rects(stage)
        return rects[self.item] if self.item < len(rects) else self.rect

    def look(self, item: int) -> None:
        """Looks at an item, and tells whoever listens if it is another one."""
        if item != self.item and 0 <= item < self.items:
            self.item = item
            if self.on_look is not None:
                self.on_look(item)

    def press(self, stage: Stage, action: Action) -> bool:
        """UP and DOWN look at the item before and after, and let go at the ends."""
        step = {Action.UP: -1, Action.DOWN: 1}.get(action, 0)
        if not step or not 0 <= self.item + step < self.items:
            return False
        self.look(self.item + step)
        return True

    def pointer(self, stage: Stage, kind: PointerKind, pos: Point, button: int, amount: float) -> bool:
        """The pointer looks at what it is over, and leaves clicks and the wheel to the form."""
        if kind in ("move", "down"):
            for k, rect in enumerate(self.item_rects(stage)):
                if rect.collidepoint(pos):
                    self.look(k)
        return False


class Bars(Graph):
    """A ladder or a waterfall."""

    def __init__(
        self, chart: BarChart, item: int = 0, on_look: Callable[[int], None] | None = None, still: bool = False
    ) -> None:
        super().__init__(0 if still else len(chart.rows), item, on_look)
        self.chart = chart

    def least(self, stage: Stage, width: int) -> int:
        """What the rows need."""
        return bars_height(self.chart, width, stage.type)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """The rows' bands."""
        return bar_rects(self.chart, self.rect, stage.type)

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the rows."""
        draw_bars(surface, self.rect, self.chart, stage.palette, stage.type, self.progress, item)

    def says(self) -> str:
        """One line a row, then the lines across."""
        lines = []
        for row in self.chart.rows:
            line = say("debrief.says.row", name=row.name, worth=row.worth)
            lines.append(
                " ".join(part for part in (line, row.aside and f"({row.aside})", row.note and f"– {row.note}") if part)
            )
            if row.gain:
                lines.append(f"  {row.gain[1]}")
        return "\n".join([*lines, *(line.text for line in self.chart.across)])


class Columns(Graph):
    """Light year by year."""

    def __init__(self, chart: ColumnChart, item: int = 0, on_look: Callable[[int], None] | None = None) -> None:
        super().__init__(len(chart.columns), item, on_look)
        self.chart = chart

    def least(self, stage: Stage, width: int) -> int:
        """What axes and columns need."""
        return columns_height(self.chart, width, stage.type)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """The columns' bands."""
        return column_rects(self.chart, self.rect, stage.type)

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the columns."""
        draw_columns(surface, self.rect, self.chart, stage.palette, stage.type, self.progress, item)

    def says(self) -> str:
        """What every column's flag would say."""
        return "\n".join(column.says for column in self.chart.columns)


class Histogram(Graph):
    """All plans by their light."""

    def __init__(self, chart: HistogramChart) -> None:
        super().__init__()
        self.chart = chart

    def least(self, stage: Stage, width: int) -> int:
        """What flags, bins and the axis need."""
        return histogram_height(self.chart, width, stage.type)

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the bins and the flags."""
        draw_histogram(surface, self.rect, self.chart, stage.palette, stage.type, self.progress)

    def says(self) -> str:
        """The flags, from left to right."""
        return "\n".join(mark.text for mark in sorted(self.chart.marks, key=lambda mark: mark.light))


class Line(Graph):
    """A line of points."""

    def __init__(self, chart: LineChart, item: int = 0, on_look: Callable[[int], None] | None = None) -> None:
        super().__init__(len(chart.points), item, on_look)
        self.chart = chart

    def least(self, stage: Stage, width: int) -> int:
        """What axes and points need."""
        return line_height(self.chart, width, stage.type)

    def item_rects(self, stage: Stage) -> list[pygame.Rect]:
        """The points' bands."""
        return point_rects(self.chart, self.rect, stage.type)

    def draw_chart(self, surface: Canvas, stage: Stage, item: int | None) -> None:
        """Draws the line."""
        draw_line(surface, self.rect, self.chart, stage.palette, stage.type, self.progress, item)

    def says(self) -> str:
        """One line a point."""
        return "\n".join(say("debrief.says.row", name=p.label, worth=p.worth) for p in self.chart.points)
