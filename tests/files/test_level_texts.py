"""Levels in several languages: texts by id, told in the language spoken, and never a part of the rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.files import LevelFaults, level_from_text, read_level
from game.files.level_text import level_as_toml
from game.house import shipped_levels
from game.model import Level, begin, draw_landscape, open_lanes, step
from game.words import LANGUAGES, speak

LEVEL = """\
format = 1
title = "Two rivers"
about = "A story."
content_note = "A note."
years = 2
start = "fork"

[values]
craft = "Work you are proud of"
people = "Those who stay"

[value_functions]
mine = { craft = 1.0, people = 0.5 }

[currents.river]
states = ["dry", "flow"]
stay = 0.8

[places.fork]
label = "The fork"

[places.sea]

[[lanes]]
id = "down"
name = "Down the river"
from = "fork"
to = "fork"
current = "river"
light = { craft = [1, 3] }

[[lanes]]
from = "fork"
to = "sea"

[oracles.peers]
label = "Your peers"
words = "Everybody does it."
weights = { people = 1.0 }

[texts.zh]
title = "两条河"
about = "一个故事。"
content_note = "说在前面。"

[texts.zh.places]
fork = "岔口"

[texts.zh.lanes]
down = "顺河而下"
"fork->sea" = "入海"

[texts.zh.values]
craft = { name = "手艺", about = "你引以为豪的活" }
people = { name = "身边人" }

[texts.zh.value_functions]
mine = "我的"

[texts.zh.currents]
river = "大河"

[texts.zh.states]
dry = "干"
flow = "流"

[texts.zh.oracles]
peers = { label = "同伴", words = "大家都这样。" }
"""


@pytest.fixture
def level() -> Level:
    """The level of this file, as it stands in it."""
    return level_from_text(LEVEL)


def test_a_level_is_told_in_another_language(level: Level) -> None:
    """Every text is the other language's where there is one, and the level's own where there is none."""
    told = level.told_in("zh")
    assert (told.title, told.about, told.content_note, told.language) == ("两条河", "一个故事。", "说在前面。", "zh")
    assert [place.label for place in told.places] == ["岔口", "sea"]
    assert [lane.name for lane in told.lanes] == ["顺河而下", "入海"]
    assert [(value.label, value.about) for value in told.values] == [
        ("手艺", "你引以为豪的活"),
        ("身边人", "Those who stay"),
    ]
    assert (told.function_label("mine"), told.function_label("theirs")) == ("我的", "theirs")
    assert (told.currents[0].label, told.currents[0].state_labels) == ("大河", ("干", "流"))
    assert (told.oracles[0].label, told.oracles[0].words) == ("同伴", "大家都这样。")


def test_telling_changes_no_rule(level: Level) -> None:
    """Ids, names and weights stay, so the digest does and so does every life in every water."""
    told = level.told_in("zh")
    assert told.digest == level.digest
    assert [value.name for value in told.values] == ["craft", "people"]
    assert told.currents[0].states == ("dry", "flow")
    assert told.value_functions == level.value_functions
    for seed in range(20):
        water = draw_landscape(level, seed)
        assert draw_landscape(told, seed) == water
        here, there = begin(level), begin(told)
        while lanes := open_lanes(level, here):
            lane = lanes[seed % len(lanes)].id
            (here, events), (there, other) = step(level, here, lane, water), step(told, there, lane, water)
            assert (here, events) == (there, other)


def test_told_back_it_is_what_it_was(level: Level) -> None:
    """From any language the level can be told in any other, and in its own it is what stands in the file."""
    told = level.told_in("zh")
    assert told != level
    assert told.told_in("en") == level
    assert told.told_in("zh") == told
    assert level.told_in("fr") == level


def test_a_level_may_be_written_in_chinese_and_name_its_own_states(level: Level) -> None:
    """A level whose own language is another is told in that where nobody's language is at hand."""
    own = level_from_text(LEVEL.replace("years = 2", 'years = 2\nlanguage = "de"').replace("texts.zh", "texts.de"))
    assert own.told_in("zh").title == own.told_in("de").title == "两条河"


def test_what_is_written_is_the_level_of_the_file(level: Level) -> None:
    """Written as text, a level told in another language is the level that it was told from, with all its texts."""
    for told in (level, level.told_in("zh")):
        again = level_from_text(level_as_toml(told))
        assert again == level
        assert again.told_in("zh") == level.told_in("zh")


def test_a_file_is_read_in_the_language_spoken(tmp_path: Path, level: Level) -> None:
    """Reading a level file gives the level told in the language that is spoken."""
    file = tmp_path / "two.toml"
    file.write_text(LEVEL, encoding="utf-8")
    assert read_level(file) == level
    speak("zh")
    assert read_level(file) == level.told_in("zh")


@pytest.mark.parametrize(
    ("old", "new", "where", "found", "allowed"),
    [
        ('fork = "岔口"', 'forkk = "岔口"', 'places of the texts in "zh"', "forkk", 'Did you mean "fork"?'),
        ('down = "顺', 'dwn = "顺', 'lanes of the texts in "zh"', "dwn", "id of a lane"),
        ('people = { name = "身边人" }', "fame = {}", 'values of the texts in "zh"', "fame", "a value of the level"),
        ('river = "大河"', 'brook = "小溪"', 'currents of the texts in "zh"', "brook", "a current of the level"),
        ('flow = "流"', 'surge = "涨"', 'states of the texts in "zh"', "surge", "a state of one"),
        ('mine = "我的"', 'yours = "你的"', 'value_functions of the texts in "zh"', "yours", "value function of the"),
        ('peers = { label', 'pears = { label', 'oracles of the texts in "zh"', "pears", 'Did you mean "peers"?'),
        ('words = "大家', 'word = "大家', '"peers" of oracles', 'unknown key "word"', '"words"'),
        ('title = "两条河"', "title = 3", 'title of the texts in "zh"', "whole number 3", "not empty"),
        ('about = "一个故事。"', 'about = " "', 'about of the texts in "zh"', "an empty text", "not empty"),
        ('about = "一个故事。"', 'story = "一"', 'the texts in "zh"', 'unknown key "story"', '"about"'),
        ('[texts.zh.places]\nfork = "岔口"\n', "places = 1\n", 'places of the texts in "zh"', "number 1", "a table"),
    ],
)  # fmt: skip
def test_a_text_for_nothing_is_told(old: str, new: str, where: str, found: str, allowed: str) -> None:
    """A text for what the level does not have, or that is no text, is one fault with its name and a remedy."""
    assert old in LEVEL
    with pytest.raises(LevelFaults) as caught:
        level_from_text(LEVEL.replace(old, new, 1))
    (fault,) = caught.value.faults
    assert where in fault.where
    assert found in fault.found
    assert allowed in fault.allowed + fault.hint


def test_a_fault_elsewhere_drags_none_along() -> None:
    """Where a lane, a place or a current cannot be read, texts for it are not called faults as well."""
    for old, new in (('from = "fork"\nto = "sea"', 'from = "fork"\nto = "see"'), ("stay = 0.8", "stay = 8")):
        with pytest.raises(LevelFaults) as caught:
            level_from_text(LEVEL.replace(old, new, 1))
        assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(shipped_levels().rglob("*.toml")) if "exercises" not in file.parts],
    ids=lambda file: file.stem,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_level_is_told_whole_in_every_language(file: Path, language: str) -> None:
    """No text of a shipped level is missing in any language of the game, not even the name of a state."""
    level = level_from_text(file.read_text(encoding="utf-8"))
    if language == level.language:
        return
    texts = level.texts[language]
    assert texts.title
    assert all(bool(getattr(texts, key)) == bool(getattr(level, key)) for key in ("about", "content_note"))
    assert set(texts.places) == {place.id for place in level.places}
    assert set(texts.lanes) == {lane.id for lane in level.lanes}
    assert set(texts.value_functions) >= set(level.value_functions)
    assert set(texts.states) == {state for current in level.currents for state in current.states}
    assert set(texts.currents) == {current.name for current in level.currents}
    assert set(texts.oracles) == {oracle.name for oracle in level.oracles}
    assert set(texts.oracle_words) == {oracle.name for oracle in level.oracles if oracle.words}
    if any(value.about for value in level.values):
        assert set(texts.values) == set(texts.abouts) == {value.name for value in level.values}
    assert replace(level.told_in(language).told_in(level.language)) == level
