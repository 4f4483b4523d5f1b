"""Learning a value function from lived lives alone: how many it takes to learn the map that nobody is given.

layout   what a learner can come to, numbered
waters   the water and the chance that learners meet
learner  tabular Q-learning, many learners side by side
price    what their policies are worth, exactly
curve    worth against lives lived, and the lines it is measured by
report   the curve as JSON and as a table
"""

from game.learning.curve import LEARNERS, LearningCurve, Reached, learning_curve, lives_for
from game.learning.report import curve_as_json, curve_as_table, reached_in_words

__all__ = [
    "LEARNERS",
    "LearningCurve",
    "Reached",
    "curve_as_json",
    "curve_as_table",
    "learning_curve",
    "lives_for",
    "reached_in_words",
]
