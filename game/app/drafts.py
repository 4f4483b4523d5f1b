"""Drafts of levels for the sandbox: drawn, weighed and kept in worker processes, so that no slider ever waits.

The sliders do not go as far as the generator can: what they ask for is drawn in a blink, and weighed within seconds,
by samples where it has to be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from game.app.draw.palette import Palette
from game.generator import Recipe, fitted, generate
from game.geography import Geography, lay_out
from game.model import Level

if TYPE_CHECKING:
    from game.generator.appraisal import Appraisal

RANGES = {
    "places": (2, 40),
    "lanes": (2, 120),
    "currents": (0, 12),
    "volatility": (0, 20),
    "years": (2, 40),
    "sight": (1, 5),
    "seed": (1, 300),
}
"""The ends of the sliders; volatility in twentieths, and beyond the farthest sight lies "everything"."""

_ROOM = 2**27
"""Bytes for exact answers: more would take longer than somebody at a slider wants to wait."""

_LIVES, _SECONDS = 4_000, 5.0
"""The most lives that are sampled where it does not fit, and for how long."""


@dataclass(frozen=True)
class Draft:
    """A level by chance, where its places lie, and its small map: RGB bytes of a picture of ``size``."""

    recipe: Recipe
    level: Level
    geography: Geography
    size: tuple[int, int]
    picture: bytes


def within(recipe: Recipe) -> Recipe:
    """The nearest recipe that can be made and lies on the sliders."""
    recipe = fitted(recipe)
    while recipe.lanes > RANGES["lanes"][1]:
        recipe = fitted(replace(recipe, places=recipe.places - 1, lanes=RANGES["lanes"][1]))
    return recipe


def draw_draft(recipe: Recipe, palette: Palette, size: tuple[int, int]) -> Draft:
    """The level of a recipe with its small map."""
    import pygame

    from game.app.draw.thumbnail import thumbnail

    level = generate(recipe)
    geography = lay_out(level)
    picture = thumbnail(level, geography, palette, size)
    return Draft(recipe, level, geography, picture.get_size(), pygame.image.tobytes(picture, "RGB"))


def weigh_draft(level: Level, progress: Callable[[str, float], None]) -> Appraisal:
    """What a level is worth to a plan, to stepping and to the treasure map."""
    from game.generator.appraisal import appraise

    return appraise(level, memory_limit=_ROOM, samples=_LIVES, seconds=_SECONDS, progress=progress)


def keep_draft(level: Level, folder: Path, seed: int) -> Path:
    """Writes a level among one's own, under a name that is free; its file.  Raises OSError."""
    from game.files.level_text import level_as_toml, write_level_anew

    return write_level_anew(level_as_toml(level), folder, f"{level.start}_{seed}")
