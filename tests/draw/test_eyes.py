"""Palettes for other eyes: what must be told apart is told apart by the eyes each is for, and text can be read."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from game.app.draw.eyes import palette_for
from game.app.draw.palette import PALETTES, Colour, Palette, contrast
from game.app.settings import COLOURS

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB; rows give red, green and blue as they are seen.
SEEN = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)
PAIRS = list(itertools.product(sorted(PALETTES), COLOURS[1:]))


def lab(colour: Colour, eyes: str) -> np.ndarray:
    """A colour in CIELAB as ``eyes`` see it."""
    part = np.array(colour) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(SEEN[eyes] @ linear, 0, 1) / WHITE
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def apart(one: Colour, other: Colour, eyes: str) -> float:
    """How far two colours lie apart for ``eyes`` (CIE 1976); about 2 can just be seen side by side."""
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


def seen_by(colours: str) -> list[str]:
    """The eyes a palette is for: high contrast is for all of them."""
    return list(SEEN) if colours == "contrast" else [colours]


def test_the_simulation_leaves_grey_grey() -> None:
    """White, grey and black look the same to all eyes, and usual eyes see every colour as it is."""
    for eyes, grey in itertools.product(SEEN, ((255, 255, 255), (128, 128, 128), (0, 0, 0))):
        assert np.allclose(lab(grey, eyes), lab(grey, "usual"), atol=0.05)
    assert lab((255, 255, 255), "usual")[0] == pytest.approx(100)


def test_red_and_green_meet_in_eyes_weak_in_red_or_green() -> None:
    """A red and a green that are far apart come near each other for protan and deutan eyes, and not for tritan."""
    red, green = (190, 90, 40), (110, 130, 40)
    for eyes in ("protan", "deutan"):
        assert apart(red, green, eyes) < apart(red, green, "usual") / 2
    assert apart(red, green, "tritan") > 0.8 * apart(red, green, "usual")


@pytest.mark.parametrize(("mood", "colours"), PAIRS)
def test_water_can_be_told_apart(mood: str, colours: str) -> None:
    """Bed, trickle, flow and surge differ from one another, and the water from every level of land, for those eyes."""
    palette = palette_for(mood, colours)
    scale = (palette.bed, palette.trickle, palette.flow, palette.surge)
    for eyes in seen_by(colours):
        for one, other in itertools.combinations(scale, 2):
            assert apart(one, other, eyes) >= 21
        for water, land in itertools.product(scale[1:], palette.land):
            assert apart(water, land, eyes) >= 20
        for sea, land in itertools.product(palette.sea, palette.land[:7]):
            assert apart(sea, land, eyes) >= 11


@pytest.mark.parametrize(("mood", "colours"), PAIRS)
def test_lanes_can_be_told_from_land_and_marks_from_both(mood: str, colours: str) -> None:
    """Banks differ from land and from what lies in the channel, and the accent that marks a lane from all of it."""
    palette = palette_for(mood, colours)
    scale = (palette.bed, palette.trickle, palette.flow, palette.surge)
    for eyes in seen_by(colours):
        assert min(apart(palette.bank, land, eyes) for land in palette.land[:7]) >= 10
        assert min(apart(palette.bank, water, eyes) for water in scale) >= 12
        assert min(apart(palette.accent, other, eyes) for other in (*palette.land, *scale)) >= 21


@pytest.mark.parametrize(("mood", "colours"), PAIRS)
def test_water_grows_darker_by_day_and_lighter_at_dusk(mood: str, colours: str) -> None:
    """Whatever colours eyes see, the order of the water's levels is one of lightness as well."""
    palette = palette_for(mood, colours)
    for eyes in seen_by(colours):
        light = [lab(water, eyes)[0] for water in (palette.trickle, palette.flow, palette.surge)]
        steps = np.diff(light) if palette.night > 0.5 else -np.diff(light)
        assert min(steps) >= 8


@pytest.mark.parametrize(("mood", "colours"), [*PAIRS, *((mood, "usual") for mood in sorted(PALETTES))])
def test_text_can_be_read(mood: str, colours: str) -> None:
    """Every ink has 4.5:1 on paper, the ink 12:1, and where contrast is high the soft ink 7:1."""
    palette = palette_for(mood, colours)
    assert contrast(palette.ink, palette.paper) >= 12
    assert contrast(palette.soft_ink, palette.paper) >= (7 if colours == "contrast" else 4.5)
    assert contrast(palette.accent_ink, palette.paper) >= 4.5
    assert contrast(palette.accent, palette.paper) >= 3
    assert contrast(palette.ink, palette.paper_edge) >= 4.5
    assert contrast(palette.paper, palette.rim if palette.night < 0.5 else palette.accent) >= 4.5


def test_each_has_a_name_of_its_own() -> None:
    """No two palettes share a name, by which pictures made in them are kept; the usual ones are the house's own."""
    made: list[Palette] = [palette_for(mood, colours) for mood in PALETTES for colours in COLOURS]
    assert len({palette.name for palette in made}) == len(made) == 15
    assert [palette_for(mood, "usual") for mood in PALETTES] == list(PALETTES.values())
