"""The schema for editors and the reader agree."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_levels import GOLDEN
from test_level_faults import BROKEN, SOUND

from game.files import LevelFaults, level_from_text
from game.files.current_table import CURRENT_KEYS, MOST_CURRENTS, MOST_STATES
from game.files.level_file import FORMAT, LEVEL_KEYS, LONGEST_LIFE
from game.files.network_table import LANE_KEYS, MOST_LANES, MOST_PLACES, PLACE_KEYS, SHAPES
from game.files.oracle_table import ERRORS, MOST_LANDSCAPES, MOST_ORACLES, ORACLE_KEYS
from game.files.spyglass_table import SPYGLASS_KEYS
from game.files.value_table import MOST_VALUES
from game.house import shipped_levels

SCHEMA: dict[str, Any] = json.loads((shipped_levels() / "level.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LEVELS = sorted(
    [
        *(file for file in shipped_levels().rglob("*.toml") if "exercises" not in file.parts),
        *GOLDEN.glob("*.toml"),
    ]
)

# What only the reader can know: the other side of a name, a length, a sum, or how a number was written.
BEYOND_A_SCHEMA = {
    "format as a float",
    "years with a point",
    "sight 1.0",
    "a lane of 2.0 years",
    "a start that does not exist",
    "a weight for no value",
    "a start that is no state",
    "a row too few",
    "a row too short",
    "a row that sums to 0.9",
    "a row just off",
    "a row on a line of its own",
    "light of one number for two values",
    "light of a place for no value",
    "a countable value that is none",
    "letting go of nothing there is",
    "a weight that is no number",
    "a chance that is no number",
    "to nowhere",
    "an unknown current",
    "a list that is too long",
    "a list without a current",
    "a light for no value",
    "a list for two values",
    "an id that is taken",
    "a spyglass where all is in sight",
    "a spyglass that shows no more",
    "a spyglass of 2.0",
    "a price of one number for two values",
    "a price for no value",
    "weights of an oracle for no value",
    "an oracle's weights of 0",
    "starts of an oracle for no current",
    "starts of an oracle for no state",
    "an id like one that another lane has by default",
}


def test_the_schema_is_one() -> None:
    """The schema itself is sound by the rules of JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", LEVELS, ids=lambda path: path.stem)
def test_sound_levels_pass_the_schema(path: Path) -> None:
    """The shipped and the golden levels pass."""
    VALIDATOR.validate(tomllib.loads(path.read_text(encoding="utf-8")))


def test_the_schema_knows_the_same_keys_and_limits() -> None:
    """Each table has the same keys in the schema as in the reader, and the limits are the same numbers."""
    top, parts = SCHEMA["properties"], SCHEMA["$defs"]
    assert set(top) == set(LEVEL_KEYS)
    assert set(parts["current"]["properties"]) == set(CURRENT_KEYS)
    assert set(parts["place"]["properties"]) == set(PLACE_KEYS)
    assert set(parts["lane"]["properties"]) == set(LANE_KEYS)
    assert set(top["spyglass"]["properties"]) == set(top["spyglass"]["required"]) == set(SPYGLASS_KEYS)
    assert set(parts["oracle"]["properties"]) == set(ORACLE_KEYS)
    assert {kind["required"][0] for kind in parts["oracle"]["anyOf"]} == set(ERRORS)
    assert parts["oracle"]["properties"]["luckiest_of"]["maximum"] == MOST_LANDSCAPES
    assert top["oracles"]["maxProperties"] == MOST_ORACLES
    assert tuple(parts["place"]["properties"]["shape"]["enum"]) == SHAPES
    assert (top["format"]["const"], top["years"]["maximum"]) == (FORMAT, LONGEST_LIFE)
    assert (top["places"]["maxProperties"], top["lanes"]["maxItems"]) == (MOST_PLACES, MOST_LANES)
    assert (top["currents"]["maxProperties"], top["values"]["maxProperties"]) == (MOST_CURRENTS, MOST_VALUES)
    assert parts["current"]["properties"]["states"]["maxItems"] == MOST_STATES


@pytest.mark.parametrize("name", BROKEN)
def test_the_schema_sees_what_a_schema_can(name: str) -> None:
    """Each broken rule that a schema can know of is refused by the schema too; the others are named, and pass."""
    old, new, *_ = BROKEN[name]
    try:
        # JSON has no dates; to a schema they would be nothing at all.
        document = json.loads(json.dumps(tomllib.loads(SOUND.replace(old, new, 1)), default=str))
    except (ValueError, RecursionError):
        return
    assert VALIDATOR.is_valid(document) == (name in BEYOND_A_SCHEMA)


@given(st.sampled_from(LEVELS), st.data())
@settings(max_examples=60, deadline=None)
def test_what_the_reader_takes_passes_the_schema(path: Path, data: st.DataObject) -> None:
    """A level with a line left out or said twice is refused by the reader, or passes the schema."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.integers(0, len(lines) - 1))
        lines[where : where + 1] = data.draw(st.sampled_from([[], [lines[where]] * 2]))
    text = "\n".join(lines)
    try:
        level_from_text(text)
    except LevelFaults:
        return
    VALIDATOR.validate(tomllib.loads(text))
