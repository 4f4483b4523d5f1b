"""The atlas: where places lie and what baked worlds look like, kept on disk, so that a level opens at once next time.

A page is a plain ``.npz`` archive, arrays and nothing that could be executed.  Its name is a digest of all that decides
it: the level, the size of the picture, and the code that bakes.  A page that is missing, broken or of another kind is
worked out again; the pages longest unused make room for new ones.  What makes pages runs in worker processes; what
only reads one is quick.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from game import __version__
from game.app.atlas.arrays import (
    Malformed,
    chase_from,
    chase_to,
    geography_from,
    geography_to,
    world_from,
    world_to,
)
from game.app.draw.bake import CLOSE_ZOOM, BakedWorld, bake_world
from game.app.draw.chase_bake import ChaseWorld, bake_chase
from game.app.draw.lens import Margins
from game.app.draw.palette import Palette
from game.app.draw.water import Look
from game.geography import Geography, lay_out
from game.model import Level
from game.writing import write_whole

__all__ = ["chase_of", "geography_of", "kept_chase", "kept_geography", "kept_world", "world_of"]

MOST_BYTES = 200_000_000
"""How much room the atlas takes at most."""

_LARGEST = 400_000_000
"""A page that unfolds to more than this is not one of ours."""

_BROKEN = (
    OSError, ValueError, KeyError, TypeError, EOFError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error,
    Malformed,
)  # fmt: skip

Arrays = Mapping[str, NDArray[Any]]
Made = TypeVar("Made")


def geography_of(folder: Path | None, level: Level) -> Geography:
    """Where the places of a level lie and its channels run: from the atlas in ``folder``, or laid out and kept there.

    Without a folder nothing is looked up or kept.
    """
    known = kept_geography(folder, level)
    return known if known is not None else _keep(folder, _places(level), lay_out(level), geography_to)


def kept_geography(folder: Path | None, level: Level) -> Geography | None:
    """What ``geography_of`` gives, where the atlas has it, else None."""
    return _look_up(folder, _places(level), geography_from)


def world_of(
    folder: Path | None,
    level: Level,
    geo: Geography,
    size: tuple[int, int],
    margins: Margins,
    close: float = CLOSE_ZOOM,
) -> BakedWorld:
    """The baked world of a level for a picture of ``size``, from the atlas or baked now."""
    known = kept_world(folder, level, geo, size, margins, close)
    if known is not None:
        return known
    name = _name("map", level, size, tuple(margins), close)
    return _keep(folder, name, bake_world(level, geo, size, margins, close), world_to)


def kept_world(
    folder: Path | None,
    level: Level,
    geo: Geography,
    size: tuple[int, int],
    margins: Margins,
    close: float = CLOSE_ZOOM,
) -> BakedWorld | None:
    """What ``world_of`` gives, where the atlas has it, else None."""
    return _look_up(folder, _name("map", level, size, tuple(margins), close), world_from)


def chase_of(
    folder: Path | None, level: Level, geo: Geography, looks: tuple[Look, ...], palettes: tuple[Palette, ...]
) -> ChaseWorld:
    """The chase view's world of a level, with patterns of its water in ``palettes``, from the atlas or baked now."""
    known = kept_chase(folder, level, geo, looks, palettes)
    if known is not None:
        return known
    return _keep(folder, _chase(level, looks, palettes), bake_chase(level, geo, looks, palettes), chase_to)


def kept_chase(
    folder: Path | None, level: Level, geo: Geography, looks: tuple[Look, ...], palettes: tuple[Palette, ...]
) -> ChaseWorld | None:
    """What ``chase_of`` gives, where the atlas has it, else None."""
    return _look_up(folder, _chase(level, looks, palettes), chase_from)


def _look_up(folder: Path | None, name: str, unfold: Callable[[Arrays], Made]) -> Made | None:
    """What a page holds; None where there is no such page, or none that is whole."""
    if folder is not None:
        page = folder / f"{name}.npz"
        with contextlib.suppress(*_BROKEN):
            known = unfold(_read(page))
            os.utime(page)
            return known
    return None


def _keep(folder: Path | None, name: str, made: Made, fold: Callable[[Made], Arrays]) -> Made:
    """What was made, which is kept on a page where that can be done."""
    if folder is not None:
        page = folder / f"{name}.npz"
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(page, _archive(fold(made)))
            _make_room(folder, page)
    return made


def _places(level: Level) -> str:
    return _name("places", level)


def _chase(level: Level, looks: tuple[Look, ...], palettes: tuple[Palette, ...]) -> str:
    return _name("chase", level, looks, palettes)


def _name(kind: str, level: Level, *more: object) -> str:
    """The name of a page: its kind, and a digest of all that decides what stands on it."""
    decides = (_edition(), level.digest, tuple((p.id, p.at, p.shape) for p in level.places), *more)
    return f"{kind}-{hashlib.sha256(repr(decides).encode()).hexdigest()[:32]}"


@cache
def _edition() -> str:
    """A digest of the code that lays out and bakes, so that no page outlives it."""
    here = Path(__file__).resolve()
    rooms = (here.parent, here.parents[1] / "draw", here.parents[2] / "geography")
    digest = hashlib.sha256(f"{__version__} {np.__version__}".encode())
    for room in rooms:
        for module in sorted(room.glob("*.py")):
            digest.update(module.read_bytes())
    return digest.hexdigest()


def _archive(arrays: Arrays) -> bytes:
    """The arrays as an ``.npz`` file, pressed lightly: a page is written once and read often."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getbuffer(), zipfile.ZIP_DEFLATED, 1)
    return whole.getvalue()


def _read(page: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a page.  Raises one of the errors in ``_BROKEN`` for anything that is not a whole page."""
    with zipfile.ZipFile(page) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > _LARGEST:
            raise Malformed("too large")
        arrays = {}
        for member in members:
            with archive.open(member) as stream:
                arrays[member.filename.removesuffix(".npy")] = np.lib.format.read_array(stream, allow_pickle=False)
    return arrays


def _make_room(folder: Path, newest: Path) -> None:
    """Takes away the pages longest unused until the rest fit, and what an interrupted writing left long ago."""
    pages = []
    for file in folder.iterdir():
        with contextlib.suppress(OSError):
            known = file.stat()
            if file.suffix == ".npz":
                pages.append((known.st_mtime, known.st_size, file))
            elif file.is_file() and known.st_mtime < time.time() - 86_400:
                file.unlink()
    room = MOST_BYTES
    for _, size, file in sorted(pages, key=lambda page: (page[2] != newest, -page[0], page[2].name)):
        room -= size
        if room < 0 and file != newest:
            with contextlib.suppress(OSError):
                file.unlink()
