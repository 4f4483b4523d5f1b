"""A third run of a small landscape does what the second noted down, and computes everything anew."""

from __future__ import annotations

import numpy as np
import pytest

from game.generator import Recipe, generate
from game.solver import Problem, treasure_map
from game.solver.induction import Induction
from game.solver.information import InformationSpace
from game.solver.schedule import Schedule
from game.solver.tape import Tape


@pytest.mark.parametrize("sight", [None, 1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_a_tape_leaves_nothing_to_what_was_there_before(seed: int, sight: int | None) -> None:
    """With every array that is written to spoilt between the runs, a run from the tape finds the same worth."""
    level = generate(Recipe(places=7, lanes=20, currents=5 * min(1, seed), years=8, longest=3, sight=sight, seed=seed))
    problem = Problem(level, level.weights())
    induction = Induction(Schedule(InformationSpace(problem), "worth"))
    expected = treasure_map(problem).worth
    for played in (False, False, True, True):
        assert (induction._tape is not None) == played
        value = induction.run(1).values[induction.root]
        assert float(value.reshape(-1)[0]) == expected
        value.fill(np.nan)  # what a run hands out is nobody else's
        if induction._tape:
            spoil(induction._tape)


def test_a_run_that_was_interrupted_is_not_played_again() -> None:
    """What an unfinished run noted down is thrown away."""
    level = generate(Recipe(places=5, lanes=12, currents=3, years=6, seed=1))
    problem = Problem(level, level.weights())
    induction = Induction(Schedule(InformationSpace(problem), "worth"))
    induction.run(1)

    def stop(done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        induction.run(1, stop)
    for _ in range(3):
        value = induction.run(1).values[induction.root]
        assert float(value.reshape(-1)[0]) == treasure_map(problem).worth


def spoil(tape: Tape) -> None:
    """Writes nonsense over every array that an operation of the tape writes to."""
    for step in tape._steps:
        if "out" in step.keywords:
            made = step.keywords["out"]
        else:
            made = step.args[0] if step.func is np.copyto else step.func.__self__
        made.fill(np.nan)
