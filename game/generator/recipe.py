"""Recipes: what a level is to be made of, which recipes can be made, and the nearest one that can.

Every place has at least ``choice`` lanes that leave it, and every place is reached early enough that a life can still
leave it.  With ``n`` places, ``c`` lanes at least from each and ``x = lanes - c n`` lanes to spare, no tree reaches
more places than one in which only the start has more than ``c`` branches, so all are reached in ``T`` years if and only
if

    n <= 1 + (c + x) (1 + c + c^2 + ... + c^(T - 2)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from game.words import language, say, say_in

LIMITS = {
    "places": (1, 500),
    "lanes": (1, 2000),
    "currents": (0, 64),
    "volatility": (0, 1),
    "years": (1, 100),
    "sight": (1, 500),
    "values": (1, 16),
    "states": (2, 8),
    "choice": (1, 2000),
    "longest": (1, 5),
}
"""The least and the most of each ingredient, whatever the others are."""

FARTHEST_SEED = 2**63
"""No seed is larger than this, in either direction."""

_USUAL_CHOICE = 2
_YEARS_FOR_A_LONGER_LANE = 4


class RecipeFaults(ValueError):
    """A recipe that cannot be made; ``faults`` says why, one sentence each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Recipe:
    """What a level is to be made of.

    ``volatility`` is 0 (nothing ever shifts) to 1 (the water is drawn anew every year); ``sight`` is None for "all",
    else how many lanes ahead one can see; ``values`` and ``states`` are how many kinds of light and states of each
    current there are.  ``choice`` is the fewest lanes that leave a place (None: 2, where there are so many) and
    ``longest`` the most years that a lane takes (None: as suits the horizon).
    """

    places: int = 12
    lanes: int = 30
    currents: int = 4
    volatility: float = 0.3
    years: int = 12
    sight: int | None = None
    seed: int = 1
    values: int = 1
    states: int = 3
    choice: int | None = None
    longest: int | None = None

    @property
    def fewest_ways(self) -> int:
        """How many lanes leave each place at least."""
        if self.choice is not None:
            return self.choice
        enough = self.lanes >= _USUAL_CHOICE * self.places
        return _USUAL_CHOICE if enough and self.places <= _most_places(self, _USUAL_CHOICE) else 1

    @property
    def longest_lane(self) -> int:
        """How many years a lane takes at most."""
        if self.longest is not None:
            return self.longest
        return max(1, min(LIMITS["longest"][1], self.years // _YEARS_FOR_A_LONGER_LANE))

    @property
    def most_places(self) -> int:
        """How many places can be reached, and left again, within the years, with so many lanes for each."""
        return _most_places(self, self.fewest_ways)


def recipe_faults(recipe: Recipe) -> tuple[str, ...]:
    """Everything that stands in the way of a recipe, one sentence each; empty if it can be made."""
    faults = [
        _out_of_limits(name, found, least, most)
        for name, (least, most) in LIMITS.items()
        if (found := getattr(recipe, name)) is not None and not _within(found, least, most, name)
    ]
    if not _within(recipe.seed, -FARTHEST_SEED, FARTHEST_SEED, "seed"):
        faults.append(say("generator.fault.seed", found=recipe.seed))
    # What depends on several numbers can be judged only where each of them is sound.
    return tuple(faults or _joint_faults(recipe))


def require(recipe: Recipe) -> None:
    """Raises RecipeFaults for a recipe that cannot be made."""
    faults = recipe_faults(recipe)
    if faults:
        raise RecipeFaults(faults)


def fitted(recipe: Recipe) -> Recipe:
    """The recipe itself if it can be made, else one near to it: numbers are moved into their limits.

    Where places, lanes and years do not go together, lanes are added, and where that is not enough, places are left
    out.  The recipe must have numbers for numbers; NaN counts as 0.
    """
    moved: dict[str, Any] = {
        name: _clamped(found, least, most, name)
        for name, (least, most) in LIMITS.items()
        if (found := getattr(recipe, name)) is not None
    }
    recipe = replace(recipe, **moved, seed=int(max(-FARTHEST_SEED, min(FARTHEST_SEED, recipe.seed))))
    most_lanes = LIMITS["lanes"][1]
    if recipe.choice is not None:
        recipe = replace(recipe, choice=min(recipe.choice, max(1, most_lanes // recipe.places)))
    fewest = (recipe.choice or 1) * recipe.places
    recipe = replace(recipe, lanes=max(recipe.lanes, fewest))
    recipe = replace(recipe, currents=min(recipe.currents, recipe.lanes))
    while recipe.places > recipe.most_places:
        if recipe.lanes < most_lanes:
            recipe = replace(recipe, lanes=recipe.lanes + 1)
        else:
            recipe = replace(recipe, places=recipe.places - 1)
        if recipe.years == 1:
            recipe = replace(recipe, places=1)
    return recipe


def years_in_words(count: int, tongue: str | None = None) -> str:
    """A number of years in words, in the language spoken or another."""
    tongue = tongue or language()
    return say_in(tongue, "generator.level.one_year" if count == 1 else "generator.level.years", count=count)


def _most_places(recipe: Recipe, ways: int) -> int:
    """The right side of the module's inequality, or some number beyond all limits."""
    tree, generation = 0, 1
    for _ in range(recipe.years - 1):
        tree += generation
        generation *= ways
        if tree > LIMITS["places"][1]:
            break
    return 1 + max(0, recipe.lanes - (recipe.places - 1) * ways) * tree


def _out_of_limits(name: str, found: object, least: int, most: int) -> str:
    key = "generator.fault.limit" if name == "volatility" else "generator.fault.whole_limit"
    return say(key, what=say(f"generator.ingredient.{name}"), found=found, least=least, most=most)


def _joint_faults(recipe: Recipe) -> list[str]:
    faults = []
    if recipe.lanes < recipe.places:
        faults.append(say("generator.fault.few_lanes", lanes=recipe.lanes, places=recipe.places))
    elif recipe.lanes < recipe.fewest_ways * recipe.places:
        need = recipe.fewest_ways * recipe.places
        parts = {"lanes": recipe.lanes, "places": recipe.places, "choice": recipe.choice, "need": need}
        faults.append(say("generator.fault.few_lanes_for_choice", **parts))
    elif recipe.places > recipe.most_places:
        faults.append(
            say(
                "generator.fault.far",
                places=recipe.places,
                years=years_in_words(recipe.years),
                most=recipe.most_places,
            )
        )
    if recipe.currents > recipe.lanes:
        faults.append(say("generator.fault.many_currents", currents=recipe.currents, lanes=recipe.lanes))
    return faults


def _within(found: object, least: int, most: int, name: str) -> bool:
    if isinstance(found, bool) or not isinstance(found, int if name != "volatility" else int | float):
        return False
    return least <= found <= most


def _clamped(found: float, least: int, most: int, name: str) -> float:
    number = 0.0 if math.isnan(found) else max(least, min(most, found))
    return float(number) if name == "volatility" else int(max(least, number))
