"""The soundings on the map: what the treasure map says at each place in the year looked at, over the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.draw.chart_marks import put
from game.app.draw.map_frame import BoatMark, MapFrame
from game.app.draw.palette import Colour, contrast, mix
from game.app.draw.panel import draw_panel
from game.app.draw.svg import SvgPicture
from game.app.screens.debrief.figures import figure
from game.app.screens.debrief.journey import Journey
from game.session import Session
from game.simulate import whereabouts
from game.solver import Soundings

if TYPE_CHECKING:
    from game.app.stage import Stage

_FIGURE = 15
_AROUND = ((0.0, 0.0), (0.0, -0.9), (0.0, 0.9), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7))
"""Where a figure may lie, in its own widths and heights from its place."""


class SoundingsMap(Journey):
    """The map of a level with a figure at every place that can be reached in a year; the brightest stands out.

    ``average`` shows what there is to be expected as of the first year in place of this life's water.
    """

    def __init__(self, session: Session, soundings: Soundings, stage: Stage) -> None:
        super().__init__(session, stage)
        self.soundings, self.average = soundings, False
        self.year = 0
        values = [self.value(year, place) for year, found in enumerate(soundings.years) for place in found]
        self._low, self._high = min(0.0, *values), max(values)
        self.show_year(0)

    def value(self, year: int, place: str) -> float:
        """The light still to come at a place in a year."""
        sounding = self.soundings.years[year][place]
        return sounding.expected if self.average else sounding.here

    def brightest(self, year: int) -> str:
        """The place with most light still to come; of equal ones the first of the file."""
        return max(self.soundings.years[year], key=lambda place: round(self.value(year, place), 9))

    def show_year(self, year: int) -> None:
        """Shows the map of a year, with the water and the boat as they were at its beginning."""
        self.year = year
        self.show(year)
        self._aim = float(year)

    def least(self, stage: Stage, width: int) -> int:
        """Where text is large the picture is too, so that the figures find room."""
        return max(super().least(stage, width), round(width * 0.52) if stage.type_scale > 1.3 * stage.scale else 0)

    def frame(self) -> MapFrame:
        """The map with the best lane of every place, and the boat where the life was."""
        session, found = self.session, self.soundings.years[self.year]
        spot = whereabouts(session.record, self._time)
        resting = spot.lane is None
        best = () if self.average else tuple(s.lane for s in found.values() if s.lane is not None)
        return MapFrame(
            time=0.0 if self.stage.reduced_motion else self.stage.time,
            water=self._seen(),
            boats=(BoatMark(place=spot.place) if resting else BoatMark(lane=spot.lane, fraction=spot.fraction),),
            plan=best,
        )

    def _boat_at(self) -> tuple[float, float]:
        """Where the life was at the beginning of the year, in world units."""
        assert self._view is not None
        spot = whereabouts(self.session.record, float(self.year))
        geo = self._view.geo
        return geo.places[spot.place] if spot.lane is None else geo.channels[spot.lane].at(spot.fraction)

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the map, and the figures over it."""
        super().draw(surface, stage, focused)
        if self._view is None or self._view.size != self.rect.size:
            return
        clip = surface.get_clip()
        surface.set_clip(self.rect.clip(clip))
        for place, pill in self.pills(stage).items():
            self._draw_pill(surface, stage, place, pill)
        surface.set_clip(clip)

    def sketch(self, picture: SvgPicture, stage: Stage) -> bool:
        """Draws the map, and the figures over it."""
        if not super().sketch(picture, stage):
            return False
        assert self._view is not None
        for place, pill in self.pills(stage).items():
            ground = self._ground(stage, place)
            if place == self.brightest(self.year):
                edge = pill.inflate(2 * stage.px(3), 2 * stage.px(3))
                picture.plate(stage.palette.accent_ink, edge, edge.height // 2)
            picture.plate(ground, pill, pill.height // 2)
            text = figure(self.value(self.year, place))
            put(picture, self._view.type, text, _FIGURE, _ink_on(stage, ground), pill.center, "centre", 600)
        return True

    def _ground(self, stage: Stage, place: str) -> Colour:
        share = (self.value(self.year, place) - self._low) / max(1e-9, self._high - self._low)
        return mix(stage.palette.paper, stage.palette.light, 0.9 * share)

    def pills(self, stage: Stage) -> dict[str, pygame.Rect]:
        """Where the figure of each place lies: on its place, or beside it where that covers no name and no figure."""
        assert self._view is not None
        names, loud = list(self._view.label_rects().values()), self.brightest(self.year)
        inside, out, type_ = pygame.Rect((0, 0), self.rect.size), {}, self._view.type
        pills: list[pygame.Rect] = []
        boat = self._view.to_screen(self._boat_at())
        names.append(
            pygame.Rect(round(boat[0]) - stage.px(9), round(boat[1]) - stage.px(9), stage.px(18), stage.px(18))
        )
        for place in sorted(self.soundings.years[self.year], key=self._rank):
            text = figure(self.value(self.year, place))
            size = (type_.width(text, _FIGURE, 600) + stage.em(9), type_.height(_FIGURE) + stage.em(3))
            x, y = self._view.to_screen(self._view.geo.places[place])
            spots = [pygame.Rect(0, 0, *size) for _ in _AROUND]
            for spot, (across, down) in zip(spots, _AROUND, strict=True):
                spot.center = (round(x + across * size[0]), round(y + down * (size[1] + stage.em(2))))
                spot.clamp_ip(inside)
            covered = [sum(_common(spot, other) for other in (*names, *pills)) for spot in spots]
            best = spots[covered.index(min(covered))]
            # Where not even half of a figure would be seen, it stays out of the picture; the words have all of them.
            if sum(_common(best, other) for other in pills) <= 0.3 * size[0] * size[1] or loud == place:
                pills.append(best)
                out[place] = best.move(self.rect.topleft)
        return out

    def _rank(self, place: str) -> tuple[bool, bool, bool, float]:
        """Who chooses first where there is little room: the brightest place, the one the life stood at or came to, the
        ends of the lanes that leave it, and then the brighter ones."""
        level, record = self.session.level, self.session.record
        leg = next((leg for leg in record.legs if leg.before.year <= self.year < leg.after.year), None)
        here = (
            record.life.place if leg is None else leg.before.place if leg.before.year == self.year else leg.after.place
        )
        ways = {lane.head for lane in level.lanes_from[here]}
        loud = self.brightest(self.year)
        return place != loud, place != here, place not in ways, -self.value(self.year, place)

    def _draw_pill(self, surface: pygame.Surface, stage: Stage, place: str, pill: pygame.Rect) -> None:
        palette, value = stage.palette, self.value(self.year, place)
        ground = self._ground(stage, place)
        ink = _ink_on(stage, ground)
        loud = place == self.brightest(self.year)
        if loud:
            edge = pill.inflate(2 * stage.px(3), 2 * stage.px(3))
            draw_panel(surface, edge, palette, edge.height // 2, colour=palette.accent_ink)
        draw_panel(surface, pill, palette, pill.height // 2, shadow=not loud, colour=ground)
        assert self._view is not None
        text = self._view.type.render(figure(value), _FIGURE, ink, 600)
        surface.blit(text, text.get_rect(center=pill.center))


def _ink_on(stage: Stage, ground: Colour) -> Colour:
    """Whichever of ink and paper can be read better on a ground."""
    return max((stage.palette.ink, stage.palette.paper), key=lambda colour: contrast(colour, ground))


def _common(one: pygame.Rect, other: pygame.Rect) -> int:
    both = one.clip(other)
    return both.width * both.height
