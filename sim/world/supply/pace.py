"""How fast work goes on: holidays, slow seasons and troubles slow it down day by day."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY

FloatArray = NDArray[np.float64]
EDGE = 1e-6
"""[minutes] Rounding noise of sums of work: what is done by midnight is not done weeks later."""


class Pace:
    """1 on a usual day, 0 on one without work. Beyond the days known it is as usual."""

    def __init__(self, factors: FloatArray) -> None:
        """`factors` [day], counted from the first day played."""
        self.factors = factors
        self.always = bool((factors == 1.0).all())
        self._done: FloatArray = np.concatenate(
            [[0.0], np.cumsum(factors * MINUTES_PER_DAY)]
        )  # usual minutes of work by midnight

    def done(self, at: int) -> float:
        """Usual minutes of work that fit between the first day played and a minute."""
        last = len(self.factors)
        day = min(at // MINUTES_PER_DAY, last)
        rate = float(self.factors[day]) if day < last else 1.0
        return float(self._done[day]) + (at - day * MINUTES_PER_DAY) * rate

    def opens(self, at: int) -> int:
        """The first minute from `at` on at which there is work."""
        day = at // MINUTES_PER_DAY
        if self.always or day >= len(self.factors) or self.factors[day] > 0:
            return at
        working = np.flatnonzero(self.factors[day:])
        return (day + int(working[0]) if len(working) else len(self.factors)) * MINUTES_PER_DAY

    def finish(self, at: int, work: float) -> int:
        """The minute at which so many usual minutes of work are done that begin at `at`."""
        if work == 0 or self.always:
            return at + round(work)
        done, last = self.done(at) + work, len(self.factors)
        if done > self._done[last] + EDGE:
            return last * MINUTES_PER_DAY + round(done - float(self._done[last]))
        day = int(np.searchsorted(self._done, done - EDGE)) - 1
        return day * MINUTES_PER_DAY + round((done - float(self._done[day])) / float(self.factors[day]))
