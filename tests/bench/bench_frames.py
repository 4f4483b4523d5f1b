"""How long frames of the map take: ``python tests/bench/bench_frames.py [LEVEL | --large]``, without a display.

``--large`` looks at a level of 500 places and 2,000 lanes.  Prints a small table: milliseconds for the median frame and
the 99th percentile, with three ghosts, at 1280×720.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.app.draw.backdrop import Backdrop
from game.app.draw.map_frame import BoatMark, Camera, LaneMark, MapFrame, Seen
from game.app.draw.map_view import MapView, thumbnail
from game.app.draw.palette import PALETTES
from game.app.draw.type import Type
from game.files import read_level
from game.geography import lay_out
from game.house import shipped_levels
from game.model import Level

SIZE = (1280, 720)
FRAMES = 600
_KNOWN: dict[int, tuple[list[str], list[dict[str, Seen]]]] = {}


def frame_of(level: Level, view: MapView, time_: float, zoom: float, turn: float) -> MapFrame:
    """A frame of a drive: the player, three ghosts, keys at a fork, a plan, a trail, all the water moving."""
    lanes, waters = _waters(level)
    way = (time_ / 9) % 1.0
    boats = [BoatMark(lane=lanes[len(lanes) // 2], fraction=way)]
    boats += [
        BoatMark(lane=lanes[k * 5 % len(lanes)], fraction=way, style="ghost", name=f"Ghost {k}") for k in range(3)
    ]
    leaving = level.lanes_from[level.start]
    return MapFrame(
        time=time_,
        water=waters[0],
        water_before=waters[1],
        year_turn=turn,
        lanes={lane.id: LaneMark(str(k + 1), focused=k == 0) for k, lane in enumerate(leaving)},
        place=level.start,
        boats=boats,
        trail=lanes[:3],
        plan=lanes[3:8],
        camera=Camera(view.geo.channels[lanes[len(lanes) // 2]].at(way), zoom),
    )


def _waters(level: Level) -> tuple[list[str], list[dict[str, Seen]]]:
    """The lanes of a level and the water of two years; the same for every frame, as it is in the game."""
    if id(level) not in _KNOWN:
        lanes = [lane.id for lane in level.lanes]
        _KNOWN[id(level)] = (
            lanes,
            [
                {lane: Seen([0.0, 1 / 3, 2 / 3, 1.0][(k + shift) % 4]) for k, lane in enumerate(lanes)}
                for shift in (0, 1)
            ],
        )
    return _KNOWN[id(level)]


def timed(draw: Callable[[float], None], frames: int = FRAMES) -> tuple[float, float]:
    """Median and 99th percentile of a drawing in milliseconds, a little time apart, after a few frames to warm up."""
    taken = []
    for k in range(frames + 10):
        begun = time.perf_counter()
        draw(2.0 + k / 60)
        taken.append((time.perf_counter() - begun) * 1000)
    taken = sorted(taken[10:])
    return statistics.median(taken), taken[int(len(taken) * 0.99)]


def main(level: Level) -> None:
    """Print the table for one level."""
    pygame.display.init()
    screen = pygame.display.set_mode(SIZE)
    begun = time.perf_counter()
    geo = lay_out(level)
    laid = time.perf_counter()
    view = MapView(level, geo, PALETTES["day"], Type(), SIZE)
    view.draw(screen, frame_of(level, view, 0.0, 1.0, 1.0))
    plain = time.perf_counter()
    print("  {:34}{:8.2f}{:8.2f}   ms, before it is baked".format(
        "map, plain, following", *timed(lambda at: view.draw(screen, frame_of(level, view, at, 1.0, 1.0)), 200)
    ))  # fmt: skip
    begun_baking = time.perf_counter()
    world = view.bake()
    baked = plain + time.perf_counter() - begun_baking
    print(f"{level.title}: {len(level.places)} places, {len(level.lanes)} lanes, {SIZE[0]}×{SIZE[1]}, one process")
    print(f"  laid out in {(laid - begun) * 1000:.0f} ms, first plain frame {(plain - laid) * 1000:.0f} ms,", end=" ")
    print(f"baked in {(baked - plain) * 1000:.0f} ms")
    print(f"  {'':34}{'median':>8}{'p99':>8}   ms")
    close = view.close_zoom
    cases = [
        ("map, whole", "day", 1.0, 1.0), ("map, whole, at dusk", "dusk", 1.0, 1.0),
        ("map, whole, the year turning", "day", 1.0, 0.5), ("map, close by, following", "day", close, 1.0),
        ("map, between the two, zooming", "day", (1 + close) / 2, 1.0),
    ]  # fmt: skip
    for name, palette, zoom, turn in cases:
        shown = MapView(level, geo, PALETTES[palette], Type(), SIZE)
        shown.use(world)

        def draw(at: float, shown: MapView = shown, zoom: float = zoom, turn: float = turn) -> None:
            shown.draw(screen, frame_of(level, shown, at, zoom, turn))

        print("  {:34}{:8.2f}{:8.2f}".format(name, *timed(draw)))
    backdrop = Backdrop(SIZE, PALETTES["rose"])
    print("  {:34}{:8.2f}{:8.2f}".format("backdrop", *timed(lambda at: backdrop.draw(screen, at))))
    print("  {:34}{:8.2f}{:8.2f}".format(
        "thumbnail, 320×180", *timed(lambda at: thumbnail(level, geo, PALETTES["day"], (320, 180)), 20)
    ))  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:] == ["--large"]:
        sys.path.append(str(Path(__file__).resolve().parents[1] / "draw"))
        from worlds import scattered

        main(scattered(500, 2000))
    else:
        main(read_level(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_levels() / "02_twenty_years.toml"))
