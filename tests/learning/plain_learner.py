"""Q-learning once more, in plain Python: one learner, one life after another by the game's own rules, a dictionary."""

from __future__ import annotations

from game.learning.waters import Streams
from game.model import Landscape, Life, Sighting, begin, open_lanes, scalarised, step
from game.solver import Problem
from game.solver.information import InformationSpace

Spot = tuple[int, str, tuple[tuple[int, int, int], ...]]
"""Year, place, and (current, year, state) of each sighting that can still matter."""


def matters_from(problem: Problem, year: int, place: str) -> set[int]:
    """The currents on which the light of some lane that can still be reached depends, found by walking over lanes."""
    matters: set[int] = set()
    ahead, seen = [(year, place)], set()
    while ahead:
        now, here = ahead.pop()
        for lane in problem.level.lanes_from[here]:
            after = (now + lane.years, lane.head)
            if after[0] > problem.years:
                continue
            by_state = {scalarised(light, problem.weights) for light in zip(*lane.light, strict=True)}
            if lane.current is not None and len(by_state) > 1:
                matters.add(problem.level.current_index[lane.current])
            if after not in seen:
                seen.add(after)
                ahead.append(after)
    return matters


def spot_of(problem: Problem, life: Life) -> Spot:
    """Where a life is and what it knows of the currents that can still matter.

    In full sight it knows, wherever anything matters, of all that matters anywhere in that year.
    """
    matters = matters_from(problem, life.year, life.place)
    if problem.level.sight is None and matters:
        matters = set().union(*(matters_from(problem, life.year, place.id) for place in problem.level.places))
    known: list[tuple[int, Sighting]] = [(i, s) for i, s in enumerate(life.known) if i in matters and s.year > 0]
    return life.year, life.place, tuple((i, s.year, s.state) for i, s in known)


def plain_table(problem: Problem, seed: int, learner: int, lives: int) -> dict[tuple[Spot, str], tuple[float, int]]:
    """``Q`` and the number of visits of every pair that the learner has visited, by spot and lane id."""
    level, table = problem.level, {}
    streams, fates, at = Streams(problem, seed, [learner]), None, 0
    wide = problem.constant + 1
    for number in range(lives):
        if fates is None or at == len(fates.states):
            fates, at = streams.next(), 0
        flat = [int(state) for state in fates.states[at, 0]]
        rows = [tuple(flat[year * wide : (year + 1) * wide - 1]) for year in range(problem.years + 1)]
        landscape, life = Landscape(tuple(rows)), begin(level)
        epsilon = (1.0 + number / 100.0) ** -0.5
        while lanes := open_lanes(level, life):
            here = spot_of(problem, life)
            values = [table.get((here, lane.id), (0.0, 0))[0] for lane in lanes]
            k = values.index(max(values))
            if fates.explore[at, 0, life.year] < epsilon:
                k = int(fates.pick[at, 0, life.year] * len(lanes))
            before = life
            life, _ = step(level, life, lanes[k].id, landscape)
            light = scalarised(tuple(a - b for a, b in zip(life.light, before.light, strict=True)), problem.weights)
            there = spot_of(problem, life)
            ahead = max((table.get((there, lane.id), (0.0, 0))[0] for lane in open_lanes(level, life)), default=0.0)
            old, visits = table.get((here, lanes[k].id), (0.0, 0))
            table[here, lanes[k].id] = (old + (visits + 1) ** -0.7 * (light + ahead - old), visits + 1)
        at += 1
    return table


def table_by_spot(space: InformationSpace, problem: Problem, table: list[float], visits: list[int]) -> dict:
    """A flat table of the package by spot and lane id, for comparison: the pairs that were visited."""
    found, pair = {}, 0
    for groups in space.groups:
        for group in groups:
            for node, lanes in zip(group.nodes, group.lanes, strict=True):
                for entry in range(group.entries):
                    rest, states = entry, []
                    for size in reversed(group.sizes):
                        rest, state = divmod(rest, size)
                        states.append(state)
                    known = tuple((i, year, z) for (i, year), z in zip(node.seen, reversed(states), strict=True))
                    here = (node.year, problem.level.places[node.place].id, known)
                    for e in lanes:
                        if visits[pair]:
                            found[here, problem.level.lanes[e].id] = (table[pair], visits[pair])
                        pair += 1
    return found
