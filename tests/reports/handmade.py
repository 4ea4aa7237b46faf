"""Reports made by hand, for what is made of them."""

from collections.abc import Sequence
from datetime import date

from reports.display.section import Cell, Choice, Head, Line, Report, Section, Shown, Table, Words

REPRODUCE = {"command": "stocktide compare black-friday --runs 40", "hash": "0123456789abcdef", "seed": "7"}
BOARD_HEADS = (
    Head("Stockouts by order", "%", "orders that met too little stock / orders that came"),
    Head("Holding cost", "thousand USD"),
    Head("Cover", "days"),
    Head("Ordered"),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "\"double\" 'single' `tick` |pipe| \\slash\\",
    "🔥 👨‍👩‍👧 🇨🇳",
    "مخزون آمن",
    "ab\u202egnitnuoc\u202c",
    "x" * 300,
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    " =cmd|' /C calc'!A0",
    "two\nlines\r\nand\tmore",
    "nul\x00 bell\x07 half \ud800",
    "http://example.org/a",
    "www.example.org mail@example.org",
    "# heading",
    "1. point",
    "- point",
    "**bold** _it_ [a](http://b) ![c](d) ~~s~~ $x$ &amp; &lt;",
    "<r><t>rich</t></r>",
    "_x0041_",
    "{=1}",
    "'quoted",
    "001234567890123456789",
    "1e5",
    "TRUE",
    "#REF!",
    "a" * 40_000,
)
"""Names that somebody gives a product, or that an attacker does."""


def board(names: Sequence[str] = ("base-stock:cover_days=30", "never"), title: str = "Scoreboard") -> Table:
    """A table with a number of each kind; its first line is worked out in the tests."""
    lines = tuple(
        Line(
            name,
            (
                _share(index),
                Cell("1,234.6", 1234.5678, "1,200.1–1,269.0\nsurely more"),
                Cell("+30.5", 30.5),
                Cell("1 July", date(2026, 7, 1)),
            ),
            "sees stock, sales",
            "chosen" if index == 0 else "",
        )
        for index, name in enumerate(names)
    )
    return Table(
        "scoreboard", title, Head("Policy", "and what it sees"), BOARD_HEADS, lines, ("Below each mean its interval.",)
    )


def _share(index: int) -> Cell:
    return Cell("12.3", 12.34, "11.0–13.6", low=11.01, high=13.59) if index == 0 else Cell("–")


def report(
    *tables: Table, words: Sequence[str] = (), shown: Sequence[Shown] = (), title: str = "Black Friday"
) -> Report:
    """A report of one section a kind of part."""
    sections = (
        Section("told", "What to do now", (Words(tuple(words), listed=True),) if words else ()),
        Section("numbers", "Numbers", tables),
        Section("pictures", "Pictures", tuple(shown)),
        Section("empty", "Nothing here", ()),
    )
    return Report(title, ("184 days", "40 replications"), "Use base-stock.", sections, REPRODUCE)


def of_choice(*alternatives: tuple[str, tuple[Table | Shown, ...]]) -> Report:
    """A report of which a reader sees one alternative at a time."""
    return Report("Choice", (), "", (Section("one", "One", (Choice("pick", alternatives),)),), {})
