"""Settings: text size, motion, colours, full screen, and what is kept on this machine."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from game.app.action import Action, key_text
from game.app.screens.sheet import SheetScreen
from game.app.settings import MODES, PALETTE_NAMES, TEXT_SCALES, VOLUMES
from game.app.widgets import Button, Choice, Text, Toggle, Widget
from game.words import say


class SettingsScreen(SheetScreen):
    """Every change counts at once and is kept."""

    breadth = 760

    def __init__(self) -> None:
        super().__init__(say("settings.title"))
        self._sure = False
        self._told: tuple[object, ...] = ()

    def body(self) -> Sequence[Widget]:
        """The settings, one below another."""
        now, self._told = self.stage.settings, self._telling()
        kept = self._kept_runs()
        rows: list[Widget] = [
            Choice(
                say("settings.text_size"),
                [(scale, say("settings.percent", percent=round(100 * scale))) for scale in TEXT_SCALES],
                now.text_scale,
                lambda scale: self.stage.change_settings(text_scale=scale),
            ),
            Choice(
                say("settings.palette"),
                [(name, say(f"settings.palette_{name}")) for name in PALETTE_NAMES],
                now.palette,
                lambda name: self.stage.change_settings(palette=name),
            ),
            Choice(
                say("settings.mode"),
                [(mode, say(f"settings.mode_{mode}")) for mode in MODES],
                now.mode,
                lambda mode: self.stage.change_settings(mode=mode),
            ),
            Toggle(
                say("settings.reduced_motion"),
                now.reduced_motion,
                lambda on: self.stage.change_settings(reduced_motion=on),
            ),
            Toggle(say("settings.full_screen"), now.full_screen, self._full_screen),
            *self._sound(),
        ]
        if self.stage.home is not None:
            rows.append(Text(say("settings.where", folder=self.stage.home), size=15, tone="soft"))
            if kept:
                asked = "settings.really_delete" if self._sure else "settings.delete"
                rows.append(Button(say(asked, count=len(kept)), self._delete))
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
        if self.stage.home is None:
            return []
        return sorted((self.stage.home / "runs").glob("*.json"))

    def _delete(self) -> None:
        """Deletes the kept lives on the second press; the first one asks."""
        if self._sure:
            for file in self._kept_runs():
                with contextlib.suppress(OSError):
                    file.unlink()
            self.stage.kept_runs.clear()
        self._sure = not self._sure
        self.fill()
        self.layout(self.stage.size)

    def press(self, action: Action) -> None:
        """Anything but a second press takes back the question whether to delete."""
        if self._sure and action is not Action.CONFIRM:
            self._sure = False
            self.fill()
            self.layout(self.stage.size)
        super().press(action)
