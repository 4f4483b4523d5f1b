"""The frame of an upright chart: light up the left side, a base line, ticks along it, flags standing above.

Pixels are in the coordinates of the surface.  Columns, the histogram and the line of points are drawn inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.app.draw.chart_marks import Canvas, draw_flag, flag_size, put, stroke, widest
from game.app.draw.chart_scale import Scale, stacked
from game.app.draw.palette import Colour, Palette
from game.app.draw.type import Type

TICK, FLAG = 13, 15


@dataclass(frozen=True)
class Flag:
    """A plumb line at ``x`` (a fraction of the plot's width) with words above it; ``loud`` in the accent colour."""

    x: float
    text: str
    loud: bool = False
    reaches: float = 0.0
    """How far up the plot its line begins, as a fraction from below: 0 for a line down to the base."""


@dataclass(frozen=True)
class Frame:
    """Where things are: the ``plot`` inside the axes, the ``scale`` up its left side (None: no axis there)."""

    plot: pygame.Rect
    scale: Scale | None

    def x(self, fraction: float) -> float:
        """The pixel column a fraction of the way along the base."""
        return self.plot.left + fraction * self.plot.width

    def y(self, value: float) -> float:
        """The pixel row of a light on the scale at the left."""
        if self.scale is None:
            return float(self.plot.bottom)
        return self.plot.bottom - self.scale.at(value) * self.plot.height


def frame_of(
    rect: pygame.Rect, type_: Type, scale: Scale | None, flags: Sequence[Flag], lines_below: int, titled: bool
) -> Frame:
    """The frame that fits into ``rect`` with its ticks, ``lines_below`` lines of labels, a title and the flags."""
    unit = type_.scale
    left = 0
    if scale is not None:
        left = widest(type_, [scale.label(tick) for tick in scale.ticks], TICK) + round(10 * unit)
    above = round(6 * unit) + type_.height(TICK) // 2
    if flags:
        above = _flag_step(type_) * (1 + max(row for row, _ in _placed(flags, rect.width - left, type_)))
    below = round((lines_below + (1 if titled else 0)) * type_.height(TICK) + 8 * unit)
    height = max(1, rect.height - above - below)
    plot = pygame.Rect(rect.left + left, rect.top + above, max(1, rect.width - left), height)
    return Frame(plot, scale)


def frame_height(
    type_: Type, width: int, flags: Sequence[Flag], lines_below: int, titled: bool, plot: float = 120
) -> int:
    """The least height at which the frame leaves ``plot`` design pixels to what is drawn in it."""
    above = round(6 * type_.scale) + type_.height(TICK) // 2
    if flags:
        # The axis at the left is not known here: flags are stacked as if it took a quarter of the width.
        above = _flag_step(type_) * (1 + max(row for row, _ in _placed(flags, round(width * 0.75), type_)))
    return round(above + (lines_below + (1 if titled else 0)) * type_.height(TICK) + (8 + plot) * type_.scale)


def draw_frame(surface: Canvas, frame: Frame, palette: Palette, type_: Type) -> None:
    """Draws the grid, the ticks at the left and the base line."""
    plot, scale, unit = frame.plot, frame.scale, type_.scale
    base = frame.y(0.0)
    if scale is None:
        for k in range(1, 5):
            y = plot.bottom - plot.height * k / 4
            stroke(surface, palette.paper_edge, (plot.left, y), (plot.right, y))
    else:
        step = max(1, -(-len(scale.ticks) * type_.height(TICK) // max(1, plot.height)))
        for tick in scale.ticks[::step]:
            y = frame.y(tick)
            stroke(surface, palette.paper_edge, (plot.left, y), (plot.right, y))
            put(surface, type_, scale.label(tick), TICK, palette.soft_ink, (plot.left - 10 * unit, y), "right")
    stroke(surface, palette.ink, (plot.left, base), (plot.right, base), max(2, round(2 * unit)))


def draw_ticks(
    surface: Canvas,
    frame: Frame,
    palette: Palette,
    type_: Type,
    labels: Sequence[tuple[float, str]],
    title: str = "",
) -> None:
    """Writes labels below the base at fractions of its length, each kept inside the frame, and the title under them."""
    plot, y = frame.plot, frame.plot.bottom + round(5 * type_.scale)
    tall = 1
    for at, text in labels:
        lines = text.split("\n")
        tall = max(tall, len(lines))
        for k, line in enumerate(lines):
            half = type_.width(line, TICK) / 2
            x = min(max(frame.x(at), plot.left + half - 8 * type_.scale), plot.right - half)
            put(surface, type_, line, TICK, palette.soft_ink, (x, y + k * type_.height(TICK)), "top")
    if title:
        put(surface, type_, title, TICK, palette.soft_ink, (plot.right, y + tall * type_.height(TICK)), "topright")


def draw_flags(
    surface: Canvas, frame: Frame, palette: Palette, type_: Type, flags: Sequence[Flag], progress: float = 1.0
) -> None:
    """Draws flags above the plot, each with its line down to where it ``reaches``; lines first, so flags are whole."""
    if not flags or progress < 0.35:
        return
    plot, unit = frame.plot, type_.scale
    rects = []
    for flag, (row, centre) in zip(flags, _placed(flags, plot.width, type_), strict=True):
        rect = pygame.Rect(0, 0, *flag_size(type_, flag.text, FLAG))
        rect.midbottom = (round(plot.left + centre), plot.top - row * _flag_step(type_) - round(6 * unit))
        x, foot = frame.x(flag.x), plot.bottom - plot.height * flag.reaches
        stroke(surface, _colour(flag, palette), (x, rect.bottom - 2), (x, foot), max(2, round(2 * unit)))
        rects.append(rect)
    for flag, rect in zip(flags, rects, strict=True):
        draw_flag(surface, type_, flag.text, rect, palette, _colour(flag, palette), FLAG)


def _colour(flag: Flag, palette: Palette) -> Colour:
    return palette.accent_ink if flag.loud else palette.ink


def _flag_step(type_: Type) -> int:
    return flag_size(type_, "", FLAG)[1] + round(6 * type_.scale)


def _placed(flags: Sequence[Flag], width: int, type_: Type) -> list[tuple[int, float]]:
    sizes = [flag_size(type_, flag.text, FLAG)[0] + 4 * type_.scale for flag in flags]
    return stacked([flag.x * width for flag in flags], sizes, 0, width)
