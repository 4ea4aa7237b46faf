"""The Hawkes process with an exponential kernel: each point has `share` children on average, exponentially later.

Rate of children at age u: share x decay x exp(-decay u). Points of a window, by Hawkes (1971): the covariance density
of a stationary process is A exp(-k u), k = decay (1 - share), A = rate x share x decay (2 - share) / (2 (1 - share)).
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Hawkes:
    """Points a day that nothing brought about, children of each, and how quickly they come (per day)."""

    per_day: float
    share: float
    decay: float

    @property
    def rate(self) -> float:
        """Mean points a day, once the process is stationary."""
        return self.per_day / (1 - self.share)

    @property
    def relaxation(self) -> float:
        """The rate at which a family dwindles, per day."""
        return self.decay * (1 - self.share)

    def variance(self, days: float) -> float:
        """Variance of the points in a window."""
        k = self.relaxation
        return self.rate * days + 2 * self._density * (days / k + math.expm1(-k * days) / k**2)

    def covariance(self, days: float, later: float) -> float:
        """Covariance of the points in a window with those in the window that begins `later`, at least `days`."""
        k = self.relaxation
        return self._density * math.exp(-k * later) * (2 * math.cosh(k * days) - 2) / k**2

    def cold_mean(self, begins: float, days: float) -> float:
        """Mean points in a window, when there was none before time 0."""
        k = self.relaxation
        missing = self.rate * self.share * (math.exp(-k * begins) - math.exp(-k * (begins + days))) / k
        return self.rate * days - missing

    @property
    def _density(self) -> float:
        return self.rate * self.share * self.decay * (2 - self.share) / (2 * (1 - self.share))
