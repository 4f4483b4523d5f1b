"""How to make the Gymnasium environment of a level, as a few lines of Python."""

from __future__ import annotations

from pathlib import Path

from game.model import Level, Weights
from game.words import say

_LINES = """\
# {title}
# {install}
import gymnasium

env = gymnasium.make("game.gym:WaterLanes-v0", level={path}, weights={weights})
observation, info = env.reset(seed=0)  # {seed}
over = False
total = 0.0
while not over:
    action = env.action_space.sample(info["action_mask"])
    observation, reward, over, _, info = env.step(action)
    total += float(reward)
print(total)
"""


def gymnasium_snippet(level: Level, path: Path, weights: Weights) -> str:
    """A program that lives one life in the environment of the level at ``path``, choosing at random."""
    return _LINES.format(
        title=ascii(level.title)[1:-1],
        install=say("export.gymnasium.install"),
        path=ascii(str(path)),
        weights=repr(weights),
        seed=say("export.gymnasium.seed"),
    )
