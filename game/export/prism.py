"""A level in the language of PRISM, which Storm reads too: one module for the life and one for each current.

All modules move together once for each year; lanes are chosen between the years.  The weights of the values are
constants.  Only full sight can be written so: PRISM's modules see each other.
The language: PRISM manual, "The PRISM Language".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.export.drn import comments
from game.export.unfolding import light_offset
from game.files import printable
from game.model import Current, Lane, Level, Weights
from game.words import say

QUERY = 'R{"light"}max=? [F "done"]'


class NoPrism(Exception):
    """A level that PRISM's language cannot say; as text it is one plain sentence."""

    def __str__(self) -> str:
        return say("export.prism.limited_sight")


def prism_text(level: Level, weights: Weights, steering: str) -> str:
    """The PRISM file of a level; ``steering`` names the value function in its head.

    Raises NoPrism for a level with limited sight.
    """
    if level.sight is not None:
        raise NoPrism
    offset = light_offset(level, weights)
    lines = [
        *_head(level, weights, steering, offset),
        *_life(level),
        *(line for i, current in enumerate(level.currents) for line in _current(i, current)),
        *_rewards(level),
        'label "done" = over;',
        "",
    ]
    return "\n".join(lines)


def _head(level: Level, weights: Weights, steering: str, offset: float) -> Iterator[str]:
    yield from comments(say("export.title", title=level.title, steering=steering))
    yield from comments(say("export.prism.query", query=QUERY))
    if offset:
        yield from comments(say("export.offset", offset=repr(offset), total=repr(offset * level.years)))
    for k, place in enumerate(level.places):
        yield from comments(say("export.prism.place", number=k, place=place.id))
    for k, lane in enumerate(level.lanes, start=1):
        yield from comments(say("export.prism.lane", number=k, lane=lane.id))
    yield "mdp"
    yield ""
    yield f"const int horizon = {level.years};"
    yield f"const double offset = {offset!r};"
    for k, (value, weight) in enumerate(zip(level.values, weights, strict=True)):
        yield f"const double w{k} = {weight!r}; // {printable(value.name)}"
    yield ""


def _life(level: Level) -> Iterator[str]:
    """The module of the life: in ``place`` while ``lane`` is 0, else ``left`` years from the end of the lane."""
    yield "module life"
    yield "  year : [0..horizon] init 0;"
    yield f"  place : [0..{max(1, len(level.places) - 1)}] init {level.place_index[level.start]};"
    yield f"  lane : [0..{len(level.lanes)}] init 0;"
    yield f"  left : [0..{max(lane.years for lane in level.lanes)}] init 0;"
    yield "  over : bool init false;"
    for k, lane in enumerate(level.lanes, start=1):
        if lane.years <= level.years:
            tail, head = level.place_index[lane.tail], level.place_index[lane.head]
            fits = f"!over & lane=0 & place={tail} & year<={level.years - lane.years}"
            yield f"  [] {fits} -> (lane'={k}) & (left'={lane.years});"
            yield f"  [year] lane={k} & left>1 -> (left'=left-1) & (year'=year+1);"
            yield f"  [year] lane={k} & left=1 -> (lane'=0) & (left'=0) & (place'={head}) & (year'=year+1);"
    for k, place in enumerate(level.places):
        shortest = min((lane.years for lane in level.lanes_from[place.id]), default=level.years + 1)
        yield f"  [rest] !over & lane=0 & place={k} & year>{level.years - shortest} -> (over'=true);"
    yield "  [] over -> true;"
    yield "endmodule"
    yield ""


def _current(i: int, current: Current) -> Iterator[str]:
    yield f"module current{i} // {printable(current.name)}"
    yield f"  z{i} : [0..{current.size - 1}] init {current.start};"
    for state, row in enumerate(current.shift):
        moves = " + ".join(f"{chance!r}:(z{i}'={new})" for new, chance in enumerate(row) if chance > 0)
        yield f"  [year] z{i}={state} -> {moves};"
    yield "endmodule"
    yield ""


def _rewards(level: Level) -> Iterator[str]:
    yield 'rewards "light"'
    for k, lane in enumerate(level.lanes, start=1):
        arrival = [(x,) for x in level.place(lane.head).light]
        for state, light in enumerate(zip(*lane.light, strict=True)):
            flowing = _guard(level, lane, state)
            yearly = [(x,) for x in light]
            yield f"  [year] lane={k} & left>1{flowing} : {_weighted(yearly)} + offset;"
            last = [(*x, *y) for x, y in zip(yearly, arrival, strict=True)]
            yield f"  [year] lane={k} & left=1{flowing} : {_weighted(last)} + offset;"
    yield "  [rest] true : (horizon-year)*offset;"
    yield "endrewards"
    yield ""


def _guard(level: Level, lane: Lane, state: int) -> str:
    return "" if lane.current is None else f" & z{level.current_index[lane.current]}={state}"


def _weighted(by_value: Sequence[tuple[float, ...]]) -> str:
    return " + ".join(f"w{k}*({' + '.join(map(repr, amounts))})" for k, amounts in enumerate(by_value))
