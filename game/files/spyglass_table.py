"""The table ``spyglass`` of a level file."""

from __future__ import annotations

from game.files.fault import described
from game.files.sheet import Sheet
from game.files.value_table import ValueTable
from game.model import Spyglass
from game.words import say

SPYGLASS_KEYS = ("sight", "price")


def read_spyglass(level: Sheet, values: ValueTable, sight: int | None) -> Spyglass | None:
    """The spyglass of a level whose own ``sight`` is known; None where there is none, or it has faults."""
    if "spyglass" not in level:
        return None
    sheet = level.sheet("spyglass", level.data["spyglass"], say("files.where.spyglass"))
    if sheet is None:
        return None
    sheet.know_only(SPYGLASS_KEYS)
    if sight is None and level.data.get("sight", "all") == "all":
        level.fault("spyglass", say("files.all_in_sight"), say("files.allowed.spyglass"))
    farther = _sight(sheet, sight) if sheet.require("sight", _allowed(sight)) else None
    price = values.place_light(sheet, "price") if sheet.require("price", say("files.allowed.price")) else ()
    before = len(sheet.faults.found)
    _refuse_gifts(sheet)
    return Spyglass(farther, price) if price and len(sheet.faults.found) == before else None


def _allowed(sight: int | None) -> str:
    return say("files.allowed.spyglass_sight", least=(sight or 1) + 1)


def _sight(sheet: Sheet, sight: int | None) -> int | None:
    """How many lanes ahead the spyglass shows; None for all, and where it has faults."""
    farther = sheet.data["sight"]
    if farther == "all":
        return None
    if isinstance(farther, str):
        sheet.fault("sight", described(farther), _allowed(sight))
        return None
    number = sheet.whole("sight")
    if number is not None and number <= (sight or 1):
        sheet.fault("sight", described(number), _allowed(sight))
    return number


def _refuse_gifts(sheet: Sheet) -> None:
    """Keeps a fault of every price below 0."""
    price = sheet.data.get("price")
    where = say("files.where.key_of", key="price", where=sheet.where)
    table = price if isinstance(price, dict) else {None: price}
    for name, amount in table.items():
        if isinstance(amount, int | float) and not isinstance(amount, bool) and amount < 0:
            path = (*sheet.path, "price") if name is None else (*sheet.path, "price", name)
            said = where if name is None else say("files.where.key_of", key=name, where=where)
            sheet.faults.add(path, said, described(amount), say("files.allowed.price"))
