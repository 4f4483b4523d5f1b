"""The common problem for solvers that know nothing of its structure: as a process over (place, landscape).

Every landscape in a row: each row of the process has one entry for every landscape.  One current at a time, the best
formulation that a peer can be given: each year is split into K small steps, one current moving in each, so that rows
have as many entries as a current has states; the phase of the year is part of the state.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import NamedTuple

import numpy as np
from common_problem import common_level

from game.solver import Problem


class Process(NamedTuple):
    """A process over ``size`` states that runs for ``steps`` steps: a row for each state and action, sorted by both.

    ``columns`` and ``chances`` have shape (rows, successors), ``rewards``, ``states`` and ``actions`` shape (rows,).
    """

    rewards: np.ndarray
    columns: np.ndarray
    chances: np.ndarray
    states: np.ndarray
    actions: np.ndarray
    size: int
    steps: int


class Flat:
    """The common problem as arrays: what the peers are built from."""

    def __init__(self, currents: int) -> None:
        level = common_level(currents)
        self.problem = Problem(level, level.weights())
        self.currents = currents
        self.places = len(level.places)
        self.years = level.years
        self.shifts = [power[1] for power in self.problem.powers]
        self.sizes = self.problem.sizes
        self.landscapes = int(np.prod(self.sizes))
        self.start = self.problem.start * self.landscapes + int(np.ravel_multi_index(self.problem.starts, self.sizes))
        self.digits = np.array(np.unravel_index(np.arange(self.landscapes), self.sizes))

    def lanes(self, place: int) -> tuple[int, ...]:
        """The lanes that leave a place."""
        return self.problem.open_lanes(0, place)

    def light(self, e: int) -> np.ndarray:
        """The light of a lane in each landscape."""
        light: np.ndarray = self.problem.reward[e, 0][self.digits[self.problem.current[e]]]
        return light

    def joint(self) -> np.ndarray:
        """The matrix of all currents together."""
        return reduce(np.kron, self.shifts, np.eye(1))

    def moved(self, current: int) -> tuple[np.ndarray, np.ndarray]:
        """The landscapes that may follow each when one current moves, and their chances."""
        states = np.arange(self.sizes[current])
        stride = int(np.prod(self.sizes[current + 1 :]))
        here = self.digits[current][:, None]
        return np.arange(self.landscapes)[:, None] + (states - here) * stride, self.shifts[current][
            self.digits[current]
        ]

    def together(self) -> Process:
        """Every landscape in a row."""
        joint, count = self.joint(), self.landscapes
        pairs = sum(len(self.lanes(n)) for n in range(self.places))
        columns = np.empty((pairs * count, count), dtype=np.int32)
        chances = np.empty(columns.shape)
        rewards, states, actions = np.empty(len(columns)), np.empty(len(columns), int), np.empty(len(columns), int)
        row = 0
        for n in range(self.places):
            lanes = self.lanes(n)
            for k, e in enumerate(lanes):
                rows = slice(row + k, row + len(lanes) * count, len(lanes))
                columns[rows] = self.problem.head[e] * count + np.arange(count)
                chances[rows], rewards[rows] = joint, self.light(e)
                states[rows], actions[rows] = n * count + np.arange(count), k
            row += len(lanes) * count
        return Process(rewards, columns, chances, states, actions, self.places * count, self.years)

    def one_at_a_time(self) -> Process:
        """One current moves in each step; lanes are taken in the first step of a year."""
        count, places = self.landscapes, self.places
        columns, chances, rewards, states, actions = [], [], [], [], []
        for phase in range(self.currents):
            after, chance = self.moved(phase)
            ahead = (phase + 1) % self.currents * places
            for n in range(places):
                lanes = self.lanes(n) if phase == 0 else (None,)
                heads = [n if e is None else int(self.problem.head[e]) for e in lanes]
                light = [np.zeros(count) if e is None else self.light(e) for e in lanes]
                successors = [(ahead + head) * count + after for head in heads]
                columns.append(np.stack(successors, 1).reshape(-1, chance.shape[1]))
                chances.append(np.repeat(chance, len(lanes), axis=0))
                rewards.append(np.stack(light, 1).reshape(-1))
                states.append(np.repeat((phase * places + n) * count + np.arange(count), len(lanes)))
                actions.append(np.tile(np.arange(len(lanes)), count))
        joined = [np.concatenate(parts) for parts in (rewards, columns, chances, states, actions)]
        return Process(*joined, self.currents * places * count, self.years * self.currents)

    def prism(self, together: bool) -> str:
        """The process in the language of PRISM: lanes by number, then a tick for each of the other currents."""
        most = max(len(self.lanes(n)) for n in range(self.places))
        turn, onward = ("", "") if together or self.currents == 1 else (" & turn=0", " & (turn'=1)")
        lines = ["mdp", "module life", f"  n : [0..{self.places - 1}] init {self.problem.start};"]
        if turn:
            lines.append(f"  turn : [0..{self.currents - 1}] init 0;")
        for n in range(self.places):
            for k, e in enumerate(self.lanes(n)):
                lines.append(f"  [lane{k}] n={n}{turn} -> (n'={self.problem.head[e]}){onward};")
        if turn:
            ticks = range(1, self.currents)
            lines += [f"  [tick{i}] turn={i} -> (turn'={(i + 1) % self.currents});" for i in ticks]
        lines.append("endmodule")
        for i, shift in enumerate(self.shifts):
            lines += [f"module current{i}", f"  c{i} : [0..{len(shift) - 1}] init {self.problem.starts[i]};"]
            for label in [f"lane{k}" for k in range(most)] if together or i == 0 else [f"tick{i}"]:
                for state, row in enumerate(shift):
                    after = " + ".join(f"{chance!r}:(c{i}'={j})" for j, chance in enumerate(row.tolist()))
                    lines.append(f"  [{label}] c{i}={state} -> {after};")
            lines.append("endmodule")
        lines.append('rewards "light"')
        for n in range(self.places):
            for k, e in enumerate(self.lanes(n)):
                i = self.problem.current[e]
                for state, light in enumerate(self.problem.reward[e, 0, : self.sizes[i]].tolist()):
                    lines.append(f"  [lane{k}] n={n}{turn} & c{i}={state} : {light!r};")
        return "\n".join([*lines, "endrewards", ""])


def write_drn(process: Process, start: int, path: Path) -> None:
    """A process as a Storm explicit file with the reward model "light"."""
    firsts = np.flatnonzero(process.actions == 0).tolist()
    with path.open("w", encoding="utf-8") as file:
        file.write("@type: MDP\n@parameters\n\n@reward_models\nlight\n")
        file.write(f"@nr_states\n{process.size}\n@nr_choices\n{len(process.rewards)}\n@model\n")
        for state, (first, end) in enumerate(zip(firsts, [*firsts[1:], len(process.rewards)], strict=True)):
            file.write(f"state {state} [0]{' init' if state == start else ''}\n")
            for row in range(first, end):
                file.write(f"\taction {row - first} [{float(process.rewards[row])!r}]\n")
                ways = zip(process.columns[row].tolist(), process.chances[row].tolist(), strict=True)
                file.write("".join(f"\t\t{to} : {chance!r}\n" for to, chance in sorted(ways)))
