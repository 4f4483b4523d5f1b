"""Transcripts: a life as a text to read, or to have read out."""

from __future__ import annotations

from collections.abc import Iterator

from game.files import printable
from game.model import Level, YearOnLane, scalarised
from game.session import Session
from game.simulate import Leg
from game.words import number, say


def transcript(session: Session) -> str:
    """The life of a session, year by year, with its bets and its total, and a line break at the end.

    All light is told under the session's own value function.  Whatever a level's texts hold is made fit for a terminal.
    """
    lines = [printable(session.level.title), _heading(session), "", *_bets(session)]
    for leg in session.record.legs:
        lines += [*_leg(session, leg), ""]
    place = _label(session.level, session.life.place)
    ending = "transcript.rest" if session.finished else "transcript.unfinished"
    lines.append(say(ending, year=session.life.year, place=place))
    lines.append(say("transcript.total", light=number(session.light)))
    return "\n".join(lines) + "\n"


def _heading(session: Session) -> str:
    pairs = zip(session.level.values, session.weights, strict=True)
    weights = ", ".join(f"{printable(value.name)} {number(weight)}" for value, weight in pairs)
    return say(
        "transcript.heading",
        seed=session.seed,
        value_function=printable(session.value_function),
        weights=weights,
        years=session.level.years,
    )


def _bets(session: Session) -> Iterator[str]:
    level, bets = session.level, session.bets
    if bets.plan is not None:
        names = (
            printable(level.lane(lane).name) if lane in level.lane_index else printable(lane) for lane in bets.plan
        )
        yield say("transcript.plan", plan=" · ".join(names))
    if bets.expectation is not None:
        yield say("transcript.expectation", light=number(bets.expectation))
    if bets.plan is not None or bets.expectation is not None:
        yield ""


def _leg(session: Session, leg: Leg) -> Iterator[str]:
    level = session.level
    lane = level.lane(leg.lane)
    yield say(
        "transcript.fork", year=leg.before.year + 1, place=_label(level, leg.before.place), lane=printable(lane.name)
    )
    for spent in leg.years:
        light = number(scalarised(spent.light, session.weights))
        yield say("transcript.year", year=spent.year + 1, water=_water(level, spent), light=light)
    light = number(scalarised(leg.arrival.light, session.weights))
    place = _label(level, leg.arrival.place)
    bright = any(leg.arrival.light)
    yield say(
        "transcript.arrival_light" if bright else "transcript.arrival", year=leg.arrival.year, place=place, light=light
    )


def _water(level: Level, spent: YearOnLane) -> str:
    current = level.lane(spent.lane).current
    if current is None or spent.state is None:
        return say("transcript.still_water")
    return printable(level.currents[level.current_index[current]].states[spent.state])


def _label(level: Level, place: str) -> str:
    return printable(level.place(place).label)
