"""Painted sheets: a baked world in a palette's colours, whose channels and sea are painted anew for every frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from game.app.draw.bake import BakedWorld, Sheet
from game.app.draw.lens import Lens
from game.app.draw.map_frame import Seen
from game.app.draw.palette import Palette, mix
from game.app.draw.shapes import circle, smooth
from game.app.draw.terrain import SEA_RAMP
from game.app.draw.tint import SURF, land_tint, packed, sea_tints
from game.app.draw.water import PERIOD, Look, pattern, pattern_steps
from game.app.draw.water_scale import water_speed

_DRY = Seen(0.0)
_VEILS = (0.0, 0.34, 0.48, 0.58, 0.66)
_DIM = 0.5
_CONSTANT_PACE = 0.3
_STEP = 200_000  # pixels of land painted at a time
_LAPS = 20  # moments a second at which the sea moves


class PaintedSheet:
    """One sheet of a baked world in one palette.  What it shows is set by ``flow`` and depends on nothing before it.

    ``growing`` paints its land, a little at every step, and must have come to its end before ``flow``.
    """

    def __init__(self, world: BakedWorld, sheet: Sheet, palette: Palette) -> None:
        self.scale, self.palette = sheet.scale, palette
        self._part, self._water = world.part, sheet.water
        height, width = sheet.codes.shape
        self.surface = pygame.Surface((width, height), depth=32)
        self.growing = self._grow(world, sheet)
        self._lanes = world.lanes
        self._bounds = sheet.water.bounds
        out = sheet.sea_texels % SEA_RAMP
        surf = np.flatnonzero((out >= SURF[0]) & (out < SURF[1]))
        self._sea = sheet.sea_pixels[surf].astype(np.int64), sheet.sea_texels[surf].astype(np.int64)
        self._coast = int((sheet.sea_pixels % width).min(initial=width))
        self._lapped: tuple[int, int, int] | None = None
        self._rows = int(sheet.water.texels.max(initial=0))
        self._grouped: tuple[object, list[_Group]] = (None, [])
        self._fresh, self._old = np.empty((2, 1), dtype=np.uint32)

    def window(self, lens: Lens, size: tuple[int, int]) -> pygame.Rect:
        """The rectangle of the sheet, in its pixels, that a picture of ``size`` shows through the lens."""
        left = round((lens.left - self._part.left) * self.scale)
        top = round((lens.top - self._part.top) * self.scale)
        width = min(self.surface.get_width(), round(size[0] * self.scale / lens.scale))
        height = min(self.surface.get_height(), round(size[1] * self.scale / lens.scale))
        left = max(0, min(left, self.surface.get_width() - width))
        top = max(0, min(top, self.surface.get_height() - height))
        return pygame.Rect(left, top, width, height)

    def prepare(self, looks: Iterable[Look]) -> Iterator[None]:
        """Make the patterns of ``looks``, a layer at every step, so that no frame has to wait for them."""
        for look in looks:
            for stakes in (False, True) if look.constant else (False,):
                yield from pattern_steps(self.palette, look, *self._water.texture, stakes)
            _lengthened(self.palette, look, 0.0, *self._water.texture, self._rows)
            _moving_columns(self.palette, look, 0.0, *self._water.texture)
            yield

    def _grow(self, world: BakedWorld, sheet: Sheet) -> Iterator[None]:
        """Paint the land band by band, then plant the trees, the far ones first, and lay the sea, which foams later."""
        tint, high = land_tint(self.palette), max(1, _STEP // max(1, sheet.codes.shape[1]))
        for top in range(0, sheet.codes.shape[0], high):
            view = pygame.surfarray.pixels2d(self.surface)
            view[:, top : top + high] = tint[sheet.codes[top : top + high]].T
            del view
            yield
        for first in range(0, len(world.trees), 40):
            self._plant(world.trees[first : first + 40])
            yield
        view = pygame.surfarray.pixels2d(self.surface)
        view.T.reshape(-1)[sheet.sea_pixels] = sea_tints(self.palette, 0.0)[sheet.sea_texels]
        del view

    def flow(
        self,
        water: Mapping[str, Seen],
        before: Mapping[str, Seen] | None,
        turn: float,
        dim: frozenset[str],
        time: float,
        window: pygame.Rect,
    ) -> None:
        """Paint the water of every lane within ``window`` as it looks at ``time``.

        While ``turn`` is below 1 the water of ``before`` still shows through.
        """
        turn = turn if before is not None else 1.0
        groups = self._groups(water, before if turn < 1.0 else None, dim, window)
        first, end = self._shore(window)
        lap = (int(time * _LAPS), first, end)
        stale = [(group, state) for group in groups if (state := self._state(group, time, turn)) != group.painted]
        if not stale and lap == self._lapped:
            return
        view = pygame.surfarray.pixels2d(self.surface)
        flat = view.T.reshape(-1)
        for group, state in stale:
            pixels, texels = self._moving(group)
            count = len(pixels)
            if count > len(self._fresh):
                self._fresh, self._old = np.empty((2, count), dtype=np.uint32)
            fresh, old = self._fresh[:count], self._old[:count]
            self._look(group.seen, group.dim, time, texels, fresh)
            if group.before is not None:
                self._look(group.before, group.dim, time, texels, old)
                fresh = blended(old, fresh, turn)
            flat[pixels] = fresh
            if group.seen.constant:
                pixels, colours = self._stakes(group)
                flat[pixels] = colours
            group.painted = state
        if lap != self._lapped and first < end:
            pixels, texels = self._sea
            flat[pixels[first:end]] = sea_tints(self.palette, lap[0] / _LAPS)[texels[first:end]]
        self._lapped = lap
        del flat, view

    def _shore(self, window: pygame.Rect) -> tuple[int, int]:
        """Which of the sea's pixels, which run row by row, lie in the rows of ``window``: none where no sea shows."""
        if window.right <= self._coast:
            return 0, 0
        width = self.surface.get_width()
        first, end = np.searchsorted(self._sea[0], (window.top * width, window.bottom * width))
        return int(first), int(end)

    def _groups(
        self, water: Mapping[str, Seen], before: Mapping[str, Seen] | None, dim: frozenset[str], window: pygame.Rect
    ) -> list[_Group]:
        """The lanes within ``window``, all that look alike together; the same list as long as nothing changes.

        Channels are many and looks are few, so a frame costs as much as its pixels and not as much as its lanes.
        """
        left, right, top, bottom = self._bounds.T
        there = (left < window.right) & (right >= window.left) & (top < window.bottom) & (bottom >= window.top)
        key = (there.tobytes(), water, before, dim)
        if self._grouped[0] != key:
            alike: dict[tuple[Seen, Seen | None, bool], list[int]] = {}
            for k in np.flatnonzero(there).tolist():
                lane = self._lanes[k]
                seen = water.get(lane, _DRY)
                earlier = None if before is None else before.get(lane, _DRY)
                alike.setdefault((seen, None if earlier == seen else earlier, lane in dim), []).append(k)
            groups = [self._group(*look, lanes) for look, lanes in alike.items()]
            kept = (key[0], dict(water), None if before is None else dict(before), dim)
            self._grouped = (kept, groups)
        return self._grouped[1]

    def _group(self, seen: Seen, before: Seen | None, dim: bool, lanes: list[int]) -> _Group:
        water = self._water
        parts = [slice(water.starts[k], water.starts[k + 1]) for k in lanes]
        # widened here and not once for all, which for a large world would be a hundred megabytes
        pixels, texels = (
            np.concatenate([each[part] for part in parts], dtype=np.int64) for each in (water.pixels, water.texels)
        )
        return _Group(seen, before, dim, pixels, texels)

    def _moving(self, group: _Group) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pixels of a group that may look another way than they were painted, and their texels.

        Where a pattern is the same all along, as at its banks, sliding it changes nothing.
        """
        if group.painted is None or group.before is not None:
            return group.pixels, group.texels
        if group.moving is None:
            texture, columns = self._texture(group.seen, group.dim), self._water.texture[0]
            moves = _moving_columns(*texture)[group.texels % columns]
            group.moving = (group.pixels[moves], group.texels[moves])
        return group.moving

    def _stakes(self, group: _Group) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """The pixels of a group that belong to stakes, which stand while the water goes by, and their colours."""
        if group.stakes is None:
            texture = self._texture(group.seen, group.dim)
            bare, staked = _once(*texture), _once(*texture, stakes=True)
            texels = group.texels % len(bare)
            stands = (bare != staked)[texels]
            group.stakes = (group.pixels[stands], staked[texels[stands]])
        return group.stakes

    def _state(self, group: _Group, time: float, turn: float) -> tuple[object, ...]:
        """What decides how a group looks at a moment."""
        if group.before is None:
            return (self._slid(group.seen, time),)
        return self._slid(group.seen, time), self._slid(group.before, time), turn

    def _slid(self, seen: Seen, time: float) -> int:
        """By how many rows a pattern has been carried along; what is remembered stands still."""
        samples = self._water.texture[1]
        return 0 if seen.years_ago else int(pattern_pace(seen) * time * samples) % round(PERIOD * samples)

    def _look(self, seen: Seen, dim: bool, time: float, texels: NDArray[np.int64], out: NDArray[np.uint32]) -> None:
        """The colours of pixels: the pattern of what is seen, slid along by the time."""
        columns, samples = self._water.texture
        texture = _lengthened(*self._texture(seen, dim), self._rows)
        period = round(PERIOD * samples)
        back = (period - self._slid(seen, time)) % period
        np.take(texture[back * columns :], texels, out=out, mode="clip")

    def _texture(self, seen: Seen, dim: bool) -> tuple[Palette, Look, float, int, float]:
        """What decides the pattern of what is seen: palette, look, veil, columns, samples."""
        return self.palette, Look(round(seen.wetness, 3), seen.constant), veil_of(seen, dim), *self._water.texture

    def _plant(self, trees: NDArray[np.float32]) -> None:
        for x, y, size, kind in trees:
            drawn = _tree(self.palette, int(kind), round(float(size) * self.scale * 6) / 6)
            column = (float(x) - self._part.left) * self.scale - drawn.get_width() * 0.4
            row = (float(y) - self._part.top) * self.scale - drawn.get_height() * 0.86
            self.surface.blit(drawn, (round(column), round(row)))


class _Group:
    """Lanes that look alike: what is seen of them before and now, their pixels and texels, and how they are painted."""

    def __init__(
        self, seen: Seen, before: Seen | None, dim: bool, pixels: NDArray[np.int64], texels: NDArray[np.int64]
    ) -> None:
        self.seen, self.before, self.dim = seen, before, dim
        self.pixels, self.texels = pixels, texels
        self.painted: tuple[object, ...] | None = None
        self.moving: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None
        self.stakes: tuple[NDArray[np.int64], NDArray[np.uint32]] | None = None


@lru_cache(maxsize=96)
def _lengthened(
    palette: Palette, look: Look, veil: float, columns: int, samples: float, last: int
) -> NDArray[np.uint32]:
    """A pattern repeated until any lane, however far it is slid, can be read from it without wrapping; flat."""
    once = _once(palette, look, veil, columns, samples)
    return np.tile(once, 2 + last // len(once))


@lru_cache(maxsize=96)
def _moving_columns(palette: Palette, look: Look, veil: float, columns: int, samples: float) -> NDArray[np.bool_]:
    """Which columns of a pattern are not the same all along; shape (columns,)."""
    rows = _once(palette, look, veil, columns, samples).reshape(-1, columns)
    return np.asarray((rows != rows[0]).any(axis=0))


def _once(
    palette: Palette, look: Look, veil: float, columns: int, samples: float, stakes: bool = False
) -> NDArray[np.uint32]:
    """One period of a pattern under a veil; flat."""
    once = pattern(palette, look, columns, samples, stakes).ravel()
    if veil > 0:
        bare = pattern(palette, Look(0.0, look.constant), columns, samples, stakes).ravel()
        pale = blended(bare, np.full_like(bare, packed(np.array(palette.land[0]))), 0.4)
        once = blended(once, pale, veil)
    return once


def veil_of(seen: Seen, dim: bool) -> float:
    """How far water has faded to the land's colour, by how long ago it was seen and whether it is out of question."""
    veil = _VEILS[min(seen.years_ago, len(_VEILS) - 1)]
    return max(veil, _DIM) if dim else veil


def pattern_pace(seen: Seen) -> float:
    """How fast a channel's pattern moves, in world units a second."""
    return water_speed(seen.wetness) * (_CONSTANT_PACE if seen.constant else 1.0)


def blended(a: NDArray[np.uint32], b: NDArray[np.uint32], t: float) -> NDArray[np.uint32]:
    """Pixels a fraction ``t`` of the way from ``a`` to ``b``, two colour channels at a time."""
    part = np.uint32(min(256, max(0, round(t * 256))))
    rest, odd = np.uint32(256 - part), np.uint32(0xFF00FF)
    shift, even = np.uint32(8), np.uint32(0x00FF00)
    red_blue = (((a & odd) * rest + (b & odd) * part) >> shift) & odd
    green = (((a & even) >> shift) * rest + ((b & even) >> shift) * part) & even
    return red_blue | green


@lru_cache(maxsize=128)
def _tree(palette: Palette, kind: int, scale: float) -> pygame.Surface:
    """A tree with its shadow; kind 0 is round, 1 is pointed."""
    width, height = max(4, round(19 * scale)), max(4, round(16 * scale))
    k = 6 * scale
    leaf, shade, trunk = palette.tree
    cast = [(8 * k + 6.5 * k * (x / 100), 13.4 * k + 2.2 * k * (y / 100)) for x, y in circle(70, 0, 100)]
    shadow = smooth((width, height), palette.shadow, [(palette.shadow, cast)])
    shadow.set_alpha(105)
    x = 7.4 * k
    if kind == 0:
        body = [(leaf, circle(x, 6.6 * k, 4.1 * k)), (shade, _half_moon(x, 6.6 * k, 4.1 * k))]
    else:
        body = [
            (
                leaf,
                [
                    (x, 0.6 * k),
                    (x + 3.4 * k, 8.6 * k),
                    (x + 2.4 * k, 11 * k),
                    (x - 2.4 * k, 11 * k),
                    (x - 3.4 * k, 8.6 * k),
                ],
            ),
            (shade, [(x, 0.6 * k), (x + 3.4 * k, 8.6 * k), (x + 2.4 * k, 11 * k), (x + 0.2 * k, 11 * k)]),
        ]
    stem = [(x - 0.55 * k, 8 * k), (x + 0.55 * k, 8 * k), (x + 0.55 * k, 14 * k), (x - 0.55 * k, 14 * k)]
    tree = smooth((width, height), mix(leaf, shade, 0.5), [(trunk, stem), *body])
    whole = pygame.Surface((width, height), pygame.SRCALPHA)
    whole.fill((*palette.shadow, 0))
    whole.blit(shadow, (0, 0))
    whole.blit(tree, (0, 0))
    return whole


def _half_moon(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The right-hand side of a disc, less a shallower curve."""
    disc = circle(x, y, radius)
    right = disc[-24:] + disc[:25]
    inner = [(x + (px - x) * 0.25, py) for px, py in reversed(right)]
    return right + inner
