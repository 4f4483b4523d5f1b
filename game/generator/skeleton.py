"""The skeleton of a level: places in columns, and ways between them that leave nobody stranded.

First a tree that reaches every place from the start, column by column, without crossing; then ways on top of it, until
every place has enough: onward, beside another way, to a neighbour, back, or round to the same place.  Every place has a
way of one year, so no life comes to rest before its years are over; and every place is reached so early that each way
that leaves it can be taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from game.generator.dice import Dice
from game.generator.recipe import Recipe

ONWARD, BESIDE, ASIDE, BACK, STAY = "onward", "beside", "aside", "back", "stay"
"""The kinds of ways: to the next column, along another way, within the column, to the column before, round."""

_OFTEN = {ONWARD: 10, BESIDE: 5, ASIDE: 3, BACK: 2, STAY: 4}
_KINDS = tuple(_OFTEN)
_NEIGHBOURS = 2
_BREADTH = 1.6
_LENGTHS = (8, 4, 3, 2, 1)


@dataclass(frozen=True)
class Way:
    """A lane by numbers: the place it leaves, the place it reaches, its kind and its years."""

    tail: int
    head: int
    kind: str
    years: int = 1


@dataclass(frozen=True)
class Skeleton:
    """Places by number, column by column and from top to bottom, and the ways between them, sorted by tail."""

    columns: tuple[tuple[int, ...], ...]
    ways: tuple[Way, ...]


def skeleton(recipe: Recipe) -> Skeleton:
    """The skeleton for a recipe that can be made; volatility, sight, values and states make no difference to it."""
    columns = _columns(recipe)
    build = _Build(columns, Dice(recipe.seed, "ways"))
    for place, count in enumerate(_counts(recipe, build.leaving, Dice(recipe.seed, "counts"))):
        while len(build.leaving[place]) < count:
            build.add(place)
    return Skeleton(columns, _timed(recipe, build))


def _columns(recipe: Recipe) -> tuple[tuple[int, ...], ...]:
    """The places in columns: about as many columns as look well, more where so many places cannot lie side by side."""
    others = recipe.places - 1
    if not others:
        return ((0,),)
    preferred = max(1, round(math.sqrt(_BREADTH * recipe.places)) - 1)
    depth = min(preferred, others, recipe.years - 1)
    while sum(_sizes(recipe, depth, others)) < others:
        depth += 1
    tallest = math.ceil(others / depth)
    while sum(sizes := _sizes(recipe, depth, tallest)) < others:
        tallest += 1
    numbers = iter(range(recipe.places))
    return tuple(tuple(next(numbers) for _ in range(size)) for size in (1, *sizes))


def _sizes(recipe: Recipe, depth: int, tallest: int) -> list[int]:
    """The sizes of ``depth`` columns after the start's: none above ``tallest`` or what the column before can feed.

    Only the start feeds more than the fewest ways that leave every place.  The sizes may fall short of all places.
    """
    ways, left = recipe.fewest_ways, recipe.places - 1
    fed = recipe.lanes - left * ways
    sizes = []
    for _ in range(depth):
        size = min(fed, tallest, left)
        if size == 0:
            break
        sizes.append(size)
        left -= size
        fed = size * ways
    return sizes


class _Build:
    """The ways so far: ``leaving[place]``, which begins with the tree that reaches every place.

    ``parent`` is where the tree comes from, ``column`` where each place stands, ``height`` how much of the tree lies
    beyond it, in columns.
    """

    def __init__(self, columns: Sequence[Sequence[int]], dice: Dice) -> None:
        self.leaving: list[list[Way]] = [[] for column in columns for _ in column]
        self.parent: dict[int, int] = {}
        self.height = [0] * len(self.leaving)
        self.column = {place: c for c, column in enumerate(columns) for place in column}
        self._columns = columns
        self._level = {place: 2 * row + 1 - len(column) for column in columns for row, place in enumerate(column)}
        self._dice = dice
        for before, column in pairwise(columns):
            for row, place in enumerate(column):
                parent = before[row * len(before) // len(column)]
                self.parent[place] = parent
                self.leaving[parent].append(Way(parent, place, ONWARD))
        for place in sorted(self.parent, reverse=True):
            parent = self.parent[place]
            self.height[parent] = max(self.height[parent], self.height[place] + 1)

    def add(self, place: int) -> None:
        """One more way from ``place``: to where none leads yet, or beside one that does."""
        reached = {way.head for way in self.leaving[place]}
        heads = {kind: self._heads(place, kind, reached) for kind in _KINDS}
        kinds = [kind for kind in _KINDS if heads[kind]]
        kind = self._dice.weighted(kinds, [_OFTEN[kind] for kind in kinds])
        self.leaving[place].append(Way(place, self._dice.pick(heads[kind]), kind))

    def _heads(self, place: int, kind: str, reached: set[int]) -> list[int]:
        """The places that a new way of some kind may lead to."""
        if kind == BESIDE:
            return sorted(reached)
        if kind == STAY:
            return [place] if place not in reached else []
        target = self.column[place] + {ONWARD: 1, ASIDE: 0, BACK: -1}[kind]
        if not 0 <= target < len(self._columns):
            return []
        near = [other for other in self._columns[target] if other != place and other not in reached]
        return sorted(near, key=lambda other: (abs(self._level[place] - self._level[other]), other))[:_NEIGHBOURS]


def _counts(recipe: Recipe, tree: Sequence[Sequence[Way]], dice: Dice) -> list[int]:
    """How many ways leave each place: those of the tree, at least the fewest, and the rest spread evenly by chance."""
    counts = [max(recipe.fewest_ways, len(leaving)) for leaving in tree]
    spare = recipe.lanes - sum(counts)
    while spare:
        least = min(counts)
        low = dice.shuffled([place for place, count in enumerate(counts) if count == least])[:spare]
        for place in low:
            counts[place] += 1
        spare -= len(low)
    return counts


def _timed(recipe: Recipe, build: _Build) -> tuple[Way, ...]:
    """All ways with their years: one of one year at each place, and all short enough to be taken."""
    reached = [0] * recipe.places
    timed = []
    for place, ways in enumerate(build.leaving):
        dice = Dice(recipe.seed, "years", place)
        short = dice.below(len(ways))
        for k, way in enumerate(ways):
            in_tree = way.kind == ONWARD and build.parent[way.head] == place
            # Beyond a way of the tree there must be time to reach, and to leave, what only the tree reaches.
            beyond = 1 + build.height[way.head] if in_tree else 0
            longest = min(recipe.longest_lane, recipe.years - reached[place] - beyond)
            years = 1 if k == short else dice.weighted(range(1, longest + 1), _LENGTHS[:longest])
            timed.append(replace(way, years=years))
            if in_tree:
                reached[way.head] = reached[place] + years
    return tuple(timed)
