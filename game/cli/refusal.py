"""Refusals: what cannot be done as it was asked for."""

from __future__ import annotations


class Refusal(Exception):
    """Ends a call of the command with this text on standard error, and with exit status 2."""
