"""Warehouses, as the page tells them: what each had and what was coming, how long it lasts, and what is at risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.cockpit import cockpit as picture_of
from reports.charts.picture import Picture
from reports.cockpit import SLOW_SHARE, risks
from reports.comparison import Comparison
from reports.display.numbers import Cell, Style, phrase, style
from reports.language.naming import named
from reports.language.speaking import say
from reports.scores import Unit
from reports.scores.stock import SLOW_DAYS
from reports.verdict.estimates import Estimate

COLUMNS: dict[str, Unit] = {
    "on_hand": "units",
    "in_transit": "units",
    "planned": "units",
    "mean_on_hand": "units",
    "out_a_day": "units",
    "ito_days": "days",
    "turns": "turns/yr",
    "dos_days": "days",
    "slow_share": "share",
    "presale_share": "share",
}
"""The measures of the table, and in what they count."""
PICTURED = ("on_hand_value", "in_transit_value", "planned_value")


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
    picture: Picture | None
    heads: tuple[tuple[str, str], ...]  # label and unit
    lines: tuple[Line, ...]
    rule: str


def cockpit(comparison: Comparison, index: int) -> Cockpit:
    """The section about one row."""
    row, setting = comparison.rows[index], comparison.setting
    known = [row.at(place) for place in range(len(setting.warehouses))]
    styles = {
        name: style(unit, [held[name].mean for held in known], setting.currency) for name, unit in COLUMNS.items()
    }
    bars = [
        (name, [held[part].mean for part in PICTURED]) for name, held in zip(setting.warehouses, known, strict=True)
    ]
    return Cockpit(
        row.name,
        tuple(alert for name, held in zip(setting.warehouses, known, strict=True) for alert in _alerts(name, held)),
        picture_of(bars, setting.currency, row.name),
        tuple((say(f"cockpit.head.{name}"), styles[name].unit) for name in COLUMNS),
        tuple(
            Line(named(name), say("cockpit.bonded") if bonded else "", _risks(held), _cells(held, styles))
            for name, bonded, held in zip(setting.warehouses, setting.bonded, known, strict=True)
        ),
        say("cockpit.rule", slow_days=SLOW_DAYS, slow_share=f"{SLOW_SHARE * 100:g}"),
    )


def _cells(known: Mapping[str, Estimate], styles: Mapping[str, Style]) -> tuple[Cell, ...]:
    return tuple(Cell.of(known[name], styles[name]) for name in COLUMNS)


def _risks(known: Mapping[str, Estimate]) -> str:
    return say("list.items").join(say(f"cockpit.risk.{risk}") for risk in risks(known))


def _alerts(warehouse: str, known: Mapping[str, Estimate]) -> Sequence[tuple[str, str]]:
    """What is at risk in a warehouse, in words."""
    days, lead, slow = (known[name].mean for name in ("cover_days", "lead_days", "slow_share"))
    facts = {
        "cover": phrase("days", days, ""),
        "lead": phrase("days", lead, ""),
        "share": phrase("share", slow, ""),
        "slow_days": SLOW_DAYS,
    }
    return [(named(warehouse), say(f"cockpit.alert.{risk}", **facts)) for risk in risks(known)]
