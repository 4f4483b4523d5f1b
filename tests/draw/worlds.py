"""Levels to look at: one like the study pictures, a chain of braids, a single place with loops, and large ones."""

from __future__ import annotations

import random
from itertools import pairwise

from game.model import Current, Lane, Level, Place, neighbour_shift

STUDY = {
    "Spring": (75, 372, "leaf"),
    "Schoolhouse": (196, 268, "square"),
    "Orchard": (188, 478, "leaf"),
    "Apprentice Yard": (322, 176, "triangle"),
    "Crossroads": (334, 352, "diamond"),
    "River Farm": (318, 560, "leaf"),
    "Night School": (466, 112, "square"),
    "Workshop": (470, 256, "triangle"),
    "Market Town": (491, 415, "triangle"),
    "Old Mill": (470, 598, "triangle"),
    "Conservatory": (618, 150, "square"),
    "The Ferry": (634, 300, "diamond"),
    "Home Quay": (640, 480, "circle"),
    "Hill Village": (628, 622, "circle"),
    "Studio": (768, 110, "triangle"),
    "Guild Hall": (780, 238, "triangle"),
    "Harbour Office": (786, 382, "triangle"),
    "Garden House": (778, 548, "circle"),
    "Observatory": (924, 142, "square"),
    "Long Bridge": (936, 312, "diamond"),
    "Vineyard": (930, 474, "leaf"),
    "Island School": (916, 618, "square"),
    "Summit Gate": (1072, 214, "star"),
    "Stillwater": (1080, 392, "circle"),
    "Lantern Bay": (1064, 558, "circle"),
    "The Sea": (1206, 378, "star"),
}
STUDY_LANES = """Spring>Schoolhouse Spring>Crossroads Spring>Orchard Schoolhouse>Apprentice Yard Schoolhouse>Crossroads
Orchard>Crossroads Orchard>River Farm Apprentice Yard>Night School Apprentice Yard>Workshop Crossroads>Workshop
Crossroads>The Ferry Crossroads>Market Town River Farm>Market Town River Farm>Old Mill Night School>Conservatory
Workshop>Conservatory Workshop>The Ferry Market Town>The Ferry Market Town>Home Quay Old Mill>Home Quay
Old Mill>Hill Village Conservatory>Studio Conservatory>Guild Hall The Ferry>Guild Hall The Ferry>Harbour Office
Home Quay>Harbour Office Home Quay>Vineyard Home Quay>Garden House Hill Village>Garden House Hill Village>Island School
Studio>Observatory Guild Hall>Observatory Guild Hall>Long Bridge Harbour Office>Long Bridge Harbour Office>Vineyard
Garden House>Vineyard Garden House>Island School Observatory>Summit Gate Long Bridge>Summit Gate Long Bridge>Stillwater
Vineyard>Stillwater Vineyard>Lantern Bay Island School>Lantern Bay Summit Gate>The Sea Stillwater>The Sea
Lantern Bay>The Sea"""
CAREER = """School,University,Workshop,Abroad,Grad school,Small firm,Big firm,Post-doc,Lab,Studio,Public office,\
Own firm,Professor,Family house,Village,Theatre,Archive,Harbour,Garden,Rest"""
CAREER_LANES = """0-1:3 0-2:2 0-5:1 1-4:1 1-6:1 1-3:1 2-5:2 2-9:3 3-4:1 3-8:2 4-7:4 4-6:2 5-6:1 5-11:3 6-10:2 6-11:1
7-8:1 7-12:3 8-12:4 8-16:2 9-15:2 9-11:2 10-13:3 11-13:2 11-13:4 12-16:3 12-18:5 13-14:2 14-18:3 15-14:1 15-17:2
16-18:2 17-18:3 18-19:1 13-18:5 6-5:1 8-7:1 5-5:1 14-14:1 10-14:2"""
CURRENTS = tuple(
    Current(name, ("dry", "trickle", "flow", "surge"), neighbour_shift(4, 0.6), k % 4)
    for k, name in enumerate(("craft", "town", "school", "field", "harbour", "sea"))
)


def _lane(name: str, tail: str, head: str, current: str | None, years: int = 1) -> Lane:
    return Lane(name, name, tail, head, years, current, ((1.0, 2.0, 3.0, 4.0),) if current else ((1.0,),))


def study() -> Level:
    """A level with the places and lanes of the study pictures."""
    places = tuple(Place(n, n, (0.0,), (float(x), float(y)), shape) for n, (x, y, shape) in STUDY.items())
    pairs: list[list[str]] = []
    names = sorted(STUDY, key=len, reverse=True)
    text = " ".join(STUDY_LANES.split())
    while text:
        tail = next(n for n in names if text.startswith(n + ">"))
        rest = text[len(tail) + 1 :]
        head = next(n for n in names if rest.startswith(n) and rest[len(n) : len(n) + 1] in (" ", ""))
        pairs.append([tail, head])
        text = rest[len(head) + 1 :]
    lanes = tuple(
        _lane(f"{a}>{b}", a, b, CURRENTS[(k * 5 + k // 3) % len(CURRENTS)].name) for k, (a, b) in enumerate(pairs)
    )
    return Level("The study", 12, "Spring", places, lanes, CURRENTS)


def chain(placed: bool = True) -> Level:
    """Four places in a row with three lanes side by side between neighbours."""
    names = ("Leaving home", "First work", "The middle", "A house")
    places = tuple(Place(n, n, (0.0,), (float(k), 0.0) if placed else None) for k, n in enumerate(names))
    lanes = tuple(_lane(f"{a}-{k}", a, b, CURRENTS[(k + 2) % 6].name) for a, b in pairwise(names) for k in range(3))
    return Level("A chain", 4, names[0], places, lanes, CURRENTS)


def loops(count: int = 3) -> Level:
    """One place with several lanes that return to it."""
    place = Place("here", "Here", (0.0,))
    return Level(
        "Loops",
        4,
        "here",
        (place,),
        tuple(_lane(f"loop{k}", "here", "here", CURRENTS[k % 6].name) for k in range(count)),
        CURRENTS,
    )


def career() -> Level:
    """Twenty places without positions: lanes of one to five years, some parallel, some back, two loops."""
    names = CAREER.split(",")
    joins = CAREER_LANES.split()
    places = tuple(Place(n, n, (0.0,)) for n in names)
    lanes = []
    for k, join in enumerate(joins):
        ends, years = join.split(":")
        a, b = (names[int(e)] for e in ends.split("-"))
        lanes.append(_lane(f"lane{k}", a, b, CURRENTS[k % 7].name if k % 7 < 6 else None, int(years)))
    return Level("A career", 20, "School", places, tuple(lanes), CURRENTS)


def scattered(count: int, lanes: int, seed: int = 1, placed: bool = False) -> Level:
    """``count`` places and ``lanes`` lanes, mostly onwards, drawn at random from ``seed``."""
    chance = random.Random(seed)
    spots = [(chance.random() * 16, chance.random() * 9) for _ in range(count)]
    spots.sort()
    places = tuple(Place(f"p{k}", f"Place {k}", (0.0,), spots[k] if placed else None) for k in range(count))
    made = []
    for k in range(lanes):
        a = k % count if k < count else chance.randrange(count)
        b = min(count - 1, max(0, a + chance.choice((-2, 1, 1, 2, 3, 4, 5, 6))))
        made.append(_lane(f"e{k}", f"p{a}", f"p{b}", CURRENTS[k % 6].name, chance.choice((1, 1, 1, 2, 3))))
    return Level("Scattered", 60, "p0", places, tuple(made), CURRENTS)
