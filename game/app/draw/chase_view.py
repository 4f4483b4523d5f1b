"""The chase view: the world in perspective behind the boat.

``ChaseView.draw`` is a pure function of the frame and the tier: the same frame gives the same pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pygame

from game.app.draw.chase_bake import ChaseWorld, bake_chase
from game.app.draw.chase_boats import LEANS, TALL, draw_spray, draw_wake, foot, ghost_boat, player_boat, prepare_boats
from game.app.draw.chase_camera import BEHIND, Camera3
from game.app.draw.chase_floor import ChaseFloor
from game.app.draw.chase_frame import ChaseFrame, Pose
from game.app.draw.chase_minimap import Minimap
from game.app.draw.chase_paint import PlainFloor, draw_lane_marks
from game.app.draw.chase_signs import MouthSign, Signs
from game.app.draw.chase_sky import draw_sky, haze_under, prepare_sky
from game.app.draw.chase_sprites import Billboards, Drawn
from game.app.draw.chase_tier import TIERS
from game.app.draw.labels import halo_margin, halo_text
from game.app.draw.map_frame import BoatMark
from game.app.draw.palette import Palette, mix
from game.app.draw.type import Type
from game.app.draw.water import looks_of
from game.app.draw.water_scale import water_width
from game.geography import PLACE_RADIUS, Geography
from game.geography.spacing import BANK_WIDTH
from game.model import Level

__all__ = ["ChaseFrame", "ChaseView", "Pose"]

_LATERAL = 5.0
_GHOST_FARTHEST = 700.0


class ChaseView:
    """The chase view of one level in pictures of one size; plain at once, and whole when its world is baked.

    ``tier`` is how finely the floor is painted, an index into ``TIERS``.
    """

    def __init__(
        self,
        level: Level,
        geo: Geography,
        palette: Palette,
        type_: Type,
        size: tuple[int, int],
        reduced_motion: bool = False,
    ) -> None:
        self.level, self.geo, self.type = level, geo, type_
        self.size = (max(16, int(size[0])), max(16, int(size[1])))
        self.palette, self.reduced_motion = palette, reduced_motion
        self.tier = 0
        self._world: ChaseWorld | None = None
        self._next: tuple[ChaseWorld, Palette, ChaseFloor, Billboards] | None = None
        self._floor: ChaseFloor | None = None
        self._billboards: Billboards | None = None
        self._plain = PlainFloor(geo)
        self._signs = Signs(level, geo, type_)
        self._minimap = Minimap(level, geo)
        self._picture: pygame.Surface | None = None
        self._camera = Camera3(self.size, Pose(0.0, 0.0, 0.0), self.size[0] / 2)
        self._mouths: list[MouthSign] = []

    # --- making it ready ----------------------------------------------------------------------------------------------

    def bake(self) -> ChaseWorld:
        """The baked world of this view: slow."""
        return bake_chase(self.level, self.geo, looks_of(self.level), (self.palette,))

    def use(self, world: ChaseWorld) -> None:
        """Draw the baked world from now on.  Raises ValueError when it is the world of other lanes."""
        if world.lanes != tuple(lane.id for lane in self.level.lanes):
            raise ValueError("this world was baked for another level")
        self._world = world
        self._take()

    def ahead(self, palette: Palette, world: ChaseWorld | None = None) -> Iterator[None]:
        """Get ready, in small steps, to draw a world (that in use, if none is given) in a palette."""
        world = world or self._world
        if world is None:
            return
        unit = self.size[1] / 720
        floor, billboards = ChaseFloor(world, palette), Billboards(world.stands, palette)
        yield from floor.water.prepare(looks_of(self.level))
        yield from billboards.prepare(unit)
        yield from prepare_boats(palette, unit)
        yield from prepare_sky(self._camera, palette)
        yield from self._signs.prepare(palette)
        self._next = (world, palette, floor, billboards)

    def _take(self) -> None:
        """Take what is ready for this world and palette; what is not is made when it is first drawn."""
        self._floor = self._billboards = None
        if self._next is not None and self._next[0] is self._world and self._next[1] == self.palette:
            _, _, self._floor, self._billboards = self._next
            self._next = None

    @property
    def baked(self) -> bool:
        """Whether a baked world is in use."""
        return self._world is not None

    def recolour(self, palette: Palette) -> None:
        """Draw in another palette from now on."""
        if palette != self.palette:
            self.palette = palette
            self._take()

    # --- positions ----------------------------------------------------------------------------------------------------

    def lane_at(self, pos: tuple[float, float]) -> str | None:
        """The lane under a pixel position or named there on a board, as last drawn; None where there is none."""
        for sign in self._mouths:
            if sign.rect.collidepoint(pos):
                return sign.lane
        if pos[1] <= self._camera.horizon + 4:
            return None
        x, y = self._camera.ground(pos)
        best: tuple[float, str] | None = None
        for lane, channel in self.geo.channels.items():
            away = float(np.hypot(channel.points[:, 0] - x, channel.points[:, 1] - y).min())
            if away <= BANK_WIDTH * 0.75 and (best is None or away < best[0]):
                best = (away, lane)
        return best[1] if best else None

    def place_at(self, pos: tuple[float, float]) -> str | None:
        """The place whose disc lies under a pixel position, as last drawn; None where there is none."""
        if pos[1] <= self._camera.horizon + 4 or any(sign.rect.collidepoint(pos) for sign in self._mouths):
            return None
        x, y = self._camera.ground(pos)
        away, place = min((math.hypot(px - x, py - y), place) for place, (px, py) in self.geo.places.items())
        return place if away <= PLACE_RADIUS else None

    def to_screen(self, point: tuple[float, float]) -> tuple[float, float]:
        """The pixel position of a world point on the ground, as last drawn."""
        return self._camera.point(point)

    def to_world(self, pos: tuple[float, float]) -> tuple[float, float]:
        """The world point on the ground at a pixel position, as last drawn."""
        return self._camera.ground(pos)

    def keep_clear(self) -> list[tuple[float, float]]:
        """The pixels that ought not to be hidden: the boat, the water behind it, and where names of mouths hang."""
        width, height = self.size
        middle = width / 2
        boat = [(middle + x * height * 0.02, height * y) for x in range(-6, 7, 2) for y in (0.62, 0.7, 0.78, 0.86)]
        return boat + [(middle + x * height * 0.12, height * 0.37) for x in range(-4, 5)]

    def mouth_rects(self) -> dict[str, pygame.Rect]:
        """Where the names of the fork's mouths hang, as last drawn, by lane."""
        return {sign.lane: sign.rect for sign in self._mouths}

    # --- drawing ------------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, frame: ChaseFrame) -> None:
        """Draw the frame over the surface's top left ``size`` pixels."""
        time = 0.0 if self.reduced_motion else frame.map.time
        self._camera = camera = Camera3(self.size, frame.pose, self.size[0] * frame.pose.middle)
        unit = self.size[1] / 720
        surface.set_clip(pygame.Rect((0, 0), self.size))
        draw_sky(surface, camera, self.palette, time)
        self._draw_floor(surface, frame, camera, time)
        surface.blit(haze_under(camera, self.palette), (0, round(camera.horizon) - 1))
        draw_lane_marks(surface, camera, self.geo, frame.map, self.palette)
        self._signs.draw_discs(surface, camera, self.palette)
        strength = self._signs.strength(camera, frame.map.place)
        room = self._room(frame)
        marks = frame.map.lanes
        self._mouths = self._signs.mouths(camera, frame.mouths, marks, room, self.palette) if strength > 0 else []
        papers = [pygame.Rect(each) for each in frame.papers]
        self._mouths = [sign for sign in self._mouths if sign.rect.collidelist(papers) < 0]
        spot = frame.minimap
        taken = [sign.rect for sign in self._mouths] + papers
        if spot is not None:
            taken.append(pygame.Rect(spot[0] - spot[2], spot[1] - spot[2], 2 * spot[2], 2 * spot[2]))
        boards = self._signs.boards(camera, self.palette, frame.map.place, taken)
        for board in boards:
            board.draw_pole(surface, self.palette)
        names = self._draw_things(surface, frame, camera, time, unit)
        surface.fblits([(board.picture, board.rect) for board in boards])
        self._signs.draw_mouths(surface, self._mouths, marks, self.palette, unit, strength)
        self._draw_names(surface, names, taken + [board.rect for board in boards])
        if spot is not None:
            self._minimap.draw(surface, self._ready_floor(), frame, self.palette, spot)
        surface.set_clip(None)

    def _room(self, frame: ChaseFrame) -> pygame.Rect:
        """Where boards of mouths may hang: below the horizon, in what the paper leaves free."""
        room = pygame.Rect(frame.room) if frame.room is not None else pygame.Rect((0, 0), self.size)
        top = max(room.top + round(6 * self.size[1] / 720), round(self.size[1] * 0.345))
        pad = round(10 * self.size[1] / 720)
        return pygame.Rect(room.left + pad, top, room.width - 2 * pad, max(0, room.bottom - top))

    def _ready_floor(self) -> ChaseFloor | None:
        if self._floor is None and self._world is not None:
            self._floor = ChaseFloor(self._world, self.palette)
            self._billboards = Billboards(self._world.stands, self.palette)
        return self._floor

    def _draw_floor(self, surface: pygame.Surface, frame: ChaseFrame, camera: Camera3, time: float) -> None:
        top = math.ceil(camera.horizon)
        rect = pygame.Rect(0, top, self.size[0], self.size[1] - top)
        floor = self._ready_floor()
        if floor is None:
            surface.set_clip(rect)
            self._plain.draw(surface, camera, self.palette, frame.map.water)
            surface.set_clip(pygame.Rect((0, 0), self.size))
            return
        turn = 1.0 if self.reduced_motion else frame.map.year_turn
        dim = frozenset(lane for lane, mark in frame.map.lanes.items() if mark.dim)
        floor.lap(time)
        floor.water.flow(frame.map.water, frame.map.water_before, turn, dim, time)
        part = TIERS[self.tier]
        size = (max(2, round(rect.width * part)), max(2, round(rect.height * part)))
        if self._picture is None or self._picture.get_size() != size:
            self._picture = pygame.Surface(size, depth=32)
        floor.paint(self._picture, camera, (top - camera.horizon) * part)
        if size == rect.size:
            surface.blit(self._picture, rect)
        else:
            surface.blit(pygame.transform.smoothscale(self._picture, rect.size), rect)

    def _draw_things(
        self, surface: pygame.Surface, frame: ChaseFrame, camera: Camera3, time: float, unit: float
    ) -> list[tuple[str, tuple[float, float]]]:
        """Draw all that stands or floats, the farthest first; returns the ghosts' names and where they belong."""
        depths, drawn = ([], []) if self._billboards is None else self._billboards.seen(camera)
        boats: list[tuple[float, Drawn]] = []
        names: list[tuple[str, tuple[float, float]]] = []
        for mark in frame.map.boats:
            if mark.style == "ghost":
                self._add_ghost(mark, camera, unit, boats, names)
        boats.sort(key=lambda each: -each[0])
        at = 0
        for depth, boat in [*boats, (BEHIND, None)]:
            upto = at
            while upto < len(depths) and depths[upto] >= depth:
                upto += 1
            surface.fblits(drawn[at:upto])
            at = upto
            if boat is not None:
                surface.blit(*boat)
        self._draw_player(surface, frame, camera, time, unit)
        surface.fblits(drawn[at:])
        return names

    def _add_ghost(
        self, mark: BoatMark, camera: Camera3, unit: float, boats: list[tuple[float, Drawn]],
        names: list[tuple[str, tuple[float, float]]],
    ) -> None:  # fmt: skip
        where = self._where(mark)
        if where is None:
            return
        depth, right = camera.seen_from(np.array([where[:2]]))[0]
        if not BEHIND * 0.8 < depth < _GHOST_FARTHEST or abs(right) > depth:
            return
        x, y = camera.point(where[:2])
        # in steps, so that a boat coming nearer does not need a new picture for every frame
        tall = max(8, round(math.exp(round(math.log(TALL * unit * BEHIND / depth) * 12) / 12)))
        bow = math.remainder(where[2] - camera.pose.heading, math.tau)
        drawn = ghost_boat(self.palette, tall, round(max(-1.0, min(1.0, bow)) * LEANS))
        foot_x, foot_y = foot(drawn)
        boats.append((float(depth), (drawn, (round(x) - foot_x, round(y) - foot_y))))
        if mark.name:
            names.append((mark.name, (x, y - tall * 0.9)))

    def _draw_names(
        self, surface: pygame.Surface, names: list[tuple[str, tuple[float, float]]], taken: list[pygame.Rect]
    ) -> None:
        """Write the ghosts' names above them, each moved up until it is clear of what is written already, if it can."""
        p = self.palette
        for name, (x, y) in names:
            text = halo_text(self.type, name, 15, p.ink, p.paper, 600)
            first = text.get_rect(midbottom=(round(x), round(y) + halo_margin()))
            higher = [first.move(0, -k * (first.height - 6)) for k in range(6)]
            clear = (rect for rect in higher if rect.top > 0 and rect.inflate(-6, -8).collidelist(taken) < 0)
            rect = next(clear, None)
            if rect is not None:
                taken.append(rect)
                surface.blit(text, rect)

    def _draw_player(
        self, surface: pygame.Surface, frame: ChaseFrame, camera: Camera3, time: float, unit: float
    ) -> None:
        mark = next((boat for boat in frame.map.boats if boat.style == "player"), None)
        if mark is None:
            return
        where = self._where(mark)
        x, y = camera.point(where[:2] if where is not None else (frame.pose.x, frame.pose.y))
        x = min(max(x, 0.0), float(self.size[0]))
        seen = frame.map.water.get(mark.lane) if mark.lane is not None else None
        wet = seen.wetness if seen is not None else 0.5
        moving = 0.0 if self.reduced_motion else frame.pace
        if moving and wet > 0.1:
            draw_wake(surface, (x, y), unit * (0.55 + 0.45 * water_width(wet)), self.palette, moving, time)
        bob = 2.0 * unit * math.sin(time * 2.3) if not self.reduced_motion else 0.0
        lean = round((0.0 if self.reduced_motion else frame.pose.bank + 0.12 * moving * math.sin(time * 1.7)) * LEANS)
        lean += round(max(-1.0, min(1.0, frame.pose.bow)) * LEANS * 0.8)
        tall = round(TALL * unit)
        shade = pygame.Surface((round(130 * unit), round(34 * unit)), pygame.SRCALPHA)
        pygame.draw.ellipse(shade, (*mix(self.palette.surge, (0, 0, 20), 0.4), 70), shade.get_rect())
        surface.blit(shade, (round(x - 58 * unit), round(y + 2 * unit)))
        boat = player_boat(self.palette, tall, lean)
        foot_x, foot_y = foot(boat)
        surface.blit(boat, (round(x) - foot_x, round(y + bob) - foot_y))
        if moving:
            draw_spray(surface, (x, y + 8 * unit), unit, self.palette, moving * (0.4 + 0.6 * wet), time)

    def _where(self, mark: BoatMark) -> tuple[float, float, float] | None:
        """The world point and heading of a boat; None for one that is nowhere."""
        if mark.lane is not None and mark.lane in self.geo.channels:
            channel = self.geo.channels[mark.lane]
            (x, y), (nx, ny) = channel.at(mark.fraction), channel.normal(mark.fraction)
            heading = channel.heading(mark.fraction) if mark.heading is None else mark.heading
            return x + _LATERAL * mark.lateral * nx, y + _LATERAL * mark.lateral * ny, heading
        if mark.place is not None and mark.place in self.geo.places:
            x, y = self.geo.places[mark.place]
            return x, y, mark.heading or 0.0
        return None
