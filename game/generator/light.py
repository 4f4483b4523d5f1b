"""The light of a level: lanes about equally bright in the long run, and far from equally bright in any one year.

Under the stationary distribution of its water each lane brings about the same light a year, what its head brings on
arrival counted in.  So no plan is plainly best from afar, and what the water does decides.  A lane of several years
brings a little more a year, for the freedom that it takes; a steady one a little less, for the calm that it gives.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from game.generator.dice import Dice
from game.generator.recipe import Recipe
from game.generator.skeleton import Way
from game.generator.waters import stationary
from game.model import Weights

_USUAL = 2.0
_UNEVEN = 0.1
_PER_YEAR_BOUND = 0.04
_STEADY = 0.85
_SHINING = 0.25
_ARRIVAL = (0.5, 1.0, 1.0, 1.5)
_DRIEST = (0.0, 0.0, 0.0, 0.1, 0.2)
_FADING = 0.2
_LEAST_WEIGHT = 0.2
_SHARES = ((1.0,), (0.7, 0.3), (0.6, 0.4), (0.5, 0.3, 0.2))

Columns = tuple[tuple[float, ...], ...]


def weights_of(count: int) -> Weights:
    """The weights of the value function that the lights are balanced for: each value a little less than the last."""
    return tuple(round(max(_LEAST_WEIGHT, 1.0 - _FADING * v), 1) for v in range(count))


def arrivals(recipe: Recipe) -> list[tuple[float, ...]]:
    """The light of arriving at each place, by value; the start, where one does not arrive at first, has none."""
    lights = []
    for place in range(recipe.places):
        dice = Dice(recipe.seed, "arrival", place)
        amounts = [0.0] * recipe.values
        if place and dice.likely(_SHINING):
            amounts[dice.below(recipe.values)] = dice.pick(_ARRIVAL)
        lights.append(tuple(amounts))
    return lights


def lights(
    recipe: Recipe, ways: Sequence[Way], carry: Sequence[int | None], arriving: Sequence[tuple[float, ...]]
) -> list[Columns]:
    """The light of a year on each way: for each value one number a state, one in all for a steady way."""
    weights = weights_of(recipe.values)
    brought = [math.fsum(x * w for x, w in zip(light, weights, strict=True)) for light in arriving]
    pi = [stationary(recipe, i) for i in range(recipe.currents)]
    lit = []
    for k, (way, current) in enumerate(zip(ways, carry, strict=True)):
        dice = Dice(recipe.seed, "light", k)
        a_year = _USUAL * (1 + _PER_YEAR_BOUND * (way.years - 1) + _UNEVEN * dice.between(-1, 1))
        a_year = max(_USUAL / 4, a_year - brought[way.head] / way.years)
        by_state = (a_year * _STEADY,) if current is None else _by_state(a_year, pi[current], dice)
        lit.append(_by_value(by_state, weights, dice))
    return lit


def _by_state(mean: float, pi: tuple[float, ...], dice: Dice) -> tuple[float, ...]:
    """Lights that rise with the water, evenly or ever more steeply, and whose mean under ``pi`` is ``mean``."""
    driest, steep = dice.pick(_DRIEST), dice.fraction()
    wetness = [state / (len(pi) - 1) for state in range(len(pi))]
    shape = [driest + (1 - driest) * x * (1 - steep + steep * x) for x in wetness]
    scale = mean / math.fsum(share * height for share, height in zip(pi, shape, strict=True))
    return tuple(scale * height for height in shape)


def _by_value(by_state: tuple[float, ...], weights: Weights, dice: Dice) -> Columns:
    """The light shared out among up to three values, so that weighted it is what it was; rounded to tenths."""
    fitting = [shares for shares in _SHARES if len(shares) <= len(weights)]
    shares = dice.pick(fitting)
    chosen = dice.shuffled(range(len(weights)))[: len(shares)]
    columns = [(0.0,) * len(by_state)] * len(weights)
    for value, share in zip(chosen, shares, strict=True):
        columns[value] = tuple(round(share * light / weights[value], 1) + 0.0 for light in by_state)
    return tuple(columns)
