"""The demo: a life played through the real window, loop and screens, with no display and nobody at the keys.

Every step is a key press that goes the way of all key presses.  Background work is done on the spot and time passes in
ticks, so the same level, policy and seed leave the same files, byte for byte.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pygame

from game.app import flow
from game.app.action import Action, keys_of
from game.app.jobs import Jobs
from game.app.screen import Screen
from game.app.screens.debrief import DebriefScreen
from game.app.screens.drive import DriveScreen
from game.app.screens.levels import ContentNoteScreen, LevelsScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.title import TitleScreen
from game.app.screens.write_light import WriteLightScreen
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.widgets import Widget
from game.app.window import Window
from game.files import run_of, write_run
from game.files.shelf import HOME_VARIABLE
from game.model import Level
from game.policies import named_policy
from game.policy import Policy, wants_look
from game.session import Bets, Session
from game.transcript import transcript
from game.words import say

Shown = TypeVar("Shown", bound=Screen)

_SIZE = (1280, 720)
_TICKS = 6  # ticks between two frames
_PATIENCE = 60 * 600  # ticks after which something that should have come has not
_PICTURES_OF_THE_DRIVE = 4


class Stuck(RuntimeError):
    """The screens did not go where the demo led them."""


class Rehearsal:
    """A person of few words: presses keys on a window, waits, and takes pictures into ``out``."""

    def __init__(self, stage: Stage, window: Window, out: Path) -> None:
        self.stage, self.window, self.out = stage, window, out
        self.pictures = 0

    def press(self, action: Action) -> None:
        """Presses and lets go of the first key of an action, as the desktop would tell it."""
        key, modifiers = keys_of(action)[0]
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.event.Event(kind, key=key, mod=modifiers, unicode=""))
        self.window.turn(self.stage, 1)

    def write(self, text: str) -> None:
        """Types a text."""
        for char in text:
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=ord(char), mod=0, unicode=char))
            pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=char))
            pygame.event.post(pygame.event.Event(pygame.KEYUP, key=ord(char), mod=0, unicode=char))
            self.window.turn(self.stage, 1)

    def wait(self, ticks: int) -> None:
        """Lets ticks pass, drawing a frame now and then."""
        while ticks > 0:
            self.window.turn(self.stage, min(ticks, _TICKS))
            ticks -= _TICKS

    def picture(self, name: str) -> None:
        """Keeps what the window shows as the next picture."""
        self.window.turn(self.stage, 0)
        surface = pygame.display.get_surface()
        assert surface is not None
        self.pictures += 1
        pygame.image.save(surface, self.out / f"{self.pictures:02}_{name}.png")


def run_demo(level: Level, policy_name: str, seed: int, out: Path) -> int:
    """Plays a life of a policy on a level in the water of ``seed``; returns the exit status, 0.

    Leaves in ``out`` a picture of every screen, the run file and ``transcript.txt``.  Raises UnknownPolicy, TooLarge
    for a policy that needs a treasure map where there is none, and OSError.
    """
    from game.solver import Problem, naive_plan

    out.mkdir(parents=True, exist_ok=True)
    problem = Problem(level, level.weights())
    policy = named_policy(policy_name, problem)
    # The bet is that of somebody who thinks the water will stay as it is.
    naive = naive_plan(problem)
    bets = Bets(naive.lanes or None, float(round(naive.value)))
    with no_display(), nobodys_home():
        window = Window(say("app.name"), _SIZE, exact=True)
        stage = Stage(window.size, Settings(), Jobs(in_process=True))
        stage.fresh_seed = lambda: seed
        try:
            session, debrief = _live(Rehearsal(stage, window, out), level, policy, bets)
        finally:
            stage.quit()
    write_run(run_of(session), out)
    told = f"{transcript(session)}\n{debrief}\n"
    (out / "transcript.txt").write_text(told, encoding="utf-8", newline="\n")
    return 0


def _live(hand: Rehearsal, level: Level, policy: Policy, bets: Bets) -> tuple[Session, str]:
    """Goes from the title to the last page of the debrief; the life that was lived, and what the debrief said."""
    stage = hand.stage
    stage.push(TitleScreen())
    hand.wait(180)
    hand.picture("title")
    hand.press(Action.LIST)
    hand.wait(60)
    _expect(stage, LevelsScreen)
    hand.picture("levels")
    flow.go_to_level(stage, level)
    hand.wait(30)
    if isinstance(stage.screen, ContentNoteScreen):
        hand.picture("content_note")
        hand.press(Action.CONFIRM)
        hand.wait(30)
    screen = _expect(stage, SetOffScreen)
    hand.wait(30)
    _bet(hand, screen, bets)
    hand.press(Action.HOME)
    hand.wait(30)
    hand.picture("set_off")
    hand.press(Action.SKIP)
    drive = _expect(stage, DriveScreen)
    _drive(hand, drive, policy)
    hand.press(Action.CONFIRM)
    debrief = _expect(stage, DebriefScreen)
    hand.wait(30)
    for number in range(len(debrief.pages)):
        hand.wait(180)
        hand.picture(f"debrief_{debrief.pages[number].name}")
        if number + 1 < len(debrief.pages):
            hand.press(Action.RIGHT)
    return drive.session, debrief.whole_transcript()


def _bet(hand: Rehearsal, screen: SetOffScreen, bets: Bets) -> None:
    """Types an expectation and draws a plan on the map, lane by lane."""
    _focus(hand, screen, screen.number)
    if bets.expectation is not None:
        hand.write(f"{bets.expectation:.0f}")
    _focus(hand, screen, screen.map)
    for wanted in bets.plan or ():
        for _ in screen.draft.open_lanes:
            pointed = screen.map.pointed()
            if pointed is not None and pointed.id == wanted:
                break
            hand.press(Action.RIGHT)
        hand.press(Action.CONFIRM)
    if screen.bets != bets:
        raise Stuck(f"the bets are {screen.bets} where they should be {bets}")


def _focus(hand: Rehearsal, screen: SetOffScreen, widget: Widget) -> None:
    """Goes from one widget to the next until the focus is on the one that is wanted.  Raises Stuck."""
    for _ in range(100):
        if screen.focused is widget:
            return
        hand.press(Action.NEXT)
    raise Stuck(f"the focus never comes to {widget.says()!r}")


def _drive(hand: Rehearsal, drive: DriveScreen, policy: Policy) -> None:
    """Drives to the end of the years: at every fork the policy's lane, by arrows and Enter."""
    session = drive.session
    years = session.level.years
    due = [round(years * part / _PICTURES_OF_THE_DRIVE) for part in range(_PICTURES_OF_THE_DRIVE)]
    _until(hand, lambda: drive.voyage is not None)
    voyage = drive.voyage
    assert voyage is not None
    hand.wait(60)
    while True:
        _until(hand, lambda: voyage.choosing or voyage.resting)
        hand.wait(_TICKS)
        if isinstance(hand.stage.screen, WriteLightScreen):
            # A policy has the light that it has; it looks out of the window.
            hand.wait(30)
            hand.picture("writing")
            hand.press(Action.BACK)
        if voyage.resting:
            hand.wait(90)
            hand.picture("drive_rest")
            return
        year = session.life.year
        shown = bool(due) and year >= due[0]
        if wants_look(session.level, policy, session.life):
            hand.press(Action.LOOK)
            hand.wait(40)
            hand.picture(f"drive_look_{year:02}")
        wanted = policy.choose(session.life)
        for _ in range(len(session.open_lanes) + 1):
            if drive.focus == wanted:
                break
            hand.press(Action.RIGHT)
        if shown:
            due = [later for later in due if later > year]
            hand.wait(40)
            hand.picture(f"drive_year_{year:02}")
        hand.press(Action.CONFIRM)
        if session.life.lanes[-1:] != (wanted,):
            raise Stuck(f"the drive did not take lane {wanted!r} in year {year}")
        if shown:
            hand.wait(40)
            hand.picture(f"drive_year_{year:02}_on_the_way")
        if not voyage.choosing and not voyage.resting:
            hand.press(Action.SKIP)


def _until(hand: Rehearsal, come: Callable[[], bool]) -> None:
    """Waits until something has come.  Raises Stuck when it does not."""
    waited = 0
    while not come():
        hand.wait(_TICKS)
        waited += _TICKS
        if waited > _PATIENCE:
            raise Stuck(f"nothing happens on {type(hand.stage.screen).__name__}")


def _expect(stage: Stage, kind: type[Shown]) -> Shown:
    """The screen on top, which must be of a kind.  Raises Stuck."""
    if not isinstance(stage.screen, kind):
        raise Stuck(f"{type(stage.screen).__name__} is shown where {kind.__name__} should be")
    return stage.screen


@contextlib.contextmanager
def no_display() -> Iterator[None]:
    """SDL without a display, as long as this lasts; a display that is open already is left as it is."""
    open_already = pygame.display.get_init()
    before = os.environ.get("SDL_VIDEODRIVER")
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    # Without a window to close, a request to end is for Python to hear and not for SDL.
    os.environ.setdefault("SDL_NO_SIGNAL_HANDLERS", "1")
    try:
        yield
    finally:
        if not open_already:
            pygame.display.quit()
        if before is None:
            del os.environ["SDL_VIDEODRIVER"]
        else:
            os.environ["SDL_VIDEODRIVER"] = before


@contextlib.contextmanager
def nobodys_home() -> Iterator[None]:
    """An empty user folder, as long as this lasts, so that nobody's own levels are in the pictures."""
    before = os.environ.get(HOME_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="water-lanes-") as folder:
        os.environ[HOME_VARIABLE] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[HOME_VARIABLE]
            else:
                os.environ[HOME_VARIABLE] = before
