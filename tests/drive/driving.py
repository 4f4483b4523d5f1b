"""A drive on a stage of its own, with a landscape only where a test looks at it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pygame

from game.app.action import Action
from game.app.atlas import chase_of, world_of
from game.app.jobs import Job, Jobs
from game.app.screen import Screen
from game.app.screens.drive import DriveScreen
from game.app.settings import Settings
from game.app.stage import Stage
from game.session import Session


class NoMap(Jobs):
    """Does everything on the spot except painting the map, and the chase's world only when ``chase`` says so."""

    def __init__(self, chase: bool = False) -> None:
        super().__init__(in_process=True)
        self.chase = chase

    def submit(self, fn: Callable[..., Any], *args: Any, **how: Any) -> Job[Any]:
        if fn is world_of or (fn is chase_of and not self.chase):
            return Job(fn, args, None)
        return super().submit(fn, *args, **how)


class Drive:
    """A drive on a stage of its own, with hands that press and point."""

    def __init__(self, session: Session, size: tuple[int, int] = (1280, 720), **how: Any) -> None:
        settings = how.pop("settings", Settings())
        self.finished: list[Session] = []
        self.stage = Stage(size, settings, NoMap())
        self.screen = DriveScreen(session, on_finished=self.finished.append, **how)
        self.session = session
        self.stage.reset(Screen(), self.screen)
        assert self.screen.voyage is not None
        self.voyage = self.screen.voyage

    def press(self, *actions: Action) -> Drive:
        for action in actions:
            assert self.stage.screen is not None
            self.stage.screen.press(action)
        return self

    def wait(self, ticks: int = 1) -> Drive:
        for _ in range(ticks):
            self.stage.update()
        return self

    def arrive(self) -> Drive:
        for _ in range(20_000):
            if self.voyage.leg is None:
                return self
            self.wait()
        raise AssertionError("the lane has no end")

    def picture(self) -> pygame.Surface:
        surface = pygame.Surface(self.stage.size)
        self.stage.draw(surface)
        return surface

    def pixels(self) -> bytes:
        return pygame.image.tobytes(self.picture(), "RGB")

    def click(self, pos: tuple[float, float]) -> Drive:
        screen = self.stage.screen
        assert screen is not None
        for kind in ("move", "down", "up"):
            screen.pointer(kind, pos, 0 if kind == "move" else 1)  # type: ignore[arg-type]
        return self

    def spot_of(self, target: object) -> tuple[int, int]:
        """A point on the paper where a press means ``target``."""
        width, height = self.stage.size
        showing = self.screen.showing()
        for y in range(2, height, 6):
            for x in range(2, width, 8):
                if self.screen.hud.target_at(showing, (x, y)) == target:
                    return x, y
        raise AssertionError(f"{target!r} is nowhere on the paper")


class Solved:
    """A finished job with a plan, and a policy that stands in for the solver's."""

    def __init__(self, plan: tuple[str, ...], problem: object) -> None:
        self.done = True
        self.error: Exception | None = None
        self.result: SimpleNamespace | None = SimpleNamespace(best_plan=SimpleNamespace(lanes=plan), problem=problem)
