"""What was ordered, how long it took to come, and how busy the places on its way were."""

from collections.abc import Iterable

import numpy as np

from reports.record import FloatArray, Record, Setting
from reports.scores.score import Score, busiest, ratio, total


def mean_lead_days(record: Record, lanes: Iterable[str]) -> FloatArray:
    """Mean days from order to shelf on some lanes, of orders of scored days put away by the end, [run]."""
    order = np.argsort(record.runs)
    days, count = np.zeros((2, len(record.runs)))
    for shipments in (record.transit[lane] for lane in lanes):
        lead_days = shipments[:, 2:].sum(axis=1)
        arrived = ~np.isnan(lead_days)
        run = order[np.searchsorted(record.runs, shipments[arrived, 0], sorter=order)]
        days += np.bincount(run, lead_days[arrived], len(days))
        count += np.bincount(run, minlength=len(days))
    return ratio(days, count)


def _lead_days(record: Record, setting: Setting) -> FloatArray:
    return mean_lead_days(record, record.transit)


SUPPLY: tuple[Score, ...] = (
    Score("purchase_orders", "orders", "neither", total("purchase_orders")),
    Score("lead_days", "days", "less", _lead_days),
    Score("bullwhip", "times", "less", lambda record, setting: ratio(record.ordered_variance, record.wanted_variance)),
    Score("lost_on_the_way", "units", "less", total("lost_on_the_way")),
    Score("line_use", "share", "neither", busiest("line_use")),
    Score("customs_use", "share", "neither", busiest("desk_use")),
    Score("dock_use", "share", "neither", busiest("dock_use")),
)
