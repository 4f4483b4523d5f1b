"""The stage: the stack of screens and everything they share.

It takes pygame events, turns them into actions, pointer moves and text for the top screen, ticks it, and draws one
frame.  It knows no window and no clock, so tests and the demo drive it by hand; :mod:`game.app.window` drives it in
real time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.app.action import IN_FORCE, Action
from game.app.bindings import bindings_of
from game.app.draw.backdrop import Backdrop
from game.app.draw.palette import Palette
from game.app.draw.type import Type
from game.app.input import AWAY, Input
from game.app.jobs import Jobs
from game.app.moods import palette_of
from game.app.pads import Pads
from game.app.rumble import rumble_between
from game.app.screen import Point, Screen
from game.app.settings import Settings
from game.app.sound.badge import Badge
from game.app.sound.heard import Heard
from game.app.sound.soundscape import Soundscape
from game.words import LANGUAGES, language_of_system, say, speak

if TYPE_CHECKING:
    from game.app.course import Course
    from game.app.evening import Evening
    from game.app.library import Library
    from game.generator import Recipe

TICK = 1 / 60
"""Seconds of a tick."""

SMALLEST = (640, 360)
"""The smallest size that is laid out; a smaller window shows that, scaled down."""

_SETTLING = 8  # ticks without another change of size before the screen is laid out anew
_LOOKS_FOR_PADS = 0.6  # seconds after the start, in which the title is made
_FADE = 0.28  # seconds from one screen to the next


class Stage:
    """The stack of screens, with the size, type, palette, time, settings and background work they share."""

    def __init__(
        self, size: tuple[int, int] = (1280, 720), settings: Settings | None = None, jobs: Jobs | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.jobs = jobs or Jobs()
        self.time = 0.0
        """Seconds since the start, in whole ticks."""
        self.running = True
        self.shown = True
        """Whether something can be seen already; until then nothing that takes time should begin."""
        self.on_file: Callable[[Path], None] | None = None
        """Called with the path of a file dropped on the window."""
        self.on_full_screen: Callable[[], None] | None = None
        """Called when full screen is to be switched on or off."""
        self.on_quit: Callable[[], None] | None = None
        """Called when the game ends, while all screens are still there."""
        self.on_language: Callable[[], None] | None = None
        """Called when another language is spoken."""
        self.on_settings: Callable[[Settings], None] | None = None
        """Called with the new settings after every change, to keep them."""
        self.fresh_seed: Callable[[], int] = lambda: random.SystemRandom().randrange(1, 1_000_000)
        """Gives the seed of new water, different each time, small enough to be told to a friend."""
        self.home: Path | None = None
        """The folder that runs are kept in, or None where nothing is to be written."""
        self.settings_aside: Path | None = None
        """Where a settings file that could not be read whole was copied to at the start."""
        self.worlds: Path | None = None
        """The folder that baked worlds are kept in between starts, or None to bake them every time."""
        self.level_files: dict[str, Path] = {}
        """Digest of a level -> the file it was read from."""
        self.evening: Evening | None = None  # the people who live in one water in turn, while they do
        self.notes_read: set[str] = set()
        """Digests of the levels whose content note was read since the start."""
        self.recipe: Recipe | None = None
        """What the sandbox's sliders were last set to."""
        self.copy_text: Callable[[str], None] | None = None
        """Puts a text on the clipboard; None where there is none to put it on."""
        self.kept_runs: dict[Hashable, Path] = {}
        """Which runs have been written where, so that none is written twice."""
        self.course: Course | None = None
        """The exercise of a workshop that somebody is going through; the lives are its own meanwhile."""
        self.sound = Soundscape()
        """What is heard; silent until somebody gives it a deck."""
        self.badge = Badge()
        self._stack: list[Screen] = []
        self._hands = Input(self.ask, self._renamed, Pads())
        self._heard: Heard | None = None
        self._spoken: tuple[object, str] = (None, "")
        self._backdrop: tuple[object, Backdrop] | None = None
        self._window = size
        self._old_frame: pygame.Surface | None = None
        self._last_frame: pygame.Surface | None = None
        self._fade = 1.0
        self._settling = 0
        IN_FORCE.device = "keys"
        self._bind()
        self.resize(size)

    # --- what screens use -------------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen | None:
        """The screen on top, or None when the stack is empty."""
        return self._stack[-1] if self._stack else None

    @property
    def screens(self) -> tuple[Screen, ...]:
        """All screens, the top one last."""
        return tuple(self._stack)

    @property
    def palette(self) -> Palette:
        """The palette of the settings, or, where they leave it open, the top screen's mood, for the eyes there are."""
        return palette_of(self.settings, self._stack[-1].mood if self._stack else "day")

    @cached_property
    def library(self) -> Library:
        """The levels that can be played, and what is known of them."""
        # Imported here because it brings the graph library, for which the first frame should not wait.
        from game.app.library import Library

        return Library(self.jobs, self.home, self.worlds)

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may move that does not have to."""
        return self.settings.reduced_motion

    @property
    def runs(self) -> Path | None:
        """The folder that lives are kept in, or None where nothing is to be written."""
        if self.home is None:
            return None
        return Path(self.settings.saves) if self.settings.saves else self.home / "runs"

    def px(self, length: float) -> int:
        """A length of the 1280×720 design in pixels of this window, at least 1 for a positive length."""
        return max(1, round(length * self.scale)) if length > 0 else round(length * self.scale)

    def em(self, length: float) -> int:
        """A length that grows with the text, such as the padding of a button or the height of a row."""
        return max(1, round(length * self.type_scale)) if length > 0 else round(length * self.type_scale)

    @property
    def held(self) -> frozenset[Action]:
        """The actions whose keys are down."""
        return frozenset(self._hands.held)

    @property
    def pointer_at(self) -> Point:
        """Where the pointer was last seen, in stage pixels."""
        return self._hands.pointer_at

    def backdrop(self) -> Backdrop:
        """The sky and sea behind screens, for this size and palette; painted once."""
        key = (self.size, self.palette.name)
        if self._backdrop is None or self._backdrop[0] != key:
            self._backdrop = (key, Backdrop(self.size, self.palette))
        return self._backdrop[1]

    def push(self, screen: Screen) -> None:
        """Puts a screen on top."""
        self._keep_frame()
        self._stack.append(screen)
        self._arrive()

    def pop(self) -> None:
        """Takes the top screen off and uncovers the one below; the last one off ends the game."""
        self._keep_frame()
        if self._stack:
            self._stack.pop().leave()
        if self._stack:
            self._arrive()
        else:
            self.running = False

    def replace(self, screen: Screen) -> None:
        """Puts a screen in the place of the top one."""
        self._keep_frame()
        if self._stack:
            self._stack.pop().leave()
        self._stack.append(screen)
        self._arrive()

    def reset(self, *screens: Screen) -> None:
        """Empties the stack and builds it anew; only the last screen is entered now."""
        self._keep_frame()
        while self._stack:
            self._stack.pop().leave()
        for screen in screens:
            screen.stage = self
        self._stack.extend(screens)
        if self._stack:
            self._arrive()

    def quit(self) -> None:
        """Ends the game cleanly: every screen leaves, top first."""
        if self.running and self.on_quit is not None:
            self.on_quit()
        while self._stack:
            self._stack.pop().leave()
        self.running = False

    def change_settings(self, **values: object) -> None:
        """Changes some settings, keeps them, and lays the top screen out afresh if text or keys are others."""
        before, self.settings = self.settings, self.settings.changed(**values)
        if self.on_settings is not None and self.settings != before:
            self.on_settings(self.settings)
        if self.settings.language != before.language:
            self.speak()
        elif self.settings.text_scale != before.text_scale:
            self.resize(self._window)
        if self.settings.bindings != before.bindings:
            self._bind()
            self._renamed()

    def _bind(self) -> None:
        """Puts the bindings of the settings in force."""
        self._hands.bindings = bound = bindings_of(self.settings.bindings)
        IN_FORCE.keys, IN_FORCE.pad = bound.keys, bound.pad
        IN_FORCE.changes += 1

    def speak(self) -> None:
        """Speaks the language of the settings, on every screen at once."""
        speak(self.settings.language if self.settings.language in LANGUAGES else language_of_system())
        if self.on_language is not None:
            self.on_language()
        for screen in self._stack:
            screen.retell()
        self.resize(self._window)

    def switch_sound(self) -> None:
        """Mutes everything, or lets it be heard again, and says so."""
        muted = not self.settings.muted
        self.change_settings(muted=muted)
        heard = "is_on" if self.sound.available else "is_on_silent"
        self.badge.tell(say("sound.is_off" if muted else f"sound.{heard}"))

    @property
    def pads(self) -> Pads:
        """The gamepads; none is looked for until somebody gives the stage those of the machine."""
        return self._hands.pads

    @pads.setter
    def pads(self, pads: Pads) -> None:
        self._hands.pads = pads

    def ask(self, action: Action) -> None:
        """Does what an action asks for: what belongs to no screen here, all else on the screen on top."""
        if action is Action.FULLSCREEN:
            if self.on_full_screen is not None:
                self.on_full_screen()
        elif action is Action.MUTE:
            self.switch_sound()
        elif action is Action.CURTAIN and self.course is not None:
            self.course.curtain()
        elif self._stack and not self._stack[-1].asked(action):
            if action is Action.MENU:
                from game.app import flow

                flow.show_actions(self)
            else:
                self._stack[-1].press(action)

    # --- what the window, the tests and the demo use ----------------------------------------------------------------

    def resize(self, window: tuple[int, int]) -> None:
        """Takes the size of the window in pixels."""
        self._window = (max(1, window[0]), max(1, window[1]))
        self.size = (max(SMALLEST[0], window[0]), max(SMALLEST[1], window[1]))
        self.scale = min(self.size[0] / 1280, self.size[1] / 720)
        # Text shrinks less than the window does, or it could not be read at 800×450.
        self.type_scale = max(0.8, self.scale) * self.settings.text_scale
        self.type = Type(scale=self.type_scale)
        self._old_frame = self._last_frame = None
        self._fade, self._settling = 1.0, 0
        if self._stack:
            self._stack[-1].layout(self.size)

    def handle(self, event: pygame.event.Event) -> None:
        """Gives one pygame event to whom it concerns."""
        self.sound.handle(event)
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type == pygame.VIDEORESIZE:
            # While somebody drags the corner the old layout is shown scaled; it is made anew once that is over.
            self._window = (max(1, event.w), max(1, event.h))
            self._settling = _SETTLING
        elif event.type == pygame.DROPFILE:
            if self.on_file is not None:
                self.on_file(Path(event.file))
        elif event.type in AWAY:
            self._hands.look_away(self.screen)
        elif self._stack:
            used, there = self.pads.last, len(self.pads.pads)
            self._hands.take(event, self._stack[-1], self._inside)
            self._tell_pads(used, there)

    def update(self) -> None:
        """One tick: time moves on, the top screen is updated."""
        self.time += TICK
        if self._settling:
            self._settling -= 1
            if not self._settling:
                self.resize(self._window)
        if self._fade < 1.0:
            self._fade = min(1.0, self._fade + TICK / _FADE)
            if self._fade >= 1.0:
                self._old_frame = None
        self.badge.update(TICK)
        if self.shown and self.time > _LOOKS_FOR_PADS:
            self.pads.start()
        if self._stack:
            self._hands.update(TICK, self._stack[-1])
        if self._stack:
            self._stack[-1].update(TICK)
        if self._stack and self.settings.voicing:
            self._speak(self._stack[-1])
        if self._stack and self.shown:
            before, self._heard = self._heard, self._stack[-1].heard()
            self.sound.update(TICK, self._heard, self.settings)
            felt = rumble_between(before, self._heard) if before is not None and self.settings.rumble else None
            if felt is not None:
                self.pads.rumble(*felt)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the frame as it now stands; a surface smaller than ``size`` gets it scaled down."""
        if surface.get_size() == self.size:
            self._draw(surface)
            return
        whole = pygame.Surface(self.size)
        self._draw(whole)
        pygame.transform.smoothscale(whole, surface.get_size(), surface)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _draw(self, surface: pygame.Surface) -> None:
        if self._stack:
            self._stack[-1].draw(surface)
        if self._old_frame is not None:
            self._old_frame.set_alpha(round(255 * (1.0 - self._fade) ** 2))
            surface.blit(self._old_frame, (0, 0))
        self.badge.draw(surface, self)
        self._last_frame = surface

    def _keep_frame(self) -> None:
        """Keeps the last frame drawn, to fade from it; without one, or with reduced motion, the change is a cut."""
        if self.reduced_motion or self._last_frame is None or self._last_frame.get_size() != self.size:
            self._old_frame, self._fade = None, 1.0
            return
        self._old_frame, self._fade = self._last_frame.copy(), 0.0

    def _speak(self, screen: Screen) -> None:
        """Copies what the focus has come to; on a screen that has just come, all that it says."""
        come = self._spoken[0] is not screen
        said = screen.spoken()
        if (come or said != self._spoken[1]) and self.copy_text is not None:
            whole = "\n".join(part for part in (screen.transcript() if come else "", said) if part)
            if whole:
                self.copy_text(whole)
        self._spoken = (screen, said)

    def _renamed(self) -> None:
        for screen in self._stack[-1:]:
            screen.renamed()

    def _tell_pads(self, used: object, there: int) -> None:
        """Says that a pad has come or gone; the screen on top may want to wait for one that was in use."""
        if len(self.pads.pads) > there:
            self.badge.tell(say("app.pad.found", name=list(self.pads.pads.values())[-1].name))
        elif len(self.pads.pads) < there and used is not None and self.pads.last is None:
            self.badge.tell(say("app.pad.lost"))
            if self._stack:
                self._stack[-1].pad_lost()

    def _inside(self, pos: tuple[int, int]) -> Point:
        """A position of the window in stage pixels; they differ while a change of size settles, or in a tiny window."""
        return (pos[0] * self.size[0] / self._window[0], pos[1] * self.size[1] / self._window[1])

    def _arrive(self) -> None:
        screen = self._stack[-1]
        screen.stage = self
        self._hands.let_go()
        screen.enter()
        if self._stack and self._stack[-1] is screen:
            screen.layout(self.size)
