"""A picture that is drawn: for the page as SVG, for a file as PNG or SVG."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.charts.style import drawing, svg, svg_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Picture:
    """A drawn figure, what it is called, and what its marks say when pointed at."""

    drawn: "Figure"
    name: str  # unique on a page; the start of every id in it, and the name of its file
    title: str  # what a screen reader says
    tips: Mapping[str, str] = field(default_factory=dict)  # hover text by the gid of a mark

    def inline(self) -> str:
        """The picture as an element of a page, in the page's inks and font."""
        with drawing():
            return svg_text(self.drawn, self.name, self.title, self.tips)

    def file(self, kind: str) -> bytes:
        """The picture as a file of its own, `png` or `svg`; its letters are drawn, so that no font is missed."""
        held = io.BytesIO()
        with drawing(letters_drawn=True):
            if kind == "svg":
                return svg(self.drawn, {"Date": None, "Creator": None}, facecolor="white").encode()
            self.drawn.savefig(held, format=kind, dpi=200, facecolor="white", metadata={"Software": None})
        return held.getvalue()
