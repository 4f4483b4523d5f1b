"""How the whole game runs: ``python tests/bench/bench_play.py [LEVEL]``, without a display, at 1280×720.

Prints how long a start takes from the process to the first frame and to the title, what an idle menu costs, how long a
key takes to be seen, the frames of a life driven in both views with four ghosts and all the paper (everything between
two flips but the sleeping), and the memory the process took.  Each part runs in a process of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

PARTS = ("start", "menu", "keys", "map", "chase")
BEGUN = "WATER_LANES_BENCH_BEGUN"
SECONDS = 12.0
GHOSTS = ("best_plan", "step_by_step", "replan_2", "replan_5")
Moment = tuple[float, float]


def start(_: Path) -> None:
    """From the start of the process to the first frame, and to the title with its level and its map."""
    import pygame

    from game.app import play

    begun, flip = float(os.environ[BEGUN]), pygame.display.flip
    seen: list[Moment] = []

    def now() -> Moment:
        return (time.time() - begun) * 1000, time.process_time() * 1000

    def flipped() -> None:
        flip()
        seen.append(now())
        if mapped or seen[-1][0] > 60_000:
            pygame.event.post(pygame.event.Event(pygame.QUIT))

    pygame.display.flip = flipped
    from game.app.screens import title

    named: list[Moment] = []
    mapped: list[Moment] = []
    update = title.TitleScreen.update

    def updated(screen: title.TitleScreen, dt: float) -> None:
        update(screen, dt)
        if screen.level_name.text_ and not named:
            named.append(now())
        if screen._view is not None and not mapped:
            mapped.append(now())

    title.TitleScreen.update = updated  # type: ignore[method-assign]
    play.run()
    print("from the start of the process, by the clock and of the processor:")
    parts = (("the title, its keys answer", seen), ("… with its level", named), ("… with its map", mapped))
    for what, moments in parts:
        print(f"  {what:38} {moments[0][0]:7.0f} ms {moments[0][1]:7.0f} ms")
    print(f"{'memory at its most':40} {_memory():7.0f} MB")


def menu(_: Path) -> None:
    """What a menu costs that nobody touches: the title with its living map, and the list of levels."""
    from game.app.screens.levels import LevelsScreen
    from game.app.screens.settings import SettingsScreen
    from game.app.screens.title import TitleScreen

    for name, make in (("title, living map", TitleScreen), ("levels", LevelsScreen), ("settings", SettingsScreen)):
        window, stage = _opened()
        if make is SettingsScreen:
            stage.push(LevelsScreen())
        stage.push(make())
        measured: list[tuple[float, float]] = []

        def ticked(measured: list[tuple[float, float]] = measured) -> bool:
            measured.append((time.perf_counter(), time.process_time()))
            return measured[-1][0] - measured[0][0] < SECONDS

        _run(window, stage, ticked)
        early = next(m for m in measured if m[0] - measured[0][0] > SECONDS / 2)
        wall, busy = measured[-1][0] - early[0], measured[-1][1] - early[1]
        print(f"{'idle: ' + name:40} {100 * busy / wall:7.1f} % of a core")


def keys(_: Path) -> None:
    """How long it takes from a key to the end of the flip that shows something else."""
    import pygame

    from game.app.screens.settings import SettingsScreen

    window, stage = _opened(reduced_motion=True)
    stage.push(SettingsScreen())
    flip, posted, waits = pygame.display.flip, [0.0], []
    last = [b""]

    def flipped() -> None:
        flip()
        surface = pygame.display.get_surface()
        assert surface is not None
        now = bytes(surface.get_view("2"))
        if posted[0] and now != last[0]:
            waits.append((time.perf_counter() - posted[0]) * 1000)
            posted[0] = 0.0
        last[0] = now

    pygame.display.flip = flipped

    def press() -> None:
        for k in range(60):
            time.sleep(0.11 + 0.0037 * (k % 9))
            posted[0] = time.perf_counter()
            for kind in (pygame.KEYDOWN, pygame.KEYUP):
                pygame.event.post(pygame.event.Event(kind, key=pygame.K_TAB, mod=0, unicode=""))
        time.sleep(0.2)
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    threading.Timer(1.5, press).start()
    window.run(stage)
    frames = [wait / (1000 / 60) for wait in waits]
    print(
        f"{'from a key to the picture':40} {statistics.median(waits):7.1f} ms median, {max(waits):.1f} ms at most"
        f" ({statistics.median(frames):.2f} and {max(frames):.2f} frames), {len(waits)} keys"
    )


def view_of_map(file: Path) -> None:
    """Frames of the drive on the map."""
    _drive(file, chase=False)


def view_of_chase(file: Path) -> None:
    """Frames of the drive behind the boat."""
    _drive(file, chase=True)


def _drive(file: Path, *, chase: bool) -> None:
    from game.app.action import Action
    from game.app.screens.drive import DriveScreen
    from game.app.screens.drive_voyage import Mode
    from game.files import read_level
    from game.session import Session

    window, stage = _opened(mode="drive", ghosts=GHOSTS)
    level = read_level(file)
    session = Session(level, 5, level.default_value_function, level.weights())
    from game.app import flow

    flow.begin_life(stage, session)
    screen = stage.screen
    assert isinstance(screen, DriveScreen)
    ready: list[float] = []
    frames: list[tuple[float, float]] = []
    turn = window.turn

    def timed(stage: object, ticks: int) -> None:
        wall, busy = time.perf_counter(), time.thread_time()
        turn(stage, ticks)  # type: ignore[arg-type]
        if ready and time.perf_counter() - ready[0] > 1.0:
            frames.append(((time.perf_counter() - wall) * 1000, (time.thread_time() - busy) * 1000))

    window.turn = timed  # type: ignore[method-assign]
    begun = time.perf_counter()

    def ticked() -> bool:
        voyage = screen.voyage
        if voyage is None or screen.view is None:
            return time.perf_counter() - begun < 200
        if not ready:
            whole = screen.view.baked and screen.chase.view.baked and stage.jobs.running == 0
            if (whole and len(screen.scene.ghosts_shown()) >= 4) or time.perf_counter() - begun > 60:
                print(f"{'whole after':40} {time.perf_counter() - begun:7.1f} s")
                ready.append(time.perf_counter())
                if chase:
                    stage.screen.press(Action.VIEW)
            return True
        if voyage.choosing and voyage.mode is Mode.DRIVE:
            screen.press(Action.CONFIRM)
        return not voyage.resting and len(frames) < 60 * 40

    _run(window, stage, ticked)
    name = "chase" if chase else "map"
    years, ghosts = session.life.year, len(screen.scene.ghosts_shown())
    print(f"{name}: {len(frames)} frames, {years} years, {ghosts} ghosts, tier {screen.chase.view.tier}")
    for what, values in (("by the clock", [f[0] for f in frames]), ("of the processor", [f[1] for f in frames])):
        values = sorted(values)
        print(
            f"  {what:38} {statistics.median(values):7.2f} median {values[int(len(values) * 0.99)]:7.2f} p99"
            f" {values[-1]:7.2f} longest, ms"
        )
    print(f"{'memory at its most':40} {_memory():7.0f} MB")


def _opened(**settings: object):  # type: ignore[no-untyped-def]
    from game.app.jobs import Jobs
    from game.app.settings import Settings
    from game.app.sound.deck import Deck
    from game.app.stage import Stage
    from game.app.window import Window
    from game.files import worlds_folder

    window = Window("Water Lanes", (1280, 720), exact=True)
    stage = Stage(window.size, Settings(**settings), Jobs())  # type: ignore[arg-type]
    stage.worlds = worlds_folder()
    stage.sound.deck = Deck()
    return window, stage


def _run(window, stage, ticked: Callable[[], bool]) -> None:  # type: ignore[no-untyped-def]
    """Runs the window until ``ticked`` says that it is enough."""
    update = stage.update

    def updated() -> None:
        update()
        if stage.shown and not ticked():
            stage.running = False

    stage.update = updated
    window.run(stage)


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


RUN: dict[str, Callable[[Path], None]] = {
    "start": start, "menu": menu, "keys": keys, "map": view_of_map, "chase": view_of_chase,
}  # fmt: skip


def main(file: Path, parts: list[str]) -> None:
    """Runs every part in a process of its own, with a home that is empty at first."""
    with tempfile.TemporaryDirectory() as home:
        for part in parts:
            for _ in range(2 if part == "start" else 1):
                environment = os.environ | {"WATER_LANES_HOME": home, BEGUN: repr(time.time())}
                subprocess.run([sys.executable, __file__, "--part", part, str(file)], env=environment, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        RUN[sys.argv[2]](Path(sys.argv[3]))
    else:
        from game.house import shipped_levels

        named = [Path(each) for each in sys.argv[1:] if each not in PARTS]
        wanted = [each for each in sys.argv[1:] if each in PARTS] or list(PARTS)
        main(named[0] if named else shipped_levels() / "02_twenty_years.toml", wanted)
