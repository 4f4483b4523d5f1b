"""Notes on the map: the key that takes a lane, at its mouth, and how long ago a lane's water was seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import pygame

from game.app.draw.air import pill
from game.app.draw.lens import Lens
from game.app.draw.map_frame import LaneMark, Seen
from game.app.draw.palette import Palette, mix
from game.app.draw.type import Type
from game.geography import Geography
from game.words import say

_MOUTH = (50.0, 58.0, 68.0, 80.0, 94.0, 112.0)
_MIDDLES = (0.5, 0.42, 0.58, 0.34, 0.66)


class Keys:
    """The keys of marked lanes at their mouths."""

    def __init__(self, geo: Geography) -> None:
        self._geo = geo
        self._kept: deque[tuple[tuple[object, ...], dict[str, pygame.Rect]]] = deque(maxlen=3)

    def draw(
        self,
        surface: pygame.Surface,
        lens: Lens,
        palette: Palette,
        type_: Type,
        marks: Mapping[str, LaneMark],
        labels: Sequence[pygame.Rect],
    ) -> None:
        """Draw the keys of all marked lanes."""
        for lane, rect in self.rects(lens, type_, marks, labels).items():
            mark = marks[lane]
            strong = mark.focused or mark.chosen
            fill = palette.rim if strong and palette.night < 0.5 else palette.accent if strong else palette.paper
            rim = palette.rim if palette.night < 0.5 else palette.soft_ink
            surface.blit(pill(rect.size, fill, rim), rect)
            text = type_.render(mark.key or "", 15, palette.paper if strong else palette.ink, 600)
            surface.blit(text, text.get_rect(center=rect.center))

    def rects(
        self, lens: Lens, type_: Type, marks: Mapping[str, LaneMark], labels: Sequence[pygame.Rect]
    ) -> dict[str, pygame.Rect]:
        """Where the keys lie, by lane id: at the mouths, none over another, seldom over one of ``labels``.

        What a frame asks for more than once, and the next frame again, is kept: it is not to be changed.
        """
        key = (lens, type_, [(lane, mark.key) for lane, mark in marks.items()], labels)
        for known, rects in self._kept:
            if known == key:
                return rects
        rects = self._laid(lens, type_, marks, labels)
        self._kept.appendleft(((*key[:3], list(labels)), rects))
        return rects

    def _laid(
        self, lens: Lens, type_: Type, marks: Mapping[str, LaneMark], labels: Sequence[pygame.Rect]
    ) -> dict[str, pygame.Rect]:
        side = max(round(21 * min(type_.scale, 2.0)), type_.height(15))
        rects: dict[str, pygame.Rect] = {}
        for lane, mark in marks.items():
            if mark.key is None or lane not in self._geo.channels:
                continue
            channel = self._geo.channels[lane]
            options = []
            for rank, distance in enumerate(_MOUTH):
                apart = max(distance, distance * 0.8 * type_.scale / lens.scale)
                x, y = lens.to_screen(channel.at(min(apart / channel.length, 0.5)))
                rect = pygame.Rect(0, 0, max(side, type_.width(mark.key, 15, 600) + side // 2), side)
                rect.center = (round(x), round(y))
                crowded = rect.inflate(2, 2).collidelist(list(rects.values())) >= 0
                options.append((100 * crowded + 3 * (rect.collidelist(labels) >= 0) + rank, rank, rect))
            rects[lane] = min(options, key=lambda option: option[:2])[2]
        return rects


class Sightings:
    """The notes that say how many years ago the water of lanes was seen, laid so that none lies over another."""

    def __init__(self, geo: Geography) -> None:
        self._geo = geo
        self._water: Mapping[str, Seen] = {}
        self._old: tuple[tuple[str, int], ...] = ()
        self._kept: tuple[object, dict[str, pygame.Rect]] | None = None

    def draw(
        self,
        surface: pygame.Surface,
        lens: Lens,
        palette: Palette,
        type_: Type,
        water: Mapping[str, Seen],
        labels: Sequence[pygame.Rect],
    ) -> None:
        """Draw the notes of all lanes whose water was not seen this year, clear of the rectangles in ``labels``."""
        if self._water != water:
            channels = self._geo.channels
            self._water = dict(water)
            self._old = tuple((k, seen.years_ago) for k, seen in water.items() if seen.years_ago and k in channels)
        old = self._old
        if not old:
            return
        for lane, rect in self._laid(old, lens, type_, labels).items():
            text = type_.render(say("map.years_ago", years=water[lane].years_ago), 13, palette.soft_ink)
            surface.blit(pill(rect.size, palette.paper, mix(palette.paper, palette.paper_edge, 0.8)), rect)
            surface.blit(text, text.get_rect(center=rect.center))

    def _laid(
        self, old: tuple[tuple[str, int], ...], lens: Lens, type_: Type, labels: Sequence[pygame.Rect]
    ) -> dict[str, pygame.Rect]:
        key = (old, lens, type_.scale)
        if self._kept is None or self._kept[0] != key:
            taken, laid = list(labels), {}
            for lane, years in old:
                channel = self._geo.channels[lane]
                width = type_.width(say("map.years_ago", years=years), 13) + type_.height(13)
                rect = pygame.Rect(0, 0, width, type_.height(13) + 2)
                if channel.length * lens.scale < 1.6 * width:
                    continue
                for fraction in _MIDDLES:
                    x, y = lens.to_screen(channel.at(fraction))
                    rect.center = (round(x), round(y))
                    if rect.collidelist(taken) < 0:
                        taken.append(rect)
                        laid[lane] = rect
                        break
            self._kept = (key, laid)
        return self._kept[1]
