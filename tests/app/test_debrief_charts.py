"""Charts: scales that cover what they show, labels that stay apart, and drawing that is a pure function."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.draw.chart_bars import Across, BarChart, Row, bar_rects, bars_height, draw_bars
from game.app.draw.chart_columns import Column, ColumnChart, column_rects, columns_height, draw_columns
from game.app.draw.chart_histogram import HistogramChart, Marked, bins_of, draw_histogram, histogram_height
from game.app.draw.chart_line import LineChart, Point, draw_line, line_height, point_rects
from game.app.draw.chart_rows import lay_rows
from game.app.draw.chart_scale import every, nice_step, scale_over, stacked, tick_text
from game.app.draw.chart_waterfall import Change, waterfall
from game.app.draw.palette import DAY, DUSK, ROSE
from game.app.draw.type import Type

LIGHT = st.floats(-1e15, 1e15, allow_nan=False)
ROWS = (
    Row("Hindsight", 33.4, "33.4", "after the fact", paint="hatched", error=0.5, aside="± 0.5, sampled"),
    Row("One step", 33.1, "33.1", paint="deep", gain=(30.3, "+2.8 for looking up")),
    Row("A plan", 30.3, "30.3", minor=True),
    Row("Down", -4.0, "−4", paint="clay"),
)
LADDER = BarChart(ROWS, (Across(31.5, "You: 31.5"), Across(30.9, "You as well: 30.9")), axis="light")


@given(st.lists(LIGHT, max_size=30), st.booleans(), st.integers(1, 8))
def test_ticks_cover_the_data(values: list[float], from_zero: bool, ticks: int) -> None:
    """Every value lies on its scale, first and last tick are the ends, and ticks are evenly spaced round steps."""
    scale = scale_over(values, from_zero=from_zero, ticks=ticks)
    slack = 1e-6 * scale.step
    assert all(scale.low - slack <= value <= scale.high + slack for value in values)
    assert scale.high > scale.low
    assert scale.ticks[0] <= scale.low + slack
    assert scale.ticks[-1] >= scale.high - slack
    assert len(scale.ticks) <= 2 * ticks + 4
    mantissa = scale.step / 10 ** math.floor(math.log10(scale.step) + 1e-9)
    assert round(mantissa, 6) in (1, 2, 5)
    if from_zero:
        assert scale.low <= 0 <= scale.high


@given(st.lists(LIGHT, min_size=1, max_size=30))
def test_a_tight_scale_ends_with_its_values(values: list[float]) -> None:
    """A tight scale covers every value and zero, and has all its ticks between its ends."""
    scale = scale_over(values, tight=True)
    assert all(0 <= scale.at(value) <= 1 for value in values)
    slack = 1e-6 * scale.step
    assert all(scale.low - slack <= tick <= scale.high + slack for tick in scale.ticks)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_scale_wants_finite_values(value: float) -> None:
    """A value that is not finite raises ValueError instead of a scale that makes no sense."""
    with pytest.raises(ValueError, match="finite"):
        scale_over([1.0, value])


@given(st.floats(1e-9, 1e18), st.integers(1, 50))
def test_steps_are_round_and_large_enough(span: float, ticks: int) -> None:
    """A step cuts its span into no more parts than asked for, and not into many fewer."""
    step = nice_step(span, ticks)
    assert span / ticks <= step * 1.00001 <= 2.5000001 * span / ticks * 1.00001


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.30000000000000004, 0.1, "0.3"),
        (-20, 10, "−20"),
        (1500, 500, "1,500"),
        (2.5e6, 5e5, "2.5 million"),
        (1e-12, 0.5, "0"),
        (3e9, 1e9, "3 billion"),
        (0.00002, 0.00001, "0.00002"),
    ],
)
def test_ticks_as_people_read_them(value: float, step: float, text: str) -> None:
    """Ticks show as many digits as their step needs, a proper minus, and large numbers in words."""
    assert tick_text(value, step) == text


@given(st.lists(st.tuples(st.floats(-50, 450), st.floats(1, 500)), max_size=12))
def test_labels_never_overlap(labels: list[tuple[float, float]]) -> None:
    """Labels above an axis stay between its ends and touch no other in their row; each still stands over its line."""
    centres, lengths = [c for c, _ in labels], [length for _, length in labels]
    placed = stacked(centres, lengths, 0, 400)
    spans = []
    for (row, centre), wanted, length in zip(placed, centres, lengths, strict=True):
        half = min(length, 400) / 2
        assert centre - half >= -1e-6
        assert centre + half <= 400 + 1e-6
        if 0 <= wanted <= 400:
            assert centre - half - 1e-6 <= wanted <= centre + half + 1e-6
        spans.append((row, centre - half, centre + half))
    for one, other in itertools.combinations(spans, 2):
        assert one[0] != other[0] or one[2] <= other[1] + 1e-6 or other[2] <= one[1] + 1e-6


@given(st.lists(st.floats(1, 300), min_size=1, max_size=100), st.floats(1, 400))
def test_every_so_many_labels_fit(lengths: list[float], room: float) -> None:
    """When every so many-th label is written, each has room."""
    assert every(lengths, room) * room >= max(lengths) - 1e-6


@given(st.lists(LIGHT, min_size=1, max_size=300))
def test_bins_hold_every_value(values: list[float]) -> None:
    """Every value lies in one of at most 44 bins."""
    bins = bins_of(np.array(values))
    assert sum(bins.counts) == len(values)
    assert 1 <= len(bins.counts) <= 44
    assert bins.low <= min(values) + 1e-6 * bins.width
    assert bins.high >= max(values) - 1e-6 * bins.width


def test_plans_that_are_all_alike_are_one_bin() -> None:
    """One plan, or many with the same light, make one bin in the middle of which they stand."""
    for values in ([17.0], [17.0] * 5):
        bins = bins_of(np.array(values))
        assert bins.counts == (len(values),)
        assert (bins.low + bins.high) / 2 == pytest.approx(17)


@pytest.mark.parametrize("width", [260, 420, 700, 1100])
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_bars_leave_room_for_their_worth(width: int, scale: float) -> None:
    """The column of names, the axis and what stands right of the longest bar fit into the width."""
    type_ = Type(scale)
    layout = lay_rows(LADDER, width, type_)
    assert layout.left < width
    for row in ROWS:
        right = max(layout.x(row.end + row.error), layout.x(0), *(layout.x(line.value) for line in LADDER.across))
        assert right + type_.width(row.worth, row.worth_size, 600) <= width + 1


def test_a_taller_chart_moves_its_rows_apart() -> None:
    """Rows share what room there is more than they need, from the flags down to the axis."""
    type_ = Type(1.0)
    least = bars_height(LADDER, 600, type_)
    low = bar_rects(LADDER, pygame.Rect(10, 20, 600, least), type_)
    high = bar_rects(LADDER, pygame.Rect(10, 20, 600, least + 80), type_)
    assert high[0].top == low[0].top
    assert high[-1].bottom == low[-1].bottom + 80
    assert all(a.bottom == b.top for a, b in itertools.pairwise(high))


def test_a_waterfall_goes_on_where_it_left_off() -> None:
    """Each change begins at the sum so far, and the last one ends where the end stands."""
    chart = waterfall(
        Row("start", 10.0, "10"), [Change("a", -3.0, "−3"), Change("b", 1.5, "+1.5")], Row("end", 8.5, "8.5")
    )
    assert [(row.start, row.end) for row in chart.rows] == [(0, 10), (10, 7), (7, 8.5), (0, 8.5)]
    assert chart.linked


COLUMNS = ColumnChart(
    tuple(Column(str(k + 1), light, f"Year {k + 1}") for k, light in enumerate((2.0, -1.0, 0.0, 7.5)))
)
LINE = LineChart(
    (Point("1", 33.1, "33.1"), Point("2", 32.7, "32.7", 0.2), Point("for ever", 30.3, "30.3")), axis="years"
)
HEAP = HistogramChart(bins_of(np.array([1.0, 2.0, 2.0, 3.0])), (Marked(3.0, "Best 3"), Marked(3.2, "Step 3.2")), 2.5)


def drawn(kind: str, progress: float, focus: int | None = None, palette: object = ROSE) -> bytes:
    """The pixels of one of the charts."""
    surface = pygame.Surface((640, 400))
    rect, type_ = pygame.Rect(20, 20, 600, 360), Type(1.0)
    if kind == "bars":
        draw_bars(surface, rect, LADDER, palette, type_, progress, focus)  # type: ignore[arg-type]
    elif kind == "columns":
        draw_columns(surface, rect, COLUMNS, palette, type_, progress, focus)  # type: ignore[arg-type]
    elif kind == "line":
        draw_line(surface, rect, LINE, palette, type_, progress, focus)  # type: ignore[arg-type]
    else:
        draw_histogram(surface, rect, HEAP, palette, type_, progress)  # type: ignore[arg-type]
    return pygame.image.tobytes(surface, "RGB")


@pytest.mark.parametrize("kind", ["bars", "columns", "line", "histogram"])
def test_charts_are_pure_and_grow(kind: str) -> None:
    """The same data give the same pixels, less progress gives less of the chart, and every palette can draw it."""
    assert drawn(kind, 1.0) == drawn(kind, 1.0)
    assert drawn(kind, 0.0) != drawn(kind, 0.5) != drawn(kind, 1.0)
    assert len({drawn(kind, 1.0, palette=palette) for palette in (DAY, DUSK, ROSE)}) == 3
    if kind != "histogram":
        assert len({drawn(kind, 1.0, focus) for focus in (None, 0, 1, 99)}) == 3


def test_items_of_charts_can_be_pointed_at() -> None:
    """The bands of rows, columns and points lie side by side inside the chart, one for each."""
    rect, type_ = pygame.Rect(20, 20, 600, 360), Type(1.0)
    for bands, count in (
        (bar_rects(LADDER, rect, type_), 4),
        (column_rects(COLUMNS, rect, type_), 4),
        (point_rects(LINE, rect, type_), 3),
    ):
        assert len(bands) == count
        assert all(rect.contains(band) for band in bands)
        assert not any(a.colliderect(b) for a, b in itertools.combinations(bands, 2))


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_charts_say_how_much_room_they_need(scale: float) -> None:
    """Larger letters need more room, and no chart needs none."""
    type_, small = Type(scale), Type(0.5)
    for height in (
        lambda t: bars_height(LADDER, 500, t),
        lambda t: columns_height(COLUMNS, 500, t),
        lambda t: histogram_height(HEAP, 500, t),
        lambda t: line_height(LINE, 500, t),
    ):
        assert height(type_) > height(small) > 30


@pytest.mark.parametrize("scale", [1.0, 1.3, 2.0])
@pytest.mark.parametrize("least", [-0.5, -0.25, 0.0, -8.0])
@pytest.mark.parametrize("most", [-0.25, 0.0, 8.0])
def test_the_name_of_the_axis_stands_clear_of_its_figures(scale: float, least: float, most: float) -> None:
    """Where the axis is named beside its first tick, that tick's own label does not reach out to the name."""
    type_ = Type(scale)
    rows = (Row("What came", least, str(least), "your choices"), Row("The best plan", most, str(most), "on average"))
    layout = lay_rows(BarChart(rows, axis="light"), 640, type_)
    first = layout.scale.ticks[0]
    begins = layout.x(first) - type_.width(layout.scale.label(first), 13) / 2
    assert not layout.axis_beside or begins > layout.left - layout.gap + 4 * scale
