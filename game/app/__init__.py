"""The window: the only rooms that know pygame.

action    what a person can ask for, and the one table of keys that ask for it
screen    a state on the stack: enter, layout, press, pointer, text, update, draw
stage     the stack of screens, scale and type, time, the queue of background work; takes pygame events, draws one frame
window    the real window: one loop with a fixed tick, sleeping to a deadline
input     pygame's events as actions, characters and positions
pads      gamepads that come and go;  bindings  keys and buttons of one's own;  rumble  what a pad lets be felt
jobs      work in the background: progress, cancelling, errors;  worker  the processes that do it
widgets/  buttons, choices, fields, scroll panes, and the form that moves focus between them
flow      the way through the game: title, levels, set off, drive, debrief, again
atlas/    laid-out and baked worlds, kept on disk
library   the levels that can be played, and what is known of them
settings  what a person has chosen about the program, kept in the user's folder;  moods  the palettes by it
play      starts all this; demo plays a life without a display
sound/    what is heard: loops by water and light, cues between two moments, the mixer
screens/  one screen a module;  draw/ everything that makes pictures
"""

import os

# The greeting of the library would stand among what the command says, once for every worker process.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
