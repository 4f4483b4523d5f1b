"""What stands in the landscape of the chase view: trees in the woods, reeds along the water, houses near places.

Everything is scattered by chance that depends on the world alone, and stands on the level of land that is there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.app.draw.terrain import Relief
from game.app.draw.water import STAKES_AT, STAKES_EVERY
from game.geography import PLACE_RADIUS, Channel, Geography

KINDS = ("round", "pointed", "reeds", "tall_reeds", "house_red", "house_blue", "house_low", "stake")
"""The kinds of things, in the order of ``Stands.kind``."""

TALL = (15.0, 16.0, 4.4, 5.6, 11.5, 11.5, 9.5, 3.4)
"""How tall a thing of each kind is, in world units, at size 1."""

_REED_EVERY = 15.0
_MOST_REEDS = 40_000


@dataclass(frozen=True, eq=False)
class Stands:
    """All things: where they stand (n, 2), on which level of land, their kind and their size; all of length n."""

    at: NDArray[np.float32]
    level: NDArray[np.float32]
    kind: NDArray[np.int64]
    size: NDArray[np.float32]


def scatter(land: Relief, geo: Geography, kept: Sequence[str] = ()) -> Stands:
    """Everything that stands on a relief around the channels of ``geo``; stakes along the lanes ``kept`` the same."""
    chance = np.random.default_rng(land.seed + 2)
    water = _Near(np.concatenate([channel.points for channel in geo.channels.values()]))
    groups = [_trees(land, chance), _reeds(geo, water, chance), _houses(geo, water, chance)]
    groups.append(_stakes([geo.channels[lane] for lane in kept], geo, water))
    at = np.concatenate([group[0] for group in groups])
    kind = np.concatenate([group[1] for group in groups])
    size = np.concatenate([group[2] for group in groups])
    height, inland = _looked_up(land, land.height, at), _looked_up(land, land.inland, at)
    dry = inland > 10.0
    level = np.clip(np.rint(height) - 1.0 + (height > np.rint(height)), 0.0, 7.0)
    return Stands(
        at[dry].astype(np.float32), level[dry].astype(np.float32), kind[dry].astype(np.int64),
        size[dry].astype(np.float32),
    )  # fmt: skip


def _looked_up(land: Relief, field: NDArray[np.float32], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """A field of the relief at points, shape (n,), bilinearly."""
    cell = land.x[1] - land.x[0]
    x = np.clip((at[:, 0] - land.x[0]) / cell, 0, len(land.x) - 1.001)
    y = np.clip((at[:, 1] - land.y[0]) / cell, 0, len(land.y) - 1.001)
    i, j = x.astype(np.int64), y.astype(np.int64)
    u, v = x - i, y - j
    top = field[j, i] * (1 - u) + field[j, i + 1] * u
    low = field[j + 1, i] * (1 - u) + field[j + 1, i + 1] * u
    return np.asarray(top * (1 - v) + low * v, dtype=np.float64)


class _Near:
    """Tells whether points lie near a channel: the channels' points in a grid of squares."""

    def __init__(self, points: NDArray[np.float64], side: float = 30.0) -> None:
        self._side = side
        self._squares = {square: points[rows] for square, rows in _by_square(points, side)}

    def away(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        """The distance of each of ``at`` (n, 2) to the nearest point, at most the side of a square; shape (n,)."""
        far = np.full(len(at), self._side)
        for (i, j), rows in _by_square(at, self._side):
            around = [self._squares.get((a, b)) for a in (i - 1, i, i + 1) for b in (j - 1, j, j + 1)]
            known = [points for points in around if points is not None]
            if known:
                apart = at[rows, None, :] - np.concatenate(known)[None, :, :]
                nearest = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
                far[rows] = np.minimum(nearest, self._side)
        return far


def _by_square(points: NDArray[np.float64], side: float) -> Iterator[tuple[tuple[int, int], NDArray[np.int64]]]:
    """The squares of a grid in which points lie, each with the numbers of its points."""
    if len(points) == 0:
        return
    squares = np.floor(points / side).astype(np.int64)
    order = np.lexsort((squares[:, 1], squares[:, 0]))
    ordered = squares[order]
    ends = np.flatnonzero(np.append((ordered[1:] != ordered[:-1]).any(axis=1), True)) + 1
    start = 0
    for end in ends.tolist():
        yield (int(ordered[start, 0]), int(ordered[start, 1])), order[start:end]
        start = end


Group = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]


def _trees(land: Relief, chance: np.random.Generator) -> Group:
    step = 13.0
    x, y = np.meshgrid(np.arange(land.x[0], land.x[-1], step), np.arange(land.y[0], land.y[-1], step))
    at = np.column_stack([x.ravel(), y.ravel()]) + (chance.random((x.size, 2)) - 0.5) * step * 1.5
    height, wood = _looked_up(land, land.height, at), _looked_up(land, land.wood, at)
    stands = (height > 1.1) & (height < 6.6)
    dense = np.clip((wood - 0.6) * 1.6, 0.0, 0.6) + 0.035
    stands &= chance.random(len(at)) < dense
    size = 0.78 + 0.5 * chance.random(len(at)) ** 2
    kind = (wood * 40 % 1 + 0.5 * chance.random(len(at)) > 0.8).astype(np.int64)
    return at[stands], kind[stands], size[stands]


def _reeds(geo: Geography, water: _Near, chance: np.random.Generator) -> Group:
    """Reeds in loose rows along both banks, none in another channel."""
    total = sum(channel.length for channel in geo.channels.values())
    every = max(_REED_EVERY, 2 * total / _MOST_REEDS)
    rows = []
    for channel in geo.channels.values():
        along = np.arange(26.0, channel.length - 26.0, every)
        along = along + (chance.random(len(along)) - 0.5) * every * 1.3
        for side in (-1.0, 1.0):
            here = along[chance.random(len(along)) < 0.7]
            across = side * (14.2 + 3.6 * chance.random(len(here)) ** 1.6)
            steps = np.clip(here / channel.length, 0, 1) * (len(channel.points) - 1)
            i = np.clip(steps.astype(np.int64), 0, len(channel.points) - 2)
            ahead = channel.points[i + 1] - channel.points[i]
            ahead = ahead / np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
            point = channel.points[i] + ahead * ((steps - i) * channel.length / (len(channel.points) - 1))[:, None]
            rows.append(point + np.column_stack([-ahead[:, 1], ahead[:, 0]]) * across[:, None])
    at = np.concatenate(rows) if rows else np.zeros((0, 2))
    at = at[water.away(at) > 12.6]
    return at, 2 + chance.integers(0, 2, len(at)), 0.75 + 0.5 * chance.random(len(at))


def _stakes(channels: list[Channel], geo: Geography, water: _Near) -> Group:
    """Stakes on both banks of channels that are kept the same, as on the map, none on a place or in other water."""
    rows = [np.zeros((0, 2))]
    for channel in channels:
        along = np.arange(STAKES_EVERY / 2, channel.length, STAKES_EVERY) / channel.length
        for part in along.tolist():
            (x, y), (nx, ny) = channel.at(part), channel.normal(part)
            rows.append(np.array([[x + side * STAKES_AT * nx, y + side * STAKES_AT * ny] for side in (-1.0, 1.0)]))
    at = np.concatenate(rows)
    places = np.array(list(geo.places.values())).reshape(-1, 2)
    apart = np.hypot(at[:, None, 0] - places[None, :, 0], at[:, None, 1] - places[None, :, 1])
    at = at[(apart > PLACE_RADIUS + 1.0).all(axis=1) & (water.away(at) > STAKES_AT - 1.0)]
    return at, np.full(len(at), 7), np.ones(len(at))


def _houses(geo: Geography, water: _Near, chance: np.random.Generator) -> Group:
    """A handful of houses around every place, each with room, none in the water."""
    spots: list[tuple[float, float]] = []
    tries = 22
    places = np.array(list(geo.places.values())).reshape(-1, 2)
    turn, far = chance.random((len(places), tries)) * math.tau, 30.0 + 34.0 * chance.random((len(places), tries))
    tried = places[:, None, :] + far[..., None] * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    clear = water.away(tried.reshape(-1, 2)).reshape(len(places), tries) > 20.5
    for spots_here, free in zip(tried.tolist(), clear.tolist(), strict=True):
        built = 0
        for (px, py), is_free in zip(spots_here, free, strict=True):
            if is_free and built < 5 and all(math.hypot(px - a, py - b) > 11.0 for a, b in spots[-8:]):
                spots.append((px, py))
                built += 1
    at = np.array(spots).reshape(-1, 2)
    return at, 4 + chance.integers(0, 3, len(at)), 0.85 + 0.3 * chance.random(len(at))
