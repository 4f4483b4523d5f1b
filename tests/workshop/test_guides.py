"""Guides, worksheets and the paper version: whole, printable, and with the level's own chances."""

from __future__ import annotations

import logging
import re
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workshop.people import exercise

from game.cli import main
from game.files import read_level
from game.house import shipped_levels
from game.words import say, speak
from game.workshop.drawing import lane_numbers
from game.workshop.guide import guide
from game.workshop.line_breaks import broken
from game.workshop.page import Bullets, Figure, Heading, Page, Para, Table
from game.workshop.page_html import page_as_html
from game.workshop.page_pdf import page_as_pdf
from game.workshop.paper import digits, light_rows, rounding_error, throws, water_rows
from game.workshop.privacy import FEW, FEWEST
from game.workshop.shelf import exercise_named
from game.workshop.worksheet import worksheets

NAMES = ("one_plan_one_life", "whose_light", "one_step")
FORK = read_level(shipped_levels() / "01_the_first_fork.toml")


@cache
def guide_of(name: str) -> Page:
    """The guide of a shipped exercise, made once."""
    return guide(exercise(name))


def told(page: Page) -> str:
    """All letters of a page."""
    parts = []
    for block in page.blocks:
        match block:
            case Heading(text) | Para(text):
                parts.append(text)
            case Bullets(items):
                parts += items
            case Table(head, rows):
                parts += [*head, *(cell for row in rows for cell in row)]
    return "\n".join(parts)


@pytest.mark.parametrize("name", NAMES)
def test_the_script_of_every_length_goes_from_its_first_minute_to_its_last(name: str) -> None:
    """Each script's rows follow one another without a gap and end with the length; a third of it is debrief."""
    held, page = exercise(name), guide_of(name)
    tables = [block for block in page.blocks if isinstance(block, Table) and block.head[0] == "Minutes"]
    assert len(tables) == 3
    for length, table in zip(held.lengths, tables, strict=True):
        spans = []
        for clock, title, _ in table.rows:
            hours = re.fullmatch(r"(\d+):(\d\d) – (\d+):(\d\d)", clock)
            assert hours is not None
            a, b, c, d = map(int, hours.groups())
            spans.append((60 * a + b, 60 * c + d, title))
        assert spans[0][0] == 0
        assert spans[-1][1] == length
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        debriefs = {step.title for step in held.steps if step.kind == "debrief"}
        assert 3 * sum(end - begin for begin, end, title in spans if title in debriefs) >= length


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_holds_everything_a_facilitator_needs(name: str) -> None:
    """Aim, audience, kit, what to say, debrief and theory, care, paper version, data, access, help lines: all there."""
    held, page = exercise(name), guide_of(name)
    text = told(page)
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]
    parts = ("about.aim", "about.audience", "room.heading", "before.heading", "steps.heading", "debrief.heading",
             "theory.heading", "upset.heading", "laptops.heading", "data.heading", "access.heading",
             "help_lines.heading", "debrief.feeling", "debrief.own_life")  # fmt: skip
    assert [key for key in parts if not any(h.startswith(say(f"guide.{key}")) for h in headings)] == []
    assert all(step.say in text for step in held.steps if step.say)
    assert all(question in text for step in held.steps for question in step.questions)
    assert say("guide.no_promise") in text
    for theory in ("Planned happenstance", "chaos theory", "Value functions"):
        assert theory in text
    assert f"at least {FEW} people" in text
    assert f"below {FEWEST} people" in text
    assert "{" not in text


class Outline(HTMLParser):
    """The tags and addresses of a page, with a fault for every tag that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the tag and what it refers to."""
        self.tags.append(tag)
        self.addresses += [value or "" for key, value in attrs if key in ("src", "href")]
        if tag not in ("meta", "col", "path", "circle", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Makes sure that it is the last one that was opened."""
        if tag not in ("path", "circle"):
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_one_file_without_scripts_or_anything_from_elsewhere(name: str) -> None:
    """The HTML is well formed, refers to nothing outside itself, and has its maps drawn in it."""
    text = page_as_html(guide_of(name))
    outline = Outline()
    outline.feed(text)
    assert outline.open == []
    assert "script" not in outline.tags
    assert outline.addresses == []
    assert "url(" not in text
    assert "svg" in outline.tags


def test_a_level_can_say_anything_without_breaking_a_page() -> None:
    """Signs that mean something in HTML are shown as they are written."""
    page = Page("<b>", "en", (Heading("a < b & c", 1), Para("<script>alert(1)</script>"), Bullets(('"x"',))))
    text = page_as_html(page)
    assert "<script" not in text
    assert "a &lt; b &amp; c" in text


def pages_of(pdf: bytes) -> int:
    """The number of sheets in a PDF."""
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def test_worksheets_are_one_page_before_and_one_after_for_each_level() -> None:
    """The PDF has exactly two sheets a level, though tables and maps of very different size stand on them."""
    pytest.importorskip("fpdf", reason="the extra workshop is not installed")
    for name, levels in (("one_plan_one_life", 2), ("whose_light", 1)):
        page = worksheets(exercise(name))
        assert sum(isinstance(block, Figure) for block in page.blocks) == levels
        assert pages_of(page_as_pdf(page)) == 2 * levels


def test_lines_of_chinese_by_hand() -> None:
    """Six signs to a line: a full stop takes the sign before it along, a quotation mark opens the next line."""
    assert broken("水每年都在变。没有人", 6, len) == "水每年都在\n变。没有人"
    assert broken("他说的是：“水”", 6, len) == "他说的是：\n“水”"
    assert broken("先用 water 再看", 6, len) == "先用\nwater\n再看"
    assert broken("abcdefgh", 6, len) == "abcdef\ngh"
    assert broken("短\n也短", 6, len) == "短\n也短"


@given(st.text("水年，。“”（）a- ", max_size=60), st.integers(2, 12))
def test_breaking_lines_loses_nothing(text: str, width: int) -> None:
    """Whatever is written, no line is too wide, and only spaces are left out."""
    lines = broken(text, width, len).split("\n")
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.slow
def test_a_guide_in_chinese_has_all_its_letters(caplog: pytest.LogCaptureFixture) -> None:
    """The bundled fonts have every sign of every exercise's Chinese guide, the names on its maps included."""
    pytest.importorskip("fpdf", reason="the extra workshop is not installed")
    try:
        speak("zh")
        page = guide(exercise_named("one_plan_one_life"))
        assert "四年的三个计划" in told(page)
        with caplog.at_level(logging.WARNING):
            assert page_as_pdf(page).startswith(b"%PDF")
    finally:
        speak("en")
    assert [record.message for record in caplog.records if "missing" in record.message] == []


def test_the_commands_write_guides_and_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``workshop guide`` and ``workshop worksheets`` write HTML and PDF by the name of the file, and refuse others."""
    assert main(["workshop", "guide", "whose_light", "-o", str(tmp_path / "guide.html")]) == 0
    assert (tmp_path / "guide.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["workshop", "worksheets", "whose_light", "-o", str(tmp_path / "sheets.pdf")]) == 0
    assert (tmp_path / "sheets.pdf").read_bytes().startswith(b"%PDF")
    assert main(["workshop", "guide", "whose_light", "-o", str(tmp_path / "guide.doc")]) == 2
    assert "html" in capsys.readouterr().err


def test_the_table_of_dice_of_the_first_fork_by_hand() -> None:
    """0.7 of 36 throws is 25.2, so 25 throws, 11 to 51; 0.35 is 12.6, so 13; every row ends with 66."""
    rows = list(water_rows(FORK))
    assert rows[0] == ("mill", "gravel", "", "11 to 51: gravel, 52 to 66: full")
    assert rows[3] == ("", "full", "", "11 to 31: gravel, 32 to 66: full")
    assert rows[1][2] == say("guide.paper.first")
    assert rounding_error(FORK) == pytest.approx(float(Fraction(13, 36) - Fraction(35, 100)))
    assert [digits(throw) for throw in (0, 5, 6, 35)] == ["11", "16", "21", "66"]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=8).filter(any))
def test_dice_use_every_throw_once(weights: list[int]) -> None:
    """The throws of a row add up to 36, none is off by a whole throw, and what cannot happen has none."""
    chances = [weight / sum(weights) for weight in weights]
    counts = throws(chances)
    assert sum(counts) == 36
    assert all(abs(count - 36 * chance) < 1 + 1e-9 for count, chance in zip(counts, chances, strict=True))
    assert all(not count for count, chance in zip(counts, chances, strict=True) if not chance)


def test_lanes_have_their_numbers_and_their_light() -> None:
    """The table of light names each lane of the fork by the number on the map, with its light in each state."""
    rows = list(light_rows(FORK, FORK.weights()))
    assert [row[0] for row in rows] == [str(number) for number in lane_numbers(FORK).values()]
    assert rows[0][-1] == "gravel 0, full 4"
    assert rows[1][-1] == "always 1.5"
    assert rows[0][2] == "The lock → Barn landing"
