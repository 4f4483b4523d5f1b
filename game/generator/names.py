"""The names in a level: of places, currents, lanes and kinds of light, from lists of our own among the words.

The lists are equally long in every language, and the dice choose by number, so a level has one set of names that means
the same in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from game.generator.dice import Dice
from game.generator.recipe import Recipe
from game.generator.skeleton import Way
from game.model import Value
from game.words import say_in

ENGLISH = "en"
"""The language of all that decides how a life goes: ids, and the names of currents, states and values."""

SHAPES = ("square", "triangle", "circle", "diamond", "leaf", "star")
_OFTEN = (4, 6, 4, 3, 4, 2)
_SHAPE_OF_START = "diamond"


def place_names(recipe: Recipe, language: str = ENGLISH) -> list[tuple[str, str]]:
    """The label and the shape of every place; no two labels are equal."""
    dice = Dice(recipe.seed, "places")
    names: list[tuple[str, str]] = []
    taken: set[tuple[int, str, int]] = set()
    words = _words("first", language)
    first: list[int] = []
    while len(names) < recipe.places:
        # Every first word is used once before any is used again.
        first = first or dice.shuffled(range(len(words)))
        shape = dice.weighted(SHAPES, _OFTEN) if names else _SHAPE_OF_START
        last_words = _words(shape, language)
        parts = (first[-1], shape, dice.below(len(last_words)))
        if parts not in taken:
            taken.add(parts)
            label = say_in(language, "generator.names.place", first=words[parts[0]], last=last_words[parts[2]])
            names.append((label, shape))
            first.pop()
    return names


def current_names(recipe: Recipe, language: str = ENGLISH) -> list[str]:
    """The names of the currents, no two equal."""
    return Dice(recipe.seed, "currents").shuffled(_words("currents", language))[: recipe.currents]


def state_names(count: int, language: str = ENGLISH) -> tuple[str, ...]:
    """The names of so many states, from least to most water."""
    return tuple(_words(f"states_{count}", language))


def values_of(count: int, language: str = ENGLISH) -> tuple[Value, ...]:
    """So many kinds of light; a single one is the format's own, which needs no words."""
    if count == 1:
        return (Value("light"),)
    lines = [line.partition(": ") for line in _lines("values", language)[:count]]
    return tuple(Value(name, about) for name, _, about in lines)


def way_names(
    recipe: Recipe,
    ways: Sequence[Way],
    labels: Sequence[str],
    waters: Sequence[str | None],
    language: str = ENGLISH,
) -> list[str]:
    """The name of every way, which goes with its kind, its head and its water; ``waters`` are names of currents.

    The ways that leave one place have different names, and a name comes back only when all of its kind are used up.
    """
    dice = Dice(recipe.seed, "names")
    stock: dict[str, list[str]] = {}
    here: dict[int, set[str]] = {}
    names = []
    for way, water in zip(ways, waters, strict=True):
        kind = "steady" if water is None else "stay" if way.tail == way.head else way.kind
        if not stock.get(kind):
            stock[kind] = dice.shuffled(_lines(kind, language))
        parts = {"place": labels[way.head], "water": (water or "").title()}
        name = stock[kind].pop().format(**parts)
        if name in here.setdefault(way.tail, set()):
            name = say_in(language, "generator.names.again", name=name, place=labels[way.head])
        here[way.tail].add(name)
        names.append(name)
    return names


def identifier(label: str) -> str:
    """A label as an id: small letters, digits and low lines."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def _lines(key: str, language: str) -> list[str]:
    return say_in(language, f"generator.names.{key}").strip().splitlines()


def _words(key: str, language: str) -> list[str]:
    words = say_in(language, f"generator.names.{key}").replace("\n", " ").split(",")
    return [word.strip() for word in words if word.strip()]
