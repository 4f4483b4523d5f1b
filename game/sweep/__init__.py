"""Sweeps: how much a fixed plan loses, over volatility, choice, horizon and sight, on many levels each.

grid      which cells there are, and the levels of each      trial    one level, made and solved
journal   what has been solved, kept through a kill          crew     processes or a cluster that solve
table     medians and quartiles as CSV                       picture  heat maps as SVG
course    a whole sweep, from its grid to the rows of its table
"""

from game.sweep.course import cores, journal_path, run_sweep
from game.sweep.crew import ClusterFault, WorkerLost
from game.sweep.grid import Cell, Grid
from game.sweep.journal import ForeignJournal, Journal
from game.sweep.picture import picture_as_svg
from game.sweep.table import Row, rows_of, table_as_csv
from game.sweep.trial import Figures, solved

__all__ = [
    "Cell",
    "ClusterFault",
    "Figures",
    "ForeignJournal",
    "Grid",
    "Journal",
    "Row",
    "WorkerLost",
    "cores",
    "journal_path",
    "picture_as_svg",
    "rows_of",
    "run_sweep",
    "solved",
    "table_as_csv",
]
