"""The level for other programs: what they need to compute the same numbers, or to live in the same water.

unfolding   a level as an explicit Markov decision process on what a life can know
drn         that process for Storm        prism        the level as modules, for PRISM and Storm
graph       the network as GraphML        data         the whole level as JSON
snippet     how to make the Gymnasium environment of a level
"""

from game.export.data import level_as_data
from game.export.drn import drn_text
from game.export.graph import graphml_text
from game.export.prism import NoPrism, prism_text
from game.export.snippet import gymnasium_snippet
from game.export.unfolding import Choice, TooManyStates, Unfolding, light_offset

__all__ = [
    "Choice",
    "NoPrism",
    "TooManyStates",
    "Unfolding",
    "drn_text",
    "graphml_text",
    "gymnasium_snippet",
    "level_as_data",
    "light_offset",
    "prism_text",
]
