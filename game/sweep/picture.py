"""The picture of a sweep: heat maps of what a fixed plan loses, as SVG.

One panel for each choice (from left to right) and sight (from top to bottom); in a panel volatility runs to the right
and the horizon upwards.  The colours are one ramp from light to dark, so that they can be told apart with every kind of
colour vision and in grey, and where there is room each cell says its number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from game.sweep.grid import Cell, Grid
from game.sweep.table import Row
from game.words import say

_RAMP = ((250, 245, 231), (214, 228, 218), (150, 198, 204), (84, 154, 184), (40, 105, 153), (24, 62, 112), (14, 29, 66))
_INK, _SOFT, _PAPER = "#233044", "#5d6878", "#fdfaf2"
_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_WIDEST, _NARROWEST, _TALL = 46, 9, 34
_PANEL_WIDTH = 520
_NUMBERED = 30
_LEFT, _TOP, _BETWEEN, _BELOW, _RIGHT = 96, 116, (34, 84), 70, 40
_LEGEND = (260, 14)
_SMALL, _MIDDLE, _LARGE = 12, 15, 22
_LEAST_RANGE = 0.05


@dataclass(frozen=True)
class _Frame:
    """Where things stand: the width of a cell, and the size of a panel, in pixels."""

    cell: int
    panel: tuple[int, int]

    def corner(self, column: int, row: int) -> tuple[int, int]:
        """The top left corner of a panel."""
        return _LEFT + column * (self.panel[0] + _BETWEEN[0]), _TOP + row * (self.panel[1] + _BETWEEN[1])


def picture_as_svg(grid: Grid, rows: Sequence[Row]) -> str:
    """The picture of a grid whose rows are ``rows``, as the text of an SVG file."""
    wide = max(_NARROWEST, min(_WIDEST, _PANEL_WIDTH // len(grid.volatility)))
    frame = _Frame(wide, (wide * len(grid.volatility), _TALL * len(grid.horizon)))
    right, bottom = frame.corner(len(grid.choice), len(grid.sight))
    width = max(right - _BETWEEN[0] + _RIGHT, _LEFT + 2 * _LEGEND[0])
    height = bottom - _BETWEEN[1] + _BELOW + 56
    by_cell = {row.cell: row for row in rows}
    most = _rounded_up(max(row.loss for row in rows))
    title, told = say("sweep.picture.title"), _told(grid)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-labelledby="title told" font-family="{_FONT}" fill="{_INK}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="told">{escape(told)}</desc>',
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        _text(_LEFT, 40, title, _LARGE, weight=600),
        _text(_LEFT, 62, told, _SMALL, fill=_SOFT),
    ]
    for r, sight in enumerate(grid.sight):
        for c, choice in enumerate(grid.choice):
            x, y = frame.corner(c, r)
            lines.append(_text(x, y - 10, _panel_title(choice, sight), _MIDDLE, weight=600))
            lines.extend(_panel(grid, choice, sight, by_cell, frame, (x, y), most))
            lines.extend(_axes(grid, frame, (x, y), first=c == 0))
    lines.extend(_legend(most, _LEFT, height - 44))
    return "\n".join([*lines, "</svg>", ""])


def _panel(
    grid: Grid,
    choice: int,
    sight: int | None,
    by_cell: dict[Cell, Row],
    frame: _Frame,
    corner: tuple[int, int],
    most: float,
) -> Iterator[str]:
    for k, horizon in enumerate(grid.horizon):
        y = corner[1] + (len(grid.horizon) - 1 - k) * _TALL
        for i, volatility in enumerate(grid.volatility):
            row = by_cell[Cell(volatility, choice, horizon, sight)]
            share = row.loss / most
            x = corner[0] + i * frame.cell
            yield (
                f'<rect x="{x}" y="{y}" width="{frame.cell}" height="{_TALL}" fill="{_colour(share)}">'
                f"<title>{escape(_cell_told(row))}</title></rect>"
            )
            if frame.cell >= _NUMBERED:
                text = _percent(row.loss)
                if row.exact < row.levels:
                    text = say("sweep.picture.at_least", number=text)
                fill = _readable_on(_colour(share))
                yield _text(x + frame.cell / 2, y + _TALL / 2 + 4, text, _SMALL, fill=fill, anchor="middle")
    yield (
        f'<rect x="{corner[0]}" y="{corner[1]}" width="{frame.panel[0]}" height="{frame.panel[1]}" fill="none"'
        f' stroke="{_SOFT}"/>'
    )


def _axes(grid: Grid, frame: _Frame, corner: tuple[int, int], *, first: bool) -> Iterator[str]:
    bottom = corner[1] + frame.panel[1]
    # So many numbers as stand side by side without touching.
    every = math.ceil(_NUMBERED / frame.cell)
    for i, volatility in enumerate(grid.volatility):
        if i % every == 0:
            x = corner[0] + (i + 0.5) * frame.cell
            yield _text(x, bottom + 16, f"{volatility:.4g}", _SMALL, fill=_SOFT, anchor="middle")
    middle = corner[0] + frame.panel[0] / 2
    yield _text(middle, bottom + 36, say("sweep.picture.volatility"), _SMALL, anchor="middle")
    if not first:
        return
    for k, horizon in enumerate(grid.horizon):
        y = bottom - (k + 0.5) * _TALL + 4
        yield _text(corner[0] - 8, y, str(horizon), _SMALL, fill=_SOFT, anchor="end")
    x, y = corner[0] - 42, corner[1] + frame.panel[1] / 2
    label = _text(x, y, say("sweep.picture.horizon"), _SMALL, anchor="middle")
    yield label.replace("<text ", f'<text transform="rotate(-90 {x:g} {y:g})" ', 1)


def _legend(most: float, x: int, y: int) -> Iterator[str]:
    stops = "".join(
        f'<stop offset="{k / (len(_RAMP) - 1):.6g}" stop-color="{_colour(k / (len(_RAMP) - 1))}"/>'
        for k in range(len(_RAMP))
    )
    yield f'<defs><linearGradient id="ramp">{stops}</linearGradient></defs>'
    yield f'<rect x="{x}" y="{y}" width="{_LEGEND[0]}" height="{_LEGEND[1]}" fill="url(#ramp)" stroke="{_SOFT}"/>'
    for k in range(5):
        share = k / 4
        label = say("sweep.picture.percent", number=f"{100 * most * share:.3g}")
        yield _text(x + _LEGEND[0] * share, y + 30, label, _SMALL, fill=_SOFT, anchor="middle")
    yield _text(x + _LEGEND[0] + 30, y + 12, say("sweep.picture.legend"), _SMALL)


def _told(grid: Grid) -> str:
    parts = {"levels": grid.levels, "places": grid.places, "currents": grid.currents, "states": grid.states}
    return say("sweep.picture.told", **parts, seed=grid.seed)


def _panel_title(choice: int, sight: int | None) -> str:
    seen = say("sweep.picture.sight_all") if sight is None else say("sweep.picture.sight_some", lanes=sight)
    return say("sweep.picture.panel", choice=choice, sight=seen)


def _cell_told(row: Row) -> str:
    low, middle, high = (_percent(row.figures["loss", quartile]) for quartile in ("q1", "median", "q3"))
    cell = row.cell
    parts = {"volatility": f"{cell.volatility:.4g}", "choice": cell.choice, "horizon": cell.horizon}
    return say("sweep.picture.cell", low=low, middle=middle, high=high, **parts)


def _text(
    x: float, y: float, text: str, size: int, *, fill: str = _INK, anchor: str = "start", weight: int = 400
) -> str:
    extra = f' text-anchor="{anchor}"' if anchor != "start" else ""
    extra += f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}"{extra}>{escape(text)}</text>'


def _percent(share: float) -> str:
    """A share in percent: whole, and below ten with one digit where that is not zero."""
    percent = 100 * share
    return f"{percent:.0f}" if percent >= 9.95 or percent == 0 else f"{percent:.1f}"


def _colour(share: float) -> str:
    """The colour of a share of the greatest loss: the ramp between its two nearest stops."""
    position = min(1.0, max(0.0, share)) * (len(_RAMP) - 1)
    below = min(int(position), len(_RAMP) - 2)
    rest = position - below
    mixed = (round(a + (b - a) * rest) for a, b in zip(_RAMP[below], _RAMP[below + 1], strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _readable_on(background: str) -> str:
    """Ink or paper, whichever stands out more: contrast as the Web Content Accessibility Guidelines 2 define it."""

    def contrast(colour: str) -> float:
        low, high = sorted((_luminance(colour), _luminance(background)))
        return (high + 0.05) / (low + 0.05)

    return max(_INK, _PAPER, key=contrast)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return math.fsum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _rounded_up(most: float) -> float:
    """The end of the scale: the next 5 percent."""
    return max(_LEAST_RANGE, math.ceil(most / _LEAST_RANGE - 1e-9) * _LEAST_RANGE)
