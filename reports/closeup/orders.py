"""What was ordered, week by week, and when it came."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.heat import by_week
from reports.closeup.part import Part
from reports.closeup.slots import kept_series, scored_days
from reports.passage import week_days, weeks
from reports.record import FloatArray, IntArray, Record, Setting


@dataclass(frozen=True)
class Ordered(Part):
    """Units ordered for each warehouse, from factories and from other warehouses."""

    units: Annotated[IntArray, "run", "week", "warehouse", "sku"]
    arrives: Annotated[FloatArray, "run", "week", "warehouse"]  # [scored day], mean over units ordered in the week;
    # inf where some had not come by the end, NaN where nothing was ordered

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Ordered":
        """The orders of a record all of whose replications were kept."""
        return cls(by_week(scored_days(kept_series(record).ordered, setting), setting), _arrivals(record, setting))


def _arrivals(record: Record, setting: Setting) -> FloatArray:
    shape = (len(record.runs), weeks(setting), len(setting.warehouses))
    units, days = np.zeros(shape), np.zeros(shape)
    place = {run: index for index, run in enumerate(record.runs.tolist())}
    for shipment in kept_series(record).shipments:
        # An order is placed when its day ends.
        day = int(np.ceil(shipment.ordered)) - 1 - setting.warm_up_days
        if day >= 0:
            where = place[shipment.run], day // week_days(setting), setting.warehouses.index(shipment.warehouse)
            count = float(shipment.units.sum())
            units[where] += count
            days[where] += count * (shipment.shelved - setting.warm_up_days) if count else 0.0
    return np.asarray(np.divide(days, units, out=np.full(shape, np.nan), where=units > 0))
