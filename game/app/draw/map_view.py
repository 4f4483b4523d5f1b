"""The map: the whole landscape from above, with its water, places, names, boats and marks.

``MapView.draw`` is a pure function of the frame: the same frame gives the same pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pygame

from game.app.draw.air import draw_cloud_shadows, draw_pulse
from game.app.draw.bake import CLOSE_ZOOM, BakedWorld, bake_world, sheet_scales
from game.app.draw.boats import boat, wake
from game.app.draw.labels import halo_margin, halo_text
from game.app.draw.lens import NO_MARGINS, Lens, Margins, lens_for, region, whole_zoom, window_scale
from game.app.draw.lent_notes import draw_lent
from game.app.draw.lit_lanes import draw_figures, draw_glows
from game.app.draw.map_frame import BoatMark, Camera, LaneMark, MapFrame, Seen
from game.app.draw.notes import Keys, Sightings
from game.app.draw.painted import PaintedSheet
from game.app.draw.palette import Palette
from game.app.draw.plain_map import PlainMap
from game.app.draw.sight import Sight
from game.app.draw.signposts import Signposts
from game.app.draw.strokes import Strokes
from game.app.draw.thumbnail import starting_water, thumbnail
from game.app.draw.type import Type
from game.app.draw.water import Look
from game.geography import PLACE_RADIUS, Geography
from game.geography.spacing import BANK_WIDTH
from game.model import Level

__all__ = ["BoatMark", "Camera", "LaneMark", "MapFrame", "MapView", "Seen", "thumbnail"]

_LATERAL = 5.0
_GLOWING = 0.8
_WAKE = 0.5
_MOST_GLOWING = 150


class MapView:
    """The map of one level in a picture of one size; usable at once, and handsome once its world is baked."""

    def __init__(
        self,
        level: Level,
        geo: Geography,
        palette: Palette,
        type_: Type,
        size: tuple[int, int],
        reduced_motion: bool = False,
        margins: Margins = NO_MARGINS,
        close: float = CLOSE_ZOOM,
    ) -> None:
        self.level, self.geo, self.type = level, geo, type_
        self.size = (max(1, int(size[0])), max(1, int(size[1])))
        self.reduced_motion = reduced_motion
        self.palette = palette
        self.margins = margins
        self._lens = lens_for(geo, self.size, None, margins)
        self._part = region(geo, self.size, margins)
        self._scales = sheet_scales(geo, self.size, margins, close)
        self._plain_map: PlainMap | None = None
        self._plain: tuple[object, pygame.Surface] | None = None
        self._world: BakedWorld | None = None
        self._sheets: dict[tuple[Palette, int], PaintedSheet] = {}
        self._signposts = Signposts(level, geo, type_, self.size)
        self._sightings = Sightings(geo)
        self._keys = Keys(geo)
        self._strokes = Strokes(geo)
        self._sight = Sight(geo)

    # --- making it ready ----------------------------------------------------------------------------------------------

    def bake(self) -> BakedWorld:
        """The baked world of this view: slow, and what ``bake_world`` gives for its level, size and margins."""
        return bake_world(self.level, self.geo, self.size, self.margins, self.close_zoom)

    def use(self, world: BakedWorld) -> None:
        """Draw the baked world from now on.  Raises ValueError when it was baked for another size or other margins."""
        if world.size != self.size or world.part != self._part:
            raise ValueError(f"a world baked for {world.size} does not fit a picture of {self.size} and its margins")
        self._world, self._plain, self._plain_map = world, None, None
        self._sheets = {}
        for _ in self._sheet(self._lens.scale).prepare(_looks(self.level)):
            pass

    @property
    def baked(self) -> bool:
        """Whether a baked world is in use."""
        return self._world is not None

    def recolour(self, palette: Palette) -> None:
        """Draw in another palette from now on; the baked world serves all of them."""
        if palette != self.palette:
            self.palette = palette
            self._sheets = {known: sheet for known, sheet in self._sheets.items() if known[0] == palette}

    def ahead(self, palette: Palette) -> Iterator[None]:
        """Get ready, in small steps, to be recoloured to a palette while this lens is looked through."""
        if self._world is None:
            return
        lens = self._lens
        sheet, k = self._new_sheet(palette, self._number(lens.scale))
        yield from sheet.growing
        self._sheets[palette, k] = sheet
        yield from sheet.prepare(_looks(self.level))
        for _ in self._signposts.prepare(palette, lens, self._laid_at()):
            yield
        if palette.night > 0.02:
            for lane in self._glowing(lens):
                self._strokes.made("glow", lane, palette, lens)
                yield

    def stroke_ahead(self, kind: str, lane: str, palette: Palette) -> None:
        """Get the stroke of a kind along a lane ready for a palette, as fine as the map was last drawn."""
        if lane in self.geo.channels:
            self._strokes.made(kind, lane, palette, self._lens)

    # --- cameras and positions ----------------------------------------------------------------------------------------

    @property
    def whole(self) -> Camera:
        """The camera that shows the whole world."""
        part = self._part
        middle = (part.left + part.width / 2, part.top + part.height / 2)
        return Camera(middle, whole_zoom(self.geo, self.margins))

    @property
    def scale(self) -> float:
        """Pixels a world unit, as last drawn."""
        return self._lens.scale

    @property
    def close_zoom(self) -> float:
        """The zoom at which the map seen close by is sharpest."""
        return self._scales[1] / window_scale(self.size)

    def lane_at(self, pos: tuple[float, float]) -> str | None:
        """The lane under a pixel position, as last drawn; None where there is none within reach."""
        x, y = self._lens.to_world(pos)
        reach = max(BANK_WIDTH * 0.75, 12.0 / self._lens.scale)
        best: tuple[float, str] | None = None
        for lane in self._sight.around(x, y, reach):
            points = self.geo.channels[lane].points
            away = float(np.hypot(points[:, 0] - x, points[:, 1] - y).min())
            if away <= reach and (best is None or away < best[0]):
                best = (away, lane)
        return best[1] if best else None

    def place_at(self, pos: tuple[float, float]) -> str | None:
        """The place under a pixel position, as last drawn; None where there is none within reach."""
        x, y = self._lens.to_world(pos)
        reach = max(PLACE_RADIUS * 1.4, 12.0 / self._lens.scale)
        distance, place = min(((px - x) ** 2 + (py - y) ** 2, place) for place, (px, py) in self.geo.places.items())
        return place if distance <= reach**2 else None

    def to_screen(self, point: tuple[float, float]) -> tuple[float, float]:
        """The pixel position of a world point, as last drawn."""
        return self._lens.to_screen(point)

    def to_world(self, pos: tuple[float, float]) -> tuple[float, float]:
        """The world point at a pixel position, as last drawn."""
        return self._lens.to_world(pos)

    def draw_places(self, surface: pygame.Surface) -> None:
        """Draws the places and their names, as last drawn, once more over whatever has been drawn on the map since."""
        self._signposts.draw(surface, self.palette, self._lens, self._laid_at(), None)

    def label_rects(self) -> dict[str, pygame.Rect]:
        """Where the names of places lie, as last drawn, by place id; places without room for theirs are left out."""
        return self._signposts.label_rects(self._lens, self._laid_at())

    # --- drawing ------------------------------------------------------------------------------------------------------

    def draw(
        self, surface: pygame.Surface, frame: MapFrame, *, names: bool = True, veil: pygame.Surface | None = None
    ) -> None:
        """Draw the frame over the surface's top left ``size`` pixels.

        A ``veil`` is laid over the land and under the places and their names, which are left out without ``names``: so
        one light can give way to another, and the names are never written in something between two inks.
        """
        self._lens = lens = lens_for(self.geo, self.size, frame.camera, self.margins)
        time = 0.0 if self.reduced_motion else frame.time
        surface.set_clip(pygame.Rect((0, 0), self.size))
        self._draw_land(surface, frame, lens, time)
        if self.palette.night > 0.02:
            self._draw_glow(surface, frame, lens)
        for lane in frame.trail:
            self._strokes.draw(surface, "trail", lane, self.palette, lens)
        for lane in frame.plan:
            self._strokes.draw(surface, "plan", lane, self.palette, lens)
        for lane in frame.lent.path if frame.lent else ():
            self._strokes.draw(surface, "lent", lane, self.palette, lens)
        if not self.reduced_motion:
            draw_cloud_shadows(surface, self._part, lens, lens.scale, self.palette, time)
        for lane, mark in frame.lanes.items():
            if mark.focused or mark.chosen:
                self._strokes.draw(surface, "chosen" if mark.chosen else "focus", lane, self.palette, lens)
        draw_glows(surface, self.geo, lens, self.palette, frame.lit)
        self._draw_boats(surface, frame, "ghost", lens, time)
        if veil is not None:
            surface.blit(veil, (0, 0))
        if names:
            posted = self._signposts.draw(surface, self.palette, lens, self._laid_at(), frame.place)
            self._sightings.draw(surface, lens, self.palette, self.type, frame.water, posted)
            if frame.lit:
                draw_figures(surface, self.geo, lens, self.palette, self.type, frame.lit, posted)
            self._keys.draw(surface, lens, self.palette, self.type, frame.lanes, posted)
            if frame.lent:
                keys = self._keys.rects(lens, self.type, frame.lanes, posted).values()
                draw_lent(surface, self.geo, lens, self.palette, self.type, frame.lent, [*posted, *keys])
        self._draw_boats(surface, frame, "player", lens, time)
        surface.set_clip(None)

    def _laid_at(self) -> float:
        """The scale for which names are laid out: that of the nearer sheet, so that they do not dance while zooming."""
        return min(self._scales, key=lambda scale: abs(math.log(scale / self._lens.scale)))

    def _draw_land(self, surface: pygame.Surface, frame: MapFrame, lens: Lens, time: float) -> None:
        if self._world is None:
            surface.blit(self._plain_land(frame, lens), (0, 0))
            return
        sheet = self._sheet(lens.scale)
        window = sheet.window(lens, self.size)
        turn = 1.0 if self.reduced_motion else frame.year_turn
        dim = frozenset(lane for lane, mark in frame.lanes.items() if mark.dim)
        sheet.flow(frame.water, frame.water_before, turn, dim, time, window)
        if window.size == self.size:
            surface.blit(sheet.surface, (0, 0), window)
        else:
            surface.blit(pygame.transform.smoothscale(sheet.surface.subsurface(window), self.size), (0, 0))

    def _sheet(self, scale: float) -> PaintedSheet:
        """The sheet to look at through a lens of ``scale``, in the palette of now."""
        k = self._number(scale)
        if (self.palette, k) not in self._sheets:
            sheet, _ = self._new_sheet(self.palette, k)
            for _ in sheet.growing:
                pass
            self._sheets[self.palette, k] = sheet
        return self._sheets[self.palette, k]

    def _number(self, scale: float) -> int:
        """Which sheet to look at: the smallest that is at least as fine, else the finest."""
        assert self._world is not None
        sheets = self._world.sheets
        return next((k for k, sheet in enumerate(sheets) if sheet.scale >= scale * 0.999), len(sheets) - 1)

    def _new_sheet(self, palette: Palette, k: int) -> tuple[PaintedSheet, int]:
        assert self._world is not None
        return PaintedSheet(self._world, self._world.sheets[k], palette), k

    def _plain_land(self, frame: MapFrame, lens: Lens) -> pygame.Surface:
        key = (lens, self.palette, frame.water)
        if self._plain is None or self._plain[0] != key:
            if self._plain_map is None:
                self._plain_map = PlainMap(self.geo, self.size, self.margins)
            picture = pygame.Surface(self.size)
            self._plain_map.draw(picture, self.palette, lens, frame.water)
            self._plain = ((lens, self.palette, dict(frame.water)), picture)
        return self._plain[1]

    def _draw_glow(self, surface: pygame.Surface, frame: MapFrame, lens: Lens) -> None:
        self._signposts.draw_lamps(surface, self.palette, lens)
        for lane in self._glowing(lens):
            seen = frame.water.get(lane)
            if seen is not None and seen.wetness > _GLOWING and not seen.years_ago:
                self._strokes.draw(surface, "glow", lane, self.palette, lens)

    def _glowing(self, lens: Lens) -> list[str]:
        """The lanes that can glow: those in sight, unless so many are that each is a thread among others."""
        lanes = self._sight.through(lens, self.size, 24.0)
        return lanes if len(lanes) <= _MOST_GLOWING else []

    def _draw_boats(self, surface: pygame.Surface, frame: MapFrame, style: str, lens: Lens, time: float) -> None:
        p, size = self.palette, min(lens.scale, 1.6 * window_scale(self.size))
        size = max(size, 0.75 * window_scale(self.size))
        marks = [mark for mark in frame.boats if mark.style == style]
        taken: list[pygame.Rect] = []
        if any(mark.name for mark in marks):
            crowd = self._signposts.crowd(lens, self._laid_at())
            taken = [*crowd, *self._keys.rects(lens, self.type, frame.lanes, crowd).values()]
        for mark in marks:
            where = self._where(mark)
            if where is None:
                continue
            (x, y), heading = lens.to_screen(where[:2]), where[2]
            if mark.style == "player":
                draw_pulse(surface, (x, y), size, p, None if self.reduced_motion else time)
            seen = frame.water.get(mark.lane) if mark.lane is not None else None
            if seen is not None and seen.wetness > _WAKE and 0.0 < mark.fraction < 1.0:
                foam = wake(p, heading, size)
                surface.blit(foam, (round(x - foam.get_width() / 2), round(y - foam.get_height() / 2)))
            drawn = boat(p, mark.style, heading, size)
            surface.blit(drawn, (round(x - drawn.get_width() / 2), round(y - drawn.get_height() / 2)))
            if mark.name:
                text = halo_text(self.type, mark.name, 13, p.ink, p.paper)
                free = _free_spot(text.get_size(), (x, y), 12 * size, taken)
                picture = pygame.Rect((0, 0), self.size)
                if free is not None and picture.collidepoint(x, y):
                    free.clamp_ip(picture)
                    taken.append(free.inflate(-2 * halo_margin(), -2 * halo_margin()))
                    surface.blit(text, free)

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


def _free_spot(
    size: tuple[int, int], at: tuple[float, float], away: float, taken: list[pygame.Rect]
) -> pygame.Rect | None:
    """Where a boat's name covers no other: above it, below, right, left or between; None where it must do without."""
    x, y = round(at[0]), round(at[1])
    around = {"midbottom": (x, y - away), "midtop": (x, y + away), "midleft": (x + away, y), "midright": (x - away, y)}
    near = 0.6 * away
    around |= {"bottomleft": (x + near, y - near), "topleft": (x + near, y + near)}
    around |= {"bottomright": (x - near, y - near), "topright": (x - near, y + near)}
    inside = halo_margin()
    for anchor, point in around.items():
        rect = pygame.Rect((0, 0), size)
        setattr(rect, anchor, (round(point[0]), round(point[1])))
        if anchor in ("midbottom", "midtop"):
            rect.y += inside if anchor == "midbottom" else -inside
        if rect.inflate(-2 * inside, -2 * inside).collidelist(taken) < 0:
            return rect
    return None


def _looks(level: Level) -> set[Look]:
    """Every look that the water of a level can have."""
    looks = {Look(round(water.wetness, 3), water.constant) for water in starting_water(level).values()}
    for current in level.currents:
        looks |= {Look(round(current.wetness(state), 3)) for state in range(current.size)}
    return looks
