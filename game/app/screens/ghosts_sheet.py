"""The ghosts' sheet: who drives beside you, chosen before setting off and on the way, four at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from game.app.action import Action
from game.app.jobs import Job
from game.app.keeping import lives_of
from game.app.lives import KeptLife
from game.app.screens.drive_ghosts import ghost_name, oracle_names
from game.app.screens.sheet import SheetScreen
from game.app.settings import GHOST_NAMES, MOST_GHOSTS
from game.app.widgets import Button, Heading, Text, Toggle, Widget
from game.model import Level
from game.words import say


class Host(Protocol):
    """Whoever has ghosts: a life that has not begun, or one in play."""

    level: Level

    @property
    def seed(self) -> int:
        """The water."""
        ...

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the ghosts that are chosen."""
        ...

    def switch(self, name: str, on: bool) -> None:
        """Chooses a ghost of ``GHOST_NAMES``, or sends it away."""
        ...

    def switch_life(self, life: KeptLife, on: bool) -> None:
        """Chooses a life lived in this water, or sends it away."""
        ...

    def take_water(self, life: KeptLife) -> None:
        """Goes over to the water of a life."""
        ...

    def note(self, name: str) -> str:
        """Why a ghost is not there (yet), in a few words; empty where there is nothing to say."""
        ...

    def update(self) -> None:
        """Called every tick while the sheet is open."""
        ...


class GhostsSheet(SheetScreen):
    """Toggles for all who can drive beside a life, and what must be known about those who cannot."""

    breadth = 780
    gap = 6.0

    def __init__(self, host: Host) -> None:
        super().__init__(lambda: say("ghosts.title"))
        self.host = host
        self._lives: Job[list[KeptLife]] | None = None
        self._told: object = None
        self._refused = False

    def enter(self) -> None:
        """Looks through the kept lives, in the background."""
        if self.stage.home is not None:
            self._lives = lives_of(self.stage, (self.host.level,))
        super().enter()

    def update(self, dt: float) -> None:
        """Tells what has come since."""
        self.host.update()
        if self._told != self._telling():
            self.fill()
            self.layout(self.stage.size)

    def _telling(self) -> object:
        read = self._lives is None or self._lives.done
        return (
            self.host.shown,
            tuple(map(self.host.note, (*GHOST_NAMES, *oracle_names(self.host.level)))),
            read,
            self._refused,
        )

    def body(self) -> Sequence[Widget]:
        """The ways of living, the lives of this water, and those of other waters."""
        self._told = self._telling()
        about = "ghosts.full" if self._refused else "ghosts.about"
        rows: list[Widget] = [
            Text(say(about, most=MOST_GHOSTS), 15, tone="accent" if self._refused else "soft"),
            Heading(say("ghosts.own"), 19),
        ]
        for name in self._names():
            note = self.host.note(name)
            label = ghost_name(name) if not note else say("ghosts.noted", name=ghost_name(name), note=note)
            rows.append(self._toggle(label, name, partial(self.host.switch, name)))
        oracles = oracle_names(self.host.level)
        if oracles:
            rows.append(Heading(say("ghosts.oracles"), 19))
        for name in oracles:
            note = self.host.note(name)
            label = name if not note else say("ghosts.noted", name=name, note=note)
            rows.append(self._toggle(label, name, partial(self.host.switch, name)))
        rows += self._life_rows()
        return rows

    def foot(self) -> Sequence[Widget]:
        """The way back."""
        return [Button(say("ghosts.done"), self.close, key=Action.BACK, kind="primary")]

    def _names(self) -> list[str]:
        """The ways of living there are on this level: no plan longer than the life itself."""
        years = self.host.level.years
        return [n for n in GHOST_NAMES if not n.startswith("replan_") or int(n.removeprefix("replan_")) < years]

    def _life_rows(self) -> list[Widget]:
        if self._lives is None:
            return []
        rows: list[Widget] = [Heading(say("ghosts.lives"), 19)]
        if not self._lives.done:
            return [*rows, Text(say("lives.reading"), 15, tone="soft")]
        same, other = lives_by_water(self._lives.result or [], self.host.level, self.host.seed)
        rows += [
            self._toggle(say("lives.row", title=x.title, light=_light(x)), x.title, partial(self.host.switch_life, x))
            for x in same
        ]
        if not same:
            rows.append(Text(say("ghosts.no_lives"), 15, tone="soft"))
        if other:
            rows += [Heading(say("ghosts.others"), 19), Text(say("ghosts.others_about"), 15, tone="soft")]
        for life in other:
            assert life.run is not None
            label = say("ghosts.take_water", title=life.title, water=life.run.seed)
            rows.append(Button(label, partial(self.host.take_water, life)))
        return rows

    def _toggle(self, label: str, name: str, change: Callable[[bool], None]) -> Toggle:
        """A toggle that refuses a fifth ghost, and says so."""

        def switched(on: bool) -> None:
            self._refused = on and len(self.host.shown) >= MOST_GHOSTS
            if not self._refused:
                change(on)
            self._told = None

        return Toggle(label, name in self.host.shown, switched)

    def press_other(self, action: Action) -> None:
        """The key that opened the sheet closes it."""
        if action is Action.GHOSTS:
            self.close()
        else:
            super().press_other(action)


def lives_by_water(lives: list[KeptLife], level: Level, seed: int) -> tuple[list[KeptLife], list[KeptLife]]:
    """The lives of a level that can be lived again: those in the water of ``seed``, and a few of those in others."""
    whole = [life for life in lives if life.level is not None and life.level.digest == level.digest and life.record]
    same = [life for life in whole if life.run is not None and life.run.seed == seed]
    return same[:20], [life for life in whole if life not in same][:8]


def _light(life: KeptLife) -> str:
    from game.app.screens.debrief.figures import figure

    return figure(life.light)
