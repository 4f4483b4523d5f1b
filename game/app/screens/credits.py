"""Credits: whose work is in the game, read from ``assets/CREDITS.md``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from game.app.draw.lines import joined
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Heading, Text, Widget
from game.house import assets
from game.words import language, say


class CreditsScreen(SheetScreen):
    """The credits as headings, paragraphs and rows."""

    breadth = 820

    def __init__(self) -> None:
        super().__init__(lambda: say("app.credits.title"))

    def body(self) -> Sequence[Widget]:
        """What the file says, without its marks."""
        return [Text(say("app.credits.made")), *credits_from(credits_file().read_text(encoding="utf-8"))]


def credits_file() -> Path:
    """The credits in the language spoken, or in English where there are none in that."""
    told = assets() / f"CREDITS.{language()}.md"
    return told if told.is_file() else assets() / "CREDITS.md"


def credits_from(markdown: str) -> list[Widget]:
    """Headings, paragraphs and table rows of a Markdown text as widgets; its first heading is left out."""
    widgets: list[Widget] = []
    paragraph: list[str] = []

    def finish() -> None:
        if paragraph:
            widgets.append(Text(joined(paragraph)))
            paragraph.clear()

    for line in markdown.splitlines()[1:]:
        plain = re.sub(r"[`*]", "", line).strip()
        if plain.startswith("#"):
            finish()
            widgets.append(Heading(plain.lstrip("# "), 19))
        elif plain.startswith("|"):
            finish()
            cells = [cell.strip() for cell in plain.strip("|").split("|")]
            if not all(set(cell) <= {"-", ":", " "} for cell in cells) and not _is_head(line, markdown):
                widgets.append(Text(cells[0], weight=600))
                widgets.append(Text(" · ".join(cell for cell in cells[1:] if cell), size=15, tone="soft"))
        elif plain.startswith("- "):
            finish()
            widgets.append(Text("· " + plain[2:]))
        elif plain:
            paragraph.append(plain)
        else:
            finish()
    finish()
    return widgets


def _is_head(line: str, markdown: str) -> bool:
    """Whether a table row is the one above the rule, which only names the columns."""
    lines = markdown.splitlines()
    at = lines.index(line)
    return at + 1 < len(lines) and set(lines[at + 1].strip()) <= {"|", "-", ":", " "} and "-" in lines[at + 1]
