"""Line breaks in languages without spaces: between any two signs, except where nobody would break.

No line begins with a sign that closes or ends something, none ends with one that opens, and words of Latin letters, as
in the commands somebody is to type, stay whole (after JIS X 4051 and *Requirements for Chinese Text Layout*, W3C).
"""

from __future__ import annotations

from collections.abc import Callable

NOT_FIRST = "。，、；：？！”’）》」』…—·%,.;:?!)"
NOT_LAST = "“‘（《「『("


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before ``text[at]``."""
    before, after = text[at - 1], text[at]
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return " " in (before, after) or not (before.isascii() and after.isascii())


def broken(text: str, width: float, wide: Callable[[str], float]) -> str:
    """The text with line breaks, so that no line is wider than ``width`` by the measure ``wide``.

    A word that has no room on a line of its own is broken wherever the line is full.
    """
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width, wide))


def _lines(text: str, width: float, wide: Callable[[str], float]) -> list[str]:
    lines = []
    while wide(text) > width:
        full = next((count for count in range(1, len(text)) if wide(text[: count + 1]) > width), len(text))
        cut = next((at for at in range(full, 0, -1) if at < len(text) and may_break(text, at)), full)
        lines.append(text[:cut].rstrip(" "))
        text = text[cut:].lstrip(" ")
    return [*lines, text]
