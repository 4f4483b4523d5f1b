"""The house stands as game/__init__.py says: who may import whom, and what may stand where."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import game

GAME = Path(__file__).resolve().parents[1] / "game"

# A room may import itself and the rooms named here.
MAY_IMPORT = {
    "house": set(),
    "model": set(),
    "words": {"house"},
    "writing": set(),
    "geography": {"model"},
    "policy": {"model"},
    "simulate": {"model", "policy"},
    "solver": {"model", "policy", "simulate", "words"},
    "steering": {"model", "words"},
    "session": {"model", "policy", "simulate", "steering"},
    "files": {"model", "policy", "simulate", "session", "steering", "house", "words", "writing"},
    "policies": {"model", "policy", "solver", "words"},
    "learning": {"model", "solver", "words"},
    "generator": {"model", "solver", "words"},
    "sweep": {"generator", "solver", "words"},
    "proof": {"files", "solver"},
    "export": {"model", "files", "words"},
    "gym": {"model", "files", "simulate"},
    "debrief": {"model", "policy", "simulate", "session", "solver", "steering"},
    "workshop": {"model", "policy", "policies", "simulate", "session", "solver", "files", "debrief", "geography"}
    | {"words", "house", "writing"},
    "transcript": {"model", "policy", "simulate", "session", "steering", "files", "words"},
    "app": {"model", "policy", "simulate", "session", "solver", "files", "policies", "debrief", "transcript"}
    | {"geography", "words", "house", "workshop", "writing", "steering", "proof", "learning", "generator"},
    "cli": {"model", "policy", "simulate", "solver", "files", "policies", "transcript", "words", "house", "app"}
    | {"proof", "export", "generator", "sweep", "workshop", "writing", "learning"},
    "__main__": {"cli"},
}
MODULES = sorted(GAME.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room a module stands in: its folder or file directly under game/."""
    return path.relative_to(GAME).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """The dotted names of everything a module imports, at its top or anywhere inside."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "game" else {node.module}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(GAME)))
def test_imports_run_one_way(path: Path) -> None:
    """A module imports only from its own room and from rooms below it."""
    room = room_of(path)
    if room == "__init__":
        assert not [name for name in imports_of(path) if name.startswith("game")]
        return
    allowed = MAY_IMPORT[room] | {room, "__version__"}
    foreign = {name for name in imports_of(path) if name.startswith("game.") and name.split(".")[1] not in allowed}
    assert not foreign


def test_the_map_of_the_house_names_every_room_above_those_that_use_it() -> None:
    """``game/__init__`` lists each room once, and none before a room that it may import from."""
    listed = re.findall(r"^(\w+)/? {2,}", game.__doc__ or "", re.MULTILINE)
    assert sorted(listed) == sorted({room_of(path) for path in MODULES} - {"__init__", "__main__"})
    early = {room: MAY_IMPORT[room] - set(listed[:at]) for at, room in enumerate(listed)}
    assert {room: missing for room, missing in early.items() if missing} == {}


def test_the_readme_shows_every_room() -> None:
    """The layout in the README names each folder and module of the house."""
    readme = (GAME.parent / "README.md").read_text(encoding="utf-8")
    layout = readme[readme.index("## How the code is laid out") :]
    rooms = {path.relative_to(GAME).parts[0] for path in MODULES} - {"__init__.py", "__main__.py"}
    assert {room for room in rooms if not re.search(rf"\b{re.escape(room)}\b", layout)} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(GAME)))
def test_only_the_app_knows_pygame(path: Path) -> None:
    """pygame is imported nowhere outside game/app."""
    uses = {name for name in imports_of(path) if name.split(".")[0] == "pygame"}
    assert not uses or room_of(path) == "app"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(GAME)))
def test_modules_stay_readable(path: Path) -> None:
    """No module has more than 400 lines, and each begins by saying what it is."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert ast.get_docstring(ast.parse(text))


def texts_of(language: str) -> set[str]:
    """The names of all texts of a language, by file and key."""
    names: set[str] = set()
    for file in (GAME.parent / "assets" / "words" / language).glob("*.toml"):
        tables: list[tuple[str, object]] = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))]
        while tables:
            name, value = tables.pop()
            if isinstance(value, dict):
                tables += [(f"{name}.{key}", part) for key, part in value.items()]
            else:
                names.add(name)
    return names


def test_every_text_is_there_in_every_language() -> None:
    """What the words say in English they say in Chinese too, and the other way round."""
    assert sorted(texts_of("en") ^ texts_of("zh")) == []
