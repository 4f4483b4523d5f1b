"""Making a level: every part of it from streams of its own, so that turning one knob leaves the rest as it was."""

from __future__ import annotations

from collections.abc import Sequence

from game.generator.dice import Dice
from game.generator.light import Columns, arrivals, lights, weights_of
from game.generator.names import current_names, identifier, place_names, state_names, values_of, way_names
from game.generator.placement import placed
from game.generator.recipe import Recipe, require, years_in_words
from game.generator.skeleton import Way, skeleton
from game.generator.waters import carried, currents_of
from game.model import Lane, Level, Place, Weights
from game.words import say

STILL, STEADY, WILD = 0.0, 0.15, 0.6


def generate(recipe: Recipe) -> Level:
    """The level of a recipe: equal recipes, equal levels, in every process and on every platform.

    It has no faults, every place of it can be reached and left, and no life on it rests before its years are over.
    Raises RecipeFaults.
    """
    require(recipe)
    plan = skeleton(recipe)
    where = placed(plan.columns, Dice(recipe.seed, "where"))
    carry = carried(recipe, plan.ways, where)
    labelled = place_names(recipe)
    arriving = arrivals(recipe)
    names = current_names(recipe)
    currents = currents_of(recipe, names, state_names(recipe.states))
    waters = [None if i is None else names[i] for i in carry]
    places = tuple(
        Place(identifier(label), label, light, at, shape)
        for (label, shape), light, at in zip(labelled, arriving, where, strict=True)
    )
    called = way_names(recipe, plan.ways, [place.label for place in places], waters)
    values = values_of(recipe.values)
    return Level(
        title=say("generator.level.title", place=places[0].label),
        years=recipe.years,
        start=places[0].id,
        places=places,
        lanes=_lanes(plan.ways, places, called, waters, lights(recipe, plan.ways, carry, arriving)),
        currents=currents,
        sight=recipe.sight,
        values=values,
        value_functions=_value_functions(recipe, [value.name for value in values]),
        about=_about(recipe),
        author=say("generator.level.author"),
        licence="CC0-1.0",
    )


def recipe_as_command(recipe: Recipe) -> str:
    """The command that makes the level of a recipe again."""
    said = {
        "places": recipe.places,
        "lanes": recipe.lanes,
        "currents": recipe.currents,
        "volatility": repr(recipe.volatility),
        "years": recipe.years,
        "sight": "all" if recipe.sight is None else recipe.sight,
        "seed": recipe.seed,
        "values": recipe.values if recipe.values != Recipe.values else None,
        "states": recipe.states if recipe.states != Recipe.states else None,
        "choice": recipe.choice,
        "longest": recipe.longest,
    }
    return " ".join(["water-lanes new", *(f"--{name} {x}" for name, x in said.items() if x is not None)])


def _lanes(
    ways: Sequence[Way],
    places: Sequence[Place],
    names: Sequence[str],
    waters: Sequence[str | None],
    lit: Sequence[Columns],
) -> tuple[Lane, ...]:
    lanes = []
    between: dict[tuple[int, int], int] = {}
    for way, name, water, light in zip(ways, names, waters, lit, strict=True):
        tail, head = places[way.tail].id, places[way.head].id
        number = between[way.tail, way.head] = between.get((way.tail, way.head), 0) + 1
        # The id that the format gives to a lane that names none.
        lane_id = f"{tail}->{head}" if number == 1 else f"{tail}->{head}#{number}"
        lanes.append(Lane(lane_id, name, tail, head, way.years, water, light))
    return tuple(lanes)


def _value_functions(recipe: Recipe, values: Sequence[str]) -> dict[str, Weights]:
    """One's own, for which the lights are balanced, and one that has eyes for the second value alone."""
    if len(values) == 1:
        return {}
    alone = tuple(float(v == 1) for v in range(len(values)))
    return {"mine": weights_of(recipe.values), values[1]: alone}


def _about(recipe: Recipe) -> str:
    v = recipe.volatility
    water = "still" if v <= STILL else "steady" if v < STEADY else "shifting" if v < WILD else "wild"
    sight = "all" if recipe.sight is None else "one" if recipe.sight == 1 else "some"
    return say(
        "generator.level.about",
        years=years_in_words(recipe.years),
        water=say(f"generator.level.water_{water}"),
        sight=say(f"generator.level.sight_{sight}", lanes=recipe.sight),
        command=recipe_as_command(recipe),
    )
