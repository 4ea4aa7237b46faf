"""What was earned and paid, and what was lost without being paid."""

from reports.record import ACCOUNTS, INCOME, FloatArray, Record, Setting
from reports.scores.score import Score, accounts, per_run, ratio, total, value

SPENT = tuple(account for account in ACCOUNTS if account not in INCOME)
"""The accounts that profit pays for."""


def _profit(record: Record, setting: Setting) -> FloatArray:
    grown = record.closing + record.on_the_way_after - record.opening - record.on_the_way_before
    spent = accounts(*SPENT)(record, setting)
    return accounts(*INCOME)(record, setting) - spent + setting.salvage_share * value(grown, setting)


def _lost_margin(record: Record, setting: Setting) -> FloatArray:
    return per_run((record.lost + record.cancelled) * (setting.market_price - setting.unit_cost))


def _landed_cost(record: Record, setting: Setting) -> FloatArray:
    received = record.received - record.moved_in
    landed = value(received, setting) + accounts("freight", "duty", "inspection", "customs")(record, setting)
    return ratio(landed, per_run(received))


MONEY: tuple[Score, ...] = (
    Score(
        "holding_cost", "Holding cost", "money", "less",
        "rent + surcharges + cost of capital + risk, on stock on hand, + disposal",
        accounts("rent", "surcharges", "capital", "risk", "disposal"),
    ),
    Score(
        "profit", "Profit", "money", "more",
        "revenue + stock sold off - goods ordered - freight - duty - inspection - customs - platform - fulfilment"
        " - handling - tax - refunds - returns - ads - markdown - rent - surcharges - disposal - capital - risk"
        " + salvage share x cost of (closing stock + on the way after - opening stock - on the way before)", _profit,
    ),
    Score("revenue", "Revenue", "money", "more", "price x units delivered", accounts("revenue")),
    Score(
        "lost_margin", "Lost margin", "money", "less",
        "(price in the market - unit cost) x units turned away or cancelled, before fees", _lost_margin,
    ),
    Score(
        "peak_cash", "Peak cash", "money", "less",
        "the largest sum the seller was out of pocket, from the first day played on",
        lambda record, _: record.peak_cash,
    ),
    Score(
        "landed_cost", "Landed cost of a unit", "money/unit", "less",
        "(unit cost of units received from factories + freight + duty + inspection + customs) / those units",
        _landed_cost,
    ),
    Score("freight", "Freight", "money", "less", "freight of shipments that departed", accounts("freight")),
    Score("duty", "Duty", "money", "less", "duty of shipments cleared", accounts("duty")),
    Score("inspection_fees", "Inspection fees", "money", "less", "fees of examinations", accounts("inspection")),
    Score(
        "customs_fees", "Customs fees", "money", "less",
        "clearing fees, demurrage and refused shipments", accounts("customs"),
    ),
    Score("handling", "Handling", "money", "less", "receiving and dispatch at warehouses", accounts("handling")),
    Score("holding_rent", "Rent", "money", "less", "storage rent", accounts("rent")),
    Score(
        "holding_surcharges", "Storage surcharges", "money", "less",
        "storage of aged, crowded and overflowing stock", accounts("surcharges"),
    ),
    Score("holding_capital", "Capital", "money", "less", "cost of capital on stock on hand", accounts("capital")),
    Score("holding_risk", "Risk", "money", "less", "obsolescence and loss on stock on hand", accounts("risk")),
    Score(
        "holding_disposal", "Disposal", "money", "less",
        "destroying stock and sending it back", accounts("disposal"),
    ),
    Score(
        "fees", "Selling fees", "money", "neither",
        "commissions of platforms and creators + picking, packing and last mile", accounts("platform", "fulfilment"),
    ),
    Score("taxes", "Cross-border tax", "money", "less", "cross-border tax on units sold", accounts("tax")),
    Score("markdown", "Markdown", "money", "less", "price given away on clearance", accounts("markdown")),
    Score(
        "sold_off", "Sold off", "money", "neither",
        "what business buyers paid for stock sold off", accounts("sold_off"),
    ),
    Score("refunds", "Refunds", "money", "less", "price of units sent back", accounts("refunds")),
    Score("returns_cost", "Cost of returns", "money", "less", "handling of units sent back", accounts("returns")),
    Score("ad_spend", "Ad spend", "money", "neither", "money spent on ads", total("ad_spend")),
    Score(
        "wasted_ad_spend", "Wasted ad spend", "money", "less",
        "money spent on ads of a SKU while no warehouse that serves the market had any", total("wasted_ad_spend"),
    ),
)  # fmt: skip
