"""The contract between the engine and a playbook: what a seller does besides ordering.

A playbook is asked in every slot, after sales and before orders. Arrays end in the SKU axis: a lone run has shape
[sku], a batch of runs [run, sku]; code written with broadcasting over the last axis works on both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from policies.protocol import AdsSight, CalendarSight, LaneFacts, SalesSight, Sight, StockSight

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
WATCHED: tuple[Sight, ...] = ("stock", "sales", "ads", "calendar")
"""The sights that every playbook is shown."""


class Alert(IntEnum):
    """How tight the stock of a SKU is (预警)."""

    NONE = 0
    YELLOW = 1  # near the reorder point
    RED = 2  # below safety stock
    BLACK = 3  # sold out


@dataclass(frozen=True)
class Elsewhere:
    """A warehouse that a lane leads to from the one that is watched."""

    lane: LaneFacts
    warehouse: str
    stock: StockSight
    sales: SalesSight


@dataclass(frozen=True)
class Watch:
    """What a playbook sees of one warehouse in one slot. Everything is read-only."""

    day: int  # counted from 0, the first day played
    hour: int  # at which the slot begins
    slot_hours: int
    date: date
    warehouse: str
    skus: tuple[str, ...]
    groups: tuple[str | None, ...]  # [sku] siblings share a group
    unit_cost: FloatArray  # [sku]
    price: FloatArray  # [sku]
    stock: StockSight
    sales: SalesSight
    ads: AdsSight
    calendar: CalendarSight
    waterlines: Mapping[str, FloatArray]
    """What the policy gave as its reasons at its last review, by name, such as `reorder_point` and `safety_stock`,
    [..., sku]; empty before the first review, or where the policy names none."""
    memory: Mapping[str, NDArray[Any]]
    """What the playbook left in `Levers.memory` in the slot before; empty at first."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Warehouses that a lane leads to from here, one for each lane."""

    @property
    def ends_day(self) -> bool:
        """Whether this slot is the last of its day; `sales` then holds the whole day."""
        return self.hour + self.slot_hours >= 24

    def recalled(self, name: str, otherwise: float) -> NDArray[Any]:
        """What the playbook left in its memory under this name; at first the given number for every SKU, [..., sku]."""
        if name in self.memory:
            return self.memory[name]
        return np.full(self.stock.on_hand.shape, otherwise)


@dataclass(frozen=True)
class Levers:
    """What the seller does until the next slot. What is left out is left alone. Arrays are [..., sku]."""

    alert: IntArray | None = None
    """The level of each SKU, see `Alert`; recorded, and shown in pictures."""
    ads: FloatArray | None = None
    """Factor on the planned ad spend: 0 pauses, below 1 throttles, above 1 raises as far as the world allows."""
    ad_hours: frozenset[int] | None = None
    """Hours of the day in which ads run; all when left out."""
    ad_markets: frozenset[str] | None = None
    """Markets in which ads run; all when left out."""
    steer: FloatArray | None = None
    """Share of what a livestream sells of a SKU that the host steers to a sibling with stock."""
    announce: BoolArray | None = None
    """Whether the page names the day of restock, so that more buyers order and wait (pre-order)."""
    expedite: BoolArray | None = None
    """Whether of the orders of a SKU that which would be missing before they arrive goes by the fastest lane, where
    that carries it; it may be a `lane+rush`."""
    clear: BoolArray | None = None
    """Whether a SKU is on clearance, at the discount and lift that the market states."""
    sell_off: IntArray | None = None
    """Units sold at once to business buyers, at the share of cost that the warehouse states."""
    move: Mapping[str, IntArray] = field(default_factory=dict)
    """Units moved to another warehouse at once, by lane of `Watch.elsewhere`."""
    stop_buying: BoolArray | None = None
    """Whether orders of a SKU are held back."""
    promotions: FloatArray | None = None
    """Factor from 0 to 1 on promotions that the seller decides."""
    memory: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    """Named arrays of shape [..., sku] that the playbook is shown in the next slot."""


@runtime_checkable
class Playbook(Protocol):
    """What a seller does besides ordering. A frozen dataclass: its fields are its parameters.

    `act` is a pure function of what is seen; what it must remember goes through `Levers.memory`.
    """

    name: ClassVar[str]

    @property
    def reaction_hours(self) -> float:
        """Hours from seeing to acting; levers take effect in the first slot that begins so long after this one ends."""
        ...

    def act(self, seen: Watch) -> Levers:
        """What to do until the next slot."""
        ...
