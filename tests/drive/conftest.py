"""The small delta as fixtures."""

from __future__ import annotations

import pytest
from small_delta import small_level

from game.geography import Geography, lay_out
from game.model import Level


@pytest.fixture(scope="session")
def level() -> Level:
    """The small level, where everything can be seen."""
    return small_level()


@pytest.fixture(scope="session")
def fog() -> Level:
    """The small level, where only the lanes that leave a place can be seen from it."""
    return small_level(sight=1)


@pytest.fixture(scope="session")
def geography(level: Level) -> Geography:
    """Where the small level lies; sight makes no difference to that."""
    return lay_out(level)
