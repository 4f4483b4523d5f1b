"""The histogram: how many of many lights lie where, with flags on single ones."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from game.app.draw.chart_frame import Flag, Frame, draw_flags, draw_frame, draw_ticks, frame_height, frame_of
from game.app.draw.chart_marks import Canvas, Paint, draw_bar, fill_of, grown, stroke
from game.app.draw.chart_scale import Scale, nice_step, scale_over
from game.app.draw.palette import Palette
from game.app.draw.type import Type


@dataclass(frozen=True)
class Bins:
    """Equal bins: ``counts[k]`` values lie from ``low + k * width`` on, less than a ``width`` above it."""

    low: float
    width: float
    counts: tuple[int, ...]

    @property
    def high(self) -> float:
        """The upper end of the last bin."""
        return self.low + self.width * len(self.counts)


@dataclass(frozen=True)
class Marked:
    """A single light on the axis, with a flag."""

    light: float
    text: str
    loud: bool = False


@dataclass(frozen=True)
class HistogramChart:
    """Bins, marked lights, and the light from which on bins are hatched (None: none are)."""

    bins: Bins
    marks: tuple[Marked, ...] = ()
    hatched_from: float | None = None
    axis: str = ""


def bins_of(values: NDArray[np.float64], most: int = 42) -> Bins:
    """``values`` (1-D, finite) sorted into at most ``most`` bins of a round width; one bin where all are alike.

    The middles of the bins are multiples of the width, so that round values stand in the middle of their bins.
    """
    if values.size == 0:
        return Bins(0.0, 1.0, (0,))
    low, high = float(values.min()), float(values.max())
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):
        width = nice_step(max(abs(low), 1.0) * 0.1, 2)
        return Bins(low - width / 2, width, (int(values.size),))
    width = nice_step(high - low, most - 2)
    first = math.floor(low / width + 0.5)
    places = np.floor(values / width + 0.5).astype(np.int64) - first
    counts = np.bincount(np.maximum(places, 0))
    return Bins((first - 0.5) * width, width, tuple(int(n) for n in counts))


def histogram_height(chart: HistogramChart, width: int, type_: Type) -> int:
    """The least height in pixels at which the chart can be read, at this width."""
    return frame_height(type_, width, _flags(chart, _scale(chart)), 1, bool(chart.axis), plot=130)


def draw_histogram(
    surface: Canvas, rect: pygame.Rect, chart: HistogramChart, palette: Palette, type_: Type,
    progress: float = 1.0,
) -> None:  # fmt: skip
    """Draws the chart into ``rect``; ``progress`` 0 to 1 lets the bins rise from left to right."""
    scale = _scale(chart)
    flags = _flags(chart, scale)
    frame = frame_of(rect, type_, None, flags, 1, bool(chart.axis))
    draw_frame(surface, frame, palette, type_)
    bins = chart.bins
    most = max(bins.counts, default=0) or 1
    for k, count in enumerate(bins.counts):
        if not count:
            continue
        left, right = (frame.x(scale.at(bins.low + (k + side) * bins.width)) for side in (0, 1))
        gap = min(3 * type_.scale, (right - left) * 0.2)
        height = max(round(3 * type_.scale), round(frame.plot.height * 0.97 * count / most))
        bar = pygame.Rect(round(left + gap / 2), frame.plot.bottom - height, max(1, round(right - left - gap)), height)
        middle = bins.low + (k + 0.5) * bins.width
        paint: Paint = "hatched" if chart.hatched_from is not None and middle > chart.hatched_from else "water"
        share = grown(progress, k, len(bins.counts))
        draw_bar(surface, bar, fill_of(paint, palette), round(5 * type_.scale), "up", share)
    base = frame.plot.bottom
    stroke(surface, palette.ink, (frame.plot.left, base), (frame.plot.right, base), max(2, round(2 * type_.scale)))
    draw_ticks(surface, frame, palette, type_, _ticks(scale, frame, type_), chart.axis)
    draw_flags(surface, frame, palette, type_, flags, progress)


def _scale(chart: HistogramChart) -> Scale:
    lights = [chart.bins.low, chart.bins.high, *(mark.light for mark in chart.marks)]
    edge = 0.02 * (max(lights) - min(lights))  # so that no line stands on the very end
    return scale_over([*lights, min(lights) - edge, max(lights) + edge], from_zero=False, ticks=6, tight=True)


def _ticks(scale: Scale, frame: Frame, type_: Type) -> list[tuple[float, str]]:
    labels = [(scale.at(tick), scale.label(tick)) for tick in scale.ticks]
    room = frame.plot.width / max(1, len(labels) - 1)
    longest = max((type_.width(text, 13) for _, text in labels), default=0) + 12 * type_.scale
    return labels[:: max(1, math.ceil(longest / max(1.0, room)))]


def _flags(chart: HistogramChart, scale: Scale) -> tuple[Flag, ...]:
    return tuple(Flag(scale.at(mark.light), mark.text, mark.loud) for mark in chart.marks)
