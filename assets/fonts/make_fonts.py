"""Makes the bundled fonts from their published sources; each is made whose source is named.

    python make_fonts.py [--outfit FOLDER] [--noto-sans FILE] [--noto-cjk FILE]

FOLDER holds Outfit's published web fonts ``outfit-latin-500-normal.woff2``, ``outfit-latin-ext-500-normal.woff2`` and
the same two of weight 600; the other two are ``NotoSans-Regular.ttf`` and ``NotoSansCJK-Medium.ttc`` (on Debian in
the packages ``fonts-noto-core`` and ``fonts-noto-cjk-extra``).  What is made lies beside this script:
``Outfit-500.ttf`` and ``Outfit-600.ttf`` (both Latin ranges merged), ``NotoSans-Subset.ttf`` (the Latin letters with
marks that Outfit does not draw, Greek and Cyrillic, for levels that people write) and ``NotoSansSC-Subset.otf``: the
6,763 Chinese characters of GB 2312, so that what players write can be read too, the signs below, and whatever else the
words and levels of the game use.  Needs ``fonttools[woff]``.
"""

from __future__ import annotations

import argparse
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
    texts = [*root.glob("assets/words/**/*.toml"), *root.glob("levels/**/*.toml"), *root.glob("assets/*.md")]
    used = {ord(sign) for text in texts for sign in text.read_text(encoding="utf-8")}
    wanted = used | set(map(ord, SAYING + SIGNS)) | common_characters()
    return {point for point in wanted if point > 32 and point not in drawn}


def common_characters() -> set[int]:
    """The code points of GB 2312's signs (its rows 1 and 3) and of all its characters (rows 16 to 87)."""
    rows = [0xA1, 0xA3, *range(0xB0, 0xF8)]
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return {ord(sign) for pair in pairs for sign in pair.decode("gb2312", errors="ignore")}


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


def outfit_draws() -> set[int]:
    """The code points that both weights of the bundled Outfit draw."""
    return set(TTFont(HERE / "Outfit-500.ttf").getBestCmap()) & set(TTFont(HERE / "Outfit-600.ttf").getBestCmap())


def make_outfit(folder: Path) -> None:
    """Writes both weights of Outfit."""
    for weight in (500, 600):
        merged_outfit(folder, weight).save(HERE / f"Outfit-{weight}.ttf")


def make_letters(noto_sans: Path) -> None:
    """Writes the letters that Outfit does not draw."""
    sans, drawn = TTFont(noto_sans, recalcTimestamp=False), outfit_draws()
    letters = {point for point in LETTERS if point in sans.getBestCmap() and point not in drawn}
    subset(sans, letters).save(HERE / "NotoSans-Subset.ttf")


def make_chinese(noto_cjk: Path) -> None:
    """Writes the Chinese characters and signs that neither of the others draws."""
    collection = TTCollection(noto_cjk)
    chinese = next(font for font in collection.fonts if font["name"].getDebugName(1) == "Noto Sans CJK SC Medium")
    chinese.recalcTimestamp = False
    drawn = outfit_draws() | set(TTFont(HERE / "NotoSans-Subset.ttf").getBestCmap())
    subset(chinese, used_beyond(drawn)).save(HERE / "NotoSansSC-Subset.otf")


def main() -> None:
    """Makes what the command line names; raises what fontTools raises where a source is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, make in (("outfit", make_outfit), ("noto-sans", make_letters), ("noto-cjk", make_chinese)):
        parser.add_argument(f"--{name}", type=Path, help=make.__doc__)
    arguments = parser.parse_args()
    for source, make in (
        (arguments.outfit, make_outfit),
        (arguments.noto_sans, make_letters),
        (arguments.noto_cjk, make_chinese),
    ):
        if source is not None:
            make(source)


if __name__ == "__main__":
    main()
