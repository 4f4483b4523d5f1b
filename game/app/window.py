"""The window: one loop with a fixed tick, drawing as often as the screen can take it.

Updates are a sixtieth of a second each, however long a frame took; after a hiccup at most a tenth of a second is caught
up, so that a slow machine slows down instead of freezing.  The loop sleeps to a deadline, because ``clock.tick(60)``
rounds to whole milliseconds and misses frames.  (Robert Nystrom, *Game Programming Patterns*, "Game Loop".)
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
import warnings
import weakref
from pathlib import Path
from typing import Any

import pygame

from game.app.icon import icon
from game.app.pads import REPEAT_AFTER, REPEAT_EVERY
from game.app.screen import Screen
from game.app.stage import TICK, Stage
from game.words import say

MINIMUM = (800, 450)
"""The smallest window that the desktop is asked to allow."""

_CATCH_UP = 0.1
_FRAME = 1 / 60
_CALM = 120  # turns without an event after which a screen is calm
_CALM_PACE = 6  # of so many turns of a calm screen one is drawn: clouds and water drift slowly enough for that
_DENSE = 0.5  # the part of a desktop's width that the window takes at least, so that it is no stamp on a dense screen


class NoDisplay(RuntimeError):
    """There is no screen to open a window on."""


def prepare_display() -> None:
    """Sets what SDL has to know before the display starts, leaving alone what somebody has set already.

    Raises NoDisplay.  Only display and fonts are started: starting everything would also look for sound devices, which
    takes longer than the first frame may.
    """
    asked = os.environ.get("SDL_VIDEODRIVER")
    if sys.platform.startswith("linux"):
        cards = list(Path("/dev/dri").glob("*"))
        if not (asked or cards or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            raise NoDisplay("neither a desktop nor a graphics card")
        if not any(card.name.startswith("render") for card in cards):
            # Without a graphics processor SDL would send every frame through an emulated one: 6.5 ms instead of 0.7.
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    os.environ.setdefault("SDL_VIDEO_ALLOW_SCREENSAVER", "1")
    try:
        pygame.display.init()
        pygame.font.init()
    except pygame.error as error:
        raise NoDisplay(str(error)) from error
    driver = pygame.display.get_driver()
    if not asked and driver in ("dummy", "offscreen"):
        pygame.display.quit()
        raise NoDisplay(driver)


class Window:
    """The window of a stage."""

    def __init__(
        self, title: str, size: tuple[int, int] = (1280, 720), full_screen: bool = False, exact: bool = False
    ) -> None:
        """Opens it, smaller than ``size`` where the desktop has less room, unless it must be ``exact``.

        Raises NoDisplay.
        """
        prepare_display()
        self._size = size if exact else self._fitting(size)
        self.full_screen = False
        self._visible = True
        self._calm = 0
        self._life: weakref.ref[Screen] | None = None
        pygame.display.set_caption(title)
        pygame.display.set_icon(icon())
        try:
            pygame.display.set_mode(self._size, pygame.RESIZABLE)
        except pygame.error as error:
            raise NoDisplay(str(error)) from error
        self._set_minimum()
        pygame.key.set_repeat(round(1000 * REPEAT_AFTER), round(1000 * REPEAT_EVERY))
        if full_screen:
            self.switch_full_screen()

    @property
    def size(self) -> tuple[int, int]:
        """The size of the drawing area in pixels."""
        surface = pygame.display.get_surface()
        return surface.get_size() if surface else self._size

    def switch_full_screen(self) -> None:
        """Goes to full screen, or back to the window as it was, at the place where it was."""
        if not self.full_screen:
            self._size = self.size
        try:
            native = _native()
            if self.full_screen:
                native.set_windowed()
            else:
                native.set_fullscreen(desktop=True)
        except Exception:  # whatever a driver or another version says: the way that forgets where the window was
            with contextlib.suppress(pygame.error):
                if self.full_screen:
                    pygame.display.set_mode(self._size, pygame.RESIZABLE)
                else:
                    pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        self.full_screen = not self.full_screen
        if not self.full_screen:
            self._set_minimum()

    def run(self, stage: Stage) -> None:
        """Runs the stage until it ends; ``stage.shown`` is false until the first frame can be seen."""
        stage.on_full_screen = lambda: self._switch(stage)
        stage.copy_text = self.copy
        stage.on_language = lambda: pygame.display.set_caption(say("app.name"))
        if stage.size != self.size:
            stage.resize(self.size)
        last = deadline = time.perf_counter()
        owed = 0.0
        stage.shown = False
        try:
            while stage.running:
                now = time.perf_counter()
                owed, last = min(owed + now - last, _CATCH_UP), now
                ticks = int(owed / TICK)
                owed -= ticks * TICK
                self.turn(stage, ticks)
                deadline = max(deadline + _FRAME, time.perf_counter() - _FRAME)
                time.sleep(max(0.0, deadline - time.perf_counter()))
        finally:
            gc.unfreeze()
            stage.quit()
            stage.jobs.close()
            stage.sound.close()
            stage.pads.close()
            pygame.display.quit()

    def turn(self, stage: Stage, ticks: int) -> None:
        """One turn of the loop: what has happened, so many ticks, and a frame, if the window can be seen.

        Where nobody has touched anything for a while and no life is in play, only one frame in six is drawn.
        """
        events = pygame.event.get()
        self._calm = 0 if events or stage.screen is None or stage.screen.pauses_life else self._calm + 1
        for event in events:
            if event.type in (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN):
                self._visible = False
            elif event.type in (pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWEXPOSED):
                self._visible = True
            stage.handle(event)
        self._clear_up(stage.screen)
        for _ in range(ticks):
            if stage.running:
                stage.update()
        surface = pygame.display.get_surface()
        resting = self._calm > _CALM and self._calm % _CALM_PACE != 0
        if self._visible and not resting and stage.running and surface is not None:
            stage.draw(surface)
            pygame.display.flip()
            stage.shown = True

    def _clear_up(self, screen: Screen | None) -> None:
        """When a life begins, and when a screen has become calm, lets go of what nobody uses any more.

        What is left is not gone through again before the next such moment: in the midst of a life that would make a
        frame 20 ms late.
        """
        begins = screen is not None and screen.pauses_life and (self._life is None or self._life() is not screen)
        if begins and screen is not None:
            self._life = weakref.ref(screen)
        if begins or self._calm == _CALM:
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def copy(self, text: str) -> None:
        """Puts a text on the desktop's clipboard, where there is one."""
        with contextlib.suppress(pygame.error):
            pygame.scrap.put_text(text)

    def _switch(self, stage: Stage) -> None:
        self.switch_full_screen()
        stage.resize(self.size)
        stage.change_settings(full_screen=self.full_screen)

    def _set_minimum(self) -> None:
        """Asks the desktop not to make the window smaller than can be read; not every driver listens."""
        with contextlib.suppress(Exception):
            _native().minimum_size = MINIMUM

    def _fitting(self, size: tuple[int, int]) -> tuple[int, int]:
        """The size, made smaller where the desktop has less room, and larger where its pixels are many and small."""
        sizes = pygame.display.get_desktop_sizes()
        if not sizes:
            return size
        wide, high = sizes[0]
        part = min(max(1.0, _DENSE * wide / size[0]), 0.94 * wide / size[0], 0.88 * high / size[1])
        return (max(MINIMUM[0], round(size[0] * part)), max(MINIMUM[1], round(size[1] * part)))


def _native() -> Any:
    """The desktop's window under the drawing area, which can do what pygame.display cannot."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pygame._sdl2.video import Window as Native

        return Native.from_display_module()
