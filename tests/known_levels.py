"""Levels of which something is known, where several rooms of tests find them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from game.files import level_from_text, read_level
from game.model import Level

GOLDEN = Path(__file__).parent / "golden"
"""Levels with what every way of living on them is worth, from an independent computation."""

MOUTH_FILE = Path(__file__).parent / "spyglass" / "mouth.toml"
MOUTH = read_level(MOUTH_FILE)
"""A level with sight 1, a spyglass and oracles."""


@cache
def golden(stem: str) -> Level:
    """A golden level: fork, grad, fog, grad_fog or still."""
    return read_level(GOLDEN / f"{stem}.toml")


RIVER_TEXT = """
format = 1
title = "A river"
years = 2
start = "bank"
[currents.river]
states = ["dry", "flow"]
start = "flow"
shift = [[0.9, 0.1], [0.5, 0.5]]
[places.bank]
[places.sea]
light = -1
[[lanes]]
from = "bank"
to = "bank"
current = "river"
light = [0, 4]
[[lanes]]
from = "bank"
to = "sea"
light = 1.5
"""
"""Two places: a loop on a river whose water shifts, and a dry way to the sea, where a life rests."""

TWO_LIGHTS_TEXT = """\
format = 1
title = "Counter and notebook"
years = 5
start = "a"
countable = ["fame"]
may_change = true
[values]
craft = "Work you would do again"
fame = "The number on the screen"
[value_functions]
counter = { fame = 1 }
notebook = { craft = 1, fame = 0.5 }
[let_go]
counter = 3
[places.a]
label = "Here"
at = [0, 0]
[places.b]
label = "There"
at = [2, 0]
[[lanes]]
id = "work"
name = "Work"
from = "a"
to = "a"
light = { craft = 2 }
[[lanes]]
id = "shine"
name = "Shine"
from = "a"
to = "a"
light = { craft = -1, fame = 3 }
[[lanes]]
id = "train"
name = "The slow train"
from = "a"
to = "a"
light = { craft = 1 }
writes = true
"""
"""Two ideas of light at one place: the counter takes three forks to put down, and the train has a blank page."""

TWO_LIGHTS = level_from_text(TWO_LIGHTS_TEXT)
