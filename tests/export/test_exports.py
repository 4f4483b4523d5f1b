"""Exports: the unfolded process has the treasure map's value, and every form says what the level says."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import networkx as nx
import pytest
from known_levels import GOLDEN, MOUTH, MOUTH_FILE, RIVER_TEXT, golden
from proof.small_levels import small_level

from game.cli import main
from game.export import (
    NoPrism,
    TooManyStates,
    Unfolding,
    drn_text,
    graphml_text,
    level_as_data,
    light_offset,
    prism_text,
)
from game.files import level_from_text, read_level
from game.generator import Recipe, generate
from game.house import shipped_levels
from game.model import begin
from game.solver import Problem, treasure_map

Output = pytest.CaptureFixture[str]

PRISM = """\
// A river, steering by mine
// The treasure map: storm --prism FILE --prop 'R{"light"}max=? [F "done"]' --precision 1e-12
// place 0: bank
// place 1: sea
// lane 1: bank->bank
// lane 2: bank->sea
mdp

const int horizon = 2;
const double offset = 0.0;
const double w0 = 1.0; // light

module life
  year : [0..horizon] init 0;
  place : [0..1] init 0;
  lane : [0..2] init 0;
  left : [0..1] init 0;
  over : bool init false;
  [] !over & lane=0 & place=0 & year<=1 -> (lane'=1) & (left'=1);
  [year] lane=1 & left>1 -> (left'=left-1) & (year'=year+1);
  [year] lane=1 & left=1 -> (lane'=0) & (left'=0) & (place'=0) & (year'=year+1);
  [] !over & lane=0 & place=0 & year<=1 -> (lane'=2) & (left'=1);
  [year] lane=2 & left>1 -> (left'=left-1) & (year'=year+1);
  [year] lane=2 & left=1 -> (lane'=0) & (left'=0) & (place'=1) & (year'=year+1);
  [rest] !over & lane=0 & place=0 & year>1 -> (over'=true);
  [rest] !over & lane=0 & place=1 & year>-1 -> (over'=true);
  [] over -> true;
endmodule

module current0 // river
  z0 : [0..1] init 1;
  [year] z0=0 -> 0.9:(z0'=0) + 0.1:(z0'=1);
  [year] z0=1 -> 0.5:(z0'=0) + 0.5:(z0'=1);
endmodule

rewards "light"
  [year] lane=1 & left>1 & z0=0 : w0*(0.0) + offset;
  [year] lane=1 & left=1 & z0=0 : w0*(0.0 + 0.0) + offset;
  [year] lane=1 & left>1 & z0=1 : w0*(4.0) + offset;
  [year] lane=1 & left=1 & z0=1 : w0*(4.0 + 0.0) + offset;
  [year] lane=2 & left>1 : w0*(1.5) + offset;
  [year] lane=2 & left=1 : w0*(1.5 + -1.0) + offset;
  [rest] true : (horizon-year)*offset;
endrewards

label "done" = over;
"""

DRN = """\
// A river, steering by mine
// A state is a year, a place, and what is known of each current that can still matter; after a lane the currents in \
sight are seen one at a time.
// The treasure map: storm --explicit-drn FILE --prop 'Rmax=? [F "done"]' --precision 1e-12
@type: MDP
@parameters

@reward_models
light
@nr_states
8
@nr_choices
11
@model
state 0 [0] init
// year 0, bank: river flow in year 0
	action 0 [4.0]
// bank->bank
		1 : 1.0
	action 1 [0.5]
// bank->sea
		2 : 1.0
state 1 [0]
	action 0 [0.0]
		3 : 0.5
		4 : 0.5
state 2 [0]
// year 1, sea:
	action 0 [0.0]
		7 : 1.0
state 3 [0]
// year 1, bank: river dry in year 1
	action 0 [0.0]
// bank->bank
		5 : 1.0
	action 1 [0.5]
// bank->sea
		6 : 1.0
state 4 [0]
// year 1, bank: river flow in year 1
	action 0 [4.0]
// bank->bank
		5 : 1.0
	action 1 [0.5]
// bank->sea
		6 : 1.0
state 5 [0]
// year 2, bank:
	action 0 [0.0]
		7 : 1.0
state 6 [0]
// year 2, sea:
	action 0 [0.0]
		7 : 1.0
state 7 [0] done
	action 0 [0.0]
		7 : 1.0
"""


def best(unfolding: Unfolding) -> float:
    """The optimum of an unfolded process, by recursion over its states."""
    values = {unfolding.done: 0.0}
    waiting = [0]
    while waiting:
        s = waiting[-1]
        ahead = {t for choice in unfolding.choices[s] for t, _ in choice.outcomes} - values.keys()
        if s not in values and not ahead:
            values[s] = max(c.reward + sum(p * values[t] for t, p in c.outcomes) for c in unfolding.choices[s])
        waiting = [*waiting, *ahead] if ahead else waiting[:-1]
    return values[0]


LEVELS = [*(path.stem for path in sorted(GOLDEN.glob("*.toml"))), *map(str, range(1, 20))]


@pytest.mark.parametrize("name", LEVELS)
def test_the_unfolded_process_is_worth_the_treasure_map(name: str) -> None:
    """The optimum of the unfolded process is the treasure map's value; an offset adds as much for every year."""
    level = level_from_text(small_level(int(name))) if name.isdigit() else golden(name)
    weights = level.weights("mine")
    problem = Problem(level, weights)
    chart = treasure_map(problem)
    worth = chart.value(begin(level))
    assert best(Unfolding(level, weights)) == pytest.approx(worth, abs=1e-9)
    offset = light_offset(level, weights)
    shifted = Unfolding(level, weights, offset=offset)
    assert best(shifted) - shifted.total_offset == pytest.approx(worth, abs=1e-9)
    assert min(choice.reward for choices in shifted.choices for choice in choices) >= -1e-12


def test_chances_of_every_choice_sum_to_one() -> None:
    """What follows a choice has chances that sum to 1, and no state is out of reach."""
    unfolding = Unfolding(golden("grad_fog"), (1.0, 0.25))
    reached = {0} | {t for choices in unfolding.choices for choice in choices for t, _ in choice.outcomes}
    assert reached == set(range(unfolding.done + 1))
    for choices in unfolding.choices:
        for choice in choices:
            assert sum(chance for _, chance in choice.outcomes) == pytest.approx(1, abs=1e-12)


def test_too_many_states_are_refused() -> None:
    """A process of more states than there is room for is refused in one sentence, and none is half made."""
    level = read_level(shipped_levels() / "02_twenty_years.toml")
    with pytest.raises(TooManyStates, match="more than 1,000 states"):
        Unfolding(level, level.weights(), limit=1000)


@pytest.mark.parametrize("name", LEVELS)
def test_no_process_is_refused_that_there_is_room_for(name: str) -> None:
    """What is told beforehand of the number of states is never more than there are."""
    level = level_from_text(small_level(int(name))) if name.isdigit() else golden(name)
    states = len(Unfolding(level, level.weights()).moments)
    assert len(Unfolding(level, level.weights(), limit=states).moments) == states
    with pytest.raises(TooManyStates):
        Unfolding(level, level.weights(), limit=states - 1)


def test_a_hopeless_process_is_refused_before_it_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """In full sight a level with far too many landscapes is refused without making a single state."""
    level = generate(Recipe(places=60, lanes=200, currents=40, years=30, seed=1))

    def made(self: Unfolding, moment: object) -> object:
        raise AssertionError("a state was made")

    monkeypatch.setattr(Unfolding, "_choices", made)
    with pytest.raises(TooManyStates, match="more than 2,000,000 states"):
        Unfolding(level, level.weights())


def test_the_prism_file_of_a_river() -> None:
    """The PRISM file of a small level is exactly this."""
    assert prism_text(level_from_text(RIVER_TEXT), (1.0,), "mine") == PRISM


def test_the_drn_file_of_a_river() -> None:
    """The DRN file of a small level is exactly this."""
    assert drn_text(level_from_text(RIVER_TEXT), (1.0,), "mine") == DRN


def test_an_offset_is_told() -> None:
    """Where light is negative, both model files say how much was added to each year and to the answer."""
    level = level_from_text(RIVER_TEXT)
    assert light_offset(level, (-2.0,)) == 8
    for text in (drn_text(level, (-2.0,), "x"), prism_text(level, (-2.0,), "x")):
        assert "8.0 is added for each year" in text
        assert "the answer is 16.0 more" in text


def test_limited_sight_is_no_prism() -> None:
    """A level with limited sight is refused for PRISM, with the way out."""
    with pytest.raises(NoPrism, match="drn"):
        prism_text(golden("fog"), (1.0,), "mine")


def test_words_of_a_level_stay_in_comments() -> None:
    """Titles and ids with line breaks and directions cannot break out of the comments of a model file."""
    text = RIVER_TEXT.replace('"A river"', '"A\\nmodule x\\u202e"').replace(
        'to = "sea"', 'to = "sea"\nid = "a\\nendmodule"'
    )
    level = level_from_text(text)
    for exported in (prism_text(level, (1.0,), "mine\nmine"), drn_text(level, (1.0,), "mine\nmine")):
        assert not re.search(r"^(module x|endmodule.|mine)", exported, re.M)
        assert "\u202e" not in exported


@pytest.mark.parametrize("name", ["grad", "grad_fog", "fog", "still"])
def test_graphml_can_be_read_again(name: str) -> None:
    """networkx reads the GraphML file back with every place, lane and number."""
    level = golden(name)
    graph = nx.read_graphml(io.BytesIO(graphml_text(level).encode()), force_multigraph=True)
    assert list(graph) == [place.id for place in level.places]
    assert {key for *_, key in graph.edges(keys=True)} == {lane.id for lane in level.lanes}
    for tail, head, key, data in graph.edges(keys=True, data=True):
        lane = level.lane(key)
        assert (tail, head, data["years"], data.get("current")) == (lane.tail, lane.head, lane.years, lane.current)
        assert [tuple(row) for row in json.loads(data["light"]).values()] == list(lane.light)
    assert graph.graph["digest"] == level.digest
    assert graph.graph["years"] == level.years
    assert json.loads(graph.graph["currents"]).keys() == level.current_index.keys()


@pytest.mark.parametrize("name", LEVELS)
def test_json_is_the_whole_level(name: str) -> None:
    """The JSON form, written out as a level file again, is the same level with the same digest."""
    level = level_from_text(small_level(int(name))) if name.isdigit() else golden(name)
    data = json.loads(json.dumps(level_as_data(level)))
    assert data.pop("digest") == level.digest
    assert level_from_text(_toml(data)).digest == level.digest
    assert level_from_text(_toml(data)).weights("mine") == level.weights("mine")


def test_json_has_oracles_and_spyglass() -> None:
    """Whoever lends a map, and what looking further costs, comes back from the JSON form as well."""
    level = MOUTH
    data = json.loads(json.dumps(level_as_data(level)))
    again = level_from_text(_toml({key: value for key, value in data.items() if key != "digest"}))
    assert (again.oracles, again.spyglass, again.digest) == (level.oracles, level.spyglass, level.digest)


def test_an_export_without_its_spyglass_says_so(tmp_path: Path, capsys: Output) -> None:
    """Where a form has no looks, a sentence on standard error says that the spyglass is left out."""
    level = str(MOUTH_FILE)
    assert main(["export", level, "--to", "drn", "-o", str(tmp_path / "out")]) == 0
    assert "spyglass" in capsys.readouterr().err
    assert main(["export", level, "--to", "json", "-o", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err == ""


def _toml(data: dict[str, object]) -> str:
    return "\n".join(f"{key} = {_value(value)}" for key, value in data.items())


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)


@pytest.mark.parametrize("program", ["prism", "drn", "gymnasium", "graphml", "json"])
def test_the_command_writes_every_form(program: str, tmp_path: Path, capsys: Output) -> None:
    """``export`` writes each form to standard output and, the same bytes, into a file."""
    assert main(["export", "first_fork", "--to", program]) == 0
    text = capsys.readouterr().out
    path = tmp_path / "out"
    assert main(["export", "first_fork", "--to", program, "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == text
    assert len(text) > 300
    assert capsys.readouterr().out == ""


def test_the_command_refuses(capsys: Output, tmp_path: Path) -> None:
    """``export`` refuses what cannot be said, read or written, with status 2 and nothing on standard output."""
    for arguments in (
        [str(GOLDEN / "fog.toml"), "--to", "prism"],
        ["first_fork", "--to", "chess"],
        ["first_fork"],
        ["nowhere.toml", "--to", "json"],
        ["first_fork", "--to", "drn", "--as", "nobody"],
        ["first_fork", "--to", "drn", "-o", str(tmp_path)],
    ):
        assert main(["export", *arguments]) == 2
    assert capsys.readouterr().out == ""


def test_export_has_help(capsys: Output) -> None:
    """``export`` has help with an example."""
    assert main(["export", "--help"]) == 0
    assert "Example: water-lanes export first_fork --to drn" in capsys.readouterr().out
