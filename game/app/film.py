"""The film: a scripted life through the real screens, frame by frame, the same every time.

Seven scenes: the title, a fork, years that pass, a surge, a ghost that goes another way, a lane that dries up under the
boat, and what became of it all.  What happens is not drawn for the film: a life is lived in the water of a seed, the
scenes are looked up in its record, and each is played by the screens themselves.  Time passes in ticks, so the same
level, policy and seed give the same frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.app import flow
from game.app.action import Action
from game.app.demo import no_display, nobodys_home
from game.app.draw.panel import draw_panel
from game.app.jobs import Jobs
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.the_treasure_map import TreasureMapPage
from game.app.screens.drive import DriveScreen
from game.app.screens.drive_voyage import Mode
from game.app.screens.title import TitleScreen
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.window import prepare_display
from game.model import Level, open_lanes
from game.policies import named_policy
from game.session import Session
from game.simulate import Leg, Record
from game.words import say

RATE = 15
"""Frames a second; each stands for whole ticks."""

SIZE = (1280, 720)
_GHOST = "step_by_step"
_LEAD_IN = 0.35  # seconds of the way to a scene that are left out of its picture


@dataclass(frozen=True)
class Plot:
    """Where in a life the scenes lie: the number of the decision each begins with, None where there is no such one."""

    fork: int | None
    surge: int | None
    drying: int | None
    parting: int | None


def plot_of(session: Session, ghost: Record) -> Plot:
    """The scenes of a finished life beside a ghost's: the first fork, the fullest lane, the one that loses most water,
    and the place where both are in the same year and part for the most different waters."""
    legs = session.record.legs
    water = [_wetness(session, leg) for leg in legs]
    numbers = range(len(legs))
    forks = [k for k in numbers if len(open_lanes(session.level, legs[k].before)) > 1]
    losing = [max(0.0, w[0] - min(w)) + 0.01 * (1.0 - min(w)) for w in water]
    there = {(leg.before.year, leg.before.place): leg for leg in ghost.legs}
    apart: dict[int, float] = {}
    for k in numbers:
        other = there.get((legs[k].before.year, legs[k].before.place))
        if other is not None and other.lane != legs[k].lane:
            apart[k] = max(_wetness(session, other)) - max(water[k])
    return Plot(
        fork=forks[0] if forks else None,
        surge=max(numbers, key=lambda k: (sum(water[k]) / len(water[k]), len(water[k]), -k), default=None),
        drying=max(numbers, key=lambda k: (losing[k], -k), default=None),
        parting=max(apart, key=lambda k: (apart[k], -k), default=None),
    )


def _wetness(session: Session, leg: Leg) -> list[float]:
    """How wet each year of a leg was, 0 to 1; half where the water never changes."""
    level, current = session.level, session.level.lane(leg.lane).current
    if current is None:
        return [0.5] * len(leg.years)
    known = level.currents[level.current_index[current]]
    return [0.5 if spent.state is None else known.wetness(spent.state) for spent in leg.years]


class Scene(DriveScreen):
    """The drive without its papers, under a caption."""

    caption = ""

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the world, what floats over it, and the caption."""
        if self.voyage is None or self.view is None:
            super().draw(surface)
            return
        self.draw_water(surface)
        caption(surface, self.stage, self.caption)


def caption(surface: pygame.Surface, stage: Stage, text: str) -> None:
    """Writes a caption on a strip of paper at the foot of a picture."""
    if not text:
        return
    type_, palette, pad = stage.type, stage.palette, stage.em(26)
    picture = type_.render(text, 34, palette.ink, 600)
    place = pygame.Rect(0, 0, picture.get_width() + 2 * pad, picture.get_height() + stage.em(18))
    place.midbottom = (surface.get_width() // 2, surface.get_height() - stage.px(34))
    draw_panel(surface, place, palette, place.height // 2)
    surface.blit(picture, picture.get_rect(center=place.center))


class Camera:
    """Takes frames of a stage into a folder, ``rate`` a second."""

    def __init__(self, stage: Stage, out: Path, rate: int) -> None:
        self.stage, self.out = stage, out
        self.frames = 0
        self._ticks = max(1, round(60 / rate))
        self._surface = pygame.Surface(stage.size)

    def shoot(self, seconds: float, text: str = "", until: Callable[[], bool] = lambda: False) -> None:
        """Lets time pass and takes its frames, under a caption, until it is over or something has come."""
        for _ in range(max(1, round(seconds * 60 / self._ticks))):
            self.pass_ticks(self._ticks)
            self.stage.draw(self._surface)
            caption(self._surface, self.stage, text)
            self.frames += 1
            pygame.image.save(self._surface, self.out / f"{self.frames:04}.png")
            if until():
                return

    def pass_ticks(self, ticks: int) -> None:
        """Lets time pass without a frame."""
        for _ in range(ticks):
            self.stage.update()


def run_film(
    level: Level,
    policy: str,
    seed: int,
    out: Path,
    *,
    rate: int = RATE,
    size: tuple[int, int] = SIZE,
    pace: float = 1.0,
) -> int:
    """Films a life of a policy on a level in the water of ``seed``; leaves the frames in ``out`` and returns 0.

    A ``pace`` above 1 makes every scene as many times shorter.  Raises UnknownPolicy, TooLarge for a policy that needs
    a treasure map where there is none, and OSError.
    """
    from game.solver import Problem

    out.mkdir(parents=True, exist_ok=True)
    problem = Problem(level, level.weights())
    lived = _session(level, seed)
    player, beside = named_policy(policy, problem), named_policy(_GHOST, problem)
    while not lived.finished:
        lived.choose(player.choose(lived.life))
    lived.add_ghost(_GHOST, beside)
    with no_display(), nobodys_home():
        prepare_display()
        stage = Stage(size, Settings(), Jobs(in_process=True))
        try:
            camera = Camera(stage, out, rate)
            for shoot in _scenes(stage, lived):
                shoot(camera, 1.0 / pace)
        finally:
            stage.quit()
    return 0


Shoot = Callable[[Camera, float], None]


def _scenes(stage: Stage, lived: Session) -> Iterator[Shoot]:
    plot = plot_of(lived, lived.ghosts[0].record)
    yield lambda camera, part: _title(camera, part)
    if plot.fork is not None:
        fork = plot.fork
        yield lambda camera, part: _fork(camera, part, lived, fork)
        yield lambda camera, part: _years(camera, part, lived)
    later = sorted(
        (k, name)
        for k, name in ((plot.surge, "surge"), (plot.drying, "drying"), (plot.parting, "parting"))
        if k is not None
    )
    for k, name in later:
        yield lambda camera, part, k=k, name=name: _water(camera, part, lived, k, name)  # type: ignore[misc]
    yield lambda camera, part: _debrief(camera, part, lived)


def _session(level: Level, seed: int) -> Session:
    return Session(level, seed, level.default_value_function, level.weights())


def _title(camera: Camera, part: float) -> None:
    camera.stage.push(TitleScreen())
    camera.pass_ticks(150)
    camera.shoot(1.8 * part)


def _begun(camera: Camera, lived: Session, decisions: int, script: tuple[str, ...] | None = None) -> Scene:
    """The drive of the same life before one of its decisions, or a replay of it, its ghost on the water."""
    session = _session(lived.level, lived.seed)
    session.ghosts = list(lived.ghosts)
    for lane in lived.record.lanes[:decisions]:
        session.choose(lane)
    scene = Scene(session, script=script)
    camera.stage.reset(scene)
    for _ in range(600):
        if scene.voyage is not None and scene.view is not None and scene.view.baked:
            break
        camera.pass_ticks(1)
    return scene


def _fork(camera: Camera, part: float, lived: Session, k: int) -> None:
    """At the fork the lanes are looked at one after another, from behind the boat, and one is taken."""
    scene = _begun(camera, lived, k)
    scene.caption = say("film.fork")
    scene.press(Action.VIEW)
    camera.pass_ticks(60)
    camera.shoot(0.5 * part)
    wanted = lived.record.lanes[k]
    for _ in range(len(scene.session.open_lanes) + 1):
        scene.press(Action.RIGHT)
        camera.shoot(0.7 * part)
        if scene.focus == wanted:
            break
    _take(scene, wanted)
    camera.shoot(1.3 * part)


def _years(camera: Camera, part: float, lived: Session) -> None:
    """The life goes on from above, four times as fast, and the water shifts around it."""
    scene = _begun(camera, lived, 0, script=lived.record.lanes)
    scene.caption = say("film.years")
    scene.press(Action.HOME)
    assert scene.voyage is not None
    scene.voyage.pace = 4.0
    scene.voyage.seek(1.0)
    camera.pass_ticks(80)
    camera.shoot(3.6 * part)


def _water(camera: Camera, part: float, lived: Session, k: int, name: str) -> None:
    """A lane of the life, from behind the boat; where ways part, from above as well."""
    scene = _begun(camera, lived, k)
    scene.caption = say(f"film.{name}")
    above = name == "parting"
    scene.press(Action.HOME if above else Action.VIEW)
    camera.pass_ticks(100)
    if above:
        camera.shoot(0.5 * part)
    _take(scene, lived.record.lanes[k])
    assert scene.voyage is not None
    voyage, leg = scene.voyage, lived.record.legs[k]
    if name == "drying":
        # So that the year in which the water goes lies in the middle of the scene.
        water = _wetness(lived, leg)
        change = max(1, water.index(min(water))) if len(water) > 1 else 0
        start = max(0.0, change - 0.55)
        for _ in range(3000):
            if voyage.leg is None or voyage.time >= leg.before.year + start:
                break
            camera.pass_ticks(1)
    else:
        camera.pass_ticks(round(60 * _LEAD_IN))
    camera.shoot((2.6 if above else 2.4) * part, until=lambda: voyage.leg is None)


def _take(scene: Scene, lane: str) -> None:
    assert scene.voyage is not None
    scene.voyage.mode = Mode.DRIVE
    scene.hands.choose(lane)


def _debrief(camera: Camera, part: float, lived: Session) -> None:
    """What looking up was worth, the treasure map through its years, and what the whole is about."""
    stage = camera.stage
    job = flow.solution_of(stage, lived.level, lived.weights)
    screen = DebriefScreen(lived, job)
    stage.reset(screen)
    camera.pass_ticks(20)
    names = [page.name for page in screen.pages]
    screen.turn_to(names.index("ladder"))
    camera.shoot(2.0 * part)
    screen.turn_to(names.index("treasure"))
    page = screen.page
    if isinstance(page, TreasureMapPage):
        camera.pass_ticks(60)
        last = page.rail.items - 1
        for step in range(8):
            page.rail.look(round(last * step / 8))
            camera.shoot(0.25 * part)
    camera.shoot(1.2 * part, say("film.end"))
