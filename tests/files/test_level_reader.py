"""What a level file says is what the level is, with every default of the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from known_levels import GOLDEN

from game.files import level_cards, level_from_text, read_level
from game.model import Level

FILES = sorted(GOLDEN.glob("*.toml"))
BARE = (
    'format = 1\ntitle = "t"\nyears = 3\nstart = "a"\n{top}[places.a]\n{place}[[lanes]]\nfrom = "a"\nto = "a"\n{lane}'
)


def bare(top: str = "", place: str = "", lane: str = "") -> Level:
    """The barest level, with lines added to its top, its place and its lane."""
    return level_from_text(BARE.format(top=top, place=place, lane=lane))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_levels_have_no_faults(path: Path) -> None:
    """The golden levels are read without a fault."""
    assert read_level(path).title


def test_shipped_levels_have_no_faults() -> None:
    """Every level that comes with the game is on the shelf without a fault, and marked as shipped."""
    shipped = [entry for entry in level_cards() if entry.shipped]
    assert len(shipped) >= 2
    assert not [fault.text for entry in shipped for fault in entry.faults]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_line_ends_and_byte_order_marks_change_nothing(path: Path, tmp_path: Path) -> None:
    """The same file with Windows line ends, with a byte order mark, or with both, is the same level."""
    data = path.read_bytes()
    for variant in (
        data.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + data,
        b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    ):
        copy = tmp_path / "copy.toml"
        copy.write_bytes(variant)
        assert read_level(copy) == read_level(path)


def test_defaults() -> None:
    """What a file leaves out is as the format says."""
    level = bare()
    assert (level.sight, level.almanac, level.language, level.about, level.currents) == (None, True, "en", "", ())
    assert [value.name for value in level.values] == ["light"]
    assert (level.weights(), level.default_value_function) == ((1.0,), "mine")
    place, lane = level.places[0], level.lanes[0]
    assert (place.label, place.light, place.at, place.shape) == ("a", (0.0,), None, None)
    assert (lane.id, lane.name, lane.years, lane.current, lane.light) == ("a->a", "a->a", 1, None, ((0.0,),))


def test_everything_that_can_be_said() -> None:
    """Every key of the format arrives in the level."""
    level = level_from_text(
        """
        format = 1
        title = "T"
        about = "A\\n\\nB"
        author = "X"
        licence = "CC0"
        content_note = "N"
        language = "de"
        years = 4
        start = "b"
        sight = 2
        almanac = false
        values = { craft = "c", people = "" }
        [value_functions]
        others = { people = 2 }
        [currents.c]
        states = ["low", "mid", "high"]
        start = "mid"
        stay = 0.5
        [places.a]
        label = "A"
        at = [1, -2.5]
        light = { people = 3 }
        shape = "leaf"
        [places.b]
        [[lanes]]
        id = "l"
        name = "L"
        from = "b"
        to = "a"
        years = 2
        current = "c"
        light.craft = [1, 2, 3]
        light.people = -4
        """
    )
    assert (level.title, level.about, level.author, level.licence) == ("T", "A\n\nB", "X", "CC0")
    assert (level.content_note, level.language, level.years, level.start) == ("N", "de", 4, "b")
    assert (level.sight, level.almanac) == (2, False)
    assert [(value.name, value.about) for value in level.values] == [("craft", "c"), ("people", "")]
    assert level.value_functions == {"others": (0.0, 2.0)}
    assert level.default_value_function == "others"
    current = level.currents[0]
    assert (current.states, current.start) == (("low", "mid", "high"), 1)
    assert current.shift == ((0.5, 0.5, 0.0), (0.25, 0.5, 0.25), (0.0, 0.5, 0.5))
    place = level.places[0]
    assert (place.label, place.at, place.light, place.shape) == ("A", (1.0, -2.5), (0.0, 3.0), "leaf")
    lane = level.lanes[0]
    assert (lane.id, lane.name, lane.tail, lane.head, lane.years, lane.current) == ("l", "L", "b", "a", 2, "c")
    assert lane.light == ((1.0, 2.0, 3.0), (-4.0, -4.0, -4.0))


def test_default_lane_ids_count_all_lanes_between_two_places() -> None:
    """The n-th lane of the file from a to b is "a->b#n" from the second on, also after lanes with ids of their own."""
    lanes = '[[lanes]]\nid = "own"\nfrom = "a"\nto = "a"\n' + '[[lanes]]\nfrom = "a"\nto = "a"\n'
    assert [lane.id for lane in bare(lane=lanes).lanes] == ["a->a", "own", "a->a#3"]


def test_lanes_and_places_keep_the_order_of_the_file() -> None:
    """The order in the file is the order in the level, because it breaks ties."""
    top = "[places.z]\n[places.y]\n[places.x]\n"
    assert [place.id for place in bare(top=top).places] == ["z", "y", "x", "a"]


def test_rows_are_scaled_to_sum_to_one() -> None:
    """A row within a millionth of 1 is taken, and sums to 1 as nearly as numbers can."""
    level = bare(top='[currents.c]\nstates = ["a", "b"]\nshift = [[0.3333333, 0.6666666], [0, 1]]\n')
    assert abs(sum(level.currents[0].shift[0]) - 1) < 1e-15
    assert level.currents[0].shift[0][0] == pytest.approx(1 / 3, abs=1e-7)


@pytest.mark.parametrize(
    ("written", "light"), [("1", 1.0), ("-1e6", -1e6), ("-0.0", 0.0), ("0x10", 16.0), ("1_0", 10.0)]
)
def test_numbers_as_toml_writes_them(written: str, light: float) -> None:
    """A light can be written in every way in which TOML writes numbers, and a minus zero is a zero."""
    read = bare(lane=f"light = {written}\n").lanes[0].light[0][0]
    assert (read, str(read)) == (light, str(light))


def test_texts_with_any_characters() -> None:
    """Ids and texts may be in any script and hold any sign, dots and quotation marks included."""
    level = bare(top='[places."山.高 \\"x\\""]\nlabel = "万仞 ☃ 🛶"\n')
    assert level.places[0].id == '山.高 "x"'
    assert level.places[0].label == "万仞 ☃ 🛶"
