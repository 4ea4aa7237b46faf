"""The letters that a Latin font lacks: a Chinese font of our own, and the part of it that a page carries."""

import io
from functools import cache
from pathlib import Path

FAMILY = "Stocktide Sans SC"
FILE = Path(__file__).parent / "font" / "StocktideSansSC-Regular.otf"
FIRST = 0x2E80
"""Letters from here on are Chinese, Japanese and Korean ones, their punctuation and their wide forms."""


def ours_in(text: str) -> str:
    """The letters of a text, each once, that are to be drawn in our font."""
    wide = {letter for letter in set(text) if ord(letter) >= FIRST}
    return "".join(sorted(wide & drawable())) if wide else ""


@cache
def drawable() -> frozenset[str]:
    """Every letter that our font can draw."""
    from fontTools.ttLib import TTFont

    with TTFont(FILE, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def font_of(letters: str) -> bytes:
    """The part of our font that draws some letters, as WOFF; the same letters always give the same bytes."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=[], notdef_outline=True)
    cutter, held = Subsetter(options), io.BytesIO()
    cutter.populate(text=letters)
    with TTFont(FILE, recalcTimestamp=False) as font:
        cutter.subset(font)
        font.flavor = "woff"
        font.save(held)
    return held.getvalue()
