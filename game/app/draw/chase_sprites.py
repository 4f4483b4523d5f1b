"""Billboards: the trees, reeds and houses of the chase view, drawn once and kept in some twenty sizes each.

Every smaller size stands for something farther away, so it has more of the haze's colour in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pygame

from game.app.draw.chase_camera import HEIGHT, STEP_UP, Camera3, standing
from game.app.draw.chase_scatter import KINDS, TALL, Stands
from game.app.draw.chase_sky import haze_colour
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth

SIZES = 22
"""In how many sizes each thing is kept."""

_SMALLEST, _RATIO = 4.0, 1.2
_MASTER = 150
_FARTHEST = 900.0
_MOST = 800
_AT_A_STEP = 2  # pictures that are made at a step

Polygons = list[tuple[Colour | tuple[int, int, int, int], list[tuple[float, float]]]]
Drawn = tuple[pygame.Surface, tuple[int, int]]


class Billboards:
    """All things that stand in a world, in one palette; ``seen`` lists those that a camera sees."""

    def __init__(self, stands: Stands, palette: Palette) -> None:
        self._stands, self._palette = stands, palette
        self._at = stands.at.astype(np.float64)
        self._tall = np.array(TALL)[stands.kind] * stands.size
        self._masters: dict[int, pygame.Surface] = {}
        self._unit = 0.0
        self._pictures: dict[int, pygame.Surface] = {}
        self._foot = np.zeros((len(KINDS) * SIZES, 2))

    def seen(self, camera: Camera3) -> tuple[list[float], list[Drawn]]:
        """Depths and (picture, corner) of what is seen, the farthest first."""
        seen = camera.seen_from(self._at)
        depth, right = seen[:, 0], seen[:, 1]
        least = camera.focal * 8.0 / (camera.size[1] * 1.2)
        reach = max(camera.middle, camera.size[0] - camera.middle) / camera.focal
        there = np.flatnonzero(
            (depth > max(30.0, least)) & (depth < _FARTHEST) & (np.abs(right) < depth * reach + 20.0)
        )
        if len(there) > _MOST:
            there = there[np.argsort(depth[there], kind="stable")[:_MOST]]
        there = there[np.argsort(-depth[there], kind="stable")]
        depth, right = depth[there], right[there]
        column = camera.middle + camera.focal * right / depth
        below = camera.focal * HEIGHT / depth
        up = STEP_UP / HEIGHT * self._stands.level[there] * standing(below / (camera.size[1] - camera.horizon))
        row = camera.horizon + below * (1.0 - up)
        tall = camera.focal * self._tall[there] / depth
        unit = camera.size[1] / 720
        number = np.clip(np.rint(np.log(tall / (_SMALLEST * unit)) / math.log(_RATIO)), 0, SIZES - 1).astype(np.int64)
        slot = self._stands.kind[there] * SIZES + number
        self._prepare(np.unique(slot).tolist(), unit)
        x = np.rint(column - self._foot[slot, 0]).astype(np.int64).tolist()
        y = np.rint(row - self._foot[slot, 1]).astype(np.int64).tolist()
        pictures = self._pictures
        return depth.tolist(), [
            (pictures[k], corner) for k, corner in zip(slot.tolist(), zip(x, y, strict=True), strict=True)
        ]

    def prepare(self, unit: float) -> Iterator[None]:
        """Make all pictures for a picture ``unit`` times 720 pixels high, a few at every step."""
        for kind in range(len(KINDS)):
            self._master(kind)
            yield
            for first in range(0, SIZES, _AT_A_STEP):
                self._prepare([kind * SIZES + size for size in range(first, min(SIZES, first + _AT_A_STEP))], unit)
                yield

    def _prepare(self, slots: list[int], unit: float) -> None:
        """Make the pictures in ``slots`` (kind * SIZES + size) that are still missing, for a picture this large."""
        if self._unit != unit:
            self._unit, self._pictures = unit, {}
        for slot in slots:
            if slot not in self._pictures:
                picture = self._pictures[slot] = self._picture(slot // SIZES, slot % SIZES, unit)
                self._foot[slot] = picture.get_width() * 0.42, picture.get_height() * 0.94

    def _master(self, kind: int) -> pygame.Surface:
        """The large picture from which all sizes of a kind are made."""
        if kind not in self._masters:
            self._masters[kind] = _masters(KINDS[kind], self._palette)
        return self._masters[kind]

    def _picture(self, kind: int, number: int, unit: float) -> pygame.Surface:
        """A thing of a kind in one of its sizes, with the haze of the distance that stands for."""
        master = self._master(kind)
        tall = _SMALLEST * unit * _RATIO**number
        high = max(3, round(tall / 0.9))
        wide = max(3, round(high * master.get_width() / master.get_height()))
        picture = pygame.transform.smoothscale(master, (wide, high))
        far = 900.0 * TALL[kind] / (tall / unit)
        return _hazed(picture, haze_colour(self._palette), min(0.72, max(0.0, far - 150.0) / 900.0))


def _hazed(picture: pygame.Surface, colour: Colour, part: float) -> pygame.Surface:
    view = pygame.surfarray.pixels3d(picture)
    view[:] = np.rint(view * (1 - part) + np.array(colour) * part).astype(np.uint8)
    del view
    return picture


def _masters(kind: str, palette: Palette) -> pygame.Surface:
    """The large picture of a kind of thing, standing at 42 % of its width and 94 % of its height."""
    wide = round(_MASTER * {"reeds": 0.8, "tall_reeds": 0.7, "stake": 0.6}.get(kind, 1.25 if "house" in kind else 1.05))
    size = (wide, _MASTER)
    foot = (wide * 6 * 0.42, _MASTER * 6 * 0.94)
    high = _MASTER * 6 * 0.9
    drawings: dict[str, Callable[[], Polygons]] = {
        "round": lambda: _round_tree(palette, foot, high),
        "pointed": lambda: _pointed_tree(palette, foot, high),
        "reeds": lambda: _reeds(palette, foot, high, 5),
        "tall_reeds": lambda: _reeds(palette, foot, high, 9),
        "house_red": lambda: _house(palette, foot, high, mix(palette.accent, palette.shadow, 0.08)),
        "house_blue": lambda: _house(palette, foot, high, mix(palette.flow, palette.rim, 0.25)),
        "house_low": lambda: _house(palette, foot, high, mix(palette.accent, palette.shadow, 0.3), flip=True),
        "stake": lambda: _stake(palette, foot, high),
    }
    shape = drawings[kind]()
    picture = smooth(size, mix(palette.tree[0], palette.tree[1], 0.5), [])
    spread = {"reeds": 0.2, "tall_reeds": 0.2, "stake": 0.24}.get(kind, 0.34)
    shadow = [(foot[0] + high * (0.12 + spread * x), foot[1] + high * 0.05 * y) for x, y in circle(0.0, 0.0, 1.0)]
    picture.blit(smooth(size, palette.shadow, [((*palette.shadow, 95), shadow)]), (0, 0))  # type: ignore[list-item]
    picture.blit(smooth(size, mix(palette.tree[0], palette.tree[1], 0.5), shape), (0, 0))  # type: ignore[arg-type]
    return picture


def _at(foot: tuple[float, float], high: float, *points: tuple[float, float]) -> list[tuple[float, float]]:
    """Points given from the foot, x to the right and y up, in heights."""
    return [(foot[0] + x * high, foot[1] - y * high) for x, y in points]


def _round_tree(p: Palette, foot: tuple[float, float], high: float) -> Polygons:
    leaf, shade, trunk = p.tree
    crown = circle(foot[0], foot[1] - 0.64 * high, 0.33 * high)
    lower = [(foot[0] + (x - foot[0]) * 0.94, y + 0.02 * high) for x, y in crown]
    right = [(x, y) for x, y in lower if x >= foot[0] - 0.02 * high]
    right.sort(key=lambda point: point[1])
    inner = [(foot[0] + (x - foot[0]) * 0.12, y) for x, y in reversed(right)]
    light = mix(leaf, p.shine, 0.15)
    return [
        (trunk, _at(foot, high, (-0.035, 0.0), (0.035, 0.0), (0.025, 0.42), (-0.025, 0.42))),
        (leaf, crown),
        (shade, right + inner),
        (light, circle(foot[0] - 0.12 * high, foot[1] - 0.74 * high, 0.09 * high)),
        (trunk, _at(foot, high, (-0.012, 0.36), (0.012, 0.36), (0.008, 0.62), (-0.008, 0.62))),
    ]


def _pointed_tree(p: Palette, foot: tuple[float, float], high: float) -> Polygons:
    leaf, shade, trunk = p.tree
    left = [(0.0, 1.0), (-0.1, 0.78), (-0.19, 0.52), (-0.22, 0.36), (-0.17, 0.22), (0.0, 0.17)]
    right = [(0.0, 0.17), (0.17, 0.22), (0.22, 0.36), (0.19, 0.52), (0.1, 0.78), (0.0, 1.0), (0.03, 0.6)]
    return [
        (trunk, _at(foot, high, (-0.03, 0.0), (0.03, 0.0), (0.025, 0.3), (-0.025, 0.3))),
        (leaf, _at(foot, high, *left, *right[1:6])),
        (shade, _at(foot, high, *right)),
        (trunk, _at(foot, high, (-0.01, 0.16), (0.01, 0.16), (0.006, 0.5), (-0.006, 0.5))),
    ]


def _reeds(p: Palette, foot: tuple[float, float], high: float, seed: int) -> Polygons:
    chance = np.random.default_rng(seed)
    colours = (mix(p.tree[0], p.land[3], 0.35), mix(p.tree[0], p.land[2], 0.15), mix(p.tree[1], p.land[4], 0.25))
    blades: Polygons = []
    for k in range(8):
        start = (k - 3.5) * 0.045
        lean, tall = (k - 3.5) * 0.045 + 0.08 * (chance.random() - 0.5), 0.55 + 0.45 * chance.random()
        blades.append(
            (
                colours[k % 3],
                _at(
                    foot, high, (start - 0.028, 0.0), (start + 0.028, 0.0), (start + lean * 0.6 + 0.02, tall * 0.6),
                    (start + lean * 1.5, tall), (start + lean * 0.6 - 0.02, tall * 0.6),
                ),
            )
        )  # fmt: skip
    return blades


def _stake(p: Palette, foot: tuple[float, float], high: float) -> Polygons:
    """A round post, cut aslant, with a band of paint below its top."""
    wood = mix(p.bank, p.rim, 0.5) if p.night < 0.5 else mix(p.bank, p.soft_ink, 0.45)
    top = mix(wood, p.shine, 0.55)
    return [
        (wood, _at(foot, high, (-0.12, 0.0), (0.0, -0.025), (0.12, 0.0), (0.12, 0.93), (-0.12, 0.97))),
        (mix(wood, p.shadow, 0.45), _at(foot, high, (0.03, -0.02), (0.12, 0.0), (0.12, 0.93), (0.03, 0.94))),
        (mix(p.node, wood, 0.1), _at(foot, high, (-0.12, 0.66), (0.12, 0.63), (0.12, 0.77), (-0.12, 0.8))),
        (top, _at(foot, high, (-0.12, 0.97), (-0.02, 1.0), (0.12, 0.93), (0.02, 0.9))),
    ]


def _house(p: Palette, foot: tuple[float, float], high: float, roof: Colour, flip: bool = False) -> Polygons:
    """A gable to the front and a wall to the side, under a roof with a dark eave."""
    night = p.night >= 0.5
    front = mix(p.node, p.shadow, 0.5) if night else p.land[7]
    side = mix(front, p.shadow, 0.35)
    hole = p.light if night else p.rim
    way = -1 if flip else 1

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return _at(foot, high, *[(way * x, y) for x, y in points])

    return [
        (side, at((0.06, 0.0), (0.46, 0.03), (0.46, 0.42), (0.06, 0.48))),
        (front, at((-0.4, 0.02), (0.08, 0.0), (0.08, 0.46), (-0.16, 0.84), (-0.4, 0.46))),
        (roof, at((-0.18, 0.9), (0.24, 0.82), (0.54, 0.4), (0.12, 0.42))),
        (mix(roof, p.shadow, 0.4), at((-0.46, 0.42), (-0.18, 0.9), (-0.13, 0.84), (-0.4, 0.4))),
        (mix(roof, p.shadow, 0.25), at((-0.18, 0.9), (0.12, 0.42), (0.07, 0.4), (-0.2, 0.82))),
        (hole, at((-0.22, 0.01), (-0.1, 0.0), (-0.1, 0.24), (-0.22, 0.24))),
        (hole if night else mix(p.rim, p.flow, 0.3), at((0.2, 0.2), (0.32, 0.205), (0.32, 0.33), (0.2, 0.33))),
    ]
