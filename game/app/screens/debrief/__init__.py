"""The debrief, page by page: one question each, everything drawn from the solver's own figures."""

from game.app.screens.debrief.screen import DebriefScreen

__all__ = ["DebriefScreen"]
