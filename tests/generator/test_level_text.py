"""Levels as text: what is written is read back as it was, and no file is ever written over."""

from __future__ import annotations

import dataclasses
import random
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_levels import GOLDEN, golden

from game.files import level_from_text, read_level
from game.files.level_text import NotWritable, level_as_toml, write_level, write_level_anew
from game.house import shipped_levels
from game.model import Current, Lane, Level, Oracle, Place, Spyglass, Value, neighbour_shift, normalised

FILES = sorted(
    [*(file for file in shipped_levels().rglob("*.toml") if "exercises" not in file.parts), *GOLDEN.glob("*.toml")]
)

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
names = texts.filter(str.strip)
amounts = st.one_of(st.integers(-5, 5).map(float), st.floats(-1e6, 1e6))
chances = st.lists(st.one_of(st.just(0.0), st.floats(0, 1), st.integers(1, 9).map(float)), min_size=2, max_size=8)
rows = chances.filter(lambda row: sum(row) > 1e-3).map(normalised).map(normalised)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_level_file_comes_back(path: Path) -> None:
    """Each shipped and each golden level, written and read again, is equal to itself."""
    level = read_level(path)
    assert level_from_text(level_as_toml(level)) == level


@st.composite
def oracles(draw: st.DrawFn, name: str, currents: list[Current], values: int) -> Oracle:
    """Any oracle that is wrong in something."""
    weights = draw(st.none() | st.tuples(*(amounts for _ in range(values))).filter(any))
    begun = tuple((current.name, draw(st.integers(0, current.size - 1))) for current in currents if draw(st.booleans()))
    still = draw(st.booleans())
    lucky = None if still else draw(st.none() | st.integers(1, 1000))
    if not (weights or begun or still):
        lucky = lucky or 10
    return Oracle(name, draw(names), draw(texts), weights, begun, still, lucky)


@st.composite
def levels(draw: st.DrawFn) -> Level:
    """Levels with every kind of odd name, text and number that a file can hold."""
    values = tuple(Value(name, draw(texts)) for name in draw(st.lists(names, min_size=1, max_size=3, unique=True)))
    currents = []
    for name in draw(st.lists(names, max_size=2, unique=True)):
        size = draw(st.integers(2, 8))
        states = tuple(draw(st.lists(names, min_size=size, max_size=size, unique=True)))
        shift = tuple(draw(rows.filter(lambda row, size=size: len(row) == size)) for _ in range(size))
        if draw(st.booleans()):
            shift = neighbour_shift(size, draw(st.floats(0, 1)))
        currents.append(Current(name, states, shift, draw(st.integers(0, size - 1))))
    where = st.one_of(st.none(), st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)))
    shape = st.sampled_from((None, "leaf", "star"))
    places = tuple(
        Place(place, draw(names), tuple(draw(amounts) for _ in values), draw(where), draw(shape))
        for place in draw(st.lists(names, min_size=1, max_size=3, unique=True))
    )
    lanes = []
    for lane in draw(st.lists(names, min_size=1, max_size=4, unique=True)):
        tail, head = draw(st.sampled_from(places)).id, draw(st.sampled_from(places)).id
        current = draw(st.sampled_from([None, *currents]))
        states = range(1 if current is None else current.size)
        light = tuple(tuple(draw(amounts) for _ in states) for _ in values)
        lane_name = draw(names)
        lanes.append(Lane(lane, lane_name, tail, head, draw(st.integers(1, 9)), current and current.name, light))
        lanes[-1] = dataclasses.replace(lanes[-1], writes=draw(st.booleans()))
    functions = {name: tuple(draw(amounts) for _ in values) for name in draw(st.lists(names, max_size=2, unique=True))}
    advisers = draw(st.lists(names, max_size=3, unique=True))
    sight = draw(st.sampled_from((None, 1, 7)))
    price = tuple(draw(st.floats(0, 1e6)) for _ in values)
    glass = st.none() | st.builds(Spyglass, st.none() | st.integers((sight or 0) + 1, 99), st.just(price))
    return Level(
        title=draw(names),
        years=draw(st.integers(1, 100)),
        start=places[-1].id,
        places=places,
        lanes=tuple(lanes),
        currents=tuple(currents),
        sight=sight,
        values=values,
        value_functions=functions,
        almanac=draw(st.booleans()),
        about=draw(st.text(st.sampled_from('a "\\\n\t\r\x07é'), max_size=20)),
        author=draw(texts),
        licence=draw(texts),
        content_note=draw(texts),
        language=draw(names),
        may_change=draw(st.booleans()),
        let_go={name: draw(st.integers(2, 100)) for name in functions if draw(st.booleans())},
        countable=draw(st.sampled_from((None, (), (values[0].name,), tuple(value.name for value in values)))),
        asks_plan=draw(st.booleans()),
        spyglass=None if sight is None else draw(glass),
        oracles=tuple(draw(oracles(name, currents, len(values))) for name in advisers),
    )


@given(levels())
@settings(max_examples=100, deadline=None)
def test_odd_levels_come_back(level: Level) -> None:
    """Whatever characters names and texts have, and whatever numbers there are, the level read back is equal."""
    assert level_from_text(level_as_toml(level)) == level


def test_rows_come_back_to_the_bit() -> None:
    """Rows as they come from a file, of any size and with rare states, are read again as they were."""
    dice = random.Random(1)
    for _ in range(300):
        size = dice.randint(2, 8)
        row = normalised([dice.random() ** dice.choice((1, 5)) + 1e-9 for _ in range(size)])
        shift = (row,) * size
        level = dataclasses.replace(golden("still"), currents=(Current("c", tuple(map(str, range(size))), shift, 0),))
        assert level_from_text(level_as_toml(level)).currents[0].shift == shift


def test_numbers_are_as_short_as_they_were() -> None:
    """Chances that were written with one digit are written with one digit again, and whole lights without a point."""
    text = level_as_toml(golden("fork"))
    assert "[[0.7, 0.3]," in text
    assert "light = [0, 4]" in text


def test_what_goes_without_saying_is_left_out() -> None:
    """Ids, names, years and values that the format takes for granted are not written."""
    level = Level(
        "T", 3, "a", (Place("a", "a", (0.0,)),), (Lane("a->a", "a->a", "a", "a", 1, None, ((0.0,),)),)
    )  # fmt: skip
    expected = 'format = 1\ntitle = "T"\nyears = 3\nstart = "a"\nsight = "all"\n\n[places.a]\n\n'
    assert level_as_toml(level) == expected + '[[lanes]]\nfrom = "a"\nto = "a"\n'


@pytest.mark.parametrize(
    "changes",
    [{"title": " "}, {"years": 101}, {"start": "nowhere"}, {"sight": 0}, {"title": "\ud800"}, {"places": ()}],
    ids=str,
)
def test_what_no_file_can_hold_is_refused(changes: dict[str, object]) -> None:
    """A level that would be faulty or another one when it is read again is not written."""
    level = dataclasses.replace(golden("fork"), **changes)
    with pytest.raises(NotWritable):
        level_as_toml(level)


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """Writing a level makes the folder and the file, refuses a file that is there, and leaves nothing else behind."""
    path = tmp_path / "new" / "level.toml"
    write_level("one", path)
    with pytest.raises(FileExistsError):
        write_level("two", path)
    assert path.read_text() == "one"
    assert [write_level_anew(text, path.parent, "level").name for text in ("two", "three")] == [
        "level-2.toml",
        "level-3.toml",
    ]
    assert sorted(p.name for p in path.parent.iterdir()) == ["level-2.toml", "level-3.toml", "level.toml"]
    assert stat.S_IMODE(path.stat().st_mode) & 0o200


def test_a_level_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full there is an OSError, and neither a half level nor an empty one."""

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_level("text", tmp_path / "level.toml")
    assert list(tmp_path.iterdir()) == []
