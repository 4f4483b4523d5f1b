"""Type: the fonts draw all that the game says, and texts are as wide as they are said to be."""

from __future__ import annotations

import unicodedata

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.app.draw.glyphs import drawn_by
from game.app.draw.lines import joined, pieces
from game.app.draw.palette import DAY, DUSK
from game.app.draw.panel import draw_panel
from game.app.draw.type import SIZES, Type
from game.house import assets, shipped_levels

FONTS = assets() / "fonts"


@pytest.fixture(scope="module")
def type_() -> Type:
    """Type at the design's own size."""
    return Type()


def test_every_sign_of_the_game_is_in_its_fonts() -> None:
    """All that stands in the words and the levels, and the essay's saying, can be drawn in both weights."""
    texts = [*(assets() / "words").rglob("*.toml"), *shipped_levels().rglob("*.toml")]
    used = {sign for text in texts for sign in text.read_text(encoding="utf-8")} | set("山高万仞只登一步")
    signs = drawn_by(FONTS / "NotoSansSC-Subset.otf") | drawn_by(FONTS / "NotoSans-Subset.ttf")
    for weight in (500, 600):
        drawn = drawn_by(FONTS / f"Outfit-{weight}.ttf") | signs
        assert not {sign for sign in used if sign.isprintable() and ord(sign) not in drawn}


def test_every_latin_letter_with_a_mark_is_there() -> None:
    """The fonts hold the Latin letters with diacritics of Europe's languages, and the marks between words."""
    drawn = drawn_by(FONTS / "Outfit-500.ttf") | drawn_by(FONTS / "NotoSans-Subset.ttf")
    letters = [p for p in (*range(0xC0, 0x180), *range(0x1E80, 0x1EFA)) if unicodedata.category(chr(p)) in ("Lu", "Ll")]
    assert not {chr(point) for point in letters if point not in drawn}
    assert {ord(sign) for sign in "–—‘’“”„…«»×€"} <= drawn


def test_licences_lie_beside_the_fonts() -> None:
    """Each font has the text of its licence in its folder."""
    for file in ("Outfit-OFL.txt", "NotoSans-OFL.txt", "NotoSansSC-OFL.txt"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / file).read_text(encoding="utf-8").upper()


@pytest.mark.parametrize("size", SIZES)
def test_texts_are_as_wide_as_they_are_said_to_be(type_: Type, size: int) -> None:
    """Width and height of a rendered text are those measured, with signs of both fonts and tracked capitals."""
    for text, tracked in (("Grüße, 3 × 4 → 12", False), ("YEAR", True), ("山高 mountain", False), ("", False)):
        surface = type_.render(text, size, DAY.ink, 500, tracked)
        assert surface.get_width() == max(surface.get_width() if not text else 1, type_.width(text, size, 500, tracked))
        assert surface.get_height() == type_.height(size)


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), max_size=90),
    st.integers(40, 400),
)
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """Every line fits into the width unless one sign alone is wider, and the words are all still there."""
    type_ = Type()
    lines = type_.wrap(text, 17, width)
    assert all(type_.width(line, 17) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_shortened_texts_fit(type_: Type) -> None:
    """A text that is too long ends in an ellipsis and fits; one that fits is left alone."""
    assert type_.shortened("Home", 17, 200) == "Home"
    short = type_.shortened("A very long name for a small place", 17, 120)
    assert short.endswith("…")
    assert type_.width(short, 17) <= 120


def test_rendering_twice_gives_the_same_surface(type_: Type) -> None:
    """Texts are kept, so that a still screen renders none."""
    assert type_.render("Once", 19, DAY.ink) is type_.render("Once", 19, DAY.ink)


def test_a_panel_is_paper_with_a_shadow() -> None:
    """A panel fills its rectangle with paper, rounds its corners, and darkens what lies below and to the right."""
    surface = pygame.Surface((200, 120))
    surface.fill(DAY.land[3])
    rect = draw_panel(surface, (20, 20, 140, 70), DAY)
    assert surface.get_at(rect.center)[:3] == DAY.paper
    assert surface.get_at(rect.topleft)[:3] != DAY.paper
    assert sum(surface.get_at((100, 95))[:3]) < sum(DAY.land[3]) - 12
    draw_panel(surface, (0, 0, 1, 1), DUSK)


CHINESE = "你有一条借来的小船，四年的时间，没有人拿着单子在另一头等你。“光”是——每年 20% 的光……（好）再来 20 年！"


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(sorted(set(CHINESE) | set("abc 12“”（）。，"))), max_size=60), st.integers(60, 300)
)
def test_chinese_wraps_between_signs_and_never_before_a_closing_mark(text: str, width: int) -> None:
    """Lines fit and lose nothing; none begins with a mark that closes unless it must, being too wide for a line."""
    type_ = Type()
    lines = type_.wrap(text, 17, width)
    assert all(type_.width(line, 17) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((type_.width(piece, 17) for _, piece in pieces(text)), default=0)
    if longest <= width:
        starts = {line[0] for line in lines[1:] if line}
        allowed = {piece[0] for _, piece in pieces(text)}
        assert starts <= allowed


def test_a_chinese_paragraph_fills_its_lines() -> None:
    """Without spaces a paragraph still breaks near the edge, as near as the marks let it."""
    type_ = Type()
    lines = type_.wrap(CHINESE, 17, 200)
    assert len(lines) > 3
    assert all(type_.width(line, 17) > 200 - 3 * 17 * 1.2 for line in lines[:-1])
    assert not [line for line in lines if line[0] in "，。、；：？！）”…—" or line[-1] in "（“"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("走20年，再说。", ["走", "20年，", "再", "说。"]),
        ("共 20 年", ["共", " 20 年"]),
        ("“光”——好", ["“光”——", "好"]),
        ("（好）吗？", ["（好）", "吗？"]),
        ("Enter 键", ["Enter", " 键"]),
        ("it’s (a) “word” – 3 × 4", ["it’s", " (a)", " “word”", " –", " 3", " ×", " 4"]),
    ],
)
def test_where_a_line_may_break(text: str, parts: list[str]) -> None:
    """Marks stay with what they belong to, a number with the sign after it, and Latin words whole."""
    assert [gap + piece for gap, piece in pieces(text)] == parts


def test_lines_join_with_spaces_only_between_latin_words() -> None:
    """What was broken into lines becomes one text again, without spaces in the middle of Chinese."""
    assert joined(["小船漂过", "安静的水。", "“光”", "在哪里"]) == "小船漂过安静的水。“光”在哪里"
    assert joined(["a small", "boat", "", "and"]) == "a small boat and"
    assert joined(["按 Enter", "继续"]) == "按 Enter 继续"
