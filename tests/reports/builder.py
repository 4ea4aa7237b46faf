"""Records made by arithmetic: small ones to work out by hand, and a season that looks like one."""

import dataclasses
from datetime import date

import numpy as np

from reports.comparison import Comparison
from reports.record import ACCOUNTS, EventMark, FloatArray, IntArray, Record, Series, Setting
from reports.verdict.goal import read_goal

VERSIONS = {"stocktide": "0.1.0", "python": "3.11"}


def setting(**changes: object) -> Setting:
    """One SKU, one warehouse, one market, 100 days."""
    facts: dict[str, object] = {
        "title": "A lamp shop",
        "scenario": "lamp-shop",
        "scenario_hash": "0123456789abcdef" * 4,
        "seed": 7,
        "start": date(2026, 7, 1),
        "days": 100,
        "warm_up_days": 0,
        "slots_per_day": 1,
        "currency": "USD",
        "skus": ("LAMP",),
        "warehouses": ("los-angeles",),
        "markets": ("us",),
        "home": (0,),
        "posts": ("us",),
        "suppliers": ("zhongshan",),
        "lanes": ("sea", "air"),
        "stages": {
            "sea": ("production", "departure", "ocean", "customs queue", "customs", "drayage", "dock queue", "dock"),
            "air": ("production", "departure", "flight", "customs queue", "customs", "dock queue", "dock"),
        },
        "bonded": (False,),
        "leads_to": (0, 0),
        "unit_cost": np.array([10.0]),
        "price": np.array([30.0]),
        "market_price": np.array([[30.0]]),
        "salvage_share": 1.0,
    }
    return Setting(**{**facts, **changes})  # type: ignore[arg-type]


def record(runs: int = 1, days: int = 100, **changes: object) -> Record:
    """A record in which nothing happened, but for the changes: arrays, or one number for every replication."""
    per_sku = {
        name: np.zeros((runs, 1, 1), np.int64)
        for name in (
            "orders", "short_orders", "wanted", "served", "switched", "owed", "lost", "oversold", "cancelled", "late",
            "returned", "forgone_by_stockout", "forgone_by_seller", "forgone_by_promise",
            "opening", "received", "moved_in", "moved_out", "lost_on_the_way", "restocked", "sold", "off_sold", "expired",
            "sent_off", "shrunk", "ordered", "closing", "on_the_way_before", "on_the_way_after", "in_transit_after",
            "cycles", "short_cycles",
        )
    }  # fmt: skip
    facts: dict[str, object] = {
        "policy": "reorder-point",
        "playbook": "none",
        "routing": "preference",
        "sees": ("stock", "sales"),
        "runs": np.arange(runs),
        **per_sku,
        "backlog_days": np.zeros((runs, 1, 1)),
        "on_time": np.zeros((runs, 1)),
        **{name: np.zeros((runs, 1, 1)) for name in ("ad_spend", "wasted_ad_spend", "ad_sold")},
        "on_hand_days": np.zeros((runs, 1, 1)),
        "record_gap_days": np.zeros((runs, 1, 1)),
        "empty_days": np.zeros((runs, 1, 1)),
        "purchase_orders": np.zeros((runs, 2), np.int64),
        **dict.fromkeys(("peak_cash", "wanted_variance", "ordered_variance"), np.zeros(runs)),
        "transit": {"sea": np.zeros((0, 10)), "air": np.zeros((0, 9))},
        "line_use": np.zeros((runs, 1)),
        "desk_use": np.zeros((runs, 1)),
        "dock_use": np.zeros((runs, 1)),
        **{
            name: np.zeros((days, runs, 1), np.int64)
            for name in ("daily_on_hand", "daily_received", "daily_lost", "daily_wanted", "daily_short")
        },
        "daily_cash": np.zeros((days, runs)),
    }
    money = {name: np.zeros(runs) for name in ACCOUNTS}
    for name, value in changes.items():
        if name in ACCOUNTS:
            money[name] = np.broadcast_to(np.asarray(value, float), (runs,)).copy()
        elif isinstance(facts.get(name), np.ndarray):
            blank = facts[name]
            given = np.asarray(value, blank.dtype)  # type: ignore[union-attr]
            if given.ndim == 1 and given.shape == (runs,):
                given = given.reshape((runs,) + (1,) * (blank.ndim - 1))  # type: ignore[union-attr]
            facts[name] = np.array(given if given.ndim > 1 else np.broadcast_to(given, blank.shape))  # type: ignore[union-attr]
        else:
            facts[name] = value
    return Record(money=money, **facts)  # type: ignore[arg-type]


def series(slots: int = 100, skus: int = 1, **changes: object) -> Series:
    """One kept run in which nothing happened, but for the changes: one number, [slot, 1] or [slot, sku]; `streams`
    and `levers` with all their axes."""

    def spread(value: object, dtype: type = np.int64) -> np.ndarray:
        return np.broadcast_to(np.asarray(value, dtype), (slots, skus)).reshape(slots, 1, 1, skus).copy()

    facts: dict[str, object] = {
        item.name: spread(changes.pop(item.name, 0), float if item.name == "ad_spend" else np.int64)
        for item in dataclasses.fields(Series)
        if item.type in (IntArray, FloatArray)
    }
    named = {"runs": (0,), "streams": {}, "why": {}, "levers": {}, "shipments": ()}
    return Series(**{**facts, **named, **changes})  # type: ignore[arg-type]


SEA_DAYS = {
    "production": (22, 0.3), "departure": (5, 0.5), "ocean": (19, 0.25), "customs queue": (0.6, 1.5),
    "customs": (1.4, 0.7), "drayage": (2.7, 0.3), "dock queue": (0.4, 1.8), "dock": (1.2, 0.3),
}  # fmt: skip
AIR_DAYS = {
    "production": (22, 0.3), "departure": (1.5, 0.4), "flight": (4, 0.3), "customs queue": (0.6, 1.5),
    "customs": (1, 0.7), "dock queue": (0.4, 1.8), "dock": (1, 0.3),
}  # fmt: skip
"""Mean days of each stage, and their coefficient of variation."""


def shipments(
    stages: dict[str, tuple[float, float]], runs: int, days: int, every: int = 7, first: int = 0
) -> FloatArray:
    """A lane's `Record.transit`: an order every so many days, gamma stages, NaN for what the season's end cut off.

    Orders of days 60 to 80 wait twice as long in production, and whoever queues on days 120 to 160 ten times as long.
    """
    luck = np.random.default_rng(len(stages))
    run, day = (axis.ravel() for axis in np.meshgrid(np.arange(runs), np.arange(first, days, every), indexing="ij"))
    columns, now = [run.astype(float), day.astype(float)], day + 1.0
    for name, (mean, cv) in stages.items():
        spent = luck.gamma(cv**-2, mean * cv**2, len(day))
        spent *= np.where((name == "production") & (day >= 60) & (day <= 80), 2, 1)
        spent *= np.where(name.endswith("queue") & (now >= 120) & (now <= 160), 10, 1)
        now = now + spent
        columns.append(np.where(now <= days, spent, np.nan))
    return np.column_stack(columns)


SEASON_DAYS = 184
SEASON = {
    "days": SEASON_DAYS,
    "title": "Black Friday: lighting seller, Zhongshan to Los Angeles",
    "scenario": "black-friday",
    "luck": "demand, lead times and inspections vary",
    "events": (
        EventMark("Prime Day", "promotion", 12, 4),
        EventMark("Back to school", "promotion", 50, 10),
        EventMark("Black Friday", "promotion", 149, 4),
        *(EventMark("Friday live", "livestream", day, 1) for day in range(2, SEASON_DAYS, 7)),
    ),
    "assumptions": ("Unit cost is 44 CNY at 7.1 CNY/USD.", "A buyer in fifty waits for a late parcel."),
    "sources": ("Sea legs: public carrier schedules, 2023-2025.",),
}


def season(policy: str, cover: float, **changes: object) -> Record:
    """Some replications of a policy that covers so many days: a saw of stock under a bent season of demand."""
    runs, days, pace = int(changes.pop("runs", 40)), SEASON_DAYS, 400.0  # type: ignore[call-overload]
    luck = np.random.default_rng(5).normal(size=(days + 1, runs))
    lift = np.ones(days)
    lift[12:16], lift[149:153] = 2.5, 4.0
    wanted = np.maximum(pace * lift[:, None] * (1 + 0.25 * luck[:days]), 0).astype(np.int64)
    level = np.full(runs, int(pace * cover))
    opening = level.copy()
    stock, arrived, lost = (np.zeros((days, runs), np.int64) for _ in range(3))
    for day in range(days):
        came = (day + np.round(4 * luck[-1]).astype(int)) % 21 == 0
        arrived[day] = np.where(came, np.maximum(pace * (cover + 21) - level, 0), 0)
        level = level + arrived[day]
        lost[day] = np.maximum(wanted[day] - level, 0)
        level = np.maximum(level - wanted[day], 0)
        stock[day] = level
    sold = (wanted - lost).sum(axis=0)
    facts: dict[str, object] = {
        "policy": policy,
        "orders": wanted.sum(axis=0), "short_orders": lost.sum(axis=0), "wanted": wanted.sum(axis=0),
        "served": sold, "sold": sold, "on_time": sold * 0.96, "lost": lost.sum(axis=0),
        "opening": opening, "received": arrived.sum(axis=0), "ordered": arrived.sum(axis=0), "closing": level,
        "on_the_way_after": np.full(runs, 9000), "in_transit_after": np.full(runs, 5000),
        "on_hand_days": stock.sum(axis=0), "empty_days": (stock == 0).sum(axis=0),
        "cycles": np.full(runs, 8), "short_cycles": np.minimum((lost > 0).sum(axis=0), 8),
        "revenue": sold * 30.0, "goods": arrived.sum(axis=0) * 10.0, "freight": arrived.sum(axis=0) * 1.1,
        "duty": arrived.sum(axis=0) * 3.0, "platform": sold * 5.4, "fulfilment": sold * 3.6,
        "rent": stock.sum(axis=0) * 0.0036, "capital": stock.sum(axis=0) * 0.0027,
        "risk": stock.sum(axis=0) * 0.0027, "peak_cash": np.full(runs, 90_000.0) * cover / 30,
        "daily_on_hand": stock[:, :, None], "daily_received": arrived[:, :, None],
        "daily_lost": lost[:, :, None], "daily_wanted": wanted[:, :, None], "daily_short": lost[:, :, None],
        "purchase_orders": np.tile([9, 2], (runs, 1)), "line_use": np.full(runs, 0.9),
        "desk_use": np.full(runs, 0.4), "dock_use": np.full(runs, 0.3),
        "transit": {"sea": shipments(SEA_DAYS, runs, days), "air": shipments(AIR_DAYS, runs, days, 28)},
    }  # fmt: skip
    return record(runs, days, **{**facts, **changes})


def field(runs: int = 40) -> tuple[Record, ...]:
    """Some policies and the two yardsticks."""
    return (
        season("reorder-point", 10, runs=runs),
        season("reorder-point:safety_days=7", 14, runs=runs),
        season("base-plus-burst", 40, runs=runs, freight=np.full(runs, 120_000.0)),
        season("lead-cover", 4, runs=runs),
        season("base-stock:cover_days=30", 30, runs=runs),
        season("service-level:target=0.98", 18, runs=runs),
        season("air-rescue(reorder-point)", 12, runs=runs, freight=np.full(runs, 180_000.0)),
        season("never", 5, runs=runs, sees=(), orders=np.full(runs, 80_000), short_orders=np.full(runs, 60_000)),
        season("oracle", 1, runs=runs, sees=("stock", "future"), short_orders=np.zeros(runs)),
    )


def comparison(
    records: tuple[Record, ...] | None = None, goal: str = "stockout_rate<=5%, most profit", **changes: object
) -> Comparison:
    """A comparison of the field in the season, or of what is given."""
    return Comparison.of(
        setting(**{**SEASON, **changes}),
        field() if records is None else records,
        read_goal(goal),
        "stocktide compare black-friday --runs 40",
        VERSIONS,
    )
