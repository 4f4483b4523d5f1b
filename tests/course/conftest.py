"""A small stage for the screens of a workshop, and the people of the workshop's own tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from game.app.stage import Stage

sys.path.insert(0, str(Path(__file__).parents[1] / "workshop"))


@pytest.fixture
def make_stage(make_stage: Callable[..., Stage]) -> Callable[..., Stage]:
    """Makes a stage of 800×450, on which maps are painted quickly."""
    return partial(make_stage, (800, 450))
