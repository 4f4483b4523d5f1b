"""The measures of the world, in world units: 1280×720 of them fill the window when a small level is seen whole."""

from __future__ import annotations

WIDTH, HEIGHT = 1280.0, 720.0
"""The size of the world of a small level."""

LEFT, TOP, RIGHT, BOTTOM = 92.0, 118.0, 128.0, 112.0
"""Margins around the places: for labels, for the readings in the corners, and for the sea on the right."""

CHANNEL_WIDTH = 16.0
"""The bed of a channel, without its banks."""

BANK_WIDTH = 24.0
"""A channel with its banks."""

PLACE_RADIUS = 15.0
"""The radius of a place's ring."""

CLEAR = 42.0
"""How far the middle of a channel keeps from the middle of a place that is not its own."""

PLACE_GAP = 72.0
"""Places that lie nearer to each other than this are pushed apart."""

ROOMY = 128.0
"""The distance between neighbouring places that an automatic layout aims at."""

CROWD = 24
"""How many places fit into the world of a small level."""
