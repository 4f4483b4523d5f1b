"""Making a level: every part of it from streams of its own, so that turning one knob leaves the rest as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.generator.dice import Dice
from game.generator.light import Columns, arrivals, lights, weights_of
from game.generator.names import ENGLISH, current_names, identifier, place_names, state_names, values_of, way_names
from game.generator.placement import placed
from game.generator.recipe import Recipe, require, years_in_words
from game.generator.skeleton import Way, skeleton
from game.generator.waters import carried, currents_of
from game.model import Lane, Level, Place, Texts, Weights
from game.words import LANGUAGES, say_in

STILL, STEADY, WILD = 0.0, 0.15, 0.6


def generate(recipe: Recipe) -> Level:
    """The level of a recipe: equal recipes, equal levels, in every process and on every platform.

    Its ids and names are English, whatever is spoken; beside them it has its texts in every other language of the game.
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
    level = Level(
        title=say_in(ENGLISH, "generator.level.title", place=places[0].label),
        years=recipe.years,
        start=places[0].id,
        places=places,
        lanes=_lanes(plan.ways, places, called, waters, lights(recipe, plan.ways, carry, arriving)),
        currents=currents,
        sight=recipe.sight,
        values=values,
        value_functions=_value_functions(recipe, [value.name for value in values]),
        about=_about(recipe, ENGLISH),
        author=say_in(ENGLISH, "generator.level.author"),
        licence="CC0-1.0",
    )
    others = [language for language in LANGUAGES if language != ENGLISH]
    return replace(level, texts={language: _texts(recipe, level, plan.ways, carry, language) for language in others})


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


def _texts(recipe: Recipe, level: Level, ways: Sequence[Way], carry: Sequence[int | None], language: str) -> Texts:
    """The texts of a level in another language, from the same throws of the dice."""
    labels = [label for label, _ in place_names(recipe, language)]
    waters = current_names(recipe, language)
    called = way_names(recipe, ways, labels, [None if i is None else waters[i] for i in carry], language)
    values = values_of(recipe.values, language)
    told = zip(level.values, values, strict=True) if recipe.values > 1 else ()
    values_told = [(value.name, other) for value, other in told]
    labels_of_values = {name: other.name for name, other in values_told}
    return Texts(
        title=say_in(language, "generator.level.title", place=labels[0]),
        about=_about(recipe, language),
        places={place.id: label for place, label in zip(level.places, labels, strict=True)},
        lanes={lane.id: name for lane, name in zip(level.lanes, called, strict=True)},
        values=labels_of_values,
        abouts={name: other.about for name, other in values_told},
        value_functions={
            name: labels_of_values.get(name) or say_in(language, "generator.names.mine")
            for name in level.value_functions
        },
        currents={current.name: name for current, name in zip(level.currents, waters, strict=True)},
        states=dict(zip(state_names(recipe.states), state_names(recipe.states, language), strict=True))
        if level.currents
        else {},
    )


def _about(recipe: Recipe, language: str) -> str:
    v = recipe.volatility
    water = "still" if v <= STILL else "steady" if v < STEADY else "shifting" if v < WILD else "wild"
    sight = "all" if recipe.sight is None else "one" if recipe.sight == 1 else "some"
    return say_in(
        language,
        "generator.level.about",
        years=years_in_words(recipe.years, language),
        water=say_in(language, f"generator.level.water_{water}"),
        sight=say_in(language, f"generator.level.sight_{sight}", lanes=recipe.sight),
        command=recipe_as_command(recipe),
    )
