"""Makes the bundled fonts from their published sources: ``python make_fonts.py OUTFIT_FOLDER NOTO_SANS NOTO_CJK``.

OUTFIT_FOLDER holds the published web fonts ``outfit-latin-500-normal.woff2``, ``outfit-latin-ext-500-normal.woff2`` and
OUTFIT_FOLDER holds the web fonts ``outfit-latin-500-normal.woff2``, ``outfit-latin-ext-500-normal.woff2`` and
beside this script: ``Outfit-500.ttf`` and ``Outfit-600.ttf`` (both Latin ranges merged), ``NotoSans-Subset.ttf`` (the
Latin letters with marks that Outfit does not draw, Greek and Cyrillic, for levels that people write) and
``NotoSansSC-Subset.otf`` (the signs below and whatever else the words and levels of the game use).
Needs ``fonttools[woff]``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
LETTERS = [*range(0xC0, 0x250), *range(0x370, 0x400), *range(0x400, 0x530), *range(0x1E00, 0x1F00)]
SAYING = "山高万仞只登一步"
SIGNS = "←↑→↓↔★☆●○■□▲△◆◇✓×÷±≤≥≠≈∞∑Σπ·…、。，：；！？「」《》（）"


def merged_outfit(folder: Path, weight: int) -> TTFont:
    """One font with both published Latin ranges of one weight."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = []
        for script in ("latin", "latin-ext"):
            font = TTFont(folder / f"outfit-{script}-{weight}-normal.woff2")
            font.flavor = None
            part = Path(scratch) / f"{script}.ttf"
            font.save(part)
            parts.append(str(part))
        font = Merger().merge(parts)
        font.recalcTimestamp = False
        return font


def used_beyond(drawn: set[int]) -> set[int]:
    """The code points of the game's own words and levels that are not in ``drawn``."""
    root = HERE.parent.parent
    texts = [*root.glob("assets/words/**/*.toml"), *root.glob("levels/*.toml")]
    used = {ord(sign) for text in texts for sign in text.read_text(encoding="utf-8")}
    return {point for point in used | set(map(ord, SAYING + SIGNS)) if point > 32 and point not in drawn}


def subset(font: TTFont, points: set[int]) -> TTFont:
    """``font`` cut down to the code points, without kerning and ligatures."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    return font


def main(outfit_folder: str, noto_sans: str, noto_cjk: str) -> None:
    """Write the four fonts; raises what fontTools raises where a source is missing."""
    drawn: set[int] = set()
    for weight in (500, 600):
        font = merged_outfit(Path(outfit_folder), weight)
        font.save(HERE / f"Outfit-{weight}.ttf")
        drawn = set(font.getBestCmap())
    sans = TTFont(noto_sans, recalcTimestamp=False)
    letters = {point for point in LETTERS if point in sans.getBestCmap() and point not in drawn}
    subset(sans, letters).save(HERE / "NotoSans-Subset.ttf")
    collection = TTCollection(noto_cjk)
    chinese = next(font for font in collection.fonts if font["name"].getDebugName(1) == "Noto Sans CJK SC")
    chinese.recalcTimestamp = False
    subset(chinese, used_beyond(drawn | letters)).save(HERE / "NotoSansSC-Subset.otf")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
