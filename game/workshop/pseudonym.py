"""Pseudonyms: two words such as "river otter", drawn by chance and never from anything about a person."""

from __future__ import annotations

import random

from game.words import say


def pseudonym(chance: random.Random | None = None) -> str:
    """A pseudonym for a day; without a source of chance the system's is asked."""
    chance = chance or random.SystemRandom()
    first, second = (say(f"workshop.pseudonym.{part}").split() for part in ("first", "second"))
    return say("workshop.pseudonym.form", first=chance.choice(first), second=chance.choice(second))
