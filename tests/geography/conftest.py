"""Lets these tests use the sample levels that the drawing tests look at."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "draw"))
