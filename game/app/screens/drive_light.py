"""The light of the day over a life: which it is in which years, and how one picture gives way to the next."""

from __future__ import annotations

import pygame

from game.app.screens.drive_voyage import Voyage

DUSK_FROM, ROSE_FROM = 0.36, 0.72
"""The parts of a life after which the light of the day turns."""

TURN_OF_LIGHT = 1.1
"""Seconds in which one light gives way to the next."""

TURN_OF_VIEW = 0.4
"""Seconds in which one view gives way to the other."""

_NEAR = 6  # years before the light turns in which the next one is made ready


def mood_of(voyage: Voyage) -> str:
    """The mood of the year being shown: day, dusk in the middle of a life, rose late and at rest."""
    behind = 1.0 if voyage.resting else voyage.year / voyage.level_years
    return "day" if behind < DUSK_FROM else "dusk" if behind < ROSE_FROM else "rose"


def mood_to_come(voyage: Voyage) -> str | None:
    """The mood that the light turns to before long, or None."""
    left = [part * voyage.level_years - voyage.year for part in (DUSK_FROM, ROSE_FROM)]
    return next((mood for mood, years in zip(("dusk", "rose"), left, strict=True) if 0 < years <= _NEAR), None)


class Fading:
    """What is left of the last picture in another light or view, laid over the new one."""

    def __init__(self) -> None:
        self._old: pygame.Surface | None = None
        self._left, self._seconds = 0.0, 1.0

    def begin(self, old: pygame.Surface, seconds: float) -> None:
        """Lets a picture fade from now on."""
        self._old, self._left, self._seconds = old, 1.0, seconds

    def end(self) -> None:
        """Lets nothing of it be seen any longer."""
        self._old = None

    def update(self, dt: float) -> None:
        """Lets ``dt`` seconds pass."""
        self._left -= dt / self._seconds
        if self._left <= 0.0:
            self._old = None

    @property
    def picture(self) -> pygame.Surface | None:
        """What is left of the old picture, as faint as it has become, or None."""
        if self._old is not None:
            self._old.set_alpha(round(255 * self._left))
        return self._old
