"""How goods came from the factory to the shelf, summed up: by lane, the days of each stage, through the year, and how
busy the places were that work for one shipment after another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.record import FloatArray, IntArray, Setting

LEVELS = (0.05, 0.5, 0.95)
"""P5, the median and P95: between the outer two lie nine shipments of ten."""
MEASURES = ("mean", "deviation", "p5", "p50", "p95")
"""What is told of the days of a stage: their mean, standard deviation and quantiles."""
USES = ("line_use", "desk_use", "dock_use")
"""Arrays of `Record` that say how busy factories, customs posts and docks were."""
MOST_WEEKLY_DAYS = 400
"""A longer season is told in stretches of four weeks."""
FEW = 0.1
"""A month's mean is told when so large a share of what came in the fullest month came in it."""
MOST_MONTHS = 14
"""Columns of months a table has room for; a longer season is told in stretches of several."""


@dataclass(frozen=True)
class Passage:
    """One lane of one row: the purchase orders of scored days, of the watched replications."""

    lane: str
    orders: int  # placed
    arrived: int  # of those, put away by the end
    spread: FloatArray  # [stage and whole, measure] days; NaN where nothing arrived
    through: FloatArray  # [week, level] days from order to shelf, by when it was ordered; NaN: none, or not yet there
    waits: FloatArray  # [stage, month] mean days in a stage, by when it was entered; NaN: few came

    @classmethod
    def of(cls, lane: str, shipments: FloatArray, setting: Setting) -> "Passage":
        """The passage of some shipments, a lane's array of `Record.transit`."""
        ordered, stages = shipments[:, 1], shipments[:, 2:]
        lead_days = stages.sum(axis=1)
        arrived = ~np.isnan(lead_days)
        weight = arrivals_weighed(lead_days[arrived], setting.days - 1 - ordered)
        days = np.column_stack((stages, lead_days))[arrived]
        return cls(
            lane,
            len(shipments),
            int(arrived.sum()),
            np.array([_measures(part, weight) for part in days.T]),
            _through(lead_days, ordered, setting),
            _waits(stages, ordered, setting),
        )

    @property
    def takes_time(self) -> bool:
        """Whether anything arrived on it, and not at once."""
        return self.arrived > 0 and bool(self.spread[-1, MEASURES.index("p95")] > 0)


def passages(transit: Mapping[str, FloatArray], setting: Setting) -> tuple[Passage, ...]:
    """The lanes on which something was ordered, in the order of the setting; `transit` as in `Record.transit`."""
    return tuple(Passage.of(lane, transit[lane], setting) for lane in setting.stages if len(transit[lane]))


def place_use(use: Mapping[str, FloatArray]) -> Mapping[str, FloatArray]:
    """How busy places were, by name of `USES`: [place, (mean, P5, P95)] over replications, shares of time.

    `use` holds the share of each replication, [run, place] by the same names.
    """
    uses: dict[str, FloatArray] = {}
    for name, share in use.items():
        uses[name] = np.column_stack((share.mean(axis=0), *np.quantile(share, (LEVELS[0], LEVELS[-1]), axis=0)))
    return uses


def week_days(setting: Setting) -> int:
    """Days that are told together in the picture of lead times through the year."""
    return 7 if setting.days <= MOST_WEEKLY_DAYS else 28


def weeks(setting: Setting) -> int:
    """How many such stretches the season has."""
    return -(-setting.days // week_days(setting))


def months(setting: Setting) -> tuple[int, ...]:
    """First scored days of the season's months, or of stretches of several months."""
    firsts = [0, *(day for day in range(1, setting.days) if setting.day(day).day == 1)]
    step = next(step for step in (1, 2, 3, 6, 12, 60, 600, 6000) if len(firsts) <= MOST_MONTHS * step)
    return tuple(firsts[::step])


def is_wait(stage: str) -> bool:
    """Whether nothing is done to the goods in a stage: they wait for a departure, a desk or the dock."""
    return stage == "departure" or stage.endswith(" queue")


def arrivals_weighed(lead_days: FloatArray, room_days: FloatArray) -> FloatArray:
    """The weight of each arrival, [arrival]: one over the shipments that could have shown so long a passage.

    `room_days` is the time from order to the end of the season of every shipment, arrived or not. A long passage is
    seen only of early orders, so it stands for the later ones too; unweighted, lanes would look faster than they are.
    (The Horvitz-Thompson estimator; lead times are taken not to depend on when the order is placed.)
    """
    # Sums of fractions of days may end a hair after the season.
    could = len(room_days) - np.searchsorted(np.sort(room_days), lead_days - 1e-6)
    return np.asarray(1 / np.maximum(could, 1))


def _measures(days: FloatArray, weight: FloatArray) -> FloatArray:
    """`MEASURES` of the days of one stage, [measure]; NaN where nothing arrived."""
    if len(days) == 0:
        return np.full(len(MEASURES), np.nan)
    share = weight / weight.sum()
    mean = (share * days).sum()
    deviation = np.sqrt((share * (days - mean) ** 2).sum())
    return np.array([mean, deviation, *_quantiles(days, weight)])


def _quantiles(days: FloatArray, weight: FloatArray) -> FloatArray:
    """At each level the least number that reaches it, [level]; NaN counts as more than any number."""
    order = np.argsort(days)
    reached = np.cumsum(weight[order])
    return days[order][np.searchsorted(reached / reached[-1], np.array(LEVELS) - 1e-9)]


def _through(lead_days: FloatArray, ordered: FloatArray, setting: Setting) -> FloatArray:
    through = np.full((weeks(setting), len(LEVELS)), np.nan)
    week = (ordered // week_days(setting)).astype(np.int64)
    for index in np.unique(week):
        those = lead_days[week == index]
        through[index] = _quantiles(those, np.ones(len(those)))
    return through


def _waits(stages: FloatArray, ordered: FloatArray, setting: Setting) -> FloatArray:
    """Mean days in each stage by the month in which it was entered; an order is placed when its day ends."""
    begun = np.cumsum(np.column_stack((ordered + 1, stages)), axis=1)[:, :-1]
    firsts = np.array(months(setting))
    means = [_by_month(days, entered, firsts) for days, entered in zip(stages.T, begun.T, strict=True)]
    return np.array(means).reshape(stages.shape[1], len(firsts))


def _by_month(days: FloatArray, entered: FloatArray, firsts: IntArray) -> FloatArray:
    left = ~np.isnan(days)
    month = np.searchsorted(firsts, entered[left], side="right") - 1
    count = np.bincount(month, minlength=len(firsts))
    total = np.bincount(month, days[left], len(firsts))
    return np.asarray(np.divide(total, count, out=np.full(len(firsts), np.nan), where=count > FEW * count.max()))
