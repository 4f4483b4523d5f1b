"""How long frames of the chase take: ``python tests/bench/bench_chase.py [LEVEL]``, without a display.

Prints a small table: milliseconds for the median frame and the 99th percentile, with four ghosts, at 1280×720, for each
tier of the floor.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from bench_frames import SIZE, timed

from game.app.draw.chase_frame import ChaseFrame, Pose
from game.app.draw.chase_tier import TIERS
from game.app.draw.chase_view import ChaseView
from game.app.draw.map_frame import BoatMark, LaneMark, MapFrame, Seen
from game.app.draw.palette import PALETTES
from game.app.draw.type import Type
from game.files import read_level
from game.geography import lay_out
from game.house import shipped_levels
from game.model import Level


def frame_of(level: Level, view: ChaseView, time_: float, turn: float) -> ChaseFrame:
    """A frame of a drive along one lane after another: four ghosts ahead, mouths with keys, a plan, the minimap."""
    lanes = [lane.id for lane in level.lanes]
    waters = [
        {lane: Seen([0.0, 1 / 3, 2 / 3, 1.0][(k + shift) % 4]) for k, lane in enumerate(lanes)} for shift in (3, 0)
    ]
    lane = level.lanes[int(time_ / 2.5) * 5 % len(lanes)]
    way = (time_ / 2.5) % 1.0
    channel, leaving = view.geo.channels[lane.id], level.lanes_from[lane.head]
    ghosts = [
        BoatMark(lane.id, None, min(1.0, way + 0.1 * (k + 1)), (-0.6, 0.6, -0.2, 0.3)[k], "ghost", f"Ghost {k}")
        for k in range(4)
    ]
    seen = MapFrame(
        time=time_,
        water=waters[0],
        water_before=waters[1],
        year_turn=turn,
        lanes={each.id: LaneMark(str(k + 1), focused=k == 0) for k, each in enumerate(leaving[:9])},
        place=lane.head,
        boats=(*ghosts, BoatMark(lane.id, None, way)),
        plan=(lane.id,),
    )
    pose = Pose(*channel.at(way), channel.heading(way), bank=0.3)
    mouths = tuple(each.id for each in leaving)
    return ChaseFrame(seen, pose, mouths, pace=0.9, minimap=(1170, 162, 88))


def main(file: Path) -> None:
    """Print the table for one level."""
    pygame.display.init()
    screen = pygame.display.set_mode(SIZE)
    level = read_level(file)
    geo = lay_out(level)
    view = ChaseView(level, geo, PALETTES["day"], Type(), SIZE)
    begun = time.perf_counter()
    world = view.bake()
    print(f"{level.title}: {len(level.places)} places, {len(level.lanes)} lanes, {SIZE[0]}×{SIZE[1]}, one process")
    print(f"  baked in {(time.perf_counter() - begun) * 1000:.0f} ms, texture {world.texture.shape}")
    print(f"  {'':34}{'median':>8}{'p99':>8}   ms")
    print("  {:34}{:8.2f}{:8.2f}".format(
        "before it is baked", *timed(lambda at: view.draw(screen, frame_of(level, view, at, 1.0)), 200)
    ))  # fmt: skip
    view.use(world)
    for tier, part in enumerate(TIERS):
        view.tier = tier
        for name, turn in ((f"floor at {part:.0%}", 1.0), (f"floor at {part:.0%}, the year turning", 0.5)):

            def draw(at: float, turn: float = turn) -> None:
                view.draw(screen, frame_of(level, view, at, turn))

            print("  {:34}{:8.2f}{:8.2f}".format(name, *timed(draw)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_levels() / "02_twenty_years.toml")
