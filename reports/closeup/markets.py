"""What the buyers of each market met, and what they paid."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import kept_series
from reports.record import FloatArray, IntArray, Record, Setting


@dataclass(frozen=True)
class Markets(Part):
    """Totals of the scored days; units, orders and money."""

    orders: Annotated[IntArray, "run", "market"]
    short_orders: Annotated[IntArray, "run", "market"]  # of those, orders that met too little stock
    wanted: Annotated[IntArray, "run", "market"]
    served: Annotated[IntArray, "run", "market"]  # units delivered at once
    lost: Annotated[IntArray, "run", "market"]  # units turned away
    delivered: Annotated[IntArray, "run", "market"]  # at once or later
    on_time: Annotated[FloatArray, "run", "market"]  # of those, within the days that were promised
    revenue: Annotated[FloatArray, "run", "market"]

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Markets":
        """The markets of a record all of whose replications were kept."""
        first = setting.warm_up_days * setting.slots_per_day
        delivered = kept_series(record).sold[first:].sum(axis=0)
        return cls(
            orders=record.orders.sum(axis=-1),
            short_orders=record.short_orders.sum(axis=-1),
            wanted=record.wanted.sum(axis=-1),
            served=record.served.sum(axis=-1),
            lost=record.lost.sum(axis=-1),
            delivered=delivered.sum(axis=-1),
            on_time=record.on_time,
            revenue=np.asarray((delivered * setting.market_price).sum(axis=-1)),
        )
