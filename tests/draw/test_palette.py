"""Palettes: contrast, and the colours between two of them."""

from __future__ import annotations

import pytest

from game.app.draw.palette import DAY, DUSK, PALETTES, ROSE, blend, contrast, mix, rgb


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_text_can_be_read(palette) -> None:  # type: ignore[no-untyped-def]
    """Ink on paper has 12:1 and soft ink and the accent's ink 4.5:1, also on halos over the land."""
    assert contrast(palette.ink, palette.paper) >= 12
    assert contrast(palette.soft_ink, palette.paper) >= 4.5
    assert contrast(palette.accent_ink, palette.paper) >= 4.5
    assert contrast(palette.accent, palette.paper) >= 3
    assert contrast(palette.paper, palette.rim if palette.night < 0.5 else palette.accent) >= 4.5


def test_colours_are_those_of_the_art_direction() -> None:
    """A few colours, as they are written down."""
    assert DAY.land[0] == rgb("EFE3C6")
    assert DAY.land[3] == rgb("B4C792")
    assert ROSE.surge == rgb("0A4560")
    assert DUSK.sky == (rgb("1B1740"), rgb("B05A7A"), rgb("FFC98A"))
    assert [len(palette.land) for palette in PALETTES.values()] == [8, 8, 8]


def test_blending_begins_and_ends_with_the_palettes() -> None:
    """At 0 and 1 a blend is one of its palettes, half way every colour is half way."""
    assert blend(DAY, DUSK, 0.0) is DAY
    assert blend(DAY, DUSK, 1.0) is DUSK
    half = blend(DAY, DUSK, 0.5)
    assert half.paper == mix(DAY.paper, DUSK.paper, 0.5)
    assert half.land[4] == mix(DAY.land[4], DUSK.land[4], 0.5)
    assert half.night == 0.5
    assert half != blend(DAY, DUSK, 0.51)


def test_contrast_of_black_and_white() -> None:
    """The ends of the scale are 21 and 1."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((90, 90, 90), (90, 90, 90)) == pytest.approx(1)
