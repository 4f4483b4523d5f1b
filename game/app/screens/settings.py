"""Settings: text, colours, motion, sound, keys and buttons, and what is kept on this machine."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

from game.app import flow
from game.app.action import Action, key_text
from game.app.screens.sheet import SheetScreen
from game.app.settings import COLOURS, LANGUAGE_CHOICES, MODES, PALETTE_NAMES, TEXT_SCALES, VOLUMES, Settings
from game.app.widgets import Button, Choice, Heading, Text, Toggle, Widget
from game.words import say


class SettingsScreen(SheetScreen):
    """Every change counts at once and is kept."""

    breadth = 760

    def __init__(self) -> None:
        super().__init__(lambda: say("settings.title"))
        self._sure = ""
        self._told: tuple[object, ...] = ()

    def body(self) -> Sequence[Widget]:
        """The settings, one below another."""
        now, change, self._told = self.stage.settings, self.stage.change_settings, self._telling()
        rows: list[Widget] = [
            Heading(say("settings.seeing"), 19),
            Choice(
                say("settings.language"),
                [(name, say(f"settings.language_{name}")) for name in LANGUAGE_CHOICES],
                now.language,
                lambda name: self.stage.change_settings(language=name),
            ),
            Choice(
                say("settings.text_size"),
                [(scale, say("settings.percent", percent=round(100 * scale))) for scale in TEXT_SCALES],
                now.text_scale,
                lambda scale: change(text_scale=scale),
            ),
            Choice(
                say("settings.palette"),
                [(name, say(f"settings.palette_{name}")) for name in PALETTE_NAMES],
                now.palette,
                lambda name: change(palette=name),
            ),
            Choice(
                say("settings.colours"),
                [(name, say(f"settings.colours_{name}")) for name in COLOURS],
                now.colours,
                lambda name: change(colours=name),
            ),
            Toggle(say("settings.reduced_motion"), now.reduced_motion, lambda on: change(reduced_motion=on)),
            Toggle(say("settings.full_screen"), now.full_screen, self._full_screen),
            Toggle(say("settings.voicing"), now.voicing, lambda on: change(voicing=on)),
            Heading(say("settings.playing"), 19),
            Choice(
                say("settings.mode"),
                [(mode, say(f"settings.mode_{mode}")) for mode in MODES],
                now.mode,
                lambda mode: change(mode=mode),
            ),
            Button(say("settings.bindings"), lambda: flow.show_bindings(self.stage)),
            Toggle(say("settings.rumble"), now.rumble, lambda on: change(rumble=on)),
            Heading(say("settings.hearing"), 19),
            *self._sound(),
            Heading(say("settings.keeping"), 19),
            *self._keeping(),
        ]
        return rows

    def _keeping(self) -> list[Widget]:
        """Where lives are kept, deleting them, and all settings as they were at first; both ask once more."""
        stage, rows = self.stage, list[Widget]()
        if stage.settings_aside is not None:
            rows.append(Text(say("settings.aside", file=stage.settings_aside), size=15, tone="soft"))
        if stage.home is not None:
            rows.append(Text(say("settings.where", folder=stage.home), size=15, tone="soft"))
            rows.append(Text(say("settings.saves", folder=stage.runs), size=15, tone="soft"))
            rows.append(Button(say("settings.elsewhere"), lambda: flow.choose_saves(stage)))
            kept = self._kept_runs()
            if kept:
                asked = "settings.really_delete" if self._sure == "delete" else "settings.delete"
                rows.append(Button(say(asked, count=len(kept)), self._delete))
        asked = "settings.really_reset" if self._sure == "reset" else "settings.reset"
        rows.append(Button(say(asked), self._reset))
        return rows

    def _telling(self) -> tuple[object, ...]:
        return (self.stage.settings, self.stage.sound.available)

    def update(self, dt: float) -> None:
        """Tells what was changed elsewhere, by a key or by the desktop."""
        if self._told != self._telling():
            self.fill()
            self.layout(self.stage.size)

    def _sound(self) -> list[Widget]:
        """A volume each for music, water and effects, and one switch for all of them."""
        now, change = self.stage.settings, self.stage.change_settings
        steps = [
            (step, say("sound.percent", percent=round(100 * step)) if step else say("sound.off")) for step in VOLUMES
        ]
        rows: list[Widget] = [
            Choice(say("sound.music"), steps, now.music, lambda volume: change(music=volume)),
            Choice(say("sound.water"), steps, now.water, lambda volume: change(water=volume)),
            Choice(say("sound.effects"), steps, now.effects, lambda volume: change(effects=volume)),
            Toggle(say("sound.muted", key=key_text(Action.MUTE)), now.muted, lambda on: change(muted=on)),
        ]
        if not self.stage.sound.available:
            rows.append(Text(say("sound.silent"), size=15, tone="soft"))
        return rows

    def _full_screen(self, on: bool) -> None:
        if self.stage.on_full_screen is not None:
            self.stage.on_full_screen()

    def _kept_runs(self) -> list[Path]:
        return [] if self.stage.runs is None else kept_runs(self.stage.runs)

    def _delete(self) -> None:
        """Deletes the kept lives on the second press; the first one asks."""
        if self._sure == "delete":
            for file in self._kept_runs():
                with contextlib.suppress(OSError):
                    file.unlink()
            self.stage.kept_runs.clear()
        self._ask("" if self._sure == "delete" else "delete")

    def _reset(self) -> None:
        """Sets everything as it was at first on the second press; what has been lived stays, and so does where."""
        if self._sure == "reset":
            now, first = self.stage.settings, Settings()
            first = first.changed(lives=now.lives, last_level=now.last_level, saves=now.saves)
            if now.full_screen:
                self._full_screen(False)
            self.stage.change_settings(**vars(first))
        self._ask("" if self._sure == "reset" else "reset")

    def _ask(self, question: str) -> None:
        self._sure = question
        self.fill()
        self.layout(self.stage.size)

    def press(self, action: Action) -> None:
        """Anything but a second press takes back a question that was asked."""
        if self._sure and action is not Action.CONFIRM:
            self._ask("")
        super().press(action)

    def renamed(self) -> None:
        """One of the switches names its key."""
        self.fill()
        super().renamed()


def kept_runs(folder: Path) -> list[Path]:
    """The run files in a folder, by the names that they are given; nothing else that may lie there."""
    try:
        return sorted(file for file in folder.glob("*.json") if _RUN.fullmatch(file.name))
    except OSError:
        return []


_RUN = re.compile(r"[a-z0-9-]+-\d+-[0-9a-f]{8}(-\d+)?\.json")
