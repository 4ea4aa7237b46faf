"""Every score: its name, its formula in words, its unit, and which way is better.

A score answers one number per replication. Ratios are ratios of sums inside a replication, never means of ratios; a
ratio whose denominator is zero is NaN, "undefined".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from reports.record import ACCOUNTS, INCOME, FloatArray, IntArray, Record, Setting

Unit = Literal["share", "money", "money/unit", "turns/yr", "days", "units", "unit-days", "orders"]
Better = Literal["less", "more", "neither"]

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True)
class Score:
    """One way to judge a replication."""

    name: str
    label: str  # as printed at the head of a column; says which stockout rate it is
    unit: Unit
    better: Better
    formula: str
    of: Callable[[Record, Setting], FloatArray]  # -> [run]


def per_run(values: IntArray | FloatArray) -> FloatArray:
    """The sum of everything inside each replication, [run]."""
    return np.asarray(values.reshape(len(values), -1).sum(axis=1), dtype=np.float64)


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Part over whole, NaN where the whole is zero, [run]."""
    undefined = np.full(len(part), np.nan)
    return np.asarray(np.divide(part, whole, out=undefined, where=whole > 0))


def _share_of(part: str, whole: str) -> Callable[[Record, Setting], FloatArray]:
    return lambda record, setting: ratio(per_run(getattr(record, part)), per_run(getattr(record, whole)))


def _complement(share: Callable[[Record, Setting], FloatArray]) -> Callable[[Record, Setting], FloatArray]:
    return lambda record, setting: 1.0 - share(record, setting)


def _accounts(*names: str) -> Callable[[Record, Setting], FloatArray]:
    return lambda record, setting: sum((record.money[name] for name in names[1:]), start=record.money[names[0]])


def _busiest(name: str) -> Callable[[Record, Setting], FloatArray]:
    def use(record: Record, setting: Setting) -> FloatArray:
        places: FloatArray = getattr(record, name)
        return np.asarray(places.max(axis=1)) if places.shape[1] else np.full(len(places), np.nan)

    return use


def _empty_sku_days(record: Record, setting: Setting) -> FloatArray:
    sku_days = setting.days * record.empty_days[0].size
    return ratio(per_run(record.empty_days), np.full(len(record.runs), float(sku_days)))


def _value(units: IntArray | FloatArray, setting: Setting) -> FloatArray:
    return per_run(units * setting.unit_cost)


def _demand_forgone(record: Record, setting: Setting) -> FloatArray:
    forgone = per_run(record.forgone_by_stockout + record.forgone_by_seller)
    return ratio(forgone, forgone + per_run(record.wanted))


def _sold_at_cost(record: Record, setting: Setting) -> FloatArray:
    # What left the shelves for good, so that units delivered late to buyers who waited count too.
    return _value(record.opening + record.received - record.moved_out - record.closing, setting)


def _average_stock_value(record: Record, setting: Setting) -> FloatArray:
    return _value(record.on_hand_days, setting) / setting.days


def _turnover(record: Record, setting: Setting) -> FloatArray:
    yearly = _sold_at_cost(record, setting) * DAYS_PER_YEAR / setting.days
    return ratio(yearly, _average_stock_value(record, setting))


def _stock_days(record: Record, setting: Setting) -> FloatArray:
    return ratio(_average_stock_value(record, setting), _sold_at_cost(record, setting) / setting.days)


def _lost_margin(record: Record, setting: Setting) -> FloatArray:
    return per_run((record.lost + record.cancelled) * (setting.price - setting.unit_cost))


def _shop_score(record: Record, setting: Setting) -> FloatArray:
    return 1.0 - ratio(per_run(record.cancelled + record.late), per_run(record.wanted))


SPENT = tuple(account for account in ACCOUNTS if account not in INCOME)
"""The accounts that profit pays for."""


def _profit(record: Record, setting: Setting) -> FloatArray:
    grown = record.closing + record.on_the_way_after - record.opening - record.on_the_way_before
    spent = _accounts(*SPENT)(record, setting)
    return _accounts(*INCOME)(record, setting) - spent + setting.salvage_share * _value(grown, setting)


def _landed_cost(record: Record, setting: Setting) -> FloatArray:
    received = record.received - record.moved_in
    landed = _value(received, setting) + _accounts("freight", "duty", "inspection", "customs")(record, setting)
    return ratio(landed, per_run(received))


def _lead_days(record: Record, setting: Setting) -> FloatArray:
    order = np.argsort(record.runs)
    days, count = np.zeros((2, len(record.runs)))
    for shipments in record.transit.values():
        lead_days = shipments[:, 2:].sum(axis=1)
        arrived = ~np.isnan(lead_days)
        run = order[np.searchsorted(record.runs, shipments[arrived, 0], sorter=order)]
        days += np.bincount(run, lead_days[arrived], len(days))
        count += np.bincount(run, minlength=len(days))
    return ratio(days, count)


_ALL: tuple[Score, ...] = (
    Score(
        "stockout_rate", "Stockout rate, by order", "share", "less",
        "customer orders that met too little stock / customer orders that came", _share_of("short_orders", "orders"),
    ),
    Score(
        "holding_cost", "Holding cost", "money", "less",
        "rent + cost of capital + risk, on stock on hand", _accounts("rent", "capital", "risk"),
    ),
    Score(
        "turnover", "Turnover", "turns/yr", "more",
        "cost of goods sold x 365 / days / time-average stock value at cost, on hand", _turnover,
    ),
    Score(
        "profit", "Profit", "money", "more",
        "revenue + stock sold off - goods ordered - freight - duty - inspection - customs - platform - fulfilment"
        " - refunds - returns - ads - markdown - rent - capital - risk"
        " + salvage share x cost of (closing stock + on the way after - opening stock - on the way before)", _profit,
    ),
    Score(
        "fill_rate", "Fill rate, by unit", "share", "more",
        "units delivered at once / units wanted", _share_of("served", "wanted"),
    ),
    Score(
        "stockout_rate_unit", "Stockout rate, by unit", "share", "less",
        "units not delivered at once / units wanted", _complement(_share_of("served", "wanted")),
    ),
    Score(
        "stockout_rate_sku_day", "Empty-day rate, by SKU-day", "share", "less",
        "SKU-days that ended with nothing on hand / SKU-days, for each warehouse and SKU", _empty_sku_days,
    ),
    Score(
        "stockout_rate_cycle", "Stockout rate, by cycle", "share", "less",
        "replenishment cycles with a unit not delivered at once / cycles", _share_of("short_cycles", "cycles"),
    ),
    Score(
        "cycle_service", "Cycle service level", "share", "more",
        "replenishment cycles in which every unit was delivered at once / cycles",
        _complement(_share_of("short_cycles", "cycles")),
    ),
    Score("freight", "Freight", "money", "less", "freight of shipments that departed", _accounts("freight")),
    Score("duty", "Duty", "money", "less", "duty of shipments cleared", _accounts("duty")),
    Score(
        "lost_margin", "Lost margin", "money", "less",
        "(price - unit cost) x units turned away or cancelled, before fees", _lost_margin,
    ),
    Score(
        "peak_cash", "Peak cash", "money", "less",
        "the largest sum the seller was out of pocket, from the first day played on",
        lambda record, _: record.peak_cash,
    ),
    Score("holding_rent", "Rent", "money", "less", "storage rent", _accounts("rent")),
    Score("holding_capital", "Capital", "money", "less", "cost of capital on stock on hand", _accounts("capital")),
    Score("holding_risk", "Risk", "money", "less", "obsolescence and loss on stock on hand", _accounts("risk")),
    Score("inspection_fees", "Inspection fees", "money", "less", "fees of examinations", _accounts("inspection")),
    Score(
        "customs_fees", "Customs fees", "money", "less",
        "clearing fees, demurrage and refused shipments", _accounts("customs"),
    ),
    Score(
        "fees", "Selling fees", "money", "neither",
        "commissions of platforms and creators + picking, packing and last mile", _accounts("platform", "fulfilment"),
    ),
    Score("revenue", "Revenue", "money", "more", "price x units delivered", _accounts("revenue")),
    Score(
        "cost_of_goods", "Cost of goods sold", "money", "neither",
        "unit cost x units that left the shelves for good; a unit moved to another warehouse did not", _sold_at_cost,
    ),
    Score(
        "landed_cost", "Landed cost of a unit", "money/unit", "less",
        "(unit cost of units received from factories + freight + duty + inspection + customs) / those units",
        _landed_cost,
    ),
    Score(
        "average_stock_value", "Average stock value", "money", "less",
        "time-average of units on hand x unit cost", _average_stock_value,
    ),
    Score(
        "inventory_days", "Days of inventory", "days", "less",
        "average stock value / cost of goods sold per day", _stock_days,
    ),
    Score("markdown", "Markdown", "money", "less", "price given away on clearance", _accounts("markdown")),
    Score(
        "sold_off", "Sold off", "money", "neither",
        "what business buyers paid for stock sold off", _accounts("sold_off"),
    ),
    Score("ad_spend", "Ad spend", "money", "neither", "money spent on ads", lambda record, _: per_run(record.ad_spend)),
    Score(
        "wasted_ad_spend", "Wasted ad spend", "money", "less",
        "money spent on ads of a SKU while no warehouse that serves the market had any",
        lambda record, _: per_run(record.wasted_ad_spend),
    ),
    Score(
        "ad_units", "Units sold by ads", "units", "more",
        "units delivered at once x share of what was asked for that ads had brought, slot by slot",
        lambda record, _: per_run(record.ad_sold),
    ),
    Score(
        "demand_forgone", "Demand forgone", "share", "less",
        "units that never came because of an earlier stockout or a lever / (those + units wanted)",
        _demand_forgone,
    ),
    Score(
        "forgone_by_stockout", "Forgone by stockouts", "units", "less",
        "units that never came because an earlier stockout took weight away",
        lambda record, _: per_run(record.forgone_by_stockout),
    ),
    Score(
        "forgone_by_seller", "Forgone by levers", "units", "less",
        "units that never came because the seller throttled ads or called off promotions",
        lambda record, _: per_run(record.forgone_by_seller),
    ),
    Score("lost_units", "Units lost", "units", "less", "units turned away", lambda record, _: per_run(record.lost)),
    Score(
        "switched_units", "Units switched", "units", "neither",
        "units whose buyers took a SKU of the same group instead", lambda record, _: per_run(record.switched),
    ),
    Score(
        "cancelled_share", "Cancelled share, by unit", "share", "less",
        "units whose buyers waited too long and cancelled / units wanted", _share_of("cancelled", "wanted"),
    ),
    Score(
        "shop_score", "Shop score", "share", "more",
        "1 - (units cancelled + units dispatched later than the platform allows) / units wanted", _shop_score,
    ),
    Score(
        "returned_units", "Units returned", "units", "less",
        "units that buyers sent back", lambda record, _: per_run(record.returned),
    ),
    Score("refunds", "Refunds", "money", "less", "price of units sent back", _accounts("refunds")),
    Score("returns_cost", "Cost of returns", "money", "less", "handling of units sent back", _accounts("returns")),
    Score(
        "backlog_days", "Backlog", "unit-days", "less",
        "units owed to buyers who waited x days they waited", lambda record, _: per_run(record.backlog_days),
    ),
    Score(
        "purchase_orders", "Purchase orders", "orders", "neither",
        "purchase orders placed, all lanes", lambda record, _: per_run(record.purchase_orders),
    ),
    Score(
        "lead_days", "Lead time", "days", "less",
        "mean days from order to shelf, of shipments ordered on scored days and put away by the end", _lead_days,
    ),
    Score(
        "lost_on_the_way", "Units lost on the way", "units", "less",
        "units ordered that never come: bad production, or refused at customs",
        lambda record, _: per_run(record.lost_on_the_way),
    ),
    Score(
        "line_use", "Factory line use", "share", "neither",
        "share of line time in use at the busiest factory; 0 where capacity is unlimited", _busiest("line_use"),
    ),
    Score(
        "customs_use", "Customs use", "share", "neither",
        "share of desk time in use at the busiest customs post; 0 where desks are unlimited", _busiest("desk_use"),
    ),
    Score(
        "dock_use", "Dock use", "share", "neither",
        "share of dock time in use at the busiest warehouse; 0 where docks are unlimited", _busiest("dock_use"),
    ),
)  # fmt: skip

SCORES: dict[str, Score] = {score.name: score for score in _ALL}
"""Every score by name, the three of the scoreboard first."""

KEY_SCORES = ("stockout_rate", "holding_cost", "turnover", "profit", "fill_rate")
"""The scores in which policies are compared pair by pair."""


def all_scores(record: Record, setting: Setting) -> dict[str, FloatArray]:
    """Every score of a record, [run] by name."""
    return {name: score.of(record, setting) for name, score in SCORES.items()}
