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
    Score("turnover", "turns/yr", "more", _turnover),
    Score("cost_of_goods", "money", "neither", sold_at_cost),
    Score("average_stock_value", "money", "less", _average_stock_value),
    Score("inventory_days", "days", "less", _stock_days),
    Score("days_of_supply", "days", "neither", _days_of_supply),
    Score("slow_stock_share", "share", "less", _slow_share, {"slow_days": SLOW_DAYS}),
    Score("expired_units", "units", "less", total("expired")),
    Score("sent_off_units", "units", "less", total("sent_off")),
    Score("shrunk_units", "units", "less", total("shrunk")),
    Score("write_off", "money", "less", lambda record, setting: value(_written_off(record), setting)),
    Score("moved_units", "units", "neither", total("moved_out")),
    Score("record_accuracy", "share", "more", _record_accuracy),
)
