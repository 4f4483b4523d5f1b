"""Expectations over independent currents: a Kronecker product applied to stacks of arrays, never formed.

With ``A = A_1 (x) ... (x) A_K``, one small matrix an axis, the product ``A v`` is one contraction an axis, in any order
(the "vec trick": Van Loan 2000, "The ubiquitous Kronecker product").  Neighbouring axes are contracted together while
the product of their matrices stays small, because a 9 x 9 matrix costs a matrix multiplication hardly more time an
entry than a 3 x 3 one, and then half as many passes over the array are made.

A middle axis takes many small multiplications, whose calls cost more than what they compute.  So where every axis is
contracted the array is *turned* on the way: each pass contracts the last axes and puts them in front, which is one
multiplication an array, and after the last pass every axis is where it was (Davio 1981, "Kronecker products and
shuffle algebra").

Every multiplication is cut so small that no BLAS spreads it over threads of its own: the threads of
`game.solver.blocks` work on different blocks instead, and do not wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Protocol

import numpy as np

from game.solver.problem import Floats

Factor = Floats | int
"""What is done to an axis: a matrix of shape (size after, size before), or the size of an axis that stays as it is."""

_TOGETHER = 16
"""Axes are contracted together while their sizes multiply to at most this."""

_TOGETHER_AWAY = 81
"""The same for axes that vanish: what is left of them is one row."""

_PRODUCT = 2**18
"""The greatest rows x columns x depth of one multiplication.  From here on OpenBLAS uses threads of its own."""


class _Way(Protocol):
    """One pass over the arrays of a stack: ``matrix`` on some of their neighbouring axes."""

    @property
    def matrix(self) -> Floats: ...

    def run(self, source: Floats, out: Floats) -> None:
        """Multiplies ``source``, shape (stack, size, width), into ``out`` of the size after."""


@dataclass(frozen=True)
class _Pass:
    """One contraction in place: ``matrix`` on the middle axis of arrays seen as (before, matrix, after)."""

    matrix: Floats
    before: int
    after: int
    cut: int

    def run(self, source: Floats, out: Floats) -> None:
        """Multiplies ``source``, shape (stack, size, width), into ``out`` of the size after."""
        rows, depth = self.matrix.shape
        stack, _, width = source.shape
        if self.after * width == 1:
            shape = (stack, self.before // self.cut, self.cut)
            np.matmul(source.reshape(*shape, depth), self.matrix.T, out=out.reshape(*shape, rows))
            return
        many, columns = (self.after, width) if width > 1 else (self.after // self.cut, self.cut)
        seen = source.reshape(stack, self.before, depth, many, columns).swapaxes(2, 3)
        made = out.reshape(stack, self.before, rows, many, columns).swapaxes(2, 3)
        np.matmul(self.matrix, seen, out=made)


@dataclass(frozen=True)
class _Turn:
    """One contraction of the last axis, which comes to the front: arrays seen as (rest, matrix) become (matrix, rest).

    For arrays of width 1; ``cut`` divides ``rest``.
    """

    matrix: Floats
    rest: int
    cut: int

    def run(self, source: Floats, out: Floats) -> None:
        """Multiplies ``source``, shape (stack, size, 1), into ``out`` of the same shape."""
        size, stack, many = len(self.matrix), len(source), self.rest // self.cut
        seen = source.reshape(stack, many, self.cut, size).swapaxes(2, 3)
        made = out.reshape(stack, size, many, self.cut).swapaxes(1, 2)
        np.matmul(self.matrix, seen, out=made)


class Kronecker:
    """The linear map ``A_1 (x) ... (x) A_K`` of arrays with one axis a factor, ready to be applied to stacks of them.

    Attributes:
        size: entries of an array before; ``made``: entries after; ``spare``: the most entries on the way.
        widest: the greatest width (see `apply`) for which no multiplication is too large.
    """

    def __init__(self, factors: Sequence[Factor]) -> None:
        sizes = [f if isinstance(f, int) else f.shape[1] for f in factors]
        self.size = self.spare = prod(sizes)
        self._passes: list[_Way] = []
        # Axes that vanish go first, for the less there is left to do.
        groups = sorted(_grouped(factors), key=lambda g: len(g[1]) > 1)
        for first, matrix, count in groups:
            before, after = prod(sizes[:first]), prod(sizes[first + count :])
            room = _PRODUCT // matrix.size
            cut = _largest(sizes[first + count :], room) if after > 1 else _largest(sizes[:first], room)
            self._passes.append(_Pass(np.ascontiguousarray(matrix), before, after, cut))
            sizes[first : first + count] = [len(matrix), *(1,) * (count - 1)]
        self.made = prod(sizes)
        self.widest = max(1, _PRODUCT // max((way.matrix.size for way in self._passes), default=1))
        self._narrow = self._passes
        if not any(isinstance(f, int) for f in factors):
            vanishing = sum(len(matrix) == 1 for _, matrix, _ in groups)
            left = [matrix for matrix in factors if not isinstance(matrix, int) and len(matrix) > 1]
            self._narrow = self._passes[:vanishing] + _turns(left)

    def apply(self, source: Floats, out: Floats, spare: tuple[Floats, Floats]) -> None:
        """Writes the image of ``source``, shape (stack, size, width), to ``out``, shape (stack, made, width).

        The last axis stays as it is.  Both may be views with strides.  ``spare`` are two flat arrays of at least
        ``stack * self.spare * width`` entries.  ``out`` may be ``source`` itself.
        """
        stack, _, width = source.shape
        passes = self._narrow if width == 1 else self._passes
        if not passes:
            np.copyto(out, source)
            return
        now = source
        for k, way in enumerate(passes[:-1]):
            rows, depth = way.matrix.shape
            size = now.shape[1] // depth * rows
            made: Floats = spare[k % 2][: stack * size * width].reshape(stack, size, width)
            way.run(now, made)
            now = made
        if len(passes) > 1 or not np.may_share_memory(source, out):
            passes[-1].run(now, out)
        else:
            made = spare[0][: out.size].reshape(out.shape)
            passes[-1].run(now, made)
            np.copyto(out, made)


def _turns(factors: Sequence[Floats]) -> list[_Way]:
    """The passes that contract all axes, from the last to the first, and leave each where it was."""
    size = prod(len(f) for f in factors)
    turns: list[_Way] = []
    sizes = [len(f) for f in factors]
    for first, matrix, count in reversed(_grouped(factors)):
        cut = _largest(sizes[first + count :] + sizes[:first], _PRODUCT // matrix.size)
        turns.append(_Turn(np.ascontiguousarray(matrix), size // len(matrix), cut))
    return turns


def _grouped(factors: Sequence[Factor]) -> list[tuple[int, Floats, int]]:
    """Neighbouring factors multiplied together: (first axis, matrix, number of axes); idle axes are left out."""
    groups: list[tuple[int, Floats, int]] = []
    end = len(factors)
    while end:
        factor = factors[end - 1]
        if isinstance(factor, int):
            end -= 1
            continue
        vanishes = len(factor) == 1
        limit = _TOGETHER_AWAY if vanishes else _TOGETHER
        begin, depth = end - 1, factor.shape[1]
        taken = [factor]
        while begin:
            other = factors[begin - 1]
            if isinstance(other, int) or (len(other) == 1) != vanishes or depth * other.shape[1] > limit:
                break
            begin, depth = begin - 1, depth * other.shape[1]
            taken.insert(0, other)
        groups.append((begin, reduce(_product, taken), end - begin))
        end = begin
    return groups[::-1]


def _product(a: Floats, b: Floats) -> Floats:
    """``a (x) b``."""
    product: Floats = np.einsum("ij,kl->ikjl", a, b).reshape(len(a) * len(b), -1)
    return product


def _largest(sizes: Sequence[int], room: int) -> int:
    """The product of as many of the last ``sizes`` as stay within ``room``."""
    cut = 1
    for size in reversed(sizes):
        if cut * size > room:
            break
        cut *= size
    return cut
