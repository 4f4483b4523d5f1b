"""Where the things that come with the program lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def assets() -> Path:
    """The folder of fonts, words and pictures."""
    return _shipped("assets")


def shipped_levels() -> Path:
    """The folder of the levels that come with the game."""
    return _shipped("levels")
