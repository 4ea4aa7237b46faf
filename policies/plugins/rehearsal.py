"""Scenes to try a policy or a playbook on without an engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from policies.playbook import WATCHED, Elsewhere, Watch
from policies.protocol import (
    SIGHTS,
    AdsSight,
    BoolArray,
    CalendarSight,
    FloatArray,
    FutureSight,
    IntArray,
    LaneFacts,
    Observation,
    PlannedEvent,
    SalesSight,
    StockSight,
)

FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Scene:
    """One warehouse at the end of a slot or of a review day, for several runs at once."""

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
    ads: AdsSight  # of all runs
    groups: tuple[str | None, ...]  # [sku]
    waterlines: Mapping[str, FloatArray]  # by name, [run, sku]
    hour: int = 0
    slot_hours: int = 24
    leads: Mapping[str, FloatArray] = field(default_factory=dict)
    """Planned lead days by lane, [day] of the order from today on, the last for all later ones; empty for not known."""
    landed: Mapping[str, FloatArray] = field(default_factory=dict)
    """Landed cost by lane, [day, sku], likewise."""
    elsewhere: tuple[tuple[LaneFacts, "Scene"], ...] = ()
    """Warehouses that a lane leads to, with as many runs and SKUs as here; named by their titles."""

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
            leads={called[name]: days for name, days in self.leads.items()},
            landed={called[name]: cost for name, cost in self.landed.items()},
        )

    def days_later(self, days: int) -> "Scene":
        """The same numbers some days later, with a little more spent on ads."""
        return replace(self, day=self.day + days, ads=replace(self.ads, spent=self.ads.spent + 25.0 * days))

    def seen(self, sees: frozenset[str], run: int | None = None, order: Sequence[int] | None = None) -> Observation:
        """What a policy with these sights sees: of one run as [sku], or of all as [run, sku]; in an order of SKUs."""
        skus = self._skus(order)
        sights = self._sights(run, skus)
        return Observation(
            day=self.day,
            date=FIRST_DAY + timedelta(days=self.day),
            warehouse="rehearsal",
            skus=tuple(f"SKU-{n}" for n in skus),
            unit_cost=_frozen(4.0 + skus),
            price=_frozen(10.0 + 2.0 * skus),
            lanes=tuple(_lane(lane, skus) for lane in self.lanes),
            sights={name: sights[name] for name in SIGHTS if name in sees},
            seen_by="rehearsal",
        )

    def watched(
        self,
        memory: Mapping[str, NDArray[Any]] | None = None,
        run: int | None = None,
        order: Sequence[int] | None = None,
    ) -> Watch:
        """What a playbook with this memory is shown; as `seen`."""
        skus = self._skus(order)
        sights = self._sights(run, skus)
        return Watch(
            day=self.day,
            hour=self.hour,
            slot_hours=self.slot_hours,
            date=FIRST_DAY + timedelta(days=self.day),
            warehouse="rehearsal",
            skus=tuple(f"SKU-{n}" for n in skus),
            groups=tuple(self.groups[n] for n in skus),
            unit_cost=_frozen(4.0 + skus),
            price=_frozen(10.0 + 2.0 * skus),
            **{name: sights[name] for name in WATCHED},
            waterlines={name: _part(line, run, skus) for name, line in self.waterlines.items()},
            memory=memory or {},
            elsewhere=tuple(scene._elsewhere(lane, run, skus) for lane, scene in self.elsewhere),
        )

    def _elsewhere(self, lane: LaneFacts, run: int | None, skus: IntArray) -> Elsewhere:
        """This scene as the warehouse at the end of a lane."""
        sights = self._sights(run, skus)
        return Elsewhere(_lane(lane, skus), self.title, sights["stock"], sights["sales"])

    def _skus(self, order: Sequence[int] | None) -> IntArray:
        return np.arange(self.on_hand.shape[-1]) if order is None else np.asarray(order)

    def _sights(self, run: int | None, skus: IntArray) -> dict[str, Any]:
        """All sights by name, of one run or of all, of these SKUs."""
        coming, wanted = _days(self.arriving, run, skus), _days(self.wanted, run, skus)
        due = np.zeros_like(wanted)
        due[: len(coming)] = coming[: len(wanted)]
        runs: Any = slice(None) if run is None else run
        return {
            "stock": StockSight(
                _part(self.on_hand, run, skus),
                _frozen(coming.sum(axis=0)),
                _part(self.backlog, run, skus),
                lambda n: coming[:n].sum(axis=0),
            ),
            "sales": _sales(_days(self.sold, run, skus), _days(self.open_days, run, skus), self.channels),
            "ads": AdsSight(
                planned=_frozen(self.ads.planned[:, skus]),
                spent=_part(self.ads.spent, run, skus),
                ctr=_days(self.ads.ctr, run, skus),
                cvr=_days(self.ads.cvr, run, skus),
                most=_frozen(self.ads.most[skus]),
            ),
            "calendar": self._calendar(skus),
            "future": FutureSight(
                wanted, {name: _frozen(a[:, runs]) for name, a in self.arrivals.items()}, _frozen(due)
            ),
        }

    def _calendar(self, skus: IntArray) -> CalendarSight:
        leads, landed = self.leads, {name: _frozen(cost[:, skus]) for name, cost in self.landed.items()}
        return CalendarSight(
            today=self.day,
            events=tuple(replace(event, lift=_frozen(event.lift[skus])) for event in self.events),
            lead=(lambda lane, ahead: float(leads[lane][: ahead + 1][-1])) if leads else None,
            landed=(lambda lane, ahead: landed[lane][: ahead + 1][-1]) if landed else None,
        )


def lane_by_hand(
    name: str,
    lead_days: float,
    haul_days: float | None = None,
    spread_days: float = 0.0,
    landed_cost: ArrayLike = (1.0,),
    at_least: ArrayLike = (0,),
    pack: ArrayLike = (1,),
    carries: ArrayLike | None = None,
) -> LaneFacts:
    """A lane's facts; the haul takes the whole lead time unless told otherwise. What may be an array is per SKU."""
    cost = np.asarray(landed_cost, dtype=np.float64)
    least, size = (np.broadcast_to(np.asarray(a, dtype=np.int64), cost.shape) for a in (at_least, pack))
    return LaneFacts(
        name=name,
        lead_days=lead_days,
        haul_days=lead_days if haul_days is None else haul_days,
        spread_days=spread_days,
        landed_cost=cost,
        at_least=least,
        pack=size,
        carries=True if carries is None else np.asarray(carries, dtype=np.bool_),
    )


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
    ads: AdsSight | None = None,
    groups: tuple[str | None, ...] | None = None,
    waterlines: Mapping[str, ArrayLike] | None = None,
    leads: Mapping[str, ArrayLike] | None = None,
    landed: Mapping[str, ArrayLike] | None = None,
    elsewhere: tuple[tuple[LaneFacts, Scene], ...] = (),
    title: str = "by hand",
) -> Scene:
    """A scene of one run; `ads` as `ads_by_hand` makes them, `waterlines` are [sku] by name.

    `sold` is [day, market, sku], `on_hand` and `backlog` [sku], `arriving` and `wanted` [day, sku]; by lane `arrivals`
    are [review], `leads` [day], `landed` [day, sku].
    """
    stock = np.asarray(on_hand, dtype=np.int64)
    none = np.zeros((0, *stock.shape), dtype=np.int64)

    def of_days(given: ArrayLike | None) -> IntArray:
        return np.asarray(none if given is None else given, dtype=np.int64)[:, None]

    past = of_days(sold)
    return Scene(
        title=title,
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
        ads=ads_by_hand([[0.0] * len(stock)]) if ads is None else ads,
        groups=(None,) * len(stock) if groups is None else groups,
        waterlines={name: np.asarray(line, dtype=np.float64)[None] for name, line in (waterlines or {}).items()},
        leads={name: np.asarray(days, dtype=np.float64) for name, days in (leads or {}).items()},
        landed={name: np.asarray(cost, dtype=np.float64) for name, cost in (landed or {}).items()},
        elsewhere=elsewhere,
    )


def ads_by_hand(
    planned: ArrayLike,
    *,
    spent: ArrayLike | None = None,
    ctr: ArrayLike | None = None,
    cvr: ArrayLike | None = None,
    most: ArrayLike = 1.0,
) -> AdsSight:
    """The ads of a scene of one run: `planned`, `ctr` and `cvr` are [day, sku], `spent` and `most` [sku]."""
    plan = np.asarray(planned, dtype=np.float64)
    skus = plan.shape[1]

    def rates(given: ArrayLike | None) -> FloatArray:
        return np.asarray(np.full((1, skus), np.nan) if given is None else given, dtype=np.float64)[:, None]

    return AdsSight(
        planned=plan,
        spent=np.asarray(np.zeros(skus) if spent is None else spent, dtype=np.float64)[None],
        ctr=rates(ctr),
        cvr=rates(cvr),
        most=np.broadcast_to(np.asarray(most, dtype=np.float64), (skus,)),
    )


def _lane(lane: LaneFacts, skus: IntArray) -> LaneFacts:
    """The facts of a lane for these SKUs."""
    carries: BoolArray | Literal[True] = True if lane.carries is True else _frozen(lane.carries[skus])
    return replace(
        lane,
        landed_cost=_frozen(lane.landed_cost[skus]),
        at_least=_frozen(lane.at_least[skus]),
        pack=_frozen(lane.pack[skus]),
        carries=carries,
    )


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


def _part(array: NDArray[Any], run: int | None, skus: IntArray) -> NDArray[Any]:
    """Of an array [run, sku], one run or all, and these SKUs."""
    return _frozen((array if run is None else array[run])[..., skus])


def _days(array: NDArray[Any], run: int | None, skus: IntArray) -> NDArray[Any]:
    """Of an array [day, run, ..., sku], one run or all, and these SKUs."""
    return _frozen((array if run is None else array[:, run])[..., skus])


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    copy = np.array(array)
    copy.setflags(write=False)
    return copy
