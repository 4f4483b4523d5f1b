"""Levels: everything that is true of a world before anybody moves.

The player's words are used for people, the field's in code: a *place* is a node, a *lane* an edge of a directed
multigraph, *light* the reward, a *value function* in the player's sense a vector of scalarisation weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from game.model.current import Current
from game.model.oracle import Oracle
from game.model.spyglass import Spyglass
from game.model.telling import Texts

if TYPE_CHECKING:
    import networkx as nx

Weights = tuple[float, ...]
"""Scalarisation weights, one number for each of ``Level.values``, in that order."""


@dataclass(frozen=True)
class Value:
    """One kind of light, such as craft or recognition."""

    name: str
    about: str = ""
    label: str = ""
    """What people read as its name; without one, the name."""

    def __post_init__(self) -> None:
        if not self.label:
            object.__setattr__(self, "label", self.name)


@dataclass(frozen=True)
class Place:
    """A node.  ``light[v]`` is the light of value ``v`` that is collected once on each arrival."""

    id: str
    label: str
    light: tuple[float, ...]
    at: tuple[float, float] | None = None
    shape: str | None = None


@dataclass(frozen=True)
class Lane:
    """An edge.  ``light[v][m]`` is the light of value ``v`` for a year spent here with its current in state ``m``.

    A lane without a current has one column: the light is the same every year.  A quiet lane ``writes``: on it there is
    time to write a value function of one's own.
    """

    id: str
    name: str
    tail: str
    head: str
    years: int
    current: str | None
    light: tuple[tuple[float, ...], ...]
    writes: bool = False


@dataclass(frozen=True)
class Level:
    """A whole level.  ``sight`` is None for "all", else how many lanes ahead one can see (at least 1).

    ``may_change`` tells whether somebody may steer by another value function in the middle of a life.  ``let_go`` says
    for some value functions how many forks it takes to put them down; any other is put down at once.  Only the values
    in ``countable`` are numbers while a life lasts, the others a glow; None: all of them are.  A level that
    ``asks_plan`` would like a plan drawn before setting off.
    """

    title: str
    years: int
    start: str
    places: tuple[Place, ...]
    lanes: tuple[Lane, ...]
    currents: tuple[Current, ...] = ()
    sight: int | None = None
    values: tuple[Value, ...] = (Value("light"),)
    value_functions: Mapping[str, Weights] = field(default_factory=dict)
    almanac: bool = True
    about: str = ""
    author: str = ""
    licence: str = ""
    content_note: str = ""
    language: str = "en"
    may_change: bool = False
    let_go: Mapping[str, int] = field(default_factory=dict)
    countable: tuple[str, ...] | None = None
    asks_plan: bool = False
    oracles: tuple[Oracle, ...] = ()
    spyglass: Spyglass | None = None
    texts: Mapping[str, Texts] = field(default_factory=dict)
    """Language -> the texts in that language; ``told_in`` puts them in the place of the level's own."""
    function_labels: Mapping[str, str] = field(default_factory=dict)
    untold: Level | None = field(default=None, compare=False, repr=False)
    """The level as it is in its file, where this one is told in another language; None for that level itself."""

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The directed multigraph: nodes are place ids, edge keys are lane ids, edge data ``lane`` is the Lane."""
        # Imported here: it takes longer to load than all the rest, and a window opens before it needs a graph.
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(place.id for place in self.places)
        for lane in self.lanes:
            graph.add_edge(lane.tail, lane.head, key=lane.id, lane=lane)
        return graph

    @cached_property
    def place_index(self) -> dict[str, int]:
        """Place id -> its position in file order."""
        return {place.id: i for i, place in enumerate(self.places)}

    @cached_property
    def lane_index(self) -> dict[str, int]:
        """Lane id -> its position in file order, which breaks ties."""
        return {lane.id: i for i, lane in enumerate(self.lanes)}

    @cached_property
    def current_index(self) -> dict[str, int]:
        """Current name -> its position in file order."""
        return {current.name: i for i, current in enumerate(self.currents)}

    @cached_property
    def lanes_from(self) -> dict[str, tuple[Lane, ...]]:
        """Place id -> the lanes that leave it, in file order."""
        leaving: dict[str, list[Lane]] = {place.id: [] for place in self.places}
        for lane in self.lanes:
            leaving[lane.tail].append(lane)
        return {place: tuple(lanes) for place, lanes in leaving.items()}

    @cached_property
    def seen_from(self) -> dict[str, frozenset[int]]:
        """Place id -> indices of the currents in sight: those of the lanes reached over fewer than ``sight`` lanes."""
        return {place.id: self._currents_within(place.id, self.sight) for place in self.places}

    @cached_property
    def shown_from(self) -> dict[str, frozenset[int]]:
        """Place id -> indices of the currents that the spyglass shows there; none where the level has no spyglass."""
        if self.spyglass is None:
            return {place.id: frozenset() for place in self.places}
        return {place.id: self._currents_within(place.id, self.spyglass.sight) for place in self.places}

    def _currents_within(self, place: str, hops: int | None) -> frozenset[int]:
        if hops is None:
            return frozenset(range(len(self.currents)))
        import networkx as nx

        reached = nx.single_source_shortest_path_length(self.graph, place, cutoff=hops - 1)
        lanes = (lane for node in reached for lane in self.lanes_from[node])
        return frozenset(self.current_index[lane.current] for lane in lanes if lane.current is not None)

    def place(self, place_id: str) -> Place:
        """The place with this id.  Raises KeyError."""
        return self.places[self.place_index[place_id]]

    def lane(self, lane_id: str) -> Lane:
        """The lane with this id.  Raises KeyError."""
        return self.lanes[self.lane_index[lane_id]]

    def oracle(self, name: str) -> Oracle:
        """The oracle of this name.  Raises KeyError."""
        for oracle in self.oracles:
            if oracle.name == name:
                return oracle
        raise KeyError(name)

    def weights(self, name: str | None = None) -> Weights:
        """The weights of a named value function; without a name ``mine``, else the level's first, else all 1.0.

        Raises KeyError for a name that the level does not have.
        """
        if name is None:
            if not self.value_functions:
                return (1.0,) * len(self.values)
            name = self.default_value_function
        if not self.value_functions and name == "mine":
            return (1.0,) * len(self.values)
        return self.value_functions[name]

    def counts(self, value: str) -> bool:
        """Whether light of this value is told as a number while a life lasts."""
        return self.countable is None or value in self.countable

    def is_crisp(self, weights: Weights) -> bool:
        """Whether all that ``weights`` ask for is told as a number, so that the light they make of it is one too."""
        return all(self.counts(value.name) for value, w in zip(self.values, weights, strict=True) if w)

    @property
    def default_value_function(self) -> str:
        """The name of the value function that is used when nobody names one."""
        if not self.value_functions or "mine" in self.value_functions:
            return "mine"
        return next(iter(self.value_functions))

    def function_label(self, name: str) -> str:
        """What people read as the name of a value function; the name itself for one that the level does not know."""
        return self.function_labels.get(name, name)

    def told_in(self, language: str) -> Level:
        """The level with its texts in ``language``, or in its own where it has none in that; the rules are the same."""
        own = self.untold or self
        spoken = language if language in own.texts else own.language
        texts = own.texts.get(spoken)
        if texts is None:
            return own
        return replace(
            own,
            title=texts.title or own.title,
            about=texts.about or own.about,
            content_note=texts.content_note or own.content_note,
            places=tuple(replace(place, label=texts.places.get(place.id, place.label)) for place in own.places),
            lanes=tuple(replace(lane, name=texts.lanes.get(lane.id, lane.name)) for lane in own.lanes),
            currents=tuple(current.told(texts) for current in own.currents),
            values=tuple(
                replace(
                    value,
                    label=texts.values.get(value.name, value.label),
                    about=texts.abouts.get(value.name, value.about),
                )
                for value in own.values
            ),
            oracles=tuple(
                replace(
                    oracle,
                    label=texts.oracles.get(oracle.name, oracle.label),
                    words=texts.oracle_words.get(oracle.name, oracle.words),
                )
                for oracle in own.oracles
            ),
            function_labels=texts.value_functions,
            language=spoken,
            untold=own,
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of all that decides how a life goes, and of the oracles' maps.

        Words, positions and value functions do not count.
        """
        rules: dict[str, object] = {
            "years": self.years,
            "start": self.start,
            "sight": self.sight,
            "values": [value.name for value in self.values],
            "currents": [[c.name, c.start, c.shift] for c in self.currents],
            "places": [[p.id, p.light] for p in self.places],
            "lanes": [[e.id, e.tail, e.head, e.years, e.current, e.light] for e in self.lanes],
        }
        if self.oracles:  # a level without any keeps the digest that it had before there were oracles
            rules["oracles"] = [[o.name, o.weights, sorted(o.starts), o.still, o.luckiest_of] for o in self.oracles]
        if self.spyglass is not None:
            rules["spyglass"] = [self.spyglass.sight, self.spyglass.price]
        canonical = json.dumps(rules, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def scalarised(light: tuple[float, ...], weights: Weights) -> float:
    """Light by value turned into one number by a value function: the dot product with its weights."""
    return sum(x * w for x, w in zip(light, weights, strict=True))
