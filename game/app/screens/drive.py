"""The drive: the screen on which a life is lived, step by step or at the helm, and replayed.

The screen holds the parts together: the voyage (where the boat is and which year is shown), the scene (what it looks
like), the hands (what a person does), the paper (what it says), the ghosts, and the map baked in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pygame

from game.app import flow
from game.app.action import Action
from game.app.draw.bake import BakedWorld
from game.app.draw.map_view import MapView
from game.app.jobs import Job
from game.app.screen import Point, PointerKind
from game.app.screens.drive_camera import LOOKS, view_of
from game.app.screens.drive_chase import Chase
from game.app.screens.drive_daylight import Daylight
from game.app.screens.drive_floats import draw_beside, draw_float
from game.app.screens.drive_ghosts import Arrivals, company_of, ghost_name
from game.app.screens.drive_hands import Hands
from game.app.screens.drive_hud import Hud
from game.app.screens.drive_lent import LentMaps
from game.app.screens.drive_light import TURN_OF_VIEW, mood_of
from game.app.screens.drive_quill import Quill
from game.app.screens.drive_scene import Scene
from game.app.screens.drive_showing import Showing
from game.app.screens.drive_sound import Ear
from game.app.screens.drive_strips import draw_waiting
from game.app.screens.drive_telling import transcript
from game.app.screens.drive_voyage import Mode, Voyage
from game.app.screens.ghost_hosts import DriveHost
from game.app.sound.heard import Heard
from game.files import told
from game.geography import Geography
from game.model import LaneNotOpen
from game.session import Session
from game.words import say

SIZE_SETTLES = 0.35
"""Seconds for which a new size has to last before the map is baked for it."""


class DriveScreen(Daylight):
    """A life in play.  When it has come to rest, one key calls ``on_finished(session)``; by default the debrief.

    ``solution_job`` is the background job that solves the level; its ghosts join when it is done.  With a ``script`` of
    lane ids the screen plays them by itself.
    """

    pauses_life = True

    def __init__(
        self,
        session: Session,
        solution_job: Job[Any] | None = None,
        *,
        on_finished: Callable[[Session], None] | None = None,
        script: Sequence[str] | None = None,
        oracles: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.session = session
        self.solution_job = solution_job
        self.on_finished = on_finished or (lambda lived: flow.end_life(self.stage, lived, solution_job))
        self.script = None if script is None else tuple(script)
        self.voyage: Voyage | None = None
        """The voyage, or None while the level is still being laid out; so are ``scene``, ``hands``, ``chase``, …"""
        self.view: MapView | None = None
        self._baking: Job[BakedWorld] | None = None
        self._bake_in: float | None = None
        self._arrivals, self._oracles = Arrivals(session, solution_job), oracles
        self.host: DriveHost  # the ghosts there are and those on their way
        self._ear = Ear()

    # --- coming and going -------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Takes up the voyage; after a pause the boat waits for somebody to take the helm."""
        if self.voyage is None:
            self._begin()
        else:
            self.voyage.reduced_motion = self.stage.reduced_motion
            self.voyage.moored = True
            self.scene.company = self.host.company
            self.hands.let_go()

    def _begin(self) -> None:
        stage = self.stage
        geography = stage.library.geography(self.session.level)
        if geography is None:
            return
        self.voyage = voyage = Voyage(
            self.session,
            geography,
            mode=Mode(stage.settings.mode) if self.script is None else Mode.STEP,
            script=self.script,
            reduced_motion=stage.reduced_motion,
        )
        self._mood = mood_of(voyage)
        self.hud = Hud(stage)
        view = self._new_view(geography)
        start = view_of(geography, view.whole.zoom, geography.places[voyage.next_place], view.margins)
        company = company_of(self.session, stage.settings.ghosts)
        self.host = DriveHost(stage, self.session, company, self._arrivals, self._oracles)
        self.scene = Scene(voyage, start, self.host.company, LentMaps(voyage, stage.jobs))
        self.hands = Hands(voyage, self.scene, self.hud, self.press)
        self.chase = Chase(stage, voyage, self.hud)
        self.quill: Quill = Quill(stage, voyage, self.scene.say)
        self._take_view(view)
        self._bake_in = 0.0

    def retell(self) -> None:
        """The level in the language spoken now; what is shown of it is asked for anew."""
        self.session.level = told(self.session.level)
        if self.voyage is not None:
            self.scene.notice = ""

    def leave(self) -> None:
        """Ends the background work that nobody will look at."""
        self._stop_baking()
        if self.voyage is not None:
            self.chase.leave()

    def _new_view(self, geography: Geography) -> MapView:
        """The map for the stage as it is, with the whole world beside the paper and not under it."""
        stage, level = self.stage, self.session.level
        return MapView(
            level, geography, stage.palette, stage.type, stage.size, stage.reduced_motion, self.hud.margins()
        )

    def _take_view(self, view: MapView) -> None:
        self.view = view
        self.hands.view = self.chase.view if self.chase.on else view
        self._stop_baking()
        self._bake_in = SIZE_SETTLES
        self.hands.settle()

    def _stop_baking(self) -> None:
        if self._baking is not None:
            self._baking.cancel()
        self._baking = self._bake_in = None

    def _bake(self, view: MapView, dt: float) -> None:
        """Has the world baked for the map's size, once that has settled, and hands it to the map."""
        if self._bake_in is not None:
            self._bake_in -= dt
            if self._bake_in > 0.0:
                return
            self._baking = self.stage.library.world(self.session.level, view.size, view.margins)
            self._bake_in = None
        if self._baking is not None and self._baking.done:
            if self._baking.result is not None:
                view.use(self._baking.result)
            self._baking = None
            # Baked ahead of time, so that the chase is whole when it is asked for; on the spot it would be waited for.
            if not self.stage.jobs.in_process:
                self.chase.bake()

    def layout(self, size: tuple[int, int]) -> None:
        """Makes the map anew for this size; the world is baked for it in the background."""
        self._fading.end()
        if self.voyage is None or self.view is None:
            return
        stage = self.stage
        self.chase.lay_out()
        if self.view.size != size or self.view.type is not stage.type:
            view = self._new_view(self.voyage.geography)
            self.scene.view = replace(self.scene.view, whole=view.whole.zoom, margins=view.margins)
            self._take_view(view)
        else:
            self.view.reduced_motion = stage.reduced_motion
            self.hands.view = self.chase.view if self.chase.on else self.view
            self.hands.settle()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def focus(self) -> str | None:
        """The lane that is marked, which CONFIRM would take at a fork."""
        return None if self.voyage is None else self.hands.marked

    def showing(self) -> Showing:
        """What the sheets of paper say, once the level has been laid out."""
        return self.hands.showing()

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the map, what is left of the old light when the light turns, and the paper over it."""
        if self.voyage is None or self.view is None:
            draw_waiting(surface, self.stage)
            return
        showing = self.showing()
        self.draw_water(surface, showing)
        self.hud.draw(surface, showing, self.voyage.patience, self.hands.pointed, self.voyage.time)

    def draw_water(self, surface: pygame.Surface, showing: Showing | None = None) -> None:
        """Draws the world and what floats over it, without any paper, once the level has been laid out."""
        assert self.view is not None
        self._draw_world(surface, self.view, self._fading.picture, showing=showing)
        self._draw_floats(surface, () if showing is None else self.hud.papers(showing))

    def draw_world(self, surface: pygame.Surface) -> None:
        """Draws the world of now with nothing of an older light over it and without names."""
        assert self.view is not None
        self._draw_world(surface, self.view, names=False)

    def _draw_world(
        self, surface: pygame.Surface, view: MapView, veil: pygame.Surface | None = None, names: bool = True,
        showing: Showing | None = None,
    ) -> None:  # fmt: skip
        hands, fork = self.hands, (showing and showing.fork) or self.hands.fork
        frame = self.scene.frame(self.stage.time, fork, hands.marked, hands.hovered)
        if not self.chase.on:
            view.draw(surface, frame, names=names, veil=veil)
            return
        if self._taken is not None and veil is None:
            surface.blit(self._taken, (0, 0))  # drawn in this very tick
            return
        self.chase.draw(surface, self.chase.frame(frame, fork, showing or self.showing()))
        if veil is not None:
            surface.blit(veil, (0, 0))

    def _draw_floats(self, surface: pygame.Surface, papers: Sequence[pygame.Rect]) -> None:
        stage, view = self.stage, self.hands.view
        assert view is not None
        for each in self.scene.floats:
            if each.at_place and papers:
                draw_beside(surface, stage, each, papers)
                continue
            # The camera behind the boat leaves the place behind where light was gathered, so there it follows the boat.
            x, y = view.to_screen(self.scene.boat_at() if self.chase.on else each.at)
            draw_float(surface, stage, each, (x, y - stage.px(96) if self.chase.on else y))

    def transcript(self) -> str:
        """What the screen says just now."""
        if self.voyage is None:
            return say("drive.wait")
        hands, scene = self.hands, self.scene
        lent = tuple(scene.lent.told())
        return transcript(self.voyage, hands.fork, hands.marked, scene.company, scene.news, scene.notice, lent)

    def heard(self) -> Heard:
        """What there is to hear of the voyage."""
        if self.voyage is None:
            return super().heard()
        return self._ear.heard(self.scene, self.hands, self._mood)

    # --- time -------------------------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        """One tick of the voyage, the scene, the ghosts and the background work."""
        self.stage.library.update()
        if self.voyage is None:
            self._begin()
            return
        if self.view is not None:
            self._bake(self.view, dt)
        joined = self.host.follow()
        if joined is not None:
            self.scene.say(say("drive.ghosts.joined", name=ghost_name(joined)))
        self.scene.company = self.host.company
        self.hands.update(dt)
        self._travel(self.voyage, dt)
        self.chase.followed = self.scene.followed.record if self.scene.followed is not None else None
        self.chase.update(dt, self.hands)
        if self.view is not None:
            self._pass_light(self.voyage, self.view, dt)
        self.quill.update()

    def _travel(self, voyage: Voyage, dt: float) -> None:
        taken = voyage.travelled
        try:
            events = voyage.update(dt)
        except LaneNotOpen:
            self.hands.drop_script("drive.replay.parted")
            events = ()
        if voyage.travelled != taken:
            self.hands.entered()
        self.scene.update(dt, events)
        if voyage.is_replay and voyage.playing and not voyage.script and voyage.choosing:
            self.hands.drop_script("drive.replay.over")

    # --- what a person does -----------------------------------------------------------------------------------------

    def press(self, action: Action) -> None:
        """Does what the bar offers, ends the life that rests, and leaves the rest to the hands."""
        if self.voyage is None:
            if action in (Action.BACK, Action.PAUSE):
                flow.pause(self.stage, self.session)
            return
        if self.stage.reduced_motion:
            self.scene.notice = ""
        if action in _BESIDES:
            self.hands.hovered = self.hands.hovered_place = None
            _BESIDES[action](self)
        elif action in LOOKS:
            self.scene.view = self.scene.view if self.chase.on else LOOKS[action](self.scene.view)
        elif self.voyage.resting and action in (Action.CONFIRM, Action.SKIP):
            self.on_finished(self.session)
        else:
            self.hands.press(action)

    def pointer(self, kind: PointerKind, pos: Point, button: int = 0, amount: float = 0) -> None:
        """Leaves the pointer to the hands."""
        if self.voyage is not None:
            self.hands.pointer(kind, pos, button, amount)

    def switch_mode(self) -> None:
        """From step by step to driving and back, at any moment; the boat stays where it is."""
        voyage, hands = self.voyage, self.hands
        if voyage is None or voyage.resting or hands.replaying:
            return
        if voyage.mode is Mode.STEP:
            voyage.mode = Mode.DRIVE
            if hands.focus is not None:
                voyage.aim_at(hands.focus)
        else:
            voyage.mode = Mode.STEP
            hands.focus = None
        voyage.moored = True
        self.stage.change_settings(mode=voyage.mode.value)
        self.scene.say(say(f"drive.mode.{voyage.mode.value}"))

    def switch_view(self) -> None:
        """From the map to the view behind the boat and back, at any moment; nothing else changes."""
        if self.view is None:
            return
        self._fading.end()
        if not self.stage.reduced_motion:
            self._fading.begin(self.world_now(), TURN_OF_VIEW)
        chase = self.chase
        self.scene.behind = not chase.on
        self.hands.view = self.view if chase.on else chase.view
        self.hands.settle()
        chase.switch(self.hands)
        self.scene.say(say("drive.view.chase" if chase.on else "drive.view.map"))

    def choose_ghosts(self) -> None:
        """Who drives beside this life."""
        if self.voyage is not None:
            flow.choose_ghosts(self.stage, self.host)

    def recentre(self) -> None:
        """The usual view of the map; asked for again, from close by or the whole of it."""
        self.scene.view = self.scene.view.recentred()


_BESIDES: dict[Action, Callable[[DriveScreen], None]] = {
    Action.PAUSE: lambda screen: flow.pause(screen.stage, screen.session),
    Action.BACK: lambda screen: flow.pause(screen.stage, screen.session),
    Action.HELP: lambda screen: flow.show_help(screen.stage),
    Action.SETTINGS: lambda screen: flow.show_settings(screen.stage),
    Action.MODE: DriveScreen.switch_mode,
    Action.VIEW: DriveScreen.switch_view,
    Action.GHOSTS: DriveScreen.choose_ghosts,
    Action.LIST: DriveScreen.open_list,
    Action.MENU: lambda screen: flow.show_actions(screen.stage),
    Action.LOOK: DriveScreen.look_further,
    Action.BORROW: DriveScreen.borrow_map,
    Action.HOME: DriveScreen.recentre,
    Action.LIGHT: lambda screen: screen.quill.ask(),
}
