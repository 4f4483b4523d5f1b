"""Small random levels for the tests of the solver, of both kinds of sight."""

from __future__ import annotations

import random
from functools import cache

from brute import BruteForce

from game.model import Current, Lane, Level, Place, Value, Weights, normalised
from game.solver import Solution, solve

Sketch = list[tuple[int, int, int, int | None]]
"""Lanes as (tail, head, years, current), by number."""


def random_level(seed: int) -> tuple[Level, Weights]:
    """A level of 3 or 4 places, 6 to 9 lanes, 1 to 3 currents and 3 to 5 years, and a value function for it.

    Every other level has round numbers, so that ties are frequent.  Of three levels one is a tangle in full sight, one
    a tangle in limited sight, and one a delta in limited sight.  Lanes are about equally bright, so that it matters
    what is seen.
    """
    dice = random.Random(seed)
    rounded = seed % 2 == 0
    delta = seed % 3 == 1
    years = dice.choice((4, 4, 5)) if delta else dice.choice((3, 4, 4, 5))
    count = 2 if delta else dice.choice((1, 2, 2, 3)) if years < 5 else dice.choice((1, 2, 2))
    currents = tuple(_current(dice, i, 3 if count * years <= 8 else 2, rounded) for i in range(count))
    values = tuple(Value(f"v{i}") for i in range(dice.choice((1, 1, 2))))

    def light(states: int) -> tuple[tuple[float, ...], ...]:
        reach = 0.5 if states == 1 else 5 if delta else dice.choice((2, 4))
        if rounded:
            reach = int(reach + 0.5)
            return tuple(tuple(float(2 + dice.randint(-reach, reach)) for _ in range(states)) for _ in values)
        return tuple(tuple(round(2 + dice.uniform(-reach, reach), 2) for _ in range(states)) for _ in values)

    sketch = _delta(dice) if delta else _tangle(dice, dice.choice((3, 3, 4)), count)
    places = []
    for k in range(1 + max(tail for tail, *_ in sketch)):
        shines = dice.random() < 0.2
        places.append(Place(f"p{k}", f"p{k}", tuple(x[0] for x in light(1)) if shines else (0.0,) * len(values)))
    lanes = []
    for k, (tail, head, length, i) in enumerate(sketch):
        current = None if i is None else currents[i]
        name, size = (current.name, current.size) if current else (None, 1)
        lanes.append(Lane(f"l{k}", f"l{k}", f"p{tail}", f"p{head}", length, name, light(size)))
    dice.shuffle(lanes)
    sight = None if seed % 3 == 0 else dice.choice((1, 1, 1, 2))
    level = Level("random", years, "p0", tuple(places), tuple(lanes), currents, sight, values)
    return level, tuple(1.0 if rounded else round(dice.uniform(0.2, 2), 2) for _ in values)


def _tangle(dice: random.Random, places: int, currents: int) -> Sketch:
    """Anything: parallel lanes, lanes that return, dead ends, lanes of several years."""
    own = [dice.choice((None, 0)), *(dice.randrange(min(1, currents - 1), currents) for _ in range(places - 1))]
    sketch: Sketch = []
    for k in range(dice.randint(7, 9)):
        tail = 0 if k < 3 else 1 + (k - 3) % (places - 1)
        head = k % places if k < 3 else tail if dice.random() < 0.4 else dice.randrange(places)
        current = own[tail] if dice.random() < 0.75 else dice.choice((None, *range(currents)))
        sketch.append((tail, head, dice.choice((1, 1, 1, 1, 1, 2, 2, 3)), current))
    return sketch


def _delta(dice: random.Random) -> Sketch:
    """A way to a mouth with two arms, each with a current of its own that may be out of sight from the mouth."""
    sketch: Sketch = [
        (0, 1, 1, None),
        (1, 2, 1, dice.choice((None, 0))),
        (1, 3, 1, None),
        (2, 2, 1, 0),
        (3, 3, 1, 1),
        (2, 3, 1, 0),
    ]
    sketch.append((dice.choice((1, 2, 3)), dice.choice((1, 2, 3)), dice.choice((1, 2)), None))
    if dice.random() < 0.3:
        sketch.append((0, dice.choice((0, 2)), dice.choice((1, 2)), dice.choice((None, 0, 1))))
    return sketch


def _current(dice: random.Random, i: int, widest: int, rounded: bool) -> Current:
    size = dice.randint(2, widest)
    shift = []
    for row in range(size):
        if dice.random() < 0.05:
            chances = [1.0 if state == row else 0.0 for state in range(size)]
        elif rounded:
            chances = dice.choice(([0.5, 0.5], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75], [1.0, 0.0])) + [0.0] * (size - 2)
            dice.shuffle(chances)
        else:
            chances = [dice.random() if dice.random() < 0.8 else 0.0 for _ in range(size)]
            chances[dice.randrange(size)] += 0.1
        shift.append(normalised(chances))
    return Current(f"c{i}", tuple(f"s{state}" for state in range(size)), tuple(shift), dice.randrange(size))


@cache
def solved(seed: int) -> Solution:
    """The solver's answer for a random level."""
    level, weights = random_level(seed)
    return solve(level, weights, hindsight_samples=2_000, seed=seed)


@cache
def brute_force(seed: int) -> BruteForce:
    """The brute force's answer for a random level."""
    return BruteForce(*random_level(seed))
