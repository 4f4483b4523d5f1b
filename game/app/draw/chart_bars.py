"""Bars lying on their sides, one a row, with names at the left, what they are worth at the right, and marks across all.

A row may begin anywhere, so the same chart is a ladder (rows from zero) and a waterfall (rows that go on where the one
above left off).  How much room everything gets is decided in :mod:`game.app.draw.chart_rows`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.app.draw.chart_marks import (
    Canvas,
    Side,
    dashed_line,
    draw_bar,
    draw_bracket,
    draw_flag,
    draw_whisker,
    fill_of,
    grown,
    plate,
    put,
    stroke,
)
from game.app.draw.chart_rows import (
    GAIN,
    MINOR,
    NOTE,
    TICK,
    Across,
    BarChart,
    Row,
    RowLayout,
    RowText,
    gain_height,
    lay_rows,
)
from game.app.draw.palette import Palette, mix
from game.app.draw.type import Type

__all__ = ["Across", "BarChart", "Row", "bar_rects", "bars_height", "draw_bars"]


def bars_height(chart: BarChart, width: int, type_: Type) -> int:
    """The least height in pixels at which the chart can be read, at this width."""
    return lay_rows(chart, width, type_).height


def bar_rects(chart: BarChart, rect: pygame.Rect, type_: Type) -> list[pygame.Rect]:
    """The band of each row when the chart is drawn in ``rect``, for pointing at it."""
    return _bands(lay_rows(chart, rect.width, type_), rect)


def draw_bars(
    surface: Canvas,
    rect: pygame.Rect,
    chart: BarChart,
    palette: Palette,
    type_: Type,
    progress: float = 1.0,
    focus: int | None = None,
) -> None:
    """Draws the chart into ``rect``; taller than needed, rows move apart.  ``progress`` 0 to 1 lets the bars grow."""
    layout = lay_rows(chart, rect.width, type_)
    bands = _bands(layout, rect)
    if not bands:
        return
    drawing = _Drawing(surface, rect, chart, layout, palette, type_, bands)
    drawing.axis()
    if focus is not None and 0 <= focus < len(bands):
        drawing.focus(bands[focus])
    drawing.zero()
    drawing.across()
    bars = [drawing.bar_rect(row, band) for row, band in zip(chart.rows, bands, strict=True)]
    for k, (row, text, band, bar) in enumerate(zip(chart.rows, layout.texts, bands, bars, strict=True)):
        share = grown(progress, k, len(bars))
        drawing.name(row, text, band, bar)
        side: Side = "right" if row.end >= row.start else "left"
        draw_bar(surface, bar, fill_of(row.paint, palette), round(7 * type_.scale), side, share)
        if chart.linked and k + 1 < len(bars) and share >= 1.0:
            drawing.link(row, bar, bars[k + 1])
        if share > 0.55:
            drawing.worth(row, text, bar)


def _bands(layout: RowLayout, rect: pygame.Rect) -> list[pygame.Rect]:
    extra, count = max(0, rect.height - layout.height), len(layout.heights)
    bands, y = [], rect.top + layout.top
    for k, height in enumerate(layout.heights):
        stretched = height + extra * (k + 1) // count - extra * k // count
        bands.append(pygame.Rect(rect.left, y, rect.width, stretched))
        y += stretched
    return bands


@dataclass(frozen=True)
class _Drawing:
    """One chart on its way onto one surface: what every part of the drawing needs."""

    surface: Canvas
    rect: pygame.Rect
    chart: BarChart
    layout: RowLayout
    palette: Palette
    type: Type
    bands: list[pygame.Rect]

    @property
    def top(self) -> int:
        return self.bands[0].top

    @property
    def foot(self) -> int:
        return self.bands[-1].bottom

    def px(self, length: float) -> int:
        return round(length * self.type.scale)

    def x(self, value: float) -> float:
        return self.rect.left + self.layout.x(value)

    def axis(self) -> None:
        layout, palette, y = self.layout, self.palette, self.foot + self.px(4)
        for tick in layout.scale.ticks:
            x = round(self.x(tick))
            stroke(self.surface, palette.paper_edge, (x, self.top), (x, self.foot))
            text = layout.scale.label(tick)
            half = self.type.width(text, TICK) // 2
            put(self.surface, self.type, text, TICK, palette.soft_ink, (min(x, self.rect.right - half), y), "top")
        beside = (self.rect.left + layout.left - layout.gap, y)
        below = (self.rect.right, y + self.type.height(TICK))
        at = beside if layout.axis_beside else below
        put(self.surface, self.type, self.chart.axis, TICK, palette.soft_ink, at, "topright")

    def focus(self, band: pygame.Rect) -> None:
        ground = mix(self.palette.paper, self.palette.bed, 0.4)
        wide = band.inflate(self.px(16), 0)
        plate(self.surface, wide, self.palette, self.px(10), ground)

    def zero(self) -> None:
        x = self.x(0.0)
        stroke(self.surface, self.palette.ink, (x, self.top), (x, self.foot), max(2, self.px(3)))

    def across(self) -> None:
        rows = max((row for row, *_ in self.layout.flags), default=0)
        accent, flags = self.palette.accent_ink, []
        for line, (row, centre, wide, high) in zip(self.chart.across, self.layout.flags, strict=True):
            flag = pygame.Rect(0, self.rect.top + (rows - row) * self.layout.flag_step, wide, high)
            flag.centerx = round(self.rect.left + centre)
            x = round(self.x(line.value))
            stroke(self.surface, accent, (x, flag.bottom - 2), (x, self.foot), max(2, self.px(2)))
            flags.append((line.text, flag))
        for text, flag in flags:
            draw_flag(self.surface, self.type, text, flag, self.palette, accent)

    def bar_rect(self, row: Row, band: pygame.Rect) -> pygame.Rect:
        x0, x1 = sorted((self.x(row.start), self.x(row.end)))
        thick = max(self.layout.bar, min(self.px(36), round(band.height * 0.52)))
        if row.minor:
            thick = round(self.layout.bar * MINOR)
        bar = pygame.Rect(round(x0), 0, max(self.px(3), round(x1 - x0)), thick)
        bar.centery = band.centery - gain_height(row, self.type) // 2
        return bar

    def name(self, row: Row, text: RowText, band: pygame.Rect, bar: pygame.Rect) -> None:
        tall = text.column_height(row, self.type)
        y = min(max(band.top, bar.centery - tall // 2), band.bottom - tall)
        x = self.rect.left + self.layout.left - self.layout.gap
        for line in text.name:
            put(self.surface, self.type, line, row.name_size, self.palette.ink, (x, y), "topright", 600)
            y += self.type.height(row.name_size)
        for line in text.note:
            put(self.surface, self.type, line, NOTE, self.palette.soft_ink, (x, y), "topright")
            y += self.type.height(NOTE)

    def link(self, row: Row, bar: pygame.Rect, below: pygame.Rect) -> None:
        x = self.x(row.end)
        dash = max(3, bar.height // 8)
        dashed_line(self.surface, self.palette.soft_ink, (x, bar.bottom), (x, below.top), dash, 1)

    def worth(self, row: Row, text: RowText, bar: pygame.Rect) -> None:
        palette, gap, type_ = self.palette, self.layout.gap, self.type
        if row.error:
            low, high = (self.x(row.end + side * row.error) for side in (-1, 1))
            ends = (low, bar.centery), (high, bar.centery)
            draw_whisker(self.surface, palette.ink, *ends, self.px(5), max(2, self.px(2)))
        end = max(self.x(row.end + row.error), self.x(row.start), self.x(0.0))
        x = self._right_of_lines(end + gap * 0.7, type_.width(row.worth, row.worth_size, 600))
        below = text.worth_height(row, type_) - type_.height(row.worth_size)
        middle = bar.centery - below // 2
        colour = palette.accent_ink if row.loud else palette.ink
        worth = put(self.surface, type_, row.worth, row.worth_size, colour, (x, middle), "left", 600)
        if row.aside and not text.aside:
            at = (worth.right + gap // 2, middle + self.px(2))
            put(self.surface, type_, row.aside, NOTE, palette.soft_ink, at)
        y = worth.bottom
        for line in text.aside:
            put(self.surface, type_, line, NOTE, palette.soft_ink, (x, y), "topleft")
            y += type_.height(NOTE)
        if row.gain is not None:
            self._gain(*row.gain, row.end, bar, y)

    def _right_of_lines(self, x: float, width: int) -> float:
        """Moves a text that would stand on a line across to the right of it."""
        clear = 4 * self.type.scale
        for line in sorted(self.x(across.value) for across in self.chart.across):
            if x - clear < line < x + width + clear:
                x = line + self.layout.gap * 0.7
        return x

    def _gain(self, start: float, text: str, end: float, bar: pygame.Rect, below: int) -> None:
        x0, x1 = sorted((self.x(start), self.x(end)))
        y = bar.bottom + self.px(6)
        draw_bracket(self.surface, self.palette.accent, x0, x1, y, self.px(5))
        width = self.type.width(text, GAIN, 600)
        x = min(self._right_of_lines(x1 + self.px(12), width), self.rect.right - width)
        at = (max(self.rect.left, x), max(y + self.px(2) - self.type.height(GAIN) // 4, below))
        put(self.surface, self.type, text, GAIN, self.palette.accent_ink, at, "topleft", 600)
