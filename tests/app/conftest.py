"""For the tests of screens and widgets: a display, and a shelf that is read quickly."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _display(display: None) -> None:
    """Widgets are measured and drawn without a stage, too."""


@pytest.fixture(autouse=True)
def _no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the chapters off the shelf, so that not every test that shows it draws and solves them all."""
    monkeypatch.setattr("game.files.shelf.STORY", "not here")
