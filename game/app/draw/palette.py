"""The three palettes, Day, Dusk and Rose, and the colours between two of them.

One world is baked once; a palette turns its levels of land, its water and its ink into colours.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""


@dataclass(frozen=True)
class Palette:
    """The colours of one time of day.

    ``land`` runs from level 0 (the valley floor) to 7 (the tops), ``sky`` from top to horizon; ``paper_edge`` is the
    quiet line and track colour on panels, ``accent_ink`` the accent made strong enough for small text on paper,
    ``night`` how much lamps and water glow (0 to 1).
    """

    name: str
    land: tuple[Colour, ...]
    bed: Colour
    bank: Colour
    trickle: Colour
    flow: Colour
    surge: Colour
    foam: Colour
    crest: Colour
    sea: tuple[Colour, Colour]
    ink: Colour
    soft_ink: Colour
    paper: Colour
    paper_edge: Colour
    accent: Colour
    accent_ink: Colour
    light: Colour
    sky: tuple[Colour, Colour, Colour]
    shadow: Colour
    shine: Colour
    sun: Colour
    tree: tuple[Colour, Colour, Colour]
    node: Colour
    rim: Colour
    night: float

    def __hash__(self) -> int:
        """Of a few fields alone: palettes are asked for dozens of times a frame, as a part of what pictures show."""
        return hash((self.name, self.paper, self.flow, self.night))


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """The colour a fraction ``t`` of the way from ``a`` to ``b``."""
    return (
        round(a[0] + (b[0] - a[0]) * t),
        round(a[1] + (b[1] - a[1]) * t),
        round(a[2] + (b[2] - a[2]) * t),
    )


def rgb(code: str) -> Colour:
    """The colour written as six hexadecimal digits."""
    return (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))


def contrast(a: Colour, b: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it from relative luminance."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _terraces(*known: tuple[int, str]) -> tuple[Colour, ...]:
    """Eight land colours from the few that are given, level by level, the others mixed between their neighbours."""
    given = [(level, rgb(code)) for level, code in known]
    colours = []
    for level in range(8):
        below = max((g for g in given if g[0] <= level), key=lambda g: g[0])
        above = min((g for g in given if g[0] >= level), key=lambda g: g[0])
        span = above[0] - below[0]
        colours.append(mix(below[1], above[1], (level - below[0]) / span if span else 0.0))
    return tuple(colours)


DAY = Palette(
    name="day",
    land=_terraces((0, "EFE3C6"), (1, "E0DAB1"), (2, "CCD19C"), (3, "B4C792"), (6, "658E74"), (7, "F4EFE2")),
    bed=rgb("E2CD9F"),
    bank=rgb("B79F72"),
    trickle=rgb("5BB0BE"),
    flow=rgb("2487AE"),
    surge=rgb("0C4C86"),
    foam=rgb("FFFFFF"),
    crest=rgb("62A8DC"),
    sea=(rgb("58A8C0"), rgb("2784A8")),
    ink=rgb("1E2F40"),
    soft_ink=rgb("586673"),
    paper=rgb("FBF6EA"),
    paper_edge=rgb("E0D5BC"),
    accent=rgb("E4572E"),
    accent_ink=rgb("B93C16"),
    light=rgb("F5B041"),
    sky=(rgb("6FB7CC"), rgb("A9D6DA"), rgb("FBEBCF")),
    shadow=rgb("8B7F90"),
    shine=rgb("FFFCF0"),
    sun=rgb("FFF3C8"),
    tree=(rgb("3F8069"), rgb("2F6A59"), rgb("7A5A3E")),
    node=rgb("F7F1E3"),
    rim=rgb("26374A"),
    night=0.0,
)

ROSE = Palette(
    name="rose",
    land=_terraces((0, "F8E1CC"), (1, "F2C9B0"), (3, "DF9B89"), (6, "85546C"), (7, "FFF4E8")),
    bed=rgb("E9C3A5"),
    bank=rgb("B98470"),
    trickle=rgb("62B3B2"),
    flow=rgb("1D8593"),
    surge=rgb("0A4560"),
    foam=rgb("FFFFFF"),
    crest=rgb("4FA0B8"),
    sea=(rgb("4F9FA8"), rgb("1F7385")),
    ink=rgb("3B2440"),
    soft_ink=rgb("765C73"),
    paper=rgb("FFF7EE"),
    paper_edge=rgb("EBD6C8"),
    accent=rgb("C2334F"),
    accent_ink=rgb("B02844"),
    light=rgb("F5B041"),
    sky=(rgb("5C86A0"), rgb("F2BFA0"), rgb("FCE3BE")),
    shadow=rgb("8E6C84"),
    shine=rgb("FFFAF2"),
    sun=rgb("FFF0C4"),
    tree=(rgb("6B4560"), rgb("553350"), rgb("7A4A4A")),
    node=rgb("FFF5EA"),
    rim=rgb("43294A"),
    night=0.0,
)

DUSK = Palette(
    name="dusk",
    land=_terraces((0, "3A3360"), (3, "624C82"), (6, "AC7791"), (7, "E0A08F")),
    bed=rgb("4B4070"),
    bank=rgb("221D40"),
    trickle=rgb("3E7FA8"),
    flow=rgb("2FB3CF"),
    surge=rgb("8DF0FA"),
    foam=rgb("FFFFFF"),
    crest=rgb("2E9FC6"),
    sea=(rgb("2A5C80"), rgb("21365F")),
    ink=rgb("F6E9D8"),
    soft_ink=rgb("B7AAC0"),
    paper=rgb("1D1838"),
    paper_edge=rgb("4A4272"),
    accent=rgb("FF8A5B"),
    accent_ink=rgb("FF8A5B"),
    light=rgb("FFD27A"),
    sky=(rgb("1B1740"), rgb("B05A7A"), rgb("FFC98A")),
    shadow=rgb("191433"),
    shine=rgb("F2B08C"),
    sun=rgb("FFD9A0"),
    tree=(rgb("2B2550"), rgb("211C42"), rgb("1E1838")),
    node=rgb("FFE9BF"),
    rim=rgb("221B3E"),
    night=1.0,
)

PALETTES = {palette.name: palette for palette in (DAY, DUSK, ROSE)}
"""The palettes by name."""


def blend(a: Palette, b: Palette, t: float) -> Palette:
    """The palette a fraction ``t`` (0 to 1) of the way from ``a`` to ``b``, colour by colour."""
    if t <= 0 or a == b:
        return a
    if t >= 1:
        return b
    mixed: dict[str, object] = {"name": f"{a.name}>{b.name}@{t:.3f}", "night": a.night + (b.night - a.night) * t}
    for field in fields(Palette):
        if field.name in mixed:
            continue
        x, y = getattr(a, field.name), getattr(b, field.name)
        several = isinstance(x[0], tuple)
        mixed[field.name] = tuple(mix(p, q, t) for p, q in zip(x, y, strict=True)) if several else mix(x, y, t)
    return Palette(**mixed)  # type: ignore[arg-type]  # every field is filled, each with its own kind
