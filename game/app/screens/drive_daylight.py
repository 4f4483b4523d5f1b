"""Daylight: a drive in the light of its years, which turns twice in a life, and how it is made ready and turned.

Little by little, in the years before, everything is made that will be drawn in the light to come.  Once its year is
there, the cards of that moment are written in it as well; then one tick takes the picture that will fade, and the next
one turns the light.  So no frame has to draw the world in both lights, nor to write all the paper at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from game.app.draw.map_view import MapView
from game.app.moods import palette_of
from game.app.screens.drive_ahead import Ahead
from game.app.screens.drive_chase import Chase
from game.app.screens.drive_further import Further
from game.app.screens.drive_hud import Hud
from game.app.screens.drive_light import TURN_OF_LIGHT, Fading, mood_of, mood_to_come
from game.app.screens.drive_strips import light_steps
from game.app.screens.drive_voyage import Voyage

_BUSY = 0.05
"""Seconds after a lane was entered in which frames have enough to do."""

_PATIENCE = 150
"""Ticks for which a light whose year is there is waited for, at most."""


class Daylight(Further):
    """A drive whose light turns with its years."""

    view: MapView | None
    chase: Chase
    hud: Hud

    def __init__(self) -> None:
        self._mood = "day"
        self._fading = Fading()
        self._ahead = Ahead()
        self._waited = 0
        self._taken: pygame.Surface | None = None
        """The world as it is in this tick, in the light that is about to turn."""

    @property
    def mood(self) -> str:  # type: ignore[override]
        """Day in the early years, dusk in the middle, rose late and at rest."""
        return self._mood

    def draw_world(self, surface: pygame.Surface) -> None:
        """Draws the world of now with nothing of an older light over it and without names."""
        raise NotImplementedError

    def world_now(self) -> pygame.Surface:
        """A picture of the world of now, to fade from."""
        kept = pygame.Surface(self.stage.size)
        self.draw_world(kept)
        return kept

    def _pass_light(self, voyage: Voyage, view: MapView, dt: float) -> None:
        """Makes ready the light that is to come, and takes it on when its year is there."""
        self._fading.update(dt)
        due, kept, self._taken = mood_of(voyage), self._taken, None
        ready = self.hands.since >= _BUSY
        ready = ready and self._ready_the_light(view, due if due != self._mood else mood_to_come(voyage))
        ready = ready and (due == self._mood or self._ready_the_year(voyage, view, due))
        if due == self._mood:
            self._waited = 0
            self._recolour(view)
            return
        turning = palette_of(self.stage.settings, due) != self.stage.palette and not self.stage.reduced_motion
        at_once = not turning or self.stage.jobs.in_process
        self._waited += 1
        if not at_once and kept is None:
            if ready or self._waited > _PATIENCE:
                self._taken = self.world_now()
            return
        if turning and kept is None:
            kept = self.world_now()
        self._mood = due
        self._recolour(view)
        if kept is not None:
            self._fading.begin(kept, TURN_OF_LIGHT)

    def _recolour(self, view: MapView) -> None:
        for each in (view, self.chase.view):
            each.recolour(self.stage.palette)

    def _ready_the_light(self, view: MapView, mood: str | None) -> bool:
        """Makes a little of the light ready that comes next; whether all of it is there, as far as it was asked for."""
        coming = None if mood is None else palette_of(self.stage.settings, mood)
        if coming is None or coming == view.palette or self.stage.jobs.in_process:
            self.chase.coming = None
            return True
        scale = round(view.scale, 3)
        if not self._ahead.ready((id(view), coming, scale), lambda: light_steps(self.stage, view, coming)):
            return False
        self.chase.coming = coming
        return self.chase.ready

    def _ready_the_year(self, voyage: Voyage, view: MapView, mood: str) -> bool:
        """Makes ready what this very year shows in the light whose time has come; whether all of it is there."""
        coming = palette_of(self.stage.settings, mood)
        if coming == view.palette or self.stage.jobs.in_process:
            return True

        def steps() -> Iterator[None]:
            for kind, lane in self.scene.lanes_drawn():
                view.stroke_ahead(kind, lane, coming)
                yield
            yield from self.hud.written_in(coming, self.hands.showing())

        return self._ahead.ready((id(view), coming, len(voyage.travelled), voyage.year, voyage.choosing), steps)
