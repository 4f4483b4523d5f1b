"""Palettes for other eyes: for each weakness of colour sight that is common, and one of high contrast, in every mood.

Each keeps to the art of its mood and moves only what would not be told apart by the eyes it is for: the scale of water,
the bed and its banks, land, sea and accent.  The colours were found by a search that held them as close to the usual
ones as it could while what must be told apart lies far enough apart for those eyes, as they are simulated by Machado,
Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency" (IEEE Transactions on
Visualization and Computer Graphics 15, 2009), at full severity; the tests measure the same.
"""

from __future__ import annotations

from dataclasses import replace

from game.app.draw.palette import PALETTES, Colour, Palette, contrast, mix, rgb

LEAST = 4.6
"""The contrast that text in the colour of the accent has on paper: a little more than the 4.5 it needs."""

_WATER = ("trickle", "flow", "surge", "bed", "bank", "accent")

# By mood and colours: trickle, flow, surge, bed, bank, accent | shallow and deep sea | land from valley to tops.
_FOUND: dict[tuple[str, str], str] = {
    ("day", "protan"): "67B7BE 2487AE 0C4983 E2CD9F B79C69 E4572E|58A8C0 2784A8"
    "|EFE2C5 E0D9B0 CCD09C B3C591 9DBA90 7FA07D 628B72 F4EFE1",
    ("day", "deutan"): "66B9C4 2487AE 054881 E2CD9F B59C6C E4572E|58A8C0 2784A8"
    "|F0E3C6 E2DBB2 CDD19C B5C994 96B38B 7EA07D 648E74 F4EFE2",
    ("day", "tritan"): "68C9D7 2D87AE 0B4980 E2CD9F B79F72 E4572E|58A8C0 2784A8"
    "|EEE3C6 E0DBB2 CAD09B AFC28B 9AB68B 7FA07C 769277 F4EFE2",
    ("dusk", "protan"): "0685C5 2FB3CF 94F1FB 4B4070 221D40 FF8A56|0877AC 00214F"
    "|44385D 493D6F 554475 604B81 7A5884 93678A A67189 E0A08F",
    ("dusk", "deutan"): "007BB4 4AB2CF 8DF0FA 493D6A 221D40 FF8A5B|005985 153662"
    "|4A3258 524067 624974 6E5080 7A5886 94688C AF7793 E0A08F",
    ("dusk", "tritan"): "327399 33B0CB A3F6FF 4B4070 1E193C FC8758|2A5C80 21365F"
    "|3C3360 483C6B 574477 614C82 7D5A87 93688B AD7691 DCA08E",
    ("rose", "protan"): "6DC1C5 00869E 0B445E E9C3A5 B68266 93002B|4F9FA8 1F7385"
    "|F8E0CA F0C8AF E5B29B E39F8D BE807E A87171 9E6A6B FFF4E8",
    ("rose", "deutan"): "6EBEBE 1B8599 004460 E9C3A5 B47C62 B61D3B|4F9FA8 1F7385"
    "|F3DFC9 F3CAB1 E4AE97 DF9C8C C48785 A46D78 8A5369 FFF4E8",
    ("rose", "tritan"): "6DC7C5 1E8391 0A4560 E9C3A5 AF8A76 C2334F|4F9FA8 1F7385"
    "|F5DFCA F1C9AF E7B099 DE9988 BF7F7E A76C75 85546D FFF4E8",
    ("day", "contrast"): "58B4E8 1465B8 06204E F2C14E 4A3310 B00020|4FA0D0 1C6FA8"
    "|F8F6EE E9EADE DADFCE CAD3BE BBC7AF ACBC9F 9DB08F FFFFFF",
    ("dusk", "contrast"): "2E7FC0 33CBF0 C8FBFF 6B5230 F0E6C8 FFB000|003A6F 1B2A56"
    "|110A27 1A122D 241B31 382D41 423A51 4D4766 544D70 6A5A78",
    ("rose", "contrast"): "59BED8 0A6C96 04203C F4CE7A 4A1524 A30D32|4FA0B8 1C6F88"
    "|FCF1E7 F2DFD9 E7D1CB DAC0B9 CAA6A1 B98D91 B3818A FFFFFF",
}

# What is read: ink, soft ink, paper, its edge; where contrast is to be high, as far apart as can be.
_READ = {
    "day": ("000000", "2B2F36", "FFFFFF", "D9D9D9"),
    "dusk": ("FFFFFF", "DADAE6", "000000", "3C3C55"),
    "rose": ("1A0014", "40283A", "FFFFFF", "E3D8DC"),
}


def palette_for(mood: str, colours: str) -> Palette:
    """The palette of a mood ("day", "dusk" or "rose") in one kind of colours, of ``settings.COLOURS``."""
    return _FOR_EYES.get((mood, colours), PALETTES[mood])


def _made(mood: str, colours: str) -> Palette:
    usual, (water, sea, land) = PALETTES[mood], (part.split() for part in _FOUND[mood, colours].split("|"))
    found = {name: rgb(code) for name, code in zip(_WATER, water, strict=True)}
    read: dict[str, Colour] = {}
    if colours == "contrast":
        names = ("ink", "soft_ink", "paper", "paper_edge")
        read = {name: rgb(code) for name, code in zip(names, _READ[mood], strict=True)}
        read |= {"rim": rgb("000000"), "node": rgb("FFFFFF"), "shadow": rgb("3A3A44"), "light": rgb("FFC400")}
    made = replace(
        usual,
        name=f"{mood}/{colours}",
        land=tuple(rgb(code) for code in land),
        sea=(rgb(sea[0]), rgb(sea[1])),
        **found,  # type: ignore[arg-type]  # colours by the names of the fields that hold one
        **read,  # type: ignore[arg-type]
    )
    return replace(made, accent_ink=_readable(made.accent, made))


def _readable(accent: Colour, palette: Palette) -> Colour:
    """The accent, as far towards the ink as small letters in it need on paper, and on what is marked there."""
    steps = (mix(accent, palette.ink, step / 20) for step in range(21))
    marked = mix(palette.paper, palette.bed, 0.4)
    return next(colour for colour in steps if contrast(colour, marked) >= LEAST)


_FOR_EYES = {key: _made(*key) for key in _FOUND}
