"""The command ``water-lanes``: play, solve, check, replay, demo, prove, verify, export, new, sweep, workshop.

arguments   what can be written on the command line, and the help for it
entry       one call of the command, from its arguments to its exit status
solving     solve        checking  check        replaying  replay        playing  play and demo
proving     prove and verify                exporting  export
making      new          sweeping  sweep    recipe_arguments  what both take
workshop    workshop list, guide, …         collecting  hosting  taking_part  workshop collect, host and send, run
naming      levels, value functions and weights as they are named on the command line
progress    one line that tells how far long work has come
output      a text to a file or to standard output
refusal     what ends a call with a sentence and status 2

Exit status: 0; 1 where problems were found; 2 for wrong use or unreadable input; 130 when interrupted.  Answers go to
standard output, everything else to standard error.  A command loads only what it needs: solve, check and
``replay --text`` run where there is no SDL, and play opens its window before the solver is loaded.
"""

from game.cli.entry import main

__all__ = ["main"]
