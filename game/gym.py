"""Water Lanes as a Gymnasium environment, ``WaterLanes-v0`` (extra ``rl``).

    env = gymnasium.make("game.gym:WaterLanes-v0", level="levels/01_the_first_fork.toml")

One step is one lane, from place to place, however many years it takes; the reward is all its light, arrival included,
under the weights.  Light is not discounted, so a learner should not discount either.

Observation: a ``MultiDiscrete`` vector of what sight allows and nothing else,
    [year, place number, state last seen of each current, years since each was seen];
places and currents are numbered in file order.  Action: the number, from 0, of one of the lanes that are open now, in
file order.  ``info["action_mask"]`` marks those (for ``action_space.sample(mask)``); a number beyond them takes the
first open lane, and ``info["invalid_action"]`` says so.  ``reset(seed=s)`` begins a life in the landscape that the game
draws for the seed ``s``; ``reset()`` draws a seed, and ``info["landscape_seed"]`` tells which.
A level's spyglass is left out: an agent never looks through it.
"""

from __future__ import annotations

from os import PathLike
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from game.files import read_level
from game.model import Landscape, Lane, Level, Weights, begin, draw_landscape, open_lanes
from game.simulate import Record

Observation = NDArray[np.int64]
Information = dict[str, Any]

_LARGEST_SEED = 2**31 - 1


class WaterLanesEnv(gymnasium.Env[Observation, np.int64]):
    """A level to be lived by an agent.

    ``level`` is a level or the path of a level file.  ``weights`` is one number for each value of the level, the name
    of one of its value functions, or None for the one it is steered by when nobody says otherwise.

    Raises LevelFaults for a file that is no level, KeyError for an unknown value function, and ValueError for a wrong
    number of weights.
    """

    metadata = {"render_modes": []}  # noqa: RUF012

    def __init__(
        self, level: Level | str | PathLike[str], weights: Weights | str | None = None, render_mode: str | None = None
    ) -> None:
        self.level = level if isinstance(level, Level) else read_level(str(level))
        chosen = self.level.weights(weights) if weights is None or isinstance(weights, str) else tuple(weights)
        if len(chosen) != len(self.level.values):
            raise ValueError(f"the level has {len(self.level.values)} values and was given {len(chosen)} weights")
        self.weights: Weights = chosen
        self.render_mode = render_mode
        years, sizes = self.level.years + 1, [current.size for current in self.level.currents]
        widths = [years, len(self.level.places), *sizes, *(years for _ in sizes)]
        self.observation_space = spaces.MultiDiscrete(np.array(widths, dtype=np.int64))
        self._most_lanes = max(1, *map(len, self.level.lanes_from.values()))
        self.action_space = spaces.Discrete(self._most_lanes)
        self._landscape: Landscape | None = None
        self._record = Record(begin(self.level))

    @property
    def record(self) -> Record:
        """The life so far, as the rest of the game knows it."""
        return self._record

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, Information]:
        """Begins a life in the landscape of ``seed``, or in one that is drawn; the first observation and its info."""
        super().reset(seed=seed)
        landscape_seed = int(self.np_random.integers(_LARGEST_SEED)) if seed is None else seed
        self._landscape = draw_landscape(self.level, landscape_seed)
        self._record = Record(begin(self.level))
        return self._observation(), {"landscape_seed": landscape_seed, **self._mask()}

    def step(self, action: np.int64 | int) -> tuple[Observation, float, bool, bool, Information]:
        """Takes a lane to its end: observation, light, whether the life rests, False, and what else there is to know.

        ``info`` has ``lane`` (its id), ``years``, ``light`` (by value) and ``action_mask``.  A life that rests stays
        where it is, with reward 0.  Raises ``gymnasium.error.ResetNeeded`` before the first reset.
        """
        if self._landscape is None:
            raise gymnasium.error.ResetNeeded("reset() comes before step()")
        lanes = self._lanes()
        if not lanes:
            return self._observation(), 0.0, True, False, self._mask()
        valid = 0 <= int(action) < len(lanes)
        lane = lanes[int(action) if valid else 0]
        before = self._record.life.light
        self._record = self._record.extended(self.level, lane.id, self._landscape)
        light = tuple(x - y for x, y in zip(self._record.life.light, before, strict=True))
        info = {"lane": lane.id, "years": lane.years, "light": light, "invalid_action": not valid, **self._mask()}
        reward = float(self._record.legs[-1].light(self.weights))
        return self._observation(), reward, not self._lanes(), False, info

    def _lanes(self) -> tuple[Lane, ...]:
        return open_lanes(self.level, self._record.life)

    def _mask(self) -> Information:
        mask = np.zeros(self._most_lanes, dtype=np.int8)
        mask[: len(self._lanes())] = 1
        return {"action_mask": mask}

    def _observation(self) -> Observation:
        life = self._record.life
        states = (sighting.state for sighting in life.known)
        ages = (life.year - sighting.year for sighting in life.known)
        return np.array([life.year, self.level.place_index[life.place], *states, *ages], dtype=np.int64)


gymnasium.register(id="WaterLanes-v0", entry_point="game.gym:WaterLanesEnv")
