"""Type: texts rendered at their final size in the bundled fonts, measured, wrapped and cached."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from itertools import groupby
from unicodedata import normalize

import pygame

from game.app.draw.glyphs import drawn_by
from game.app.draw.lines import pieces
from game.app.draw.palette import Colour
from game.house import assets

SIZES = (13, 15, 17, 19, 24, 34, 46)
"""The sizes in use, in pixels of a 1280×720 window."""

_FILES = {500: "Outfit-500.ttf", 600: "Outfit-600.ttf"}
_OTHERS = ("NotoSans-Subset.ttf", "NotoSansSC-Subset.otf")
_KEPT = 900
_TRACKING = 0.09


class Type:
    """The fonts at one scale (a window's size times the reader's text size); ``scale`` multiplies every size."""

    def __init__(self, scale: float = 1.0) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self.scale = scale
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self._rendered: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()
        self._width = lru_cache(maxsize=4000)(self._measured)
        self._lines = lru_cache(maxsize=1000)(self._broken)

    def render(self, text: str, size: int, colour: Colour, weight: int = 500, tracked: bool = False) -> pygame.Surface:
        """``text`` on a transparent surface, one line, ``height(size)`` tall; do not draw on it, it is shared."""
        key = (text, size, tuple(colour), weight, tracked)
        surface = self._rendered.get(key)
        if surface is None:
            surface = self._rendered[key] = self._drawn(_drawable(text), size, colour, weight, tracked)
            if len(self._rendered) > _KEPT:
                self._rendered.popitem(last=False)
        else:
            self._rendered.move_to_end(key)
        return surface

    def width(self, text: str, size: int, weight: int = 500, tracked: bool = False) -> int:
        """The width of ``text`` in pixels as ``render`` draws it."""
        return self._width(text, size, weight, tracked)

    def height(self, size: int) -> int:
        """The height of a line of ``size`` in pixels."""
        return self._font(_FILES[500], size).get_linesize()

    def ascent(self, size: int) -> int:
        """The distance from the top of a line to the foot of its letters in pixels."""
        return self._font(_FILES[500], size).get_ascent()

    def wrap(self, text: str, size: int, width: int, weight: int = 500) -> list[str]:
        """``text`` broken into lines no wider than ``width`` pixels; line ends in it are kept, long words are cut."""
        return list(self._lines(text, size, width, weight))

    def _broken(self, text: str, size: int, width: int, weight: int) -> list[str]:
        lines = []
        for paragraph in text.splitlines() or [""]:
            line = ""
            for gap, word in pieces(paragraph):
                tried = line + gap + word if line else word
                if self.width(tried, size, weight) <= width:
                    line = tried
                    continue
                if line:
                    lines.append(line)
                *whole, line = self._cut(word, size, width, weight)
                lines.extend(whole)
            lines.append(line)
        return lines

    def shortened(self, text: str, size: int, width: int, weight: int = 500) -> str:
        """``text``, or as much of its beginning as fits into ``width`` pixels with an ellipsis after it."""
        if self.width(text, size, weight) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + "…", size, weight) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"

    def _cut(self, word: str, size: int, width: int, weight: int) -> list[str]:
        parts = [""]
        for sign in word:
            if parts[-1] and self.width(parts[-1] + sign, size, weight) > width:
                parts.append("")
            parts[-1] += sign
        return parts

    def _font(self, file: str, size: int) -> pygame.font.Font:
        pixels = max(6, round(size * self.scale))
        font = self._fonts.get((file, pixels))
        if font is None:
            font = self._fonts[file, pixels] = pygame.font.Font(assets() / "fonts" / file, pixels)
        return font

    def _runs(self, text: str, weight: int) -> list[tuple[str, str]]:
        """``text`` in pieces with the font file that draws each: Outfit where it can, else Noto."""
        signs = groupby(text, key=lambda sign: _file_for(sign, weight))
        return [(file, "".join(part)) for file, part in signs]

    def _measured(self, text: str, size: int, weight: int, tracked: bool) -> int:
        text = _drawable(text)
        runs = self._runs(text, weight)
        if tracked:
            # letter by letter, as they are drawn: set apart, no pair of letters moves closer
            runs = [(file, sign) for file, piece in runs for sign in piece]
        width = sum(self._font(file, size).size(piece)[0] for file, piece in runs)
        return width + (len(text) * self._gap(size) if tracked else 0)

    def _gap(self, size: int) -> int:
        return max(1, round(size * self.scale * _TRACKING))

    def _drawn(self, text: str, size: int, colour: Colour, weight: int, tracked: bool) -> pygame.Surface:
        runs = self._runs(text, weight)
        if not tracked and len(runs) == 1 and runs[0][0] == _FILES[weight]:
            return self._font(runs[0][0], size).render(text, True, colour)
        if tracked:
            runs = [(file, sign) for file, piece in runs for sign in piece]
        height, foot = self.height(size), self.ascent(size)
        surface = pygame.Surface((max(1, self._width(text, size, weight, tracked)), height), pygame.SRCALPHA)
        surface.fill((*colour, 0))
        x = 0
        for file, piece in runs:
            font = self._font(file, size)
            drawn = font.render(piece, True, colour)
            surface.blit(drawn, (x, foot - font.get_ascent()))
            x += drawn.get_width() + (self._gap(size) if tracked else 0)
        return surface


@lru_cache(maxsize=2000)
def _file_for(sign: str, weight: int) -> str:
    own, point = _FILES[weight], ord(sign)
    return next((file for file in (own, *_OTHERS) if point in drawn_by(assets() / "fonts" / file)), own)


def _drawable(text: str) -> str:
    """``text`` with letters and their marks joined, and a space for every sign that cannot be drawn."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in normalize("NFC", text))
