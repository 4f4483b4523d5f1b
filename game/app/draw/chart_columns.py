"""Columns: one light for each year, standing on the base line or hanging below it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pygame

from game.app.draw.chart_frame import Flag, Frame, draw_flags, draw_frame, draw_ticks, frame_height, frame_of
from game.app.draw.chart_marks import Canvas, Paint, draw_bar, fill_of, grown, plate
from game.app.draw.chart_scale import every, scale_over
from game.app.draw.palette import Palette, mix
from game.app.draw.type import Type


@dataclass(frozen=True)
class Column:
    """One column: the label below it, its light, what its flag says when it is looked at, and its paint."""

    label: str
    light: float
    says: str
    paint: Paint = "water"


@dataclass(frozen=True)
class ColumnChart:
    """Columns from left to right and what they are counted in."""

    columns: tuple[Column, ...]
    axis: str = ""


def columns_height(chart: ColumnChart, width: int, type_: Type) -> int:
    """The least height in pixels at which the chart can be read."""
    return frame_height(type_, width, _widest_flag(chart), 1, bool(chart.axis), plot=110)


def column_rects(chart: ColumnChart, rect: pygame.Rect, type_: Type) -> list[pygame.Rect]:
    """The band of each column, as high as the plot, when the chart is drawn in ``rect``."""
    return _bands(chart, _frame(chart, rect, type_))


def draw_columns(
    surface: Canvas,
    rect: pygame.Rect,
    chart: ColumnChart,
    palette: Palette,
    type_: Type,
    progress: float = 1.0,
    focus: int | None = None,
) -> None:
    """Draws the chart into ``rect``; the column in ``focus`` stands in a band with its flag above."""
    frame = _frame(chart, rect, type_)
    bands = _bands(chart, frame)
    looked_at = focus is not None and 0 <= focus < len(bands)
    if looked_at and focus is not None:
        ground = mix(palette.paper, palette.bed, 0.4)
        plate(surface, bands[focus], palette, round(6 * type_.scale), ground)
    draw_frame(surface, frame, palette, type_)
    base = round(frame.y(0.0))
    for k, (column, band) in enumerate(zip(chart.columns, bands, strict=True)):
        top = round(frame.y(column.light))
        thin = max(1, round(band.width * 0.74))
        bar = pygame.Rect(band.centerx - thin // 2, min(top, base), thin, abs(top - base))
        radius, share = min(round(6 * type_.scale), thin // 3), grown(progress, k, len(bands))
        draw_bar(surface, bar, fill_of(column.paint, palette), radius, "up" if column.light >= 0 else "down", share)
    step = every([type_.width(column.label, 13) + 6 * type_.scale for column in chart.columns], _pitch(chart, frame))
    labels = [((k + 0.5) / len(chart.columns), column.label) for k, column in enumerate(chart.columns) if k % step == 0]
    draw_ticks(surface, frame, palette, type_, labels, chart.axis)
    if looked_at and focus is not None:
        flag = Flag((focus + 0.5) / len(bands), chart.columns[focus].says, loud=True, reaches=1.0)
        draw_flags(surface, frame, palette, type_, (flag,))


def _widest_flag(chart: ColumnChart) -> tuple[Flag, ...]:
    return (Flag(0.5, chart.columns[0].says),) if chart.columns else ()


def _frame(chart: ColumnChart, rect: pygame.Rect, type_: Type) -> Frame:
    scale = scale_over([column.light for column in chart.columns], ticks=4)
    return frame_of(rect, type_, scale, _widest_flag(chart), 1, bool(chart.axis))


def _pitch(chart: ColumnChart, frame: Frame) -> float:
    return frame.plot.width / max(1, len(chart.columns))


def _bands(chart: ColumnChart, frame: Frame) -> list[pygame.Rect]:
    pitch, plot = _pitch(chart, frame), frame.plot
    edges = [round(plot.left + k * pitch) for k in range(len(chart.columns) + 1)]
    return [pygame.Rect(a, plot.top, max(1, b - a), plot.height) for a, b in itertools.pairwise(edges)]
