"""A learning curve: worth against lives lived, the middle of many learners as a line and their middle half as a band.

Lives run along a logarithmic base, since the first ten change as much as the next thousand.  Level lines stand for what
the learners are measured by, and each says its name above itself at the left.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import pygame

from game.app.draw.chart_frame import TICK, Frame, draw_frame, draw_ticks, frame_height, frame_of
from game.app.draw.chart_marks import Canvas, dashed_line, disc, put, stroke
from game.app.draw.chart_scale import Scale, scale_over, tick_text
from game.app.draw.palette import Palette, mix
from game.app.draw.svg import SvgPicture
from game.app.draw.type import Type

_NAME = 15


@dataclass(frozen=True)
class Level:
    """A line at a light, with its name; a ``dashed`` one is told apart by more than its colour."""

    light: float
    name: str
    dashed: bool = False


@dataclass(frozen=True)
class LearningChart:
    """Worths at numbers of lives: the middle and the two quartiles, and the ``levels`` they are measured by."""

    lives: tuple[int, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    levels: tuple[Level, ...]
    axis: str = ""

    @property
    def scale(self) -> Scale:
        """The scale up the side, over everything that is drawn and a little more, so that names find room."""
        values = [*self.low, *self.high, *(level.light for level in self.levels)]
        room = 0.06 * (max(values) - min(values))
        return scale_over([*values, max(values) + room], from_zero=False, ticks=5)

    def at(self, lives: float) -> float:
        """Where a number of lives stands on the base, from 0 to 1."""
        last = math.log10(max(2, self.lives[-1]))
        return 0.03 + 0.94 * math.log10(max(1.0, lives)) / last


def learning_height(chart: LearningChart, width: int, type_: Type) -> int:
    """The least height in pixels at which the chart can be read."""
    return frame_height(type_, width, (), 1, bool(chart.axis), plot=170)


def learning_rects(chart: LearningChart, rect: pygame.Rect, type_: Type) -> list[pygame.Rect]:
    """The band of each number of lives when the chart is drawn in ``rect``."""
    frame = _frame(chart, rect, type_)
    spots = [frame.x(chart.at(lives)) for lives in chart.lives]
    middles = [(a + b) / 2 for a, b in itertools.pairwise(spots)]
    edges = [frame.plot.left, *map(round, middles), frame.plot.right]
    return [pygame.Rect(a, frame.plot.top, max(1, b - a), frame.plot.height) for a, b in itertools.pairwise(edges)]


def draw_learning(
    surface: Canvas,
    rect: pygame.Rect,
    chart: LearningChart,
    palette: Palette,
    type_: Type,
    progress: float = 1.0,
    focus: int | None = None,
) -> None:
    """Draws the chart into ``rect``; the curve comes from the left as ``progress`` goes from 0 to 1."""
    frame, unit = _frame(chart, rect, type_), type_.scale
    draw_frame(surface, frame, palette, type_)
    shown = max(2, round(len(chart.lives) * min(1.0, progress)))
    across = [frame.x(chart.at(lives)) for lives in chart.lives][:shown]
    upper = [(x, frame.y(light)) for x, light in zip(across, chart.high, strict=False)]
    lower = [(x, frame.y(light)) for x, light in zip(across, chart.low, strict=False)]
    middle = [(x, frame.y(light)) for x, light in zip(across, chart.middle, strict=False)]
    _fill(surface, mix(palette.paper, palette.trickle, 0.55), [*upper, *lower[::-1]])
    _draw_levels(surface, chart, frame, palette, type_)
    if len(middle) > 1:
        _path(surface, palette.surge, middle, max(3, round(3.5 * unit)))
    if focus is not None and 0 <= focus < shown:
        x, y = middle[focus]
        stroke(surface, palette.accent_ink, (x, lower[focus][1]), (x, upper[focus][1]), max(2, round(2 * unit)))
        disc(surface, palette.paper, (x, y), round(9 * unit))
        disc(surface, palette.accent_ink, (x, y), round(6 * unit))
    base = frame.plot.bottom
    stroke(surface, palette.ink, (frame.plot.left, base), (frame.plot.right, base), max(2, round(2 * unit)))
    draw_ticks(surface, frame, palette, type_, _ticks(chart, frame, type_), chart.axis)


def _frame(chart: LearningChart, rect: pygame.Rect, type_: Type) -> Frame:
    return frame_of(rect, type_, chart.scale, (), 1, bool(chart.axis))


def _ticks(chart: LearningChart, frame: Frame, type_: Type) -> list[tuple[float, str]]:
    """Powers of ten, as many as there is room for, and the last number of lives where it stands apart from them."""
    powers = [10**k for k in range(len(str(chart.lives[-1])))]
    labels = [(chart.at(power), tick_text(power, 1)) for power in powers]
    last = (chart.at(chart.lives[-1]), tick_text(chart.lives[-1], 1))
    wide = max(type_.width(text, TICK) for _, text in [*labels, last]) + 12 * type_.scale
    kept = [label for label in labels if (last[0] - label[0]) * frame.plot.width > wide]
    return [*kept, last]


def _draw_levels(surface: Canvas, chart: LearningChart, frame: Frame, palette: Palette, type_: Type) -> None:
    """The level lines, each with its name above it at the left, or below it where two lie close together."""
    unit, right = type_.scale, frame.plot.right
    taken: list[float] = []
    for level in sorted(chart.levels, key=lambda level: -level.light):
        y = frame.y(level.light)
        colour = palette.accent_ink if level.dashed else palette.ink
        if level.dashed:
            dashed_line(surface, colour, (frame.plot.left, y), (right, y), round(9 * unit), max(2, round(2 * unit)))
        else:
            stroke(surface, colour, (frame.plot.left, y), (right, y), max(2, round(2 * unit)))
        tall = type_.height(_NAME)
        top = y - tall - 2 * unit
        if any(abs(top - other) < tall for other in taken):
            top = y + 3 * unit
        taken.append(top)
        put(surface, type_, level.name, _NAME, colour, (frame.plot.left + 6 * unit, top), "topleft", 600)


def _fill(surface: Canvas, colour: tuple[int, int, int], points: list[tuple[float, float]]) -> None:
    if len(points) < 3:
        return
    if isinstance(surface, SvgPicture):
        surface.area(colour, points)
    else:
        pygame.draw.polygon(surface, colour, points)


def _path(surface: Canvas, colour: tuple[int, int, int], points: list[tuple[float, float]], thick: int) -> None:
    if isinstance(surface, SvgPicture):
        surface.line(colour, points, thick)
        return
    for start, end in itertools.pairwise(points):
        pygame.draw.aaline(surface, colour, start, end, thick)
    for spot in points:
        pygame.draw.aacircle(surface, colour, spot, thick / 2)
