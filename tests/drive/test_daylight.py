"""The turn of the light: made ready before it comes, and turned so that no frame has to do much of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pygame
import pytest
from driving import NoMap
from small_delta import begun, small_level

from game.app.action import Action
from game.app.draw.chase_view import ChaseView
from game.app.draw.map_view import MapView
from game.app.screen import Screen
from game.app.screens.drive import DriveScreen
from game.app.screens.drive_light import mood_of
from game.app.screens.drive_paper import Written
from game.app.settings import Settings
from game.app.stage import Stage


class Patient(NoMap):
    """Jobs done on the spot, on a drive that takes its time as it does in a window."""

    def __init__(self) -> None:
        super().__init__()
        self.in_process = False

    def submit(self, fn: Callable[..., Any], *args: Any, **how: Any) -> Any:
        self.in_process = True
        try:
            return super().submit(fn, *args, **how)
        finally:
            self.in_process = False


class Counted:
    """How often the methods of some classes are called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.worlds = self.sheets = 0
        for cls in (MapView, ChaseView):
            self._count(monkeypatch, cls, "draw", "worlds")
        self._count(monkeypatch, Written, "_cut_out", "sheets")

    def _count(self, monkeypatch: pytest.MonkeyPatch, cls: type, name: str, what: str) -> None:
        plain = getattr(cls, name)

        def counting(*parts: Any, **named: Any) -> Any:
            setattr(self, what, getattr(self, what) + 1)
            return plain(*parts, **named)

        monkeypatch.setattr(cls, name, counting)


def at_sea(**settings: Any) -> tuple[Stage, DriveScreen]:
    """A drive in a window of its own."""
    stage = Stage((640, 360), Settings(**settings), Patient())
    screen = DriveScreen(begun(small_level()), on_finished=lambda lived: None)
    stage.reset(Screen(), screen)
    assert screen.voyage is not None
    return stage, screen


@pytest.mark.parametrize("chase", [False, True])
def test_the_frames_in_which_the_light_turns_are_short(chase: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the light has turned no tick and its frame draw the world twice behind the boat, nor many sheets."""
    stage, screen = at_sea()
    surface = pygame.Surface(stage.size)
    if chase:
        screen.press(Action.VIEW)
    for _ in range(40):
        stage.update()
        stage.draw(surface)
    screen.hands.choose("over")
    screen.press(Action.CONFIRM)
    screen.press(Action.CONFIRM)
    assert screen.voyage is not None
    screen.voyage.boat = replace(screen.voyage.boat, fraction=0.97)
    counted, turned = Counted(monkeypatch), []
    for _ in range(300):
        counted.worlds = counted.sheets = 0
        before, due = screen.mood, mood_of(screen.voyage)
        stage.update()
        stage.draw(surface)
        if screen.mood != before:
            turned.append((before, screen.mood))
            assert counted.sheets <= 2
        assert counted.worlds == 1 or (not chase and counted.worlds == 2 and screen.mood == before != due)
        if turned:
            break
    assert turned == [("day", "dusk")]
    assert screen._fading.picture is not None


def test_a_light_that_is_never_ready_comes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something is never ready, the light turns after a while without it."""
    stage, screen = at_sea()
    monkeypatch.setattr(screen._ahead, "ready", lambda key, begin: False)
    surface = pygame.Surface(stage.size)
    screen.hands.choose("over")
    screen.press(Action.SKIP)
    assert screen.voyage is not None
    assert mood_of(screen.voyage) == "dusk"
    for _ in range(400):
        stage.update()
        stage.draw(surface)
    assert screen.mood == "dusk"
    assert screen.view is not None
    assert screen.view.palette.name == screen.chase.view.palette.name == "dusk"


def test_a_palette_of_ones_own_does_not_turn() -> None:
    """Where the palette is one's own choice, dusk comes without any picture fading."""
    stage, screen = at_sea(palette="rose")
    screen.hands.choose("over")
    screen.press(Action.SKIP)
    stage.update()
    assert screen.mood == "dusk"
    assert screen._fading.picture is None
