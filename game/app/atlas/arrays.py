"""Worlds as arrays by name, and arrays as worlds again, with all that drawing relies on checked on the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.app.draw.bake import BakedWorld, Sheet
from game.app.draw.chase_bake import COLUMNS, LAND, STEEP, ChaseWorld, Pieces
from game.app.draw.chase_scatter import KINDS, Stands
from game.app.draw.lens import Region
from game.app.draw.raster import Waterways
from game.app.draw.terrain import LAND_RAMP, SEA_RAMP, TONES
from game.app.draw.tint import SEA_PHASES
from game.app.draw.water import Look
from game.geography import Channel, Geography

Arrays = Mapping[str, NDArray[Any]]

_PIECES = ("along", "across", "tx", "ty", "behind")
_MOST_TEXELS = 1 << 24
_CODES = (LAND_RAMP + SEA_RAMP) * TONES


class Malformed(ValueError):
    """These are not the arrays of a world."""


def geography_to(geo: Geography) -> Arrays:
    """A geography: its size, places and channels, the points of all channels in one array."""
    courses = [channel.points for channel in geo.channels.values()]
    return {
        "size": np.array(geo.size),
        "places": _words(geo.places),
        "at": np.array(list(geo.places.values()), dtype=np.float64).reshape(-1, 2),
        "lanes": _words(geo.channels),
        "points": np.concatenate([np.empty((0, 2)), *courses]),
        "starts": np.cumsum([0, *(len(course) for course in courses)]),
    }


def geography_from(arrays: Arrays) -> Geography:
    """The geography again.  Raises Malformed, and KeyError for an array that is missing."""
    size, at = _array(arrays, "size", np.float64, (2,)), _array(arrays, "at", np.float64, (-1, 2))
    places, lanes = _read_words(arrays, "places", len(at)), _read_words(arrays, "lanes")
    points = _array(arrays, "points", np.float64, (-1, 2))
    starts = _starts(arrays, "starts", len(lanes), len(points))
    if len(lanes) and np.diff(starts).min() < 2:
        raise Malformed("a channel of one point")
    channels = {lane: Channel(points[starts[k] : starts[k + 1]].copy()) for k, lane in enumerate(lanes)}
    where = {place: (float(x), float(y)) for place, (x, y) in zip(places, at, strict=True)}
    return Geography((float(size[0]), float(size[1])), where, channels)


def world_to(world: BakedWorld) -> Arrays:
    """A baked world, the arrays of its k-th sheet under names that begin with k."""
    part = world.part
    arrays: dict[str, NDArray[Any]] = {
        "size": np.array(world.size),
        "part": np.array([part.left, part.top, part.width, part.height]),
        "scales": np.array([sheet.scale for sheet in world.sheets]),
        "trees": world.trees,
        "lanes": _words(world.lanes),
    }
    for k, sheet in enumerate(world.sheets):
        water = sheet.water
        arrays |= {
            f"{k}.codes": sheet.codes, f"{k}.sea_pixels": sheet.sea_pixels, f"{k}.sea_texels": sheet.sea_texels,
            f"{k}.pixels": water.pixels, f"{k}.texels": water.texels, f"{k}.starts": water.starts,
            f"{k}.bounds": water.bounds, f"{k}.texture": np.array(water.texture, dtype=np.float64),
        }  # fmt: skip
    return arrays


def world_from(arrays: Arrays) -> BakedWorld:
    """The baked world again.  Raises Malformed, and KeyError for an array that is missing."""
    wide, high = (int(side) for side in _array(arrays, "size", np.int64, (2,)))
    left, top, width, height = (float(side) for side in _array(arrays, "part", np.float64, (4,)))
    lanes = _read_words(arrays, "lanes")
    scales = _array(arrays, "scales", np.float64, (-1,))
    sheets = tuple(_sheet_from(arrays, k, float(scale), len(lanes)) for k, scale in enumerate(scales))
    if not sheets or not (scales > 0).all():
        raise Malformed("no sheet")
    trees = _array(arrays, "trees", np.float32, (-1, 4))
    return BakedWorld((wide, high), Region(left, top, width, height), sheets, trees, lanes)


def _sheet_from(arrays: Arrays, k: int, scale: float, lanes: int) -> Sheet:
    codes = _array(arrays, f"{k}.codes", np.uint16, (-1, -1))
    pixels = _array(arrays, f"{k}.pixels", np.int32, (-1,))
    texels = _array(arrays, f"{k}.texels", np.int32, pixels.shape)
    sea = _array(arrays, f"{k}.sea_pixels", np.int32, (-1,))
    phases = _array(arrays, f"{k}.sea_texels", np.int32, sea.shape)
    columns, samples = (float(value) for value in _array(arrays, f"{k}.texture", np.float64, (2,)))
    starts = _starts(arrays, f"{k}.starts", lanes, len(pixels))
    bounds = _array(arrays, f"{k}.bounds", np.int32, (lanes, 4))
    for numbers, end in ((codes, _CODES), (pixels, codes.size), (sea, codes.size), (phases, SEA_PHASES * SEA_RAMP)):
        _within(numbers, end)
    _within(texels, _MOST_TEXELS)
    return Sheet(scale, codes, Waterways(pixels, texels, starts, bounds, (int(columns), samples)), sea, phases)


def chase_to(world: ChaseWorld) -> Arrays:
    """A world for the chase view."""
    arrays: dict[str, NDArray[Any]] = {
        "place": np.array([world.left, world.top, world.scale]),
        "texture": world.texture,
        "starts": world.pieces.starts,
        "meetings": world.meetings,
        "lanes": _words(world.lanes),
        "stands.at": world.stands.at, "stands.level": world.stands.level,
        "stands.kind": world.stands.kind, "stands.size": world.stands.size,
        "palettes": _words([palette for palette, _ in world.patterns]),
        "looks": np.array([[look.wetness, look.constant] for _, look in world.patterns], np.float64).reshape(-1, 2),
    }  # fmt: skip
    arrays |= {f"pieces.{name}": getattr(world.pieces, name) for name in _PIECES}
    arrays |= {f"pattern.{k}": pattern for k, pattern in enumerate(world.patterns.values())}
    return arrays


def chase_from(arrays: Arrays) -> ChaseWorld:
    """The world for the chase view again.  Raises Malformed, and KeyError for an array that is missing."""
    left, top, scale = (float(value) for value in _array(arrays, "place", np.float64, (3,)))
    texture = _array(arrays, "texture", np.uint32, (-1, -1))
    lanes = _read_words(arrays, "lanes")
    along = _array(arrays, "pieces.along", np.float32, (-1,))
    across, tx, ty, behind = (_array(arrays, f"pieces.{name}", np.float32, along.shape) for name in _PIECES[1:])
    pieces = Pieces(along, across, tx, ty, behind, _starts(arrays, "starts", len(lanes), len(along)))
    meetings = _array(arrays, "meetings", np.int64, (-1, 3))
    _within(meetings[:, :2], len(along))
    _within(meetings[:, 2], 3)
    _within(texture & (STEEP - np.uint32(1)), LAND + len(along) + len(meetings))
    at = _array(arrays, "stands.at", np.float32, (-1, 2))
    level, size = (_array(arrays, f"stands.{name}", np.float32, (len(at),)) for name in ("level", "size"))
    kind = _array(arrays, "stands.kind", np.int64, (len(at),))
    _within(kind, len(KINDS))
    looks = _array(arrays, "looks", np.float64, (-1, 2))
    palettes = _read_words(arrays, "palettes", len(looks))
    patterns = {
        (palette, Look(float(wet), bool(constant))): _array(arrays, f"pattern.{k}", np.uint32, (-1, COLUMNS))
        for k, (palette, (wet, constant)) in enumerate(zip(palettes, looks, strict=True))
    }
    if not scale > 0:
        raise Malformed("a world without a size")
    return ChaseWorld(left, top, scale, texture, pieces, meetings, lanes, Stands(at, level, kind, size), patterns)


def _words(words: Sequence[str] | Mapping[str, object]) -> NDArray[Any]:
    return np.array(list(words), dtype=np.str_).reshape(-1)


def _read_words(arrays: Arrays, name: str, count: int = -1) -> tuple[str, ...]:
    words = arrays[name]
    if words.dtype.kind != "U" or words.ndim != 1 or count not in (-1, len(words)):
        raise Malformed(name)
    return tuple(str(word) for word in words)


def _array(arrays: Arrays, name: str, kind: type, shape: tuple[int, ...]) -> NDArray[Any]:
    """The array of that name, which must be of a kind and shape; -1 stands for any length."""
    array = arrays[name]
    fits = array.ndim == len(shape) and all(want in (-1, have) for want, have in zip(shape, array.shape, strict=True))
    if array.dtype != kind or not fits or (array.dtype.kind == "f" and not np.isfinite(array).all()):
        raise Malformed(name)
    return array


def _starts(arrays: Arrays, name: str, count: int, end: int) -> NDArray[np.int64]:
    """Where ``count`` parts of an array of length ``end`` begin, and its end."""
    starts = _array(arrays, name, np.int64, (count + 1,))
    if starts[0] != 0 or starts[-1] != end or (np.diff(starts) < 0).any():
        raise Malformed(name)
    return starts


def _within(numbers: NDArray[Any], end: int) -> None:
    """Raises Malformed unless all numbers lie from 0 to below ``end``."""
    if numbers.size and not (int(numbers.min()) >= 0 and int(numbers.max()) < end):
        raise Malformed("numbers that lead nowhere")
