"""The treasure map: Bellman's optimum for what can be seen, the optimal closed-loop value function.

On the nodes of `game.solver.information`, with ``a`` what was last seen of each current,

    Q(t, n, a; e) = r_e(a) + E[ V(node after e, a') | a ],        V(t, n, a) = max over open lanes e of Q(t, n, a; e),

or where a look through a spyglass at price ``c`` shows something,

    V(t, n, a) = max of that and  -c + E[ V(node after the look, a') | a ],

and ``V = 0`` where no lane is open (Bellman 1957; Bertsekas, *Dynamic Programming and Optimal Control*, vol. I, the
dynamic programming algorithm and, for limited sight, the chapter on imperfect state information).  ``r_e`` and the
expectation need no joint matrix: see `game.solver.problem` and `game.solver.forecast`; the induction itself is
`game.solver.induction`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.model import Life, NothingToLookAt, shown
from game.solver.comparison import Choices
from game.solver.estimate import Estimate, size_of
from game.solver.induction import Induction, Looks
from game.solver.information import KEEPS, LASTING, MEMORY_LIMIT, InformationSpace, Keep, Node
from game.solver.problem import Floats, Problem
from game.solver.schedule import Schedule
from game.solver.size import TooLarge

Progress = Callable[[str, float], None]
"""Told the stage (a key of the words file) and the fraction done; may raise to interrupt."""


Announce = Callable[[Estimate], None]
"""Told what an exact answer will take, before it takes it; may raise to decline."""


class NotKept(LookupError):
    """A treasure map was asked for something that it was told not to keep."""


class TreasureMap:
    """The optimal value function ``V``, its ``Q``, and the policy that follows it.

    ``space`` holds the nodes; ``values[node]`` is ``V`` there and ``choices[node]`` the index, among the open lanes,
    of the first that is as good as the best; both are arrays of ``space.shape(node)``.  A map that keeps only the
    policy has ``values`` at the beginning alone, one that keeps only its worth has no ``choices`` either: ``keep`` says
    which.  ``looks`` says where a look through the spyglass is worth more than its price, by nodes from which there is
    something to see.
    """

    def __init__(
        self,
        space: InformationSpace,
        values: dict[Node, Floats],
        choices: dict[Node, Choices],
        looks: dict[Node, Looks] | None = None,
        keep: Keep = "all",
    ) -> None:
        self.problem = space.problem
        self.space = space
        self.keep = keep
        self.values = values
        self.choices = choices
        self._looks = looks or {}

    @property
    def worth(self) -> float:
        """``V`` at the beginning: the expected light of a whole life that follows the map."""
        return float(self.values[self.space.root])

    def value(self, life: Life) -> float:
        """``V``: the light still to be expected from ``life`` on, if every choice is the best.

        Raises KeyError for a life that cannot be lived on this map, NotKept where the map keeps no values.
        """
        node, index = self.space.node_of(life)
        return float(self._values(node)[index])

    def q(self, life: Life, lane_id: str) -> float:
        """``Q``: the light to be expected from taking ``lane_id`` now and choosing best ever after.

        Raises ValueError if the lane cannot be taken, NotKept where the map keeps no values.
        """
        node, index = self.space.node_of(life)
        e = self.problem.level.lane_index[lane_id]
        if e not in self.problem.open_lanes(node.year, node.place):
            raise ValueError(f"lane {lane_id!r} cannot be taken in year {life.year} at {life.place!r}")
        return self._q(node, index, e)

    def choose(self, life: Life) -> str:
        """The first lane in file order that is as good as the best.  Raises NotKept where the map keeps no policy."""
        node, index = self.space.node_of(life)
        if node not in self.choices and node in self.space.where:
            raise NotKept("this treasure map keeps no policy")
        lanes = self.problem.open_lanes(node.year, node.place)
        return self.problem.level.lanes[lanes[int(self.choices[node][index])]].id

    def looks(self, life: Life) -> bool:
        """Whether to look through the spyglass before choosing; where both are as good it is left closed."""
        node, index = self.space.node_of(life)
        return node in self._looks and bool(self._looks[node][index])

    def q_look(self, life: Life) -> float:
        """``Q`` of a look: the light to be expected from paying for it now and choosing best ever after.

        Raises NothingToLookAt where it would show nothing new, NotKept where the map keeps no values.
        """
        if not shown(self.problem.level, life):
            raise NothingToLookAt(f"there is nothing to look at from {life.place!r} in year {life.year}")
        node, index = self.space.node_of(life)
        return self._expected(node, index, self.space.glances.get(node, node)) - self.problem.look_price

    def _values(self, node: Node) -> Floats:
        if node not in self.values and node in self.space.where:
            raise NotKept("this treasure map keeps no values")
        return self.values[node]

    def _q(self, node: Node, index: tuple[int, ...], e: int) -> float:
        """``Q`` of one lane in one state."""
        problem = self.problem
        current = int(problem.current[e])
        start = 0 if current == problem.constant else problem.starts[current]
        seen = {c: (year, state) for (c, year), state in zip(node.seen, index, strict=True)}
        before, state = seen.get(current, (0, start))
        light = float(problem.reward[e, node.year - before, state])
        return light + self._expected(node, index, self.space.arrive(node, e))

    def _expected(self, node: Node, index: tuple[int, ...], after: Node) -> float:
        """The expectation, in one state at ``node``, of the value at ``after``: one row, axis by axis."""
        seen = {current: (year, state) for (current, year), state in zip(node.seen, index, strict=True)}
        values = self._values(after)
        for current, year in after.seen:
            before, state = seen.get(current, (0, self.problem.starts[current]))
            row = self.problem.powers[current][year - before][state]
            values = row @ values.reshape(len(row), -1)
        return float(values.reshape(()))


def treasure_map(
    problem: Problem,
    limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
    *,
    keep: Keep = "all",
    folder: Path | None = None,
    threads: int | None = None,
) -> TreasureMap:
    """The treasure map by backward induction over all nodes.

    ``keep`` says what lasts: "all" for `TreasureMap.value` and `TreasureMap.q`, "policy" for `TreasureMap.choose`,
    "worth" for `TreasureMap.worth` alone.  What lasts is written to files in ``folder``, if one is given, and mapped
    into memory; it then does not count as memory.  ``threads`` is as many as pay, unless given.  Raises TooLarge,
    before allocating, if more than ``limit`` bytes are needed.
    """
    told = (lambda done: progress("treasure_map", done)) if progress else None
    looking = problem.level.spyglass is not None
    if looking:
        keep = "all"  # what is seen through a spyglass is known in the same year, so nothing is written over
        if problem.look_price < 0:  # then a look pays, whatever it shows
            problem = problem.with_every_axis()
    space = InformationSpace(problem, limit, told, 0 if folder else LASTING[keep], looking, folder is not None)
    schedule = Schedule(space, keep)
    size = size_of(schedule, on_disk=folder is not None)
    if size.bytes > limit:
        raise TooLarge(size.bytes, limit)
    return TreasureMap(space, *Induction(schedule, folder).run(threads, told), keep)


def fitting_map(
    problem: Problem,
    limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
    *,
    folder: Path | None = None,
    announce: Announce | None = None,
) -> TreasureMap:
    """The treasure map that keeps as much as there is room for: all of it, or the policy, or its worth alone.

    With a spyglass it is all of it; with a ``folder`` too, in files there.  ``announce`` is told, before anything is
    allocated, what it will take.  Raises TooLarge, before allocating, if that cannot be had in ``limit`` bytes.
    """
    if problem.level.spyglass is not None:
        return treasure_map(problem, limit, progress, folder=folder)
    told = (lambda done: progress("treasure_map", done)) if progress else None
    space = InformationSpace(problem, limit, told, lasting=0, mapped=folder is not None)
    for keep in KEEPS[:1] if folder else KEEPS:
        if space.keeping(keep) > limit and keep != "worth" and not folder:
            continue
        schedule = Schedule(space, keep)
        size = size_of(schedule, on_disk=folder is not None)
        if size.bytes <= limit:
            if announce:
                announce(size)
            return TreasureMap(space, *Induction(schedule, folder).run(told=told), keep)
    raise TooLarge(size.bytes, limit)
