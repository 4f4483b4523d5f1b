"""The network of a level as GraphML, for any program that draws or measures graphs."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx

from game.files import printable
from game.model import Level


def graphml_text(level: Level) -> str:
    """The GraphML file of a level: a directed multigraph whose nodes are places and whose edge ids are lane ids.

    Light is JSON: for a place by value, for a lane by value and state of its current.  Currents are JSON of the graph.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update(
        title=printable(level.title),
        start=printable(level.start),
        years=level.years,
        sight="all" if level.sight is None else str(level.sight),
        digest=level.digest,
        values=json.dumps([value.name for value in level.values]),
        currents=json.dumps(
            {
                current.name: {"states": current.states, "start": current.states[current.start], "shift": current.shift}
                for current in level.currents
            }
        ),
    )
    names = [value.name for value in level.values]
    for place in level.places:
        node: dict[str, Any] = {"label": printable(place.label)}
        if place.at is not None:
            node |= {"x": place.at[0], "y": place.at[1]}
        graph.add_node(printable(place.id), **node, light=json.dumps(dict(zip(names, place.light, strict=True))))
    for lane in level.lanes:
        edge = {"name": printable(lane.name), "years": lane.years}
        if lane.current is not None:
            edge["current"] = printable(lane.current)
        graph.add_edge(
            printable(lane.tail),
            printable(lane.head),
            key=printable(lane.id),
            **edge,
            light=json.dumps(dict(zip(names, lane.light, strict=True))),
        )
    return "\n".join(nx.generate_graphml(graph)) + "\n"
