"""``python -m game`` is the command ``water-lanes``."""

import sys

from game.cli import main

# Background work starts new processes, which import this module again under another name.
if __name__ == "__main__":
    sys.exit(main())
