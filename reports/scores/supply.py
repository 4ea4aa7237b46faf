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
    Score(
        "purchase_orders", "Purchase orders", "orders", "neither",
        "purchase orders placed, all lanes", total("purchase_orders"),
    ),
    Score(
        "lead_days", "Lead time", "days", "less",
        "mean days from order to shelf, of shipments ordered on scored days and put away by the end", _lead_days,
    ),
    Score(
        "bullwhip", "Bullwhip", "times", "less",
        "variance of units ordered from factories in a week / variance of units wanted in a week, variances of each "
        "SKU summed; weeks from the first scored day on",
        lambda record, setting: ratio(record.ordered_variance, record.wanted_variance),
    ),
    Score(
        "lost_on_the_way", "Units lost on the way", "units", "less",
        "units ordered that never come: bad production, or refused at customs", total("lost_on_the_way"),
    ),
    Score(
        "line_use", "Factory line use", "share", "neither",
        "share of line time in use at the busiest factory; 0 where capacity is unlimited", busiest("line_use"),
    ),
    Score(
        "customs_use", "Customs use", "share", "neither",
        "share of desk time in use at the busiest customs post; 0 where desks are unlimited", busiest("desk_use"),
    ),
    Score(
        "dock_use", "Dock use", "share", "neither",
        "share of dock time in use at the busiest warehouse; 0 where docks are unlimited", busiest("dock_use"),
    ),
)  # fmt: skip
