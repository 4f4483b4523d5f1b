"""Boats from behind: the player's with its wake and spray, and the ghosts', which are folded of paper."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pygame

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth, smooth_steps

LEANS = 8
"""How many steps a boat can lean to either side."""

TALL = 152.0
"""How tall the player's boat is drawn, in pixels of a 720 pixels high picture."""

_WIDE = 168.0
_LEAN = 2.1  # degrees a step
_DROPS = 84
_PHASES = 12
_MASTER_SIZE, _MASTER_ROWS, _MOST_MASTERS = (252, 228), 38, 72


def player_boat(palette: Palette, tall: int, lean: int) -> pygame.Surface:
    """The player's boat, leaning ``lean`` steps (negative: to the left); its waterline's middle is ``foot`` of it."""
    return _leaned(tall, max(-LEANS, min(LEANS, lean)), _player(palette), 255)


def ghost_boat(palette: Palette, tall: int, lean: int) -> pygame.Surface:
    """A ghost's paper boat, as tall as asked for; one sees through it a little."""
    return _leaned(tall, max(-LEANS, min(LEANS, lean)), _ghost(palette), 205)


def foot(boat: pygame.Surface) -> tuple[int, int]:
    """The point of a boat's picture that lies on the water."""
    return boat.get_width() // 2, round(boat.get_height() * 0.86)


Colours = tuple[Colour, ...]


def _player(p: Palette) -> Colours:
    red = p.accent if p.name != "rose" else mix(p.accent, (228, 87, 46), 0.35)
    return (
        red, mix(red, (112, 26, 20), 0.42), (252, 246, 232), (226, 184, 124), (158, 104, 66), (232, 164, 48),
        (252, 236, 190), (196, 66, 44), (128, 88, 60),
    )  # fmt: skip


def _ghost(p: Palette) -> Colours:
    paper = p.paper if p.night < 0.5 else mix(p.node, p.paper, 0.25)
    fold = mix(paper, p.shadow, 0.34)
    line = mix(paper, p.accent, 0.42)
    pale = mix(paper, p.shadow, 0.16)
    return (paper, fold, line, pale, fold, mix(paper, p.flow, 0.3), paper, line, fold)


def prepare_boats(palette: Palette, unit: float) -> Iterator[None]:
    """Make the boats in all their leans and the wake in all its phases, a little at every step."""
    for lean in sorted(range(-LEANS, LEANS + 1), key=abs):
        for colours, drawn in ((_player(palette), player_boat), (_ghost(palette), ghost_boat)):
            yield from _draw_master(colours, lean)
            drawn(palette, round(TALL * unit), lean)
            yield
    for phase in range(_PHASES):
        _wake_master(phase, palette.foam, _between(palette))
        yield


def _between(palette: Palette) -> Colour:
    """The colour of the water between the arms of a wake."""
    return mix(palette.crest, palette.foam, 0.35)


@lru_cache(maxsize=160)
def _leaned(tall: int, lean: int, colours: Colours, alpha: int) -> pygame.Surface:
    master = _master(colours, lean)
    size = (max(2, round(tall * _WIDE / TALL)), max(2, tall))
    drawn = pygame.transform.smoothscale(master, size)
    if alpha < 255:
        view = pygame.surfarray.pixels_alpha(drawn)
        view[:] = (view.astype(np.uint16) * alpha // 255).astype(np.uint8)
        del view
    return drawn


_MASTERS: OrderedDict[tuple[Colours, int], pygame.Surface] = OrderedDict()


def _master(colours: Colours, lean: int) -> pygame.Surface:
    """A boat 228 pixels tall: hull, deck, paddler and paddle, sheared and turned by its lean."""
    if (colours, lean) not in _MASTERS:
        for _ in _draw_master(colours, lean):
            pass
    _MASTERS.move_to_end((colours, lean))
    return _MASTERS[colours, lean]


def _draw_master(colours: Colours, lean: int) -> Iterator[None]:
    """Draw a master that is not there yet, some of its rows at every step."""
    if (colours, lean) in _MASTERS:
        return
    master = pygame.Surface(_MASTER_SIZE, pygame.SRCALPHA)
    yield from smooth_steps(master, colours[1], _master_shapes(colours, lean), _MASTER_ROWS)
    _MASTERS[colours, lean] = master
    while len(_MASTERS) > _MOST_MASTERS:
        _MASTERS.popitem(last=False)


def _master_shapes(colours: Colours, lean: int) -> list[tuple[Colour, list[tuple[float, float]]]]:
    """The polygons of a boat, six times as large as its master."""
    hull, dark, trim, deck, wood, coat, hat, scarf, skin = colours
    k = _MASTER_SIZE[1] * 6 / TALL
    tilt = math.radians(_LEAN * lean)
    cos, sin = math.cos(tilt), math.sin(tilt)
    shear = 1.5 * lean

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        placed = []
        for x, y in points:
            # (0, 0) is the middle of the waterline, y up; the bow goes before the lean
            sx = x + shear * max(0.0, y - 20.0) / 80.0
            rx, ry = sx * cos + y * sin, -sx * sin + y * cos
            placed.append(((_WIDE / 2 + rx) * k, (TALL * 0.86 - ry) * k))
        return placed

    def side(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """A shape that is the same on both sides, given by its right one from the stern to the bow."""
        return [*points, *[(-x, y) for x, y in reversed(points)]]

    def about(points: list[tuple[float, float]], part: float) -> list[tuple[float, float]]:
        """A shape drawn in towards the middle of the boat."""
        return [(x * part, 46 + (y - 46) * part) for x, y in points]

    def disc(x: float, y: float, wide: float, high: float) -> list[tuple[float, float]]:
        return at(*[(x + px * wide, y + py * high) for px, py in circle(0.0, 0.0, 1.0)])

    outer = _curved(
        side([(0, -18), (24, -16.5), (41, -8), (49.5, 12), (53, 38), (48, 68), (35, 96), (17, 118), (0, 129)])
    )
    wale = about(outer, 0.968)
    bend = _curved([(-46, 15), (-26, 6), (0, 3.5), (26, 6), (46, 15)], closed=False)
    stern = [*bend, (48, 8), *_curved([(43, -5), (25, -13), (0, -15), (-25, -13), (-43, -5)], closed=False), (-48, 8)]
    stripe = _curved([(-46.5, 2.5), (-26, -4), (0, -6), (26, -4), (46.5, 2.5)], closed=False)
    floor = [(-43, 50), (43, 50), *[(x * 0.93, y + 1.5) for x, y in bend[::-1]]]
    body = _curved(side([(0, 17), (17, 17.5), (24, 26), (22.5, 46), (15, 60), (0, 64)]))
    planks = [
        (mix(deck, wood, 0.35), at((x - 0.5, 56), (x + 0.5, 56), (x * 0.62 + 0.4, y), (x * 0.62 - 0.4, y)))
        for x, y in ((-26.0, 92.0), (0.0, 118.0), (26.0, 92.0))
    ]
    boards = [
        (mix(wood, dark, 0.3), at((x - 0.6, 14), (x + 0.6, 14), (x + 0.5, 50), (x - 0.5, 50)))
        for x in (-34.0, -27.0, 27.0, 34.0)
    ]
    return [
        (dark, at(*outer)), (hull, at(*wale)), (trim, at(*about(outer, 0.9))), (deck, at(*about(outer, 0.865))),
        *planks, (wood, at(*floor)), *boards,
        (mix(deck, trim, 0.25), at((-44, 50), (44, 50), (43, 56), (-43, 56))),
        (mix(wood, dark, 0.45), at((-44, 48.4), (44, 48.4), (44, 50), (-44, 50))),
        (mix(wood, (30, 16, 24), 0.6), at(*[(x, y + 3.4) for x, y in bend], *bend[::-1])),
        (dark, at(*[(x * 1.01, y - 2) for x, y in stern])), (hull, at(*stern)),
        (trim, at(*[(x, y + 2.6) for x, y in stripe], *[(x, y - 2.6) for x, y in stripe[::-1]])),
        (mix(wood, (30, 16, 24), 0.55), at((-31.6, 12), (-29.4, 12), (-29.8, 42), (-31.2, 42))),
        (mix(wood, (30, 16, 24), 0.55), disc(-30.5, 44, 5.4, 5.4)), (hat, disc(-30.5, 44, 3.9, 3.9)),
        (coat, at(*body)),
        (mix(coat, dark, 0.22), at((6, 17), (17, 17.5), (23.6, 26), (22.5, 46), (15, 60), (9, 62.5), (12, 40))),
        (mix(coat, dark, 0.1), at(*_curved([(14, 52), (22, 48), (34, 38), (30, 32), (20, 38), (13, 44)]))),
        (skin, disc(33, 34, 3.6, 3.2)),
        (scarf, at(*_curved([(-15, 60), (0, 57.5), (15, 60), (16.5, 67), (0, 70.5), (-16.5, 67)]))),
        (mix(scarf, dark, 0.25), at(*_curved([(11, 62), (24, 60), (36, 58), (47, 65), (43, 53), (28, 50), (13, 55)]))),
        (skin, disc(0, 73, 9, 9)), (mix(skin, dark, 0.4), disc(0, 70.6, 8.4, 5.2)),
        (mix(hat, dark, 0.32), disc(0, 76.2, 22, 8)), (hat, disc(0, 78.2, 21.6, 7.5)),
        (scarf, disc(0, 81.4, 12, 6.2)), (mix(hat, trim, 0.3), disc(0, 85.4, 11.2, 6.6)),
        (mix(hat, dark, 0.12), at((3, 80.4), (11.4, 83), (11, 87.6), (5, 91))),
        (mix(wood, dark, 0.25), at((20.5, 43.5), (23, 41), (66.5, 4), (62.5, 0.5))),
        (trim, at(*_curved([(57, 8), (63, 10), (74, 3), (79, -7), (73, -12.5), (64, -5)]))),
    ]  # fmt: skip


def _curved(points: list[tuple[float, float]], closed: bool = True) -> list[tuple[float, float]]:
    """A curve through points, a few more between any two (Catmull and Rom); once around, or from end to end."""
    count, curve = len(points), []
    for i in range(count if closed else count - 1):
        around = [points[k % count] if closed else points[min(max(k, 0), count - 1)] for k in range(i - 1, i + 3)]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = around
        for t in (0.0, 0.2, 0.4, 0.6, 0.8):
            a, b, c, d = -t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2
            curve.append(((a * ax + b * bx + c * cx + d * dx) / 2, (a * ay + b * by + c * cy + d * dy) / 2))
    return curve if closed else [*curve, points[-1]]


def draw_wake(
    surface: pygame.Surface, middle: tuple[float, float], unit: float, palette: Palette, pace: float, time: float
) -> None:
    """Draw the two arms of foam behind a boat; wider and stronger the faster it runs, none while it lies still."""
    if pace < 0.12:
        return
    phase = int(time * 9.0) % _PHASES
    drawn = _wake(round(unit * 100), phase, palette.foam, _between(palette))
    drawn.set_alpha(round(235 * min(1.0, 0.25 + pace)))
    surface.blit(drawn, (round(middle[0] - drawn.get_width() / 2), round(middle[1] - 30 * unit)))


@lru_cache(maxsize=_PHASES * 3)
def _wake(hundredths: int, phase: int, foam: Colour, light: Colour) -> pygame.Surface:
    unit = hundredths / 100
    size = (max(8, round(440 * unit)), max(8, round(190 * unit)))
    return pygame.transform.smoothscale(_wake_master(phase, foam, light), size)


@lru_cache(maxsize=_PHASES * 3)
def _wake_master(phase: int, foam: Colour, light: Colour) -> pygame.Surface:
    size = (308, 133)
    k = size[1] * 6 / 190
    middle = size[0] * 3
    shapes: list[tuple[tuple[int, ...], list[tuple[float, float]]]] = []
    # the water between the arms, then the arms in three strokes each, the outer one the widest
    shapes.append(
        (
            (*light, 70),
            [
                (middle - 40 * k, 0),
                (middle + 40 * k, 0),
                (middle + 150 * k, size[1] * 6),
                (middle - 150 * k, size[1] * 6),
            ],
        )
    )
    for way in (-1, 1):
        for near, far, wide, alpha in ((40, 176, 15, 190), (30, 122, 7, 130), (47, 206, 5, 110)):
            out, back = [], []
            for step in range(13):
                u = step / 12
                sway = 3.0 * u * math.sin(u * 7.0 - phase / _PHASES * math.tau + near)
                x = near + (far - near) * u**0.92 + sway
                half = wide * (0.22 + 0.78 * u) * (1 - 0.25 * u)
                y = 12 + 178 * u
                out.append((middle + way * (x + half) * k, y * k))
                back.append((middle + way * (x - half) * k, y * k))
            shapes.append(((*foam, alpha), out + back[::-1]))
    drawn = smooth(size, foam, shapes)  # type: ignore[arg-type]
    fade = np.clip((1 - np.arange(size[1]) / size[1]) * 1.6, 0, 1)[None, :]
    view = pygame.surfarray.pixels_alpha(drawn)
    view[:] = np.rint(view * fade).astype(np.uint8)
    del view
    return drawn


_KINDS_OF_DROPS = tuple(
    tuple(abs(math.modf(math.sin(k * a + 1.3) * 4373.1)[0]) for a in (12.9, 78.2, 37.7)) for k in range(_DROPS)
)
"""Three numbers from 0 to 1 for every drop of the spray, as if by chance."""


def draw_spray(
    surface: pygame.Surface, middle: tuple[float, float], unit: float, palette: Palette, pace: float, time: float
) -> None:
    """Draw the drops that fly up beside the stern; a function of the time alone."""
    if pace < 0.55:
        return
    count = round(_DROPS * min(1.0, (pace - 0.45) / 0.45))
    drops = []
    for k, (one, two, three) in enumerate(_KINDS_OF_DROPS[:count]):
        life = (time * (1.3 + 0.6 * one) + two) % 1.0
        way = -1 if k % 2 else 1
        # out along the arms of the wake, some of them thrown up on the way
        out = 44 + 72 * life * (0.35 + 0.65 * three) + 10 * one
        up = 10 + 62 * three * one * 4 * life * (1 - life) - 92 * life
        x, y = middle[0] + way * out * unit, middle[1] - up * unit + 10 * unit
        drop = _drop(round((1.4 + 3.0 * two) * (1 - 0.6 * life) * unit * 4), palette.foam)
        drops.append((drop, (round(x - drop.get_width() / 2), round(y - drop.get_height() / 2))))
    surface.fblits(drops)


@lru_cache(maxsize=64)
def _drop(quarters: int, foam: Colour) -> pygame.Surface:
    """A round drop with a soft edge, its radius in quarters of a pixel; shared."""
    radius = max(3, quarters) / 4
    side = 2 * math.ceil(radius) + 2
    away = np.arange(side) - side / 2 + 0.5
    cover = np.clip(radius + 0.5 - np.hypot(away[:, None], away[None, :]), 0.0, 1.0)
    drop = pygame.Surface((side, side), pygame.SRCALPHA)
    drop.fill((*foam, 0))
    alpha = pygame.surfarray.pixels_alpha(drop)
    alpha[:] = np.rint(235 * cover).astype(np.uint8)
    del alpha
    return drop
