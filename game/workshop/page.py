"""Pages to print: headings, paragraphs, lists, tables, drawings and lines to write on, as values.

`game.workshop.page_html` turns them into one page for a browser, `game.workshop.page_pdf` into a PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from game.workshop.drawing import Drawing

Tone = Literal["plain", "soft", "speech", "box"]
"""How a paragraph looks: plain, in soft small letters, as something to say aloud, or in a box."""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the title of a page), 2 or 3."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Para:
    """A paragraph; an empty line in its text begins another one."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list, with boxes to tick where it is ``tick``."""

    items: Sequence[str]
    tick: bool = False


@dataclass(frozen=True)
class Table:
    """A table; ``shares`` are the widths of its columns beside each other, ``tall`` leaves room to write in."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()
    tall: bool = False


@dataclass(frozen=True)
class Figure:
    """A drawing over a ``share`` of the width of the page."""

    drawing: Drawing
    caption: str = ""
    share: float = 1.0


@dataclass(frozen=True)
class Lines:
    """So many lines to write on."""

    count: int


@dataclass(frozen=True)
class Break:
    """A new sheet of paper."""


Block = Heading | Para | Bullets | Table | Figure | Lines | Break


@dataclass(frozen=True)
class Page:
    """A document: its title, its language and its blocks."""

    title: str
    language: str
    blocks: tuple[Block, ...]
