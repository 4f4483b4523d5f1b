"""Words: every text that a person reads, kept in ``assets/words/LANGUAGE/*.toml`` and nowhere in the code.

A text is asked for by its file's name and its key there, ``say("drive.year", year=3)``, which fills in its braces.  It
comes in the language that is spoken, which is one for the whole process: ``speak`` changes it.
"""

from __future__ import annotations

import math
import os
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from game.house import assets

LANGUAGES = ("en", "zh")
"""The languages that the game speaks; the first is spoken where no other is asked for."""

LANGUAGE_VARIABLE = "WATER_LANES_LANGUAGE"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_CHINESE_OF_WINDOWS = 0x04  # the primary language of a Windows language identifier, its lower ten bits

_spoken = LANGUAGES[0]


class MissingWords(KeyError):
    """A text that the language does not have."""


def language() -> str:
    """The language that is spoken, one of LANGUAGES."""
    return _spoken


def speak(wanted: str) -> None:
    """Speaks ``wanted`` from now on.  Raises ValueError for a language that is not one of LANGUAGES."""
    global _spoken
    if wanted not in LANGUAGES:
        raise ValueError(f"no language {wanted!r}; there are {', '.join(LANGUAGES)}")
    _spoken = wanted


def language_of_system(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the person at this computer, one of LANGUAGES: the first of them where theirs is not among them.

    WATER_LANES_LANGUAGE counts before the locale's LC_ALL, LC_MESSAGES and LANG; Windows knows none of these, and is
    asked for the language of its own windows.
    """
    for variable in (LANGUAGE_VARIABLE, *_LOCALE_VARIABLES):
        value = environment.get(variable, "").strip()
        if value:
            return language_like(value) or LANGUAGES[0]
    if sys.platform == "win32":
        import ctypes

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "zh" if identifier & 0x3FF == _CHINESE_OF_WINDOWS else LANGUAGES[0]
    return LANGUAGES[0]


def language_like(name: str) -> str | None:
    """The language that a locale or language tag asks for, such as ``zh_CN.UTF-8`` or ``en-GB``; None for others."""
    plain = name.replace("-", "_").partition(".")[0].partition("_")[0].lower()
    return plain if plain in LANGUAGES else None


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
    """The text called ``key`` with its braces filled from ``parts``, in the language spoken.  Raises MissingWords."""
    return say_in(_spoken, key, **parts)


def say_in(language: str, key: str, /, **parts: object) -> str:
    """The text called ``key`` in one of LANGUAGES, whichever is spoken.  Raises MissingWords."""
    try:
        text = _texts(language)[key]
    except KeyError:
        raise MissingWords(key) from None
    return text.format(**parts) if parts else text


def number(value: float) -> str:
    """A light or a worth as people read it: two digits after the point, without trailing zeros or a minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def measured(value: float, error: float) -> tuple[str, str]:
    """A sampled figure and its standard error, to be told together.

    The error has two digits that count, and the figure as many after the point as the error; at most six, and two where
    there is no error at all.
    """
    if not math.isfinite(error):
        return number(value), "∞"
    places = min(6, max(0, 1 - math.floor(math.log10(float(f"{error:.1e}"))))) if error > 0 else 2
    text = f"{value:.{places}f}"
    return text.lstrip("-") if float(text) == 0 else text, f"{error:.{places}f}"


def give_or_take(value: float, error: float) -> str:
    """A sampled figure with its standard error behind it, in the language that is spoken."""
    text, give = measured(value, error)
    return say("solve.give_or_take", value=text, error=give)


def years_long(count: int) -> str:
    """A number of years as people read it: "1 year", "3 years"."""
    return say("app.one_year") if count == 1 else say("app.years", years=count)


def in_a_row(names: Iterable[str]) -> list[str]:
    """``names`` with those that come several times in a row told once, with how many times: "stay × 3"."""
    counted = [(name, sum(1 for _ in same)) for name, same in groupby(names)]
    return [name if times == 1 else say("solve.times", name=name, times=times) for name, times in counted]


def columns(text: str) -> int:
    """How many columns a terminal gives to ``text``: two for a wide sign, such as a Chinese one (Unicode, UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def padded(text: str, wide: int) -> str:
    """``text`` with spaces after it up to ``wide`` columns of a terminal."""
    return text + " " * (wide - columns(text))
