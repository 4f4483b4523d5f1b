"""Whatever a file holds, reading it gives a level or its faults, a run or its faults, and nothing else."""

from __future__ import annotations

import json
import time
import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from known_levels import GOLDEN

from game.files import LevelFaults, Run, RunFaults, level_from_text, read_level, read_run, run_from_text
from game.model import Level

SEED_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.toml"))]
SNIPPETS = [
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    '"',
    '"""',
    "'''",
    "=",
    ",",
    ".",
    "#",
    "\\",
    "\n",
    "\r",
    "\0",
    "nan",
    "-inf",
    "true",
    "1e999",
    "[places.a]",
    "[[lanes]]",
    "light = 1",
    "years = 0",
    "9" * 5000,
    "\u202e",
    "\U0010ffff",
    "a.b.c = 1",
    "1979-05-27",
]


def check_told(error: LevelFaults | RunFaults) -> None:
    """Makes sure that there are faults, and that as a text they are one a line and nothing that upsets a terminal."""
    lines = str(error).split("\n")
    assert len(lines) == len(error.faults) > 0
    assert "\x1b" not in str(error)
    str(error).encode()


def level_or_faults(text: str) -> Level | None:
    """The level of a text, or None with faults that can be told one a line."""
    try:
        level = level_from_text(text)
    except LevelFaults as error:
        check_told(error)
        return None
    # A level that was read must be usable: the digest and the network take every part of it.
    assert level.digest
    assert level.graph.number_of_edges() == len(level.lanes)
    assert level.seen_from
    return level


def run_or_faults(text: str) -> Run | None:
    """The run of a text, or None with faults that can be told."""
    try:
        return run_from_text(text)
    except RunFaults as error:
        check_told(error)
        return None


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes at all are faults, as a level and as a run: none are a level by chance."""
    path = tmp_path_factory.getbasetemp() / "any.bytes"
    path.write_bytes(data)
    with pytest.raises(LevelFaults):
        read_level(path)
    with pytest.raises(RunFaults):
        read_run(path)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any text, surrogates included, is faults."""
    level_or_faults(text)
    run_or_faults(text)


@st.composite
def damaged(draw: st.DrawFn, texts: list[str]) -> str:
    """A sound text with pieces of it cut out, doubled, exchanged, or with snippets put in."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        piece = draw(
            st.one_of(st.just(""), st.sampled_from(SNIPPETS), st.just(2 * text[start:end]), st.text(max_size=3))
        )
        text = text[:start] + piece + text[end:]
    return text


@given(damaged(SEED_TEXTS))
@settings(max_examples=300)
def test_damaged_levels(text: str) -> None:
    """A golden level with any damage is a usable level or faults, and it is a level only if it is TOML."""
    if level_or_faults(text) is not None:
        tomllib.loads(text.replace("\r\n", "\n").removeprefix("\ufeff"))


TOML_VALUES = st.recursive(
    st.sampled_from(
        [
            "0",
            "1",
            "-1",
            "2.0",
            "0.5",
            "nan",
            "inf",
            "true",
            '""',
            '"a"',
            '"dry"',
            '"light"',
            "1979-05-27",
            "1e300",
            "[]",
            "{}",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: "[" + ", ".join(parts) + "]")
        | st.dictionaries(st.sampled_from(["light", "a", "dry", "craft"]), inner, max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=4,
)
ALL_KEYS = [
    "format",
    "title",
    "about",
    "author",
    "years",
    "start",
    "sight",
    "almanac",
    "values",
    "value_functions",
    "currents",
    "places",
    "lanes",
    "states",
    "shift",
    "stay",
    "label",
    "at",
    "light",
    "shape",
    "id",
    "name",
    "from",
    "to",
    "current",
]


@given(
    st.sampled_from(SEED_TEXTS),
    st.lists(st.tuples(st.sampled_from(ALL_KEYS), TOML_VALUES, st.integers(0, 100)), max_size=4),
)
@settings(max_examples=300)
def test_wrong_types_everywhere(text: str, strange: list[tuple[str, str, int]]) -> None:
    """A golden level in which any line says anything is a usable level or faults."""
    lines = text.split("\n")
    for key, value, where in strange:
        lines[where % len(lines)] = f"{key} = {value}"
    level_or_faults("\n".join(lines))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
RUN_TEXT = json.dumps(
    {
        "format": 1,
        "program": "0.1.0",
        "level": {"title": "T", "digest": "d", "file": ""},
        "seed": 1,
        "value_function": "mine",
        "weights": [1.0],
        "choices": ["a", "b"],
        "waypoints": [{"year": 1, "place": "a", "water": [0]}, {"year": 3, "place": "b", "water": []}],
        "bets": {"plan": ["a"], "expectation": 3.5},
    }
)


def test_the_run_that_is_damaged_is_sound() -> None:
    """The run that the properties damage is sound, so that they begin close to what is read."""
    assert run_or_faults(RUN_TEXT) is not None


@given(JSON_VALUES)
def test_any_json(value: object) -> None:
    """Any JSON document is faults."""
    assert run_or_faults(json.dumps(value)) is None


@given(damaged([RUN_TEXT]))
@settings(max_examples=200)
def test_damaged_runs(text: str) -> None:
    """A run with any damage is a run or faults."""
    run_or_faults(text)


@given(
    st.sampled_from(
        ["format", "program", "level", "seed", "value_function", "weights", "choices", "waypoints", "bets"]
    ),
    JSON_VALUES,
    st.booleans(),
)
def test_runs_with_anything_in_them(key: str, value: object, inside: bool) -> None:
    """A run in which any key says anything, at its top or within a list, is a run or faults."""
    document = json.loads(RUN_TEXT)
    if inside and isinstance(document[key], list):
        document[key][0] = value
    else:
        document[key] = value
    run_or_faults(json.dumps(document))


MEBIBYTE = 2**20
LARGE = {
    "a dotted key of half a million parts": "a" + ".a" * (MEBIBYTE // 2 - 10) + "=1",
    "a heading of half a million parts": "[a" + ".a" * (MEBIBYTE // 2 - 100) + "]\nb=1",
    "a million brackets": "a=" + "[" * (MEBIBYTE - 10),
    "a million braces": "a=" + "{a=" * (MEBIBYTE // 3 - 10),
    "a million digits": "years=" + "1" * (MEBIBYTE - 10),
    "a million hexadecimal digits": "years=0x" + "f" * (MEBIBYTE - 10),
    "unknown names everywhere": "[places.a]\n" + '[[lanes]]\nfrom="b"\nto="c"\nd=1\n' * (MEBIBYTE // 32),
    "ninety thousand unknown keys": "".join(f"k{n}=1\n" for n in range(90_000)),
    "values times value functions": "[values]\n"
    + "".join(f'k{n}=""\n' for n in range(40_000))
    + "[value_functions]\n"
    + "".join(f"f{n}={{k1=1}}\n" for n in range(30_000)),
    "a list of half a million": "a=[" + "1," * (MEBIBYTE // 2 - 10) + "]",
    "a text of escapes": 'a="' + "\\n" * (MEBIBYTE // 2 - 10) + '"',
    "a text without end": 'a="""' + 'x"' * (MEBIBYTE // 2 - 10),
    "a line that is no TOML, over and over": "a\n" * (MEBIBYTE // 2),
    "the same key over and over": "a=1\n" * (MEBIBYTE // 4),
    "the same heading over and over": "[a]\n" * (MEBIBYTE // 4),
    "nothing but quotation marks": '"' * MEBIBYTE,
    "nothing but carriage returns and an x": "\r" * (MEBIBYTE - 1) + "x",
}


@pytest.mark.parametrize("name", LARGE)
def test_large_files_do_not_hang(name: str) -> None:
    """The worst mebibytes that anybody thought of are faults within seconds, as levels and as runs."""
    start = time.process_time()
    assert level_or_faults(LARGE[name]) is None
    assert run_or_faults(LARGE[name]) is None
    assert time.process_time() - start < 60


@pytest.mark.parametrize(
    "text", ["[" * 900_000, '{"a":' * 150_000, "1" * 900_000, "-" + "9" * 5000, "1e999", "NaN", '"\\ud800"']
)
def test_hostile_json(text: str) -> None:
    """JSON that is nested without end, or holds numbers without end, is faults."""
    assert run_or_faults(text) is None
