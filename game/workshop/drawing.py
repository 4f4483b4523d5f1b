"""Drawings: lines, dots and letters on a plane, as SVG for a browser and as values for whatever prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from math import cos, sin

from game.geography import Geography
from game.model import Lane, Level

INK, SOFT, WATER, BANK = "#1E2F40", "#586673", "#2487AE", "#8B7748"


@dataclass(frozen=True)
class Stroke:
    """A line through ``points`` (x right, y down); ``dash`` are lengths on and off, empty for a whole line."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: str = INK
    dash: tuple[float, float] | tuple[()] = ()


@dataclass(frozen=True)
class Dot:
    """A filled circle with an edge."""

    x: float
    y: float
    radius: float
    fill: str = "#FFFFFF"
    edge: str = INK


@dataclass(frozen=True)
class Label:
    """A line of letters, the middle of its foot at (x, y); a ``halo`` lets it be read over lines."""

    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    bold: bool = False
    halo: bool = True


@dataclass(frozen=True)
class Drawing:
    """What is drawn, back to front, on a plane of ``size`` whose upper left corner is ``origin``."""

    size: tuple[float, float]
    items: Sequence[Stroke | Dot | Label] = field(default_factory=tuple)
    about: str = ""
    origin: tuple[float, float] = (0.0, 0.0)


def map_drawing(level: Level, geography: Geography, *, numbered: bool = True) -> Drawing:
    """The map of a level for paper: lanes with their numbers (`lane_numbers`), places with their names."""
    items: list[Stroke | Dot | Label] = []
    numbers = lane_numbers(level)
    for lane in level.lanes:
        line, moving = course(geography, lane), lane.current is not None
        items += [Stroke(line, 5.0, WATER) if moving else Stroke(line, 5.0, BANK, (9, 7))]
    for lane in level.lanes if numbered else ():
        channel = geography.channels[lane.id]
        x, y = channel.at(0.36)
        items += [Dot(x, y, 13.0), Label(x, y + 5.5, str(numbers[lane.id]), 16.0, bold=True, halo=False)]
        tip, heading = channel.at(0.62), channel.heading(0.62)
        items.append(arrow_head(tip, heading))
    for place in level.places:
        x, y = geography.places[place.id]
        items += [Dot(x, y, 15.0, "#F7F1E3"), Label(x, y + 38, place.label, 19.0, bold=place.id == level.start)]
    return cropped(items, level.title)


def cropped(items: list[Stroke | Dot | Label], about: str) -> Drawing:
    """A drawing of the items with as much room around their lines and dots as their labels need."""
    spots = [point for item in items if isinstance(item, Stroke) for point in item.points]
    spots += [(item.x, item.y) for item in items if isinstance(item, Dot)]
    left, right = min(x for x, _ in spots) - 80, max(x for x, _ in spots) + 80
    top, bottom = min(y for _, y in spots) - 30, max(y for _, y in spots) + 50
    return Drawing((right - left, bottom - top), tuple(items), about, (left, top))


def lane_numbers(level: Level) -> dict[str, int]:
    """Numbers of the lanes, from 1, in file order, by which paper and tables name them."""
    return {lane.id: number for number, lane in enumerate(level.lanes, 1)}


def course(geography: Geography, lane: Lane, every: int = 4) -> tuple[tuple[float, float], ...]:
    """The course of a lane with only so many points as a print needs."""
    points = geography.channels[lane.id].points
    kept = [*range(0, len(points) - 1, every), len(points) - 1]
    return tuple((round(float(points[i][0]), 1), round(float(points[i][1]), 1)) for i in kept)


def arrow_head(tip: tuple[float, float], heading: float, size: float = 13.0) -> Stroke:
    """A small angle that shows which way a lane runs."""
    ends = [(tip[0] + size * cos(heading + turn), tip[1] + size * sin(heading + turn)) for turn in (2.6, -2.6)]
    return Stroke((ends[0], tip, ends[1]), 3.0)


def as_svg(drawing: Drawing) -> str:
    """The drawing as an SVG element that stands in a page of its own."""
    (width, height), (left, top) = drawing.size, drawing.origin
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(drawing.about)}">'
    ]
    parts += [svg_item(item) for item in drawing.items]
    return "".join([*parts, "</svg>"])


def svg_item(item: Stroke | Dot | Label) -> str:
    """One thing of a drawing as an SVG element."""
    if isinstance(item, Stroke):
        dash = f' stroke-dasharray="{item.dash[0]:g} {item.dash[1]:g}"' if item.dash else ""
        return (
            f'<path d="{svg_path(item.points)}" fill="none" stroke="{item.colour}" stroke-width="{item.width:g}" '
            f'stroke-linecap="round" stroke-linejoin="round"{dash}/>'
        )
    if isinstance(item, Dot):
        return (
            f'<circle cx="{item.x:.1f}" cy="{item.y:.1f}" r="{item.radius:g}" fill="{item.fill}" '
            f'stroke="{item.edge}" stroke-width="3"/>'
        )
    halo = ' stroke="#FFFFFF" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if item.halo else ""
    weight = "700" if item.bold else "500"
    return (
        f'<text x="{item.x:.1f}" y="{item.y:.1f}" text-anchor="middle" font-size="{item.size:g}" '
        f'font-weight="{weight}" fill="{item.colour}"{halo}>{escape(item.text)}</text>'
    )


def svg_path(points: Sequence[tuple[float, float]]) -> str:
    """The ``d`` of a path through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
