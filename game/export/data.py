"""A whole level as plain data: the keys of the level format with every default written out."""

from __future__ import annotations

from typing import Any

from game.model import Current, Lane, Level, Oracle, Place, Spyglass


def level_as_data(level: Level) -> dict[str, Any]:
    """The level as an object for ``json.dumps``: the keys of a level file, all of them, and its ``digest``.

    Light is always a table by value; of a lane with a current it is a list with one number for each state.  Every
    current has ``shift``, with rows that sum to 1.  What has no default, such
    as a spyglass or an oracle's weights, is left out where there is none.
    """
    names = [value.name for value in level.values]
    weights = level.value_functions or {level.default_value_function: level.weights()}
    return {
        "format": 1,
        "title": level.title,
        "about": level.about,
        "author": level.author,
        "licence": level.licence,
        "content_note": level.content_note,
        "language": level.language,
        "digest": level.digest,
        "years": level.years,
        "start": level.start,
        "sight": "all" if level.sight is None else level.sight,
        "almanac": level.almanac,
        "values": {value.name: value.about for value in level.values},
        "value_functions": {name: dict(zip(names, row, strict=True)) for name, row in weights.items()},
        "currents": {current.name: _current(current) for current in level.currents},
        "places": {place.id: _place(place, names) for place in level.places},
        "lanes": [_lane(lane, names) for lane in level.lanes],
        "oracles": {oracle.name: _oracle(oracle, level, names) for oracle in level.oracles},
        **({} if level.spyglass is None else {"spyglass": _spyglass(level.spyglass, names)}),
    }


def _oracle(oracle: Oracle, level: Level, names: list[str]) -> dict[str, Any]:
    """An oracle: how it is wrong, and its words."""
    states = {current.name: current.states for current in level.currents}
    found: dict[str, Any] = {"label": oracle.label, "words": oracle.words, "still": oracle.still}
    if oracle.weights is not None:
        found["weights"] = dict(zip(names, oracle.weights, strict=True))
    if oracle.starts:
        found["starts"] = {name: states[name][state] for name, state in oracle.starts}
    if oracle.luckiest_of is not None:
        found["luckiest_of"] = oracle.luckiest_of
    return found


def _spyglass(spyglass: Spyglass, names: list[str]) -> dict[str, Any]:
    sight = "all" if spyglass.sight is None else spyglass.sight
    return {"sight": sight, "price": dict(zip(names, spyglass.price, strict=True))}


def _current(current: Current) -> dict[str, Any]:
    return {
        "states": list(current.states),
        "start": current.states[current.start],
        "shift": [list(row) for row in current.shift],
    }


def _place(place: Place, names: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"label": place.label, "light": dict(zip(names, place.light, strict=True))}
    if place.at is not None:
        found["at"] = list(place.at)
    if place.shape is not None:
        found["shape"] = place.shape
    return found


def _lane(lane: Lane, names: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": lane.id,
        "name": lane.name,
        "from": lane.tail,
        "to": lane.head,
        "years": lane.years,
    }
    if lane.current is not None:
        found["current"] = lane.current
        found["light"] = {name: list(light) for name, light in zip(names, lane.light, strict=True)}
    else:
        found["light"] = {name: light[0] for name, light in zip(names, lane.light, strict=True)}
    return found
