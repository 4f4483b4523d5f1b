"""Bars lying on their sides, one a row, with names at the left, what they are worth at the right, and marks across all.

A row may begin anywhere, so the same chart is a ladder (rows from zero) and a waterfall (rows that go on where the one
above left off).  Texts are wrapped into the column of names and given room at the right before the axis gets any, so
nothing is cut and nothing overlaps at any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pygame

from game.app.draw.chart_marks import (
    Paint,
    dashed_line,
    draw_bar,
    draw_bracket,
    draw_flag,
    draw_whisker,
    fill_of,
    flag_size,
    grid_colour,
    put,
    widest,
)
from game.app.draw.chart_scale import Scale, scale_over, spread_apart
from game.app.draw.palette import Palette, blend
from game.app.draw.type import Type

NAME, NOTE, WORTH, TICK = 17, 13, 19, 13


@dataclass(frozen=True)
class Row:
    """A bar from ``start`` to ``end`` (in light) with its name, and its worth in words.

    ``error`` is one standard error of ``end``, drawn as a whisker; ``aside`` a few small words after the worth;
    ``gain`` (from, text) a bracket below the bar from that light to ``end``.
    """

    name: str
    end: float
    worth: str
    note: str = ""
    start: float = 0.0
    paint: Paint = "water"
    error: float = 0.0
    aside: str = ""
    gain: tuple[float, str] | None = None
    loud: bool = False


@dataclass(frozen=True)
class Across:
    """A line across all rows at ``value``, with a flag above that says ``text``."""

    value: float
    text: str


@dataclass(frozen=True)
class BarChart:
    """What there is to show: rows from top to bottom, lines across them, what the axis counts.

    ``linked`` joins the end of each row with the next one, as in a waterfall.
    """

    rows: tuple[Row, ...]
    across: tuple[Across, ...] = ()
    axis: str = ""
    linked: bool = False


@dataclass(frozen=True)
class _Layout:
    """Pixels: everything relative to the chart's top left corner, except that the axis may be stretched."""

    scale: Scale
    left: int
    plot: int
    top: int
    bottom: int
    heights: tuple[int, ...]
    names: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    asides: tuple[tuple[str, ...], ...]
    inline: bool
    bar: int
    unit: float
    flags: tuple[tuple[int, int], ...] = field(default=())

    def x(self, value: float) -> float:
        return self.left + self.scale.at(value) * self.plot


def bars_height(chart: BarChart, width: int, type_: Type) -> int:
    """The least height in pixels at which the chart can be read, at this width."""
    layout = _lay_out(chart, width, type_)
    return layout.top + sum(layout.heights) + layout.bottom


def bar_rects(chart: BarChart, rect: pygame.Rect, type_: Type) -> list[pygame.Rect]:
    """The band of each row when the chart is drawn in ``rect``, for pointing at it."""
    layout = _lay_out(chart, rect.width, type_)
    extra = max(0, rect.height - layout.top - sum(layout.heights) - layout.bottom)
    bands, y = [], rect.top + layout.top
    for k, height in enumerate(layout.heights):
        stretched = height + extra * (k + 1) // len(layout.heights) - extra * k // len(layout.heights)
        bands.append(pygame.Rect(rect.left, y, rect.width, stretched))
        y += stretched
    return bands


def draw_bars(
    surface: pygame.Surface,
    rect: pygame.Rect,
    chart: BarChart,
    palette: Palette,
    type_: Type,
    progress: float = 1.0,
    focus: int | None = None,
) -> None:
    """Draws the chart into ``rect``; taller than needed, the rows move apart.  ``progress`` 0 to 1 lets the bars grow."""
    layout = _lay_out(chart, rect.width, type_)
    bands = bar_rects(chart, rect, type_)
    if not bands:
        return
    top, foot = bands[0].top, bands[-1].bottom
    _draw_axis(surface, rect, layout, palette, type_, chart.axis, top, foot)
    _draw_focus(surface, bands, focus, palette, layout)
    zero = rect.left + layout.x(0.0)
    pygame.draw.line(surface, palette.ink, (zero, top), (zero, foot), max(2, round(3 * layout.unit)))
    _draw_across(surface, rect, chart, layout, palette, type_, foot)
    for k, (row, band) in enumerate(zip(chart.rows, bands, strict=True)):
        grown = _grown(progress, k, len(bands))
        bar = _bar_rect(row, band, rect, layout)
        _draw_name(surface, row, k, band, bar.centery, rect, layout, palette, type_)
        draw_bar(
            surface, bar, fill_of(row.paint, palette), round(7 * layout.unit),
            "right" if row.end >= row.start else "left", grown,
        )  # fmt: skip
        if chart.linked and k + 1 < len(bands) and grown >= 1.0:
            x = rect.left + layout.x(row.end)
            below = _bar_rect(chart.rows[k + 1], bands[k + 1], rect, layout)
            dashed_line(surface, palette.soft_ink, (x, bar.bottom), (x, below.top), max(3, bar.height // 8), 1)
        if grown > 0.55:
            _draw_worth(surface, row, k, bar, rect, layout, palette, type_)


def _lay_out(chart: BarChart, width: int, type_: Type) -> _Layout:
    return _laid_out(chart, width, type_, type_.scale)


@lru_cache(maxsize=64)
def _laid_out(chart: BarChart, width: int, type_: Type, unit: float) -> _Layout:
    gap = round(14 * unit)
    column = min(
        round(width * 0.4),
        max(
            widest(type_, [row.name for row in chart.rows], NAME, 600),
            widest(type_, [row.note for row in chart.rows], NOTE),
        ),
    )
    names = tuple(
        (tuple(type_.wrap(row.name, NAME, column, 600)), tuple(type_.wrap(row.note, NOTE, column) if row.note else ()))
        for row in chart.rows
    )
    left = column + gap
    room = width - left
    beside = [
        type_.width(row.worth, WORTH, 600) + (gap // 2 + type_.width(row.aside, NOTE) if row.aside else 0)
        for row in chart.rows
    ]
    inline = max(beside, default=0) <= room * 0.5
    asides = tuple(tuple(type_.wrap(row.aside, NOTE, round(room * 0.45)) if row.aside else ()) for row in chart.rows)
    texts = beside if inline else [
        max(type_.width(row.worth, WORTH, 600), widest(type_, aside, NOTE))
        for row, aside in zip(chart.rows, asides, strict=True)
    ]  # fmt: skip
    scale = _scale(chart, 5)
    plot = _plot_width(chart, scale, room, texts, gap)
    label = widest(type_, [scale.label(tick) for tick in scale.ticks], TICK)
    for ticks in (5, 4, 3, 2, 1):
        scale = _scale(chart, ticks)
        plot = _plot_width(chart, scale, room, texts, gap)
        label = widest(type_, [scale.label(tick) for tick in scale.ticks], TICK)
        if (label + gap) * (len(scale.ticks) - 1) <= plot:
            break
    bar = round(26 * unit)
    flags = tuple(flag_size(type_, line.text) for line in chart.across)
    return _Layout(
        scale=scale, left=left, plot=plot,
        top=(max(h for _, h in flags) + round(10 * unit)) * _flag_rows(flags, width) if flags else 0,
        bottom=round(type_.height(TICK) * (2.35 if chart.axis else 1.2)) + gap // 2,
        heights=tuple(
            _row_height(row, name, aside, inline, bar, type_, unit)
            for row, name, aside in zip(chart.rows, names, asides, strict=True)
        ),
        names=names, asides=asides, inline=inline, bar=bar, unit=unit, flags=flags,
    )  # fmt: skip


def _scale(chart: BarChart, ticks: int) -> Scale:
    ends = [value for row in chart.rows for value in (row.start, row.end - row.error, row.end + row.error)]
    return scale_over([*ends, *(line.value for line in chart.across)], ticks=ticks)


def _plot_width(chart: BarChart, scale: Scale, room: int, texts: Sequence[int], gap: int) -> int:
    plot = float(room - gap)
    for row, text in zip(chart.rows, texts, strict=True):
        share = max(scale.at(row.start), scale.at(row.end + row.error), scale.zero)
        if share > 0:
            plot = min(plot, (room - gap - text) / share)
    return max(gap, round(plot))


def _row_height(
    row: Row, name: tuple[tuple[str, ...], tuple[str, ...]], aside: tuple[str, ...], inline: bool, bar: int,
    type_: Type, unit: float,
) -> int:  # fmt: skip
    words = len(name[0]) * type_.height(NAME) + len(name[1]) * type_.height(NOTE)
    worth = type_.height(WORTH) + (0 if inline else len(aside) * type_.height(NOTE))
    below = round(type_.height(15) * 1.15) if row.gain else 0
    return max(words, worth, bar) + below + round(9 * unit)


def _flag_rows(flags: Sequence[tuple[int, int]], width: int) -> int:
    return 1 if sum(w for w, _ in flags) <= width else len(flags)


def _bar_rect(row: Row, band: pygame.Rect, rect: pygame.Rect, layout: _Layout) -> pygame.Rect:
    x0, x1 = sorted((rect.left + layout.x(row.start), rect.left + layout.x(row.end)))
    thick = max(layout.bar, min(round(36 * layout.unit), round(band.height * 0.52)))
    bar = pygame.Rect(round(x0), 0, max(1, round(x1 - x0)), thick)
    below = round(15 * 1.45 * layout.unit) if row.gain else 0
    bar.centery = band.centery - below // 2
    return bar


def _draw_axis(
    surface: pygame.Surface, rect: pygame.Rect, layout: _Layout, palette: Palette, type_: Type, title: str,
    top: int, foot: int,
) -> None:  # fmt: skip
    y = foot + round(4 * layout.unit)
    right = rect.left
    for tick in layout.scale.ticks:
        x = round(rect.left + layout.x(tick))
        pygame.draw.line(surface, grid_colour(palette), (x, top), (x, foot))
        text = layout.scale.label(tick)
        half = type_.width(text, TICK) // 2
        drawn = put(surface, type_, text, TICK, palette.soft_ink, (min(x, rect.right - half), y), "top")
        right = max(right, drawn.right)
    if title:
        width = type_.width(title, TICK)
        at = min(rect.right, max(right, rect.left + width))
        put(surface, type_, title, TICK, palette.soft_ink, (at, y + type_.height(TICK)), "topright")


def _draw_focus(
    surface: pygame.Surface, bands: list[pygame.Rect], focus: int | None, palette: Palette, layout: _Layout
) -> None:
    if focus is None or not 0 <= focus < len(bands):
        return
    band = bands[focus].inflate(round(16 * layout.unit), 0)
    radius = round(10 * layout.unit)
    pygame.draw.rect(surface, blend(palette.paper, palette.bed, 0.45), band, border_radius=radius)
    pygame.draw.rect(surface, palette.ink, band, max(2, round(2 * layout.unit)), border_radius=radius)


def _draw_across(
    surface: pygame.Surface, rect: pygame.Rect, chart: BarChart, layout: _Layout, palette: Palette, type_: Type,
    foot: int,
) -> None:  # fmt: skip
    if not chart.across:
        return
    centres = [layout.x(line.value) for line in chart.across]
    one_row = _flag_rows(layout.flags, rect.width) == 1
    placed = spread_apart(centres, [w for w, _ in layout.flags], 0, rect.width) if one_row else [
        min(max(x, w / 2), rect.width - w / 2) for x, (w, _) in zip(centres, layout.flags, strict=True)
    ]  # fmt: skip
    for k, (line, centre, (w, h)) in enumerate(zip(chart.across, placed, layout.flags, strict=True)):
        y = rect.top + (0 if one_row else k * (h + round(10 * layout.unit)))
        flag = pygame.Rect(0, y, w, h)
        flag.centerx = round(rect.left + centre)
        x = round(rect.left + layout.x(line.value))
        pygame.draw.line(surface, palette.accent, (x, flag.bottom), (x, foot), max(2, round(2 * layout.unit)))
        draw_flag(surface, type_, line.text, flag, palette.accent, palette.paper)


def _draw_name(
    surface: pygame.Surface, row: Row, k: int, band: pygame.Rect, middle: int, rect: pygame.Rect, layout: _Layout,
    palette: Palette, type_: Type,
) -> None:  # fmt: skip
    name, note = layout.names[k]
    tall = len(name) * type_.height(NAME) + len(note) * type_.height(NOTE)
    y = min(max(band.top, middle - tall // 2), band.bottom - tall)
    x = rect.left + layout.left - round(14 * layout.unit)
    for line in name:
        put(surface, type_, line, NAME, palette.ink, (x, y), "topright", 600)
        y += type_.height(NAME)
    for line in note:
        put(surface, type_, line, NOTE, palette.soft_ink, (x, y), "topright")
        y += type_.height(NOTE)


def _draw_worth(
    surface: pygame.Surface, row: Row, k: int, bar: pygame.Rect, rect: pygame.Rect, layout: _Layout, palette: Palette,
    type_: Type,
) -> None:  # fmt: skip
    unit, gap = layout.unit, round(14 * layout.unit)
    end = rect.left + max(layout.x(row.end + row.error), layout.x(row.start), layout.x(0.0))
    if row.error:
        low, high = (rect.left + layout.x(row.end + side * row.error) for side in (-1, 1))
        draw_whisker(
            surface, palette.ink, (low, bar.centery), (high, bar.centery), round(5 * unit), max(2, round(2 * unit))
        )
    colour = palette.accent if row.loud else palette.ink
    x, aside = end + gap * 0.7, layout.asides[k]
    tall = type_.height(WORTH) + (0 if layout.inline else len(aside) * type_.height(NOTE))
    middle = bar.centery - (tall - type_.height(WORTH)) // 2
    _backed(surface, type_, row.worth, WORTH, (x, middle), palette)
    worth = put(surface, type_, row.worth, WORTH, colour, (x, middle), "left", 600)
    if layout.inline and row.aside:
        put(surface, type_, row.aside, NOTE, palette.soft_ink, (worth.right + gap // 2, middle + round(2 * unit)))
    elif not layout.inline:
        y = worth.bottom
        for line in aside:
            put(surface, type_, line, NOTE, palette.soft_ink, (x, y), "topleft")
            y += type_.height(NOTE)
    if row.gain is not None:
        _draw_gain(surface, row.gain, row.end, bar, rect, layout, palette, type_)


def _backed(
    surface: pygame.Surface, type_: Type, text: str, size: int, at: tuple[float, float], palette: Palette
) -> None:
    # A line across all rows must not run through a number.
    ground = pygame.Rect(0, 0, type_.width(text, size, 600), round(type_.height(size) * 0.9))
    ground.midleft = (round(at[0]), round(at[1]))
    pygame.draw.rect(surface, palette.paper, ground)


def _draw_gain(
    surface: pygame.Surface, gain: tuple[float, str], end: float, bar: pygame.Rect, rect: pygame.Rect, layout: _Layout,
    palette: Palette, type_: Type,
) -> None:  # fmt: skip
    start, text = gain
    x0, x1 = sorted((rect.left + layout.x(start), rect.left + layout.x(end)))
    y, unit = bar.bottom + round(6 * layout.unit), layout.unit
    draw_bracket(surface, palette.accent, x0, x1, y, round(5 * unit))
    width = type_.width(text, 15, 600)
    x = min(x1 + 12 * unit, rect.right - width)
    put(surface, type_, text, 15, palette.accent, (max(rect.left, x), y + round(2 * unit) - type_.height(15) // 4),
        "topleft", 600)  # fmt: skip
