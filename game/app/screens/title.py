"""The title: the living map, the name of the game, and one key to play."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.draw.panel import draw_panel
from game.app.widgets import Button, Form, Heading, Text, Widget, place_row
from game.app.widgets.layout import row_height
from game.words import say

if TYPE_CHECKING:
    from game.app.draw.bake import BakedWorld
    from game.app.draw.map_view import MapView
    from game.app.jobs import Job
    from game.app.living_map import LivingMap
    from game.files import LevelEntry
    from game.model import Level

_APPEAR = 0.8  # seconds in which the map comes out of the sky
_MOST_PLACES = 24


class TitleScreen(Form):
    """Play with one key: the level played last, or the first one.

    The first frame shows the sky alone; levels, map and all they need come after it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.panel = pygame.Rect(0, 0, 0, 0)
        self._made_for: tuple[object, ...] = ()
        self._living: LivingMap | None = None
        self._world: Job[BakedWorld] | None = None
        self._view: MapView | None = None
        self._shown = 0.0
        self._wants_to_play = False
        self._layer: pygame.Surface | None = None

    def enter(self) -> None:
        """Makes the buttons."""
        self.name = Heading(say("title.name"), 46)
        self.motto = Text(say("title.motto"), 17, tone="soft")
        self.play = Button(say("title.play"), self.begin, key=Action.CONFIRM, kind="primary")
        self.level_name = Text("", 15, tone="soft", most_lines=1)
        self.foot: list[Widget] = [
            Button(say("title.levels"), self._levels, key=Action.LIST),
            Button(say("sandbox.button"), self._new_level),
            Button(say("title.help"), self._help, key=Action.HELP),
            Button(say("title.settings"), self._settings, key=Action.SETTINGS),
            Button(say("title.credits"), self._credits),
            Button(say("title.quit"), self.stage.quit, key=Action.BACK),
        ]
        self.widgets = [self.name, self.motto, self.play, self.level_name, *self.foot]
        self.focused = self.play

    # --- layout and drawing -------------------------------------------------------------------------------------------

    def layout(self, size: tuple[int, int]) -> None:
        """The name on a sheet of paper at the left, the other buttons along the bottom."""
        stage = self.stage
        side, pad = max(stage.px(48), 12), stage.em(28) if size[1] >= stage.em(430) else stage.em(14)
        foot_width = size[0] - 2 * side
        foot = row_height(stage, self.foot, foot_width)
        bottom = size[1] - max(stage.px(36), 10) - foot
        place_row(stage, self.foot, side, bottom, foot_width)
        wide = min(foot_width, stage.em(420))
        inner = wide - 2 * pad
        room = bottom - stage.em(16) - max(stage.px(36), 8) - 2 * pad
        column: list[tuple[Widget, int]] = [(self.name, 4), (self.motto, 16), (self.play, 8), (self.level_name, 0)]
        self._tell_level()
        for leave_out in (None, self.motto, self.level_name):
            if leave_out is not None:
                column = [(widget, gap) for widget, gap in column if widget is not leave_out]
            height = sum(widget.size(stage, inner)[1] + stage.em(gap) for widget, gap in column)
            if height <= room:
                break
        self.panel = pygame.Rect(side, 0, wide, height + 2 * pad)
        self.panel.top = max(max(stage.px(36), 8), (bottom - self.panel.height) * 2 // 5)
        y = self.panel.top + pad
        for widget, gap in column:
            across, high = widget.size(stage, inner)
            widget.rect = pygame.Rect(self.panel.left + pad, y, across, high)
            y += high + stage.em(gap)
        self.widgets = [*(widget for widget, _ in column), *self.foot]
        if self._made_for != self._key():
            self._made_for = self._key()
            self._view = self._layer = None
            self._shown = 0.0

    def _key(self) -> tuple[object, ...]:
        return (self.stage.size, self.stage.palette.name, self.stage.type_scale)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the sky, or the living map once it is there, and the paper on it."""
        stage = self.stage
        if self._shown < 1.0:
            stage.backdrop().draw(surface, 0.0 if stage.reduced_motion else stage.time)
        if self._view is not None and self._living is not None and self._shown > 0.0:
            frame = self._living.frame(still=stage.reduced_motion)
            if self._shown >= 1.0:
                self._view.draw(surface, frame)
            else:
                if self._layer is None:
                    self._layer = pygame.Surface(stage.size)
                self._view.draw(self._layer, frame)
                self._layer.set_alpha(round(255 * self._shown))
                surface.blit(self._layer, (0, 0))
        draw_panel(surface, self.panel, stage.palette, stage.px(20))
        self.draw_widgets(surface)

    # --- what happens -------------------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        """After the first frame: finds the level and lets its map appear."""
        if not self.stage.shown:
            return
        library = self.stage.library
        if library.entries is None:
            library.refresh()
        library.update()
        entry = self.entry()
        if entry is None or entry.level is None:
            return
        if self._wants_to_play:
            self._go()
            return
        if not self.level_name.text_ and self.level_name in self.widgets:
            self.layout(self.stage.size)
        if self._view is None:
            self._lay_out(entry)
        elif self._world is not None:
            # The map appears when it is baked; should that fail, the plain one will do.
            if self._world.done:
                if self._world.result is not None:
                    self._view.use(self._world.result)
                self._world = None
        else:
            self._shown = 1.0 if self.stage.reduced_motion else min(1.0, self._shown + dt / _APPEAR)
        if self._living is not None:
            self._living.update(dt)

    def _lay_out(self, entry: LevelEntry) -> None:
        from game.app.draw.lens import whole_zoom
        from game.app.draw.map_view import MapView
        from game.app.living_map import NEARER, LivingMap

        stage, level = self.stage, self._map_level() or entry.level
        geography = stage.library.geography(level) if level is not None else None
        if geography is None or level is None:
            return
        # sharp just where it is looked at, so that nothing has to be scaled in every frame
        close = whole_zoom(geography) * NEARER
        self._view = MapView(
            level, geography, stage.palette, stage.type, stage.size, reduced_motion=stage.reduced_motion, close=close
        )
        self._world = stage.library.world(level, stage.size, close=close)
        if self._living is None or self._living.level is not level:
            self._living = LivingMap(level, geography, self._view.whole)

    def _map_level(self) -> Level | None:
        """The level behind the title: the largest that comes with the game and is light enough to drift all day."""
        levels = (e.level for e in self.stage.library.entries or () if e.shipped)
        shipped = [level for level in levels if level is not None and len(level.places) <= _MOST_PLACES]
        return max(shipped, key=lambda level: len(level.places), default=None)

    def entry(self) -> LevelEntry | None:
        """The level that Play begins: the one played last, else the first that can be played."""
        entries = [e for e in self.stage.library.entries or () if e.level is not None]
        last = self.stage.settings.last_level
        return next((e for e in entries if last and e.path == Path(last)), entries[0] if entries else None)

    def _tell_level(self) -> None:
        if self.stage.shown:
            entry = self.entry()
            self.level_name.text_ = say("title.level", title=entry.level.title) if entry and entry.level else ""

    def press_other(self, action: Action) -> None:
        """Start on a gamepad, which pauses a drive, starts here."""
        if action is Action.PAUSE:
            self.begin()

    def begin(self) -> None:
        """Goes on to the level, as soon as it has been read."""
        self._wants_to_play = True
        if self.stage.shown and self.entry() is not None:
            self._go()

    def _go(self) -> None:
        from game.app import flow

        self._wants_to_play = False
        entry = self.entry()
        if entry is not None and entry.level is not None:
            flow.go_to_level(self.stage, entry.level, entry.path)

    def _levels(self) -> None:
        from game.app import flow

        flow.go_to_levels(self.stage)

    def _new_level(self) -> None:
        from game.app import flow

        flow.make_level(self.stage)

    def _help(self) -> None:
        from game.app import flow

        flow.show_help(self.stage)

    def _settings(self) -> None:
        from game.app import flow

        flow.show_settings(self.stage)

    def _credits(self) -> None:
        from game.app import flow

        flow.show_credits(self.stage)
