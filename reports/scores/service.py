"""What buyers met: found, waited for, turned away, sent back, or never came."""

import numpy as np

from reports.record import FloatArray, Record, Setting
from reports.scores.score import Score, complement, per_run, ratio, share_of, total


def _empty_sku_days(record: Record, setting: Setting) -> FloatArray:
    sku_days = setting.days * record.empty_days[0].size
    return ratio(per_run(record.empty_days), np.full(len(record.runs), float(sku_days)))


def _demand_forgone(record: Record, setting: Setting) -> FloatArray:
    forgone = per_run(record.forgone_by_stockout + record.forgone_by_seller + record.forgone_by_promise)
    return ratio(forgone, forgone + per_run(record.wanted))


def _shop_score(record: Record, setting: Setting) -> FloatArray:
    return 1.0 - ratio(per_run(record.cancelled + record.oversold + record.late), per_run(record.wanted))


SERVICE: tuple[Score, ...] = (
    Score(
        "stockout_rate", "Stockout rate, by order", "share", "less",
        "customer orders that met too little stock / customer orders that came", share_of("short_orders", "orders"),
    ),
    Score(
        "fill_rate", "Fill rate, by unit", "share", "more",
        "units delivered at once / units wanted", share_of("served", "wanted"),
    ),
    Score(
        "stockout_rate_unit", "Stockout rate, by unit", "share", "less",
        "units not delivered at once / units wanted", complement(share_of("served", "wanted")),
    ),
    Score(
        "stockout_rate_sku_day", "Empty-day rate, by SKU-day", "share", "less",
        "SKU-days that ended with nothing on hand / SKU-days, for each warehouse and SKU", _empty_sku_days,
    ),
    Score(
        "stockout_rate_cycle", "Stockout rate, by cycle", "share", "less",
        "replenishment cycles with a unit not delivered at once / cycles", share_of("short_cycles", "cycles"),
    ),
    Score(
        "cycle_service", "Cycle service level", "share", "more",
        "replenishment cycles in which every unit was delivered at once / cycles",
        complement(share_of("short_cycles", "cycles")),
    ),
    Score(
        "on_time_promise", "On-time promise, by unit", "share", "more",
        "units delivered within the promised days / units delivered", share_of("on_time", "sold"),
    ),
    Score(
        "presale_share", "Presale share, by unit", "share", "neither",
        "units promised to buyers who wait / units wanted", share_of("owed", "wanted"),
    ),
    Score(
        "demand_forgone", "Demand forgone", "share", "less",
        "units that never came because of an earlier stockout, a lever or a late promise / (those + units wanted)",
        _demand_forgone,
    ),
    Score(
        "forgone_by_stockout", "Forgone by stockouts", "units", "less",
        "units that never came because an earlier stockout took weight away", total("forgone_by_stockout"),
    ),
    Score(
        "forgone_by_seller", "Forgone by levers", "units", "less",
        "units that never came because the seller throttled ads or called off promotions", total("forgone_by_seller"),
    ),
    Score(
        "forgone_by_promise", "Forgone by promises", "units", "less",
        "units that never came because delivery was promised too late", total("forgone_by_promise"),
    ),
    Score("lost_units", "Units lost", "units", "less", "units turned away", total("lost")),
    Score(
        "oversold_units", "Units oversold", "units", "less",
        "of the units turned away, those that were sold before it turned out that they were not there",
        total("oversold"),
    ),
    Score(
        "switched_units", "Units switched", "units", "neither",
        "units whose buyers took a SKU of the same group instead", total("switched"),
    ),
    Score(
        "cancelled_share", "Cancelled share, by unit", "share", "less",
        "units whose buyers waited too long and cancelled / units wanted", share_of("cancelled", "wanted"),
    ),
    Score(
        "shop_score", "Shop score", "share", "more",
        "1 - (units cancelled + units oversold + units dispatched later than the platform allows) / units wanted",
        _shop_score,
    ),
    Score("returned_units", "Units returned", "units", "less", "units that buyers sent back", total("returned")),
    Score(
        "backlog_days", "Backlog", "unit-days", "less",
        "units owed to buyers who waited x days they waited", total("backlog_days"),
    ),
    Score(
        "ad_units", "Units sold by ads", "units", "more",
        "units delivered at once x share of what was asked for that ads had brought, slot by slot", total("ad_sold"),
    ),
)  # fmt: skip
