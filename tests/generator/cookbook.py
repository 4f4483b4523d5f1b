"""Recipes by chance, for the tests of levels at will."""

from __future__ import annotations

from hypothesis import strategies as st

from game.generator import LIMITS, Recipe, fitted

_SIZES = st.one_of(st.integers(1, 12), st.integers(1, 60))


@st.composite
def _wild(draw: st.DrawFn) -> Recipe:
    return Recipe(
        places=draw(_SIZES),
        lanes=draw(st.integers(1, 150)),
        currents=draw(st.one_of(st.integers(0, 4), st.integers(0, 64))),
        volatility=draw(st.one_of(st.sampled_from((0.0, 0.1, 0.3, 1.0)), st.floats(0, 1))),
        years=draw(st.one_of(st.integers(1, 5), st.integers(1, 100))),
        sight=draw(st.sampled_from((None, 1, 2, 3))),
        seed=draw(st.integers(-(10**6), 10**6)),
        values=draw(st.sampled_from((1, 1, 2, 3, 16))),
        states=draw(st.integers(*LIMITS["states"])),
        choice=draw(st.sampled_from((None, 1, 2, 3))),
        longest=draw(st.sampled_from((None, 1, 2, 5))),
    )


recipes = _wild().map(fitted)
"""Recipes of up to 60 places that can be made."""
