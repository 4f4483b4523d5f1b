"""Soundings: what the treasure map says at every place in every year, read off for one landscape and on average.

``V(t, n, a)`` needs what is known, ``a``.  Where all water can be seen that is this year's landscape, so in one
landscape ``z`` there is one value for each place and year, ``V(t, n, z_t)``.  Where sight is limited it depends on the
way there: each node of `game.solver.information` at the same place and year knows the water of other years.  Then the
node is shown whose value on average over all landscapes, as of year 0, is the greatest,

    E_0[V(t, n, a)] = sum over a of  prod_i (P_i^(sigma_i))[z_i, a_i]  V(t, n, a),

for currents are independent; its value in the landscape ``z`` is read at ``a_i = z[sigma_i, i]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.model import Landscape
from game.solver.bellman import NotKept, TreasureMap
from game.solver.information import Node
from game.solver.problem import Floats


@dataclass(frozen=True)
class Sounding:
    """The light still to come at a place in a year: ``here`` in one landscape, ``expected`` as of year 0.

    ``lane`` is the id of the lane that the map takes in that landscape, None where none is open; ``ways`` is the number
    of nodes at this place and year, that is of things that one may know on arrival.
    """

    here: float
    expected: float
    lane: str | None
    ways: int


@dataclass(frozen=True)
class Soundings:
    """``years[t]`` has a sounding for each place that can be reached in year ``t``, by id, in file order.

    ``situations`` is the number of things for which the whole map has an answer: places, years, and what is known.
    """

    years: tuple[Mapping[str, Sounding], ...]
    situations: int


def soundings(chart: TreasureMap, landscape: Landscape) -> Soundings:
    """The soundings of a treasure map that keeps all values.  Raises NotKept (a LookupError) for any other."""
    space, places = chart.space, chart.problem.level.places
    if any(node not in chart.values for node in space.where):
        raise NotKept("this treasure map keeps no values")
    years: list[Mapping[str, Sounding]] = []
    for nodes in space.nodes:
        by_place: dict[int, list[Node]] = {}
        for node in nodes:
            by_place.setdefault(node.place, []).append(node)
        years.append({places[place].id: _sounding(chart, by_place[place], landscape) for place in sorted(by_place)})
    return Soundings(tuple(years), space.entries)


def _sounding(chart: TreasureMap, nodes: list[Node], landscape: Landscape) -> Sounding:
    expected = [_on_average(chart, node) for node in nodes]
    best = int(np.argmax(expected))
    node = nodes[best]
    at = tuple(landscape.state(year, current) for current, year in node.seen)
    open_lanes = chart.problem.open_lanes(node.year, node.place)
    lane = None
    if open_lanes:
        lane = chart.problem.level.lanes[open_lanes[int(chart.choices[node][at])]].id
    return Sounding(float(chart.values[node][at]), expected[best], lane, len(nodes))


def _on_average(chart: TreasureMap, node: Node) -> float:
    problem = chart.problem
    values: Floats = chart.values[node]
    for current, year in node.seen:
        row = problem.powers[current][year][problem.starts[current]]
        values = row @ values.reshape(len(row), -1)
    return float(values.reshape(()))
