"""Files: text in, text out, and every problem that a text has."""

from game.files.fault import Fault, FileFaults, LevelFaults, RunFaults, nearest, printable, quoted
from game.files.level_file import level_from_text, read_level, told
from game.files.replay import Parted, changes, replayed, session_of
from game.files.run_file import Run, RunNotWritten, Waypoint, run_as_json, run_of, write_run
from game.files.run_reader import read_run, run_from_text
from game.files.shelf import LevelEntry, level_cards, level_entry, shipped_level, user_folder, worlds_folder

__all__ = [
    "Fault",
    "FileFaults",
    "LevelEntry",
    "LevelFaults",
    "Parted",
    "Run",
    "RunFaults",
    "RunNotWritten",
    "Waypoint",
    "changes",
    "level_cards",
    "level_entry",
    "level_from_text",
    "nearest",
    "printable",
    "quoted",
    "read_level",
    "read_run",
    "replayed",
    "run_as_json",
    "run_from_text",
    "run_of",
    "session_of",
    "shipped_level",
    "told",
    "user_folder",
    "worlds_folder",
    "write_run",
]  # fmt: skip
