"""Whose ghosts are chosen: those of a life in play, and those of a life before it sets off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.app import flow
from game.app.keeping import keep_run
from game.app.lives import KeptLife
from game.app.screens.drive_ghosts import Arrivals, Company, oracle_names
from game.app.settings import GHOST_NAMES, MOST_GHOSTS, USUAL_GHOSTS
from game.session import Ghost, Session
from game.words import say

if TYPE_CHECKING:
    from game.app.screens.set_off import SetOffScreen
    from game.app.stage import Stage


class DriveHost:
    """The ghosts of a life in play: those who are there, and those on their way."""

    def __init__(
        self, stage: Stage, session: Session, company: Company, arrivals: Arrivals, oracles: tuple[str, ...] = ()
    ) -> None:
        self.stage, self.session, self.arrivals = stage, session, arrivals
        self.level = session.level
        self.company = company
        self._wanted = {*stage.settings.ghosts, *oracles}
        arrivals.jobs = stage.jobs
        for name in (*oracles, *stage.settings.ghosts):
            if name not in USUAL_GHOSTS:
                arrivals.ask(name)

    @property
    def seed(self) -> int:
        """The water of the life."""
        return self.session.seed

    @property
    def shown(self) -> tuple[str, ...]:
        """Those who are shown, and those who will be when they come."""
        names = (*GHOST_NAMES, *oracle_names(self.level))
        coming = [n for n in names if n in self._wanted and n not in self.company.names and self._coming(n)]
        return (*self.company.shown, *coming)[:MOST_GHOSTS]

    def update(self) -> None:
        """Lets those on their way come."""
        self.follow()

    def follow(self) -> str | None:
        """The name of a ghost that has just come and is shown, or None."""
        if not self.arrivals.update():
            return None
        name = self.session.ghosts[-1].name
        wanted = name in self._wanted or name in self.stage.settings.ghosts
        self.company = self.company.joined(name, wanted)
        return name if name in self.company.shown else None

    def switch(self, name: str, on: bool) -> None:
        """Shows a ghost, or sends for it; or sends it away.  The settings remember it."""
        if on:
            self._wanted.add(name)
            if name in self.company.names:
                self.company = self.company.switched(name, True)
            else:
                self.arrivals.ask(name)
        else:
            self._wanted.discard(name)
            self.company = self.company.switched(name, False)
        if name in GHOST_NAMES:
            remember(self.stage, name, on)

    def switch_life(self, life: KeptLife, on: bool) -> None:
        """Lets a kept life drive along, or no longer."""
        assert life.record is not None
        if on and life.title not in self.company.names:
            self.session.ghosts.append(Ghost(life.title, life.record))
            self.company = self.company.joined(life.title, True)
        else:
            self.company = self.company.switched(life.title, on)

    def take_water(self, life: KeptLife) -> None:
        """Keeps this life as it is, and prepares another in the water of a kept one."""
        keep_run(self.stage, self.session)
        flow.beside_life(self.stage, life)

    def note(self, name: str) -> str:
        """Whether a ghost is on its way, or why it cannot come."""
        if name in self.company.names:
            return ""
        if name == "plan":
            return say("ghosts.no_plan") if not self.session.bets.plan else ""
        if name in self.arrivals.refused:
            return self.arrivals.refused[name]
        return say("ghosts.on_the_way") if name in self._wanted and self._coming(name) else ""

    def _coming(self, name: str) -> bool:
        return self.arrivals.coming(name)


class SetOffHost:
    """The ghosts of a life that has not begun: wishes in the settings, and kept lives of its water."""

    def __init__(self, screen: SetOffScreen) -> None:
        self.screen, self.stage, self.level = screen, screen.stage, screen.level

    @property
    def seed(self) -> int:
        """The water that the life will have."""
        assert self.screen.seed is not None
        return self.screen.seed

    @property
    def shown(self) -> tuple[str, ...]:
        """Those who will be there."""
        wanted = (name for name in self.stage.settings.ghosts if not self.note(name))
        lives = (life.title for life in self.screen.companions)
        return (*lives, *self.screen.oracles, *wanted)[:MOST_GHOSTS]

    def update(self) -> None:
        """Nothing comes before the life begins."""

    def switch(self, name: str, on: bool) -> None:
        """Wishes for a ghost, or no longer."""
        if name in GHOST_NAMES:
            remember(self.stage, name, on)
        else:
            others = tuple(other for other in self.screen.oracles if other != name)
            self.screen.oracles = (*others, name) if on else others

    def switch_life(self, life: KeptLife, on: bool) -> None:
        """Takes a kept life along, or no longer."""
        others = tuple(other for other in self.screen.companions if other.title != life.title)
        self.screen.companions = (*others, life) if on else others

    def take_water(self, life: KeptLife) -> None:
        """Goes over to the water of a kept life."""
        flow.beside_life(self.stage, life)

    def note(self, name: str) -> str:
        """That no plan was drawn yet."""
        return say("ghosts.no_plan") if name == "plan" and not self.screen.draft.complete else ""


def remember(stage: Stage, name: str, on: bool) -> None:
    """Keeps in the settings that a ghost of ``GHOST_NAMES`` is wanted, or is not."""
    wanted = {*stage.settings.ghosts, name} if on else {*stage.settings.ghosts} - {name}
    stage.change_settings(ghosts=tuple(other for other in GHOST_NAMES if other in wanted))
