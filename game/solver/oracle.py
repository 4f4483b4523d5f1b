"""Oracles: somebody else's map, followed in your world.

The treasure map of any world is what nobody is given.  So an oracle's *map* is what anybody can draw who believes to
know a world: where to go from each place, and how bright that will be, if its world is the real one.  At every place
an oracle makes the best fixed plan of its own world from what it knows there, and steers by the first lane of it
(open-loop feedback control, inside its world).  An oracle that were wrong in nothing would be one step at a time.

With ``w`` the oracle's weights, ``P_i`` and ``z_i`` the transition matrix and the start state of current ``i`` in its
world,

    q(t, n; e) = r_e + W(t + d(e), head(e)),      W(t, n) = max over open lanes e of q(t, n; e)

as in `game.solver.plans`, with every reward ``r_e`` taken under ``w`` and its belief about the lane's current:

- A current whose water is the same in both worlds it sees as you see it: row ``a`` of ``P_i^s``, ``s`` years after it
  was last seen in state ``a``.
- A current that began elsewhere in its world (``starts``) it does not look at: what you see there is not of its world.
  In year ``t`` it believes row ``z_i`` of ``P_i^t``.
- In a *still* world nothing shifts, every ``P_i`` is the identity, and so nothing is looked at: all water is for ever
  as it began, in the oracle's start states.  From the start this is the naive plan of its world.
- An oracle that lived in the *luckiest* of n landscapes takes what shone in that one for the way of the world:
  ``r_e`` is the light that lane ``e``, taken in year ``t``, brought there.  The landscapes are drawn from its world's
  currents with a seed made of the level's digest and its name, the luckiest is the one whose best path is the
  brightest, and from the start the oracle follows that path: a fixed plan.  (Survivorship.)

Plans compare, and ties are broken, as everywhere.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass

import numpy as np

from game.model import Level, Life, Oracle, Weights, draw_landscape
from game.solver.hindsight import best_paths
from game.solver.plans import best_fixed_plan, first_best, open_loop_reward, open_loop_values
from game.solver.problem import Floats, Integers, Problem
from game.solver.water import water_of


@dataclass(frozen=True)
class Way:
    """A lane that is open, and how bright an oracle says it is: the light of the lane and of all that comes after."""

    lane: str
    brightness: float


@dataclass(frozen=True)
class Advice:
    """What an oracle says at a fork: each way that is open in file order, and the ``path`` that it would go.

    Brightness is in the oracle's own light.  Where no lane is open both are empty.
    """

    ways: tuple[Way, ...]
    path: tuple[str, ...]

    @property
    def lane(self) -> str | None:
        """Where the oracle would steer; None where no lane is open."""
        return self.path[0] if self.path else None


class OracleWorld(Problem):
    """A level as an oracle believes it to be; ``unseen`` are the currents that it does not look at.

    A policy (`game.policy.Policy`) that follows the oracle.  ``weights`` are those of whoever asks: an oracle without
    weights of its own steers by them.
    """

    def __init__(self, level: Level, weights: Weights, oracle: Oracle) -> None:
        self.oracle = oracle
        starts = dict(oracle.starts)
        blind = oracle.still or oracle.luckiest_of is not None
        self.unseen = frozenset(i for i, c in enumerate(level.currents) if blind or c.name in starts)
        currents = tuple(
            dataclasses.replace(
                current,
                start=starts.get(current.name, current.start),
                shift=_identity(current.size) if oracle.still else current.shift,
            )
            for current in level.currents
        )
        super().__init__(dataclasses.replace(level, currents=currents), oracle.weights or weights)
        seen = ~sum(1 << i for i in self.unseen)
        self._relevant = [[mask & seen for mask in masks] for masks in self._relevant]
        if oracle.luckiest_of is not None:
            self.reward = self._luckiest(oracle.luckiest_of, f"{level.digest}/{oracle.name}")

    @property
    def never_looks(self) -> bool:
        """Whether nothing that is seen can change what the oracle says: from the start it follows a fixed plan."""
        return self.relevant(0, self.start) == 0

    def knowledge(self, life: Life | None = None) -> tuple[Integers, Integers]:
        """What the oracle makes of what ``life`` knows, as `Problem.knowledge` has it."""
        states, seen = super().knowledge(life)
        return self.believed(states, seen)

    def believed(self, states: Integers, seen: Integers) -> tuple[Integers, Integers]:
        """What the oracle makes of what others know: states last seen and the years of that, (K + 1,) or (K + 1, …)."""
        states, seen = states.copy(), seen.copy()
        for i in self.unseen:
            states[i] = self.starts[i]
            seen[i] = 0
        return states, seen

    def choose(self, life: Life) -> str:
        """The lane that the oracle would take."""
        return best_fixed_plan(self, life).lanes[0]

    def advice(self, life: Life | None = None) -> Advice:
        """What the oracle says where ``life`` is (None: at the beginning)."""
        year, place = self.position(life)
        lanes = self.open_lanes(year, place)
        if not lanes:
            return Advice((), ())
        states, seen = self.knowledge(life)
        values = open_loop_values(self, states, seen, year)
        out = self.departures(year)
        light = dict(zip(out.lanes.tolist(), open_loop_reward(self, states, seen, year).tolist(), strict=True))
        ways = tuple(
            Way(self.level.lanes[e].id, light[e] + float(values[year + self.duration[e], self.head[e]])) for e in lanes
        )
        return Advice(ways, best_fixed_plan(self, life).lanes)

    def _luckiest(self, count: int, name: str) -> Floats:
        """The light of every lane, taken in any year, in the luckiest of ``count`` landscapes, shape (E, T + 1, M)."""
        first = int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")
        water = water_of(self, [draw_landscape(self.level, first + k) for k in range(count)])
        lucky = int(first_best(best_paths(self, water)))
        reward = np.zeros_like(self.reward)
        for e, years in enumerate(self.duration.tolist()):
            shone = self.year_light[e, 0, water.states[:, self.current[e], lucky]]
            for year in range(self.years + 1 - years):
                reward[e, year] = shone[year : year + years].sum() + self.arrival[self.head[e]]
        return reward


def _identity(size: int) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(i == j) for j in range(size)) for i in range(size))
