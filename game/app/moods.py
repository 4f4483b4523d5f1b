"""Moods: in which palette a screen is drawn, by its own mood and by what a person has chosen."""

from __future__ import annotations

from game.app.draw.eyes import palette_for
from game.app.draw.palette import PALETTES, Palette
from game.app.settings import Settings


def palette_of(settings: Settings, mood: str) -> Palette:
    """The palette of a screen of this mood: the one in the settings, or the mood's own, for the eyes there are."""
    name = settings.palette if settings.palette in PALETTES else mood
    return palette_for(name if name in PALETTES else "day", settings.colours)


def palettes_of(settings: Settings) -> tuple[Palette, ...]:
    """The palettes of all moods, each once."""
    return tuple(dict.fromkeys(palette_of(settings, mood) for mood in PALETTES))
