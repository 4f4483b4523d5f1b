"""The chase view's water: tables of colours for every look a channel has in a frame, and where each piece reads them.

A look's table is its pattern with a little repeated at both ends, three times over: as it is for near water, and twice
blurred along the channel for farther water, which would flicker otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from game.app.draw.chase_bake import COLUMNS, SAMPLES, ChaseWorld
from game.app.draw.map_frame import Seen
from game.app.draw.painted import blended, pattern_pace, veil_of
from game.app.draw.palette import Palette
from game.app.draw.tint import packed
from game.app.draw.water import PERIOD, REACH, Look, pattern
from game.app.draw.water_scale import water_colour, water_width
from game.geography.spacing import CHANNEL_WIDTH

Floats = NDArray[np.float32]
Colours = NDArray[np.uint32]

BLURS = (1, 16, 108)
"""Over how many rows of a pattern each of its three tables is averaged; they divide the pattern's rows."""

_ROWS = round(PERIOD * SAMPLES)
_PAD = round(20 * SAMPLES)
BLOCK = (_ROWS + 2 * _PAD) * COLUMNS
"""The length of one table."""

_STRIP = 24  # columns of a table that are blurred at a step

_GLOW, _GLOWS_FROM = 0.62, 0.4
"""How strongly a surge shines on its banks at night, and the wetness from which water does."""

_DRY = Seen(0.0)
_MOST_LOOKS = 48


class ChaseWater:
    """The water of a world in one palette; ``flow`` sets what its pieces look like and depends on nothing before it.

    The texture cell (column, row) near piece p lies in row ``along[p] + column * tx[p] + row * ty[p]`` of its table,
    which begins at ``base[p]``, and in that row's column ``across[p] + row * tx[p] - column * ty[p]``.  While
    ``turning`` is below 1 the same holds of the water before, with the other two arrays.  After the ``pieces`` come the
    world's meetings, each as its first piece.
    """

    def __init__(self, world: ChaseWorld, palette: Palette) -> None:
        self._world, self._palette = world, palette
        pieces, samples = world.pieces, np.float32(SAMPLES)
        self.pieces = len(pieces.tx)
        # a meeting of two pieces reads what its own does, so that nobody has to ask which it is
        which = np.concatenate([np.arange(self.pieces), world.meetings[:, 0]])
        tx, ty = pieces.tx[which], pieces.ty[which]
        self.tx: Floats = tx * (samples / np.float32(world.scale))
        self.ty: Floats = ty * (samples / np.float32(world.scale))
        self.across: Floats = (pieces.across[which] + world.top * tx - world.left * ty + REACH) * samples
        self._origin: Floats = (pieces.along[which] + world.left * tx + world.top * ty) * samples
        behind = pieces.behind[which] * samples
        # where a piece would begin in its table if nothing flowed, and where the texture's origin lies from there
        self._at_rest: Floats = np.mod(behind, np.float32(_ROWS)).astype(np.float32)
        self._from_there: Floats = (self._origin - behind + np.float32(_PAD)).astype(np.float32)
        counts = np.diff(pieces.starts)
        self._lane_of = np.repeat(np.arange(len(counts)), counts)[which]
        self.along = self.along_before = np.zeros_like(self._origin)
        self.base = self.base_before = np.zeros(len(self._origin), dtype=np.int64)
        self.turning = 1.0
        self.table: Colours = np.zeros(0, dtype=np.uint32)
        self._end = 0  # of what is in use of the table
        self._tables: dict[tuple[Look, float], int] = {}

    def prepare(self, looks: Iterable[Look]) -> Iterator[None]:
        """Make the tables of ``looks``, a little at every step, so that no frame has to wait for them."""
        looks = list(looks)
        self._make_room(self._end + len(looks) * len(BLURS) * BLOCK)
        for look in looks:
            yield from self._table_steps(look, 0.0)

    def flow(
        self,
        water: Mapping[str, Seen],
        before: Mapping[str, Seen] | None,
        turn: float,
        dim: frozenset[str],
        time: float,
    ) -> None:
        """Let every piece look as its lane does at ``time``; while ``turn`` is below 1, ``before`` still shows."""
        self.turning = turn if before is not None else 1.0
        if len(self._tables) > _MOST_LOOKS:
            self._tables, self._end = {}, 0
        self.along, self.base = self._laid(water, dim, time)
        if self.turning < 1.0 and before is not None:
            self.along_before, self.base_before = self._laid(before, dim, time)

    def _laid(self, water: Mapping[str, Seen], dim: frozenset[str], time: float) -> tuple[Floats, NDArray[np.int64]]:
        """Where every piece reads its table, and which."""
        slid, base = [], []
        known: dict[tuple[Seen, bool], tuple[float, int]] = {}
        for lane in self._world.lanes:
            seen = water.get(lane, _DRY)
            key = (seen, lane in dim)
            if key not in known:
                pace = 0.0 if seen.years_ago else pattern_pace(seen)
                table = self._table(Look(round(seen.wetness, 3), seen.constant), veil_of(*key))
                known[key] = (pace * time % PERIOD) * SAMPLES, table
            slid.append(known[key][0])
            base.append(known[key][1])
        back = np.array(slid, dtype=np.float32)[self._lane_of]
        # every piece starts within the first period of its table, so that no row has to be wrapped
        along = self._at_rest - back
        along += (along < 0) * np.float32(_ROWS)
        along += self._from_there
        return along, np.array(base, dtype=np.int64)[self._lane_of]

    def _table(self, look: Look, veil: float) -> int:
        """Where the tables of a look behind a veil begin; made when they are first asked for."""
        for _ in self._table_steps(look, veil):
            pass
        return self._tables[look, veil]

    def _table_steps(self, look: Look, veil: float) -> Iterator[None]:
        """Make the tables of a look that have not been made yet, one after another."""
        if (look, veil) in self._tables:
            return
        once = _aglow(self._pattern(look), self._palette, look.wetness)
        yield
        if veil > 0:
            bare = self._pattern(Look(0.0, look.constant))
            plain = np.full_like(bare, packed(np.array(self._palette.land[0])))
            once = blended(once, blended(bare, plain, 0.4), veil)
            yield
        made = []
        for rows in BLURS:
            each = once
            if rows > 1:
                each = np.empty_like(once)
                for first in range(0, COLUMNS, _STRIP):
                    each[:, first : first + _STRIP] = _blurred(once[:, first : first + _STRIP], rows)
                    yield
            made.append(np.concatenate([each[-_PAD:], each, each[:_PAD]]).ravel())
            yield
        self._tables[look, veil] = self._end
        self._make_room(self._end + len(BLURS) * BLOCK)
        for each in made:
            self.table[self._end : self._end + BLOCK] = each
            self._end += BLOCK

    def _make_room(self, most: int) -> None:
        """Room for so many colours in all; what is there stays."""
        if most > len(self.table):
            table = np.zeros(most, dtype=np.uint32)
            table[: self._end] = self.table[: self._end]
            self.table = table

    def _pattern(self, look: Look) -> Colours:
        known = self._world.patterns.get((self._palette.name, look))
        return pattern(self._palette, look, COLUMNS, SAMPLES, stakes=False) if known is None else known


def _aglow(once: Colours, palette: Palette, wetness: float) -> Colours:
    """A pattern whose water shines on its banks: at night, and the more of it there is."""
    strength = _GLOW * palette.night * (wetness - _GLOWS_FROM) / (1 - _GLOWS_FROM)
    if strength <= 0:
        return once
    away, half = np.abs((np.arange(COLUMNS) + 0.5) / SAMPLES - REACH), water_width(wetness) * CHANNEL_WIDTH / 2
    part = strength * np.clip((REACH - away) / (REACH - half), 0, 1) ** 1.4 * (away > half)
    colours = np.stack([once >> 16 & 255, once >> 8 & 255, once & 255], axis=-1).astype(np.float32)
    light = np.array(water_colour(palette, wetness), dtype=np.float32)
    return packed(colours + (light - colours) * part.astype(np.float32)[None, :, None])


def _blurred(once: Colours, rows: int) -> Colours:
    """A pattern averaged along the channel over so many rows, in as many rows as before."""
    colours = np.stack([once >> 16 & 255, once >> 8 & 255, once & 255], axis=-1).astype(np.float32)
    mean = colours.reshape(-1, rows, *colours.shape[1:]).mean(axis=1)
    after = np.roll(mean, -1, axis=0)
    part = ((np.arange(rows) + 0.5) / rows)[None, :, None, None].astype(np.float32)
    smooth = mean[:, None] * (1 - part) + after[:, None] * part
    return packed(smooth.reshape(colours.shape))
