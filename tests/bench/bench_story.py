"""How many seconds of processor the story's ladders take, chapter by chapter and together; judges nothing."""

from __future__ import annotations

import time

from game.files import read_level
from game.files.shelf import STORY
from game.house import shipped_levels
from game.solver import Problem, ladder, treasure_map


def main() -> None:
    """Solves every chapter under every value function that it has, and prints the seconds."""
    total = 0.0
    for path in sorted((shipped_levels() / STORY).glob("*.toml")):
        level = read_level(path)
        for name in level.value_functions or {level.default_value_function: level.weights()}:
            begun = time.process_time()
            problem = Problem(level, level.weights(name))
            rungs = ladder(problem, treasure_map(problem))
            seconds = time.process_time() - begun
            total += seconds
            shown = (rungs.follow_the_light, rungs.best_fixed_plan, rungs.step_by_step, rungs.optimal)
            figures = "  ".join(f"{rung.value:8.3f}" for rung in shown)
            print(f"{level.title:22} {name:10} {seconds:6.2f} s   light, plan, step, map: {figures}")
    print(f"{'together':33} {total:6.2f} s")


if __name__ == "__main__":
    main()
