"""The tables of a level file that say what light is: its values, the value functions, and amounts of light."""

from __future__ import annotations

from game.files.fault import described, printable, quoted
from game.files.positions import Path
from game.files.sheet import Sheet
from game.model import Current, Value, Weights
from game.words import say

MOST_VALUES = 16
DEFAULT_VALUE = "light"
MOST_FORKS = 100
"""It never takes more forks than this to put a value function down: a life has no more years."""

_MOST_AMOUNTS = 64

Columns = tuple[tuple[float, ...], ...]


class ValueTable:
    """The kinds of light of a level, ``values``, and how everything is read that depends on them.

    Of a table that is too long ``values`` are the first MOST_VALUES; without a table there is one value.
    """

    def __init__(self, level: Sheet) -> None:
        entries = level.tables("values", say("files.allowed.values"), MOST_VALUES)
        if level.data.get("values") == {} and level.faults.unread_below(("values",)) == set():
            level.fault("values", say("files.count", count=0), say("files.allowed.some_values"))
        sheet = Sheet(level.faults, entries, ("values",), say("files.where.values"))
        named = [Value(name, sheet.text(name) or "") for name in entries] or [Value(DEFAULT_VALUE)]
        self.values = tuple(named[:MOST_VALUES])
        self._names = self._known_names(level, entries)

    def _known_names(self, level: Sheet, entries: dict[str, object]) -> dict[str, None] | None:
        """All names that a value may have elsewhere in the file; None where that cannot be known for faults here."""
        unread = level.faults.unread_below(("values",))
        if unread is None or ("values" in level and not entries):
            return None
        return dict.fromkeys([*entries, *unread]) or {DEFAULT_VALUE: None}

    def read_functions(self, level: Sheet) -> dict[str, Weights]:
        """The value functions of a level by their names; a value that one leaves out weighs 0."""
        entries = level.tables("value_functions", say("files.allowed.value_functions"))
        if level.data.get("value_functions") == {}:
            level.fault("value_functions", say("files.count", count=0), say("files.allowed.some_value_functions"))
        around = Sheet(level.faults, entries, ("value_functions",), "")
        functions: dict[str, Weights] = {}
        for name, entry in entries.items():
            sheet = around.sheet(name, entry, say("files.where.value_function", name=quoted(name)))
            if sheet is not None:
                functions[name] = self.read_weights(sheet)
        return functions

    def read_weights(self, table: Sheet) -> Weights:
        """The weights that a table gives to values; a value that it leaves out weighs 0."""
        weights = {value: table.number(value) for value in self._known(table)}
        return tuple(weights.get(value.name) or 0.0 for value in self.values)

    def read_countable(self, level: Sheet) -> tuple[str, ...] | None:
        """The values that are told as numbers, in the order of the level's values; None for all of them."""
        if "countable" not in level:
            return None
        names, allowed = level.data["countable"], say("files.allowed.countable")
        where = say("files.where.key_of", key="countable", where=level.where)
        if not isinstance(names, list):
            level.fault("countable", described(names), allowed)
            return None
        for i, name in enumerate(names[:_MOST_AMOUNTS]):
            entry = say("files.where.entry", number=i + 1, where=where)
            if not isinstance(name, str):
                level.faults.add(("countable", i), entry, described(name), allowed)
            elif self._names is not None and name not in self._names:
                found = say("files.unknown_value", value=quoted(name))
                level.faults.add(("countable", i), entry, found, allowed, level.faults.like(name, self._names))
        return tuple(value.name for value in self.values if value.name in names)

    def read_let_go(self, level: Sheet) -> dict[str, int]:
        """How many forks it takes to put down a value function, for those that are not put down at once."""
        entries = level.tables("let_go", say("files.allowed.let_go"))
        functions = level.data.get("value_functions", {"mine": {}})
        unread = level.faults.unread_below(("value_functions",))
        known = [*functions, *unread] if isinstance(functions, dict) and unread is not None else None
        sheet = Sheet(level.faults, entries, ("let_go",), say("files.where.let_go"))
        forks: dict[str, int] = {}
        for name in entries:
            if known is not None and name not in known:
                found = say("files.unknown_function", name=quoted(name))
                allowed = say("files.allowed.function_of_level")
                level.faults.add(("let_go", name), sheet.where, found, allowed, level.faults.like(name, known))
                continue
            many = sheet.whole(name, most=MOST_FORKS)
            if many is not None and many > 1:
                forks[name] = many
        return forks

    def place_light(self, place: Sheet, key: str = "light") -> tuple[float, ...]:
        """The light of an arrival, or another amount, by value: a number with a single value, or a table; else 0."""
        return tuple(column[0] for column in self._light(place, _Amounts(place, None, lists=False), key))

    def lane_light(self, lane: Sheet, current: Current | None, *, known: bool) -> Columns:
        """The light of a year on a lane: for each value one number for each state (one without a current).

        ``known`` is False where the lane names a current that could not be read; then the lengths of lists are not
        checked.
        """
        return self._light(lane, _Amounts(lane, current, lists=True, known=known))

    def _known(self, table: Sheet) -> list[str]:
        """The keys of a table by value that are values of the level; the others are faults."""
        if self._names is None:
            return []
        for key in table.data:
            if key not in self._names:
                found, allowed = say("files.unknown_value", value=quoted(key)), say("files.allowed.value_of_level")
                table.faults.add((*table.path, key), table.where, found, allowed, table.faults.like(key, self._names))
        return [key for key in table.data if key in self._names]

    def _light(self, sheet: Sheet, amounts: _Amounts, key: str = "light") -> Columns:
        nothing = (0.0,) * amounts.size
        if key not in sheet:
            return (nothing,) * len(self.values)
        light, path = sheet.data[key], (*sheet.path, key)
        where = say("files.where.key_of", key=key, where=sheet.where)
        if isinstance(light, dict):
            table = Sheet(sheet.faults, light, path, where)
            read = {name: amounts.read((*path, name), light[name], _of(name, where)) for name in self._known(table)}
            return tuple(read.get(value.name) or nothing for value in self.values)
        if len(self.values) > 1:
            hint = say("files.light_example", value=printable(self.values[0].name))
            sheet.faults.add(path, where, described(light), say("files.allowed.light_by_value"), hint)
            return (nothing,) * len(self.values)
        return (amounts.read(path, light, where) or nothing,)


def _of(name: str, where: str) -> str:
    return say("files.where.key_of", key=printable(name), where=where)


class _Amounts:
    """How amounts of light are read for one place (no ``lists``) or lane."""

    def __init__(self, sheet: Sheet, current: Current | None, *, lists: bool, known: bool = True) -> None:
        self.size = 1 if current is None else current.size
        self._sheet = sheet
        self._current = current
        self._lists = lists
        self._known = known

    def read(self, path: Path, amount: object, where: str) -> tuple[float, ...] | None:
        """The amount as one number for each state, or None where it has faults."""
        if not isinstance(amount, list):
            number = self._sheet.number_at(path, amount, where)
            return None if number is None else (number,) * self.size
        refusal = self._refusal(amount)
        if refusal:
            self._sheet.faults.add(path, where, say("files.numbers", count=len(amount)), refusal)
        numbers = [
            self._sheet.number_at((*path, i), number, say("files.where.entry", number=i + 1, where=where))
            for i, number in enumerate(amount[:_MOST_AMOUNTS])
        ]
        sound = tuple(number for number in numbers if number is not None)
        return sound if len(sound) == self.size else None

    def _refusal(self, amount: list[object]) -> str | None:
        """What is allowed instead of a list like ``amount``; None where it is right."""
        if not self._lists:
            return say("files.allowed.light_of_place")
        if self._current is None:
            return say("files.allowed.light_without_current") if self._known else None
        if len(amount) == self.size:
            return None
        return say("files.allowed.light_list", count=self.size, current=quoted(self._current.name))
