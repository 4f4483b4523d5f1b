"""Levels at will: a level of any size and wildness from a recipe and its seed.

recipe     what a level is to be made of, and what can be made        dice     chance that falls alike everywhere
skeleton   places in columns, and ways that leave nobody stranded      placement  where places lie
waters     currents, and which way carries which                       light    what is to be had, in balance
names      of places, currents, lanes and kinds of light               making   all of it as a level
appraisal  what a fixed plan would lose on it; imported on its own, for it loads the solver
"""

from game.generator.making import generate, recipe_as_command
from game.generator.recipe import LIMITS, Recipe, RecipeFaults, fitted, recipe_faults

__all__ = [
    "LIMITS",
    "Recipe",
    "RecipeFaults",
    "fitted",
    "generate",
    "recipe_as_command",
    "recipe_faults",
]
