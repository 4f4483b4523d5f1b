"""The option that chooses the language, which every command takes."""

from __future__ import annotations

import argparse

from game.words import LANGUAGE_VARIABLE, LANGUAGES, language_like, say

LANGUAGE_OPTION = "--language"


def add_language(command: argparse.ArgumentParser) -> None:
    """Adds the option to a command."""
    # It can stand before the command and after it, so neither may set what the other has read.
    command.add_argument(
        LANGUAGE_OPTION,
        type=_language,
        default=argparse.SUPPRESS,
        metavar="LANGUAGE",
        help=say("cli.language", languages=", ".join(LANGUAGES), variable=LANGUAGE_VARIABLE),
    )


def _language(text: str) -> str:
    language = language_like(text)
    if language is None:
        known = ", ".join(LANGUAGES)
        raise argparse.ArgumentTypeError(say("cli.no_language", found=ascii(text[:40]), languages=known))
    return language
