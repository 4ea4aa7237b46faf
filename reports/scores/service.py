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
    Score("stockout_rate", "share", "less", share_of("short_orders", "orders")),
    Score("fill_rate", "share", "more", share_of("served", "wanted")),
    Score("stockout_rate_unit", "share", "less", complement(share_of("served", "wanted"))),
    Score("stockout_rate_sku_day", "share", "less", _empty_sku_days),
    Score("stockout_rate_cycle", "share", "less", share_of("short_cycles", "cycles")),
    Score("cycle_service", "share", "more", complement(share_of("short_cycles", "cycles"))),
    Score("on_time_promise", "share", "more", share_of("on_time", "sold")),
    Score("presale_share", "share", "neither", share_of("owed", "wanted")),
    Score("demand_forgone", "share", "less", _demand_forgone),
    Score("forgone_by_stockout", "units", "less", total("forgone_by_stockout")),
    Score("forgone_by_seller", "units", "less", total("forgone_by_seller")),
    Score("forgone_by_promise", "units", "less", total("forgone_by_promise")),
    Score("lost_units", "units", "less", total("lost")),
    Score("oversold_units", "units", "less", total("oversold")),
    Score("switched_units", "units", "neither", total("switched")),
    Score("cancelled_share", "share", "less", share_of("cancelled", "wanted")),
    Score("shop_score", "share", "more", _shop_score),
    Score("returned_units", "units", "less", total("returned")),
    Score("backlog_days", "unit-days", "less", total("backlog_days")),
    Score("ad_units", "units", "more", total("ad_sold")),
)
