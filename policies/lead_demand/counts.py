"""The negative binomial law, fitted to mean and variance: whole units, and exactly the demand of a gamma lead time.

The search starts from the gamma law's answer, which is near, and goes on unit by unit.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from policies.lead_demand.shapes import shape_level
from policies.lead_demand.span import Span
from policies.protocol import BoolArray, FloatArray

LEAST_RATIO = 1.0001
"""Variance over mean at least; demand that is steadier is taken for Poisson, which this is in effect."""
NOISE = 1e-12
"""What rounding may move a chance by."""


@dataclass(frozen=True)
class Tail:
    """What lies above a whole number of units, arrays [..., sku]."""

    size: FloatArray  # r of the law
    fails: FloatArray  # 1 - p
    at: FloatArray  # units
    here: FloatArray  # P(X = at)
    above: FloatArray  # P(X > at)
    excess: FloatArray  # E(X - at)+

    @classmethod
    def of(cls, mean: FloatArray, variance: FloatArray, at: FloatArray) -> "Tail":
        """The tail of a law; mean > 0. r = mean^2 / (variance - mean), p = mean / variance."""
        from scipy.special import betainc, gammaln

        variance = np.maximum(variance, LEAST_RATIO * mean)
        size, stops = mean**2 / (variance - mean), mean / variance
        fails = 1 - stops
        ways = gammaln(at + size) - gammaln(size) - gammaln(at + 1)
        here = np.exp(ways + size * np.log(stops) + at * np.log(fails))
        above = np.asarray(betainc(at + 1, size, fails), dtype=np.float64)
        return cls(size, fails, at, here, above, (mean - at) * above + (at + size) * here * fails / stops)

    def up(self) -> "Tail":
        """One unit further."""
        here = self.here * (self.at + self.size) / (self.at + 1) * self.fails
        return Tail(self.size, self.fails, self.at + 1, here, self.above - here, self.excess - self.above)

    def down(self) -> "Tail":
        """One unit back; of no meaning where `at` is 0."""
        above = self.above + self.here
        here = self.here * self.at / ((np.maximum(self.at, 1) - 1 + self.size) * self.fails)
        return Tail(self.size, self.fails, self.at - 1, here, above, self.excess + above)

    def moved(self, move: BoolArray, there: "Tail") -> "Tail":
        """The other tail where `move`."""
        at, here, above, excess = (
            np.where(move, new, old)
            for new, old in (
                (there.at, self.at),
                (there.here, self.here),
                (there.above, self.above),
                (there.excess, self.excess),
            )
        )
        return Tail(self.size, self.fails, at, here, above, excess)


def count_level(measure: str, service: float, span: Span, pace: FloatArray, sd: FloatArray) -> FloatArray:
    """Least whole units that give the service, [..., sku]; measures as in `shapes.shape_level`."""
    some = np.where(pace > 0, pace, 1.0)
    start = np.floor(shape_level("gamma", measure, service, span, some, sd))
    tails = [Tail.of(some * span.days, span.variance(span.days, some, sd), start)]
    if measure == "fill" and span.lead_days > 0:
        tails.append(Tail.of(some * span.lead_days, span.variance(span.lead_days, some, sd), start))
    allowed = (1 - service) * (1.0 if measure == "cycle" else some * span.review_days)

    def enough(tails: list[Tail]) -> BoolArray:
        if measure == "cycle":
            return tails[0].above <= allowed + NOISE
        return tails[0].excess - sum(tail.excess for tail in tails[1:]) <= allowed * (1 + NOISE)

    return np.where(pace > 0, _least(tails, enough), 0.0)


def _least(tails: list[Tail], enough: Callable[[list[Tail]], BoolArray]) -> FloatArray:
    """The least number of units that is enough, from where the tails stand."""
    while True:
        lower = [tail.down() for tail in tails]
        move = (tails[0].at > 0) & enough(lower)
        if not move.any():
            break
        tails = [tail.moved(move, there) for tail, there in zip(tails, lower, strict=True)]
    while not (done := enough(tails)).all():
        tails = [tail.moved(~done, tail.up()) for tail in tails]
    return tails[0].at
