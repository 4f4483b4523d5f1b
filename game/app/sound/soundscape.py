"""The soundscape: the ear of the stage.

Every tick it is told what there is to hear.  It eases the loops towards their levels and plays the cues that lie
between this moment and the last.  Without a deck it does all of that and nothing sounds, as in tests and in the demo.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

import pygame

from game.app.sound.cues import GAPS, LOUD, SHORTEST, USUAL, cues_between
from game.app.sound.heard import Heard
from game.app.sound.layers import LAYERS, WATER, levels

if TYPE_CHECKING:
    from game.app.settings import Settings
    from game.app.sound.deck import Deck

OPENS_AFTER = 0.8
"""Seconds between the first frame and the opening of the sound device, in which the title is made."""

WATER_EASES, SCORE_EASES = 0.35, 2.2
"""Seconds in which a layer has gone most of the way to another level."""


class Soundscape:
    """What sounds.  ``latest`` holds the last cues, the newest at the end; ``levels`` the level of every layer."""

    def __init__(self, deck: Deck | None = None) -> None:
        self.deck = deck
        self.levels: dict[str, float] = dict.fromkeys(LAYERS, 0.0)
        self.latest: deque[str] = deque(maxlen=64)
        self._before: Heard | None = None
        self._time = 0.0
        self._played: dict[str, float] = {}
        self._effects = 0.0
        self._hidden = False

    @property
    def available(self) -> bool:
        """Whether there is, or may soon be, a device to hear anything from."""
        return self.deck is None or not self.deck.silent

    def update(self, dt: float, heard: Heard, settings: Settings) -> None:
        """Lets ``dt`` seconds pass, at the end of which this is to be heard."""
        self._time += dt
        self._effects = 0.0 if settings.muted or self._hidden else loudness(settings.effects)
        wanted = levels(heard)
        for name, level in self.levels.items():
            eases = WATER_EASES if name in WATER else SCORE_EASES
            self.levels[name] = level + (wanted[name] - level) * (1.0 - math.exp(-dt / eases))
        if self._before is not None:
            for cue in cues_between(self._before, heard):
                self.play(cue)
        self._before = heard
        if self.deck is not None and self._time >= OPENS_AFTER:
            self.deck.update(dt, self._gains(settings))

    def play(self, cue: str) -> None:
        """Plays a cue, unless it has only just sounded."""
        since = self._time - self._played.get(cue, -math.inf)
        if since < GAPS.get(cue, SHORTEST):
            return
        self._played[cue] = self._time
        self.latest.append(cue)
        if self.deck is not None and self._effects > 0.0:
            self.deck.play(f"cue_{cue}", LOUD.get(cue, USUAL) * self._effects)

    def handle(self, event: pygame.event.Event) -> None:
        """Takes what the desktop tells of sound devices, and falls silent while the window cannot be seen."""
        if event.type in (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN):
            self._hidden = True
        elif event.type in (pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWEXPOSED):
            self._hidden = False
        if self.deck is None:
            return
        if event.type == pygame.AUDIODEVICEREMOVED:
            # Device 0 stands for one that was not in use; microphones are no concern of a game.
            if getattr(event, "which", 0) and not getattr(event, "iscapture", 0):
                self.deck.lost()
        elif event.type == pygame.AUDIODEVICEADDED:
            if not getattr(event, "iscapture", 0):
                self.deck.look_again()
        elif event.type == pygame.WINDOWFOCUSGAINED:
            self.deck.look_again()

    def close(self) -> None:
        """Lets go of the device."""
        if self.deck is not None:
            self.deck.close()

    def _gains(self, settings: Settings) -> dict[str, float]:
        if settings.muted or self._hidden:
            return dict.fromkeys(self.levels, 0.0)
        water, music = loudness(settings.water), loudness(settings.music)
        return {name: level * (water if name in WATER else music) for name, level in self.levels.items()}


def loudness(volume: float) -> float:
    """What a volume of 0 to 1 multiplies a sound by: its square, so that half of it sounds like half."""
    return volume * volume
