"""How every picture looks, and how it becomes SVG inside a page.

Pictures are drawn in a few named inks. In the page each ink is a CSS variable, so that one picture serves light, dark
and print. Text stays text: it can be searched, takes the page's font, and a browser finds glyphs of any script.
"""

import dataclasses
import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from reports.display.numbers import Style, full_style
from reports.language.glyphs import FAMILY, FILE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1b2733"
MUTED = "#5c6b7a"
GRID = "#dfe5eb"
PAPER = "#fefefe"
ACCENT = "#0a6c8f"
TIDE = "#7db9cf"
WARN = "#c0472b"
EVENT = "#c98a1b"
YELLOW = "#e6bd19"
BLACK = "#10161c"
PARTS = ("#26587a", "#4f9bb5", "#9cc9c4", "#e0b04c", "#c98652", "#8f6f8f", "#bfc7cf")
"""Inks for the parts of a whole, in the order they are stacked."""
MORE_PARTS = ("#5b6cae", "#6f9e5b", "#b75d7c")
"""Inks for a whole of more parts, to be put between those."""

VARIABLES = {
    INK: "--ink", MUTED: "--muted", GRID: "--grid", PAPER: "--paper", ACCENT: "--accent", TIDE: "--tide",
    WARN: "--warn", EVENT: "--event", YELLOW: "--yellow", BLACK: "--black",
    **{ink: f"--part-{i}" for i, ink in enumerate((*PARTS, *MORE_PARTS))},
}  # fmt: skip
"""The CSS variable of each ink; the page gives it a light and a dark value."""

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
_MARK = re.compile(r"(policy|event|arrival|part|difference|front|goal|median|band|future|alert|lever|stage)(-\d+)*")

_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
"""A place in a picture; two decimals of a point are finer than any screen."""

_OWN = re.compile(r'id="([a-z][0-9a-f]{10})"')
"""An id that matplotlib makes up."""

_RC: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "stocktide",
    "text.parse_math": False,
    "font.family": ["DejaVu Sans", FAMILY],
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": GRID,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": GRID,
    "ytick.color": GRID,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "legend.frameon": False,
    "legend.labelcolor": MUTED,
    "figure.facecolor": "none",
}


@contextmanager
def drawing(letters_drawn: bool = False) -> Iterator[None]:
    """Inside it, pictures are drawn in the house style; in an SVG letters are text, or drawn as shapes."""
    import matplotlib

    _add_our_font()
    fonttype = {"svg.fonttype": "path"} if letters_drawn else {}
    with matplotlib.rc_context(_RC | fonttype), warnings.catch_warnings():
        # Names that users give may hold letters of any script; a browser finds glyphs that both fonts lack.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        yield


@cache
def _add_our_font() -> None:
    """Let text fall back on the Chinese font that ships."""
    from matplotlib.font_manager import fontManager

    fontManager.addfont(FILE)
    regular = next(entry for entry in fontManager.ttflist if entry.name == FAMILY)
    # The one weight that ships stands for bold as well; else each bold text would be warned of.
    fontManager.ttflist.append(dataclasses.replace(regular, weight=700))


def figure(width: float, height: float) -> "Figure":
    """An empty picture, in inches of its own; the page stretches it to its column."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def thousands(axes: "Axes", which: str, most: int = 5, factor: float = 1.0) -> None:
    """Write an axis' numbers, times a factor, in full, with commas."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_locator(MaxNLocator(nbins=most))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * factor:,.10g}"))


def money_axis(axes: "Axes", which: str, currency: str) -> Style:
    """Write the money along an axis, whose limits are set, as exactly as a sum that stands alone; says how."""
    limits = axes.get_ylim() if which == "y" else axes.get_xlim()
    written = full_style("money", max(map(abs, limits)), currency)
    thousands(axes, which, factor=written.factor)
    return written


def svg_text(drawn: "Figure", name: str, title: str, tips: Mapping[str, str]) -> str:
    """The picture as an SVG element for a page.

    Every id starts with the picture's name, so that ids are unique on a page; marks have their kind as class, and the
    tip of their gid as hover text.
    """
    root = ET.fromstring(svg(drawn, {"Date": None, "Creator": None, "Format": None, "Type": None}))
    for metadata in root.findall(f"{SVG}metadata"):
        root.remove(metadata)
    for element in list(root.iter()):
        _adopt(element, name, tips)
    for size in ("width", "height"):
        del root.attrib[size]
    root.set("role", "img")
    root.set("aria-label", printable(title))
    root.set("class", f"picture {name.split('-')[0]}")
    ET.register_namespace("", SVG[1:-1])
    return ET.tostring(root, encoding="unicode")


def svg(drawn: "Figure", metadata: Mapping[str, None], **options: Any) -> str:
    """The picture as SVG, always the same: matplotlib names clips and marks by where they lie in memory."""
    held = io.BytesIO()
    drawn.savefig(held, format="svg", metadata=metadata, **options)
    text = held.getvalue().decode()
    number = {own: f"{own[0]}{i}" for i, own in enumerate(dict.fromkeys(_OWN.findall(text)))}
    return re.sub(r"[a-z][0-9a-f]{10}\b", lambda found: number.get(found[0], found[0]), text)


def _adopt(element: ET.Element, name: str, tips: Mapping[str, str]) -> None:
    element.text, element.tail = (text if (text or "").strip() else None for text in (element.text, element.tail))
    own = element.get("id", "")
    if _MARK.fullmatch(own):
        element.set("class", own.split("-")[0])
    if own in tips:
        tip = ET.Element(f"{SVG}title")
        tip.text = printable(tips[own])
        element.insert(0, tip)
    if own:
        element.set("id", f"{name}-{own}")
    if LINK in element.attrib:
        element.set("href", f"#{name}-{element.attrib.pop(LINK).removeprefix('#')}")
    for key, value in element.attrib.items():
        if key in ("d", "x", "y"):
            element.set(key, _LONG_NUMBER.sub(_rounded, " ".join(value.split())))
        if key in ("style", "fill", "stroke", "clip-path"):
            value = value.replace("url(#", f"url(#{name}-")
            for ink, variable in VARIABLES.items():
                value = value.replace(ink, f"var({variable})")
            element.set(key, value)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").removesuffix(".")


def printable(text: str) -> str:
    """Text without control characters, which XML cannot hold."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def shortened(text: str, letters: int) -> str:
    """A label that fits."""
    text = printable(text)
    return text if len(text) <= letters else text[: letters - 1] + "…"


def text_width(text: str, size: float) -> float:
    """About how wide a text is drawn, in points; on the safe side."""
    import unicodedata

    return sum(size if unicodedata.east_asian_width(letter) in "WF" else 0.6 * size for letter in text)
