"""The first sketch of a layout: columns by the earliest year a place can be reached in, ordered to cross little.

Layering after Sugiyama, Tagawa and Toda (1981), with the barycentre heuristic for the order within columns.
"""

from __future__ import annotations

import math

import networkx as nx
import numpy as np

from game.geography.channel import Points
from game.geography.spacing import ROOMY
from game.model import Level

_SWEEPS = 12
_GOLDEN = 0.6180339887498949


def layered(level: Level, low: Points, high: Points) -> Points:
    """A first position for every place, in file order, inside the rectangle from ``low`` to ``high``; shape (n, 2)."""
    columns = _ordered(level, _columns(level, max(2, int((high[1] - low[1]) / (0.8 * ROOMY)) + 1)))
    room = high - low
    where = np.zeros((len(level.places), 2))
    across = room[0] / max(1, len(columns) - 1)
    for c, column in enumerate(columns):
        x = low[0] + (across * c if len(columns) > 1 else room[0] / 2)
        middle = low[1] + room[1] / 2 + _meander(c, across, room[1])
        gap = min(1.35 * ROOMY, room[1] / max(1, len(column) - 1))
        for r, place in enumerate(column):
            sway = ((place + 1) * _GOLDEN) % 1.0 - 0.5
            where[place] = x + 34.0 * sway, middle + gap * (r - (len(column) - 1) / 2) - 56.0 * sway
    return np.clip(where, low, high)


def _columns(level: Level, most: int) -> list[list[int]]:
    """Places by earliest reachable year; those never reached come last; columns longer than ``most`` are split."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(place.id for place in level.places)
    for lane in level.lanes:
        years = min(lane.years, graph.get_edge_data(lane.tail, lane.head, {}).get("years", lane.years))
        graph.add_edge(lane.tail, lane.head, years=years)
    reached = nx.single_source_dijkstra_path_length(graph, level.start, weight="years")
    by_year: dict[float, list[int]] = {}
    for i, place in enumerate(level.places):
        by_year.setdefault(reached.get(place.id, math.inf), []).append(i)
    columns: list[list[int]] = []
    for _, column in sorted(by_year.items()):
        parts = math.ceil(len(column) / most)
        columns.extend([int(i) for i in part] for part in np.array_split(column, parts))
    return columns


def _ordered(level: Level, columns: list[list[int]]) -> list[list[int]]:
    """The columns, each sorted again and again by the mean height of its places' neighbours in other columns."""
    neighbours: list[set[int]] = [set() for _ in level.places]
    for lane in level.lanes:
        a, b = level.place_index[lane.tail], level.place_index[lane.head]
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    height = np.zeros(len(level.places))
    for column in columns:
        height[column] = _heights(len(column))
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            pull = {i: _mean(height, neighbours[i], height[i]) for i in column}
            column.sort(key=lambda i: (pull[i], i))
            height[column] = _heights(len(column))
    return columns


def _heights(count: int) -> Points:
    return (np.arange(count) - (count - 1) / 2) / max(1, count - 1) * min(1.0, count / 6)


def _mean(height: Points, of: set[int], otherwise: float) -> float:
    return float(np.mean([height[i] for i in sorted(of)])) if of else float(otherwise)


def _meander(column: int, across: float, room: float) -> float:
    """A swing of narrow columns up and down, so that a long chain of places winds like a river instead of crowding."""
    if across >= 0.85 * ROOMY:
        return 0.0
    swing = room * 0.42
    period = max(4.0, 4 * swing / ROOMY)
    return swing * math.sin(2 * math.pi * column / period)
