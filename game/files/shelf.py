"""The shelf: the levels that come with the game and those that lie in the user's folder, and where that folder is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from game.files.fault import Fault, LevelFaults
from game.files.level_file import read_level
from game.house import shipped_levels
from game.model import Level

HOME_VARIABLE = "WATER_LANES_HOME"
STORY = "story"
"""The folder of the chapters, in that of the levels that come with the game."""


@dataclass(frozen=True)
class LevelEntry:
    """A level file on the shelf: its level, or None and what is wrong with it."""

    path: Path
    level: Level | None
    faults: tuple[Fault, ...]
    shipped: bool

    @property
    def story(self) -> bool:
        """Whether it is a chapter of the story that comes with the game."""
        return self.shipped and self.path.parent.name == STORY


def user_folder() -> Path:
    """The folder of the user's own levels (``levels``) and lives (``runs``); it need not exist.

    The environment variable WATER_LANES_HOME moves it elsewhere.
    """
    elsewhere = os.environ.get(HOME_VARIABLE)
    if elsewhere:
        return Path(elsewhere)
    return Path(platformdirs.user_data_dir("water-lanes", appauthor=False))


def worlds_folder() -> Path:
    """The folder for what can be worked out again at any time, such as baked worlds; it need not exist.

    It lies where the system keeps such things, or in ``user_folder()`` where that has been moved elsewhere.
    """
    if os.environ.get(HOME_VARIABLE):
        return user_folder() / "worlds"
    return Path(platformdirs.user_cache_dir("water-lanes", appauthor=False)) / "worlds"


def level_cards() -> list[LevelEntry]:
    """All levels on the shelf: the story, the others that come with the game, the user's own, by file names in each."""
    folders = ((shipped_levels() / STORY, True), (shipped_levels(), True), (user_folder() / "levels", False))
    return [level_entry(path, shipped=shipped) for folder, shipped in folders for path in _level_files(folder)]


def level_entry(path: Path, *, shipped: bool = False) -> LevelEntry:
    """The entry of one level file, whatever state it is in."""
    try:
        return LevelEntry(path, read_level(path), (), shipped)
    except LevelFaults as error:
        return LevelEntry(path, None, error.faults, shipped)


def shipped_level(name: str) -> Path | None:
    """The file of the level that comes with the game under this name: its file name without ``.toml``.

    The number that orders the files may be left out, and so may a leading "the".
    """
    for path in (*_level_files(shipped_levels()), *_level_files(shipped_levels() / STORY)):
        plain = path.stem.lstrip("0123456789_")
        if name in (path.stem, path.name, plain, plain.removeprefix("the_")):
            return path
    return None


def _level_files(folder: Path) -> list[Path]:
    # A folder that cannot be listed shows no levels; the game goes on with the others.
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")
    except OSError:
        return []
