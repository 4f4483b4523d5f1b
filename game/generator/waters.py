"""The water of a level: its currents, and which lane carries which.

A current of volatility ``v`` keeps its state with chance ``1 - v`` and is otherwise drawn anew from ``pi``:

    P = (1 - v) I + v 1 pi,        so    P^s = (1 - v)^s I + (1 - (1 - v)^s) 1 pi,

and ``pi`` is its stationary distribution whatever ``v``.  At ``v = 0`` nothing shifts, at ``v = 1`` the years are
independent.  All entries are whole numbers of millionths, so that a file shows them as they are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from game.generator.dice import Dice
from game.generator.placement import Position
from game.generator.recipe import Recipe
from game.generator.skeleton import Way
from game.model import Current, normalised

_HUNDREDTHS = 100
_MILLIONTHS = 10**6
_STEADY = 0.15
_ELSEWHERE = 0.15


def currents_of(recipe: Recipe, names: Sequence[str], states: tuple[str, ...]) -> tuple[Current, ...]:
    """The currents of a recipe, each from a stream of its own; volatility changes nothing but how often they shift."""
    return tuple(_current(recipe, name, states, Dice(recipe.seed, "current", i)) for i, name in enumerate(names))


def stationary(recipe: Recipe, i: int) -> tuple[float, ...]:
    """The stationary distribution ``pi`` of current number ``i``."""
    return tuple(share / _HUNDREDTHS for share in _hundredths(recipe.states, Dice(recipe.seed, "current", i)))


def _current(recipe: Recipe, name: str, states: tuple[str, ...], dice: Dice) -> Current:
    pi = _hundredths(recipe.states, dice)
    rows = tuple(_row(pi, state, recipe.volatility) for state in range(recipe.states))
    return Current(name, states, rows, dice.below(recipe.states))


def _hundredths(size: int, dice: Dice) -> list[int]:
    """A distribution in hundredths in which no state is rare."""
    least = _HUNDREDTHS // (2 * size)
    shares = [least] * size
    left = _HUNDREDTHS - sum(shares)
    # Thrown in lumps, so that the states are not all alike.
    while left:
        lump = min(left, 1 + dice.below(_HUNDREDTHS // size))
        shares[dice.below(size)] += lump
        left -= lump
    return shares


def _row(pi: list[int], state: int, volatility: float) -> tuple[float, ...]:
    """Row ``state`` of the transition matrix, as it is read from a file."""
    parts = [round(volatility * (_MILLIONTHS // _HUNDREDTHS) * share) for share in pi]
    parts[state] += _MILLIONTHS - sum(parts)
    return normalised([part / _MILLIONTHS for part in parts])


def carried(recipe: Recipe, ways: Sequence[Way], where: Sequence[Position]) -> list[int | None]:
    """The number of the current that each way carries, None for a steady one.

    Each place has a current that is at home there, the same one in its neighbourhood.  A way mostly carries the current
    that is at home where it leads, but the ways that leave one place carry different ones while there are enough, so
    that at each there is something to choose.  Every current is carried somewhere.
    """
    if not recipe.currents:
        return [None] * len(ways)
    home = _homes(recipe, where)
    dice = Dice(recipe.seed, "carried")
    carry: list[int | None] = []
    taken: dict[int, list[int | None]] = {}
    for way in ways:
        used = taken.setdefault(way.tail, [])
        if None not in used and len(used) > 0 and dice.likely(_STEADY):
            choice = None
        else:
            choice = home[way.head] if not dice.likely(_ELSEWHERE) else dice.below(recipe.currents)
            free = [i for i in range(recipe.currents) if i not in used]
            if choice in used and free:
                choice = min(free, key=lambda i: (abs(i - home[way.head]), i))
        used.append(choice)
        carry.append(choice)
    _let_all_flow(recipe, carry, dice)
    return carry


def _homes(recipe: Recipe, where: Sequence[Position]) -> list[int]:
    """The current that is at home at each place: the map is cut into as many fields as there are currents."""
    rows = max(1, min(recipe.currents, math.isqrt(recipe.currents) + 1))
    by_height = sorted(range(len(where)), key=lambda p: (where[p][1], where[p][0], p))
    home = [0] * len(where)
    first = 0
    for row in range(rows):
        fields = recipe.currents // rows + (row < recipe.currents % rows)
        strip = by_height[row * len(where) // rows : (row + 1) * len(where) // rows]
        strip.sort(key=lambda p: (where[p][0], p))
        for k, place in enumerate(strip):
            home[place] = first + k * fields // len(strip)
        first += fields
    return home


def _let_all_flow(recipe: Recipe, carry: list[int | None], dice: Dice) -> None:
    """Gives each current that no way carries a way of one that has several, or a steady one."""
    count = Counter(carry)
    order = dice.shuffled(range(len(carry)))
    for i in range(recipe.currents):
        if not count[i]:
            k = next(k for k in order if carry[k] is None or count[carry[k]] > 1)
            count[carry[k]] -= 1
            count[i] += 1
            carry[k] = i
