"""The contract between the engine and a policy: what a policy sees, what it answers.

Arrays end in the SKU axis. A lone run has shape [sku], a batch of runs [run, sku]; code written with
broadcasting over the last axis works on both. Days are counted from 0, the first day played.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from policies.network import NetworkSight

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Sight = Literal["stock", "sales", "ads", "calendar", "network", "future"]
SIGHTS: tuple[Sight, ...] = ("stock", "sales", "ads", "calendar", "network", "future")


class PolicyError(Exception):
    """A policy that cannot be used as asked: unknown, misspelt, out of range. The message names what is allowed."""


class PolicyFault(Exception):
    """A policy that broke the contract while it was asked. The message names the policy, the day and the value."""


class HiddenSight(PolicyFault):
    """A policy read something it had not declared in `sees`."""


class NoLane(PolicyFault):
    """A policy orders by a lane that does not lead into the warehouse."""


@dataclass(frozen=True)
class LaneFacts:
    """One lane into the warehouse, as its forwarder would quote it.

    A lane of a factory that can hurry is quoted twice, the second time under the name `lane+rush`: the same haul after
    a shorter production, its surcharge in the landed cost.
    """

    name: str
    lead_days: float  # [days] mean, from the end of the review day until it can be sold, production included
    haul_days: float  # [days] mean, without production (头程)
    spread_days: float  # [days] standard deviation of lead_days
    landed_cost: FloatArray  # [sku] freight, duty and what its factory charges over the unit cost, for one unit
    at_least: IntArray  # [sku] smallest order
    pack: IntArray  # [sku] orders are a multiple of it
    carries: BoolArray | Literal[True] = True  # [sku] whether it can bring a SKU; True for all of them
    start: str | None = None  # the warehouse it starts at; None for a factory


def lane_named(name: str, lanes: Sequence[LaneFacts]) -> LaneFacts:
    """The lane of this name; `cheapest` and `fastest` name one by its facts, the earlier lane on a tie.

    `cheapest` is chosen from the lanes that carry every SKU, from all where there is none; `fastest` from all, so it
    may be a `lane+rush`.
    """
    if name == "cheapest":
        complete = [lane for lane in lanes if np.all(lane.carries)]
        return min(complete or lanes, key=lambda lane: float(lane.landed_cost.mean()))
    if name == "fastest":
        return min(lanes, key=lambda lane: lane.lead_days)
    for lane in lanes:
        if lane.name == name:
            return lane
    allowed = ", ".join(["cheapest", "fastest", *(lane.name for lane in lanes)])
    raise NoLane(f"no lane {name!r}; allowed: {allowed}")


@dataclass(frozen=True)
class StockSight:
    """What stands on the shelf and what is coming."""

    on_hand: IntArray  # [..., sku]
    on_order: IntArray  # [..., sku] in production and in transit
    backlog: IntArray  # [..., sku] owed to buyers who wait
    planned: Callable[[int], IntArray]
    """`planned(n)`: units planned to be sellable within the next n days, overdue ones included, [..., sku]."""
    bought_in: BoolArray | Literal[False] = False
    """[sku] Whether the warehouse buys it in when it is ordered, so that an empty shelf turns nobody away."""
    deliveries: IntArray | Literal[0] = 0
    """[..., sku] Days on which it was received so far, moves between warehouses included."""

    @property
    def position(self) -> IntArray:
        """Stock position: on hand, plus on order, less backlog, [..., sku]."""
        return self.on_hand + self.on_order - self.backlog


@dataclass(frozen=True)
class SalesSight:
    """What was sold: at once or on a promise. What was wanted and turned away is not shown.

    Histories are running totals that begin with the row before their first day, so that any window is one
    subtraction. They reach back about a year; before the first day played lie `history_days` of past sales.
    """

    totals: IntArray  # [day + 1, ..., market, sku] sold up to each day
    open_totals: IntArray  # [day + 1, ..., sku] sold on days that had stock
    open_days: IntArray  # [day + 1, ..., sku] days that had stock
    channels: tuple[str, ...]  # [market] shop, social or business; warehouse for what other warehouses ordered

    @classmethod
    def of_days(cls, sold: IntArray, channels: tuple[str, ...] = ("shop",)) -> "SalesSight":
        """Sales of some days, `sold` of shape [day, ..., market, sku], all of them days that had stock."""
        totals = np.concatenate([np.zeros_like(sold[:1]), np.cumsum(sold, axis=0)])
        open_totals = totals.sum(axis=-2)
        days = np.arange(len(totals), dtype=np.int64).reshape((-1,) + (1,) * (open_totals.ndim - 1))
        return cls(totals, open_totals, np.broadcast_to(days, open_totals.shape), channels)

    def pace(self, days: int, ago: int = 0) -> FloatArray:
        """Units sold a day (日均销量) over `days` days until `ago` days ago, counting days with stock, [..., sku]."""
        known = len(self.open_days) - 1
        last, first = -1 - min(ago, known), -1 - min(ago + days, known)
        sold = self.open_totals[last] - self.open_totals[first]
        counted = self.open_days[last] - self.open_days[first]
        return np.asarray(sold / np.maximum(counted, 1))

    def daily(self, days: int, channels: Sequence[str] = ("shop", "social", "business")) -> IntArray:
        """Units sold on each of the last `days` days in markets of these channels, [day, ..., sku]."""
        window = self.totals[-1 - min(days, len(self.totals) - 1) :]
        chosen = [m for m, channel in enumerate(self.channels) if channel in channels]
        return np.asarray(np.diff(window, axis=0)[..., chosen, :].sum(axis=-2))

    def with_stock(self, days: int) -> tuple[IntArray, IntArray]:
        """Units sold to all on each of the last `days` days, and 1 where the day had stock; 0 and 0 where it had none.

        Both are [day, ..., sku].
        """
        first = -1 - min(days, len(self.open_days) - 1)
        sold, counted = np.diff(self.open_totals[first:], axis=0), np.diff(self.open_days[first:], axis=0)
        return sold, counted.astype(np.int64)


@dataclass(frozen=True)
class AdsSight:
    """Advertising: what is planned, what it cost, how it converts. Rows before the first day played are not there."""

    planned: FloatArray  # [day, sku] money planned for each day of the horizon, day 0 the first day played
    spent: FloatArray  # [..., sku] money spent so far
    ctr: FloatArray  # [day, ..., sku] clicks / views on each past day, the last row today; NaN where no ads ran
    cvr: FloatArray  # [day, ..., sku] orders / clicks on each past day, the last row today; NaN where no ads ran
    most: FloatArray  # [sku] factor on the plan to which spend can be raised


@dataclass(frozen=True)
class PlannedEvent:
    """An announced promotion, livestream or influencer's post."""

    name: str
    kind: Literal["promotion", "livestream", "influencer"]
    first_day: int  # [day] of the event
    days: int  # [days] it lasts
    lift: FloatArray  # [sku] what it multiplies everyday demand by; 1 where it does nothing or is not known
    past_units: tuple[int, ...] = ()  # what the host sold before, for each SKU it touches
    skus: frozenset[str] | None = None  # those it touches; all when None


@dataclass(frozen=True)
class CalendarSight:
    """What is announced for the days to come."""

    today: int
    events: tuple[PlannedEvent, ...]
    lead: Callable[[str, int], float] | None = None
    """`lead(lane, n)`: planned lead days of an order placed n days from now, the factory's holidays included; None
    where nothing is known."""
    landed: Callable[[str, int], FloatArray] | None = None
    """`landed(lane, n)`: landed cost of a unit ordered n days from now, with the tariff steps announced by today,
    [sku]; None where nothing is known."""

    def lead_days(self, lane: LaneFacts, ahead: int) -> float:
        """Planned lead days of an order placed `ahead` days from now; the lane's usual ones where nothing is known."""
        return lane.lead_days if self.lead is None else self.lead(lane.name, ahead)

    def landed_cost(self, lane: LaneFacts, ahead: int) -> FloatArray:
        """Landed cost of a unit ordered `ahead` days from now, [sku]; the lane's quote where nothing is known."""
        return lane.landed_cost if self.landed is None else self.landed(lane.name, ahead)

    def lift(self, first: int, days: int) -> FloatArray | float:
        """Mean factor on everyday demand over `days` days that begin `first` days from now, [sku] or 1.0."""
        begin = self.today + first
        total: FloatArray | float = 1.0
        for event in self.events:
            shared = min(begin + days, event.first_day + event.days) - max(begin, event.first_day)
            if shared > 0:
                total = total + (event.lift - 1.0) * shared / days
        return total


@dataclass(frozen=True)
class FutureSight:
    """What is going to happen. Only an oracle sees it."""

    wanted: IntArray  # [day, ..., sku] units wanted on each of the days to come, tomorrow first
    arrivals: Mapping[str, IntArray]
    """By lane, [day, ...]: the day, counted from tomorrow as 0, on which an order of each day from today on could be
    sold, were there no queue; a day beyond the horizon never serves."""
    due: IntArray | None = None
    """[day, ..., sku], as many days as `wanted`: units already on order, on the day they could be sold, were there no
    queue; overdue ones on day 0. None where nobody keeps count: all that is on order then counts as there tomorrow."""


@dataclass(frozen=True)
class Observation:
    """What one warehouse's buyer knows at the end of a review day. Read-only."""

    day: int
    date: date
    warehouse: str
    skus: tuple[str, ...]
    unit_cost: FloatArray  # [sku]
    price: FloatArray  # [sku]
    volume_m3: FloatArray  # [sku] packed volume of a unit
    weight_kg: FloatArray  # [sku] packed weight of a unit
    groups: tuple[str | None, ...]  # [sku] siblings share a group
    repeat_share: FloatArray  # [sku] share of units that the same buyers buy again
    lanes: tuple[LaneFacts, ...]  # in the order of their names, at least one
    sights: Mapping[str, object] = field(repr=False)
    seen_by: str = ""

    def _sight(self, name: Sight) -> object:
        try:
            return self.sights[name]
        except KeyError:
            raise HiddenSight(
                f"policy {self.seen_by or '?'} reads seen.{name} on day {self.day} but does not declare it; "
                f"add {name!r} to its `sees`, which holds {sorted(self.sights)}"
            ) from None

    @property
    def stock(self) -> StockSight:
        """Sight `stock`."""
        return self._sight("stock")  # type: ignore[return-value]

    @property
    def sales(self) -> SalesSight:
        """Sight `sales`."""
        return self._sight("sales")  # type: ignore[return-value]

    @property
    def ads(self) -> AdsSight:
        """Sight `ads`."""
        return self._sight("ads")  # type: ignore[return-value]

    @property
    def calendar(self) -> CalendarSight:
        """Sight `calendar`."""
        return self._sight("calendar")  # type: ignore[return-value]

    @property
    def network(self) -> "NetworkSight":
        """Sight `network`."""
        return self._sight("network")  # type: ignore[return-value]

    @property
    def future(self) -> FutureSight:
        """Sight `future`."""
        return self._sight("future")  # type: ignore[return-value]

    def lane(self, name: str) -> LaneFacts:
        """The lane of this name; see `lane_named` for `cheapest` and `fastest`."""
        return lane_named(name, self.lanes)


@dataclass(frozen=True)
class Orders:
    """A policy's answer: whole units to order now, by lane, and the numbers that say why."""

    units: Mapping[str, NDArray[np.int64] | NDArray[np.float64]]  # [..., sku] by lane
    why: Mapping[str, NDArray[np.float64] | NDArray[np.int64]] = field(default_factory=dict)
    """Named arrays of shape [..., sku], such as `reorder_point`; recorded for kept runs."""


@runtime_checkable
class Policy(Protocol):
    """What a seller does. A frozen dataclass: its fields are its parameters, its repr its identity in every table.

    Optional, asked once before a run: `warnings(lanes: Sequence[LaneFacts]) -> tuple[str, ...]`, what a seller should
    know about these parameters on these lanes; `needs: frozenset[str]`, of `policies.signals.SIGNALS`, what a world
    must have for the policy to do what it is made for.
    """

    name: ClassVar[str]

    @property
    def sees(self) -> frozenset[str]:
        """The sights it reads, a subset of `SIGHTS`."""

    @property
    def review_days(self) -> int:
        """Days from one review to the next."""

    def orders(self, seen: Observation) -> Orders:
        """What to order now. A pure function of what was seen."""
