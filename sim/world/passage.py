"""What every journey will meet, decided beforehand: production, sailings, legs, clearance, inspections, other traffic.

Each quantity is keyed by when it is met: production by the order's day, legs by the departure, customs by the day of
arrival at the post. Two policies that order on different days still face the same sea.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY, CustomsPost, Departures, Lane, Law, Leg
from sim.luck import Luck
from sim.world import laws
from sim.world.network import Network, money

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
NEVER = np.iinfo(np.int64).max // 4
"""A day or minute beyond every horizon."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class PostPassage:
    """What a lane's shipments meet at a customs post, by day of arrival there."""

    name: str
    opens: IntArray  # [day] the first working day from that day on
    wait: IntArray | None  # [run, day] minutes from opening until others are served; None without any
    clear: IntArray  # [run, day] minutes at a desk
    hold: IntArray  # [run, day] minutes of inspection, 0 for most
    fee: FloatArray  # [run, day] inspection fee

    def opening(self, at: int) -> int:
        """The first minute from `at` on at which the post works, or NEVER."""
        day = at // MINUTES_PER_DAY
        if day >= len(self.opens):
            return NEVER
        opens = int(self.opens[day])
        return at if opens == day else min(opens * MINUTES_PER_DAY, NEVER)

    def admitted(self, run: int, at: int) -> int:
        """The minute at which a shipment that comes at `at` may turn to a desk, or NEVER."""
        day, at = at // MINUTES_PER_DAY, self.opening(at)
        return at if self.wait is None or at == NEVER else self.opening(at + int(self.wait[run, day]))


@dataclass(frozen=True)
class LanePassage:
    """What a lane's shipments meet."""

    make: IntArray  # [run, day] minutes of production of an order of that day
    every: int  # days between departures; 1 when goods leave at once
    sails: IntArray | None  # [run, day] the next day from that day on with a departure; None when goods leave at once
    legs: tuple[IntArray | PostPassage, ...]  # minutes by [run, departure], or what happens at the post

    def departure(self, run: int, ready: int) -> tuple[int, int]:
        """When goods that are ready at a minute leave, and the number of that departure; NEVER beyond the horizon."""
        days = self.make.shape[1]
        if self.sails is None:
            return (ready, ready // MINUTES_PER_DAY) if ready < days * MINUTES_PER_DAY else (NEVER, 0)
        day = -(-ready // MINUTES_PER_DAY)
        sails = int(self.sails[run, day]) if day < days else NEVER
        return (sails * MINUTES_PER_DAY, sails // self.every) if sails < days else (NEVER, 0)

    def arrival(self, run: int, day: int) -> int:
        """The minute at which an order of a review day would reach the dock, were there no queue; or NEVER."""
        at, departure = self.departure(run, (day + 1) * MINUTES_PER_DAY + int(self.make[run, day]))
        for leg in self.legs:
            if at == NEVER:
                return NEVER
            if isinstance(leg, PostPassage):
                met = at // MINUTES_PER_DAY
                at = leg.admitted(run, at)
                if at < NEVER:
                    at += int(leg.clear[run, met]) + int(leg.hold[run, met])
            else:
                at += int(leg[run, departure])
        return at


@dataclass(frozen=True)
class Others:
    """Other people's shipments at a post."""

    work: FloatArray  # [run, day] desk-days they bring
    served: FloatArray  # [run, day] desk-days they take
    wait: IntArray  # [run, day] minutes from opening that an arrival of that day waits for them


@dataclass(frozen=True)
class Passage:
    """The journeys' luck of some replications."""

    lanes: tuple[LanePassage, ...]  # in the order of Network.lanes
    others: dict[str, Others]  # by post


class _Sampler:
    """Draws [run, day] tables of named streams."""

    def __init__(self, network: Network, luck: Luck, runs: Sequence[int]) -> None:
        self.network, self.luck, self.runs = network, luck, runs
        self.days = network.clock.days

    def table(self, size: int, draw: Callable[[np.random.Generator], NDArray[np.generic]], *name: str) -> FloatArray:
        """One row of `size` values a replication, from the stream of this name."""
        rows = np.empty((len(self.runs), size))
        for i, run in enumerate(self.runs):
            rows[i] = draw(self.luck.stream(run, *name))
        return rows

    def minutes(self, law: Law, size: int, *name: str) -> IntArray:
        """Whole minutes of a law in days, [run, size]."""
        return _whole_minutes(self.table(size, lambda stream: laws.draws(law, stream, size), *name))


def sample_passage(network: Network, luck: Luck, runs: Sequence[int]) -> Passage:
    """Draw the journeys' luck of the replications `runs`."""
    sampler = _Sampler(network, luck, runs)
    others = {
        name: _others(sampler, name, post, post.desks)
        for name, post in network.scenario.customs.items()
        if post.desks is not None and post.others_per_day > 0
    }
    lanes = tuple(_lane(sampler, name, network.scenario.lane[name], others) for name in network.lanes)
    return Passage(lanes, others)


def _lane(sampler: _Sampler, name: str, lane: Lane, others: dict[str, Others]) -> LanePassage:
    days = sampler.days
    every = lane.departs.every_days if lane.departs is not None else 1
    departures = -(-days // every)
    supplier = sampler.network.scenario.supplier[lane.source]
    return LanePassage(
        make=sampler.minutes(supplier.make_days, days, "make", lane.source),
        every=every,
        sails=None if lane.departs is None else _sailings(sampler, name, lane.departs, departures),
        legs=tuple(
            _post(sampler, name, leg.post, others) if leg.post is not None else _leg(sampler, name, leg, departures)
            for leg in lane.legs
        ),
    )


def _sailings(sampler: _Sampler, lane: str, departs: Departures, departures: int) -> IntArray:
    """The next day from each day on with a departure that is not cancelled, [run, day]."""
    cancelled = (
        sampler.table(departures, lambda stream: stream.random(departures), "cancelled", lane) < departs.cancelled
    )
    if departs.cancelled_in_a_row is not None:
        in_a_row = np.zeros(len(cancelled), np.int64)
        for departure in cancelled.T:
            departure &= in_a_row < departs.cancelled_in_a_row
            in_a_row = np.where(departure, in_a_row + 1, 0)
    sails = np.full((len(cancelled), sampler.days), NEVER)
    on = np.arange(departures) * departs.every_days
    sails[:, on] = np.where(cancelled, NEVER, on)
    return np.minimum.accumulate(sails[:, ::-1], axis=1)[:, ::-1]


def _leg(sampler: _Sampler, lane: str, leg: Leg, departures: int) -> IntArray:
    """Minutes of a leg for each departure, [run, departure], lateness included."""
    name = (lane, leg.name)
    minutes = sampler.minutes(leg.days if leg.days is not None else 0.0, departures, "leg", *name)
    if leg.late is not None:
        late = sampler.table(departures, lambda stream: stream.random(departures), "late chance", *name)
        minutes += np.where(late < leg.late.chance, sampler.minutes(leg.late.days, departures, "late days", *name), 0)
    return minutes


def _post(sampler: _Sampler, lane: str, name: str, others: dict[str, Others]) -> PostPassage:
    post, days = sampler.network.scenario.customs[name], sampler.days
    opens = opening_days(sampler.network, name)
    drawn = sampler.table(days, lambda stream: stream.random(days), "inspection", name, lane)
    hold, fee, below = np.zeros(drawn.shape, np.int64), np.zeros(drawn.shape), 0.0
    for i, inspection in enumerate(post.inspections):
        chosen = (drawn >= below) & (drawn < below + inspection.chance)
        held = sampler.minutes(inspection.days, days, "hold", name, lane, str(i))
        hold, fee = np.where(chosen, held, hold), np.where(chosen, money(inspection.fee, sampler.network.scenario), fee)
        below += inspection.chance
    return PostPassage(
        name=name,
        opens=opens,
        wait=others[name].wait if name in others else None,
        clear=sampler.minutes(post.clear_days, days, "clear", name, lane),
        hold=hold,
        fee=fee,
    )


def opening_days(network: Network, name: str) -> IntArray:
    """The first working day of a post from each day on, [day]; NEVER when there is none within the horizon."""
    post = network.scenario.customs[name]
    dates = [network.date(day) for day in range(network.clock.days)]
    shut = np.array([WEEKDAYS[when.weekday()] in post.closed_weekdays for when in dates], bool)
    for closure in post.closures:
        first = network.day(closure.on)
        shut[max(first, 0) : max(first + closure.days, 0)] = True
    opens = np.where(shut, NEVER, np.arange(len(dates)))
    return np.minimum.accumulate(opens[::-1])[::-1]


def _others(sampler: _Sampler, name: str, post: CustomsPost, desks: int) -> Others:
    """Other people's shipments, served before a shipment of ours that comes later, and not delayed by it.

    Lindley's recursion of their workload in whole days: an arrival waits for what the days before have left over.
    """
    days, opens = sampler.days, opening_days(sampler.network, name)
    arrivals = sampler.table(days, lambda stream: stream.poisson(post.others_per_day, days), "others", name)
    work = arrivals * laws.mean(post.clear_days)
    waiting, served = np.empty(work.shape), np.zeros(work.shape)
    left = np.zeros(len(work))
    for day in range(days):
        waiting[:, day] = left
        left = left + work[:, day]
        if opens[day] == day:
            served[:, day] = np.minimum(left, desks)
        left = left - served[:, day]
    return Others(work, served, working_minutes(waiting / desks, opens))


def working_minutes(wait: FloatArray, opens: IntArray) -> IntArray:
    """Minutes that a wait in working days takes, closed days included, from the opening on or after each day."""
    working = np.flatnonzero(opens == np.arange(len(opens)))
    if len(working) == 0:
        return np.zeros(wait.shape, np.int64)
    first = np.minimum(np.searchsorted(working, np.arange(len(opens))), len(working) - 1)
    whole = np.floor(wait).astype(np.int64)
    last = np.minimum(first + whole, len(working) - 1)
    beyond = first + whole - last  # working days beyond the horizon count as calendar days
    return _whole_minutes(working[last] - working[first] + beyond + wait - whole)


def _whole_minutes(days: FloatArray) -> IntArray:
    return np.rint(days * MINUTES_PER_DAY).astype(np.int64)
