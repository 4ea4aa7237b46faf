"""Demand of a random lead time: the textbook's level, the true law, and the counterpart in days.

In days a position is looked at when the day ends, so that it has fallen below the point already, by U. An order then
takes L whole days and its cycle comes short when U and the demand of L days exceed the point. Where an order is so
large that the next is far away, U has the law of a renewal process: P(U = u) = P(D > u) / E(D).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from tests.theory.exact.chances import Chances, at_most, excess, mean


@dataclass(frozen=True)
class Textbook:
    """Mean and variance of a lead time and of a day's demand, and what the normal formula makes of them."""

    pace: float
    variance: float  # of a day's demand
    lead_mean: float
    lead_variance: float

    @property
    def spread(self) -> float:
        """Standard deviation of the demand of a lead time."""
        return float(np.sqrt(self.lead_mean * self.variance + self.pace**2 * self.lead_variance))

    def safety(self, service: float) -> float:
        """Safety stock."""
        return float(ndtri(service)) * self.spread

    def point(self, service: float) -> float:
        """Reorder point."""
        return self.pace * self.lead_mean + self.safety(service)


def mixture_of_normals(
    point: float, pace: float, sd: float, leads: Sequence[float], chances: Sequence[float]
) -> tuple[float, float]:
    """Cycle service and units short in a cycle, for normal demand and a lead of a few values."""
    days, weights = np.asarray(leads, float), np.asarray(chances, float)
    spread = sd * np.sqrt(days)
    z = (point - pace * days) / spread
    short = spread * (np.exp(-z * z / 2) / np.sqrt(2 * np.pi) - z * ndtr(-z))
    return float(weights @ ndtr(z)), float(weights @ short)


def rounded_normal(mean: float, sd: float) -> Chances:
    """The law of whole units nearest to a normal amount, cut at zero."""
    units = np.arange(int(mean + 12 * sd) + 2)
    below = ndtr((units + 0.5 - mean) / sd)
    return np.diff(np.append(0.0, below))


def one_order(day: Chances, leads: Chances, point: int) -> tuple[float, float]:
    """Cycle service and units short in a cycle, for a day's demand and a lead of n whole days with chance leads[n].

    The position of `point` or less at the end of a day is ordered for.
    """
    fallen: Chances = np.clip(1 - np.cumsum(day), 0.0, 1.0) / mean(day)
    service, short, law = 0.0, 0.0, fallen
    for days, chance in enumerate(leads):
        if days:
            law = np.convolve(law, day)
            law = law[: int(np.flatnonzero(law > 1e-18)[-1]) + 1]
        if chance > 0:
            service += chance * at_most(law, point)
            short += chance * excess(law, point)
    return service, short


def whole_days(below: Chances) -> Chances:
    """The law of a lead rounded up to whole days, from its chances of at most 0, 1, 2, ... days."""
    return np.diff(np.append(0.0, below))
