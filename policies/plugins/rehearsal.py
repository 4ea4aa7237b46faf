"""Scenes to try a policy or a playbook on without an engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from policies.network import NetworkSight, Place
from policies.playbook import WATCHED, Elsewhere, Watch
from policies.plugins.scene_parts import days_part, frozen, lane_of, part, running
from policies.protocol import (
    SIGHTS,
    AdsSight,
    CalendarSight,
    FloatArray,
    FutureSight,
    IntArray,
    LaneFacts,
    Observation,
    PlannedEvent,
    SalesSight,
    Sight,
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
    warehouse: str = "rehearsal"
    bonded: bool = False
    places: tuple["Scene", ...] = ()
    """The other warehouses of the network, with as many runs and SKUs as here."""

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

    def with_warehouses(self, names: Sequence[str]) -> "Scene | None":
        """The same scene with warehouses of these names in its network; None when it has too few."""
        own = [self.warehouse, *(place.warehouse for place in self.places)]
        new = [name for name in names if name not in own]
        free = [name for name in own if name not in names]
        if len(new) > len(free):
            return None
        return self._renamed({name: name for name in own} | dict(zip(free, new, strict=False)))

    def _renamed(self, called: Mapping[str, str]) -> "Scene":
        return replace(
            self,
            warehouse=called[self.warehouse],
            lanes=tuple(lane if lane.start is None else replace(lane, start=called[lane.start]) for lane in self.lanes),
            places=tuple(place._renamed(called) for place in self.places),
        )

    def days_later(self, days: int) -> "Scene":
        """The same numbers some days later, with a little more spent on ads."""
        return replace(self, day=self.day + days, ads=replace(self.ads, spent=self.ads.spent + 25.0 * days))

    def seen(self, sees: frozenset[str], run: int | None = None, order: Sequence[int] | None = None) -> Observation:
        """What a policy with these sights sees: of one run as [sku], or of all as [run, sku]; in an order of SKUs."""
        skus = self._skus(order)
        return Observation(
            day=self.day,
            date=FIRST_DAY + timedelta(days=self.day),
            warehouse=self.warehouse,
            skus=tuple(f"SKU-{n}" for n in skus),
            unit_cost=frozen(4.0 + skus),
            price=frozen(10.0 + 2.0 * skus),
            volume_m3=frozen(0.002 * (1.0 + skus)),
            weight_kg=frozen(0.25 * (1.0 + skus)),
            groups=tuple(self.groups[n] for n in skus),
            repeat_share=frozen(np.asarray(0.1 * (skus % 4))),
            lanes=tuple(lane_of(lane, skus) for lane in self.lanes),
            sights={name: self._sight(name, run, skus) for name in SIGHTS if name in sees},
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
        sights: dict[str, Any] = {name: self._sight(name, run, skus) for name in WATCHED}
        return Watch(
            day=self.day,
            hour=self.hour,
            slot_hours=self.slot_hours,
            date=FIRST_DAY + timedelta(days=self.day),
            warehouse=self.warehouse,
            skus=tuple(f"SKU-{n}" for n in skus),
            groups=tuple(self.groups[n] for n in skus),
            unit_cost=frozen(4.0 + skus),
            price=frozen(10.0 + 2.0 * skus),
            **sights,
            waterlines={name: part(line, run, skus) for name, line in self.waterlines.items()},
            memory=memory or {},
            elsewhere=tuple(scene._elsewhere(lane, run, skus) for lane, scene in self.elsewhere),
        )

    def _elsewhere(self, lane: LaneFacts, run: int | None, skus: IntArray) -> Elsewhere:
        """This scene as the warehouse at the end of a lane."""
        return Elsewhere(lane_of(lane, skus), self.title, self._stock(run, skus), self._sales(run, skus))

    def _place(self, run: int | None, skus: IntArray) -> Place:
        """This scene as a warehouse of a network."""
        lanes = tuple(lane_of(lane, skus) for lane in self.lanes)
        return Place(self.warehouse, self._stock(run, skus), self._sales(run, skus), lanes, self.bonded)

    def _network(self, run: int | None, skus: IntArray) -> NetworkSight:
        everywhere = sorted((self, *self.places), key=lambda scene: scene.warehouse)
        return NetworkSight(tuple(scene._place(run, skus) for scene in everywhere))

    def _skus(self, order: Sequence[int] | None) -> IntArray:
        return np.arange(self.on_hand.shape[-1]) if order is None else np.asarray(order)

    def _sight(self, name: Sight, run: int | None, skus: IntArray) -> object:
        """One sight of this warehouse, of one run or of all, of these SKUs."""
        builders: dict[Sight, Callable[[], object]] = {
            "stock": lambda: self._stock(run, skus),
            "sales": lambda: self._sales(run, skus),
            "ads": lambda: self._ads(run, skus),
            "calendar": lambda: self._calendar(skus),
            "network": lambda: self._network(run, skus),
            "future": lambda: self._future(run, skus),
        }
        return builders[name]()

    def _stock(self, run: int | None, skus: IntArray) -> StockSight:
        coming = days_part(self.arriving, run, skus)
        return StockSight(
            part(self.on_hand, run, skus),
            frozen(coming.sum(axis=0)),
            part(self.backlog, run, skus),
            lambda n: coming[:n].sum(axis=0),
        )

    def _sales(self, run: int | None, skus: IntArray) -> SalesSight:
        totals, open_totals, open_days = (days_part(sums, run, skus) for sums in self._totals)
        return SalesSight(totals, open_totals, open_days, self.channels)

    @cached_property
    def _totals(self) -> tuple[IntArray, IntArray, IntArray]:
        """What was sold up to each day: in all, on days with stock, and how many days these were."""
        return running(self.sold), running(self.sold.sum(axis=-2) * self.open_days), running(self.open_days)

    def _ads(self, run: int | None, skus: IntArray) -> AdsSight:
        return AdsSight(
            planned=frozen(self.ads.planned[:, skus]),
            spent=part(self.ads.spent, run, skus),
            ctr=days_part(self.ads.ctr, run, skus),
            cvr=days_part(self.ads.cvr, run, skus),
            most=frozen(self.ads.most[skus]),
        )

    def _future(self, run: int | None, skus: IntArray) -> FutureSight:
        coming, wanted = days_part(self.arriving, run, skus), days_part(self.wanted, run, skus)
        due = np.zeros_like(wanted)
        due[: len(coming)] = coming[: len(wanted)]
        runs: Any = slice(None) if run is None else run
        return FutureSight(wanted, {name: frozen(a[:, runs]) for name, a in self.arrivals.items()}, frozen(due))

    def _calendar(self, skus: IntArray) -> CalendarSight:
        leads, landed = self.leads, {name: frozen(cost[:, skus]) for name, cost in self.landed.items()}
        return CalendarSight(
            today=self.day,
            events=tuple(replace(event, lift=frozen(event.lift[skus])) for event in self.events),
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
    start: str | None = None,
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
        start=start,
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
    warehouse: str = "rehearsal",
    bonded: bool = False,
    places: tuple[Scene, ...] = (),
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
        open_days=np.ones((len(past), 1, len(stock)), dtype=np.int64),
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
        warehouse=warehouse,
        bonded=bonded,
        places=places,
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
