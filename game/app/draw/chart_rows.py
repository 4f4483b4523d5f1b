"""Rows of a bar chart and the room they need: names at the left, what they are worth at the right, the axis in between.

Texts are wrapped into the column of names, and are given their room at the right before the axis gets any, so nothing
is cut and nothing overlaps at any size.  Pixels here count from the chart's top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.app.draw.chart_marks import Paint, flag_size, widest
from game.app.draw.chart_scale import Scale, scale_over, stacked
from game.app.draw.type import Type

NAME, NOTE, WORTH, GAIN, TICK = 17, 13, 19, 15, 13
MINOR = 0.6
"""How thick a minor bar is beside the others."""


@dataclass(frozen=True)
class Row:
    """A bar from ``start`` to ``end`` (in light) with its name, and its worth in words.

    ``error`` is one standard error of ``end``, drawn as a whisker; ``aside`` a few small words after the worth;
    ``gain`` (from, text) a bracket below the bar from that light to ``end``.  A ``minor`` row is smaller; a ``loud``
    one has its worth in the accent colour.
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
    minor: bool = False

    @property
    def name_size(self) -> int:
        """The size of its name."""
        return 15 if self.minor else NAME

    @property
    def worth_size(self) -> int:
        """The size of its worth."""
        return 15 if self.minor else WORTH


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
class RowText:
    """The texts of a row, wrapped: its name, its note, and its aside where that stands below its worth."""

    name: tuple[str, ...]
    note: tuple[str, ...]
    aside: tuple[str, ...]

    def column_height(self, row: Row, type_: Type) -> int:
        """The height of name and note together."""
        return len(self.name) * type_.height(row.name_size) + len(self.note) * type_.height(NOTE)

    def worth_height(self, row: Row, type_: Type) -> int:
        """The height of the worth with what stands below it."""
        return type_.height(row.worth_size) + len(self.aside) * type_.height(NOTE)


@dataclass(frozen=True)
class RowLayout:
    """A chart measured for one width: its axis from ``left`` over ``plot`` pixels; ``top`` and ``bottom`` of its rows.

    ``flags`` are (row from below, centre, width, height) of each line across.
    """

    scale: Scale
    left: int
    plot: int
    top: int
    bottom: int
    heights: tuple[int, ...]
    texts: tuple[RowText, ...]
    flags: tuple[tuple[int, float, int, int], ...]
    flag_step: int
    axis_beside: bool
    gap: int
    bar: int

    @property
    def height(self) -> int:
        """The least height of the whole chart."""
        return self.top + sum(self.heights) + self.bottom

    def x(self, value: float) -> float:
        """The pixel column of a light."""
        return self.left + self.scale.at(value) * self.plot


def lay_rows(chart: BarChart, width: int, type_: Type) -> RowLayout:
    """The chart measured for ``width`` pixels."""
    unit = type_.scale
    gap, bar = round(14 * unit), round(26 * unit)
    column = _column(chart, width, type_)
    left = column + gap
    room = width - left - gap
    beside = [_beside_width(row, gap, type_) for row in chart.rows]
    inline = max(beside, default=0) <= room * 0.5
    texts = tuple(_wrapped(row, column, 0 if inline else round(room * 0.45), type_) for row in chart.rows)
    if not inline:
        beside = [
            max(type_.width(row.worth, row.worth_size, 600), widest(type_, text.aside, NOTE))
            for row, text in zip(chart.rows, texts, strict=True)
        ]
    scale, plot = _axis(chart, room, beside, gap, type_)
    sizes = [flag_size(type_, line.text) for line in chart.across]
    step = max((high for _, high in sizes), default=0) + round(8 * unit)
    at = [left + scale.at(line.value) * plot for line in chart.across]
    placed = stacked(at, [wide + gap / 3 for wide, _ in sizes], 0, width)
    # The axis is named left of its first tick, unless that tick's own label reaches out that far.
    first = scale.at(scale.ticks[0]) * plot - type_.width(scale.label(scale.ticks[0]), TICK) / 2
    axis_beside = type_.width(chart.axis, TICK) + 20 * unit <= column and first >= 8 * unit - gap
    return RowLayout(
        scale=scale,
        left=left,
        plot=plot,
        top=step * (1 + max(row for row, _ in placed)) if placed else 0,
        bottom=round(type_.height(TICK) * (2.2 if chart.axis and not axis_beside else 1.1) + 4 * unit),
        heights=tuple(
            _row_height(row, text, bar, type_, 5 if chart.linked else 7)
            for row, text in zip(chart.rows, texts, strict=True)
        ),
        texts=texts,
        flags=tuple((*place, *size) for place, size in zip(placed, sizes, strict=True)),
        flag_step=step,
        axis_beside=axis_beside,
        gap=gap,
        bar=bar,
    )


def gain_height(row: Row, type_: Type) -> int:
    """The room below a bar for its bracket, 0 without one."""
    return round(type_.height(GAIN) * 1.15) if row.gain else 0


def _column(chart: BarChart, width: int, type_: Type) -> int:
    names = max((type_.width(row.name, row.name_size, 600) for row in chart.rows), default=0)
    return min(round(width * 0.4), max(names, widest(type_, [row.note for row in chart.rows], NOTE)))


def _beside_width(row: Row, gap: int, type_: Type) -> int:
    aside = gap // 2 + type_.width(row.aside, NOTE) if row.aside else 0
    return type_.width(row.worth, row.worth_size, 600) + aside


def _wrapped(row: Row, column: int, aside: int, type_: Type) -> RowText:
    """``aside`` is the width for the aside below the worth, 0 where it stands beside it."""
    return RowText(
        tuple(type_.wrap(row.name, row.name_size, column, 600)),
        tuple(type_.wrap(row.note, NOTE, column)) if row.note else (),
        tuple(type_.wrap(row.aside, NOTE, aside)) if row.aside and aside else (),
    )


def _axis(chart: BarChart, room: int, beside: Sequence[int], gap: int, type_: Type) -> tuple[Scale, int]:
    """The scale with as many ticks as fit, and the length of its axis in pixels."""
    ends = [value for row in chart.rows for value in (row.start, row.end - row.error, row.end + row.error)]
    ends += [line.value for line in chart.across]
    for ticks in (5, 4, 3, 2, 1):
        scale = scale_over(ends, ticks=ticks, tight=True)
        plot = _plot(chart, scale, room, beside, gap)
        label = widest(type_, [scale.label(tick) for tick in scale.ticks], TICK)
        if (label + gap) * (len(scale.ticks) - 1) <= plot:
            break
    return scale, plot


def _plot(chart: BarChart, scale: Scale, room: int, beside: Sequence[int], gap: int) -> int:
    plot = float(room)
    for row, text in zip(chart.rows, beside, strict=True):
        # The worth stands right of the bar, and may have to move right of a line across.
        share = max(scale.at(row.start), scale.at(row.end + row.error), scale.zero)
        share = max([share, *(scale.at(line.value) for line in chart.across)])
        if share > 0:
            plot = min(plot, (room - text) / share)
    return max(gap, round(plot))


def _row_height(row: Row, text: RowText, bar: int, type_: Type, apart: float) -> int:
    thick = round(bar * MINOR) if row.minor else bar
    tallest = max(text.column_height(row, type_), text.worth_height(row, type_), thick)
    return tallest + gain_height(row, type_) + round((4 if row.minor else apart) * type_.scale)
