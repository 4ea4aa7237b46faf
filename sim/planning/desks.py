"""The desks of a customs post that other people use too: worked through once, entered on any day."""

from bisect import bisect_left
from collections.abc import Callable

from scenarios.schema import MINUTES_PER_DAY
from sim.play.queues import Queue


class Mornings:
    """The desks of a post as other people alone leave them, day by day, in one replication."""

    def __init__(
        self, desks: int, opening: Callable[[int], int], drawn: tuple[list[int], list[int]], days: int
    ) -> None:
        """`drawn` are minutes of arrival in order, and minutes at a desk."""
        self.desks, self.opening = desks, opening
        self.at, self.minutes = drawn
        alone = _Watched(desks, opening, None, zip(*drawn, strict=True))
        self.free = [alone.on_the_morning_of(day) for day in range(days)]

    def from_day(self, day: int) -> tuple[list[int], "zip[tuple[int, int]]"]:
        """When each desk is free as a day begins, and who else comes from then on."""
        first = bisect_left(self.at, day * MINUTES_PER_DAY)
        return list(self.free[day]), zip(self.at[first:], self.minutes[first:], strict=True)


class _Watched(Queue):
    """Desks that other people use."""

    def on_the_morning_of(self, day: int) -> tuple[int, ...]:
        """When each is free, once those are served who came before a day; to be asked day after day."""
        self.serve_others(day * MINUTES_PER_DAY - 1)
        return tuple(self._free)


class Desks(Queue):
    """The desks of a post, entered on the day of the first of ours."""

    def __init__(self, mornings: Mornings) -> None:
        super().__init__(mornings.desks, mornings.opening)
        self._mornings: Mornings | None = mornings

    def serve(self, at: int, minutes: float) -> tuple[int, int]:
        """When the service of a customer that comes at `at` begins, and when it ends."""
        if self._mornings is not None:
            self._free, self._others = self._mornings.from_day(at // MINUTES_PER_DAY)
            self._next, self._mornings = next(self._others, None), None
        return super().serve(at, minutes)
