"""What was earned and paid, and what was lost without being paid."""

from reports.record import ACCOUNTS, INCOME, FloatArray, Record, Setting
from reports.scores.score import Score, accounts, per_run, ratio, total, value

SPENT = tuple(account for account in ACCOUNTS if account not in INCOME)
"""The accounts that profit pays for."""


def _stock_growth(record: Record, setting: Setting) -> FloatArray:
    grown = record.closing + record.on_the_way_after - record.opening - record.on_the_way_before
    return setting.salvage_share * value(grown, setting)


def _profit(record: Record, setting: Setting) -> FloatArray:
    spent = accounts(*SPENT)(record, setting)
    return accounts(*INCOME)(record, setting) - spent + _stock_growth(record, setting)


def _lost_margin(record: Record, setting: Setting) -> FloatArray:
    return per_run((record.lost + record.cancelled) * (setting.market_price - setting.unit_cost))


def _landed_cost(record: Record, setting: Setting) -> FloatArray:
    received = record.received - record.moved_in
    landed = value(received, setting) + accounts("freight", "duty", "inspection", "customs")(record, setting)
    return ratio(landed, per_run(received))


MONEY: tuple[Score, ...] = (
    Score("holding_cost", "money", "less", accounts("rent", "surcharges", "capital", "risk", "disposal")),
    Score("profit", "money", "more", _profit),
    Score("revenue", "money", "more", accounts("revenue")),
    Score("goods_bought", "money", "neither", accounts("goods")),
    Score("stock_growth", "money", "neither", _stock_growth),
    Score("lost_margin", "money", "less", _lost_margin),
    Score("peak_cash", "money", "less", lambda record, _: record.peak_cash),
    Score("landed_cost", "money/unit", "less", _landed_cost),
    Score("freight", "money", "less", accounts("freight")),
    Score("duty", "money", "less", accounts("duty")),
    Score("inspection_fees", "money", "less", accounts("inspection")),
    Score("customs_fees", "money", "less", accounts("customs")),
    Score("handling", "money", "less", accounts("handling")),
    Score("holding_rent", "money", "less", accounts("rent")),
    Score("holding_surcharges", "money", "less", accounts("surcharges")),
    Score("holding_capital", "money", "less", accounts("capital")),
    Score("holding_risk", "money", "less", accounts("risk")),
    Score("holding_disposal", "money", "less", accounts("disposal")),
    Score("fees", "money", "neither", accounts("platform", "fulfilment")),
    Score("taxes", "money", "less", accounts("tax")),
    Score("markdown", "money", "less", accounts("markdown")),
    Score("sold_off", "money", "neither", accounts("sold_off")),
    Score("refunds", "money", "less", accounts("refunds")),
    Score("returns_cost", "money", "less", accounts("returns")),
    Score("ad_spend", "money", "neither", total("ad_spend")),
    Score("wasted_ad_spend", "money", "less", total("wasted_ad_spend")),
)
