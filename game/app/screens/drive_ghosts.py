"""The company on the water: which ghosts there are, which are shown, and where they are just now.

Ghosts are whole lives in the same water (``Session.ghosts``).  Those that need the solver are added when its answer
comes, one decision a tick, so that no frame waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from game.app.jobs import Job, Jobs
from game.app.settings import GHOST_NAMES, MOST_GHOSTS
from game.model import Level, Rest, Weights, YearOnLane, draw_landscape
from game.policy import FixedPlan, Policy
from game.session import Ghost, Session
from game.simulate import Record, Whereabouts, live, lived, whereabouts
from game.words import say


@dataclass(frozen=True)
class Company:
    """Which ghosts are shown, by name, of those called ``names``; never more than ``MOST_GHOSTS``."""

    names: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether no more ghosts can be shown."""
        return len(self.shown) >= MOST_GHOSTS

    def joined(self, name: str, wanted: bool) -> Company:
        """The company with one more ghost, shown if ``wanted`` and there is room."""
        names = self.names if name in self.names else (*self.names, name)
        return Company(names, self.shown).switched(name, wanted and not self.full)

    def switched(self, name: str, on: bool) -> Company:
        """The company with a ghost shown or not."""
        others = tuple(shown for shown in self.shown if shown != name)
        return Company(self.names, (*others, name) if on else others)


def ghost_name(name: str) -> str:
    """A ghost's name as people read it; one that the words do not know is called what it is called."""
    return _worded("ghost", name)


def short_name(name: str) -> str:
    """A ghost's name as it stands beside its boat."""
    return _worded("ghost_short", name)


def _worded(key: str, name: str) -> str:
    if name not in GHOST_NAMES:
        return name
    years = name.removeprefix("replan_")
    return say(f"drive.{key}.{name}") if years == name else say(f"drive.{key}.replan", years=years)


def company_of(session: Session, wanted: tuple[str, ...]) -> Company:
    """The company of a session's ghosts: those ``wanted`` are shown, and any that the settings have no name for."""
    names = tuple(dict.fromkeys(ghost.name for ghost in session.ghosts))
    shown = [name for name in names if name in wanted or name not in GHOST_NAMES]
    return Company(names, tuple(sorted(shown, key=lambda name: name in GHOST_NAMES)[:MOST_GHOSTS]))


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
    for _, glance in record.glances:
        if glance.look.year <= time:
            light = tuple(a + b for a, b in zip(light, glance.look.light, strict=True))
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
    """Ghosts on their way into a session: the plan at once, the solver's when its job is done, others when asked for.

    ``job`` may be None, or anything with ``done``, ``error`` and ``result`` (a ``game.solver.Solution``).  A session
    that has a ghost of some name already keeps it.  ``refused`` says of some names in a few words why they cannot come.
    """

    def __init__(self, session: Session, job: Any | None, wanted: tuple[str, ...] = ()) -> None:
        self.session = session
        self.job = job
        self.jobs: Jobs | None = None
        """Where the lives of ghosts that need some thought are lived; without it those do not come."""
        self.refused: dict[str, str] = {}
        self._solution: Any | None = None
        self._living: list[tuple[str, Iterator[Record]]] = []
        self._latest: dict[str, Record] = {}
        self._lived: dict[str, Job[Record]] = {}
        self._asked = [name for name in wanted if name not in ("plan", *_OF_THE_SOLVER)]
        if session.bets.plan:
            plan = session.bets.plan
            self._expect("plan", lambda: FixedPlan(plan))

    def ask(self, name: str) -> None:
        """Has a ghost come, if it is not there or on its way already."""
        if name not in self._asked and not self.coming(name):
            self._asked.append(name)

    def coming(self, name: str) -> bool:
        """Whether a ghost is on its way."""
        waits = self.job is not None and name in _OF_THE_SOLVER
        living = any(name == other for other, _ in self._living)
        return name not in self.refused and (name in self._asked or name in self._lived or living or waits)

    def update(self) -> bool:
        """Lets the first of the ghosts on their way decide once; true when one has joined the session."""
        if self.job is not None and self.job.done:
            self._welcome(self.job)
            self.job = None
        for name in list(self._asked):
            self._begin(name)
        for name, job in list(self._lived.items()):
            if job.done:
                del self._lived[name]
                if job.result is None:
                    self.refused[name] = say("ghosts.unknown")
                elif self._is_new(name):
                    self.session.ghosts.append(Ghost(name, job.result))
                    return True
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

    def _begin(self, name: str) -> None:
        """Has a ghost that was asked for live, as soon as there is what it needs."""
        session = self.session
        if name == "optimal":
            if self.job is not None:
                return
            chart = None if self._solution is None else self._solution.treasure_map
            if chart is None or chart.keep == "worth":
                self.refused[name] = say("ghosts.unknown" if self._solution is None else "ghosts.too_large")
            else:
                self._expect(name, lambda: chart)
        elif self.jobs is None:
            return
        elif self._is_new(name):
            key = ("ghost", session.level.digest, session.weights, session.seed, name)
            self._lived[name] = self.jobs.submit(
                ghost_life, session.level, session.weights, session.seed, name, key=key, urgent=True
            )
        self._asked.remove(name)

    def _is_new(self, name: str) -> bool:
        return name not in {ghost.name for ghost in self.session.ghosts}

    def _welcome(self, job: Any) -> None:
        if job.error is not None or job.result is None:
            self.refused |= dict.fromkeys(_OF_THE_SOLVER, say("ghosts.unknown"))
            return
        solution = self._solution = job.result
        self._expect("best_plan", lambda: FixedPlan(solution.best_plan.lanes))
        self._expect("step_by_step", lambda: _step_by_step(solution.problem))

    def _expect(self, name: str, policy: Callable[[], Policy]) -> None:
        if self._is_new(name) and name not in {waiting for waiting, _ in self._living}:
            self._living.append((name, lived(self.session.level, policy(), self.session.landscape)))


_OF_THE_SOLVER = ("best_plan", "step_by_step")


def ghost_life(level: Level, weights: Weights, seed: int, name: str) -> Record:
    """The life of a ghost called ``name`` in the water of ``seed``, in whichever process this is called."""
    from game.policies import ORACLE, named_policy
    from game.solver import Problem

    oracle = next((ORACLE + oracle.name for oracle in level.oracles if oracle.label == name), None)
    policy = named_policy(oracle or ("best_fixed_plan" if name == "best_plan" else name), Problem(level, weights))
    return live(level, policy, draw_landscape(level, seed))


def oracle_names(level: Level) -> tuple[str, ...]:
    """What the ghosts of a level's oracles are called: their labels, as people read them."""
    return tuple(dict.fromkeys(oracle.label for oracle in level.oracles))


def _step_by_step(problem: Any) -> Policy:
    """One step at a time; the solver is only loaded for a session that has not got this ghost yet."""
    from game.solver import StepByStep

    return StepByStep(problem)
