"""Levels as text: a level written as the TOML of format 1, so that reading it again gives an equal level.

What the format takes for granted is left out, and numbers are written with as few digits as bring them back.  A row of
a transition matrix is scaled by its sum when it is read, so the digits to write are those whose scaled form is the row.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from game.files.fault import LevelFaults
from game.files.level_file import FORMAT, level_from_text
from game.files.texts_table import PAIRED, PLAIN_TEXTS, TEXTS_BY_NAME, TEXTS_IN_PAIRS
from game.files.value_table import DEFAULT_VALUE
from game.model import Current, Lane, Level, Oracle, Place, Spyglass, Texts, Value, neighbour_shift, normalised
from game.writing import write_whole

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_MOST_DIGITS = 17
_STRETCHES = 4096
_STRETCH = 2.0**-36


class NotWritable(ValueError):
    """A level that no level file of this format can hold: read back, its text would be another level, or faulty."""


def level_as_toml(level: Level) -> str:
    """The text of a level file; ``level_from_text`` of it is equal to ``level``.

    Raises NotWritable for a level that no file can hold, such as one with lights beyond the limits of the format.
    """
    level = level.untold or level
    text = "\n\n".join("\n".join(part) for part in _parts(level)) + "\n"
    try:
        again = level_from_text(text)
    except LevelFaults as faults:
        raise NotWritable(str(faults)) from None
    if again != level:
        raise NotWritable(f"level {level.title!r} changes when it is written and read again")
    return text


def write_level(text: str, path: Path) -> None:
    """Writes the text of a level to ``path``, whole or not at all, and never over a file that is there.

    Its folder is made where it is missing.  Raises FileExistsError and other OSErrors.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        # Not the file is there, but something else in the place of its folder.
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path.parent)) from None
    # Whoever makes the empty file first has the name; then the whole text takes its place at once.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        write_whole(path, text, mode=path.stat().st_mode)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def write_level_anew(text: str, folder: Path, stem: str) -> Path:
    """Writes the text of a level into ``folder`` under the first free name, and returns the file's path.

    The names are ``stem``.toml, ``stem``-2.toml and so on.  Raises OSError.
    """
    path, number = folder / f"{stem}.toml", 1
    while True:
        try:
            write_level(text, path)
        except FileExistsError:
            number += 1
            path = folder / f"{stem}-{number}.toml"
        else:
            return path


def _parts(level: Level) -> Iterator[list[str]]:
    yield _head(level)
    if level.values != (Value(DEFAULT_VALUE),):
        yield ["[values]", *(f"{_key(value.name)} = {_text(value.about)}" for value in level.values)]
    names = [value.name for value in level.values]
    if level.spyglass is not None:
        yield ["[spyglass]", *_spyglass(level.spyglass, names)]
    if level.value_functions:
        weighted = ((name, _by_value(names, map(_number, ws))) for name, ws in level.value_functions.items())
        yield ["[value_functions]", *(f"{_key(name)} = {weights}" for name, weights in weighted)]
    if level.let_go:
        yield ["[let_go]", *(f"{_key(name)} = {forks}" for name, forks in level.let_go.items())]
    for current in level.currents:
        yield [f"[currents.{_key(current.name)}]", *_current(current)]
    for place in level.places:
        yield [f"[places.{_key(place.id)}]", *_place(place, names)]
    between: Counter[tuple[str, str]] = Counter()
    for lane in level.lanes:
        between[lane.tail, lane.head] += 1
        yield ["[[lanes]]", *_lane(lane, between[lane.tail, lane.head], names)]
    for oracle in level.oracles:
        yield [f"[oracles.{_key(oracle.name)}]", *_oracle(oracle, level, names)]
    for language, texts in level.texts.items():
        yield from _texts(f"texts.{_key(language)}", texts)


def _texts(heading: str, texts: Texts) -> Iterator[list[str]]:
    plain = {key: getattr(texts, key) for key in PLAIN_TEXTS}
    yield [f"[{heading}]", *(f"{key} = {_long_text(text)}" for key, text in plain.items() if text)]
    for key in TEXTS_BY_NAME:
        labels = getattr(texts, key)
        if labels:
            yield [f"[{heading}.{key}]", *(f"{_key(name)} = {_text(label)}" for name, label in labels.items())]
    for table, (labels, more) in TEXTS_IN_PAIRS.items():
        pairs = {labels: getattr(texts, table), more: getattr(texts, PAIRED[table])}
        names = dict.fromkeys(name for found in pairs.values() for name in found)
        if names:
            yield [f"[{heading}.{table}]", *(f"{_key(name)} = {_pair(pairs, name)}" for name in names)]


def _pair(pairs: Mapping[str, Mapping[str, str]], name: str) -> str:
    said = (f"{key} = {_text(found[name])}" for key, found in pairs.items() if name in found)
    return f"{{ {', '.join(said)} }}"


def _head(level: Level) -> list[str]:
    lines = [f"format = {FORMAT}", f"title = {_text(level.title)}"]
    lines += [f"about = {_long_text(level.about)}"] if level.about else []
    for key in ("author", "licence", "content_note"):
        text = getattr(level, key)
        lines += [f"{key} = {_text(text)}"] if text else []
    lines += [f"language = {_text(level.language)}"] if level.language != "en" else []
    lines += [f"years = {level.years}", f"start = {_text(level.start)}"]
    lines += [f"sight = {level.sight if level.sight is not None else _text('all')}"]
    lines += ["almanac = false"] if not level.almanac else []
    lines += [f"countable = [{', '.join(map(_text, level.countable))}]"] if level.countable is not None else []
    lines += ["may_change = true"] if level.may_change else []
    lines += ["asks_plan = true"] if level.asks_plan else []
    return lines


def _current(current: Current) -> list[str]:
    lines = [f"states = [{', '.join(map(_text, current.states))}]", f"start = {_text(current.states[current.start])}"]
    stay = current.shift[0][0]
    if current.shift == neighbour_shift(current.size, stay):
        return [*lines, f"stay = {_number(stay)}"]
    rows = [f"[{', '.join(map(_number, _written(row)))}]" for row in current.shift]
    return [*lines, f"shift = [{(',' + chr(10) + ' ' * 9).join(rows)}]"]


def _written(row: tuple[float, ...]) -> Sequence[float]:
    """The numbers of fewest digits that are read as ``row``; ``row`` itself where there are none."""
    for digits in range(1, _MOST_DIGITS):
        rounded = [round(chance, digits) for chance in row]
        if any(rounded) and normalised(rounded) == row:
            return rounded
    # Scaled a little, the row is rounded otherwise when it is scaled back; mostly one of the first few fits.
    for step in range(_STRETCHES):
        stretched = [chance * (1 + step * _STRETCH) for chance in row]
        if normalised(stretched) == row:
            return stretched
    return row


def _place(place: Place, names: list[str]) -> list[str]:
    lines = [f"label = {_text(place.label)}"] if place.label != place.id else []
    lines += [f"at = [{_number(place.at[0])}, {_number(place.at[1])}]"] if place.at is not None else []
    lines += [f"shape = {_text(place.shape)}"] if place.shape is not None else []
    if any(place.light):
        lines.append(f"light = {_light(names, [_number(amount) for amount in place.light])}")
    return lines


def _lane(lane: Lane, number: int, names: list[str]) -> list[str]:
    by_default = f"{lane.tail}->{lane.head}" + ("" if number == 1 else f"#{number}")
    lines = [f"id = {_text(lane.id)}"] if lane.id != by_default else []
    lines += [f"name = {_text(lane.name)}"] if lane.name != lane.id else []
    lines += [f"from = {_text(lane.tail)}", f"to = {_text(lane.head)}"]
    lines += [f"years = {lane.years}"] if lane.years != 1 else []
    lines += [f"current = {_text(lane.current)}"] if lane.current is not None else []
    if any(any(by_state) for by_state in lane.light):
        lines.append(f"light = {_light(names, [_amounts(by_state) for by_state in lane.light])}")
    lines += ["writes = true"] if lane.writes else []
    return lines


def _spyglass(spyglass: Spyglass, names: list[str]) -> list[str]:
    sight = _text("all") if spyglass.sight is None else str(spyglass.sight)
    return [f"sight = {sight}", f"price = {_light(names, [_number(amount) for amount in spyglass.price])}"]


def _oracle(oracle: Oracle, level: Level, names: list[str]) -> list[str]:
    lines = [f"label = {_text(oracle.label)}"] if oracle.label != oracle.name else []
    lines += [f"words = {_long_text(oracle.words)}"] if oracle.words else []
    if oracle.weights is not None:
        lines.append(f"weights = {_by_value(names, map(_number, oracle.weights))}")
    if oracle.starts:
        states = {current.name: current.states for current in level.currents}
        believed = (f"{_key(name)} = {_text(states[name][state])}" for name, state in oracle.starts)
        lines.append(f"starts = {{ {', '.join(believed)} }}")
    lines += ["still = true"] if oracle.still else []
    lines += [f"luckiest_of = {oracle.luckiest_of}"] if oracle.luckiest_of is not None else []
    return lines


def _amounts(by_state: tuple[float, ...]) -> str:
    if len(set(by_state)) == 1:
        return _number(by_state[0])
    return f"[{', '.join(map(_number, by_state))}]"


def _light(names: list[str], amounts: list[str]) -> str:
    return amounts[0] if names == [DEFAULT_VALUE] else _by_value(names, amounts)


def _by_value(names: Sequence[str], amounts: Iterator[str] | list[str]) -> str:
    said = [f"{_key(name)} = {amount}" for name, amount in zip(names, amounts, strict=True) if amount != "0"]
    return f"{{ {', '.join(said)} }}" if said else "{}"


def _number(amount: float) -> str:
    """A number as TOML: without a point where it is whole, else with as few digits as bring it back."""
    return str(int(amount)) if float(amount).is_integer() else repr(float(amount))


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return f'"{_escaped(text)}"'


def _long_text(text: str) -> str:
    """A text between three quotation marks where it has several lines; other escapes are those of a short one."""
    if "\n" not in text:
        return _text(text)
    # The first line break after the opening marks is not part of the text.
    opening = '"""\n' if text.startswith("\n") else '"""'
    return opening + "\n".join(_escaped(line) for line in text.split("\n")) + '"""'


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(char, char) if char >= " " and char != "\x7f" else _control(char) for char in text)


def _control(char: str) -> str:
    return _ESCAPED.get(char, f"\\u{ord(char):04x}")
