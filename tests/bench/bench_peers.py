"""Prints how long other solvers take for the treasure map of the common problem, and by what factor this one is faster.

Run:  python tests/bench/bench_peers.py [--quick | --full]     (extra ``peers``; a peer that is missing is left out)

Flattened, the problem is a Markov decision process over (place, landscape), whose rows have one entry for every
landscape.  The best formulation that a peer can be given moves one current at a time, K small steps a year, so that
rows have as many entries as a current has states.  Each peer runs in a process of its own with a limit on time and
memory; building its model is not counted, but told.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import reduce

import numpy as np
from common_problem import common_level, median_seconds

from game.solver import Problem
from game.solver.induction import Induction
from game.solver.information import InformationSpace
from game.solver.schedule import Schedule

AGREEMENT = 1e-9
ROOM = 2**34

Answer = tuple[float, float, float]
"""Seconds to build the model, seconds to solve it, and the value found."""


class Flat:
    """The common problem as arrays: what the peers are built from."""

    def __init__(self, currents: int) -> None:
        level = common_level(currents)
        self.problem = Problem(level, level.weights())
        self.currents = currents
        self.places = len(level.places)
        self.years = level.years
        self.steps = [power[1] for power in self.problem.powers]
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
        return reduce(np.kron, self.steps, np.eye(1))

    def moved(self, current: int) -> tuple[np.ndarray, np.ndarray]:
        """The landscapes that may follow each when one current moves, and their chances."""
        states = np.arange(self.sizes[current])
        stride = int(np.prod(self.sizes[current + 1 :]))
        here = self.digits[current][:, None]
        return np.arange(self.landscapes)[:, None] + (states - here) * stride, self.steps[current][self.digits[current]]


def water_lanes(flat: Flat) -> Answer:
    """This solver; what is built beforehand is the list of nodes, the schedule and the tables of light."""

    def build() -> Induction:
        induction = Induction(Schedule(InformationSpace(flat.problem, ROOM, lasting=0), "worth"))
        induction.run(1)
        return induction

    built = median_seconds(build, 9)
    induction = build()
    value = float(induction.run(1).values[induction.root])
    return built, median_seconds(lambda: induction.run(induction.threads), 15), value


def quantecon_flat(flat: Flat) -> Answer:
    """QuantEcon's backward induction on sparse state-action pairs, one row of all landscapes each."""
    began = time.perf_counter()
    joint, count = flat.joint(), flat.landscapes
    pairs = [(n, e) for n in range(flat.places) for e in flat.lanes(n)]
    columns = np.empty((len(pairs) * count, count), dtype=np.int32)
    chances = np.empty(columns.shape)
    rewards, states, actions = np.empty(len(columns)), np.empty(len(columns), int), np.empty(len(columns), int)
    row = 0
    for n in range(flat.places):
        lanes = flat.lanes(n)
        for k, e in enumerate(lanes):
            rows = slice(row + k, row + len(lanes) * count, len(lanes))
            columns[rows] = flat.problem.head[e] * count + np.arange(count)
            chances[rows], rewards[rows] = joint, flat.light(e)
            states[rows], actions[rows] = n * count + np.arange(count), k
        row += len(lanes) * count
    return _quantecon(flat, began, rewards, columns, chances, states, actions, flat.places * count, flat.years)


def quantecon_steps(flat: Flat) -> Answer:
    """QuantEcon's backward induction with one current moving at a time; the phase of the year is part of the state."""
    began = time.perf_counter()
    count, places = flat.landscapes, flat.places
    columns, chances, rewards, states, actions = [], [], [], [], []
    for phase in range(flat.currents):
        after, chance = flat.moved(phase)
        ahead = (phase + 1) % flat.currents * places
        for n in range(places):
            lanes = flat.lanes(n) if phase == 0 else (None,)
            heads = [n if e is None else int(flat.problem.head[e]) for e in lanes]
            light = [np.zeros(count) if e is None else flat.light(e) for e in lanes]
            columns.append(np.stack([(ahead + head) * count + after for head in heads], 1).reshape(-1, chance.shape[1]))
            chances.append(np.repeat(chance, len(lanes), axis=0))
            rewards.append(np.stack(light, 1).reshape(-1))
            states.append(np.repeat((phase * places + n) * count + np.arange(count), len(lanes)))
            actions.append(np.tile(np.arange(len(lanes)), count))
    joined = [np.concatenate(parts) for parts in (rewards, columns, chances, states, actions)]
    return _quantecon(flat, began, *joined, flat.currents * places * count, flat.years * flat.currents)  # type: ignore[arg-type]


def _quantecon(
    flat: Flat,
    began: float,
    rewards: np.ndarray,
    columns: np.ndarray,
    chances: np.ndarray,
    states: np.ndarray,
    actions: np.ndarray,
    size: int,
    steps: int,
) -> Answer:
    from quantecon.markov import DiscreteDP, backward_induction
    from scipy.sparse import csr_matrix

    each = columns.shape[1]
    ends = np.arange(0, columns.size + 1, each, dtype=np.int64 if columns.size >= 2**31 else np.int32)
    matrix = csr_matrix((chances.reshape(-1), columns.reshape(-1), ends), shape=(len(rewards), size))
    process = DiscreteDP(rewards, matrix, 1.0, states, actions)
    value = float(backward_induction(process, steps)[0][0, flat.start])  # the first call compiles
    built = time.perf_counter() - began
    return built, median_seconds(lambda: backward_induction(process, steps), 5, _PATIENCE), value


def pymdptoolbox_flat(flat: Flat) -> Answer:
    """pymdptoolbox's FiniteHorizon with one sparse matrix for each number of a lane."""
    from mdptoolbox.mdp import FiniteHorizon
    from scipy.sparse import bmat, csr_matrix

    began = time.perf_counter()
    joint, count = csr_matrix(flat.joint()), flat.landscapes
    most = max(len(flat.lanes(n)) for n in range(flat.places))
    matrices, rewards = [], np.empty((flat.places * count, most))
    for k in range(most):
        blocks = [[None] * flat.places for _ in range(flat.places)]
        for n in range(flat.places):
            e = flat.lanes(n)[k]
            blocks[n][flat.problem.head[e]] = joint
            rewards[n * count : (n + 1) * count, k] = flat.light(e)
        for m in range(flat.places):  # a place that no lane leads to still needs its columns
            if blocks[0][m] is None:
                blocks[0][m] = csr_matrix((count, count))
        matrices.append(csr_matrix(bmat(blocks)))
    process = FiniteHorizon(matrices, rewards, 1.0, flat.years)
    built = time.perf_counter() - began
    process.run()
    value = float(process.V[flat.start, 0])
    return built, median_seconds(process.run, 5, _PATIENCE), value


def storm_flat(flat: Flat) -> Answer:
    """Storm's sparse engine on a PRISM model in which all currents move at once."""
    return _storm(flat, prism(flat, together=True), flat.years)


def storm_steps(flat: Flat) -> Answer:
    """Storm's sparse engine on a PRISM model in which one current moves at a time."""
    return _storm(flat, prism(flat, together=False), flat.years * flat.currents)


def prism(flat: Flat, together: bool) -> str:
    """The common problem in the language of PRISM: lanes by number, then a tick for each of the other currents."""
    most = max(len(flat.lanes(n)) for n in range(flat.places))
    turn, onward = ("", "") if together or flat.currents == 1 else (" & turn=0", " & (turn'=1)")
    lines = ["mdp", "module life", f"  n : [0..{flat.places - 1}] init {flat.problem.start};"]
    if turn:
        lines.append(f"  turn : [0..{flat.currents - 1}] init 0;")
    for n in range(flat.places):
        for k, e in enumerate(flat.lanes(n)):
            lines.append(f"  [lane{k}] n={n}{turn} -> (n'={flat.problem.head[e]}){onward};")
    if turn:
        lines += [f"  [tick{i}] turn={i} -> (turn'={(i + 1) % flat.currents});" for i in range(1, flat.currents)]
    lines.append("endmodule")
    for i, step in enumerate(flat.steps):
        lines += [f"module current{i}", f"  c{i} : [0..{len(step) - 1}] init {flat.problem.starts[i]};"]
        labels = [f"lane{k}" for k in range(most)] if together or i == 0 else [f"tick{i}"]
        for label in labels:
            for state, row in enumerate(step):
                after = " + ".join(f"{chance!r}:(c{i}'={j})" for j, chance in enumerate(row.tolist()))
                lines.append(f"  [{label}] c{i}={state} -> {after};")
        lines.append("endmodule")
    lines.append('rewards "light"')
    for n in range(flat.places):
        for k, e in enumerate(flat.lanes(n)):
            i = flat.problem.current[e]
            for state, light in enumerate(flat.problem.reward[e, 0, : flat.sizes[i]].tolist()):
                lines.append(f"  [lane{k}] n={n} & c{i}={state} : {light!r};")
    return "\n".join([*lines, "endrewards", ""])


def _storm(flat: Flat, text: str, steps: int) -> Answer:
    import tempfile

    import stormpy

    began = time.perf_counter()
    with tempfile.NamedTemporaryFile("w", suffix=".prism") as file:
        file.write(text)
        file.flush()
        program = stormpy.parse_prism_program(file.name)
    question = stormpy.parse_properties(f'R{{"light"}}max=? [C<={steps}]', program)[0]
    model = stormpy.build_model(program, [question])
    built = time.perf_counter() - began
    value = float(stormpy.model_checking(model, question).get_value(model.initial_states[0]))
    return built, median_seconds(lambda: stormpy.model_checking(model, question), 5, _PATIENCE), value


PEERS: dict[str, tuple[str, Callable[[Flat], Answer]]] = {
    "Water Lanes": ("", water_lanes),
    "QuantEcon, flattened": ("quantecon", quantecon_flat),
    "pymdptoolbox, flattened": ("pymdptoolbox", pymdptoolbox_flat),
    "Storm, flattened": ("stormpy", storm_flat),
    "QuantEcon, one at a time": ("quantecon", quantecon_steps),
    "Storm, one at a time": ("stormpy", storm_steps),
}

_PATIENCE = 40.0
"""Seconds after which a peer is not timed once more."""


def apart(name: str, currents: int, seconds: float, gigabytes: float) -> Answer | str:
    """The answer of one peer in a process of its own, or in words why there is none."""
    package, _ = PEERS[name]
    if package:
        try:
            importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            return "not installed"
    call = [sys.executable, __file__, "--one", name, str(currents), str(gigabytes)]
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"not within {seconds:.0f} s"
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        lost = "MemoryError" in done.stderr or "bad_alloc" in done.stderr or done.returncode < 0
        return f"not within {gigabytes:g} GB" if lost else last[0][:80]
    built, took, value = json.loads(done.stdout)
    return built, took, value


def compare(title: str, currents: int, names: list[str], seconds: float, gigabytes: float) -> None:
    """A table of one size of the problem."""
    print(f"{title}, K = {currents}")
    own = apart("Water Lanes", currents, seconds, gigabytes)
    if isinstance(own, str):
        print(f"  Water Lanes: {own}")
        return
    print(f"  {'Water Lanes':26} {own[1]:10.5f} s{'':29}; {own[0]:.4f} s to build", flush=True)
    for name in names:
        answer = apart(name, currents, seconds, gigabytes)
        if isinstance(answer, str):
            print(f"  {name:26} {answer}", flush=True)
            continue
        built, took, value = answer
        parted = abs(value - own[2])
        agrees = "agrees" if parted <= AGREEMENT else f"DIFFERS by {parted:.1e}"
        print(
            f"  {name:26} {took:10.5f} s  {took / own[1]:9,.0f} times as long; {agrees}; {built:.1f} s to build",
            flush=True,
        )


def main() -> None:
    """Runs the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--full", action="store_true", help="also seven currents flattened, and ten one at a time")
    parser.add_argument("--seconds", type=float, default=240, help="a peer's time limit")
    parser.add_argument("--gigabytes", type=float, default=16, help="a peer's room in memory")
    parser.add_argument("--one", nargs=3, metavar=("PEER", "K", "GIGABYTES"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        room = int(float(asked.one[2]) * 2**30)
        resource.setrlimit(resource.RLIMIT_DATA, (room, room))
        warnings.simplefilter("ignore")
        shown = os.dup(1)
        os.dup2(2, 1)  # what a peer prints is not the answer
        answer = PEERS[asked.one[0]][1](Flat(int(asked.one[1])))
        os.write(shown, json.dumps(answer).encode())
        return
    flat = [name for name in PEERS if name.endswith("flattened")]
    steps = [name for name in PEERS if name.endswith("one at a time")]
    for currents in (4, 5) if asked.quick else (5, 6, 7) if asked.full else (5, 6):
        compare("every landscape in a row", currents, flat, asked.seconds, asked.gigabytes)
    for currents in (6,) if asked.quick else (8, 10) if asked.full else (6, 8):
        compare("one current at a time", currents, steps, asked.seconds, asked.gigabytes)


if __name__ == "__main__":
    main()
