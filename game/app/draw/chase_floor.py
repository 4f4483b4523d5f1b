"""The chase view's floor: the world's texture in perspective, row by row, and its terraces standing up from it.

A row of the floor has one depth.  A plane ``z`` above the ground shows, in row ``y`` below the horizon, what the ground
shows in row ``y * HEIGHT / (HEIGHT - z)``, in the same columns; so a terrace is made by copying rows of the finished
floor upwards, and where a sight line passes below one terrace and above the next it meets the riser between them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from game.app.draw.chase_bake import COLUMNS, LAND, LEVEL_BITS, SAMPLES, STEEP, ChaseWorld
from game.app.draw.chase_camera import HEIGHT, STEP_UP, Camera3, standing
from game.app.draw.chase_water import BLOCK, ChaseWater
from game.app.draw.painted import blended
from game.app.draw.palette import Palette, mix
from game.app.draw.terrain import LAND_RAMP, SHADES, STEPS, TONES
from game.app.draw.tint import land_tint, packed, sea_ramp
from game.app.draw.water import REACH

Colours = NDArray[np.uint32]

_CELLS = 40960  # pixels that are looked up at once: so many that their arrays stay close by
_FAR, _FARTHEST = 4.0, 14.0
"""World units a row of the picture from which water is shown blurred, and blurred most."""

_CODE = STEEP - np.uint32(1)
_FINE = 3.5
"""Pixels a texture cell from which the edges of terraces and the lines between channels are drawn finer than cells."""

_NEAR = 8.0  # pixels a world unit from which they are, however large the cells

_FORK, _APART, _SPIT = (np.float32(SAMPLES * part) for part in (3.0, 10.8, 0.7))
"""Between two channels that part lies a spit of bank, of this half width at most, from where either is so far to where
they are so far apart; all in samples."""

_BANK = int((REACH + 10.4) * SAMPLES)  # a column of a pattern that shows the bank

_RIM, _LIT = 0.3, SHADES + (TONES - SHADES) * 2 // 3
"""How far up a step its lit rim reaches, in levels between two cells, and its tone."""

_LAPS = 20  # moments a second at which the sea moves

_WIDEST = 2
"""Over how many neighbouring columns near rows are painted alike, where a sample of the water is as wide as that."""


class ChaseFloor:
    """The floor of a world in one palette, painted in pictures of any size."""

    def __init__(self, world: ChaseWorld, palette: Palette) -> None:
        self._world, self.palette = world, palette
        self.water = ChaseWater(world, palette)
        self._cells = world.texture.reshape(-1)
        codes = np.arange(LAND + 1)
        on_land = codes < LAND_RAMP * TONES
        self._high = np.where(on_land, codes // TONES / STEPS, 0.0).astype(np.float32)
        tones = codes % TONES
        self._dark = np.where(on_land & (tones < SHADES), tones, 0).astype(np.float32)
        self._meetings = np.ascontiguousarray(world.meetings.T)
        self._tint = land_tint(palette)
        self._walls = packed(np.array([_riser(palette, level) for level in range(9)]))
        self._lapped: int | None = None
        self._kept: tuple[tuple[int, int], _Workspace] | None = None
        self._square: _Workspace | None = None

    def lap(self, time: float) -> None:
        """Let the sea lap as it does at ``time``, to the twentieth of a second."""
        lap = int(time * _LAPS)
        if lap != self._lapped:
            self._lapped = lap
            ramp = packed(sea_ramp(self.palette, lap / _LAPS, 0.0))
            self._tint[LAND_RAMP * TONES :] = np.repeat(ramp, TONES)

    def paint(self, picture: pygame.Surface, camera: Camera3, horizon: float) -> None:
        """Fill a picture with what a camera sees below its horizon, which lies ``horizon`` rows above the picture.

        The picture may be finer or coarser than the camera's: its width stands for the width of the camera's size.
        """
        width, rows = picture.get_size()
        work = self._workspace(width, rows)
        scale = width / camera.size[0]
        focal, middle = camera.focal * scale, camera.middle * scale
        below = np.arange(rows) + 0.5 + horizon
        depth = focal * HEIGHT / below
        (ax, ay), (ex, ey), cells = camera.ahead, camera.eye, self._world.scale
        columns = (np.arange(width) + 0.5 - middle).astype(np.float32)
        lines = _Lines(
            ((ex - self._world.left + depth * ax) * cells).astype(np.float32),
            (-ay * depth / focal * cells).astype(np.float32),
            ((ey - self._world.top + depth * ay) * cells).astype(np.float32),
            (ax * depth / focal * cells).astype(np.float32),
            np.searchsorted([_FAR, _FARTHEST], depth**2 / (focal * HEIGHT)) * BLOCK,
        )
        fine = max(_FINE * cells, _NEAR)
        top = 0
        while top < rows:
            # the wider a sample of the water is on the screen, the fewer columns have to be looked up
            step = max(1, min(_WIDEST, round(focal / depth[top] / SAMPLES)))
            count = min(rows - top, max(1, _CELLS * step // width))
            self._band(work, lines, columns, slice(top, top + count), step, focal / depth[top] > fine)
            top += count
        view = pygame.surfarray.pixels2d(picture)
        self._raise(work, below, view.T)
        del view

    def plan(self, side: int, centre: tuple[float, float], heading: float, cell: float) -> Colours:
        """A square of ``side`` pixels seen from above, ``heading`` upwards, ``cell`` world units a pixel."""
        work = (
            self._square if self._square is not None and len(self._square.colours) == side else _Workspace(side, side)
        )
        self._square = work
        across, ahead = (-np.sin(heading), np.cos(heading)), (np.cos(heading), np.sin(heading))
        out = (np.arange(side) + 0.5 - side / 2) * cell * self._world.scale
        x0, y0 = (centre[0] - self._world.left) * self._world.scale, (centre[1] - self._world.top) * self._world.scale
        lines = _Lines(
            (x0 - out * ahead[0]).astype(np.float32),
            np.full(side, across[0] * cell * self._world.scale, np.float32),
            (y0 - out * ahead[1]).astype(np.float32),
            np.full(side, across[1] * cell * self._world.scale, np.float32),
            np.full(side, 0 if cell < 0.8 else BLOCK),
        )
        columns = (np.arange(side) + 0.5 - side / 2).astype(np.float32)
        for top in range(0, side, max(1, _CELLS // side)):
            self._band(work, lines, columns, slice(top, min(side, top + _CELLS // side)), 1, False)
        return work.colours

    def _workspace(self, width: int, rows: int) -> _Workspace:
        if self._kept is None or self._kept[0] != (width, rows):
            self._kept = ((width, rows), _Workspace(width, rows))
        return self._kept[1]

    def _band(
        self, work: _Workspace, lines: _Lines, columns: NDArray[np.float32], part: slice, step: int, fine: bool
    ) -> None:  # fmt: skip
        """Look up and colour some rows, ``step`` columns alike; the edges of terraces finely or cell by cell."""
        count, high, wide = part.stop - part.start, *self._world.texture.shape
        columns = columns if step == 1 else columns[::step] + np.float32((step - 1) / 2)
        x, y, column, row, at, found = work.scratch(count, len(columns))
        np.multiply(lines.x_step[part, None], columns, out=x)
        x += lines.x[part, None]
        np.multiply(lines.y_step[part, None], columns, out=y)
        y += lines.y[part, None]
        corners = (x[0, 0], x[0, -1], x[-1, 0], x[-1, -1]), (y[0, 0], y[0, -1], y[-1, 0], y[-1, -1])
        if min(corners[0]) < 0 or max(corners[0]) >= wide:
            np.clip(x, 0, wide - 1, out=x)
        if min(corners[1]) < 0 or max(corners[1]) >= high:
            np.clip(y, 0, high - 1, out=y)
        np.copyto(column, x, casting="unsafe")
        np.copyto(row, y, casting="unsafe")
        row *= wide
        row += column
        np.copyto(at, row)
        np.take(self._cells, at, out=found, mode="clip")
        levels, colours = work.levels[part], work.colours[part]
        steep = np.flatnonzero((found & STEEP) != 0) if fine else ()
        if len(steep):
            found.reshape(-1)[steep] = self._edge(x.reshape(-1)[steep], y.reshape(-1)[steep])
        _spread(found >> LEVEL_BITS, levels, step)
        found &= _CODE
        np.copyto(at, found)
        painted = colours if step == 1 else row.view(np.uint32)
        np.take(self._tint, at, out=painted, mode="clip")
        wet = np.flatnonzero(found >= LAND)
        if len(wet):
            far: NDArray[np.int64] | int = int(lines.far[part.start])
            if far != lines.far[part.stop - 1]:
                far = lines.far[part].repeat(x.shape[1])[wet]
            painted.reshape(-1)[wet] = self._wet(
                at.reshape(-1)[wet] - LAND, x.reshape(-1)[wet], y.reshape(-1)[wet], far, fine
            )
        if step > 1:
            _spread(painted, colours, step)

    def _edge(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.uint32]:
        """What the texture would hold at (x, y) if its cells were much smaller, where the land has edges."""
        x, y = x - np.float32(0.5), y - np.float32(0.5)
        i, j = x.astype(np.int64), y.astype(np.int64)
        x -= i
        y -= j
        at = j * self._world.texture.shape[1] + i
        wide = self._world.texture.shape[1]
        high, dark, rise = np.zeros_like(x), np.zeros_like(x), np.zeros_like(x)
        for aside, down, part in ((0, 0, (1 - x) * (1 - y)), (1, 0, x * (1 - y)), (0, 1, (1 - x) * y), (1, 1, x * y)):
            code = self._cells.take(at + (down * wide + aside), mode="clip") & _CODE
            there = self._high.take(code, mode="clip")
            rise += there if aside else -there
            high += part * there
            dark += part * self._dark.take(code, mode="clip")
        high += np.float32(0.5)
        level = high.astype(np.uint32)
        # the rims that face the light, which comes from the left
        tone = np.where((rise > 0.25) & (high - level < _RIM), np.uint32(_LIT), dark.astype(np.uint32))
        return np.asarray(level * np.uint32(STEPS * TONES) + tone | level << np.uint32(LEVEL_BITS))

    def _wet(
        self, piece: NDArray[np.int64], x: NDArray[np.float32], y: NDArray[np.float32], far: NDArray[np.int64] | int,
        fine: bool,
    ) -> Colours:  # fmt: skip
        """The colours of the water at texture cells (x, y) near their pieces."""
        water = self.water
        shared = np.flatnonzero(piece >= water.pieces) if fine else ()
        if len(shared):
            piece[shared], between = self._nearer(piece[shared] - water.pieces, x[shared], y[shared])
        tx, ty = water.tx[piece], water.ty[piece]
        column = (water.across[piece] + y * tx - x * ty).astype(np.int32)
        np.clip(column, 0, COLUMNS - 1, out=column)
        if len(shared):
            column[shared[between]] = _BANK
        along = x * tx + y * ty
        row = (water.along[piece] + along).astype(np.int32)
        fresh = water.table.take(water.base[piece] + far + (row * COLUMNS + column), mode="clip")
        if water.turning >= 1.0:
            return fresh
        row = (water.along_before[piece] + along).astype(np.int32)
        old = water.table.take(water.base_before[piece] + far + (row * COLUMNS + column), mode="clip")
        return blended(old, fresh, water.turning)

    def _nearer(
        self, meeting: NDArray[np.int64], x: NDArray[np.float32], y: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Which of two pieces that meet goes at texture cells (x, y), and whether the bank between them does."""
        water = self.water
        one, two, runs_over = (each.take(meeting) for each in self._meetings)
        middle = np.float32(REACH * SAMPLES)
        far = []
        for piece in (one, two):
            across = water.across.take(piece) - middle
            across += y * water.tx.take(piece)
            across -= x * water.ty.take(piece)
            far.append(np.abs(across, out=across))
        apart, nearer = far[1] - far[0], np.minimum(far[0], far[1])
        spit = np.minimum((nearer - _FORK) * np.float32(0.2), _SPIT)
        np.minimum(spit, _APART - nearer, out=spit)
        second = apart < 0
        crossing = np.flatnonzero(runs_over)
        if len(crossing):
            first_there, second_there = (each[crossing] < middle - 1.0 for each in far)
            second[crossing] = np.where(runs_over[crossing] == 1, ~first_there, second_there)
            spit[crossing] = 0.0
        return np.where(second, two, one), np.abs(apart, out=apart) < 2.0 * spit

    def _raise(self, work: _Workspace, below: NDArray[np.floating], out: Colours) -> None:
        """Write the finished floor with its terraces, from the lowest to the highest, to ``out`` (rows, columns)."""
        levels, colours, rows = work.levels, work.colours, len(below)
        step_up = STEP_UP / HEIGHT * standing(below / below[-1])
        every = np.arange(rows)
        np.copyto(out, colours)
        most = levels.max(axis=1)
        np.copyto(out, self._walls[1], where=levels >= 1)
        for level in range(1, int(most.max(initial=0)) + 1):
            raised = below * (1.0 - level * step_up)
            there = np.flatnonzero(most >= level)
            first = max(0, int(np.searchsorted(below, raised[there[0]])) - 1)
            end = min(rows, int(np.searchsorted(below, raised[there[-1]])) + 2)
            source = np.rint(np.interp(below[first:end], raised, every)).astype(np.int64)
            stands, target = levels[source], out[first:end]
            np.copyto(target, colours[source], where=stands == level)
            if most.max() > level:
                np.copyto(target, self._walls[level + 1], where=stands > level)


class _Lines:
    """What the rows of a picture look up: texture cell (x, y) + column * (x_step, y_step), and how blurred water is."""

    def __init__(
        self,
        x: NDArray[np.float32],
        x_step: NDArray[np.float32],
        y: NDArray[np.float32],
        y_step: NDArray[np.float32],
        far: NDArray[np.int64],
    ) -> None:
        self.x, self.x_step, self.y, self.y_step, self.far = x, x_step, y, y_step, far


class _Workspace:
    """Arrays that are used again for every picture of one size: its terraces, its colours, and scratch paper."""

    def __init__(self, width: int, rows: int) -> None:
        self.levels = np.empty((rows, width), dtype=np.uint8)
        self.colours = np.empty((rows, width), dtype=np.uint32)
        self._flat = tuple(
            np.empty(max(_CELLS, width) + _WIDEST * width, dtype=kind)
            for kind in (np.float32, np.float32, np.int32, np.int32, np.int64, np.uint32)
        )

    def scratch(self, count: int, width: int) -> tuple[NDArray[Any], ...]:
        """x, y, column, row, place in the texture, and what is found there, for so many rows and columns."""
        return tuple(flat[: count * width].reshape(count, width) for flat in self._flat)


_TWICE = {1: (np.uint16, np.uint16(0x101)), 4: (np.uint64, np.uint64(0x1_0000_0001))}
"""By the size of a number: the kind that holds it twice, and what to multiply it with for that."""


def _spread(narrow: NDArray[Any], wide: NDArray[Any], step: int) -> None:
    """Write every column of ``narrow`` to ``step`` columns of ``wide``, as far as that has them."""
    if step == 2 and wide.shape[1] % 2 == 0:
        kind, twice = _TWICE[wide.itemsize]
        pairs = wide.view(kind)
        np.copyto(pairs, narrow, casting="unsafe")
        pairs *= twice
        return
    for k in range(step):
        part = wide[:, k::step]
        np.copyto(part, narrow[:, : part.shape[1]], casting="unsafe")


def _riser(palette: Palette, level: int) -> tuple[int, int, int]:
    """The colour of the riser that leads up to a level of land."""
    land = palette.land[max(0, min(level, 7) - 1)]
    return mix(land, mix(palette.shadow, palette.bank, 0.55) if palette.night < 0.5 else palette.shadow, 0.5)
