"""Expectations axis by axis against the product matrix written out, and large arrays in blocks against small ones."""

from __future__ import annotations

import itertools
from functools import reduce
from math import prod

import numpy as np
import pytest

from game.solver.blocks import Split, Team, Workspace, panels, split_of, spread
from game.solver.kronecker import Factor, Kronecker

KINDS = ("moves", "stays", "ends")


def factors_of(sizes: tuple[int, ...], kinds: tuple[str, ...], stream: np.random.Generator) -> list[Factor]:
    """A matrix, nothing, or a row for each axis."""
    made: list[Factor] = []
    for size, kind in zip(sizes, kinds, strict=True):
        rows = {"moves": size, "stays": 0, "ends": 1}[kind]
        made.append(stream.random((rows, size)) if rows else size)
    return made


def written_out(factors: list[Factor]) -> np.ndarray:
    """The whole matrix of the product."""
    return reduce(np.kron, [np.eye(f) if isinstance(f, int) else f for f in factors], np.eye(1))


def applied(kronecker: Kronecker, source: np.ndarray, out: np.ndarray) -> np.ndarray:
    """`Kronecker.apply` with spare room of exactly the size that it asks for."""
    room = len(source) * kronecker.spare * source.shape[2]
    kronecker.apply(source, out, (np.empty(room), np.empty(room)))
    return out


@pytest.mark.parametrize("kinds", list(itertools.product(KINDS, repeat=3)))
def test_the_product_is_never_formed_but_applied(kinds: tuple[str, ...]) -> None:
    """Every mixture of currents that move, stay and come from a known start gives what the written-out matrix gives."""
    stream = np.random.default_rng(1)
    for sizes, width in (((2, 3, 4), 1), ((4, 2, 2), 5), ((1, 3, 2), 1)):
        factors = factors_of(sizes, kinds, stream)
        kronecker = Kronecker(factors)
        source = stream.random((3, prod(sizes), width))
        out = applied(kronecker, source, np.empty((3, kronecker.made, width)))
        np.testing.assert_allclose(out, written_out(factors) @ source, atol=1e-12)


@pytest.mark.parametrize("sizes", [(3,) * 7, (4,) * 5, (2,) * 11, (5, 3, 2, 7, 3), (40, 2, 40), (17, 33)])
def test_axes_contracted_together_are_still_the_same_product(sizes: tuple[int, ...]) -> None:
    """However neighbouring axes are grouped and multiplications cut, the result is that of one axis after another."""
    stream = np.random.default_rng(2)
    factors = [stream.random((size, size)) for size in sizes]
    source = stream.random((2, prod(sizes), 1))
    step_by_step = source.reshape(2, *sizes)
    for axis, factor in enumerate(factors, 1):
        step_by_step = np.moveaxis(np.tensordot(factor, step_by_step, (1, axis)), 0, axis)
    out = applied(Kronecker(factors), source, np.empty_like(source))
    np.testing.assert_allclose(out, step_by_step.reshape(source.shape), rtol=1e-12)
    wide = np.ascontiguousarray(source.reshape(2, -1, sizes[-1]))
    lead = applied(Kronecker(factors[:-1]), wide, np.empty_like(wide)).reshape(source.shape)
    np.testing.assert_allclose(
        applied(Kronecker([*sizes[:-1], factors[-1]]), lead, np.empty_like(lead)), out, rtol=1e-12
    )


@pytest.mark.parametrize("sizes", [(3,), (3, 3), (3,) * 6, ()])
def test_an_array_may_be_written_over_itself(sizes: tuple[int, ...]) -> None:
    """The image may take the place of its source, with one pass, with several and with none."""
    stream = np.random.default_rng(3)
    kronecker = Kronecker([stream.random((size, size)) for size in sizes])
    source = stream.random((2, prod(sizes), 4))
    expected = applied(kronecker, source, np.empty_like(source))
    assert applied(kronecker, source, source) is source
    np.testing.assert_array_equal(source, expected)


def test_strided_columns_are_worked_on_where_they_are() -> None:
    """A panel of columns of a larger array is contracted in place, and its neighbours are left alone."""
    stream = np.random.default_rng(4)
    factors: list[Factor] = [stream.random((3, 3)) for _ in range(4)]
    whole = stream.random((2, 81, 20))
    expected = whole.copy()
    expected[:, :, 5:12] = written_out(factors) @ whole[:, :, 5:12]
    applied(Kronecker(factors), whole[:, :, 5:12], whole[:, :, 5:12])
    np.testing.assert_allclose(whole, expected, atol=1e-12)


@pytest.mark.parametrize(("sizes", "stack"), [((3,) * 9, 12), ((2, 5, 4), 1), ((), 3), ((600, 700), 1), ((2000,), 500)])
def test_a_split_covers_every_entry_once(sizes: tuple[int, ...], stack: int) -> None:
    """Rows times width is the whole array, and panels cover all columns without overlap."""
    for most in (1, 1000, 10**9):
        split = split_of(sizes, stack, most)
        assert split.rows * split.width == prod(sizes)
        assert split.rows == prod(sizes[: split.lead])
        columns = [column for panel in panels(split, 50) for column in range(panel.start, panel.stop)]
        assert columns == list(range(split.width))


def test_an_array_with_fewer_axes_is_found_in_one_with_more() -> None:
    """Each entry of the larger array is read at the entry of the smaller one with the same states."""
    outer, sizes = (1, 4, 6, 9), (2, 3, 4, 5)
    for inner in itertools.chain.from_iterable(itertools.combinations(outer, k) for k in range(5)):
        small = np.random.default_rng(5).random(
            [size if i in inner else 1 for i, size in zip(outer, sizes, strict=True)]
        )
        large = np.broadcast_to(small, sizes)
        for lead in range(5):
            split = Split(lead, prod(sizes[:lead]), prod(sizes[lead:]))
            rows, columns = spread(inner, outer, sizes, lead)
            flat = small.reshape(-1, int(columns[-1]) + 1)
            np.testing.assert_array_equal(flat[rows][:, columns], large.reshape(split.rows, split.width))


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_tasks_are_shared_out_and_done_once(threads: int) -> None:
    """Every task is done by one thread, each with a workspace of its own, and an exception of any comes through."""
    done = np.zeros(200, dtype=int)

    def count(workspace: Workspace):  # type: ignore[no-untyped-def]
        def do(task: int) -> None:
            workspace.floats("anything", 10)[:] = task
            done[task] += 1

        return do

    def fail(workspace: Workspace):  # type: ignore[no-untyped-def]
        def do(task: int) -> None:
            raise ArithmeticError(task)

        return do

    with Team(threads) as team:
        team.share(count, 200)
        team.share(count, 0)
        with pytest.raises(ArithmeticError):
            team.share(fail, 200)
        team.share(count, 200)
    assert np.all(done == 2)
