"""The coast: a gulf reaches in to the last places, and beside it the land fills what the paper lies on."""

from __future__ import annotations

import numpy as np
import pytest

from game.app.draw.lens import Margins, region
from game.app.draw.terrain import Relief, relief
from game.files import read_level
from game.geography import lay_out
from game.house import shipped_levels

MARGINS = Margins(0.0, 110.0, 428.0, 82.0)
"""What the drive keeps free for paper at 1280×720 and text of 100 %."""


@pytest.fixture(params=["01_the_first_fork", "02_twenty_years"])
def coast(request: pytest.FixtureRequest) -> tuple[Relief, np.ndarray, np.ndarray]:
    """The land of a shipped level as the drive shows it, its places of shape (n, 2), and its channels' points."""
    geo = lay_out(read_level(shipped_levels() / f"{request.param}.toml"))
    points = np.concatenate([channel.points for channel in geo.channels.values()])
    return relief(geo, region(geo, (1280, 720), MARGINS)), np.array(list(geo.places.values())), points


def test_land_lies_where_the_paper_does(coast: tuple[Relief, np.ndarray, np.ndarray]) -> None:
    """Right of the last place hardly more than half of what is seen is sea, and some of it is."""
    land, places, _ = coast
    right = land.inland[:, land.x > places[:, 0].max() + 60.0]
    assert 0.1 < (right < 0.0).mean() < 0.6


def test_the_sea_reaches_in_to_the_last_place(coast: tuple[Relief, np.ndarray, np.ndarray]) -> None:
    """From the place farthest right one comes to the sea within 160 units, straight on."""
    land, places, _ = coast
    x, y = places[places[:, 0].argmax()]
    row = land.inland[np.abs(land.y - y).argmin()]
    assert row[np.abs(land.x - x).argmin()] > 0.0
    assert row[np.abs(land.x - x - 160.0).argmin()] < 0.0


def test_no_channel_lies_in_the_sea(coast: tuple[Relief, np.ndarray, np.ndarray]) -> None:
    """Every point of every channel lies inland."""
    land, _, points = coast
    columns = np.abs(land.x[None, :] - points[:, :1]).argmin(axis=1)
    rows = np.abs(land.y[None, :] - points[:, 1:]).argmin(axis=1)
    assert (land.inland[rows, columns] > 0.0).all()
