"""When goods leave: calendars of departures, some of them cancelled, some without us."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, timedelta
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import season_of
from scenarios.schema import MINUTES_PER_DAY, Departures, Weekday
from sim.world.network import Network
from sim.world.supply.tables import NEVER, Tables, whole_minutes
from sim.world.supply.troubles import lane_troubles
from sim.world.supply.ways import Way

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)


@dataclass(frozen=True)
class Sailings:
    """The departures of a lane."""

    next: IntArray  # [run, day] the next day from that day on with a departure that takes us
    number: IntArray  # [day] of the departures before it
    count: int
    cut_off: int  # minutes that goods must be there before


def departure_days(network: Network, departs: Departures) -> IntArray:
    """The days on which a lane is to depart, cancelled or not."""
    if departs.every_days is not None:
        return np.arange(0, network.clock.days, departs.every_days)
    chosen = [WEEKDAYS.index(name) for name in departs.weekdays]
    return np.array([day for day in range(network.clock.days) if network.date(day).weekday() in chosen], np.int64)


def sailings(tables: Tables, way: Way, departs: Departures) -> Sailings:
    """Draw which departures of a lane go, and go with us."""
    network = tables.network
    on = departure_days(network, departs)
    count = len(on)
    cancelled = tables.happens(_chances(network, departs, on), count, "cancelled", way.lane)
    if departs.cancelled_in_a_row is not None:
        _at_most_in_a_row(cancelled, departs.cancelled_in_a_row)
    if departs.rolled > 0:
        cancelled |= tables.happens(departs.rolled, count, "rolled", way.lane)
    for disruption, trouble in lane_troubles(network, way):
        if trouble.cancelled > 0:
            struck = tables.happens(trouble.cancelled, count, "disruption", disruption.name, "cancelled", way.lane)
            cancelled |= struck & network.within(disruption.on, disruption.days)[on]
    goes = np.full((len(tables.runs), tables.days), NEVER)
    goes[:, on] = np.where(cancelled, NEVER, on)
    return Sailings(
        next=np.minimum.accumulate(goes[:, ::-1], axis=1)[:, ::-1],
        number=np.searchsorted(on, np.arange(tables.days)),
        count=count,
        cut_off=int(whole_minutes(np.array(departs.cut_off_days))),
    )


def _chances(network: Network, departs: Departures, on: IntArray) -> FloatArray:
    """The chance that each departure is cancelled, [departure]."""
    chances = np.full(network.clock.days, departs.cancelled)
    last = network.date(network.clock.days - 1).year
    years = range(max(network.first_day.year - 1, MINYEAR), min(last + 1, MAXYEAR) + 1)
    for season in departs.seasons:
        for year in years:
            begins = season_of(season.around, year) - timedelta(days=season.before_days)
            window = network.window(begins, season.before_days + season.after_days + 1)
            chances[window] = np.maximum(chances[window], season.cancelled)
    return np.asarray(chances[on])


def _at_most_in_a_row(cancelled: BoolArray, most: int) -> None:
    """Let the departure after so many cancelled ones go, [run, departure], in place."""
    in_a_row = np.zeros(len(cancelled), np.int64)
    for departure in cancelled.T:
        departure &= in_a_row < most
        in_a_row = np.where(departure, in_a_row + 1, 0)


def first_day(ready: int, cut_off: int) -> int:
    """The first day on whose departure goods that are ready at a minute can leave."""
    return -(-(ready + cut_off) // MINUTES_PER_DAY)
