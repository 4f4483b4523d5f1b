"""Settings: what a person has chosen about the program, kept as JSON in the user's folder.

What is missing, broken or from another version in the file is as if it had never been set; writing is atomic.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from game.writing import write_whole

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)
PALETTE_NAMES = ("auto", "day", "dusk", "rose")
MODES = ("step", "drive")
VOLUMES = (0.0, 0.25, 0.5, 0.75, 1.0)
GHOST_NAMES = ("plan", "best_plan", "step_by_step")


@dataclass(frozen=True)
class Settings:
    """All settings.  ``ghosts`` are of ``GHOST_NAMES``, ``last_level`` is a path, ``lives`` counts lives lived.

    ``music``, ``water`` and ``effects`` are of ``VOLUMES``; ``muted`` silences all three and leaves them as they are.
    """

    text_scale: float = 1.0
    reduced_motion: bool = False
    palette: str = "auto"
    full_screen: bool = False
    mode: str = "step"
    ghosts: tuple[str, ...] = GHOST_NAMES
    last_level: str = ""
    lives: int = 0
    music: float = 0.75
    water: float = 0.75
    effects: float = 0.75
    muted: bool = False

    def changed(self, **values: Any) -> Settings:
        """The settings with some values changed."""
        return replace(self, **values)


def read_settings(file: Path) -> Settings:
    """The settings in ``file``; every value that is missing or makes no sense is the default.  Never raises."""
    try:
        found = json.loads(file.read_text(encoding="utf-8")[:100_000])
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    checked = {name: value for name in _CHECKS if (value := _checked(name, found.get(name))) is not None}
    return Settings(**checked)


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
}
assert set(_CHECKS) == {field.name for field in fields(Settings)}
