"""A line of points over named steps that stand at equal distances, each point with what it is worth."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pygame

from game.app.draw.chart_frame import Frame, draw_frame, draw_ticks, frame_height, frame_of
from game.app.draw.chart_marks import Canvas, disc, draw_whisker, plate, put
from game.app.draw.chart_scale import Scale, scale_over
from game.app.draw.palette import Palette, mix
from game.app.draw.svg import SvgPicture
from game.app.draw.type import Type

WORTH = 15


@dataclass(frozen=True)
class Point:
    """A step's label, its light, the light in words, and one standard error of it."""

    label: str
    light: float
    worth: str
    error: float = 0.0


@dataclass(frozen=True)
class LineChart:
    """Points from left to right; ``axis`` says what the steps are."""

    points: tuple[Point, ...]
    axis: str = ""

    @property
    def scale(self) -> Scale:
        """The scale up the side.  It need not contain zero: whoever shows the chart says where it starts."""
        ends = [light for point in self.points for light in (point.light - point.error, point.light + point.error)]
        return scale_over(ends, from_zero=False, ticks=4)


def line_height(chart: LineChart, width: int, type_: Type) -> int:
    """The least height in pixels at which the chart can be read."""
    return frame_height(type_, width, (), _lines_below(chart, width, type_), bool(chart.axis), plot=150)


def point_rects(chart: LineChart, rect: pygame.Rect, type_: Type) -> list[pygame.Rect]:
    """The band of each point when the chart is drawn in ``rect``."""
    plot = _frame(chart, rect, type_).plot
    edges = [round(plot.left + plot.width * k / len(chart.points)) for k in range(len(chart.points) + 1)]
    return [pygame.Rect(a, plot.top, b - a, plot.height) for a, b in itertools.pairwise(edges)]


def draw_line(
    surface: Canvas,
    rect: pygame.Rect,
    chart: LineChart,
    palette: Palette,
    type_: Type,
    progress: float = 1.0,
    focus: int | None = None,
) -> None:
    """Draws the chart into ``rect``; the line comes from the left as ``progress`` goes from 0 to 1."""
    frame, count, unit = _frame(chart, rect, type_), len(chart.points), type_.scale
    if not count:
        return
    bands = point_rects(chart, rect, type_)
    if focus is not None and 0 <= focus < count:
        ground = mix(palette.paper, palette.bed, 0.4)
        plate(surface, bands[focus], palette, round(10 * unit), ground)
    draw_frame(surface, frame, palette, type_)
    spots = [(frame.x((k + 0.5) / count), frame.y(point.light)) for k, point in enumerate(chart.points)]
    _draw_path(surface, spots, frame, palette, unit, progress)
    for k, (point, spot) in enumerate(zip(chart.points, spots, strict=True)):
        if progress * count >= k + 0.5:
            _draw_point(surface, point, spot, frame, palette, unit)
    written = _written(chart, bands, type_, focus)
    for k in written:
        if progress * count >= k + 0.5:
            _write_worth(surface, chart.points[k], spots[k], frame, palette, type_, k == focus)
    labels = [((k + 0.5) / count, _broken(point.label, bands[k].width, type_)) for k, point in enumerate(chart.points)]
    draw_ticks(surface, frame, palette, type_, labels, chart.axis)


def _frame(chart: LineChart, rect: pygame.Rect, type_: Type) -> Frame:
    return frame_of(rect, type_, chart.scale, (), _lines_below(chart, rect.width, type_), bool(chart.axis))


def _lines_below(chart: LineChart, width: int, type_: Type) -> int:
    room = round(width * 0.8 / max(1, len(chart.points)))
    return max((len(_broken(point.label, room, type_).split("\n")) for point in chart.points), default=1)


def _broken(label: str, room: int, type_: Type) -> str:
    return "\n".join(type_.wrap(label, 13, max(1, room - round(4 * type_.scale))))


def _written(chart: LineChart, bands: list[pygame.Rect], type_: Type, focus: int | None) -> list[int]:
    """Which points say what they are worth: all where they fit beside one another, else the one looked at."""
    widest = max(type_.width(point.worth, WORTH, 600) for point in chart.points)
    if widest + 6 * type_.scale <= min(band.width for band in bands):
        return list(range(len(chart.points)))
    return [focus if focus is not None and 0 <= focus < len(bands) else 0]


def _draw_path(
    surface: Canvas, spots: list[tuple[float, float]], frame: Frame, palette: Palette, unit: float,
    progress: float,
) -> None:  # fmt: skip
    if len(spots) < 2:
        return
    clip = surface.get_clip()
    shown = frame.plot.copy()
    shown.inflate_ip(0, round(40 * unit))
    shown.width = round(shown.width * min(1.0, progress))
    surface.set_clip(shown.clip(clip))
    thick = max(3, round(4 * unit))
    for start, end in itertools.pairwise(spots):
        if isinstance(surface, SvgPicture):
            surface.line(palette.flow, (start, end), thick)
        else:
            pygame.draw.aaline(surface, palette.flow, start, end, thick)
    surface.set_clip(clip)


def _draw_point(
    surface: Canvas, point: Point, spot: tuple[float, float], frame: Frame, palette: Palette, unit: float
) -> None:
    radius = max(4, round(7 * unit))
    if point.error:
        low, high = ((spot[0], frame.y(point.light + side * point.error)) for side in (-1, 1))
        draw_whisker(surface, palette.ink, low, high, round(5 * unit), max(2, round(2 * unit)))
    disc(surface, palette.paper, spot, radius + round(3 * unit))
    disc(surface, palette.surge, spot, radius)
    disc(surface, palette.trickle, spot, max(2, radius // 2))


def _write_worth(
    surface: Canvas, point: Point, spot: tuple[float, float], frame: Frame, palette: Palette, type_: Type,
    loud: bool,
) -> None:  # fmt: skip
    unit, tall = type_.scale, type_.height(WORTH)
    top = min(spot[1], frame.y(point.light + point.error)) - 12 * unit - tall
    if top < frame.plot.top - tall * 0.4:
        top = max(spot[1], frame.y(point.light - point.error)) + 12 * unit
    half = type_.width(point.worth, WORTH, 600) / 2
    x = min(max(spot[0], frame.plot.left + half), frame.plot.right - half)
    colour = palette.accent_ink if loud else palette.ink
    put(surface, type_, point.worth, WORTH, colour, (x, top), "top", 600)
