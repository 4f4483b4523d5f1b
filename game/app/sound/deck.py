"""The deck: the mixer, its loops and its cues.

The device is opened and the files are read in a thread, since either can take longer than a frame; until that is done
nothing here touches the mixer.  Where there is no device, or it goes away, the deck is silent and nothing else changes;
it looks again a few times after a loss, and whenever there is a reason to think that a device has come.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from pathlib import Path

import pygame

from game.app.sound.cues import CUES
from game.app.sound.layers import LAYERS
from game.house import assets

RATE = 44_100
"""Samples a second, of the files and of the mixer, so that nothing is converted and no seam opens in a loop."""

LAP = 2048
"""Samples by which a loop's file is longer than the loop, at either end."""

_BUFFER = 1024  # samples between two looks of the device at what to play: 23 ms
_VOICES = 12  # cues that can sound at once
_LOOKS_AFTER_LOSS = (1.0, 4.0, 15.0)  # seconds
_LOOKS_APART = 20.0  # seconds; every look in vain may print a line of the system's own


class Deck:
    """The mixer with the sounds of ``folder``.  Opens itself at the first ``update``; never raises."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or assets() / "sounds"
        self.reason = ""
        """Why it is silent, in the system's words."""
        self._opening: threading.Thread | None = None
        self._found: dict[str, pygame.mixer.Sound] | None = None
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._loops: dict[str, pygame.mixer.Channel] = {}
        self._volumes: dict[str, int] = {}
        self._closed = False
        self._failed = False
        self._looks: list[float] = []
        self._since_look = 0.0

    @property
    def playing(self) -> bool:
        """Whether the device is open and the loops run."""
        return bool(self._sounds)

    @property
    def silent(self) -> bool:
        """Whether there was no device to open when it last looked for one."""
        return self._failed

    def update(self, dt: float, gains: Mapping[str, float]) -> None:
        """Gives the loops their gains (0 to 1); opens the device at first, and again after a loss."""
        self._since_look += dt
        if self._closed:
            return
        if self._opening is not None:
            if self._opening.is_alive():
                return
            self._opening = None
            self._begin()
        if self._sounds:
            self._turn(gains)
        elif not self._failed:
            self._open()
        elif self._looks and self._since_look >= self._looks[0]:
            self._looks.pop(0)
            self._open()

    def play(self, name: str, gain: float) -> None:
        """Plays a sound once; with too many at once it is left out."""
        sound = self._sounds.get(name)
        if sound is None:
            return
        try:
            channel = pygame.mixer.find_channel()
            if channel is not None:
                channel.set_volume(gain)
                channel.play(sound)
        except pygame.error as error:
            self.lost(str(error))

    def lost(self, reason: str = "") -> None:
        """The device is gone: lets go of it and looks for another one, now and a few times later."""
        if self._closed or self._opening is not None:
            return
        self.reason = reason
        self._let_go()
        self._failed = True
        self._looks = [0.0, *_LOOKS_AFTER_LOSS]

    def look_again(self) -> None:
        """Looks for a device if it had found none, unless it has looked only just now."""
        if self._failed and not self._looks and self._since_look >= _LOOKS_APART:
            self._looks = [0.0]

    def close(self) -> None:
        """Lets go of the device for good; a device that does not answer is left to the system."""
        self._closed = True
        if self._opening is not None:
            self._opening.join(0.5)
            if self._opening.is_alive():
                return
            self._opening = None
        self._let_go()

    # --- in the background ----------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._since_look = 0.0
        self._failed = False
        self._opening = threading.Thread(target=self._find, name="sound", daemon=True)
        try:
            self._opening.start()
        except RuntimeError as refused:  # the system has no room for another thread
            self._opening, self._failed, self.reason = None, True, str(refused)

    def _find(self) -> None:
        """Opens the device and reads all sounds; a file that cannot be read is a sound that is not there."""
        found: dict[str, pygame.mixer.Sound] = {}
        try:
            pygame.mixer.init(RATE, -16, 2, _BUFFER, allowedchanges=0)
            for name in (*(f"cue_{cue}" for cue in CUES), *LAYERS):
                if self._closed:
                    break
                with contextlib.suppress(pygame.error, OSError, ValueError):
                    sound = pygame.mixer.Sound(str(self.folder / f"{name}.ogg"))
                    found[name] = seamless(sound) if name in LAYERS else sound
        except Exception as error:
            self.reason = str(error)
            found = {}
        self._found = found

    # --- on the window's own thread ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Takes what was found and starts all loops, unheard, at once so that they keep together."""
        self._sounds, self._found = self._found or {}, None
        self._loops, self._volumes = {}, {}
        if not self._sounds:
            self._let_go()
            self._failed = True
            return
        self._looks, self.reason = [], ""
        try:
            pygame.mixer.set_num_channels(len(LAYERS) + _VOICES)
            pygame.mixer.set_reserved(len(LAYERS))
            for number, name in enumerate(LAYERS):
                if name in self._sounds:
                    channel = pygame.mixer.Channel(number)
                    channel.set_volume(0.0)
                    channel.play(self._sounds[name], loops=-1)
                    channel.set_volume(0.0)
                    self._loops[name] = channel
        except (pygame.error, IndexError) as error:
            self.lost(str(error))

    def _turn(self, gains: Mapping[str, float]) -> None:
        try:
            for name, channel in self._loops.items():
                # The mixer knows 128 steps, so anything finer need not be told.
                volume = round(128 * min(max(gains.get(name, 0.0), 0.0), 1.0))
                if volume != self._volumes.get(name):
                    channel.set_volume(volume / 128)
                    self._volumes[name] = volume
        except pygame.error as error:
            self.lost(str(error))

    def _let_go(self) -> None:
        self._sounds, self._loops, self._volumes = {}, {}, {}
        with contextlib.suppress(pygame.error):
            pygame.mixer.quit()


def seamless(sound: pygame.mixer.Sound) -> pygame.mixer.Sound:
    """A loop from its file, which begins ``LAP`` samples before the loop and ends as many after it.

    Encoding leaves a trace at both ends of a file.  So the ends are cut off, and the beginning is blended with what
    followed the end, which is the same music encoded another time.
    """
    import numpy as np
    from pygame import sndarray

    whole = sndarray.samples(sound)  # the sound's own memory, since a loop can take eight megabytes
    length = len(whole) - 2 * LAP
    if length <= LAP:
        return sound
    fading = (np.arange(LAP) / LAP)[:, None]
    whole[LAP : 2 * LAP] = np.rint(fading * whole[LAP : 2 * LAP] + (1.0 - fading) * whole[LAP + length :])
    return pygame.mixer.Sound(buffer=whole[LAP : LAP + length].tobytes())
