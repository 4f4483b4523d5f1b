"""Lines: where a text may be broken.

Latin words are set apart by spaces and broken only there.  Chinese has none: a line may break after any sign, but none
may begin with a mark that closes or end with one that opens (*Requirements for Chinese Text Layout*, W3C, 3.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

CLOSING = frozenset("，。、；：？！）》」』】〉〕｝”’…—～·％%,.;:?!)]}»›")
"""Marks that belong to what stands before them."""

OPENING = frozenset("（《「『【〈〔｛“‘([{«‹")
"""Marks that belong to what stands after them."""


def is_wide(sign: str) -> bool:
    """Whether a sign is one of those that are written without spaces between them."""
    return east_asian_width(sign) in "WF"


def pieces(paragraph: str) -> Iterator[tuple[str, str]]:
    """The parts of a text that are never broken, each with what stands before it on the same line: a space or nothing.

    A number stays with the Chinese sign after it, with or without a space.
    """
    held = ""
    gap = ""
    for word in paragraph.split():
        for number, part in enumerate(_parts(word)):
            between = " " if number == 0 and held else ""
            if held and held[-1].isdigit() and is_wide(part[0]):
                held += between + part
                continue
            if held:
                yield gap, held
                gap = between
            held = part
    if held:
        yield gap, held


def _parts(word: str) -> Iterator[str]:
    """A word between two spaces, broken wherever Chinese may be."""
    part = ""
    for sign in word:
        if part and _may_break(part, sign):
            yield part
            part = ""
        part += sign
    if part:
        yield part


def _may_break(before: str, sign: str) -> bool:
    last = before[-1]
    if not is_wide(last) and not is_wide(sign):
        # Marks such as ” and … are as narrow as Latin ones, so what stands before them decides.
        if last in CLOSING and sign not in CLOSING and any(map(is_wide, before)):
            return last not in "%.,:"
        return sign in OPENING and any(map(is_wide, before))
    return sign not in CLOSING and last not in OPENING


def joined(lines: Iterable[str]) -> str:
    """Lines as one again: with a space between two, but with none between Chinese ones."""
    whole = ""
    for line in lines:
        if whole and line:
            whole += "" if _wide_end(whole) and _wide_start(line) else " "
        whole += line
    return whole


def _wide_end(text: str) -> bool:
    return is_wide(text[-1]) or (text[-1] in CLOSING and any(map(is_wide, text[-4:])))


def _wide_start(text: str) -> bool:
    return is_wide(text[0]) or (text[0] in OPENING and any(map(is_wide, text[:4])))
