"""What each warehouse of the recommended row had and what was coming, how long that lasts, and what is at risk."""

from reports.comparison import Comparison
from reports.display.cells import shown_row
from reports.display.cockpit import Cockpit, cockpit
from reports.display.section import Cell, Head, Line, Part, Section, Shown, Table, Words
from reports.language.speaking import say


def warehouses(comparison: Comparison) -> Section:
    """The cockpit."""
    told = cockpit(comparison, shown_row(comparison))
    parts: list[Part] = []
    if told.alerts:
        parts.append(
            Words(tuple(say("page.at_risk", place=place, risk=risk) for place, risk in told.alerts), listed=True)
        )
    if told.picture:
        caption = say("page.cockpit_caption", policy=told.policy)
        parts.append(Shown(told.picture, say("page.cockpit_picture"), caption))
    parts.append(_table(told))
    return Section("warehouses", say("page.warehouses"), tuple(parts))


def _table(told: Cockpit) -> Table:
    lines = tuple(
        Line(
            line.warehouse,
            tuple(Cell(cell.mean, None, cell.interval) for cell in line.cells),
            "\n".join(filter(None, (line.kind, line.risks))),
            "risk" if line.risks else "",
        )
        for line in told.lines
    )
    heads = tuple(Head(label, unit) for label, unit in told.heads)
    rule = (say("page.cockpit_note", policy=told.policy, rule=told.rule),)
    return Table(
        "warehouses", say("page.cockpit_table"), Head(say("page.warehouse")), heads, lines, rule, look="cockpit"
    )
