"""The Gymnasium environment: it passes Gymnasium's own checks, and its lives are the game's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

gymnasium = pytest.importorskip("gymnasium", reason="the extra rl is not installed")

from gymnasium.utils.env_checker import check_env  # noqa: E402
from known_levels import GOLDEN, golden  # noqa: E402
from proof.small_levels import small_level  # noqa: E402

from game.export import gymnasium_snippet  # noqa: E402
from game.files import level_from_text, read_level  # noqa: E402
from game.gym import WaterLanesEnv  # noqa: E402
from game.house import shipped_levels  # noqa: E402
from game.model import begin, draw_landscape, open_lanes, step  # noqa: E402

FILES = [*sorted(GOLDEN.glob("*.toml")), *sorted(shipped_levels().glob("*.toml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_environment_passes_gymnasiums_checks(path: Path) -> None:
    """``check_env`` has nothing to say about any golden or shipped level."""
    check_env(gymnasium.make("game.gym:WaterLanes-v0", level=path).unwrapped, skip_render_check=True)


@pytest.mark.parametrize("seed", [0, 1, 4, 7])
def test_lives_are_those_of_the_game(seed: int) -> None:
    """A life in the environment is the game's own: same landscape, same sight, same light, lane by lane."""
    level = level_from_text(small_level(seed + 1))
    env = WaterLanesEnv(level)
    observation, info = env.reset(seed=seed)
    water, life = draw_landscape(level, seed), begin(level)
    dice, total, over = np.random.default_rng(seed), 0.0, False
    assert info["landscape_seed"] == seed
    while not over:
        lanes = open_lanes(level, life)
        assert info["action_mask"].sum() == len(lanes)
        action = int(dice.integers(len(lanes)))
        observation, reward, over, cut, info = env.step(action)
        life, _ = step(level, life, lanes[action].id, water)
        total += reward
        assert info["lane"] == lanes[action].id
        assert not cut
        assert observation[:2].tolist() == [life.year, level.place_index[life.place]]
        k = len(level.currents)
        assert observation[2 : 2 + k].tolist() == [sighting.state for sighting in life.known]
        assert observation[2 + k :].tolist() == [life.year - sighting.year for sighting in life.known]
    assert total == pytest.approx(sum(x * w for x, w in zip(life.light, level.weights(), strict=True)))
    assert env.record.life == life
    assert env.step(0)[1:4] == (0.0, True, False)


def test_a_lane_that_is_not_open_is_the_first_that_is() -> None:
    """A number beyond the open lanes takes the first of them, and the info says so."""
    env = WaterLanesEnv(GOLDEN / "grad.toml")
    env.reset(seed=1)
    *_, info = env.step(env.action_space.n - 1)
    assert info["invalid_action"]
    assert info["lane"] == "school->phd"
    assert info["years"] == 2


def test_weights_steer_the_reward() -> None:
    """The reward is the light under the weights, given as numbers or by a value function's name."""
    level = golden("grad")
    rewards = []
    for weights in (None, "mine", "citations", (0.0, 1.0)):
        env = WaterLanesEnv(level, weights)
        env.reset(seed=3)
        rewards.append(env.step(0)[1])
    assert rewards[0] == rewards[1] != rewards[2]
    assert rewards[2] == rewards[3]
    with pytest.raises(KeyError):
        WaterLanesEnv(level, "nobody")
    with pytest.raises(ValueError, match="2 values and was given 1"):
        WaterLanesEnv(level, (1.0,))


def test_a_step_needs_a_reset() -> None:
    """A life cannot be lived before it has begun."""
    with pytest.raises(gymnasium.error.ResetNeeded):
        WaterLanesEnv(GOLDEN / "fork.toml").step(0)


def test_lives_without_a_seed_differ_and_can_be_told_again() -> None:
    """Without a seed each life has water of its own, and the seed in the info brings that water back."""
    env = WaterLanesEnv(GOLDEN / "fork.toml")
    told = []
    for _ in range(6):
        _, info = env.reset()
        told.append((info["landscape_seed"], [env.step(0)[0].tolist() for _ in range(4)]))
    assert len({seed for seed, _ in told}) == 6
    for seed, lived in told:
        env.reset(seed=seed)
        assert [env.step(0)[0].tolist() for _ in range(4)] == lived


def test_one_module_knows_gymnasium() -> None:
    """Gymnasium is imported by game.gym and by nothing else, so that the game runs without it."""
    game = Path(__file__).resolve().parents[2] / "game"
    users = [path.name for path in game.rglob("*.py") if "import gymnasium\n" in path.read_text(encoding="utf-8")]
    assert sorted(users) == ["gym.py", "snippet.py"]  # the snippet is a text that has the line in it


def test_the_snippet_runs() -> None:
    """The program that ``export --to gymnasium`` writes lives a life and prints its light."""
    path = GOLDEN / "grad.toml"
    program = gymnasium_snippet(read_level(path), path, (1.0, 0.25))
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert float(done.stdout) > 0
