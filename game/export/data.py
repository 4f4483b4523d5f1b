"""A whole level as plain data: the keys of the level format with every default written out."""

from __future__ import annotations

from typing import Any

from game.model import Current, Lane, Level, Place


def level_as_data(level: Level) -> dict[str, Any]:
    """The level as an object for ``json.dumps``: the keys of a level file, all of them, and its ``digest``.

    Light is always a table by value; of a lane with a current it is a list with one number for each state.  Every
    current has ``shift``, with rows that sum to 1.
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
    }


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
