"""Settings: what a person has chosen about the program, kept as JSON in the user's folder.

What is missing, broken or from another version in the file is as if it had never been set; a broken file is kept
aside before it is written over; writing is atomic.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from game.app.bindings import bindings_of, kept
from game.words import LANGUAGES
from game.writing import write_whole

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)
PALETTE_NAMES = ("auto", "day", "dusk", "rose")
COLOURS = ("usual", "protan", "deutan", "tritan", "contrast")
MODES = ("step", "drive")
LANGUAGE_CHOICES = ("system", *LANGUAGES)
VOLUMES = (0.0, 0.25, 0.5, 0.75, 1.0)
USUAL_GHOSTS = ("plan", "best_plan", "step_by_step")
GHOST_NAMES = (*USUAL_GHOSTS, "replan_2", "replan_3", "replan_5", "replan_10", "optimal")
MOST_GHOSTS = 4  # as many drive beside a life at once


@dataclass(frozen=True)
class Settings:
    """All settings.

    ``ghosts`` are those of ``GHOST_NAMES`` that are wished for, of which ``MOST_GHOSTS`` can be shown,
    ``last_level`` is a path, ``lives`` counts lives lived.

    ``colours`` are of ``COLOURS``.  ``saves`` is the folder that lives are kept in, "" for the usual one; ``bindings``
    is what ``game.app.bindings.kept`` gives of keys and buttons that are not the usual ones.  With ``voicing`` what has
    the focus is copied to the clipboard as text.  ``language`` is of ``LANGUAGE_CHOICES``: a language, or "system" for
    that of the computer.

    ``music``, ``water`` and ``effects`` are of ``VOLUMES``; ``muted`` silences all three and leaves them as they are.
    """

    text_scale: float = 1.0
    reduced_motion: bool = False
    palette: str = "auto"
    full_screen: bool = False
    mode: str = "step"
    ghosts: tuple[str, ...] = USUAL_GHOSTS
    last_level: str = ""
    lives: int = 0
    music: float = 0.75
    water: float = 0.75
    effects: float = 0.75
    muted: bool = False
    colours: str = "usual"
    rumble: bool = True
    voicing: bool = False
    saves: str = ""
    language: str = "system"
    bindings: Mapping[str, Any] = field(default_factory=dict)

    def changed(self, **values: Any) -> Settings:
        """The settings with some values changed."""
        return replace(self, **values)


def read_settings(file: Path) -> Settings:
    """The settings in ``file``; every value that is missing or makes no sense is the default.  Never raises."""
    return _read(file)[0]


def settings_kept_aside(file: Path) -> tuple[Settings, Path | None]:
    """The settings in ``file``, and where a copy of it lies now if something in it could not be read.  Never raises.

    The copy is made because the file will be written over, and somebody may want to mend what they wrote by hand.
    """
    settings, whole = _read(file)
    if whole:
        return settings, None
    aside = file.with_name(f"{file.stem}.broken{file.suffix}")
    try:
        aside.write_bytes(file.read_bytes())
    except OSError:
        return settings, None
    return settings, aside


def _read(file: Path) -> tuple[Settings, bool]:
    """The settings in a file, and whether all of it made sense; a file that is not there makes sense."""
    try:
        found = json.loads(file.read_text(encoding="utf-8")[:100_000])
    except FileNotFoundError:
        return Settings(), True
    except (OSError, ValueError, RecursionError):
        return Settings(), False
    if not isinstance(found, dict):
        return Settings(), False
    checked = {name: value for name in _CHECKS if (value := _checked(name, found.get(name))) is not None}
    return Settings(**checked), all(name in checked for name in _CHECKS if name in found)


def write_settings(settings: Settings, file: Path) -> None:
    """Writes the settings so that the file is either the old one or the new one, never half of it.  Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n")


def _checked(name: str, value: Any) -> Any:
    """The value as the settings hold it, or None if it makes no sense."""
    kind, allowed = _CHECKS[name]
    if kind is tuple:
        if not isinstance(value, list):
            return None
        return tuple(part for part in GHOST_NAMES if part in value)
    if kind is dict:
        return kept(bindings_of(value)) if isinstance(value, dict) else None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not kind or (allowed is not None and value not in allowed):
        return None
    if isinstance(value, int) and not 0 <= value <= 10**9:
        return None
    return value


_CHECKS: dict[str, tuple[type, tuple[Any, ...] | None]] = {
    "text_scale": (float, TEXT_SCALES),
    "reduced_motion": (bool, None),
    "palette": (str, PALETTE_NAMES),
    "full_screen": (bool, None),
    "mode": (str, MODES),
    "ghosts": (tuple, None),
    "last_level": (str, None),
    "lives": (int, None),
    "music": (float, VOLUMES),
    "water": (float, VOLUMES),
    "effects": (float, VOLUMES),
    "muted": (bool, None),
    "colours": (str, COLOURS),
    "rumble": (bool, None),
    "voicing": (bool, None),
    "saves": (str, None),
    "language": (str, LANGUAGE_CHOICES),
    "bindings": (dict, None),
}
assert set(_CHECKS) == {field.name for field in fields(Settings)}
