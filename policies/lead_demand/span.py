"""The time that stock must last: a lead time that is unsure, and the days until the next review."""

from dataclasses import dataclass

from policies.protocol import FloatArray, LaneFacts


@dataclass(frozen=True)
class Span:
    """Lead time L and review period R. What is ordered next is there after L + R days, and then after L again."""

    lead_days: float  # mean
    spread_days: float  # standard deviation of the lead time
    review_days: int

    @classmethod
    def of(cls, lane: LaneFacts, review_days: int) -> "Span":
        """The span of a lane that is ordered by at every review."""
        return cls(lane.lead_days, lane.spread_days, review_days)

    @property
    def days(self) -> float:
        """Protected days L + R, on average."""
        return self.lead_days + self.review_days

    def variance(self, days: float, pace: FloatArray | float, sd: FloatArray) -> FloatArray:
        """Variance of the demand of `days` days that are as unsure as the lead time: days sd^2 + d^2 s_L^2, [..., sku].

        Exact where daily demand is independent, of the days before and of the lead time.
        """
        return days * sd**2 + (pace * self.spread_days) ** 2
