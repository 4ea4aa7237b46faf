"""Queues: servers that take what comes in its order.

How long a customer is served is drawn before it comes, so the whole of its time at a queue is known when it arrives.
A queue is told of arrivals in the order of time; SimPy sees to that.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator

from sim.world.supply.pace import Pace


class Queue:
    """A number of servers, first come, first served; other people's customers may come between ours."""

    def __init__(
        self,
        servers: int,
        opening: Callable[[int], int] | None = None,
        pace: Pace | None = None,
        others: Iterable[tuple[int, int]] = (),
        counted: tuple[int, int] = (0, 0),
        counts: Pace | None = None,
    ) -> None:
        """`opening(minute)` is the first minute from then on at which service may begin; `others` are (arrival, minutes
        of service) in the order of time, and who comes in the same minute as one of ours goes first; `counted` are the
        minutes between which work is counted, at the pace of the work itself or of `counts`."""
        self.worked = 0.0  # usual minutes of work done in the minutes counted
        self._free = [0] * servers  # a heap: when each server is free
        self._opening, self._pace, self._counted, self._counts = opening, pace, counted, counts or pace
        self._others: Iterator[tuple[int, int]] = iter(others)
        self._next = next(self._others, None)

    @property
    def use(self) -> float:
        """Share of the servers' working time in use in the minutes counted, others' who come by then included."""
        self.serve_others(self._counted[1])
        return self.worked / max(len(self._free) * self._work(*self._counted), 1.0)

    def serve(self, at: int, minutes: float) -> tuple[int, int]:
        """When the service of a customer that comes at `at` begins, and when it ends."""
        self.serve_others(at)
        return self._serve(at, minutes)

    def wait(self, at: int) -> int:
        """Minutes until a server is free for one more customer."""
        return max(self._free[0] - at, 0)

    def serve_others(self, until: int) -> None:
        """Serve the others who come up to a minute."""
        while self._next is not None and self._next[0] <= until:
            self._serve(*self._next)
            self._next = next(self._others, None)

    def _serve(self, at: int, minutes: float) -> tuple[int, int]:
        begin = max(at, self._free[0])
        if self._opening is not None:
            begin = self._opening(begin)
        end = begin + round(minutes) if self._pace is None else self._pace.finish(begin, minutes)
        heapq.heapreplace(self._free, end)
        self._count(begin, end)
        return begin, end

    def _count(self, begin: int, end: int) -> None:
        first, last = max(begin, self._counted[0]), min(end, self._counted[1])
        if last > first:
            self.worked += self._work(first, last)

    def _work(self, first: int, last: int) -> float:
        """Usual minutes of work that fit between two minutes."""
        return last - first if self._counts is None else self._counts.done(last) - self._counts.done(first)
