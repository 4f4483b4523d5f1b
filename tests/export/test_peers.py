"""Storm, QuantEcon and pymdptoolbox find the treasure map's value too (extra ``peers``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from known_levels import GOLDEN
from proof.small_levels import small_level

from game.export import Unfolding, drn_text, light_offset, prism_text
from game.files import level_from_text, read_level
from game.house import shipped_levels
from game.model import Level, begin
from game.proof.verify import LIMIT, looking_up
from game.proof.verify import Level as ExactLevel
from game.solver import Problem, treasure_map

pytestmark = pytest.mark.filterwarnings("ignore")

NAMES = [*(path.stem for path in sorted(GOLDEN.glob("*.toml"))), *(str(seed) for seed in range(1, 40, 2))]
CLOSE = 1e-9


@cache
def text_of(name: str) -> str:
    """The text of a golden level, or of a small one whose seed ``name`` is."""
    return small_level(int(name)) if name.isdigit() else (GOLDEN / f"{name}.toml").read_text(encoding="utf-8")


@cache
def level_of(name: str) -> Level:
    """The level of that text."""
    return level_from_text(text_of(name))


@cache
def worth(name: str) -> float:
    """The treasure map's value by the solver, which the exact one of the proof agrees with."""
    level = level_of(name)
    value = treasure_map(Problem(level, level.weights("mine"))).value(begin(level))
    assert value == pytest.approx(float(looking_up(ExactLevel(text_of(name).encode(), "mine"), True, LIMIT)), abs=CLOSE)
    return value


def storms_answer(file: Path, *, prism: bool) -> float:
    """The greatest expected reward until "done" from the first state, by Storm's default and sound method."""
    stormpy = pytest.importorskip("stormpy", reason="Storm's stormpy is not installed (extra peers)")
    if prism:
        program = stormpy.parse_prism_program(str(file))
        query = stormpy.parse_properties('R{"light"}max=? [F "done"]', program)[0]
        model = stormpy.build_model(program, [query])
    else:
        query = stormpy.parse_properties('Rmax=? [F "done"]')[0]
        model = stormpy.build_model_from_drn(str(file))
    return float(stormpy.model_checking(model, query).get_value(model.initial_states[0]))


@pytest.mark.parametrize("name", NAMES)
def test_storm_agrees_on_the_drn_file(name: str, tmp_path: Path) -> None:
    """Storm finds the treasure map's value in the explicit file, in full sight and in limited sight."""
    level, file = level_of(name), tmp_path / "level.drn"
    weights = level.weights("mine")
    file.write_text(drn_text(level, weights, "mine"), encoding="utf-8")
    offset = light_offset(level, weights) * level.years
    assert storms_answer(file, prism=False) - offset == pytest.approx(worth(name), abs=CLOSE)


@pytest.mark.parametrize("name", [name for name in NAMES if level_of(name).sight is None])
def test_storm_agrees_on_the_prism_file(name: str, tmp_path: Path) -> None:
    """Storm finds the treasure map's value in the PRISM file, which has neither unfolding nor expectations in it."""
    level, file = level_of(name), tmp_path / "level.prism"
    weights = level.weights("mine")
    file.write_text(prism_text(level, weights, "mine"), encoding="utf-8")
    offset = light_offset(level, weights) * level.years
    assert storms_answer(file, prism=True) - offset == pytest.approx(worth(name), abs=CLOSE)


def test_storm_agrees_on_twenty_years(tmp_path: Path) -> None:
    """Storm finds the treasure map's value of the shipped level of twenty years, by citations."""
    pytest.importorskip("stormpy", reason="Storm's stormpy is not installed (extra peers)")
    level = read_level(shipped_levels() / "02_twenty_years.toml")
    weights = level.weights("citations")
    file = tmp_path / "level.drn"
    file.write_text(drn_text(level, weights, "citations"), encoding="utf-8")
    value = treasure_map(Problem(level, weights)).value(begin(level))
    assert storms_answer(file, prism=False) == pytest.approx(value, abs=CLOSE)


def stages(unfolding: Unfolding) -> int:
    """The greatest number of choices from state 0 to the end."""
    longest = {unfolding.done: 0}
    waiting = [0]
    while waiting:
        s = waiting[-1]
        ahead = {t for choice in unfolding.choices[s] for t, _ in choice.outcomes} - longest.keys()
        if s not in longest and not ahead:
            longest[s] = 1 + max(longest[t] for choice in unfolding.choices[s] for t, _ in choice.outcomes)
        waiting = [*waiting, *ahead] if ahead else waiting[:-1]
    return longest[0]


@pytest.mark.parametrize("name", NAMES)
def test_quantecon_agrees(name: str) -> None:
    """QuantEcon's backward induction over state-action pairs finds the treasure map's value."""
    markov = pytest.importorskip("quantecon.markov", reason="QuantEcon is not installed (extra peers)")
    sparse = pytest.importorskip("scipy.sparse")
    level = level_of(name)
    unfolding = Unfolding(level, level.weights("mine"))
    pairs = [(s, a, choice) for s, choices in enumerate(unfolding.choices) for a, choice in enumerate(choices)]
    chances = sparse.lil_matrix((len(pairs), unfolding.done + 1))
    for row, (_, _, choice) in enumerate(pairs):
        for successor, chance in choice.outcomes:
            chances[row, successor] = chance
    rewards = np.array([choice.reward for _, _, choice in pairs])
    process = markov.DiscreteDP(
        rewards, chances.tocsr(), 1.0, np.array([s for s, _, _ in pairs]), np.array([a for _, a, _ in pairs])
    )
    values, _ = markov.backward_induction(process, stages(unfolding))
    assert values[0][0] == pytest.approx(worth(name), abs=CLOSE)


@pytest.mark.parametrize("name", NAMES)
def test_pymdptoolbox_agrees(name: str) -> None:
    """pymdptoolbox's FiniteHorizon finds the treasure map's value."""
    toolbox = pytest.importorskip("mdptoolbox.mdp", reason="pymdptoolbox is not installed (extra peers)")
    sparse = pytest.importorskip("scipy.sparse")
    level = level_of(name)
    unfolding = Unfolding(level, level.weights("mine"))
    size, actions = unfolding.done + 1, max(map(len, unfolding.choices))
    rewards = np.zeros((size, actions))
    chances = [sparse.lil_matrix((size, size)) for _ in range(actions)]
    for s, choices in enumerate(unfolding.choices):
        for a in range(actions):
            # This peer wants every action everywhere; one that is not there is the first once more.
            choice = choices[a] if a < len(choices) else choices[0]
            rewards[s, a] = choice.reward
            for successor, chance in choice.outcomes:
                chances[a][s, successor] = chance
    process = toolbox.FiniteHorizon([matrix.tocsr() for matrix in chances], rewards, 1.0, stages(unfolding))
    process.run()
    assert process.V[0, 0] == pytest.approx(worth(name), abs=CLOSE)
