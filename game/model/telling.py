"""Telling: the texts of a level in other languages than its own.

Ids and names decide how a life goes and stay what they are; only what people read of them is told in their language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Texts:
    """The texts of a level in one language; what is left out is told as the level itself tells it.

    ``places``, ``lanes``, ``currents`` and ``value_functions`` give labels by id or name, ``states`` labels of the
    states of all currents by name, ``values`` labels and ``abouts`` descriptions by the name of a value, ``oracles``
    labels and ``oracle_words`` what they say by the name of an oracle.
    """

    title: str = ""
    about: str = ""
    content_note: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    lanes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    abouts: Mapping[str, str] = field(default_factory=dict)
    oracles: Mapping[str, str] = field(default_factory=dict)
    oracle_words: Mapping[str, str] = field(default_factory=dict)
    value_functions: Mapping[str, str] = field(default_factory=dict)
    currents: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
