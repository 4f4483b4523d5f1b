"""The words: whole in every language, alike in their braces, and drawn by the bundled fonts."""

from __future__ import annotations

import ast
import re
import string
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from game import words
from game.app.draw.glyphs import drawn_by
from game.app.draw.type import _drawable
from game.house import assets, shipped_levels
from game.words import (
    LANGUAGES,
    MissingWords,
    columns,
    give_or_take,
    in_a_row,
    language,
    language_of_system,
    measured,
    padded,
    say,
    say_in,
    speak,
)

WORDS = assets() / "words"
FONTS = assets() / "fonts"


def texts(language: str) -> dict[str, str]:
    """Every text of a language by file and key, read without the game's own reader."""
    found: dict[str, str] = {}

    def gather(table: dict[str, Any], name: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                gather(value, f"{name}.{key}")
            else:
                found[f"{name}.{key}"] = value

    for file in (WORDS / language).glob("*.toml"):
        gather(tomllib.loads(file.read_text(encoding="utf-8")), file.stem)
    return found


def places_in(text: str) -> list[str]:
    """The braces of a text, and the places for names that the argument parser fills, in no order."""
    try:
        braces = [f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:  # a text that is never filled, with braces that it shows
        braces = re.findall(r"\{[^{}]*\}", text)
    return sorted([*braces, *re.findall(r"%(?:\(\w+\))?[a-z]", text)])


def test_there_is_a_folder_for_each_language_and_no_other() -> None:
    """The folders of words are those of the languages that the game says it speaks."""
    assert sorted(folder.name for folder in WORDS.iterdir() if folder.is_dir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("other", [language for language in LANGUAGES if language != "en"])
def test_no_text_is_missing_in_either(other: str) -> None:
    """Both languages have the same texts, none of which is empty where the other is not."""
    english, told = texts("en"), texts(other)
    assert sorted(set(english) ^ set(told)) == []
    assert [key for key in english if bool(english[key].strip()) != bool(told[key].strip())] == []


@pytest.mark.parametrize("other", [language for language in LANGUAGES if language != "en"])
def test_the_braces_are_the_same_in_both(other: str) -> None:
    """What is filled into a text is filled into it in either language."""
    english, told = texts("en"), texts(other)
    differing = {key: told[key] for key in english if set(places_in(english[key])) != set(places_in(told[key]))}
    assert differing == {}


SEPARATORS = {
    "\n": ["values", "onward", "beside", "aside", "back", "stay", "steady"],
    ",": ["first", "currents", "square", "triangle", "circle", "diamond", "leaf", "star"]
    + [f"states_{count}" for count in range(2, 9)],
}
LISTS = [(f"generator.names.{name}", sign) for sign, names in SEPARATORS.items() for name in names]
LISTS += [("workshop.pseudonym.first", " "), ("workshop.pseudonym.second", " ")]


@pytest.mark.parametrize(("key", "separator"), LISTS)
def test_lists_of_names_are_equally_long_in_both(key: str, separator: str) -> None:
    """The dice choose names by number, so a list has as many in every language, and none of them twice."""
    lists = [[name.strip() for name in texts(each)[key].strip().split(separator)] for each in LANGUAGES]
    assert {len(names) for names in lists} == {len(lists[0])}
    assert all(len(set(names)) == len(names) and "" not in names for names in lists)


def test_every_sign_that_is_said_can_be_drawn() -> None:
    """Each sign of the words, the levels and the credits is in one of the bundled fonts, in both weights."""
    files = [*WORDS.rglob("*.toml"), *shipped_levels().rglob("*.toml"), *assets().glob("*.md")]
    used = {sign for file in files for sign in _drawable(file.read_text(encoding="utf-8"))}
    beside = drawn_by(FONTS / "NotoSansSC-Subset.otf") | drawn_by(FONTS / "NotoSans-Subset.ttf")
    for weight in (500, 600):
        drawn = drawn_by(FONTS / f"Outfit-{weight}.ttf") | beside
        assert sorted(sign for sign in used if ord(sign) not in drawn and sign != " ") == []


def test_chinese_that_people_write_can_be_drawn() -> None:
    """All 6,763 characters of GB 2312 are in the font, so that a player's own words are more than boxes."""
    rows = range(0xB0, 0xF8)
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    characters = {sign for pair in pairs for sign in pair.decode("gb2312", errors="ignore")}
    assert len(characters) == 6763
    assert {ord(sign) for sign in characters} <= drawn_by(FONTS / "NotoSansSC-Subset.otf")


def test_the_fonts_are_no_burden() -> None:
    """All fonts together stay below two megabytes."""
    assert sum(file.stat().st_size for file in FONTS.glob("*.[ot]tf")) < 2_000_000


def test_one_language_is_spoken_at_a_time() -> None:
    """``say`` follows ``speak``; a text can still be had in the other language, and a third one is refused."""
    assert (language(), say("title.play")) == ("en", "Play")
    speak("zh")
    assert (language(), say("title.play"), say_in("en", "title.play")) == ("zh", "开始", "Play")
    with pytest.raises(ValueError, match="no language 'fr'"):
        speak("fr")
    with pytest.raises(MissingWords):
        say("title.no_such_text")


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LC_ALL": "zh-Hans"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_SG"}, "zh"),
        ({"WATER_LANES_LANGUAGE": "zh", "LC_ALL": "en_GB.UTF-8"}, "zh"),
        ({"WATER_LANES_LANGUAGE": "en", "LANG": "zh_CN"}, "en"),
    ],
)
def test_the_locale_chooses(environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable of the game counts before LC_ALL, LC_MESSAGES and LANG, in that order."""
    monkeypatch.setattr(sys, "platform", "linux")
    assert language_of_system(environment) == spoken


@pytest.mark.parametrize(("identifier", "spoken"), [(0x0804, "zh"), (0x1004, "zh"), (0x0409, "en"), (0x0407, "en")])
def test_windows_is_asked_for_the_language_of_its_windows(
    identifier: int, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without variables, on Windows the language of the system's own windows is taken."""
    import ctypes

    class Kernel:
        @staticmethod
        def GetUserDefaultUILanguage() -> int:
            return identifier

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", type("Dlls", (), {"kernel32": Kernel}), raising=False)
    assert language_of_system({}) == spoken


def test_tables_stand_straight_in_a_terminal() -> None:
    """A Chinese sign takes two columns of a terminal, and padding counts them."""
    assert (columns("step"), columns("只登一步"), columns("2 年")) == (4, 8, 4)
    assert {columns(padded(text, 10)) for text in ("step", "只登一步", "")} == {10}


def test_no_text_stands_in_the_code_of_a_screen() -> None:
    """No Chinese is written in the code: everything that is told comes from the words."""
    code = Path(words.__file__).parent
    chinese = re.compile(r"[\u4e00-\u9fff]")
    told = [
        f"{file.name}: {line.strip()}"
        for file in code.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if chinese.search(line) and "山高万仞" not in line
    ]
    assert told == []


def test_what_comes_in_a_row_is_told_once() -> None:
    """Names that follow one another are told once with their number; the same name later on is told again."""
    assert in_a_row(()) == []
    assert in_a_row(("a", "b", "b", "b", "a")) == ["a", "b × 3", "a"]


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        (135.0044, 0.0662, ("135.004", "0.066")),
        (133.9, 0.0996, ("133.90", "0.10")),
        (135.0, 0.07, ("135.000", "0.070")),
        (178.4, 2.57, ("178.4", "2.6")),
        (1848.3, 12.3, ("1848", "12")),
        (1848.3, 9.96, ("1848", "10")),
        (-0.004, 0.21, ("0.00", "0.21")),
        (-3.5, 1234.5, ("-4", "1234")),
        (12.5, 0.0, ("12.50", "0.00")),
        (12.5, 1e-12, ("12.500000", "0.000000")),
        (12.5, float("inf"), ("12.5", "∞")),
    ],
)
def test_a_figure_is_told_as_finely_as_its_error(value: float, error: float, told: tuple[str, str]) -> None:
    """An error has two digits that count, and its figure as many after the point as it."""
    assert measured(value, error) == told
    assert give_or_take(value, error) == f"{told[0]} (± {told[1]})"


def test_no_text_lies_there_that_nothing_asks_for() -> None:
    """Every key stands in the code, or is what some f-string makes, or its table is one that the code names whole."""
    asked, patterns = set[str](), set[str]()
    for file in Path(words.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                patterns.add("".join(r"[\w-]+" if part is None else re.escape(str(part)) for part in parts))
    stems = "|".join(file.stem for file in (WORDS / "en").glob("*.toml"))
    made = "|".join(p for p in patterns if re.match(rf"(?:{stems})\\\.", p) or re.fullmatch(r".*\\\.(?:help|about)", p))

    def used(key: str) -> bool:
        table = key.rpartition(".")[0]
        plain = key.removesuffix("_glow")  # a text of light has a sister for what is no number
        return bool({key, plain, table} & asked or re.fullmatch(made, key) or re.fullmatch(made, f"{table}."))

    assert sorted(key for key in texts("en") if not used(key)) == []
