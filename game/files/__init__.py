"""Files: text in, text out, and every problem that a text has."""

from game.files.fault import Fault, LevelFaults, RunFaults, printable
from game.files.level_file import level_from_text, read_level

__all__ = ["Fault", "LevelFaults", "RunFaults", "level_from_text", "printable", "read_level"]
