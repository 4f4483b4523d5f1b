"""Where lives are kept: a walk through the folders of this machine, by keys, buttons or clicks alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Text, Widget
from game.words import say

MOST = 200
"""How many folders inside one are shown."""


class SavesScreen(SheetScreen):
    """The folder being looked at, the way up, the folders in it, and the buttons that choose."""

    breadth = 760
    gap = 8.0

    def __init__(self) -> None:
        super().__init__(lambda: say("saves.title"))
        self.folder: Path | None = None
        self._told = ""

    def enter(self) -> None:
        """Begins at the folder in use."""
        if self.folder is None:
            runs = self.stage.runs or Path.home()
            self.folder = next((each for each in (runs, *runs.parents) if each.is_dir()), Path.home())
        super().enter()

    def body(self) -> Sequence[Widget]:
        """What is chosen, where we are, and where one can go from here."""
        assert self.folder is not None
        rows: list[Widget] = [
            Text(say("saves.now", folder=self.stage.runs), 15, tone="soft"),
            Text(say("saves.here", folder=self.folder), 17, 600),
        ]
        if self._told:
            rows.append(Text(self._told, 15, tone="accent"))
        rows.append(Button(say("saves.choose"), self._choose, kind="primary"))
        if self.stage.settings.saves:
            rows.append(Button(say("saves.usual"), self._usual))
        if self.folder.parent != self.folder:
            rows.append(Button(say("saves.up"), partial(self._go, self.folder.parent)))
        rows += [Button(folder.name, partial(self._go, folder)) for folder in folders_in(self.folder)]
        return rows

    def _go(self, folder: Path) -> None:
        self.folder, self._told = folder, ""
        self.pane.offset = 0
        self._show()

    def _choose(self) -> None:
        """Takes the folder if something can be written into it; what is kept elsewhere already stays there."""
        assert self.folder is not None
        if not os.access(self.folder, os.W_OK | os.X_OK):
            self._told = say("saves.not_writable", folder=self.folder)
        else:
            self.stage.change_settings(saves=str(self.folder))
            self._told = say("saves.chosen")
        self._show()

    def _usual(self) -> None:
        self.stage.change_settings(saves="")
        self._told = say("saves.chosen")
        self._show()

    def _show(self) -> None:
        self.fill()
        self.layout(self.stage.size)


def folders_in(folder: Path) -> list[Path]:
    """The folders in a folder by name, without hidden ones and at most ``MOST``; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = [Path(e.path) for e in entries if not e.name.startswith(".") and e.is_dir()]
    except OSError:
        return []
    return sorted(found, key=lambda each: each.name.casefold())[:MOST]
