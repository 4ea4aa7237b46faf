"""The record of what happened: one policy, played over some replications of one world.

Totals cover the scored days only. Units are whole; money is in the scenario's currency.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class EventMark:
    """An event of the world's calendar, to be marked in a picture."""

    name: str
    kind: Literal["promotion", "livestream", "influencer"]
    first_day: int  # [day] from the first scored day; may be negative
    days: int


@dataclass(frozen=True)
class Setting:
    """The facts of the world that a reader of the record needs."""

    title: str
    scenario: str  # the name the user gave
    scenario_hash: str  # sha256 of everything the scenario says, hexadecimal
    seed: int
    start: date  # the first scored day
    days: int  # scored days
    warm_up_days: int  # played before, not scored
    slots_per_day: int
    currency: str
    skus: tuple[str, ...]
    warehouses: tuple[str, ...]
    markets: tuple[str, ...]
    home: tuple[int, ...]  # [market] index of its first warehouse
    posts: tuple[str, ...]
    suppliers: tuple[str, ...]
    lanes: tuple[str, ...]
    leads_to: tuple[int, ...]  # [lane] index of the warehouse to which it leads
    stages: Mapping[str, tuple[str, ...]]  # by lane, what goods pass on it, in order; see Record.transit
    bonded: tuple[bool, ...]  # [warehouse]
    unit_cost: FloatArray  # [sku]
    price: FloatArray  # [sku]
    market_price: FloatArray  # [market, sku] what its buyers pay
    salvage_share: float
    events: tuple[EventMark, ...] = ()
    assumptions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    luck: str = ""  # what luck the replications stand for, such as "lead-time luck only"

    def day(self, index: int) -> date:
        """The date of a scored day."""
        return self.start + timedelta(days=index)


@dataclass(frozen=True)
class Shipment:
    """One purchase order of a kept run. Days are fractions, counted from the first day played; inf when not yet."""

    run: int  # replication
    lane: str
    supplier: str  # or the warehouse it came from
    warehouse: str
    ordered: float  # end of the review day
    ready: float  # made
    departed: float
    legs: tuple[tuple[str, float, float], ...]  # name, entered, left
    shelved: float  # put away
    units: IntArray  # [sku]
    freight: float


@dataclass(frozen=True)
class Series:
    """Everything, slot by slot, of the kept runs; warm-up included."""

    runs: tuple[int, ...]  # replication of each kept run
    wanted: IntArray  # [slot, kept, market, sku] units
    sold: IntArray  # [slot, kept, market, sku] units delivered, to fresh orders and to buyers who waited or switched
    short: IntArray  # [slot, kept, market, sku] units wanted that were not delivered at once
    lost: IntArray  # [slot, kept, market, sku] units turned away
    backlog: IntArray  # [slot, kept, market, sku] units owed at the end of the slot
    returned: IntArray  # [slot, kept, market, sku] units that buyers sent back
    returning: IntArray  # [slot, kept, market, sku] units with buyers, or on their way, that will come back
    on_hand: IntArray  # [slot, kept, warehouse, sku] at the end of the slot
    on_order: IntArray  # [slot, kept, warehouse, sku] units in production or on their way at the end of the slot
    received: IntArray  # [slot, kept, warehouse, sku]
    restocked: IntArray  # [slot, kept, warehouse, sku] units sent back that went to the shelf again
    ordered: IntArray  # [slot, kept, warehouse, sku]
    ordered_by_lane: IntArray  # [day, kept, lane, sku]
    seen_on_hand: IntArray  # [day, kept, warehouse, sku] as the seller has it when the day is reviewed
    seen_position: IntArray  # [day, kept, warehouse, sku] the stock position, as seen then
    streams: Mapping[str, IntArray]  # by stream of demand, [day, kept, market, sku] units wanted or forgone_by_promise
    why: Mapping[str, FloatArray]  # what a policy gave as its reasons, [day, kept, warehouse, sku]; NaN between reviews
    levers: Mapping[str, FloatArray]  # what a playbook set, alerts too, [slot, kept, warehouse, sku]; NaN: nothing
    ad_spend: FloatArray  # [slot, kept, market, sku] money
    shipments: tuple[Shipment, ...]


@dataclass(frozen=True)
class Record:
    """One policy's replications. Arrays start with the run axis except `daily_*`, which start with the day."""

    policy: str  # label: name and changed parameters
    playbook: str  # the same of what the seller does besides ordering; "none" does nothing
    routing: str  # the same of which warehouse serves an order
    sees: tuple[str, ...]
    runs: IntArray  # [run] replication numbers
    # what buyers wanted: arrays of [run, market, sku]
    orders: IntArray  # customer orders that came
    short_orders: IntArray  # of those, orders that met too little stock
    wanted: IntArray  # units wanted
    served: IntArray  # units delivered at once
    switched: IntArray  # units whose buyers took a sibling instead
    owed: IntArray  # units promised to buyers who wait
    lost: IntArray  # units turned away
    oversold: IntArray  # of those, units that were sold before it turned out that they were not there
    cancelled: IntArray  # units whose buyers had waited too long
    late: IntArray  # units that waited longer than the platform allows
    returned: IntArray  # units that buyers sent back
    backlog_days: FloatArray  # unit-days owed
    forgone_by_stockout: IntArray  # units that did not come because an earlier stockout took weight away
    forgone_by_seller: IntArray  # units that did not come because the seller throttled ads or called off promotions
    forgone_by_promise: IntArray  # units that did not come because delivery was promised too late
    on_time: FloatArray  # [run, market] units delivered within the days that were promised
    ad_spend: FloatArray  # money
    wasted_ad_spend: FloatArray  # of that, while no warehouse that serves the market had any
    ad_sold: FloatArray  # units delivered at once because of ads
    # what stock did: arrays of [run, warehouse, sku]
    opening: IntArray  # on hand before the first scored day
    received: IntArray
    moved_in: IntArray  # of that, units that came from another warehouse
    moved_out: IntArray  # units sent to another warehouse
    lost_on_the_way: IntArray  # units ordered that never come: bad production, or refused at customs
    restocked: IntArray  # units sent back that went to the shelf again
    sold: IntArray  # units handed over to buyers
    off_sold: IntArray  # units sold off to business buyers
    expired: IntArray  # units past their shelf life
    sent_off: IntArray  # units whose storage term was over: destroyed or sent back
    shrunk: IntArray  # units that were lost, broken or stolen
    ordered: IntArray
    closing: IntArray  # on hand after the last scored day
    on_the_way_before: IntArray  # in production or on its way before the first scored day
    on_the_way_after: IntArray  # in production or on its way after the last scored day
    in_transit_after: IntArray  # of those, units that have departed
    on_hand_days: FloatArray  # unit-days on hand, end of slots
    record_gap_days: FloatArray  # unit-days by which the stock record was off
    empty_days: FloatArray  # days that ended with nothing on hand
    cycles: IntArray  # replenishment cycles, from one receipt to the next
    short_cycles: IntArray  # of those, cycles in which a unit was not delivered at once
    purchase_orders: IntArray  # [run, lane]
    transit: Mapping[str, FloatArray]  # by lane, all of them, [shipment, column] of orders of scored days: replication,
    # the scored day of the order, then days in each of `Setting.stages`; NaN for those it had not left by the end
    money: Mapping[str, FloatArray]  # account -> [run]; see ACCOUNTS
    wanted_variance: FloatArray  # [run] of the units wanted in a week, each SKU's by itself, summed over SKUs
    ordered_variance: FloatArray  # [run] the same of the units ordered from factories
    peak_cash: FloatArray  # [run] largest sum the seller was out of pocket, from the first day played on
    line_use: FloatArray  # [run, supplier] share of line time in use; 0 where capacity is unlimited
    desk_use: FloatArray  # [run, post] share of desk time in use; 0 where desks are unlimited
    dock_use: FloatArray  # [run, warehouse] share of dock time in use; 0 where docks are unlimited
    # the scored days of the first replications, for pictures
    daily_on_hand: IntArray  # [day, run, warehouse] units at the end of the day
    daily_received: IntArray  # [day, run, warehouse]
    daily_lost: IntArray  # [day, run, market]
    daily_wanted: IntArray  # [day, run, market]
    daily_short: IntArray  # [day, run, market] units not delivered at once
    daily_cash: FloatArray  # [day, run] money in less money out since the first day played; from that day on
    series: Series | None = field(default=None, repr=False)


ACCOUNTS: dict[str, str] = {
    "revenue": "price of units delivered",
    "goods": "unit cost of units ordered",
    "freight": "freight of shipments that departed",
    "duty": "duty of shipments cleared",
    "inspection": "fees of examinations",
    "customs": "clearing fees, demurrage and refused shipments",
    "platform": "commission of platforms and creators",
    "fulfilment": "picking, packing and last mile",
    "handling": "receiving and dispatch at warehouses",
    "tax": "cross-border tax",
    "ads": "money spent on ads",
    "markdown": "price given away on clearance",
    "sold_off": "what business buyers paid for stock sold off (income)",
    "refunds": "price of units that buyers sent back",
    "returns": "handling of units that buyers sent back",
    "rent": "storage rent",
    "surcharges": "storage of aged, crowded and overflowing stock",
    "disposal": "destroying stock and sending it back",
    "capital": "cost of capital on stock on hand",
    "risk": "obsolescence and loss on stock on hand",
}
"""What each account of `Record.money` holds; all amounts are positive."""
INCOME = ("revenue", "sold_off")
"""The accounts that bring money in."""

PICTURED = 100
"""Replications, the first ones, whose days are recorded for pictures."""
DAY_FIRST = ("daily_on_hand", "daily_received", "daily_lost", "daily_wanted", "daily_short", "daily_cash")


def joined(records: Sequence[Record]) -> Record:
    """Batches of one policy as one record, in the order given."""
    first = records[0]
    parts: dict[str, object] = {}
    for item in dataclasses.fields(Record):
        values = [getattr(record, item.name) for record in records]
        if isinstance(values[0], np.ndarray):
            daily = item.name in DAY_FIRST
            parts[item.name] = np.concatenate(values, axis=1)[:, :PICTURED] if daily else np.concatenate(values)
    parts["money"] = {name: np.concatenate([record.money[name] for record in records]) for name in first.money}
    parts["transit"] = {
        lane: in_order(np.concatenate([record.transit[lane] for record in records])) for lane in first.transit
    }
    parts["series"] = _joined_series([record.series for record in records if record.series is not None])
    return dataclasses.replace(first, **parts)  # type: ignore[arg-type]


def in_order(rows: FloatArray) -> FloatArray:
    """Rows by their columns, the first before all, so that no sum over them knows how replications were batched."""
    return rows[np.lexsort(rows.T[::-1])]


def _joined_series(kept: Sequence[Series]) -> Series | None:
    if len(kept) < 2:
        return kept[0] if kept else None
    parts: dict[str, object] = {
        item.name: np.concatenate([getattr(series, item.name) for series in kept], axis=1)
        for item in dataclasses.fields(Series)
        if isinstance(getattr(kept[0], item.name), np.ndarray)
    }
    parts["runs"] = tuple(run for series in kept for run in series.runs)
    parts["shipments"] = tuple(shipment for series in kept for shipment in series.shipments)
    parts["streams"] = _joined_by_name([series.streams for series in kept], kept, 0)
    parts["why"] = _joined_by_name([series.why for series in kept], kept, np.nan)
    parts["levers"] = _joined_by_name([series.levers for series in kept], kept, np.nan)
    return dataclasses.replace(kept[0], **parts)  # type: ignore[arg-type]


def _joined_by_name(
    tables: Sequence[Mapping[str, NDArray[Any]]], kept: Sequence[Series], missing: float
) -> dict[str, NDArray[Any]]:
    """Arrays of each name along the kept axis; a batch without one, such as a stream that never came, is filled."""
    joined_tables = {}
    for name in dict.fromkeys(name for table in tables for name in table):
        known = next(table[name] for table in tables if name in table)
        rows = [
            table[name]
            if name in table
            else np.full((len(known), len(series.runs), *known.shape[2:]), missing, known.dtype)
            for table, series in zip(tables, kept, strict=True)
        ]
        joined_tables[name] = np.concatenate(rows, axis=1)
    return joined_tables
