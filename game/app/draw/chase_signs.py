"""Signs in the chase view: places as discs on the ground with boards on poles, and the names of the mouths ahead."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.chase_camera import BEHIND, HEIGHT, Camera3
from game.app.draw.map_frame import LaneMark
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.panel import draw_panel
from game.app.draw.shapes import circle, icon, outline, shape_of, smooth
from game.app.draw.type import Type
from game.geography import PLACE_RADIUS, Geography
from game.model import Level

_TURN = np.linspace(0, math.tau, 48, endpoint=False)
_RING = np.column_stack([np.cos(_TURN), np.sin(_TURN)])
_DISC_FARTHEST, _DISC_PLAIN, _BOARD_FARTHEST = 700.0, 260.0, 620.0
_MOUTHS_FROM, _MOUTHS_WHOLE = 270.0, 254.0  # so near that names are not long between two inks
_BOARDS = 7
_ONE_MORE = 150.0
"""By how many pixels of a 720 pixels high picture boards have to hang nearer to their water to get one row more."""

_BOARDS_AHEAD = 80  # of a larger level only so many are made before they are seen


Wanted = tuple[float, tuple[float, float] | None, int]
"""The column a mouth's board would like, the pixel of its water, and the side it lies on when behind."""


@dataclass(frozen=True)
class MouthSign:
    """Where a mouth's board hangs: its lane, its rectangle and the pixel it points at (None where that is behind)."""

    lane: str
    rect: pygame.Rect
    points_at: tuple[float, float] | None
    side: int


@dataclass(frozen=True)
class BoardSign:
    """The board of a place: its picture and rectangle, the row its pole stands in and how thick that is."""

    picture: pygame.Surface
    rect: pygame.Rect
    foot: int
    thick: int

    def draw_pole(self, surface: pygame.Surface, palette: Palette) -> None:
        """Draw the pole alone, before what stands in front of it."""
        top = (self.rect.centerx, self.rect.bottom - 2)
        pygame.draw.line(surface, palette.rim, top, (self.rect.centerx, self.foot), self.thick)


class Signs:
    """The signs of one level in pictures of one size."""

    def __init__(self, level: Level, geo: Geography, type_: Type) -> None:
        self._level, self._geo, self._type = level, geo, type_
        self._ids = list(geo.places)
        self._spots = np.array([geo.places[place] for place in self._ids]).reshape(-1, 2)
        self._shapes = [np.array(outline(shape_of(level, level.place(place)))) * 6.2 for place in self._ids]
        self._kept: dict[object, pygame.Surface] = {}

    def prepare(self, palette: Palette) -> Iterator[None]:
        """Make the boards of all places in a palette, one at every step."""
        for place in self._ids[:_BOARDS_AHEAD]:
            for main in (False, True):
                self._board(place, palette, main)
                yield

    # --- on the ground ------------------------------------------------------------------------------------------------

    def draw_discs(self, surface: pygame.Surface, camera: Camera3, palette: Palette) -> None:
        """Draw the discs of all places in sight, the farthest first."""
        near = self._in_sight(camera, _DISC_PLAIN, 0.0)
        self._draw_far_discs(surface, camera, palette)
        for k in near:
            spot = self._spots[k]
            corners = camera.outline(spot + _RING * PLACE_RADIUS)
            inner = camera.outline(spot + _RING * (PLACE_RADIUS - 1.5))
            if len(corners) < 3 or len(inner) < 3:
                continue
            _fill(surface, palette.rim, corners)
            _fill(surface, palette.node, inner)
            # the shape stands upright for whoever comes this way
            (ax, ay), shape = camera.ahead, self._shapes[k]
            turned = spot + np.column_stack(
                [-shape[:, 1] * ax - shape[:, 0] * ay, -shape[:, 1] * ay + shape[:, 0] * ax]
            )
            corners = camera.outline(turned)
            if len(corners) >= 3:
                _fill(surface, mix(palette.node, palette.rim, 0.34), corners)

    def _draw_far_discs(self, surface: pygame.Surface, camera: Camera3, palette: Palette) -> None:
        """The discs so far off that they are flat ellipses with a rim."""
        seen = camera.seen_from(self._spots)
        depth, right = seen[:, 0], seen[:, 1]
        there = np.flatnonzero((depth > _DISC_PLAIN) & (depth < _DISC_FARTHEST))
        there = there[np.argsort(-depth[there], kind="stable")]
        depth = depth[there]
        scale = camera.focal / depth
        column, row = camera.middle + right[there] * scale, camera.horizon + HEIGHT * scale
        wide = np.maximum(3, np.rint(2 * PLACE_RADIUS * scale)).astype(np.int64)
        quarters = np.maximum(8, np.rint(8 * PLACE_RADIUS * scale * HEIGHT / depth)).astype(np.int64)
        drawn = []
        for x, y, w, high in zip(column.tolist(), row.tolist(), wide.tolist(), quarters.tolist(), strict=True):
            if -w < x < camera.size[0] + w:
                disc = _far_disc(w, high, palette.rim, palette.node)
                drawn.append((disc, (round(x) - disc.get_width() // 2, round(y) - disc.get_height() // 2)))
        surface.fblits(drawn)

    def _in_sight(self, camera: Camera3, farthest: float, nearest: float) -> list[int]:
        """The places before the camera by number, the farthest first."""
        seen = camera.seen_from(self._spots)
        depth, right = seen[:, 0], seen[:, 1]
        reach = max(camera.middle, camera.size[0] - camera.middle) / camera.focal
        there = np.flatnonzero((depth > nearest - 20.0) & (depth < farthest) & (np.abs(right) < depth * reach + 40.0))
        return [int(k) for k in there[np.argsort(-depth[there], kind="stable")]]

    # --- boards -------------------------------------------------------------------------------------------------------

    def boards(
        self, camera: Camera3, palette: Palette, ahead: str | None, taken: Sequence[pygame.Rect]
    ) -> list[BoardSign]:
        """Where the boards of the nearest places hang, none over what is ``taken``; that of ``ahead`` comes first."""
        unit = camera.size[1] / 720
        near = self._in_sight(camera, _BOARD_FARTHEST, BEHIND + 46.0)[::-1]
        near.sort(key=lambda k: self._ids[k] != ahead)
        put: list[BoardSign] = []
        for k in near[:_BOARDS]:
            main = self._ids[k] == ahead
            column, row = camera.point((float(self._spots[k, 0]), float(self._spots[k, 1])))
            board = self._board(self._ids[k], palette, main)
            foot = round(camera.horizon - (14 if main else 2) * unit)
            rect = board.get_rect(midbottom=(round(column), foot))
            if rect.left < 4 or rect.right > camera.size[0] - 4:
                continue
            if rect.inflate(8, 6).collidelist([*(sign.rect for sign in put), *taken]) < 0:
                put.append(BoardSign(board, rect, round(row), max(1, round((3 if main else 1.2) * unit))))
        return put

    def _board(self, place: str, palette: Palette, main: bool) -> pygame.Surface:
        key = ("place", place, palette, main)
        if key not in self._kept:
            known, size = self._level.place(place), 24 if main else 15
            text = self._type.render(known.label, size, palette.ink, 600)
            high = round(self._type.height(size) * 1.25)
            glyph = round(high * 0.46)
            pad = high // 3
            board = pygame.Surface((text.get_width() + glyph + 3 * pad, high), pygame.SRCALPHA)
            draw_panel(board, board.get_rect(), palette, high // 2, shadow=False)
            drawn = icon(shape_of(self._level, known), glyph, palette.accent if main else palette.ink)
            board.blit(drawn, (pad, (high - glyph) // 2))
            board.blit(text, (2 * pad + glyph - pad // 3, (high - text.get_height()) // 2))
            self._keep(key, board)
        return self._kept[key]

    # --- the mouths ---------------------------------------------------------------------------------------------------

    def mouths(
        self,
        camera: Camera3,
        mouths: Sequence[str],
        marks: Mapping[str, LaneMark],
        room: pygame.Rect,
        palette: Palette,
    ) -> list[MouthSign]:
        """Where the boards of the mouths hang inside ``room``: side by side or in rows, none over another.

        At a fork with more lanes than keys only those with a key have one.
        """
        shown = [lane for lane in mouths if lane in self._geo.channels]
        keyed = [lane for lane in shown if lane in marks and marks[lane].key]
        shown = keyed if keyed and len(keyed) < len(shown) else shown[:9]
        if not shown or room.width < 40 or room.height < 20:
            return []
        wanted = [self._wanted(camera, lane) for lane in shown]
        gap = round(8 * camera.size[1] / 720)
        boards = [self._mouth_board(lane, marks.get(lane), palette, room.width) for lane in shown]
        high = boards[0].get_height()
        order = sorted(range(len(shown)), key=lambda i: (wanted[i][0], i))
        rows = _rows([boards[i].get_width() + gap for i in order], room.width + gap)
        most_rows = max(1, room.height // (high + gap // 2))
        if rows > most_rows:
            rows = most_rows
            most = max(high, room.width // math.ceil(len(shown) / rows) - gap)
            boards = [self._mouth_board(lane, marks.get(lane), palette, most) for lane in shown]
        lefts = {i: left for row in range(rows) for i, left in self._row(order[row::rows], wanted, boards, room, gap)}
        if rows < min(most_rows, len(shown)):
            # one row more, where with it boards hang clearly nearer to their water
            more = rows + 1
            looser = {i: at for row in range(more) for i, at in self._row(order[row::more], wanted, boards, room, gap)}
            if _aside(lefts, wanted, boards) - _aside(looser, wanted, boards) > _ONE_MORE * camera.size[1] / 720:
                rows, lefts = more, looser
        signs: list[MouthSign] = []
        for row in range(rows):
            for i in order[row::rows]:
                top = room.top + row * (high + gap // 2)
                rect = pygame.Rect(round(lefts[i]), top, boards[i].get_width(), high)
                signs.append(MouthSign(shown[i], rect, wanted[i][1], wanted[i][2]))
        return signs

    def _row(
        self, here: list[int], wanted: list[Wanted], boards: list[pygame.Surface], room: pygame.Rect, gap: int
    ) -> Iterator[tuple[int, float]]:
        """The boards of one row by number, each with its left edge."""
        lefts = _spread([(wanted[i][0], boards[i].get_width()) for i in here], room.left, room.right, gap)
        yield from zip(here, lefts, strict=True)

    def _wanted(self, camera: Camera3, lane: str) -> Wanted:
        """The column a mouth's board would like, the pixel of its water, and the side it lies on when behind."""
        channel = self._geo.channels[lane]
        spot = channel.at(min(0.45, 44.0 / max(channel.length, 1.0)))
        depth, right = camera.seen_from(np.array([spot]))[0]
        side = 1 if right >= 0 else -1
        if depth > BEHIND * 0.86:
            column, row = camera.point(spot)
            if -40 < column < camera.size[0] + 40:
                return column, (column, row), 0
        return camera.middle + side * camera.size[0] * (0.5 + 0.2 * (1 - depth / BEHIND)), None, side

    def draw_mouths(
        self, surface: pygame.Surface, signs: Sequence[MouthSign], marks: Mapping[str, LaneMark], palette: Palette,
        unit: float, strength: float = 1.0,
    ) -> None:  # fmt: skip
        """Draw the boards of the mouths with a line to the water of each; ``strength`` is below 1 while they appear."""
        for sign in signs:
            mark = marks.get(sign.lane)
            focused = mark is not None and mark.focused
            colour = palette.accent if focused else palette.rim
            if sign.points_at is not None and strength > 0.95:
                # upright where the board reaches over its water, and else as little aslant as can be
                x, edge = sign.points_at[0], min(sign.rect.height / 2, sign.rect.width / 2)
                start = (min(max(x, sign.rect.left + edge), sign.rect.right - edge), sign.rect.bottom - 2)
                _draw_smooth_line(surface, colour, start, sign.points_at, (2.4 if focused else 1.4) * unit)
                pygame.draw.aacircle(surface, palette.paper, sign.points_at, 5.5 * unit)
                pygame.draw.aacircle(surface, colour, sign.points_at, 4 * unit)
        for sign in signs:
            board = self._mouth_board(sign.lane, marks.get(sign.lane), palette, sign.rect.width)
            if strength < 1.0:
                board = board.copy()
                board.set_alpha(round(255 * strength))
            surface.blit(board, sign.rect)

    def _mouth_board(self, lane: str, mark: LaneMark | None, palette: Palette, most: int) -> pygame.Surface:
        """The board of a mouth, at most ``most`` pixels wide: its key, if it has one now, and its name."""
        name, key = self._level.lane(lane).name, (mark.key or "") if mark is not None else ""
        focused = mark is not None and mark.focused
        kept = ("mouth", lane, key, focused, palette, most)
        if kept not in self._kept:
            type_ = self._type
            high = round(type_.height(17) * 1.36)
            pad = round(high * 0.34)
            badge = round(high * 0.68) if key else 0
            room = max(pad, most - 2 * pad - (badge + pad // 2 if key else 0))
            text = type_.render(_fitting(type_, name, 17, room), 17, palette.paper if focused else palette.ink, 600)
            wide = text.get_width() + 2 * pad + (badge + pad // 2 if key else 0)
            board = pygame.Surface((min(wide, max(most, 1)), high), pygame.SRCALPHA)
            rect = board.get_rect()
            draw_panel(
                board,
                rect,
                palette,
                high // 3,
                shadow=False,
                colour=palette.rim if focused and palette.night < 0.5 else palette.accent if focused else None,
            )
            left = pad
            if key:
                square = pygame.Rect(pad * 2 // 3, (high - badge) // 2, badge, badge)
                fill, ink = (
                    (palette.accent_ink, palette.paper)
                    if focused and palette.night < 0.5
                    else (palette.ink, palette.paper)
                )
                pygame.draw.rect(board, fill, square, border_radius=badge // 4)
                digit = type_.render(key, 15, ink, 600)
                board.blit(digit, digit.get_rect(center=square.center))
                left = square.right + pad // 2
            board.blit(text, (left, (high - text.get_height()) // 2))
            self._keep(kept, board)
        return self._kept[kept]

    def strength(self, camera: Camera3, place: str | None) -> float:
        """How strongly the mouths of the fork at ``place`` are shown: not from afar, wholly from near by."""
        if place is None or place not in self._geo.places:
            return 0.0
        depth = float(camera.seen_from(np.array([self._geo.places[place]]))[0, 0])
        if depth < 0.6 * BEHIND:
            return 0.0
        return min(1.0, max(0.0, (_MOUTHS_FROM - depth) / (_MOUTHS_FROM - _MOUTHS_WHOLE)))

    def _keep(self, key: object, board: pygame.Surface) -> None:
        if len(self._kept) > 400:
            self._kept.clear()
        self._kept[key] = board


@lru_cache(maxsize=256)
def _far_disc(wide: int, quarters: int, rim: Colour, fill: Colour) -> pygame.Surface:
    """A flat ellipse with a rim, its height in quarters of a pixel; shared."""
    high = quarters / 4
    size = (wide + 2, math.ceil(high) + 2)
    x, y = size[0] * 3.0, size[1] * 3.0
    edge = min(0.1 * wide, 1.6)
    around = [(px * wide * 3, py * high * 3) for px, py in circle(0.0, 0.0, 1.0)]
    within = [(px * (wide - 2 * edge) * 3, py * (high - 1.2) * 3) for px, py in circle(0.0, 0.0, 1.0)]
    return smooth(
        size, rim, [(rim, [(x + px, y + py) for px, py in around]), (fill, [(x + px, y + py) for px, py in within])]
    )


def _fill(surface: pygame.Surface, colour: Colour, corners: list[tuple[float, float]]) -> None:
    """Fill a polygon, its edges smooth."""
    # rounded, where pygame would cut off, which leaves gaps to the lines around
    pygame.draw.polygon(surface, colour, [(round(x), round(y)) for x, y in corners])
    pygame.draw.aalines(surface, colour, True, corners)


def _draw_smooth_line(
    surface: pygame.Surface, colour: Colour, start: tuple[float, float], end: tuple[float, float], thick: float
) -> None:
    """Draw a line with smooth edges; none where it has no length."""
    across = (end[1] - start[1], start[0] - end[0])
    long = math.hypot(*across)
    if long > 0:
        x, y = across[0] / long * thick / 2, across[1] / long * thick / 2
        corners = [
            (start[0] + x, start[1] + y), (end[0] + x, end[1] + y),
            (end[0] - x, end[1] - y), (start[0] - x, start[1] - y),
        ]  # fmt: skip
        _fill(surface, colour, corners)


def _fitting(type_: Type, text: str, size: int, room: int) -> str:
    """As much of a text as there is room for, with dots where it is cut."""
    if type_.width(text, size, 600) <= room:
        return text
    while text and type_.width(text + "…", size, 600) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _rows(wides: list[int], room: int) -> int:
    """In how few rows boards of these widths find room when they are dealt out to the rows in turn."""
    for rows in range(1, len(wides)):
        if all(sum(wides[row::rows]) <= room for row in range(rows)):
            return rows
    return len(wides)


def _aside(lefts: Mapping[int, float], wanted: Sequence[Wanted], boards: Sequence[pygame.Surface]) -> float:
    """By how much boards hang aside of the water that is in sight, in all."""
    total = 0.0
    for i, left in lefts.items():
        water = wanted[i][1]
        if water is not None:
            total += max(0.0, left - water[0], water[0] - left - boards[i].get_width())
    return total


def _spread(wanted: list[tuple[float, int]], first: int, end: int, gap: int) -> list[float]:
    """The left edges of boards in the order given, as near to their wanted middles as side by side allows."""
    lefts: list[float] = []
    edge = float(first)
    for middle, wide in wanted:
        left = max(edge, middle - wide / 2)
        lefts.append(left)
        edge = left + wide + gap
    edge = float(end)
    for k in range(len(lefts) - 1, -1, -1):
        lefts[k] = min(lefts[k], edge - wanted[k][1])
        edge = lefts[k] - gap
    return lefts
