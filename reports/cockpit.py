"""The cockpit: what each warehouse had, what was coming to it, and how long that lasts, replication by replication."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from reports.record import FloatArray, IntArray, Record, Setting
from reports.scores.score import DAYS_PER_YEAR, ratio
from reports.scores.stock import out_a_day, slow_units
from reports.scores.supply import mean_lead_days
from reports.verdict.estimates import Estimate, estimate

MEASURES = (
    "on_hand", "in_transit", "planned", "mean_on_hand",
    "on_hand_value", "in_transit_value", "planned_value", "mean_on_hand_value",
    "out_a_day", "ito_days", "turns", "dos_days", "cover_days", "slow_share", "presale_share", "lead_days",
)  # fmt: skip
"""What is told of a warehouse. Stock is in units and at cost: on hand at the end, departed by then, all else on order,
and the mean on hand. Units sold or sent on a day; days that the mean stock (ITO) and the stock on hand (DOS)
last at that pace, and turns a year; shares of slow stock by value and of units presold; mean days from order to shelf.
"""
SHARES = ("slow_share", "presale_share")
SLOW_SHARE = 0.25
"""A larger share of slow stock is a risk."""

Risk = Literal["low", "slow"]


def cockpit(record: Record, setting: Setting) -> dict[str, FloatArray]:
    """Every measure, [run, warehouse] by name. NaN where a ratio has nothing below it, such as units out a day."""
    stock = {
        "on_hand": record.closing.astype(np.float64),
        "in_transit": record.in_transit_after.astype(np.float64),
        "planned": (record.on_the_way_after - record.in_transit_after).astype(np.float64),
        "mean_on_hand": record.on_hand_days / setting.days,
    }
    units = {name: held.sum(axis=2) for name, held in stock.items()}
    values = {f"{name}_value": (held * setting.unit_cost).sum(axis=2) for name, held in stock.items()}
    out = out_a_day(record, setting).sum(axis=2)
    ito_days = ratio(units["mean_on_hand"], out)
    slow = (slow_units(record, setting) * setting.unit_cost).sum(axis=2)
    return {
        **units,
        **values,
        "out_a_day": out,
        "ito_days": ito_days,
        "turns": ratio(np.full_like(ito_days, DAYS_PER_YEAR), ito_days),
        "dos_days": ratio(units["on_hand"], out),
        "cover_days": ratio(units["on_hand"] + units["in_transit"] + units["planned"], out),
        "slow_share": ratio(slow, values["on_hand_value"]),
        "presale_share": ratio(_at_home(record.owed, setting), _at_home(record.wanted, setting)),
        "lead_days": _lead_days(record, setting),
    }


def told(measures: Mapping[str, FloatArray], warehouse: int) -> dict[str, Estimate]:
    """What the cockpit says of a warehouse: each measure's mean over replications, and its interval."""
    return {
        name: estimate(values[:, warehouse], (0.0, 1.0 if name in SHARES else np.inf))
        for name, values in measures.items()
    }


def risks(known: Mapping[str, Estimate]) -> tuple[Risk, ...]:
    """Low where stock on hand and coming would not last until an order of today arrived; slow where much is slow."""
    found: list[Risk] = []
    if known["cover_days"].mean < known["lead_days"].mean:
        found.append("low")
    if known["slow_share"].mean > SLOW_SHARE:
        found.append("slow")
    return tuple(found)


def _at_home(units: IntArray, setting: Setting) -> FloatArray:
    """Units of markets, at the first warehouse of each, [run, market, sku] -> [run, warehouse]."""
    total = np.zeros((len(units), len(setting.warehouses)))
    for market, warehouse in enumerate(setting.home):
        total[:, warehouse] += units[:, market].sum(axis=1)
    return total


def _lead_days(record: Record, setting: Setting) -> FloatArray:
    """Mean days from order to shelf of what came to each warehouse, [run, warehouse]."""
    ends = list(zip(setting.lanes, setting.leads_to, strict=False))
    places = range(len(setting.warehouses))
    return np.column_stack([mean_lead_days(record, [lane for lane, end in ends if end == place]) for place in places])
