"""Transcripts: a life as a text to read, or to have read out."""

from __future__ import annotations

from collections.abc import Iterator

from game.files import printable
from game.model import Level, YearOnLane, scalarised
from game.session import Session
from game.simulate import Glance, Leg
from game.steering import Steering, called, hand_after, turned
from game.words import in_a_row, number, say


def transcript(session: Session) -> str:
    """The life of a session, year by year, with its bets and its total, and a line break at the end.

    All light is told under the value function in hand at the end; where it changed on the way, the totals under the
    others stand under that one.  Whatever a level's texts hold is made fit for a terminal.
    """
    lines = [printable(session.level.title), _heading(session), "", *_bets(session)]
    for decisions, leg in enumerate(session.record.legs):
        lines += [*_turns(session, decisions), *_glance(session, leg.glance), *_leg(session, leg), ""]
    lines += [*_turns(session, len(session.record.legs)), *_glance(session, session.record.glance)]
    place = _label(session.level, session.life.place)
    ending = "transcript.rest" if session.finished else "transcript.unfinished"
    lines.append(say(ending, year=session.life.year, place=place))
    lines.append(say("transcript.total", light=number(session.light)))
    if session.turns:
        lines[-1] = _total_by(session, session.steering)
        others = dict.fromkeys((session.begun, *(turn.to for turn in session.turns)))
        lines += [_total_by(session, other) for other in others if other != session.steering]
    return "\n".join(lines) + "\n"


def _heading(session: Session) -> str:
    heading = say(
        "transcript.heading",
        seed=session.seed,
        value_function=printable(called(session.level, session.begun.name)),
        weights=_weights(session.level, session.begun),
        years=session.level.years,
    )
    return heading + _sentence(session.begun)


def _weights(level: Level, steering: Steering) -> str:
    pairs = zip(level.values, steering.weights, strict=True)
    return ", ".join(f"{printable(value.label)} {number(weight)}" for value, weight in pairs)


def _sentence(steering: Steering) -> str:
    """The sentence of somebody's own on a line of its own, where there is one."""
    if not steering.sentence:
        return ""
    return "\n" + say("transcript.sentence", sentence=printable(steering.sentence))


def _turns(session: Session, decisions: int) -> Iterator[str]:
    """The turns made after so many lanes: what was taken up, or how far the hand was opened."""
    level = session.level
    earlier = [turn for turn in session.turns if turn.decisions < decisions]
    hand = hand_after(level, session.begun, earlier, decisions)
    for turn in session.turns:
        if turn.decisions == decisions:
            before, hand = hand, turned(level, hand, turn)
            wanted = printable(called(level, turn.to.name))
            if hand.wanted is None:
                weights = _weights(level, turn.to)
                yield say("transcript.taken", name=wanted, weights=weights) + _sentence(turn.to)
            else:
                held = printable(called(level, before.held.name))
                yield say("transcript.opened", name=held, fork=hand.opened, forks=hand.asked, wanted=wanted)


def _total_by(session: Session, steering: Steering) -> str:
    light = number(session.record.total(steering.weights))
    return say("transcript.total_by", name=printable(called(session.level, steering.name)), light=light)


def _bets(session: Session) -> Iterator[str]:
    level, bets = session.level, session.bets
    if bets.plan is not None:
        names = (
            printable(level.lane(lane).name) if lane in level.lane_index else printable(lane) for lane in bets.plan
        )
        yield say("transcript.plan", plan=" · ".join(in_a_row(names)))
    if bets.expectation is not None:
        yield say("transcript.expectation", light=number(bets.expectation))
    if bets.plan is not None or bets.expectation is not None:
        yield ""


def _glance(session: Session, glance: Glance | None) -> Iterator[str]:
    """A look through the spyglass: its price, and what it showed."""
    if glance is None:
        return
    level, look = session.level, glance.look
    currents = [level.currents[i] for i in look.currents]
    seen = ", ".join(
        say("transcript.seen", current=printable(current.label), state=printable(current.state_labels[state]))
        for current, state in zip(currents, look.states, strict=True)
    )
    price = number(-scalarised(look.light, session.weights))
    yield say("transcript.look", year=look.year + 1, place=_label(level, look.place), price=price, seen=seen)


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
    return printable(level.currents[level.current_index[current]].state_labels[spent.state])


def _label(level: Level, place: str) -> str:
    return printable(level.place(place).label)
