"""How long a group's picture takes: 500 made-up people with real lives, from files to the page.

``python tests/bench/bench_workshop.py [PEOPLE]`` prints the seconds of each part, and the size of the page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "workshop"))

from people import exercise, person

from game.workshop.contribution_file import contribution_as_json
from game.workshop.figures import figures
from game.workshop.gathering import gather
from game.workshop.report import report


def main(people: int) -> None:
    """Prints a line for each exercise."""
    for name in ("one_plan_one_life", "whose_light", "one_step"):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(people):
                text = contribution_as_json(person(name, number).shared())
                (Path(folder) / f"{number}.json").write_text(text, encoding="utf-8")
            begun, worked = time.perf_counter(), time.process_time()
            group = gather(Path(folder), exercise(name))
            read = time.perf_counter()
            found = figures(group)
            counted = time.perf_counter()
            page = report(group, found)
            done = time.perf_counter()
        print(
            f"{name:18} {people} people: read {read - begun:5.1f} s, counted {counted - read:5.1f} s, "
            f"page {done - counted:5.1f} s, all {done - begun:5.1f} s "
            f"({time.process_time() - worked:.1f} s of work), {len(page.encode()) / 1e6:.2f} MB"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
