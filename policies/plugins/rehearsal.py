"""Scenes to try a policy on without an engine: numbers written by hand, or made up for the conformance contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from policies.protocol import (
    SIGHTS,
    CalendarSight,
    FutureSight,
    IntArray,
    LaneFacts,
    Observation,
    PlannedEvent,
    SalesSight,
    StockSight,
)

FIRST_DAY = date(2026, 1, 1)
RUNS, SKUS, HISTORY, HORIZON = 50, 5, 100, 80


@dataclass(frozen=True)
class Scene:
    """One warehouse at one review, for several runs at once."""

    title: str
    day: int
    lanes: tuple[LaneFacts, ...]
    on_hand: IntArray  # [run, sku]
    backlog: IntArray  # [run, sku]
    arriving: IntArray  # [day, run, sku] on order, by the day it is planned to be sellable, tomorrow first
    sold: IntArray  # [day, run, market, sku] up to today
    open_days: IntArray  # [day, run, sku] 1 where the day began with stock
    channels: tuple[str, ...]  # [market]
    events: tuple[PlannedEvent, ...]
    wanted: IntArray  # [day, run, sku] from tomorrow on
    arrivals: Mapping[str, IntArray]  # by lane, [review, run]

    def with_lanes(self, names: Sequence[str]) -> "Scene | None":
        """The same scene with lanes of these names among its own; None when it has too few."""
        own = [lane.name for lane in self.lanes]
        new = [name for name in names if name not in own]
        free = [name for name in own if name not in names]
        if len(new) > len(free):
            return None
        called = {name: name for name in own} | dict(zip(free, new, strict=False))
        return replace(
            self,
            lanes=tuple(replace(lane, name=called[lane.name]) for lane in self.lanes),
            arrivals={called[name]: days for name, days in self.arrivals.items()},
        )

    def seen(self, sees: frozenset[str], run: int | None = None, order: Sequence[int] | None = None) -> Observation:
        """What a policy with these sights sees: of one run as [sku], or of all as [run, sku]; in an order of SKUs."""
        skus = np.arange(self.on_hand.shape[-1]) if order is None else np.asarray(order)
        runs: Any = slice(None) if run is None else run

        def rows(array: IntArray) -> IntArray:
            return _frozen(array[runs][..., skus])

        def days(array: IntArray) -> IntArray:
            return _frozen(array[:, runs][..., skus])

        coming, wanted = days(self.arriving), days(self.wanted)
        due = np.zeros_like(wanted)
        due[: len(coming)] = coming[: len(wanted)]
        sights = {
            "stock": StockSight(
                rows(self.on_hand), _frozen(coming.sum(axis=0)), rows(self.backlog), lambda n: coming[:n].sum(axis=0)
            ),
            "sales": _sales(days(self.sold), days(self.open_days), self.channels),
            "calendar": CalendarSight(self.day, tuple(replace(e, lift=_frozen(e.lift[skus])) for e in self.events)),
            "future": FutureSight(
                wanted, {name: _frozen(a[:, runs]) for name, a in self.arrivals.items()}, _frozen(due)
            ),
        }
        lanes = tuple(
            replace(
                lane,
                landed_cost=_frozen(lane.landed_cost[skus]),
                at_least=_frozen(lane.at_least[skus]),
                pack=_frozen(lane.pack[skus]),
            )
            for lane in self.lanes
        )
        return Observation(
            day=self.day,
            date=FIRST_DAY + timedelta(days=self.day),
            warehouse="rehearsal",
            skus=tuple(f"SKU-{n}" for n in skus),
            unit_cost=_frozen(4.0 + skus),
            price=_frozen(10.0 + 2.0 * skus),
            lanes=lanes,
            sights={name: sights[name] for name in SIGHTS if name in sees},
            seen_by="rehearsal",
        )


def lane_by_hand(
    name: str,
    lead_days: float,
    haul_days: float | None = None,
    spread_days: float = 0.0,
    landed_cost: ArrayLike = (1.0,),
    at_least: ArrayLike = (0,),
    pack: ArrayLike = (1,),
) -> LaneFacts:
    """A lane's facts; the haul takes the whole lead time unless told otherwise. Costs and sizes are per SKU."""
    cost = np.asarray(landed_cost, dtype=np.float64)
    least, size = (np.broadcast_to(np.asarray(a, dtype=np.int64), cost.shape) for a in (at_least, pack))
    return LaneFacts(name, lead_days, lead_days if haul_days is None else haul_days, spread_days, cost, least, size)


def scene_by_hand(
    lanes: Sequence[LaneFacts],
    sold: ArrayLike,
    on_hand: ArrayLike,
    *,
    day: int = 100,
    arriving: ArrayLike | None = None,
    backlog: ArrayLike | None = None,
    channels: tuple[str, ...] = ("shop",),
    events: tuple[PlannedEvent, ...] = (),
    wanted: ArrayLike | None = None,
    arrivals: Mapping[str, ArrayLike] | None = None,
) -> Scene:
    """A scene of one run.

    `sold` is [day, market, sku], `on_hand` and `backlog` [sku], `arriving` and `wanted` [day, sku], `arrivals` by lane
    [review].
    """
    stock = np.asarray(on_hand, dtype=np.int64)
    none = np.zeros((0, *stock.shape), dtype=np.int64)

    def of_days(given: ArrayLike | None) -> IntArray:
        return np.asarray(none if given is None else given, dtype=np.int64)[:, None]

    past = of_days(sold)
    return Scene(
        title="by hand",
        day=day,
        lanes=tuple(lanes),
        on_hand=stock[None],
        backlog=np.zeros_like(stock)[None] if backlog is None else np.asarray(backlog, dtype=np.int64)[None],
        arriving=of_days(arriving),
        sold=past,
        open_days=np.ones_like(past[:, :, 0]),
        channels=channels,
        events=events,
        wanted=of_days(wanted),
        arrivals={name: np.asarray(a, dtype=np.int64)[:, None] for name, a in (arrivals or {}).items()},
    )


def rehearsals() -> tuple[Scene, ...]:
    """The made-up scenes of the conformance contract. The same numbers every time, without luck."""
    usual = _usual()
    away = np.zeros_like(usual.open_days)
    away[: HISTORY // 2] = 1
    event = PlannedEvent("promotion", "promotion", usual.day + 10, 4, np.linspace(1.0, 4.0, SKUS))
    live = PlannedEvent("livestream", "livestream", usual.day + 3, 1, np.full(SKUS, 6.0))
    return (
        usual,
        replace(usual, title="nothing was ever sold", sold=np.zeros_like(usual.sold)),
        replace(
            usual,
            title="sold out, nothing on order",
            on_hand=np.zeros_like(usual.on_hand),
            arriving=np.zeros_like(usual.arriving),
            open_days=away,
            sold=usual.sold * away[:, :, None],
        ),
        replace(usual, title="one lane", lanes=usual.lanes[:1], arrivals={"sea": usual.arrivals["sea"]}),
        replace(
            usual, title="buyers wait", on_hand=np.zeros_like(usual.on_hand), backlog=_made_up((RUNS, SKUS), 6, 40)
        ),
        replace(usual, title="announced promotion and livestream", events=(event, live)),
        replace(usual, title="first day, no history", day=0, sold=usual.sold[:0], open_days=usual.open_days[:0]),
        replace(usual, title="far too much stock", on_hand=usual.on_hand + 10**7),
        replace(usual, title="last day", wanted=usual.wanted[:0]),
    )


def _usual() -> Scene:
    costs = np.array([1.5, 2.25, 0.5, 4.0, 1.0])
    sea = LaneFacts("sea", 38.5, 30.5, 6.0, costs, np.array([0, 50, 0, 10, 1]), np.array([1, 12, 6, 1, 24]))
    air = LaneFacts("air", 9.0, 7.0, 2.0, 5.0 * costs, np.zeros(SKUS, np.int64), np.ones(SKUS, np.int64))
    reviews = np.arange(HORIZON)[:, None]
    return Scene(
        title="an ordinary day",
        day=120,
        lanes=(sea, air),
        on_hand=_made_up((RUNS, SKUS), 1, 700),
        backlog=np.zeros((RUNS, SKUS), dtype=np.int64),
        arriving=_made_up((40, RUNS, SKUS), 2, 30) * (_made_up((40, RUNS, SKUS), 3, 8) == 0),
        sold=_made_up((HISTORY, RUNS, 2, SKUS), 4, 12) * (1 + np.arange(SKUS)),
        open_days=np.ones((HISTORY, RUNS, SKUS), dtype=np.int64),
        channels=("business", "social"),
        events=(),
        wanted=_made_up((HORIZON, RUNS, SKUS), 5, 25),
        arrivals={
            "sea": reviews + 30 + _made_up((HORIZON, RUNS), 7, 14),
            "air": reviews + 8 + _made_up((HORIZON, RUNS), 8, 3),
        },
    )


def _made_up(shape: tuple[int, ...], salt: int, below: int) -> IntArray:
    """Whole numbers from 0 to `below` - 1 that look unordered: a multiplicative hash of the place in the array."""
    place = np.arange(int(np.prod(shape)), dtype=np.uint64) + np.uint64(salt * 1_000_003)
    mixed = (place * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)
    mixed = (mixed * np.uint64(0xD6E8FEB86659FD93)) >> np.uint64(29)
    return (mixed % np.uint64(below)).astype(np.int64).reshape(shape)


def _sales(sold: IntArray, open_days: IntArray, channels: tuple[str, ...]) -> SalesSight:
    return SalesSight(
        totals=_frozen(_running(sold)),
        open_totals=_frozen(_running(sold.sum(axis=-2) * open_days)),
        open_days=_frozen(_running(open_days)),
        channels=channels,
    )


def _running(daily: IntArray) -> IntArray:
    """Running totals with a leading row of zeros."""
    return np.concatenate([np.zeros((1, *daily.shape[1:]), dtype=np.int64), np.cumsum(daily, axis=0)])


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    copy = np.array(array)
    copy.setflags(write=False)
    return copy
