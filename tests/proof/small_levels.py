"""Level files drawn from a seed, small enough to know everything about, and different in every way that counts."""

from __future__ import annotations

import random

ROWS = {
    2: ("[0.7, 0.3]", "[0.25, 0.75]", "[1, 0]", "[0.125, 0.875]"),
    3: ("[0.5, 0.25, 0.25]", "[0.333333, 0.333333, 0.333334]", "[0, 0.4, 0.6]", "[0.3333333, 0.3333333, 0.3333333]"),
}


def small_level(seed: int) -> str:
    """A level file as text: lanes of one to three years, parallel lanes, loops, dead ends, negative light, any sight.

    Every fifth has no currents, so that looking up cannot help.
    """
    dice = random.Random(seed)
    names = [f"c{i}" for i in range(0 if seed % 5 == 0 else dice.randint(1, 3))]
    sizes = {name: dice.choice((2, 2, 3)) for name in names}
    places = [f"p{i}" for i in range(dice.randint(2, 4))]
    values = ["light"] if seed % 3 else ["craft", "people"]
    sight = dice.choice(('"all"', '"all"', "1", "2"))
    lines = [
        "format = 1",
        f'title = "Small {seed}"',
        f"years = {dice.randint(3, 7)}",
        'start = "p0"',
        f"sight = {sight}",
    ]
    if len(values) > 1:
        lines += ["[values]", *(f'{value} = ""' for value in values)]
        lines += ["[value_functions]", "mine = { craft = 1, people = 0.35 }", "theirs = { people = 2.5 }"]
    for name in names:
        states = [f"s{k}" for k in range(sizes[name])]
        lines += [f"[currents.{name}]", f"states = {states}", f'start = "{dice.choice(states)}"']
        if dice.random() < 0.4:
            lines.append(f"stay = {dice.choice((0.8, 0.65, 0.123))}")
        else:
            lines.append(f"shift = [{', '.join(dice.choice(ROWS[sizes[name]]) for _ in states)}]")
    for place in places:
        lines += [f"[places.{place}]", f"light = {_light(dice, values, 1)}"]
    # The last place has a lane only by chance, so that some lives rest before their years are over.
    tails = [*places[:-1], *(dice.choice(places) for _ in range(dice.randint(5, 9)))]
    for tail in tails:
        lines += [
            "[[lanes]]",
            f'from = "{tail}"',
            f'to = "{dice.choice(places)}"',
            f"years = {dice.choice((1, 1, 1, 2, 3))}",
        ]
        current = dice.choice([*names, *names, None])
        if current is not None:
            lines.append(f'current = "{current}"')
        lines.append(f"light = {_light(dice, values, 1 if current is None else sizes[current])}")
    return "\n".join(lines) + "\n"


def _light(dice: random.Random, values: list[str], states: int) -> str:
    amounts = [
        ", ".join(str(round(dice.uniform(-3, 9), dice.choice((0, 1, 2)))) for _ in range(states)) for _ in values
    ]
    shown = [f"[{amount}]" if states > 1 else amount for amount in amounts]
    if len(values) == 1:
        return shown[0]
    return "{ " + ", ".join(f"{value} = {amount}" for value, amount in zip(values, shown, strict=True)) + " }"
