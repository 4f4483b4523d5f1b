"""Lent maps: what an oracle of the level says at the fork, for the map and for a card beside it.

A map is lent by one oracle at a time, or by none.  It is read at forks alone, from what is known there; on a lane it
stays as it was read, without its figures.  What an oracle makes of a fork is `game.solver.oracle`'s; its world is made
in the background the first time that somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.app.draw.map_frame import Lent
from game.app.jobs import Job, Jobs
from game.app.screens.drive_glow import in_all
from game.app.screens.drive_voyage import Voyage
from game.model import Level, Life, Oracle, Weights
from game.words import say


@dataclass(frozen=True)
class LentRow:
    """A way out of the fork: its name, how bright the oracle says it is, and whether it would go there.

    Brightness is a number where the oracle's light is one, else the glow of a year.
    """

    lane: str
    name: str
    brightness: str
    chosen: bool


@dataclass(frozen=True)
class LentCard:
    """What the card of a lent map says; without rows where it is not read just now."""

    name: str
    words: str
    rows: tuple[LentRow, ...]
    unit: str


def world_of(level: Level, weights: Weights, name: str) -> Any:
    """The world of an oracle, in whichever process this is called; the solver is only loaded there."""
    from game.solver import OracleWorld

    return OracleWorld(level, weights, level.oracle(name))


class LentMaps:
    """The maps that the oracles of a session's level lend; ``lender`` is the one whose map is borrowed, or None."""

    def __init__(self, voyage: Voyage, jobs: Jobs) -> None:
        self._voyage, self._jobs = voyage, jobs
        self._at: int | None = None
        self._job: Job[Any] | None = None
        self._read: tuple[object, Any] | None = None
        self._here = False

    @property
    def lender(self) -> Oracle | None:
        """Whose map is borrowed."""
        oracles = self._voyage.session.level.oracles
        return None if self._at is None or self._at >= len(oracles) else oracles[self._at]

    def next(self) -> None:
        """Borrows the map of the next oracle; after the last one that of nobody."""
        following = 0 if self._at is None else self._at + 1
        self._at = following if following < len(self._voyage.session.level.oracles) else None
        self._job = self._read = None
        self.update()

    def update(self) -> None:
        """Reads the map where the boat lies at a fork, as soon as there is one."""
        oracle, session = self.lender, self._voyage.session
        self._here = self._voyage.choosing
        if oracle is None:
            return
        weights = session.weights
        key = ("oracle", session.level.digest, oracle.name, weights)
        if self._job is None or self._job.key != key:
            self._job = self._jobs.submit(world_of, session.level, weights, oracle.name, key=key, urgent=True)
        if self._here and self._job.ok:
            at: tuple[object, Life] = (key, session.life)
            if self._read is None or self._read[0] != at:
                assert self._job.result is not None
                self._read = (at, self._job.result.advice(session.life))

    def mark(self) -> Lent | None:
        """What is drawn of the borrowed map: the way it leads from the fork, and what it says of each lane."""
        if self.lender is None or self._read is None:
            return None
        advice = self._read[1]
        says = {row.lane: row.brightness for row in self._rows()}
        return Lent(tuple(dict.fromkeys(advice.path)), says, advice.lane if self._here else None)

    def card(self) -> LentCard | None:
        """The card of the borrowed map."""
        oracle = self.lender
        if oracle is None:
            return None
        unit = say("lent.own_light" if oracle.weights is not None else "lent.your_light")
        failed = self._job is not None and self._job.done and not self._job.ok
        words = say("lent.failed") if failed else oracle.words
        return LentCard(oracle.label, words, self._rows(), unit)

    def told(self) -> list[str]:
        """The borrowed map in words, line by line."""
        card = self.card()
        if card is None:
            return []
        lines = [say("lent.of", name=card.name), *([card.words] if card.words else [])]
        lines += [
            say("lent.way_taken" if row.chosen else "lent.way", lane=row.name, light=row.brightness)
            for row in card.rows
        ]
        if card.rows and self._read is not None:
            level = self._voyage.session.level
            path = say("drive.list.then").join(level.lane(lane).name for lane in self._read[1].path)
            lines += [card.unit, say("lent.path", path=path)]
        return lines

    def _rows(self) -> tuple[LentRow, ...]:
        if self._read is None or not self._here:
            return ()
        session, advice, lender = self._voyage.session, self._read[1], self.lender
        level, left = session.level, session.level.years - session.life.year
        weights = session.weights if lender is None or lender.weights is None else lender.weights
        return tuple(
            LentRow(
                way.lane,
                level.lane(way.lane).name,
                in_all(level, weights, way.brightness, left),
                way.lane == advice.lane,
            )
            for way in advice.ways
        )
