"""The solvers that are compared, each in a process of its own with a limit on time and memory (extra ``peers``).

All do the same thing, backward induction over the common problem's horizon, and each is timed on a problem that is
built already: the peers on their matrices, this solver on its schedule and tables.  What building takes is told beside.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from common_problem import median_seconds, median_times
from flattened import Flat, Process, write_drn

from game.solver.induction import Induction
from game.solver.information import InformationSpace
from game.solver.schedule import Schedule

ROOM = 2**34

_TEXT = 5_000_000
"""Transitions up to which Storm's explicit model goes through a file; beyond, through its own builder of matrices."""


class Answer(NamedTuple):
    """Seconds to build the model, the medians of the seconds to solve it (by the clock; of processors), the value."""

    built: float
    took: float
    spent: float
    value: float


def water_lanes(flat: Flat) -> Answer:
    """This solver; what is built beforehand is the list of nodes, the schedule and the tables of light."""

    def build() -> Induction:
        induction = Induction(Schedule(InformationSpace(flat.problem, ROOM, lasting=0), "worth"))
        induction.run()
        return induction

    induction = build()
    value = float(induction.run().values[induction.root])
    return Answer(median_seconds(build), *median_times(induction.run, 25), value)


def quantecon_flat(flat: Flat) -> Answer:
    """QuantEcon's backward induction on sparse state-action pairs, one row of all landscapes each."""
    began = time.perf_counter()
    return _quantecon(flat.together(), flat.start, began)


def quantecon_steps(flat: Flat) -> Answer:
    """QuantEcon's backward induction with one current moving at a time."""
    began = time.perf_counter()
    return _quantecon(flat.one_at_a_time(), flat.start, began)


def _quantecon(process: Process, start: int, began: float) -> Answer:
    from quantecon.markov import DiscreteDP, backward_induction
    from scipy.sparse import csr_matrix

    rows, each = process.columns.shape
    ends = np.arange(0, rows * each + 1, each, dtype=np.int64 if rows * each >= 2**31 else np.int32)
    matrix = csr_matrix((process.chances.reshape(-1), process.columns.reshape(-1), ends), shape=(rows, process.size))
    decision = DiscreteDP(process.rewards, matrix, 1.0, process.states, process.actions)
    value = float(backward_induction(decision, process.steps)[0][0, start])  # the first call compiles
    built = time.perf_counter() - began
    return Answer(built, *median_times(lambda: backward_induction(decision, process.steps)), value)


def pymdptoolbox_flat(flat: Flat) -> Answer:
    """pymdptoolbox's FiniteHorizon with one sparse matrix for each number of a lane."""
    from mdptoolbox.mdp import FiniteHorizon
    from scipy.sparse import bmat, csr_matrix

    began = time.perf_counter()
    joint, count = csr_matrix(flat.joint()), flat.landscapes
    most = max(len(flat.lanes(n)) for n in range(flat.places))
    matrices, rewards = [], np.empty((flat.places * count, most))
    for k in range(most):
        blocks: list[list[Any]] = [[None] * flat.places for _ in range(flat.places)]
        for n in range(flat.places):
            e = flat.lanes(n)[k]
            blocks[n][flat.problem.head[e]] = joint
            rewards[n * count : (n + 1) * count, k] = flat.light(e)
        for m in range(flat.places):  # a place that no lane leads to still needs its columns
            if all(row[m] is None for row in blocks):
                blocks[0][m] = csr_matrix((count, count))
        matrices.append(csr_matrix(bmat(blocks)))
    process = FiniteHorizon(matrices, rewards, 1.0, flat.years)
    built = time.perf_counter() - began
    process.run()
    value = float(process.V[flat.start, 0])
    return Answer(built, *median_times(process.run), value)


def storm_prism_flat(flat: Flat) -> Answer:
    """Storm's sparse engine on a PRISM model in which all currents move at once."""
    return _storm_prism(flat.prism(together=True), flat.years)


def storm_prism_steps(flat: Flat) -> Answer:
    """Storm's sparse engine on a PRISM model in which one current moves at a time."""
    return _storm_prism(flat.prism(together=False), flat.years * flat.currents)


def storm_explicit_flat(flat: Flat) -> Answer:
    """Storm's sparse engine on explicit states, one row of all landscapes each."""
    began = time.perf_counter()
    return _storm_explicit(flat.together(), flat.start, began)


def storm_explicit_steps(flat: Flat) -> Answer:
    """Storm's sparse engine on explicit states, one current moving at a time."""
    began = time.perf_counter()
    return _storm_explicit(flat.one_at_a_time(), flat.start, began)


def _storm_prism(text: str, steps: int) -> Answer:
    import stormpy

    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "common.prism"
        path.write_text(text, encoding="utf-8")
        program = stormpy.parse_prism_program(str(path))
    question = stormpy.parse_properties(f'R{{"light"}}max=? [C<={steps}]', program)[0]
    model = stormpy.build_model(program, [question])
    return _storm(model, question, began)


def _storm_explicit(process: Process, start: int, began: float) -> Answer:
    import stormpy

    if process.columns.size <= _TEXT:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "common.drn"
            write_drn(process, start, path)
            model = stormpy.build_model_from_drn(str(path))
    else:
        model = _built_by_hand(process, start)
    question = stormpy.parse_properties(f'R{{"light"}}max=? [C<={process.steps}]')[0]
    return _storm(model, question, began)


def _built_by_hand(process: Process, start: int) -> Any:
    """A model whose matrix is filled entry by entry, and what it was made of then forgotten."""
    from stormpy.developer import storage

    rows, each = process.columns.shape
    builder = storage.SparseMatrixBuilder(rows, process.size, rows * each, True, True, process.size)
    add, newest = builder.add_next_value, -1
    order = np.argsort(process.columns, axis=1) if each < 9 else None
    for row in range(rows):
        if process.states[row] != newest:
            newest = int(process.states[row])
            builder.new_row_group(row)
        columns, chances = process.columns[row], process.chances[row]
        if order is not None:
            columns, chances = columns[order[row]], chances[order[row]]
        for column, chance in zip(columns.tolist(), chances.tolist(), strict=True):
            add(row, column, chance)
    labels = storage.StateLabeling(process.size)
    labels.add_label("init")
    labels.add_label_to_state("init", start)
    parts = storage.SparseModelComponents(transition_matrix=builder.build(), state_labeling=labels)
    parts.reward_models = {
        "light": storage.SparseRewardModel(optional_state_action_reward_vector=list(process.rewards))
    }
    return storage.SparseMdp(parts)


def _storm(model: Any, question: Any, began: float) -> Answer:
    import stormpy

    value = float(stormpy.model_checking(model, question).get_value(model.initial_states[0]))
    built = time.perf_counter() - began
    return Answer(built, *median_times(lambda: stormpy.model_checking(model, question)), value)


OURS = "Water Lanes"
FLAT = {
    "QuantEcon": ("quantecon", quantecon_flat),
    "pymdptoolbox": ("pymdptoolbox", pymdptoolbox_flat),
    "Storm, from PRISM": ("stormpy", storm_prism_flat),
    "Storm, explicit": ("stormpy", storm_explicit_flat),
}
STEPS = {
    "QuantEcon": ("quantecon", quantecon_steps),
    "Storm, from PRISM": ("stormpy", storm_prism_steps),
    "Storm, explicit": ("stormpy", storm_explicit_steps),
}


def answer_of(name: str, steps: bool, currents: int, seconds: float, gigabytes: float) -> Answer | str:
    """The answer of one solver in a process of its own, or in words why there is none."""
    package = "" if name == OURS else (STEPS if steps else FLAT)[name][0]
    if package:
        try:
            importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            return "not installed"
    call = [sys.executable, __file__, name, "steps" if steps else "flat", str(currents), str(gigabytes)]
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"not within {seconds:.0f} s"
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        lost = "MemoryError" in done.stderr or "bad_alloc" in done.stderr or done.returncode < 0
        return f"not within {gigabytes:g} GB" if lost else last[0][:80]
    return Answer(*json.loads(done.stdout))


def main(name: str, kind: str, currents: str, gigabytes: str) -> None:
    """Answers for one solver, as JSON."""
    room = int(float(gigabytes) * 2**30)
    resource.setrlimit(resource.RLIMIT_DATA, (room, room))
    warnings.simplefilter("ignore")
    shown = os.dup(1)
    os.dup2(2, 1)  # what a peer prints is not the answer
    solver = water_lanes if name == OURS else (STEPS if kind == "steps" else FLAT)[name][1]
    os.write(shown, json.dumps(solver(Flat(int(currents)))).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
