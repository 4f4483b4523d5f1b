"""The first sketch of a layout: columns by the earliest year a place can be reached in, ordered to cross little.

Layering after Sugiyama, Tagawa and Toda (1981), with the barycentre heuristic for the order within columns.  A sketch
that is much longer than the world is wide is folded into bands, like a river that winds through its valley.
"""

from __future__ import annotations

import math

import numpy as np

from game.geography.channel import Points
from game.geography.spacing import ROOMY
from game.model import Level

_SWEEPS = 12
_GOLDEN = 0.6180339887498949
_COLUMN, _ROW = 1.15 * ROOMY, 0.95 * ROOMY
_DODGING = 2.3


def layered(level: Level, low: Points, high: Points) -> Points:
    """A first position for every place, in file order, inside the rectangle from ``low`` to ``high``; shape (n, 2)."""
    room = high - low
    columns = _ordered(level, _columns(level, max(2, int(room[1] / _ROW) + 1)))
    tallest = float(np.quantile([len(column) for column in columns], 0.8))
    bands = _bands(len(columns), tallest, room)
    per_band = math.ceil(len(columns) / bands)
    where = np.zeros((len(level.places), 2))
    for c, column in enumerate(columns):
        band, seat = divmod(c, per_band)
        along = seat / (per_band - 1) if per_band > 1 else 0.5
        x = low[0] + room[0] * (along if band % 2 == 0 else 1 - along)
        middle = low[1] + room[1] * (band + 0.5) / bands
        gap = min(1.35 * ROOMY, room[1] / bands * 0.92 / max(1, len(column) - 1))
        for r, place in enumerate(column):
            sway = ((place + 1) * _GOLDEN) % 1.0 - 0.5
            where[place] = x + 34.0 * sway, middle + gap * (r - (len(column) - 1) / 2) - 56.0 * sway
    return np.clip(where, low, high)


def _bands(columns: int, tallest: float, room: Points) -> int:
    """How many bands a sketch is folded into: as many as leave its columns and rows the most room."""

    def tightness(bands: int) -> float:
        across = max(1, math.ceil(columns / bands) - 1) * _COLUMN / room[0]
        if bands == 1:
            # time running one way is worth columns that stand closer and dodge each other
            across /= _DODGING
        down = bands * (tallest + (0.35 if bands > 1 else -1.0)) * _ROW / room[1]
        return float(max(across, down))

    return min(range(1, 13), key=lambda bands: (max(1.0, tightness(bands)), bands))


def _columns(level: Level, most: int) -> list[list[int]]:
    """Places by earliest reachable year; columns longer than ``most`` are split."""
    by_year: dict[float, list[int]] = {}
    for i, year in enumerate(_years(level)):
        by_year.setdefault(year, []).append(i)
    columns: list[list[int]] = []
    for _, column in sorted(by_year.items()):
        parts = math.ceil(len(column) / most)
        columns.extend([int(i) for i in part] for part in np.array_split(column, parts))
    return columns


def _years(level: Level) -> list[float]:
    """The earliest year each place can be reached in; one that never is takes a place among its neighbours."""
    # Imported here because a level whose places are known already, as most are, should not wait for it.
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(place.id for place in level.places)
    for lane in level.lanes:
        years = min(lane.years, graph.get_edge_data(lane.tail, lane.head, {}).get("years", lane.years))
        graph.add_edge(lane.tail, lane.head, years=years)
    reached: dict[str, float] = dict(nx.single_source_dijkstra_path_length(graph, level.start, weight="years"))
    waiting = [place.id for place in level.places if place.id not in reached]
    while waiting:
        near = {
            place: [reached[other] for other in nx.all_neighbors(graph, place) if other in reached] for place in waiting
        }
        found = {place: float(round(sum(years) / len(years))) for place, years in near.items() if years}
        if not found:
            latest = max(reached.values()) + 1
            found = dict.fromkeys(waiting, latest)
        reached |= found
        waiting = [place for place in waiting if place not in found]
    return [reached[place.id] for place in level.places]


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
