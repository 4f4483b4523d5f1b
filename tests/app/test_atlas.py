"""The atlas: worlds kept on disk come back as they were, and whatever else lies there is passed over."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from known_levels import RIVER_TEXT

from game.app import atlas
from game.app.atlas import chase_of, geography_of, world_of
from game.app.draw.lens import NO_MARGINS
from game.app.draw.palette import DAY
from game.app.draw.water import looks_of
from game.files import level_from_text
from game.geography import Channel, lay_out
from game.model import Level

SIZE = (160, 90)


@pytest.fixture(autouse=True)
def _coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds for the chase are baked coarsely, since only their arrays matter here."""
    monkeypatch.setattr("game.app.draw.chase_bake._MOST_CELLS", 100_000)


@pytest.fixture(scope="module")
def level() -> Level:
    """Two places with a lane between them and a loop."""
    return level_from_text(RIVER_TEXT)


def same(one: Any, two: Any) -> bool:
    """Whether two worlds hold the same values, of the same kinds."""
    if isinstance(one, np.ndarray):
        return one.dtype == two.dtype and one.shape == two.shape and bool((one == two).all())
    if isinstance(one, Channel):
        return same(one.points, two.points)
    if is_dataclass(one) and not isinstance(one, type):
        return all(same(getattr(one, f.name), getattr(two, f.name)) for f in fields(one))
    if isinstance(one, dict):
        return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(two) and all(map(same, one, two))
    return bool(one == two)


KINDS: dict[str, Callable[[Path | None, Level], Any]] = {
    "places": lambda folder, level: geography_of(folder, level),
    "map": lambda folder, level: world_of(folder, level, lay_out(level), SIZE, NO_MARGINS),
    "chase": lambda folder, level: chase_of(folder, level, lay_out(level), looks_of(level)[:1], (DAY,)),
}


def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing can be laid out or baked."""

    def refuse(*_: object) -> None:
        raise AssertionError("worked out again")

    for name in ("lay_out", "bake_world", "bake_chase"):
        monkeypatch.setattr(atlas, name, refuse)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_gives_back_what_was_made(kind: str, level: Level, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """What is read is what was baked, bit for bit, and reading bakes nothing."""
    folder = tmp_path / "not" / "there"
    made = KINDS[kind](folder, level)
    assert same(made, KINDS[kind](None, level))
    (page,) = folder.iterdir()
    assert page.name.startswith(kind)
    with zipfile.ZipFile(page) as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())
        assert not any(b"pickle" in archive.read(name)[:200] for name in archive.namelist())
    no_work(monkeypatch)
    assert same(KINDS[kind](folder, level), made)


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_page_is_made_anew(kind: str, level: Level, tmp_path: Path) -> None:
    """Cut off, flipped, empty, of another kind, with objects in it or leading nowhere: the world is whole anyway."""
    made = KINDS[kind](tmp_path, level)
    (page,) = tmp_path.iterdir()
    whole = page.read_bytes()
    with np.load(page, allow_pickle=False) as arrays:
        known = dict(arrays)
    largest = max(known, key=lambda name: known[name].size if known[name].dtype.kind in "iu" else 0)
    astray = known | {largest: np.full_like(known[largest], np.iinfo(known[largest].dtype).max)}
    broken = [whole[: len(whole) // 2], b"", whole[:200] + b"\x00" * 50 + whole[250:], pickle.dumps(made)]
    for arrays in (astray, known | {"lanes": np.array([{}], dtype=object)}, {"size": np.zeros(2)}):
        with open(page, "wb") as file:
            np.savez(file, **arrays)
        broken.append(page.read_bytes())
    for data in broken:
        page.write_bytes(data)
        assert same(KINDS[kind](tmp_path, level), made)
        assert page.read_bytes() == whole


def test_what_decides_a_world_decides_its_page(level: Level, tmp_path: Path) -> None:
    """Another position, another light, another size or other margins have pages of their own."""
    moved = replace(level, places=(replace(level.places[0], at=(1.0, 0.0)), level.places[1]))
    longer = replace(level, years=3)
    for each in (level, moved, longer, level):
        geography_of(tmp_path, each)
    assert len(list(tmp_path.iterdir())) == 3
    for size in (SIZE, (170, 90), SIZE):
        world_of(tmp_path, level, lay_out(level), size, NO_MARGINS)
    assert len(list(tmp_path.iterdir())) == 5


def test_the_atlas_does_not_grow_for_ever(level: Level, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The pages longest unused go when there is no more room, and the newest stays even if it alone is too large."""
    for k in range(4):
        geography_of(tmp_path, replace(level, years=3 + k))
    pages = sorted(tmp_path.iterdir())
    for age, page in enumerate(pages):
        os.utime(page, (1_000_000 - age, 1_000_000 - age))
    (tmp_path / ".draft.part").write_bytes(b"left behind")
    os.utime(tmp_path / ".draft.part", (1_000_000, 1_000_000))
    monkeypatch.setattr(atlas, "MOST_BYTES", sum(page.stat().st_size for page in pages[:3]) + 10)
    geography_of(tmp_path, replace(level, years=9))
    left = set(tmp_path.iterdir())
    assert left >= set(pages[:2])
    assert len(left) == 3
    monkeypatch.setattr(atlas, "MOST_BYTES", 10)
    geography_of(tmp_path, replace(level, years=8))
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_kept_nothing_breaks(level: Level, tmp_path: Path) -> None:
    """A folder that is a file, or none at all: the world is baked every time."""
    (tmp_path / "file").write_text("")
    assert same(geography_of(tmp_path / "file", level), lay_out(level))
    assert same(geography_of(None, level), lay_out(level))
