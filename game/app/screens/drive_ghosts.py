"""The company on the water: which ghosts there are, which are shown, and where they are just now.

Ghosts are whole lives in the same water (``Session.ghosts``).  Those that need the solver are added when its answer
comes, one decision a tick, so that no frame waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from game.app.settings import GHOST_NAMES
from game.model import Rest, YearOnLane
from game.policy import FixedPlan, Policy
from game.session import Ghost, Session
from game.simulate import Record, Whereabouts, lived, whereabouts
from game.words import MissingWords, say


@dataclass(frozen=True)
class Company:
    """Which ghosts are shown, by name, of those called ``names``; ``step`` is where the key that cycles them stands."""

    names: tuple[str, ...]
    shown: tuple[str, ...]

    def cycled(self) -> Company:
        """The next company: all of them, then each alone, then none, then all again."""
        circle = [self.names, *((name,) for name in self.names), ()] if len(self.names) > 1 else [self.names, ()]
        here = tuple(name for name in self.names if name in self.shown)
        at = circle.index(here) if here in circle else -1
        return Company(self.names, circle[(at + 1) % len(circle)])

    def said(self) -> str:
        """Which ghosts are shown, in words."""
        here = [ghost_name(name) for name in self.names if name in self.shown]
        if not self.names:
            return say("drive.ghosts.nobody_yet")
        if not here:
            return say("drive.ghosts.nobody")
        return say("drive.ghosts.shown", names=say("drive.list.comma").join(here))


def ghost_name(name: str) -> str:
    """A ghost's name as people read it; one that the words do not know is called what it is called."""
    try:
        return say(f"drive.ghost.{name}")
    except MissingWords:
        return name


def short_name(name: str) -> str:
    """A ghost's name as it stands beside its boat."""
    try:
        return say(f"drive.ghost_short.{name}")
    except MissingWords:
        return name


def company_of(session: Session, wanted: tuple[str, ...]) -> Company:
    """The company of a session's ghosts: those ``wanted`` are shown, and any that the settings have no name for."""
    names = tuple(dict.fromkeys(ghost.name for ghost in session.ghosts))
    return Company(names, tuple(name for name in names if name in wanted or name not in GHOST_NAMES))


def places_of(
    session: Session, company: Company, time: float, *, choosing: bool = False
) -> tuple[tuple[Ghost, Whereabouts], ...]:
    """Every ghost shown and where it is ``time`` years after the beginning, in the order of the session.

    While the player is ``choosing``, ghosts at a fork of their own wait there too, and do not give their choice away.
    """
    where = _waiting if choosing else whereabouts
    return tuple((ghost, where(ghost.record, time)) for ghost in session.ghosts if ghost.name in company.shown)


def light_until(record: Record, time: float) -> tuple[float, ...]:
    """The light by value that a life has gathered ``time`` years after the beginning, whole years and arrivals."""
    light = record.start.light
    for leg in record.legs:
        for event in leg.events:
            due = event.year + 1 if isinstance(event, YearOnLane) else event.year
            if not isinstance(event, Rest) and due <= time:
                light = tuple(a + b for a, b in zip(light, event.light, strict=True))
    return light


def _waiting(record: Record, time: float) -> Whereabouts:
    fork = next((leg.before for leg in record.legs if leg.before.year == time), None)
    return Whereabouts(fork.place) if fork is not None else whereabouts(record, time)


class Arrivals:
    """Ghosts on their way into a session: the plan at once, the solver's when its job is done.

    ``job`` may be None, or anything with ``done``, ``error`` and ``result`` (a ``game.solver.Solution``).  A session
    that has a ghost of some name already keeps it.
    """

    def __init__(self, session: Session, job: Any | None) -> None:
        self.session = session
        self.job = job
        self._living: list[tuple[str, Iterator[Record]]] = []
        self._latest: dict[str, Record] = {}
        if session.bets.plan:
            plan = session.bets.plan
            self._expect("plan", lambda: FixedPlan(plan))

    def update(self) -> bool:
        """Lets the first of the ghosts on their way decide once; true when one has joined the session."""
        if self.job is not None and self.job.done:
            self._welcome(self.job)
            self.job = None
        if not self._living:
            return False
        name, life = self._living[0]
        try:
            self._latest[name] = next(life)
            return False
        except StopIteration:
            pass
        except ValueError:
            pass  # a plan that ends, or does not fit, before the life does: its ghost stays where it came to
        self._living.pop(0)
        record = self._latest.pop(name, None)
        if record is None:
            return False
        self.session.ghosts.append(Ghost(name, record))
        return True

    def _welcome(self, job: Any) -> None:
        if job.error is not None or job.result is None:
            return
        solution = job.result
        self._expect("best_plan", lambda: FixedPlan(solution.best_plan.lanes))
        self._expect("step_by_step", lambda: _step_by_step(solution.problem))

    def _expect(self, name: str, policy: Callable[[], Policy]) -> None:
        known = {ghost.name for ghost in self.session.ghosts} | {waiting for waiting, _ in self._living}
        if name not in known:
            self._living.append((name, lived(self.session.level, policy(), self.session.landscape)))


def _step_by_step(problem: Any) -> Policy:
    """One step at a time; the solver is only loaded for a session that has not got this ghost yet."""
    from game.solver import StepByStep

    return StepByStep(problem)
