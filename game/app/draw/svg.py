"""Pictures as SVG, by a small writer of our own: bars, lines, discs, plates and text as text.

A picture takes the same marks as a surface does (see :mod:`game.app.draw.chart_marks`), so a chart saved as SVG lies
exactly as it lies on the screen.  Written is SVG 1.1 (https://www.w3.org/TR/SVG11/); lengths are pixels.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import pygame

from game.app.draw.palette import Colour

Point = tuple[float, float]

FAMILIES = "Outfit, 'Noto Sans SC', 'Noto Sans', sans-serif"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even escaped."""


class SvgPicture:
    """A picture of ``size`` pixels on ``ground``; marks are added one over another, ``document`` is the whole text."""

    def __init__(self, size: tuple[int, int], ground: Colour, title: str = "", told: str = "") -> None:
        self.size = size
        self._ground, self._title, self._told = ground, title, told
        self._marks: list[str] = []
        self._clips: list[str] = []

    # --- marks ------------------------------------------------------------------------------------------------------

    def line(self, colour: Colour, points: Sequence[Point], thick: float, dashes: str = "") -> None:
        """A line through points."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._marks.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{_colour(colour)}"'
            f' stroke-width="{_number(thick)}" stroke-linejoin="round"{dashed}/>'
        )

    def area(self, colour: Colour, points: Sequence[Point]) -> None:
        """A filled polygon."""
        self._marks.append(f'<polygon points="{_points(points)}" fill="{_colour(colour)}"/>')

    def disc(self, colour: Colour, centre: Point, radius: float) -> None:
        """A filled circle."""
        x, y = map(_number, centre)
        self._marks.append(f'<circle cx="{x}" cy="{y}" r="{_number(radius)}" fill="{_colour(colour)}"/>')

    def plate(self, colour: Colour, rect: pygame.Rect, radius: float) -> None:
        """A filled rectangle with round corners."""
        self._marks.append(f'<rect {_box(rect, radius)} fill="{_colour(colour)}"/>')

    def image(self, picture: pygame.Surface, rect: pygame.Rect, radius: float) -> None:
        """A picture made of pixels, inside a rectangle with round corners; it goes into the text, as PNG."""
        data = io.BytesIO()
        pygame.image.save(picture, data, "picture.png")
        name = self._clip(rect, radius)
        self._marks.append(
            f'<image x="{rect.x}" y="{rect.y}" width="{rect.width}" height="{rect.height}"'
            f' clip-path="url(#{name})" xlink:href="data:image/png;base64,{b64encode(data.getvalue()).decode()}"/>'
        )

    def patterned(
        self, ground: Colour, line: Colour, rect: pygame.Rect, radius: float, shapes: Sequence[Sequence[Point]]
    ) -> None:
        """A rectangle with round corners and, inside it, shapes in its own pixels."""
        name = self._clip(rect, radius)
        self.plate(ground, rect, radius)
        moved = ((((x + rect.left), (y + rect.top)) for x, y in shape) for shape in shapes)
        polygons = "".join(f'<polygon points="{_points(list(shape))}"/>' for shape in moved)
        self._marks.append(f'<g clip-path="url(#{name})" fill="{_colour(line)}">{polygons}</g>')

    def text(
        self, text: str, foot: Point, size: float, width: float, colour: Colour, weight: int, halo: Colour | None = None
    ) -> None:
        """A line of text that stands on ``foot``, its left end there, and is ``width`` pixels wide in any font.

        A ``halo`` keeps it apart from what lies below.
        """
        shown = _FORBIDDEN.sub(" ", text)
        if not shown.strip():
            return
        x, y = map(_number, foot)
        around = f' stroke="{_colour(halo)}" stroke-width="3" paint-order="stroke"' if halo else ""
        self._marks.append(
            f'<text x="{x}" y="{y}" font-size="{_number(size)}" font-weight="{weight}" fill="{_colour(colour)}"'
            f' textLength="{_number(width)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"{around}>'
            f"{escape(shown)}</text>"
        )

    def _clip(self, rect: pygame.Rect, radius: float) -> str:
        """The name of what holds marks inside a rectangle with round corners."""
        name = f"clip{len(self._clips)}"
        self._clips.append(f'<clipPath id="{name}"><rect {_box(rect, radius)}/></clipPath>')
        return name

    # --- as a surface is asked --------------------------------------------------------------------------------------

    def get_clip(self) -> pygame.Rect:
        """The whole picture."""
        return pygame.Rect((0, 0), self.size)

    def set_clip(self, rect: pygame.Rect | None) -> None:
        """Charts hold back what has not grown yet; what is saved has grown."""

    # --- the text ---------------------------------------------------------------------------------------------------

    def document(self) -> str:
        """The whole picture, a well-formed XML document."""
        width, height = self.size
        title, told = (escape(_FORBIDDEN.sub(" ", text)) for text in (self._title, self._told))
        parts = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            f' font-family={quoteattr(FAMILIES)} role="img">',
            f"<title>{title}</title>",
            f"<desc>{told}</desc>",
            f"<defs>{''.join(self._clips)}</defs>" if self._clips else "",
            f'<rect width="{width}" height="{height}" rx="20" fill="{_colour(self._ground)}"/>',
            *self._marks,
            "</svg>",
        ]
        return "\n".join(part for part in parts if part) + "\n"


def _box(rect: pygame.Rect, radius: float) -> str:
    radius = min(radius, rect.width / 2, rect.height / 2)
    return f'x="{rect.x}" y="{rect.y}" width="{rect.width}" height="{rect.height}" rx="{_number(max(0.0, radius))}"'


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _colour(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
