"""A small delta to drive in: its level, and sessions at their beginning."""

from __future__ import annotations

from game.model import Current, Lane, Level, Place, Value, neighbour_shift
from game.session import Session


def small_level(sight: int | None = None, almanac: bool = True) -> Level:
    """Five places, two values, two currents, lanes of one to three years, a loop, parallel lanes and a dead end."""
    places = (
        Place("spring", "The spring", (0.0, 0.0), (0.0, 2.0)),
        Place("mill", "The mill", (1.0, 0.0), (2.0, 0.5)),
        Place("ford", "The ford", (0.0, 0.0), (2.0, 3.5)),
        Place("town", "The town", (0.0, 2.0), (4.0, 2.0)),
        Place("sea", "The sea", (3.0, 3.0), (6.0, 2.0)),
    )
    brook = Current("brook", ("dry", "trickle", "flow", "surge"), neighbour_shift(4, 0.4), 2)
    canal = Current("canal", ("dry", "flow"), neighbour_shift(2, 0.6), 0)

    def lane(name: str, tail: str, head: str, years: int, current: str | None, *light: tuple[float, ...]) -> Lane:
        return Lane(name, name.capitalize(), tail, head, years, current, light)

    wet, still = (0.0, 1.0, 2.0, 4.0), (0.0, 0.5, 0.5, 1.0)
    lanes = (
        lane("up", "spring", "mill", 2, "brook", wet, still),
        lane("over", "spring", "town", 3, "canal", (1.0, 2.5), (0.0, 1.0)),
        lane("down", "spring", "ford", 1, None, (1.25,), (0.5,)),
        lane("grind", "mill", "mill", 1, "brook", wet, still),
        lane("race", "mill", "town", 1, "canal", (0.5, 3.0), (0.0, 1.0)),
        lane("race by night", "mill", "town", 2, "brook", wet, still),
        lane("wade", "ford", "town", 1, "canal", (0.0, 3.0), (-1.0, 0.0)),
        lane("stay", "town", "town", 1, "brook", wet, still),
        lane("leave", "town", "sea", 2, "canal", (0.0, 2.0), (0.0, 2.0)),
    )
    return Level(
        "A small delta",
        8,
        "spring",
        places,
        lanes,
        (brook, canal),
        sight,
        (Value("craft"), Value("people")),
        {"mine": (1.0, 0.5)},
        almanac,
    )


def begun(level: Level, seed: int = 5) -> Session:
    """A session at its beginning."""
    return Session(level, seed, "mine", level.weights("mine"))
