"""Replays: a run lived once more, checked at every fork."""

from __future__ import annotations

from game import __version__
from game.files.fault import printable, quoted
from game.files.run_file import Run, Waypoint, waypoint
from game.model import Landscape, LaneNotOpen, Level, Life, NothingToLookAt, begin, draw_landscape
from game.session import Bets, Session
from game.simulate import Leg, Record
from game.steering import may_turn
from game.words import say


class Parted(Exception):
    """The replay of a run and the run itself part: ``decision`` (from 1) is the first at which they do.

    ``life`` is the replayed life before that decision, ``record`` all of it up to there.
    """

    def __init__(self, decision: int, record: Record, reason: str) -> None:
        self.decision = decision
        self.record = record
        self.life: Life = record.life
        parts = {"decision": decision, "year": self.life.year + 1, "place": quoted(self.life.place), "reason": reason}
        super().__init__(say("files.run.parted", **parts))


def replayed(run: Run, level: Level) -> Record:
    """The record of ``run`` on ``level``, checked fork by fork: every lane could be taken, and led where it led then.

    Raises Parted.
    """
    landscape = draw_landscape(level, run.seed)
    record = Record(begin(level))
    _check_turns(run, level, record, 0)
    for number, lane in enumerate(run.choices):
        record = _looked(run, level, landscape, record, number)
        try:
            longer = record.extended(level, lane, landscape)
        except LaneNotOpen:
            known = lane in level.lane_index
            reason = say("files.run.not_open" if known else "files.run.no_such_lane", lane=quoted(lane))
            raise Parted(number + 1, record, reason) from None
        if run.waypoints:
            _check_waypoint(level, longer.legs[-1], run.waypoints[number], number + 1, record)
        record = longer
        _check_turns(run, level, record, number + 1)
    return _looked(run, level, landscape, record, len(run.choices))


def _looked(run: Run, level: Level, landscape: Landscape, record: Record, number: int) -> Record:
    """The record after the look through the spyglass that was taken before choice ``number``, if one was."""
    if number not in run.looks:
        return record
    try:
        return record.looked(level, landscape)
    except NothingToLookAt:
        raise Parted(number + 1, record, say("files.run.no_look")) from None


def _check_turns(run: Run, level: Level, record: Record, decisions: int) -> None:
    """Whether every turn to another value function that was made after ``decisions`` lanes can be made there."""
    for turn in run.turns:
        if turn.decisions == decisions:
            name = quoted(turn.to.name)
            if not may_turn(level, record.lanes):
                raise Parted(decisions + 1, record, say("files.run.no_turn", name=name))
            if len(turn.to.weights) != len(level.values):
                reason = say("files.run.turn_weights", name=name, count=len(turn.to.weights), values=len(level.values))
                raise Parted(decisions + 1, record, reason)


def _check_waypoint(level: Level, leg: Leg, then: Waypoint, number: int, record: Record) -> None:
    now = waypoint(leg)
    if now == then:
        return
    reason = say(
        "files.run.led_elsewhere",
        lane=quoted(leg.lane),
        place=quoted(now.place),
        year=now.year,
        water=_water(level, leg.lane, now.water),
        then_place=quoted(then.place),
        then_year=then.year,
        then_water=_water(level, leg.lane, then.water),
    )
    raise Parted(number, record, reason)


def _water(level: Level, lane: str, states: tuple[int, ...]) -> str:
    """The states of a lane's current by their names, where they have one."""
    current = level.lane(lane).current
    names = () if current is None else level.currents[level.current_index[current]].states
    shown = (printable(names[state]) if state < len(names) else str(state) for state in states)
    return ", ".join(shown) or say("files.run.no_water")


def changes(run: Run, level: Level) -> tuple[str, ...]:
    """What has changed since ``run`` was lived, in plain words: its level, its value function, and the program."""
    found = []
    if run.level_digest != level.digest:
        found.append(say("files.run.level_changed", title=quoted(run.level_title)))
    steered = {run.value_function: run.weights} | {turn.to.name: turn.to.weights for turn in run.turns}
    for name, weights in steered.items():
        if name in level.value_functions and weights != level.weights(name):
            found.append(say("files.run.weights_changed", value_function=quoted(name)))
    if run.program != __version__:
        found.append(say("files.run.program_changed", then=printable(run.program), now=__version__))
    return tuple(found)


def session_of(run: Run, level: Level) -> Session:
    """A session as it was before the first choice of ``run``: same water, value function and bets, and its turns ahead.

    Weights, turns and a plan that do not fit a level that has changed are left out.
    """
    fits = len(run.weights) == len(level.values)
    weights = run.weights if fits else level.weights()
    turns = tuple(turn for turn in run.turns if len(turn.to.weights) == len(level.values))
    plan = run.bets.plan if run.bets.plan is None or _can_be_followed(run.bets.plan, level) else None
    return Session(
        level,
        run.seed,
        run.value_function,
        weights,
        Bets(plan, run.bets.expectation),
        sentence=run.sentence,
        turns=turns,
        looks=run.looks,
    )


def _can_be_followed(plan: tuple[str, ...], level: Level) -> bool:
    year, place = 0, level.start
    for lane_id in plan:
        lane = next((lane for lane in level.lanes_from[place] if lane.id == lane_id), None)
        if lane is None or year + lane.years > level.years:
            return False
        year, place = year + lane.years, lane.head
    return True
