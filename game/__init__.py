"""Water Lanes.  The map of the house, from the ground up: every room imports only from rooms above it in this list.

house       where the things that come with the program lie
words       every text that a person reads, from assets/words
writing     files that appear whole or not at all
model/      the rules: currents, landscapes, levels, lives; one pure ``step``
geography/  where places lie and how channels run between them
policy      one question for everybody: given what can be seen, which lane?
simulate    a policy lived through a landscape
steering    by whose light somebody lives, and changing that in the middle of a life
session     one life being played, and what may be seen of it; the screens talk to this
files/      text in, text out: level files, run files, and every problem found in them
solver/     what every way of living is worth, exactly: plans, replanning, the treasure map, hindsight, luck
policies    the solver's policies, and a level's oracles, by the names that people give them
learning/   a value function learned from lived lives alone, and how many it takes
generator/  levels at will, from a recipe and a seed
sweep/      how much a fixed plan loses, mapped over many such levels
proof/      certificates, and a verifier that trusts none of these rooms
export/     a level for other programs: model checkers, graph programs, data
gym         a level as a Gymnasium environment; the only module that knows that package
debrief     a finished life turned into the pages that explain it
transcript  a life told year by year, as plain text
workshop/   exercises for a room of people, what they leave there, and the group's picture
app/        the window: the only rooms that know pygame
cli/        the command ``water-lanes``
"""

__version__ = "0.1.0"
