"""Marks that charts are made of: bars in several paints, whiskers, brackets, flags, and text that stays in its column.

Everything here is a pure function of its arguments.  Bars are drawn three times as large, made smaller and kept, so a
chart that is drawn again costs a few blits; a bar that grows is the finished bar pushed out from behind its axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pygame

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.panel import draw_panel
from game.app.draw.svg import SvgPicture
from game.app.draw.type import Type

Canvas = pygame.Surface | SvgPicture
"""What charts are drawn on: the screen, or a picture to be saved."""

Paint = Literal["water", "deep", "gold", "clay", "pale", "hatched", "lost"]
"""How a bar is filled.  Never told by hue alone: "deep" has chevrons, "hatched" and "lost" slanting lines."""

Side = Literal["right", "left", "up", "down"]

_FINE = 3  # how many times larger a mark is drawn before it is made smaller


@dataclass(frozen=True)
class Fill:
    """A paint made of colours: the ground, the pattern drawn on it, and the pattern's colour."""

    ground: Colour
    pattern: Literal["plain", "hatched", "chevrons"] = "plain"
    line: Colour = (0, 0, 0)


def fill_of(paint: Paint, palette: Palette) -> Fill:
    """The colours and the pattern of a paint in a palette."""
    fills: dict[str, Fill] = {
        "water": Fill(palette.trickle),
        "deep": Fill(palette.surge, "chevrons", palette.trickle),
        "gold": Fill(palette.light),
        "clay": Fill(palette.bank),
        "pale": Fill(mix(palette.trickle, palette.paper, 0.5)),
        "hatched": Fill(palette.bed, "hatched", palette.bank),
        "lost": Fill(mix(palette.paper, palette.accent, 0.16), "hatched", palette.accent),
    }
    return fills[paint]


def draw_bar(
    surface: Canvas,
    rect: pygame.Rect,
    fill: Fill,
    radius: int,
    grows: Side = "right",
    progress: float = 1.0,
) -> None:
    """A bar with rounded corners in ``rect``; with ``progress`` below 1 it has only come out of its axis so far."""
    if rect.width <= 0 or rect.height <= 0:
        return
    if isinstance(surface, SvgPicture):
        shapes = _shapes_of(fill, rect.width, rect.height, 1)
        surface.patterned(fill.ground, fill.line, rect, radius, shapes)
        return
    finished = _bar(rect.size, min(radius, rect.width // 2, rect.height // 2), fill)
    if progress >= 1.0:
        surface.blit(finished, rect)
        return
    across = grows in ("right", "left")
    shown = round((rect.width if across else rect.height) * max(0.0, progress))
    if shown <= 0:
        return
    if grows == "right":
        surface.blit(finished, rect.topleft, (rect.width - shown, 0, shown, rect.height))
    elif grows == "left":
        surface.blit(finished, (rect.right - shown, rect.top), (0, 0, shown, rect.height))
    elif grows == "up":
        surface.blit(finished, (rect.left, rect.bottom - shown), (0, 0, rect.width, shown))
    else:
        surface.blit(finished, rect.topleft, (0, rect.height - shown, rect.width, shown))


@lru_cache(maxsize=256)
def _bar(size: tuple[int, int], radius: int, fill: Fill) -> pygame.Surface:
    width, height = size[0] * _FINE, size[1] * _FINE
    large = pygame.Surface((width, height), pygame.SRCALPHA)
    large.fill((*fill.ground, 255))
    for shape in _shapes_of(fill, width, height, _FINE):
        pygame.draw.polygon(large, fill.line, shape)
    # Colour stays under the clear corners, or their edges would darken when the bar is made smaller.
    mask = pygame.Surface((width, height), pygame.SRCALPHA)
    mask.fill((255, 255, 255, 0))
    pygame.draw.rect(mask, (255, 255, 255, 255), mask.get_rect(), border_radius=radius * _FINE)
    large.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return pygame.transform.smoothscale(large, size)


def _shapes_of(fill: Fill, width: int, height: int, fine: int) -> list[list[tuple[float, float]]]:
    """The pattern of a bar as polygons, in its own pixels, which are ``fine`` times as many as those on the screen."""
    if fill.pattern == "hatched":
        return _hatch(width, height, fine)
    return _chevrons(width, height) if fill.pattern == "chevrons" else []


def _hatch(width: int, height: int, fine: int) -> list[list[tuple[float, float]]]:
    gap, thick = 8 * fine, 2 * fine * 1.4
    return [
        [(x, height), (x + height, 0), (x + height + thick, 0), (x + thick, height)]
        for x in range(-height - gap, width + gap, gap)
    ]


def _chevrons(width: int, height: int) -> list[list[tuple[float, float]]]:
    shapes: list[list[tuple[float, float]]] = []
    if width >= height:
        depth, thick, pitch = height * 0.5, max(height * 0.32, 6), max(height * 0.68, 14)
        x = -depth - pitch
        while x < width + pitch:
            tip, middle = x + depth, height / 2
            shapes.append(
                [(x, 0), (x + thick, 0), (tip + thick, middle), (x + thick, height), (x, height), (tip, middle)]
            )
            x += pitch
        return shapes
    depth, thick, pitch = width * 0.4, max(width * 0.32, 6), max(width * 0.72, 14)
    y = height + depth + pitch
    while y > -pitch:
        tip = y - depth
        shapes.append(
            [(0, y), (0, y - thick), (width / 2, tip - thick), (width, y - thick), (width, y), (width / 2, tip)]
        )
        y -= pitch
    return shapes


def stroke(
    surface: Canvas, colour: Colour, start: tuple[float, float], end: tuple[float, float], thick: int = 1
) -> None:
    """A straight line."""
    if isinstance(surface, SvgPicture):
        surface.line(colour, (start, end), thick)
    else:
        pygame.draw.line(surface, colour, start, end, thick)


def plate(surface: Canvas, rect: pygame.Rect, palette: Palette, radius: int, colour: Colour) -> None:
    """A piece of one colour with round corners and no shadow."""
    if isinstance(surface, SvgPicture):
        surface.plate(colour, rect, radius)
    else:
        draw_panel(surface, rect, palette, radius, shadow=False, colour=colour)


def disc(surface: Canvas, colour: Colour, centre: tuple[float, float], radius: int) -> None:
    """A filled circle."""
    if isinstance(surface, SvgPicture):
        surface.disc(colour, centre, radius)
    else:
        pygame.draw.aacircle(surface, colour, centre, radius)


def draw_whisker(
    surface: Canvas, colour: Colour, low: tuple[float, float], high: tuple[float, float], cap: int, thick: int
) -> None:
    """The range from ``low`` to ``high`` (two points on a level or plumb line) with a cap at each end."""
    stroke(surface, colour, low, high, thick)
    for x, y in (low, high):
        if low[1] == high[1]:
            stroke(surface, colour, (x, y - cap), (x, y + cap), thick)
        else:
            stroke(surface, colour, (x - cap, y), (x + cap, y), thick)


def draw_bracket(surface: Canvas, colour: Colour, left: float, right: float, top: float, rise: int) -> None:
    """A bracket below a bar, from ``left`` to ``right``, open upwards."""
    points = [(left, top), (left, top + rise), (right, top + rise), (right, top)]
    if isinstance(surface, SvgPicture):
        surface.line(colour, points, max(2, rise // 3))
    else:
        pygame.draw.lines(surface, colour, False, points, max(2, rise // 3))


def dashed_line(
    surface: Canvas, colour: Colour, start: tuple[float, float], end: tuple[float, float], dash: int, thick: int
) -> None:
    """A dashed line on a level or plumb path."""
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    if length <= 0:
        return
    way = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    done = 0.0
    while done < length:
        upto = min(length, done + dash)
        first = (start[0] + way[0] * done, start[1] + way[1] * done)
        last = (start[0] + way[0] * upto, start[1] + way[1] * upto)
        stroke(surface, colour, first, last, thick)
        done += 1.7 * dash


def flag_size(type_: Type, text: str, size: int = 15) -> tuple[int, int]:
    """The width and height of the flag that says ``text``."""
    return type_.width(text, size, 600) + round(1.3 * type_.height(size)), round(type_.height(size) * 1.35)


def draw_flag(
    surface: Canvas, type_: Type, text: str, rect: pygame.Rect, palette: Palette, ground: Colour, size: int = 15
) -> None:
    """A rounded flag of the colour ``ground`` that says ``text``, filling ``rect``."""
    plate(surface, rect, palette, rect.height // 2, ground)
    put(surface, type_, text, size, palette.paper, rect.center, "centre", 600)


def put(
    surface: Canvas,
    type_: Type,
    text: str,
    size: int,
    colour: Colour,
    at: tuple[float, float],
    anchor: Literal["left", "centre", "right", "topleft", "topright", "top"] = "left",
    weight: int = 500,
) -> pygame.Rect:
    """Writes one line and returns the rectangle it fills; ``at`` is the middle of the named side, or that corner."""
    if not text:
        return pygame.Rect(round(at[0]), round(at[1]), 0, 0)
    rect = pygame.Rect(0, 0, type_.width(text, size, weight), type_.height(size))
    where = (round(at[0]), round(at[1]))
    if anchor == "left":
        rect.midleft = where
    elif anchor == "right":
        rect.midright = where
    elif anchor == "centre":
        rect.center = where
    elif anchor == "topleft":
        rect.topleft = where
    elif anchor == "topright":
        rect.topright = where
    else:
        rect.midtop = where
    if isinstance(surface, SvgPicture):
        foot = (rect.left, rect.top + type_.ascent(size))
        surface.text(text, foot, size * type_.scale, rect.width, colour, weight)
    else:
        surface.blit(type_.render(text, size, colour, weight), rect)
    return rect


def widest(type_: Type, texts: list[str] | tuple[str, ...], size: int, weight: int = 500) -> int:
    """The width of the widest of ``texts``, 0 for none."""
    return max((type_.width(text, size, weight) for text in texts if text), default=0)


def grown(progress: float, k: int, count: int) -> float:
    """How far mark ``k`` of ``count`` has grown, 0 to 1, when the chart stands at ``progress``: one after another."""
    if progress >= 1.0:
        return 1.0
    lag = 0.5 * k / max(1, count)
    own = min(1.0, max(0.0, (progress - lag) / 0.5))
    return 1.0 - (1.0 - own) ** 3
