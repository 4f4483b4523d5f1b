"""The README: its pictures are what the demo makes, its commands the program's, and its level can be played."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.app.demo import run_demo
from game.cli.arguments import parser
from game.files import level_from_text, read_level
from game.house import shipped_levels

HERE = Path(__file__).parent
README = (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
PICTURES = {
    "drive.png": "10_drive_year_10_on_the_way.png",
    "fork.png": "07_drive_year_05.png",
    "ladder.png": "17_debrief_ladder.png",
}
BY_A_BROWSER = "group.png"
"""The group's picture, which `tests/workshop/test_in_a_browser.py` makes and compares."""

TOLERANCE = 6.0
"""Mean difference, of 255, up to which a picture in the README still shows the game as it is."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the README's demo command leaves; WATER_LANES_NEW_PICTURES=1 renews the README's pictures from it."""
    out = tmp_path_factory.mktemp("demo")
    run_demo(read_level(shipped_levels() / "02_twenty_years.toml"), "step_by_step", 5, out)
    if os.environ.get("WATER_LANES_NEW_PICTURES"):
        for shown, made in PICTURES.items():
            shutil.copyfile(out / made, HERE / shown)
    return out


def pixels(path: Path) -> np.ndarray:
    """The picture as numbers, shape (width, height, 3)."""
    return pygame.surfarray.array3d(pygame.image.load(path)).astype(np.int16)


@pytest.mark.slow
@pytest.mark.parametrize("shown", PICTURES)
def test_the_readme_shows_the_game_as_it_is(demo: Path, shown: str) -> None:
    """Each picture of the README differs little from the one that its command makes now."""
    difference = np.abs(pixels(HERE / shown) - pixels(demo / PICTURES[shown])).mean()
    assert difference < TOLERANCE, "renew with WATER_LANES_NEW_PICTURES=1"


def test_every_picture_and_link_of_the_readme_is_there() -> None:
    """What the README shows or links to in the checkout exists."""
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert {*PICTURES, BY_A_BROWSER} == {Path(link).name for link in links if link.endswith(".png")}
    assert all((HERE.parents[1] / link).exists() for link in links)


def test_the_film_is_a_short_looping_picture() -> None:
    """The film at the top is an animated WebP of less than 5 MB that runs for ever (by its RIFF chunks)."""
    data = (HERE / "film.webp").read_bytes()
    assert README.index("film.webp") < README.index(".png")
    assert len(data) < 5_000_000
    assert (data[:4], data[8:16]) == (b"RIFF", b"WEBPVP8X")
    assert data[20] & 0b10  # the flag of animations
    loops = data.index(b"ANIM")
    assert int.from_bytes(data[loops + 12 : loops + 14], "little") == 0
    assert data.count(b"ANMF") > 100


def test_the_readme_names_every_command() -> None:
    """Each command of the program stands in the README's table."""
    commands = next(action.choices for action in parser()._actions if action.choices and "solve" in action.choices)
    assert commands is not None
    assert [name for name in commands if f"`water-lanes {name} " not in README] == []


def test_the_level_of_the_readme_can_be_played() -> None:
    """The level at the top of its chapter is in order; so is one of limited sight with all that is shown after it."""
    blocks = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert level_from_text(blocks[0]).title == "Two rivers"
    whole = "\n".join(blocks).replace('sight  = "all"', "sight  = 1").replace("recognition", "light")
    level = level_from_text(whole)
    assert [oracle.name for oracle in level.oracles] == ["peers", "parents", "guru"]
    assert level.told_in("zh").lane("fork->fork#2").name == "纤道"
