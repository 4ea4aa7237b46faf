"""Warehouses, as the page tells them: what each had and what was coming, how long it lasts, and what is at risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.cockpit import cockpit as picture_of
from reports.cockpit import SLOW_SHARE, risks
from reports.comparison import Comparison
from reports.display.numbers import Cell, Style, phrase, style
from reports.scores import Unit
from reports.scores.stock import SLOW_DAYS
from reports.verdict.estimates import Estimate

COLUMNS: dict[str, tuple[str, Unit]] = {
    "on_hand": ("On hand", "units"),
    "in_transit": ("In transit", "units"),
    "planned": ("Planned", "units"),
    "mean_on_hand": ("Mean on hand", "units"),
    "out_a_day": ("Out a day", "units"),
    "ito_days": ("ITO days", "days"),
    "turns": ("Turns", "turns/yr"),
    "dos_days": ("DOS days", "days"),
    "slow_share": ("Slow stock", "share"),
    "presale_share": ("Presale", "share"),
}
"""The measures of the table, what stands over them, and in what they count."""
PICTURED = ("on_hand_value", "in_transit_value", "planned_value")
RULE = (
    "Means over replications. On hand, in transit (departed) and planned (all else on order) are those of the end of"
    " the season, after the last scored day. Out a day: units sold, or sent on to another warehouse. ITO days"
    " (inventory turnover): mean on hand / out a day; turns: 365 / ITO days; DOS days (days of supply): on hand / out"
    " a day. Slow stock: the share by value"
    f" of what is on hand beyond {SLOW_DAYS}\u00a0days of its SKU's units out. Presale: units promised to buyers who"
    " wait / units wanted, in markets whose first warehouse it is. Two judgements: a warehouse is low when what is on"
    " hand and on order lasts for fewer days than an order took to its shelf, on average, and slow when more than"
    f" {SLOW_SHARE * 100:g}\u00a0% of its stock is slow."
)


@dataclass(frozen=True)
class Line:
    """A warehouse in the table."""

    warehouse: str
    kind: str
    risks: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Cockpit:
    """The section of the page."""

    policy: str
    alerts: tuple[tuple[str, str], ...]  # warehouse, and what is at risk there
    picture: str
    heads: tuple[tuple[str, str], ...]  # label and unit
    lines: tuple[Line, ...]
    rule: str


def cockpit(comparison: Comparison, index: int) -> Cockpit:
    """The section about one row."""
    row, setting = comparison.rows[index], comparison.setting
    known = [row.at(place) for place in range(len(setting.warehouses))]
    styles = {
        name: style(unit, [held[name].mean for held in known], setting.currency) for name, (_, unit) in COLUMNS.items()
    }
    bars = [
        (name, [held[part].mean for part in PICTURED]) for name, held in zip(setting.warehouses, known, strict=True)
    ]
    return Cockpit(
        row.name,
        tuple(alert for name, held in zip(setting.warehouses, known, strict=True) for alert in _alerts(name, held)),
        picture_of(bars, setting.currency, row.name),
        tuple((label, styles[name].unit) for name, (label, _) in COLUMNS.items()),
        tuple(
            Line(name, "bonded" if bonded else "", ", ".join(risks(held)), _cells(held, styles))
            for name, bonded, held in zip(setting.warehouses, setting.bonded, known, strict=True)
        ),
        RULE,
    )


def _cells(known: Mapping[str, Estimate], styles: Mapping[str, Style]) -> tuple[Cell, ...]:
    return tuple(Cell.of(known[name], styles[name]) for name in COLUMNS)


def _alerts(warehouse: str, known: Mapping[str, Estimate]) -> Sequence[tuple[str, str]]:
    """What is at risk in a warehouse, in words."""
    days, lead, slow = (known[name].mean for name in ("cover_days", "lead_days", "slow_share"))
    words = {
        "low": f"low. What was on hand and on order lasts {phrase('days', days, '')}, an order takes"
        f" {phrase('days', lead, '')}.",
        "slow": f"slow. {phrase('share', slow, '')} of its stock by value is more than goes out in {SLOW_DAYS} days.",
    }
    return [(warehouse, words[risk]) for risk in risks(known)]
