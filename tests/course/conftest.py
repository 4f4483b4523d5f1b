"""A small stage for the screens of a workshop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from game.app.stage import Stage


@pytest.fixture
def make_stage(make_stage: Callable[..., Stage]) -> Callable[..., Stage]:
    """Makes a stage of 800×450, on which maps are painted quickly."""
    return partial(make_stage, (800, 450))
