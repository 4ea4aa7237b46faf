"""T10, Q1-Q5: queues as the engine builds them, fed with scripted arrivals, and against SimPy's own resources.

A unit of time is a million minutes, so that whole minutes are fine enough. Waits hang together for long, so it takes
millions of customers to know their mean to 2 %.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray

from sim.play.queues import Queue
from tests.theory.acceptance import accept, printed, verdict
from tests.theory.exact.queues import erlang_c, one_server_wait, unit_wait

UNIT = 1_000_000
DAY = 24 * 60
REPLICATIONS = 40
UNHEEDED = 0.1
"""Share of a replication that it takes to forget that it began empty."""
FloatArray = NDArray[np.float64]
Luck = np.random.Generator
Customers = list[tuple[int, int]]
"""Arrival and minutes of service."""


@dataclass(frozen=True)
class Case:
    """One queue: customers in a unit of time, and their times of service."""

    rate: float
    served: Callable[[Luck, int], FloatArray]
    servers: int = 1

    def customers(self, luck: Luck, count: int) -> Customers:
        """Arrivals at random and their service."""
        arrivals = np.cumsum(luck.exponential(UNIT / self.rate, count)).round().astype(int)
        return list(zip(arrivals.tolist(), (self.served(luck, count) * UNIT).round().astype(int).tolist(), strict=True))


@dataclass(frozen=True)
class Queued:
    """What a case came to, [replication], in units of time."""

    wait: FloatArray  # mean of all customers
    waited: FloatArray  # share of customers
    waiting: FloatArray  # customers, mean over time
    busy: FloatArray  # share of the servers' time


Q1 = Case(6.6, lambda luck, count: luck.exponential(1 / 3, count), servers=3)
Q2 = Case(0.8, lambda luck, count: np.ones(count))
Q2_MOMENTS = 1.0, 1.0
Q3 = Case(2.0, lambda luck, count: luck.lognormal(np.log(0.4) - np.log(3) / 2, np.log(3) ** 0.5, count))
Q3_MOMENTS = 0.4, 0.4**2 * 3
Q4 = Case(1.5, lambda luck, count: np.where(luck.random(count) < 0.08, 3.0, 0.2))
Q4_MOMENTS = 0.92 * 0.2 + 0.08 * 3.0, 0.92 * 0.2**2 + 0.08 * 3.0**2
Q5_UNITS, Q5_SERVICE = 20, 0.1
Q5 = Case(0.3, lambda luck, count: np.full(count, Q5_UNITS * Q5_SERVICE))


def test_theory_T10_queues_exact_figures() -> None:
    """The exact code prints the known figures."""
    first = erlang_c(6.6, 3, 3)
    assert printed(first.share_that_waits, "0.542159")
    assert printed(first.wait, "0.225900")
    assert printed(first.waiting, "1.490937")
    assert printed(one_server_wait(0.8, *Q2_MOMENTS), "2.0")
    assert printed(one_server_wait(2, *Q3_MOMENTS), "2.4")
    assert printed(one_server_wait(1.5, *Q4_MOMENTS), "1.559341")
    assert printed(unit_wait(0.3, Q5_UNITS, Q5_SERVICE), "2.45")


def test_theory_T10_Q1_three_desks() -> None:
    """M/M/3: mean wait, share that waits, mean number waiting, and how busy the desks are."""
    exact = erlang_c(6.6, 3, 3)
    found = queued(Q1, customers=160_000)
    accept(
        verdict("wait", "wait", found.wait, exact.wait),
        verdict("waiting", "wait", found.waiting, exact.waiting),
        verdict("share that waits", "share", found.waited, exact.share_that_waits),
        verdict("busy", "share", found.busy, 6.6 / 3 / 3),
    )


def test_theory_T10_Q2_one_service_time() -> None:
    """M/D/1: mean wait, and how busy the desk is."""
    accept_one_desk(Q2, Q2_MOMENTS, customers=90_000)


def test_theory_T10_Q4_inspections() -> None:
    """A desk at which few shipments take long; Q3, whose service varies more, is a slow test."""
    accept_one_desk(Q4, Q4_MOMENTS, customers=120_000)


def test_theory_T10_Q5_containers_at_a_dock() -> None:
    """Containers of 20 units, which are unloaded one after another: mean wait of a unit, and how busy the dock is."""
    found = queued(Q5, customers=20_000)
    others_before = Q5_SERVICE * np.arange(Q5_UNITS).mean()
    accept(
        verdict("wait", "wait", found.wait + others_before, unit_wait(Q5.rate, Q5_UNITS, Q5_SERVICE)),
        verdict("busy", "share", found.busy, Q5.rate * Q5_UNITS * Q5_SERVICE),
    )


@pytest.mark.parametrize("shut", [(), (5, 6)], ids=["always open", "closed weekends"])
@pytest.mark.parametrize("with_others", [False, True], ids=["ours alone", "with others"])
@pytest.mark.parametrize("servers", [1, 2, 3])
def test_theory_T10_queues_equal_simpys_to_the_minute(servers: int, with_others: bool, shut: tuple[int, ...]) -> None:
    """Every customer begins and ends when SimPy's own Resource says; the minutes are few, so that many come at once."""
    luck = np.random.default_rng(servers)
    ours, others = (_crowd(luck, 2_000, servers * (1 + with_others)) for _ in range(2))
    others = others if with_others else []
    opening = partial(_opening, shut)
    queue = Queue(servers, opening, others=others)
    assert [queue.serve(*each) for each in ours] == _by_simpy(servers, opening, ours, others)


def accept_one_desk(case: Case, moments: tuple[float, float], customers: int) -> None:
    """Hold a desk against Pollaczek and Khinchine, for mean and mean square of its time of service."""
    found = queued(case, customers)
    accept(
        verdict("wait", "wait", found.wait, one_server_wait(case.rate, *moments)),
        verdict("busy", "share", found.busy, case.rate * moments[0]),
    )


def _crowd(luck: Luck, count: int, servers: int) -> Customers:
    """Customers who keep so many servers four fifths busy; some come in the same minute, some take none."""
    arrivals = np.cumsum(luck.integers(0, 101, count))
    return list(zip(arrivals.tolist(), luck.integers(0, 81 * servers, count).tolist(), strict=True))


def _opening(shut: tuple[int, ...], minute: int) -> int:
    """The first minute from then on that is on no day shut; day 0 is a Monday."""
    while minute // DAY % 7 in shut:
        minute = (minute // DAY + 1) * DAY
    return minute


def _by_simpy(servers: int, opening: Callable[[int], int], ours: Customers, others: Customers) -> Customers:
    """Begin and end of each of ours, where each customer is a process that asks for a desk and keeps it till the end."""
    env = simpy.Environment()
    desks = simpy.Resource(env, servers)
    served: Customers = []

    def customer(minutes: int, is_ours: bool) -> Generator[simpy.Event, Any, None]:
        place = len(served)
        if is_ours:
            served.append((0, 0))
        with desks.request() as turn:
            yield turn
            yield env.timeout(opening(env.now) - env.now)
            begin = env.now
            yield env.timeout(minutes)
        if is_ours:
            served[place] = begin, env.now

    def arrivals() -> Generator[simpy.Event, Any, None]:
        crowd = sorted([(*each, False) for each in others] + [(*each, True) for each in ours], key=itemgetter(0))
        for at, minutes, is_ours in crowd:
            yield env.timeout(at - env.now)
            env.process(customer(minutes, is_ours))

    env.process(arrivals())
    env.run()
    return served


def queued(case: Case, customers: int) -> Queued:
    """Feed independent replications of so many customers each."""
    rows = []
    for replication in range(REPLICATIONS):
        arrivals = case.customers(np.random.default_rng([10, replication]), customers)
        first = int(customers * UNHEEDED)
        since, until = arrivals[first][0], arrivals[-1][0]
        queue = Queue(case.servers, counted=(since, until))
        waits = np.array([queue.serve(at, minutes)[0] - at for at, minutes in arrivals])[first:]
        span = until - since
        rows.append((waits.mean() / UNIT, (waits > 0).mean(), waits.sum() / span, queue.worked / span / case.servers))
    return Queued(*np.array(rows).T)
