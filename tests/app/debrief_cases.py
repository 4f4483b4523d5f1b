"""Finished lives for the tests of the debrief's screens, each with what makes a page hard to draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pygame
from known_levels import MOUTH, golden

from game.app.jobs import Job
from game.app.screens.debrief import DebriefScreen
from game.app.stage import Stage
from game.files import level_from_text
from game.model import Level
from game.session import Bets, Session
from game.solver import Solution, solve

ONE_LANE = """
format = 1
title = "One lane"
years = 1
start = "here"
[places.here]
[places.there]
[[lanes]]
name = "The only way"
from = "here"
to = "there"
light = 2
"""

NOTHING_FITS = """
format = 1
title = "Too long a way"
years = 2
start = "here"
[places.here]
[places.there]
[[lanes]]
from = "here"
to = "there"
years = 3
light = 2
"""

RIVERS = """
format = 1
title = "Rivers"
years = {years}
start = "fork"
[currents.left]
states = ["dry", "flow"]
start = "flow"
shift = [[0.7, 0.3], [0.5, 0.5]]
[currents.right]
states = ["dry", "flow"]
shift = [[0.7, 0.3], [0.5, 0.5]]
[places.fork]
label = "{place}"
[[lanes]]
id = "left"
name = "{name} on the left"
from = "fork"
to = "fork"
current = "left"
light = [{low}, {high}]
[[lanes]]
id = "right"
name = "{name} on the right"
from = "fork"
to = "fork"
years = {long}
current = "right"
light = [{low}, {higher}]
"""


def rivers(
    low: float = 0,
    high: float = 4,
    higher: float = 5,
    years: int = 6,
    long: int = 1,
    name: str = "Down",
    place: str = "F",
) -> str:
    """Two rivers past one place, with the light of dry and flowing water."""
    return RIVERS.format(low=low, high=high, higher=higher, years=years, long=long, name=name, place=place)


@dataclass(frozen=True)
class Case:
    """A level, how it is solved, and the bets of the life that is lived in it."""

    level: Level
    solving: tuple[tuple[str, int], ...] = ()
    expectation: float | None = None
    plan: bool = False
    brightest: bool = True
    looks: bool = False
    seed: int = 5


CASES: dict[str, Callable[[], Case]] = {
    "grad": lambda: Case(golden("grad"), expectation=31.5, plan=True, brightest=False),
    "mouth": lambda: Case(MOUTH, looks=True, seed=2),
    "tie": lambda: Case(golden("still")),
    "one lane": lambda: Case(level_from_text(ONE_LANE)),
    "nothing fits": lambda: Case(level_from_text(NOTHING_FITS)),
    "negative": lambda: Case(level_from_text(rivers(-9, -4.5, -2)), expectation=-12.0, plan=True),
    "huge": lambda: Case(level_from_text(rivers(-1e6, 1e6, 999_999.5, years=40, long=3)), (("plan_limit", 50),), 1e8),
    "tiny": lambda: Case(level_from_text(rivers(1e-5, 3e-5, 2e-5))),
    "long names": lambda: Case(
        level_from_text(
            rivers(years=12, long=2, name="The long and winding way between the hills", place="Llanfairpwllgwyngyll")
        ),
        brightest=False,
    ),
    "sampled": lambda: Case(
        level_from_text(rivers(years=12, long=2)), (("memory_limit", 0), ("plan_limit", 20)), brightest=False
    ),
}
"""The cases by name."""


@cache
def lived(name: str) -> tuple[Session, Solution]:
    """The finished life of a case, in the water of seed 5 or its own, and the solution of its level."""
    case = CASES[name]()
    level = case.level
    weights = level.weights()
    solution = solve(level, weights, hindsight_samples=200, **dict(case.solving))  # type: ignore[arg-type]
    plan = solution.best_plan.lanes if case.plan else None
    session = Session(level, case.seed, level.default_value_function, weights, Bets(plan, case.expectation))
    while not session.finished:
        lanes = session.open_lanes
        if case.looks and session.may_look:
            session.look()
        session.choose((max(lanes, key=session.brightness) if case.brightest else lanes[-1]).id)
    return session, solution


def done(result: Any) -> Job[Any]:
    """A job that has ended well."""
    job: Job[Any] = Job(lambda: None, (), None)
    job._end(result=result)
    return job


def failed(error: Exception) -> Job[Any]:
    """A job that has ended with an error."""
    job: Job[Any] = Job(lambda: None, (), None)
    job._end(error=error)
    return job


def shown(stage: Stage, name: str) -> DebriefScreen:
    """The debrief of a case on a stage."""
    session, solution = lived(name)
    screen = DebriefScreen(session, done(solution))
    stage.reset(screen)
    return screen


class Recorder(pygame.Surface):
    """A surface that remembers which texts were written on it, and where."""

    def __init__(self, size: tuple[int, int], texts: dict[int, str]) -> None:
        super().__init__(size)
        self.texts = texts
        self.written: list[tuple[str, pygame.Rect]] = []

    def blit(self, source: pygame.Surface, dest: Any = (0, 0), *rest: Any, **named: Any) -> pygame.Rect:
        """Blits, and takes down the text if it is one."""
        if id(source) in self.texts:
            at = dest.topleft if isinstance(dest, pygame.Rect) else dest
            where = pygame.Rect((round(at[0]), round(at[1])), source.get_size())
            self.written.append((self.texts[id(source)], where))
        return super().blit(source, dest, *rest, **named)


def written_on(stage: Stage, screen: DebriefScreen) -> list[tuple[str, pygame.Rect]]:
    """The texts of the page turned up, drawn at its full height, with the rectangle each fills."""
    texts: dict[int, str] = {}
    kept = []
    render = stage.type.render

    def remembered(text: str, *rest: Any, **named: Any) -> pygame.Surface:
        surface = render(text, *rest, **named)
        texts[id(surface)] = text
        kept.append(surface)
        return surface

    stage.type.render = remembered  # type: ignore[method-assign]
    try:
        page, rect = screen.page, screen.page.rect.copy()
        page.place(stage, rect)
        rect.height += page.most
        page.place(stage, rect)
        surface = Recorder((stage.size[0], rect.height), texts)
        page.draw_children(surface, stage, None)
    finally:
        stage.type.render = render  # type: ignore[method-assign]
    return surface.written
