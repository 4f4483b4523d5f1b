"""The line of everything in a TOML text is known, however it is spelled."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.files.positions import Path as Way
from game.files.positions import Positions

SPELLINGS = "\n".join(
    [
        '# a comment with [a.table] and key = "value"',  # 1
        "plain = 1",  # 2
        "dotted . \"quoted.part\" . 'and' = 2",  # 3
        '"sp\\u0061ces and \\"marks\\"" = 3',  # 4
        'long = """',  # 5
        "[not.a.table]",  # 6
        'no = 4 \\\\"""',  # 7
        "raw = ''' a = 5",  # 8
        "[nor.this]'''",  # 9
        "list = [ # a comment with ] in it",  # 10
        "    1,",  # 11
        "    [2, 3], { inner = 4, deep.er = 5 },",  # 12
        '    "]", \']\', """',  # 13
        '  ]""",',  # 14
        "    6,",  # 15
        "] # behind",  # 16
        "when = 1979-05-27 07:32:00",  # 17
        "[ a . b ] # a comment",  # 18
        "c = 1",  # 19
        "[[lanes]]",  # 20
        "x = 1",  # 21
        "[lanes.light]",  # 22
        "y = 1",  # 23
        "[[lanes]]",  # 24
        "[[lanes.stops]]",  # 25
        "z = { u = { v = 1 } }",  # 26
        "[a]",  # 27
        "d = 1",  # 28
    ]
)

LINES: dict[Way, int] = {
    ("plain",): 2,
    ("dotted",): 3,
    ("dotted", "quoted.part", "and"): 3,
    ('spaces and "marks"',): 4,
    ("long",): 5,
    ("raw",): 8,
    ("list",): 10,
    ("list", 0): 11,
    ("list", 1): 12,
    ("list", 1, 1): 12,
    ("list", 2, "inner"): 12,
    ("list", 2, "deep", "er"): 12,
    ("list", 3): 13,
    ("list", 5): 13,
    ("list", 6): 15,
    ("when",): 17,
    ("a", "b"): 18,
    ("a", "b", "c"): 19,
    ("lanes", 0): 20,
    ("lanes", 0, "x"): 21,
    ("lanes", 0, "light", "y"): 23,
    ("lanes", 1): 24,
    ("lanes", 1, "stops", 0): 25,
    ("lanes", 1, "stops", 0, "z", "u", "v"): 26,
    ("a", "d"): 28,
}


@pytest.mark.parametrize("way", LINES, ids=lambda way: ".".join(map(str, way)))
def test_lines_of_all_spellings(way: Way) -> None:
    """Keys, tables and list elements are on the line where they begin."""
    assert way in ways(tomllib.loads(SPELLINGS))
    assert Positions(SPELLINGS).line(way) == LINES[way]


def test_what_has_no_line_has_the_line_around_it() -> None:
    """Something that is not in the text is on the line of the nearest thing around it, or on none."""
    positions = Positions("[a]\nb = [1, 2]\n")
    assert positions.line(("a", "b", 1)) == 2
    assert positions.line(("a", "missing")) == 1
    assert positions.line(("missing",)) is None


def ways(data: object, way: Way = ()) -> list[Way]:
    """The ways to everything in a document."""
    found = [way] if way else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        found += ways(value, (*way, key))
    return found


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob("levels/*.toml")), ids=lambda path: path.stem)
def test_everything_in_a_level_has_its_own_line(path: Path) -> None:
    """In the shipped levels each key stands on its line, by a search of the text that knows nothing of TOML."""
    text = path.read_text(encoding="utf-8")
    positions = Positions(text)
    lines = text.split("\n")
    for way in ways(tomllib.loads(text)):
        line = positions.line(way)
        assert line is not None
        assert isinstance(way[-1], int) or way[-1] in lines[line - 1]


KEYS = st.sampled_from(["a", "b", '"c d"', "'e'", '"\\u0066"', "a.b", 'x . "y.z"'])
SCALARS = ["1", "-1.5e3", "true", "inf", '"t # ]"', "'l, }'", "1979-05-27", '"""m\n#"""', "'''n\n]'''", '"\\"\\\\"']
VALUES = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: "[" + ",\n # c ]\n ".join(parts) + "\n]")
        | st.lists(st.tuples(st.sampled_from("pqr"), inner), max_size=3, unique_by=lambda pair: pair[0]).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=6,
)
LINES_OF_TOML = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]} # c"),
    KEYS.map(lambda key: f"[{key}]"),
    KEYS.map(lambda key: f"[[ {key} ]] # c"),
    st.just("# comment"),
    st.just(""),
)


@given(st.lists(LINES_OF_TOML, max_size=12).map("\n".join))
def test_the_outline_follows_whatever_is_toml(text: str) -> None:
    """In every text that tomllib accepts, everything that it finds has a line, and nothing is taken for no TOML."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    positions = Positions(text)
    assert not [statement for statement in positions.statements if statement.lost]
    assert all(positions.line(way) is not None for way in ways(data))
