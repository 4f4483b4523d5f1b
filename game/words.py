"""Words: every text that a person reads, kept in ``assets/words/LANGUAGE/*.toml`` and nowhere in the code.

A text is asked for by its file's name and its key there, ``say("drive.year", year=3)``, which fills in its braces.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from game.house import assets


class MissingWords(KeyError):
    """A text that the language does not have."""


@cache
def _texts(language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in sorted((assets() / "words" / language).glob("*.toml")):
        _flatten(tomllib.loads(file.read_text(encoding="utf-8")), file.stem, texts)
    return texts


def _flatten(table: dict[str, Any], prefix: str, into: dict[str, str]) -> None:
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            _flatten(value, name, into)
        else:
            into[name] = str(value)


def say(key: str, /, **parts: object) -> str:
    """The text called ``key`` with its braces filled from ``parts``.  Raises MissingWords."""
    try:
        text = _texts("en")[key]
    except KeyError:
        raise MissingWords(key) from None
    return text.format(**parts) if parts else text


def number(value: float) -> str:
    """A light or a worth as people read it: two digits after the point, without trailing zeros or a minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
