"""The same value function by dense matrices: one joint chain, its matrix a Kronecker product, and nothing left out."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest
from waters import random_level

from game.model import Level, Life, Sighting, Weights
from game.solver import Problem, treasure_map

FULL_SIGHT = range(0, 200, 3)


def dense_values(level: Level, weights: Weights) -> np.ndarray:
    """``V[t, place, joint state]`` by backward induction on the joint chain of all currents."""
    joint = reduce(np.kron, [np.array(current.shift) for current in level.currents], np.eye(1))
    sizes = [current.size for current in level.currents]
    states = np.array(list(np.ndindex(*sizes))).reshape(len(joint), len(sizes))
    index = {place.id: k for k, place in enumerate(level.places)}
    column = {current.name: i for i, current in enumerate(level.currents)}
    values = np.zeros((level.years + 1, len(level.places), len(joint)))
    for year in reversed(range(level.years)):
        for k, place in enumerate(level.places):
            best = None
            for lane in level.lanes:
                if lane.tail != place.id or year + lane.years > level.years:
                    continue
                light = np.array(weights) @ np.array(lane.light)
                now = np.full(len(joint), light[0]) if lane.current is None else light[states[:, column[lane.current]]]
                head = level.places[index[lane.head]]
                after = values[year + lane.years, index[lane.head]] + np.dot(weights, head.light)
                for _ in range(lane.years):
                    after = now + joint @ after
                best = after if best is None else np.maximum(best, after)
            if best is not None:
                values[year, k] = best
    return values


@pytest.mark.parametrize("seed", FULL_SIGHT)
def test_axis_by_axis_is_the_joint_chain(seed: int) -> None:
    """At every year, place and joint state that a life can come to, V is that of the dense joint chain, to 1e-9."""
    level, weights = random_level(seed)
    dense = dense_values(level, weights)
    problem = Problem(level, weights)
    chart = treasure_map(problem)
    sizes = [current.size for current in level.currents]
    for year in range(1, level.years + 1):
        likely = [np.linalg.matrix_power(np.array(c.shift), year)[c.start] for c in level.currents]
        for k, place in enumerate(level.places):
            if not problem.reachable(year, k):
                continue
            for z, states in enumerate(np.ndindex(*sizes)):
                if any(row[s] == 0 for row, s in zip(likely, states, strict=True)):
                    continue  # no life ever sees this
                life = Life(year, place.id, tuple(Sighting(s, year) for s in states), ())
                assert chart.value(life) == pytest.approx(dense[year, k, z], abs=1e-9)
    start = np.ravel_multi_index([current.start for current in level.currents], sizes) if sizes else 0
    assert chart.worth == pytest.approx(dense[0, 0, start], abs=1e-9)
