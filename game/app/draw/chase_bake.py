"""Baking for the chase view: one texture of land and channels, the channels' pieces, and what grows and stands there.

``bake_chase`` is a pure function of values that pickle and returns what pickles, so it can run in another process.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.app.draw.chase_scatter import Stands, scatter
from game.app.draw.lens import Region
from game.app.draw.palette import Palette
from game.app.draw.raster import Claims, ribbon
from game.app.draw.terrain import LAND_RAMP, SEA_RAMP, SHADES, STEPS, TONES, Relief, codes, relief
from game.app.draw.water import REACH, Look, pattern
from game.geography import Geography
from game.geography.channel import resampled
from game.model import Level

MARGIN = 170.0
"""How far the texture reaches beyond the world, in world units."""

FINEST = 2.0
"""Texture cells a world unit, where the world is not too large."""

LEVEL_BITS = 28
"""A cell of the texture holds its level of land above this bit, below ``STEEP`` a code of land, or LAND plus a piece of
a channel, or, past the pieces, a meeting of two."""

STEEP = np.uint32(1 << LEVEL_BITS - 1)
"""Set in cells of land beside which it has another level, and in those of its lit edges."""

LAND = (LAND_RAMP + SEA_RAMP) * TONES
"""The first number that means a piece of a channel."""

SAMPLES = 4.0
"""Samples of a water pattern a world unit."""

COLUMNS = math.ceil(2 * REACH * SAMPLES)

_PIECE = 2.0
_MOST_CELLS = 7_000_000
_MOST_PIECES = 150_000


@dataclass(frozen=True, eq=False)
class Pieces:
    """The straight pieces of all channels, lane by lane: those of lane k are ``starts[k]:starts[k + 1]``.

    At a world point (x, y) near a piece the distance along its lane is ``along + x * tx + y * ty`` and the distance
    across it, positive to the right, ``across + y * tx - x * ty``; ``behind`` is how much of its lane lies behind it.
    All float32 of shape (pieces,).
    """

    along: NDArray[np.float32]
    across: NDArray[np.float32]
    tx: NDArray[np.float32]
    ty: NDArray[np.float32]
    behind: NDArray[np.float32]
    starts: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ChaseWorld:
    """A world for the chase view.

    ``texture`` (rows, columns) has ``scale`` cells a world unit and its corner at (``left``, ``top``).  ``meetings``
    (n, 3) are two pieces each, of two lanes that meet near a cell, that of the cell's own lane first, and a number: 0
    where the nearer one goes there, 1 or 2 where the first or the second does as far as it reaches.  ``lanes`` are in
    the order of the pieces; ``patterns`` holds the fine water patterns by palette name and look.
    """

    left: float
    top: float
    scale: float
    texture: NDArray[np.uint32]
    pieces: Pieces
    meetings: NDArray[np.int64]
    lanes: tuple[str, ...]
    stands: Stands
    patterns: dict[tuple[str, Look], NDArray[np.uint32]]


def bake_chase(
    level: Level, geo: Geography, looks: tuple[Look, ...] = (), palettes: tuple[Palette, ...] = ()
) -> ChaseWorld:
    """The chase view's world of a laid-out level, with patterns in ``palettes`` of the ``looks`` its water can have."""
    width, height = geo.size
    part = Region(-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)
    scale = min(FINEST, math.sqrt(_MOST_CELLS / (part.width * part.height)))
    shape = (math.ceil(part.height * scale), math.ceil(part.width * scale))
    land = relief(geo, part)
    painted = codes(land, part, scale, shape)
    texture = painted.astype(np.uint32)
    ramp = painted // TONES
    stands_at = np.where(ramp < LAND_RAMP, (ramp + STEPS // 2) // STEPS, 0).astype(np.uint32)
    texture |= stands_at << np.uint32(LEVEL_BITS)
    texture[_steep(stands_at.astype(np.uint8)) | (painted % TONES >= SHADES)] |= STEEP
    lanes = tuple(lane.id for lane in level.lanes)
    kept = [lane.id for lane in level.lanes if lane.current is None]
    pieces, courses = _pieces([geo.channels[lane].points for lane in lanes])
    meetings = _meet(texture, _inlay(texture, pieces, courses, scale, part), pieces, scale, part)
    _plain_edge(texture, land)
    patterns = {
        (palette.name, look): pattern(palette, look, COLUMNS, SAMPLES, stakes=False)
        for palette in palettes
        for look in looks
    }
    return ChaseWorld(part.left, part.top, scale, texture, pieces, meetings, lanes, scatter(land, geo, kept), patterns)


def _pieces(courses: list[NDArray[np.float64]]) -> tuple[Pieces, list[NDArray[np.float64]]]:
    """The pieces of all courses, and the courses as the pieces follow them."""
    total = sum(float(np.hypot(*np.diff(course, axis=0).T).sum()) for course in courses)
    step = max(_PIECE, total / _MOST_PIECES)
    parts: list[list[NDArray[np.float64]]] = [[], [], [], [], []]
    starts, fine = [0], []
    for course in courses:
        length = float(np.hypot(*np.diff(course, axis=0).T).sum())
        points = resampled(course, max(2, math.ceil(length / step) + 1))
        fine.append(points)
        steps = np.diff(points, axis=0)
        long = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
        tx, ty = steps[:, 0] / long, steps[:, 1] / long
        x, y = points[:-1, 0], points[:-1, 1]
        travelled = np.concatenate([[0.0], np.cumsum(long)[:-1]])
        for k, values in enumerate((travelled - x * tx - y * ty, x * ty - y * tx, tx, ty, travelled)):
            parts[k].append(values)
        starts.append(starts[-1] + len(steps))
    flat = [np.concatenate(part).astype(np.float32) if part else np.zeros(0, np.float32) for part in parts]
    return Pieces(flat[0], flat[1], flat[2], flat[3], flat[4], np.array(starts, dtype=np.int64)), fine


def _inlay(
    texture: NDArray[np.uint32], pieces: Pieces, courses: list[NDArray[np.float64]], scale: float, part: Region
) -> NDArray[np.int16]:
    """Write the pieces of the channels into the texture, by the same rule as the map's (``raster.waterways``).

    Returns the number of the lane of every cell, -1 where there is none.
    """
    claims = Claims(courses, texture.size)
    flat = texture.reshape(-1)
    corner = (part.left, part.top)
    for k, course in enumerate(courses):
        strip = ribbon(course, scale, corner, texture.shape, REACH)
        cells = strip.rows.astype(np.int64) * texture.shape[1] + strip.columns
        steps = np.hypot(*np.diff(course, axis=0).T)
        step = float(steps.mean())
        wins = claims.claim(k, cells, strip)
        piece = np.clip((strip.along[wins] / step).astype(np.int64), 0, len(steps) - 1)
        flat[cells[wins]] = LAND + pieces.starts[k] + piece
    return claims.lane


def _steep(level: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where a cell beside has another level."""
    steep = np.zeros(level.shape, dtype=bool)
    for one, two in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differs = level[one] != level[two]
        steep[one] |= differs
        steep[two] |= differs
    return steep


def _meet(
    texture: NDArray[np.uint32], lane: NDArray[np.int16], pieces: Pieces, scale: float, part: Region
) -> NDArray[np.int64]:
    """Let the cells along the line between two lanes name a piece of both, so that the line can be drawn finely.

    ``lane`` is the lane of every cell, -1 where there is none.
    """
    wide, flat = texture.shape[1], texture.reshape(-1)
    inside = lane[2 * wide : -2 * wide]
    close: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    next_: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for step in (1, wide):
        beyond = lane[2 * wide + step : len(lane) - 2 * wide + step]
        first = np.flatnonzero((inside != beyond) & (inside >= 0) & (beyond >= 0)) + 2 * wide
        close += [(first, first + step), (first + step, first)]
        for cell, own, other in ((first - step, first, first + step), (first + 2 * step, first + step, first)):
            same = lane[cell] == lane[own]
            next_.append((cell[same], other[same]))
    cells, first_of = np.unique(np.concatenate([cell for cell, _ in close + next_]), return_index=True)
    beside = np.concatenate([other for _, other in close + next_])[first_of]
    one, two = (flat[at].astype(np.int64) - LAND for at in (cells, beside))
    x, y = part.left + (cells % wide + 0.5) / scale, part.top + (cells // wide + 0.5) / scale
    far_one, far_two = (np.abs(pieces.across[k] + y * pieces.tx[k] - x * pieces.ty[k]) for k in (one, two))
    # where both show the land beside them nobody sees the line
    seen = np.minimum(far_one, far_two) < REACH - 1.5
    cells, one, two = cells[seen], one[seen], two[seen]
    # where one runs over the other on its way, the line between them is its edge, and it is the later in the list
    over = np.abs(far_one - far_two)[seen] > 0.5 + 4.0 / scale
    later = np.where(lane[cells] > lane[beside[seen]], 1, 2)
    lanes = np.repeat(np.arange(len(pieces.starts) - 1), np.diff(pieces.starts))
    one, two = _every_third(one, lanes, pieces), _every_third(two, lanes, pieces)
    pairs, which = np.unique((one * len(lanes) + two) * 3 + np.where(over, later, 0), return_inverse=True)
    flat[cells] = (LAND + len(lanes) + which.reshape(-1)).astype(np.uint32)
    return np.stack([pairs // 3 // max(1, len(lanes)), pairs // 3 % max(1, len(lanes)), pairs % 3], axis=1)


def _every_third(piece: NDArray[np.int64], lanes: NDArray[np.int64], pieces: Pieces) -> NDArray[np.int64]:
    """The middle one of the three pieces among which each lies, so that there are fewer pairs of them."""
    first, end = pieces.starts[lanes[piece]], pieces.starts[lanes[piece] + 1]
    return np.asarray(np.minimum(piece - (piece - first) % 3 + 1, end - 1))


def _plain_edge(texture: NDArray[np.uint32], land: Relief) -> None:
    """Make the outermost cells plain green land or plain sea, since everything beyond the texture looks like them."""
    plain, sea = np.uint32(1 << LEVEL_BITS | 5 * STEPS // 2 * TONES), np.uint32((LAND_RAMP + SEA_RAMP - 1) * TONES)
    inland = land.inland
    edges = (
        (texture[0], inland[0]), (texture[-1], inland[-1]),
        (texture[:, 0], inland[:, 0]), (texture[:, -1], inland[:, -1]),
    )  # fmt: skip
    for cells, away in edges:
        spread = np.interp(np.linspace(0, 1, len(cells)), np.linspace(0, 1, len(away)), away)
        cells[:] = np.where(spread > 0, plain, sea)
