"""The names in a level: of places, currents, lanes and kinds of light, from lists of our own among the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from game.generator.dice import Dice
from game.generator.recipe import Recipe
from game.generator.skeleton import Way
from game.model import Value
from game.words import say

SHAPES = ("square", "triangle", "circle", "diamond", "leaf", "star")
_OFTEN = (4, 6, 4, 3, 4, 2)
_SHAPE_OF_START = "diamond"


def place_names(recipe: Recipe) -> list[tuple[str, str]]:
    """The label and the shape of every place; no two labels are equal."""
    dice = Dice(recipe.seed, "places")
    names: list[tuple[str, str]] = []
    taken: set[str] = set()
    first: list[str] = []
    while len(names) < recipe.places:
        # Every first word is used once before any is used again.
        first = first or dice.shuffled(_words("first"))
        shape = dice.weighted(SHAPES, _OFTEN) if names else _SHAPE_OF_START
        label = f"{first[-1]} {dice.pick(_words(shape))}"
        if label not in taken:
            taken.add(label)
            names.append((label, shape))
            first.pop()
    return names


def current_names(recipe: Recipe) -> list[str]:
    """The names of the currents, no two equal."""
    return Dice(recipe.seed, "currents").shuffled(_words("currents"))[: recipe.currents]


def state_names(count: int) -> tuple[str, ...]:
    """The names of so many states, from least to most water."""
    return tuple(_words(f"states_{count}"))


def values_of(count: int) -> tuple[Value, ...]:
    """So many kinds of light; a single one is the format's own, which needs no words."""
    if count == 1:
        return (Value("light"),)
    lines = [line.partition(": ") for line in _lines("values")[:count]]
    return tuple(Value(name, about) for name, _, about in lines)


def way_names(recipe: Recipe, ways: Sequence[Way], labels: Sequence[str], waters: Sequence[str | None]) -> list[str]:
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
            stock[kind] = dice.shuffled(_lines(kind))
        parts = {"place": labels[way.head], "water": (water or "").title()}
        name = stock[kind].pop().format(**parts)
        if name in here.setdefault(way.tail, set()):
            name = say("generator.names.again", name=name, place=labels[way.head])
        here[way.tail].add(name)
        names.append(name)
    return names


def identifier(label: str) -> str:
    """A label as an id: small letters, digits and low lines."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def _lines(key: str) -> list[str]:
    return say(f"generator.names.{key}").strip().splitlines()


def _words(key: str) -> list[str]:
    return [word.strip() for word in say(f"generator.names.{key}").replace("\n", " ").split(",") if word.strip()]
