"""Your lives: every life that was kept, and what can be done with one: watch it, race it, delete it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from game.app import flow
from game.app.action import Action
from game.app.jobs import Job
from game.app.keeping import lives_of
from game.app.lives import KeptLife, read_life
from game.app.screens.debrief.figures import figure
from game.app.screens.debrief.page import Card
from game.app.screens.drive import DriveScreen
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Text, Widget
from game.files import printable
from game.model import Level
from game.words import say, years_long

Read = TypeVar("Read")


class _ReadingSheet(SheetScreen, Generic[Read]):
    """A sheet that has something read as soon as the levels on the shelf are known, and tells it when it is there."""

    def __init__(self, title: Callable[[], str]) -> None:
        super().__init__(title)
        self._reading: Job[Read] | None = None
        self._told: object = None

    def read(self) -> Job[Read] | None:
        """The job that reads it, or None where nothing is to be read."""
        raise NotImplementedError

    def telling(self) -> object:
        """What the sheet depends on: it is filled anew when this changes."""
        raise NotImplementedError

    def enter(self) -> None:
        """Has the shelf read, where it was not yet."""
        if self.stage.library.entries is None:
            self.stage.library.refresh()
        self.update(0.0)
        super().enter()

    def update(self, dt: float) -> None:
        """Takes in what has been read."""
        self.stage.library.update()
        if self._reading is None and self.stage.library.entries is not None:
            self._reading = self.read()
        if self._told != self.telling() and self.widgets:
            self.fill()
            self.layout(self.stage.size)


class LivesScreen(_ReadingSheet[list[KeptLife]]):
    """A card for each run file in the user's folder, the newest first."""

    breadth = 880
    gap = 9.0

    def __init__(self) -> None:
        super().__init__(lambda: say("lives.title"))

    def enter(self) -> None:
        """Reads the folder anew."""
        self._reading = None
        super().enter()

    def read(self) -> Job[list[KeptLife]] | None:
        """All files of the folder."""
        return None if self.stage.home is None else lives_of(self.stage, levels_of(self))

    def telling(self) -> object:
        """Whether they are there."""
        return self._reading is not None and self._reading.done

    @property
    def lives(self) -> list[KeptLife]:
        """The lives read so far."""
        return [] if self._reading is None else self._reading.result or []

    def body(self) -> Sequence[Widget]:
        """The cards, and where the files lie."""
        self._told = self.telling()
        home = self.stage.home
        if home is not None and not self._told:
            return [Text(say("lives.reading"), tone="soft")]
        rows: list[Widget] = []
        if home is not None:
            rows.append(Text(say("lives.folder", own=self.stage.runs, friends=home / "friends"), 15, tone="soft"))
        rows += [Card(*_card(life), partial(self._open, life)) for life in self.lives]
        if not self.lives:
            rows.append(Text(say("lives.none")))
        return rows

    def _open(self, life: KeptLife) -> None:
        self.stage.push(LifeSheet(life.path, life.friend))


class LifeSheet(_ReadingSheet[KeptLife]):
    """One run file, from the folder or from anywhere: what it holds, and what can be done with it."""

    breadth = 700
    gap = 12.0

    def __init__(self, path: Path, friend: bool) -> None:
        super().__init__(lambda: printable(path.stem)[:60])
        self.path, self.friend = path, friend
        self._sure = False
        self._problem = ""

    @property
    def life(self) -> KeptLife | None:
        """What the file holds, once it has been read."""
        return None if self._reading is None else self._reading.result

    def read(self) -> Job[KeptLife]:
        """The one file."""
        return self.stage.jobs.submit(read_life, self.path, self.friend, levels_of(self), urgent=True)

    def telling(self) -> object:
        """The life, whether to delete it was asked for, and what went wrong."""
        return (self.life, self._sure, self._problem)

    def body(self) -> Sequence[Widget]:
        """What it is, and the ways on."""
        self._told = self.telling()
        life = self.life
        if life is None:
            return [Text(say("lives.reading"), tone="soft")]
        self.heading.text_ = life.title
        rows: list[Widget] = []
        if life.problem:
            rows.append(Text(life.problem))
        else:
            rows += [Text(text) for text in self._said(life)]
            rows.append(Button(say("lives.watch"), partial(flow.watch_life, self.stage, life), kind="primary"))
            rows += self._beside(life)
        rows.append(Text(say("lives.where", path=printable(str(self.path))), 15, tone="soft"))
        if self._is_kept():
            rows.append(Button(say("lives.really" if self._sure else "lives.delete"), self._delete))
        if self._problem:
            rows.append(Text(self._problem, tone="accent"))
        return rows

    def _said(self, life: KeptLife) -> list[str]:
        assert life.run is not None
        assert life.level is not None
        assert life.record is not None
        spent = years_long(life.record.life.year)
        light = figure(life.light)
        said = [say("lives.what", level=life.level.title, light=light, years=spent, water=life.run.seed)]
        said.append(_note(life))
        end = life.record.life
        if any(end.year + lane.years <= life.level.years for lane in life.level.lanes_from[end.place]):
            said.append(say("lives.unfinished"))
        return said

    def _beside(self, life: KeptLife) -> list[Widget]:
        """Into the drive below, where that has the same water; else to that water."""
        assert life.run is not None
        race = Button(say("lives.race"), partial(flow.beside_life, self.stage, life))
        drive = self._drive()
        if drive is None or life.level is None or drive.session.level.digest != life.level.digest:
            return [race]
        if drive.session.seed != life.run.seed:
            water = say("lives.other_water", theirs=life.run.seed, yours=drive.session.seed)
            return [Text(water), race]
        return [Button(say("lives.beside"), partial(self._join, drive, life))]

    def _join(self, drive: DriveScreen, life: KeptLife) -> None:
        drive.host.switch_life(life, True)
        self.close()

    def _drive(self) -> DriveScreen | None:
        drives = [screen for screen in self.stage.screens if isinstance(screen, DriveScreen)]
        return drives[-1] if drives and drives[-1].voyage is not None else None

    def _is_kept(self) -> bool:
        """Whether the file lies in the user's folder; no other file is ever deleted."""
        home = self.stage.home
        return home is not None and self.path.parent in (home / "runs", home / "friends")

    def _delete(self) -> None:
        """Deletes the file on the second press; the first one asks."""
        if not self._sure:
            self._sure = True
            return
        try:
            self.path.unlink()
        except OSError:
            self._problem = say("lives.not_deleted")
            return
        kept = self.stage.kept_runs
        for key in [key for key, path in kept.items() if path == self.path]:
            del kept[key]
        self.stage.badge.tell(say("lives.deleted", file=printable(self.path.name)))
        self.close()

    def press(self, action: Action) -> None:
        """Anything but a second press takes back the question whether to delete."""
        if action is not Action.CONFIRM:
            self._sure = False
        super().press(action)


def levels_of(screen: SheetScreen) -> tuple[Level, ...]:
    """The levels on the shelf, and those of the lives on the stage."""
    stage = screen.stage
    levels = {e.level.digest: e.level for e in stage.library.entries or () if e.level is not None}
    for other in stage.screens:
        session = getattr(other, "session", None)
        if session is not None:
            levels[session.level.digest] = session.level
    return tuple(levels.values())


def _card(life: KeptLife) -> tuple[str, str]:
    if life.record is None or life.level is None:
        return say("lives.row_broken", date=life.date, file=printable(life.path.name)), life.problem
    return say("lives.row", title=life.level.title, light=figure(life.light)), _note(life)


def _note(life: KeptLife) -> str:
    assert life.run is not None
    assert life.record is not None
    spent = years_long(life.record.life.year)
    name = printable(life.run.value_function)
    note = say("lives.note", date=life.date, seed=life.run.seed, name=name, years=spent)
    return say("lives.note_friend", note=note) if life.friend else note
