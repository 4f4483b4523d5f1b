"""Recipes: which can be made, what is said of the others, and the nearest one that can."""

from __future__ import annotations

import dataclasses
import math

import pytest
from cookbook import recipes
from hypothesis import given, settings
from hypothesis import strategies as st

from game.generator import LIMITS, Recipe, RecipeFaults, fitted, generate, recipe_faults
from game.generator.dice import Dice

# A recipe that cannot be made, and what is said of it.
IMPOSSIBLE = {
    "no places": (Recipe(places=0), "number of places is 0; it can be a whole number from 1 to 500"),
    "too many lanes": (Recipe(lanes=2001), "number of lanes is 2001"),
    "half a lane": (Recipe(lanes=20.5), "number of lanes is 20.5; it can be a whole number"),  # type: ignore[arg-type]
    "true currents": (Recipe(currents=True), "number of currents is True"),
    "beyond wild": (Recipe(volatility=1.01), "Volatility is 1.01; it can be 0 to 1"),
    "no number": (Recipe(volatility=math.nan), "Volatility is nan"),
    "no sight": (Recipe(sight=0), "How many lanes ahead one can see is 0"),
    "nine states": (Recipe(states=9), "number of states is 9; it can be a whole number from 2 to 8"),
    "a huge seed": (Recipe(seed=2**63 + 1), "seed is 9223372036854775809"),
    "a place without a lane": (Recipe(places=12, lanes=11), "With 11 lanes and 12 places"),
    "too little choice": (Recipe(places=10, lanes=29, choice=3), "3 lanes from each of 10 places are 30 lanes"),
    "too far": (Recipe(places=12, lanes=12, years=11), "In 11 years no life could come to all 12 places"),
    "one year": (Recipe(places=2, lanes=9, years=1), "In one year no life could come to all 2 places"),
    "more currents than lanes": (Recipe(places=2, lanes=3), "4 currents would need as many lanes, and there are 3"),
}


@pytest.mark.parametrize(("recipe", "said"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_made_is_told(recipe: Recipe, said: str) -> None:
    """A recipe that cannot be made is refused with a sentence that names the number and what it can be."""
    assert any(said in fault for fault in recipe_faults(recipe))
    with pytest.raises(RecipeFaults) as refused:
        generate(recipe)
    assert refused.value.faults == recipe_faults(recipe)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """A recipe with several numbers out of their limits is told all of them."""
    assert len(recipe_faults(Recipe(places=0, years=101, values=17, longest=6))) == 4


def test_the_farthest_place_is_still_left_again() -> None:
    """As many places as the years allow can be made, in a chain and in a fan, and one more cannot."""
    for recipe in (
        Recipe(places=11, lanes=11, years=11, currents=1),
        Recipe(places=7, lanes=12, years=2, currents=1, choice=1),
        Recipe(places=15, lanes=30, years=4, currents=1, choice=2),
    ):
        assert recipe.most_places == recipe.places
        level = generate(recipe)
        assert len(level.places) == recipe.places
        more = dataclasses.replace(recipe, places=recipe.places + 1, lanes=recipe.lanes + recipe.fewest_ways)
        assert recipe_faults(more)


wild_numbers = st.one_of(st.integers(-10, 3000), st.sampled_from((2**70, -(2**70))))


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("places", "lanes", "currents", "years", "values", "states", "seed"), wild_numbers)
        | {name: st.one_of(st.none(), wild_numbers) for name in ("sight", "choice", "longest")}
        | {"volatility": st.floats()}
    )
)
@settings(max_examples=200, deadline=None)
def test_any_recipe_can_be_fitted(numbers: dict[str, int]) -> None:
    """Whatever the sliders say, the fitted recipe can be made, and fitting it again changes nothing."""
    recipe = fitted(Recipe(**numbers))
    assert recipe_faults(recipe) == ()
    assert fitted(recipe) == recipe


@given(recipes)
@settings(max_examples=100, deadline=None)
def test_what_can_be_made_is_left_as_it_is(recipe: Recipe) -> None:
    """A recipe that can be made is its own fitted recipe."""
    assert recipe_faults(recipe) == ()
    assert fitted(recipe) == recipe


def test_limits_are_those_of_recipes() -> None:
    """There are limits for every number of a recipe but its seed."""
    assert set(LIMITS) == {field.name for field in dataclasses.fields(Recipe)} - {"seed"}


def test_dice_are_fair_enough() -> None:
    """Each side of a die falls about equally often, weighted sides by their weights, and shuffling loses nothing."""
    dice = Dice("test")
    throws = [dice.below(6) for _ in range(6000)]
    assert all(abs(throws.count(side) - 1000) < 150 for side in range(6))
    weighted = [dice.weighted("abc", (1, 0, 3)) for _ in range(4000)]
    assert abs(weighted.count("a") - 1000) < 150
    assert weighted.count("b") == 0
    firsts = [dice.shuffled(range(5)) for _ in range(2000)]
    assert all(sorted(cards) == [0, 1, 2, 3, 4] for cards in firsts)
    assert all(abs(sum(cards[0] == k for cards in firsts) - 400) < 100 for k in range(5))


def test_dice_are_named() -> None:
    """Equal names throw alike, other names otherwise."""
    assert [Dice(1, "a").fraction() for _ in range(3)] == [Dice(1, "a").fraction()] * 3
    assert Dice(1, "a").fraction() != Dice(1, "b").fraction()
