"""Sweeps: cells in order, figures as the solver has them, medians as one would take them by hand."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.generator import Recipe, generate
from game.solver import solve
from game.sweep import Cell, Figures, ForeignJournal, Grid, Journal, rows_of, run_sweep, solved, table_as_csv
from game.sweep.table import FIGURES, QUARTILES

SMALL = Grid((0.0, 0.4, 1.0), (2, 3), (4, 6), (1, None), levels=3, places=5, currents=3, states=2)


def figures(k: int) -> Figures:
    """Figures that nobody solved, for tests of what is done with figures."""
    return Figures(10.0 + k, 11.0 + k, 12.5 + 2 * k, k % 2 == 0)


def test_a_grid_has_every_combination_once() -> None:
    """There is a cell for each combination, in the order of the table, and as many recipes in each as levels."""
    cells = SMALL.cells
    assert len(set(cells)) == len(cells) == 3 * 2 * 2 * 2
    assert cells[0] == Cell(0.0, 2, 4, 1)
    assert cells[-1] == Cell(1.0, 3, 6, None)
    assert len(SMALL.work) == len(cells) * SMALL.levels
    assert set(SMALL.work) == {recipe for cell in cells for recipe in SMALL.recipes(cell)}


def test_cells_are_compared_on_the_same_maps() -> None:
    """Level k of two cells that differ in volatility, horizon or sight has the same places, lanes and lights."""
    a, b = (generate(SMALL.recipes(cell)[1]) for cell in (Cell(0.4, 2, 6, 1), Cell(1.0, 2, 4, None)))
    assert a.places == b.places
    assert a.lanes == b.lanes


def test_figures_are_the_solvers() -> None:
    """The figures of a level are those of its ladder to twelve digits, and the loss is the gap over the optimum."""
    recipe = SMALL.recipes(Cell(0.4, 3, 6, 1))[0]
    level = generate(recipe)
    ladder = solve(level, level.weights(), hindsight_samples=0).ladder
    found = solved(recipe)
    assert found.exact
    assert found.best_fixed_plan == pytest.approx(ladder.best_fixed_plan.value, rel=1e-11)
    assert found.step_by_step == pytest.approx(ladder.step_by_step.value, rel=1e-11)
    assert found.optimal == pytest.approx(ladder.optimal.value, rel=1e-11)
    assert found.loss == pytest.approx(ladder.adaptivity_gap / ladder.optimal.value, rel=1e-9)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_quartiles_are_those_of_numpy(numbers: list[float]) -> None:
    """Median and quartiles over levels agree with numpy's, to the ten digits that are told."""
    grid = Grid((0.5,), (2,), (4,), (1,), levels=len(numbers))
    known = {
        recipe: dataclasses.replace(figures(0), step_by_step=x) for recipe, x in zip(grid.work, numbers, strict=True)
    }
    row = rows_of(grid, known)[0]
    for quartile, share in QUARTILES.items():
        expected = np.quantile(numbers, share)
        assert row.figures["step_by_step", quartile] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_table_is_csv(tmp_path: Path) -> None:
    """The table has a heading, a line a cell, and numbers that read back as the rows have them."""
    rows = run_sweep(SMALL, tmp_path / "journal", jobs=1)
    table = list(csv.DictReader(io.StringIO(table_as_csv(rows))))
    assert len(table) == len(rows) == len(SMALL.cells)
    for line, row in zip(table, rows, strict=True):
        assert (float(line["volatility"]), int(line["choice"])) == (row.cell.volatility, row.cell.choice)
        assert line["sight"] == ("all" if row.cell.sight is None else str(row.cell.sight))
        assert int(line["exact"]) == int(line["levels"]) == SMALL.levels
        for name in FIGURES:
            for quartile in QUARTILES:
                assert float(line[f"{name}_{quartile}"]) == row.figures[name, quartile]


def test_losses_grow_from_nothing(tmp_path: Path) -> None:
    """Where nothing shifts nothing is lost, and everywhere else a fixed plan loses, and stepping lies between."""
    for row in run_sweep(SMALL, tmp_path / "journal", jobs=1):
        assert (row.loss == 0) == (row.cell.volatility == 0)
        plan, stepping, optimal = (row.figures[name, "median"] for name in FIGURES[:3])
        assert plan <= stepping + 1e-9
        assert stepping <= optimal + 1e-9


def test_a_level_too_large_is_sampled_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for the exact answer the figures are sampled, the same each time, and not called exact."""
    monkeypatch.setattr("game.sweep.trial.MEMORY_LIMIT", 0)
    recipe = SMALL.recipes(Cell(0.4, 2, 4, None))[0]
    assert not solved(recipe).exact
    assert solved(recipe) == solved(recipe)


def test_what_cannot_be_made_is_told() -> None:
    """A grid tells why levels of it cannot be made, each reason once."""
    grid = dataclasses.replace(SMALL, volatility=(0.5, 2.0), horizon=(1, 6))
    assert len(grid.faults) == 2
    assert SMALL.faults == ()


def test_a_journal_keeps_figures_to_the_bit(tmp_path: Path) -> None:
    """What was kept is known to the next journal at the same place, with every number as it was."""
    path = tmp_path / "journal"
    kept = {recipe: figures(k) for k, recipe in enumerate(SMALL.work)}
    kept[SMALL.work[0]] = Figures(0.1 + 0.2, 1 / 3, 1e-300, True)
    with Journal(path) as journal:
        for recipe, found in kept.items():
            journal.keep(recipe, found)
    with Journal(path) as journal:
        assert journal.known == kept


def test_a_torn_line_is_survived(tmp_path: Path) -> None:
    """Cut at any byte, a journal still knows every line before the cut, and takes new ones after it."""
    path = tmp_path / "journal"
    with Journal(path) as journal:
        for k, recipe in enumerate(SMALL.work[:3]):
            journal.keep(recipe, figures(k))
    whole = path.read_bytes()
    ends = [i for i, byte in enumerate(whole) if byte == ord("\n")]
    for cut in [*range(0, len(whole), 7), *(end + k for end in ends for k in (-1, 0, 1))]:
        path.write_bytes(whole[:cut])
        complete = sum(end <= cut for end in ends[1:])
        with Journal(path) as journal:
            known = dict(journal.known)
            assert known == {recipe: figures(k) for k, recipe in enumerate(SMALL.work[:complete])}
            journal.keep(SMALL.work[5], figures(5))
        with Journal(path) as journal:
            assert journal.known == {**known, SMALL.work[5]: figures(5)}


def test_rubbish_in_a_journal_is_passed_over(tmp_path: Path) -> None:
    """Lines that are no figures of a recipe, as a broken disk may leave them, are as good as not there."""
    path = tmp_path / "journal"
    with Journal(path) as journal:
        journal.keep(SMALL.work[0], figures(0))
    line = json.loads(path.read_text().splitlines()[1])
    odd = [b"\0\0\0", b"[]", b"{}", b"7", b"\xff\xfe", b'{"recipe": 1, "figures": {}}']
    odd += [json.dumps({**line, "figures": {**line["figures"], "optimal": []}}).encode()]
    with path.open("ab") as file:
        file.write(b"\n".join(odd) + b"\n")
    with Journal(path) as journal:
        assert journal.known == {SMALL.work[0]: figures(0)}


def test_the_journal_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A file that is no journal, or one of other code, is refused and not changed."""
    path = tmp_path / "journal"
    with Journal(path):
        pass
    foreign = path.read_bytes().replace(b'"program": "', b'"program": "0')
    for text in (foreign, b"Dear diary,\n", b"\x89PNG\r\n"):
        path.write_bytes(text)
        with pytest.raises(ForeignJournal):
            Journal(path)
        assert path.read_bytes() == text


@pytest.mark.slow
def test_a_larger_sweep_goes_on_from_a_smaller_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more levels and more values along an axis, what the journal holds is not solved again."""
    run_sweep(SMALL, tmp_path / "journal", jobs=1)
    larger = dataclasses.replace(SMALL, levels=4, sight=(1, 2, None))
    told: list[tuple[int, int]] = []
    rows = run_sweep(larger, tmp_path / "journal", jobs=1, done=lambda done, total: told.append((done, total)))
    assert told[0] == (len(SMALL.work), len(larger.work))
    assert told[-1] == (len(larger.work), len(larger.work))
    assert rows == run_sweep(larger, tmp_path / "anew", jobs=2)


def test_a_sweep_that_is_done_starts_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the journal holds everything no process is started."""
    rows = run_sweep(SMALL, tmp_path / "journal", jobs=1)
    monkeypatch.setattr("game.sweep.course.by_processes", lambda *work: pytest.fail("somebody was started"))
    assert run_sweep(SMALL, tmp_path / "journal") == rows


def test_recipes_survive_as_keys() -> None:
    """A recipe read back from numbers is the recipe that was written, whole volatility or not."""
    recipe = Recipe(volatility=1)
    assert Recipe(**json.loads(json.dumps(dataclasses.asdict(recipe)))) == recipe
