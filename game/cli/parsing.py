"""The sentences of the argument parser, which come from our words like all others.

``argparse`` has its own, in English, and asks ``gettext`` for them in other languages; here it asks us.  A sentence
that only another version of Python says stays as it is there.
"""

from __future__ import annotations

import argparse

from game.words import say, say_in

_KEYS = (
    "usage", "options", "arguments", "help", "error", "argument", "required", "one_required", "unrecognized", "choice",
    "value", "not_allowed", "explicit", "expected_one", "expected_at_most_one", "expected_at_least_one",
)  # fmt: skip


def translated(sentence: str) -> str:
    """A sentence of ``argparse`` in the language spoken, with its places for names still to be filled."""
    key = {say_in("en", f"cli.argparse.{key}"): key for key in _KEYS}.get(sentence)
    return sentence if key is None else say(f"cli.argparse.{key}")


def speak_our_words() -> None:
    """Has every parser of this process say what it says in the language that is spoken at that time."""
    argparse.__dict__["_"] = translated
