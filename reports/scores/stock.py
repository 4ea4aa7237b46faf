"""What lay in warehouses: how much, how long it lasts, and what became of it without being sold."""

import numpy as np

from reports.record import FloatArray, IntArray, Record, Setting
from reports.scores.score import DAYS_PER_YEAR, Score, per_run, ratio, total, value

SLOW_DAYS = 90
"""Stock that lasts longer than so many days is slow."""


def sold_at_cost(record: Record, setting: Setting) -> FloatArray:
    """Unit cost of what left the shelves for good, so that units delivered late to buyers who waited count too."""
    gone = record.moved_out + record.expired + record.sent_off + record.shrunk
    return value(record.opening + record.received - gone - record.closing, setting)


def out_a_day(record: Record, setting: Setting) -> FloatArray:
    """Units sold, or sent on to another warehouse, a day, [run, warehouse, sku]: what is asked of a warehouse."""
    return (record.sold + record.moved_out) / setting.days


def slow_units(record: Record, setting: Setting) -> FloatArray:
    """Units of the closing stock that would not go out within `SLOW_DAYS`, [run, warehouse, sku]."""
    return np.maximum(record.closing - SLOW_DAYS * out_a_day(record, setting), 0.0)


def _average_stock_value(record: Record, setting: Setting) -> FloatArray:
    return value(record.on_hand_days, setting) / setting.days


def _turnover(record: Record, setting: Setting) -> FloatArray:
    yearly = sold_at_cost(record, setting) * DAYS_PER_YEAR / setting.days
    return ratio(yearly, _average_stock_value(record, setting))


def _stock_days(record: Record, setting: Setting) -> FloatArray:
    return ratio(_average_stock_value(record, setting), sold_at_cost(record, setting) / setting.days)


def _days_of_supply(record: Record, setting: Setting) -> FloatArray:
    return ratio(value(record.closing, setting), sold_at_cost(record, setting) / setting.days)


def _slow_share(record: Record, setting: Setting) -> FloatArray:
    return ratio(value(slow_units(record, setting), setting), value(record.closing, setting))


def _written_off(record: Record) -> IntArray:
    return record.expired + record.sent_off + record.shrunk


def _record_accuracy(record: Record, setting: Setting) -> FloatArray:
    return np.maximum(1.0 - ratio(per_run(record.record_gap_days), per_run(record.on_hand_days)), 0.0)


STOCK: tuple[Score, ...] = (
    Score(
        "turnover", "Turnover", "turns/yr", "more",
        "cost of goods sold x 365 / days / time-average stock value at cost, on hand", _turnover,
    ),
    Score(
        "cost_of_goods", "Cost of goods sold", "money", "neither",
        "unit cost x units that left the shelves for good; a unit that moved to another warehouse, expired, was sent"
        " off or shrank away did not", sold_at_cost,
    ),
    Score(
        "average_stock_value", "Average stock value", "money", "less",
        "time-average of units on hand x unit cost", _average_stock_value,
    ),
    Score(
        "inventory_days", "Days of inventory", "days", "less",
        "average stock value / cost of goods sold per day", _stock_days,
    ),
    Score(
        "days_of_supply", "Days of supply", "days", "neither",
        "closing stock at cost / cost of goods sold per day", _days_of_supply,
    ),
    Score(
        "slow_stock_share", "Slow stock, by value", "share", "less",
        f"closing stock beyond {SLOW_DAYS} days of the units that its warehouse sold or sent on to another a day"
        " / closing stock, both at cost", _slow_share,
    ),
    Score("expired_units", "Units expired", "units", "less", "units past their shelf life", total("expired")),
    Score(
        "sent_off_units", "Units sent off", "units", "less",
        "units whose storage term was over: destroyed or sent back", total("sent_off"),
    ),
    Score("shrunk_units", "Units shrunk", "units", "less", "units lost, broken or stolen in stock", total("shrunk")),
    Score(
        "write_off", "Written off", "money", "less", "unit cost x units expired, sent off or shrunk",
        lambda record, setting: value(_written_off(record), setting),
    ),
    Score("moved_units", "Units moved", "units", "neither", "units sent to another warehouse", total("moved_out")),
    Score(
        "record_accuracy", "Record accuracy", "share", "more",
        "1 - unit-days by which the stock record was off / unit-days on hand; at least 0", _record_accuracy,
    ),
)  # fmt: skip
